"""The one door to the journal."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.db import transaction

from thidua.journal import Line, seal
from thidua.vietnamese.folding import search_key
from thidua_web.journal.models import JournalHead, JournalLine

THE_HEAD = 1


class Lender(NamedTuple):
    """Whose role it was that somebody acted in."""

    pk: int
    full_name: str


class Actor(Protocol):
    """Whoever acts: an account. `acts_for` is who lent the role that the act was allowed by, None for one's own."""

    pk: Any
    full_name: Any
    acts_for: Lender | None


@transaction.atomic(savepoint=False)
def record(  # noqa: PLR0913 - what a line of the journal is
    *,
    act: str,
    by: Actor | None,
    at: datetime.datetime,
    unit_id: int | None = None,
    subject: tuple[str, object] = ("", ""),
    label: str = "",
    details: Mapping[str, Any] | None = None,
) -> JournalLine:
    """Seal one act onto the journal, in the transaction of the act itself: both are kept, or neither.

    `act` is a code ("campaign.launched"), `subject` what it was done to ("campaign", 17), `label` its name for people.
    `by` is None for what the system does by itself. `details` hold JSON values, never sensitive data. Call it last in
    an act: writers take turns from here to the end of the transaction. Codes have their words in `acts`.
    """
    head = _take_turn()
    lender = getattr(by, "acts_for", None)
    row = JournalLine(
        number=head.number + 1,
        at=at,
        act=act,
        actor=by.pk if by else None,
        actor_name=str(by.full_name)[:120] if by else "",
        on_behalf_of=lender.pk if lender else None,
        on_behalf_of_name=lender.full_name[:120] if lender else "",
        unit=unit_id,
        subject_kind=subject[0],
        subject=str(subject[1]),
        label=label[:250],
        details=dict(details or {}),
    )
    row.folded = search_key(f"{row.actor_name} {row.on_behalf_of_name} {row.label}")
    row.seal = seal(line_of(row), head.seal, journal_key())
    row.save(force_insert=True)
    JournalHead.objects.filter(pk=THE_HEAD).update(number=row.number, seal=row.seal)
    return row


def note_export(*, by: Actor, at: datetime.datetime, unit_id: int | None, form: str, asked: Mapping[str, str]) -> None:
    """Whoever carries the journal out of the house is in it themselves; `asked` says what was looked for."""
    subject = ("journal", "")
    record(act="journal.exported", by=by, at=at, unit_id=unit_id, subject=subject, details={"form": form, **asked})


def _take_turn() -> JournalHead:
    """The head, locked until the end of the transaction; made by whoever writes the first line of all."""
    head = JournalHead.objects.select_for_update().filter(pk=THE_HEAD).first()
    if head is None:
        JournalHead.objects.get_or_create(pk=THE_HEAD)
        head = JournalHead.objects.select_for_update().get(pk=THE_HEAD)
    return head


def line_of(row: Any) -> Line:
    """What is sealed of a row (or of anything with its names): all of it but what is only there to search by."""
    names = {"on_behalf_of": row.on_behalf_of_name} if row.on_behalf_of_name else {}
    return Line(
        number=row.number,
        at=row.at,
        act=row.act,
        actor=row.actor,
        on_behalf_of=row.on_behalf_of,
        unit=row.unit,
        subject_kind=row.subject_kind,
        subject_key=row.subject,
        details={"actor_name": row.actor_name, "label": row.label, "details": row.details, **names},
    )


def journal_key() -> bytes:
    return settings.JOURNAL_KEY.encode()
