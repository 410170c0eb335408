"""A list is shown to the people for their opinion, and taken back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from thidua_web.accounts.models import User
from thidua_web.nominations.actions.journaling import journal
from thidua_web.nominations.models import Nomination, Publication, PublicationItem
from thidua_web.register.models import Unit


@dataclass(frozen=True)
class Showing:
    """From a day to a day, both included; `where` else it is posted; `basis`: the rule that asks for it."""

    title: str
    since: datetime.date
    until: datetime.date
    where: str = ""
    basis: str = ""


@transaction.atomic
def publish(
    *, unit: Unit, rows: Sequence[Nomination], showing: Showing, by: User, at: datetime.datetime
) -> tuple[Publication, bool]:
    """The publication, and whether it is new. Raises ValueError where nobody is shown."""
    if not rows:
        raise ValueError("a publication shows somebody")
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    keys = {row.pk for row in rows}
    for known in Publication.objects.filter(**vars(showing), unit=unit, withdrawn_at__isnull=True):
        if set(known.items.values_list("nomination", flat=True)) == keys:
            return known, False
    row = Publication.objects.create(**vars(showing), unit=unit, by=by, at=at)
    PublicationItem.objects.bulk_create(
        (PublicationItem(publication=row, nomination_id=key) for key in sorted(keys)), batch_size=1000
    )
    days = {"since": row.since.isoformat(), "until": row.until.isoformat()}
    journal("publication.made", row, by, at, n=len(keys), **days)
    return row, True


@transaction.atomic
def withdraw(*, publication: Publication, by: User, at: datetime.datetime) -> bool:
    if not Publication.objects.filter(pk=publication.pk, withdrawn_at__isnull=True).update(withdrawn_at=at):
        return False
    journal("publication.withdrawn", publication, by, at)
    return True


def note_export(*, publication: Publication, form: str, by: User, at: datetime.datetime) -> None:
    journal("publication.exported", publication, by, at, form=form)
