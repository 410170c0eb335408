"""The appraising unit opens, changes and closes the rounds in which it takes nominations."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign
from thidua_web.nominations import submission_news as news
from thidua_web.nominations.actions.journaling import journal
from thidua_web.nominations.models import Round, Submission
from thidua_web.nominations.stages import SubmissionState
from thidua_web.register.models import Unit

CHANGED = ("title", "opens_on", "due_on", "basis")


@transaction.atomic
def open_round(  # noqa: PLR0913 - what a round is
    *,
    to_unit: Unit,
    kind: str,
    year: int,
    title: str,
    opens_on: datetime.date,
    by: User,
    at: datetime.datetime,
    campaign: Campaign | None = None,
    due_on: datetime.date | None = None,
    basis: str = "",
) -> Round:
    """The same again, while it is open, is the one that is there. Units below are told."""
    Unit.objects.select_for_update(no_key=True).get(pk=to_unit.pk)
    said = {"to_unit": to_unit, "kind": kind, "campaign": campaign, "year": year, "title": title, "opens_on": opens_on}
    known = Round.objects.filter(**said, closed_at=None).order_by("pk").first()
    if known is not None:
        return known
    row = Round.objects.create(**said, due_on=due_on, basis=basis, made_by=by, made_at=at)
    news.tell_of_round(row, by, at=at)
    journal("round.opened", row, by, at, **_due(row))
    return row


@transaction.atomic
def change_round(*, row: Round, by: User, at: datetime.datetime, **values: Any) -> bool:
    """False where nothing differs, or it is closed. Drafts in it follow its last day; what was sent keeps its own."""
    unknown = set(values) - set(CHANGED)
    if unknown:
        raise ValueError(f"not changed: {unknown}")
    held = Round.objects.select_for_update().get(pk=row.pk)
    was = {name: getattr(held, name) for name, value in values.items() if getattr(held, name) != value}
    if not was or held.closed_at is not None:
        return False
    Round.objects.filter(pk=held.pk).update(**values)
    row.refresh_from_db()
    if was.keys() & {"due_on", "basis"}:
        drafts = Submission.objects.filter(round=row).exclude(state=SubmissionState.SUBMITTED)
        if "due_on" in was:
            news.settle_reminders(drafts.values_list("pk", flat=True), was["due_on"], at=at)
        drafts.update(due_on=row.due_on, due_basis=row.basis, revision=F("revision") + 1)
    journal("round.changed", row, by, at, was={name: str(value) for name, value in was.items()}, **_due(row))
    return True


@transaction.atomic
def close_round(*, row: Round, by: User, at: datetime.datetime) -> bool:
    """Nobody starts in it any more; what was started may still be sent, by its last day."""
    if not Round.objects.filter(pk=row.pk, closed_at=None).update(closed_at=at):
        return False
    row.refresh_from_db()
    journal("round.closed", row, by, at, **_due(row))
    return True


@transaction.atomic
def reopen_round(*, row: Round, by: User, at: datetime.datetime) -> bool:
    if not Round.objects.filter(pk=row.pk, closed_at__isnull=False).update(closed_at=None):
        return False
    row.refresh_from_db()
    journal("round.opened", row, by, at, again=True, **_due(row))
    return True


def _due(row: Round) -> dict[str, str]:
    return {"due": row.due_on.isoformat()} if row.due_on else {}
