"""Deeds, and which award was for which."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from thidua_web.accounts.models import User
from thidua_web.config.queue import enqueue
from thidua_web.eligibility.actions.repeats import note_repeats
from thidua_web.eligibility.models import AwardNote, Deed
from thidua_web.journal.actions import record
from thidua_web.register.models import AwardRecord
from thidua_web.register.nominees import Nominee, kind_of, name_of, nominee_of, same_nominee, unit_id_of, whose_is


@transaction.atomic
def record_deed(*, of: Nominee, by: User, at: datetime.datetime, **values: Any) -> Deed:
    """`values` are fields of the deed. The same again changes nothing."""
    known = Deed.objects.standing().select_for_update().filter(**whose_is(of), **values).first()
    if known is not None:
        return known
    deed = Deed.objects.create(**whose_is(of), **values, by_name=str(by.full_name)[:120], at=at)
    note_repeats(deed, at)
    _journal("deed.recorded", of, by, at, {"deed": deed.pk, "title": deed.title})
    return deed


@transaction.atomic
def record_deeds(*, rows: Sequence[tuple[Nominee, Mapping[str, Any]]], by: User, at: datetime.datetime) -> list[Deed]:
    """Many new ones at once, in the order given. Whoever calls journals what they are for.

    Which reports repeat one another is looked for in the background: for hundreds it would hold up everybody who
    writes.
    """
    said = {"by_name": str(by.full_name)[:120], "at": at}
    made = Deed.objects.bulk_create((Deed(**whose_is(of), **values, **said) for of, values in rows), batch_size=500)
    keys = [deed.pk for deed in made]
    enqueue("thidua_web.eligibility.tasks.find_repeats", keys)
    return made


@transaction.atomic
def withdraw_deed(*, deed: Deed, by: User, at: datetime.datetime) -> bool:
    """False where it was taken back before. Raises ValidationError where an award stands on it."""
    if deed.awards.exists():
        raise ValidationError(gettext("Thành tích này đã gắn với một khen thưởng. Hãy gỡ ra trước."))
    rows = Deed.objects.standing().filter(pk=deed.pk)
    if not rows.update(withdrawn_at=at, withdrawn_by_name=str(by.full_name)[:120]):
        return False
    _journal("deed.withdrawn", deed.of, by, at, {"deed": deed.pk, "title": deed.title})
    return True


@transaction.atomic
def note_award(  # noqa: PLR0913 - what is noted of an award
    *, award: AwardRecord, merit: str, code: str, deed: Deed | None, by: User, at: datetime.datetime
) -> AwardNote:
    """What its line in the register does not say. Raises ValidationError for a deed of somebody else."""
    if deed is not None and not same_nominee(deed, award):
        raise ValidationError({"deed": gettext("Thành tích này của người, đơn vị, hộ khác.")})
    said = {"merit": merit, "code": code, "deed": deed}
    note = AwardNote.objects.select_for_update().filter(award=award).first()
    if note is not None and all(getattr(note, name) == value for name, value in said.items()):
        return note
    note = note or AwardNote(award=award)
    for name, value in (said | {"by_name": str(by.full_name)[:120], "at": at}).items():
        setattr(note, name, value)
    note.save()
    details = {"award": award.pk, "merit": merit, "code": code, "deed": deed.pk if deed else None}
    _journal("award.noted", nominee_of(award), by, at, details)
    return note


def _journal(act: str, of: Nominee, by: User, at: datetime.datetime, details: dict[str, Any]) -> None:
    record(
        act=act,
        by=by,
        at=at,
        unit_id=unit_id_of(of),
        subject=(kind_of(of), of.pk),
        label=name_of(of),
        details=details,
    )
