"""Appraised lists: drawn up, filled, signed. Once one is signed nothing in it changes any more."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign
from thidua_web.nominations.actions.journaling import journal
from thidua_web.nominations.models import AppraisedList, ListState, Nomination
from thidua_web.nominations.queries.lists import fitting
from thidua_web.nominations.stages import CONCLUDED
from thidua_web.register.models import Unit


class Signed(StrEnum):
    DONE = "done"
    ALREADY = "already"
    EMPTY = "empty"
    STALE = "stale"


@transaction.atomic
def make(  # noqa: PLR0913 - what a list is
    *, to_unit: Unit, title: str, year: int, campaign: Campaign | None, by: User, at: datetime.datetime
) -> AppraisedList:
    """A draft with everything that was concluded and is in no list; the same again is the one that is there."""
    said: dict[str, Any] = {"to_unit": to_unit, "title": title, "year": year, "campaign": campaign}
    Unit.objects.select_for_update(no_key=True).get(pk=to_unit.pk)
    known = AppraisedList.objects.filter(**said, state=ListState.DRAFT).first()
    if known is not None:
        return known
    row = AppraisedList.objects.create(**said, made_by=by, made_at=at)
    count = _take(row, fitting(row))
    journal("appraised_list.made", row, by, at, count=count)
    return row


def _take(row: AppraisedList, rows: Any) -> int:
    return int(rows.update(listed=row))


@transaction.atomic
def gather(*, row: AppraisedList, by: User, at: datetime.datetime) -> int:
    """What was concluded since; how many came in."""
    row = AppraisedList.objects.select_for_update().get(pk=row.pk)
    if row.state != ListState.DRAFT:
        return 0
    count = _take(row, fitting(row))
    if count:
        journal("appraised_list.changed", row, by, at, added=count)
    return count


@transaction.atomic
def take_out(*, row: AppraisedList, nomination: int, by: User, at: datetime.datetime) -> bool:
    """It may come into another list, or be appraised again."""
    row = AppraisedList.objects.select_for_update().get(pk=row.pk)
    if row.state != ListState.DRAFT:
        return False
    if not Nomination.objects.filter(pk=nomination, listed=row).update(listed=None):
        return False
    journal("appraised_list.changed", row, by, at, removed=nomination)
    return True


@transaction.atomic
def sign(  # noqa: PLR0913 - who signs what, as whom
    *, row: AppraisedList, seen: int, number: str, signed_as: str, by: User, at: datetime.datetime
) -> Signed:
    """`seen`: how many nominations were on the screen; others came in or went since where it differs."""
    row = AppraisedList.objects.select_for_update().get(pk=row.pk)
    if row.state == ListState.SIGNED:
        return Signed.ALREADY if row.signed_by_id == by.pk else Signed.STALE
    rows = Nomination.objects.select_for_update().filter(listed=row)
    standing = list(rows.values_list("pk", "state"))
    if not standing:
        return Signed.EMPTY
    if len(standing) != seen or any(state not in CONCLUDED for _, state in standing):
        return Signed.STALE
    row.state, row.number, row.signed_by, row.signed_at, row.signed_as = ListState.SIGNED, number, by, at, signed_as
    row.save(update_fields=["state", "number", "signed_by", "signed_at", "signed_as"])
    journal("appraised_list.signed", row, by, at, count=len(standing), number=number)
    return Signed.DONE


def note_export(*, row: AppraisedList, form: str, by: User, at: datetime.datetime) -> None:
    journal("appraised_list.exported", row, by, at, form=form)
