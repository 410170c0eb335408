"""Every write to a submission but its signing. Of two at once one wins and the other is told; done twice is once."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import F

from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign
from thidua_web.nominations import submission_news as news
from thidua_web.nominations.actions.journaling import journal
from thidua_web.nominations.models import Kind, Nomination, Round, Submission
from thidua_web.nominations.stages import SUBMISSION_MOVES, NominationState, SubmissionState
from thidua_web.register.models import Unit

CHANGED = ("title", "occasion", "happened_on", "place", "who", "to_unit")


class Moved(StrEnum):
    """Done; already so (a second click); or not: it is not what was on the screen, holds nobody, or is stopped."""

    DONE = "done"
    ALREADY = "already"
    STALE = "stale"
    EMPTY = "empty"
    STOPPED = "stopped"


@transaction.atomic
def begin(  # noqa: PLR0913 - what a submission is
    *,
    unit: Unit,
    to_unit: Unit,
    kind: str,
    year: int,
    title: str,
    by: User,
    at: datetime.datetime,
    campaign: Campaign | None = None,
    round_: Round | None = None,
    due_on: datetime.date | None = None,
    due_basis: str = "",
    **occasion: Any,
) -> Submission:
    """A draft. The same again, while it is a draft, is the one that is there. `occasion`: of a sudden deed."""
    if (kind == Kind.CAMPAIGN) != (campaign is not None):
        raise ValueError("a submission for a campaign names it, and no other does")
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    said = {"unit": unit, "to_unit": to_unit, "kind": kind, "campaign": campaign, "round": round_, "year": year}
    said |= {"title": title, **occasion}
    known = Submission.objects.filter(**said, state=SubmissionState.DRAFT, prepared_by=by).order_by("pk").first()
    if known is not None:
        return known
    row = Submission.objects.create(**said, due_on=due_on, due_basis=due_basis, prepared_by=by, prepared_at=at)
    if round_ is not None:
        news.settle_round(round_, unit.pk, at=at)
    journal("submission.begun", row, by, at, kind=kind, to=to_unit.pk)
    return row


@transaction.atomic
def change(*, submission: Submission, seen: int, by: User, at: datetime.datetime, **values: Any) -> Moved:
    """What heads it, and who appraises; while it is a draft."""
    unknown = set(values) - set(CHANGED)
    if unknown:
        raise ValueError(f"not of a submission: {unknown}")
    now = Submission.objects.filter(pk=submission.pk)
    if all(getattr(submission, name) == value for name, value in values.items()):
        return Moved.ALREADY
    if not now.filter(revision=seen, state=SubmissionState.DRAFT).update(revision=F("revision") + 1, **values):
        return Moved.STALE
    if "to_unit" in values:
        Nomination.objects.filter(submission=submission).update(to_unit=values["to_unit"])
    submission.refresh_from_db()
    journal("submission.edited", submission, by, at, changed=sorted(values))
    return Moved.DONE


@transaction.atomic
def present(*, submission: Submission, seen: int, by: User, at: datetime.datetime) -> Moved:
    """Lay it before the head."""
    if not in_hand(submission).exists():
        return Moved.EMPTY
    moved = move("present", submission, seen, presented_by=by, presented_at=at, reason="")
    if moved is Moved.DONE:
        n = in_hand(submission).count()
        news.settle_reminders([submission.pk], submission.due_on, at=at)
        news.tell_of_presenting(submission, n, by, at=at)
        journal("submission.presented", submission, by, at, n=n)
    return moved


@transaction.atomic
def withdraw(*, submission: Submission, seen: int, by: User, at: datetime.datetime) -> Moved:
    moved = move("withdraw", submission, seen)
    if moved is Moved.DONE:
        news.settle_waiting(submission, at=at)
        journal("submission.withdrawn", submission, by, at)
    return moved


@transaction.atomic
def hand_back(*, submission: Submission, seen: int, by: User, at: datetime.datetime, reason: str) -> Moved:
    """The head does not sign; `reason` says what to mend."""
    if not reason.strip():
        raise ValueError("a return says why")
    moved = move("hand_back", submission, seen, returned_by=by, returned_at=at, reason=reason.strip())
    if moved is Moved.DONE:
        news.settle_waiting(submission, at=at)
        news.tell_of_handing_back(submission, by, reason.strip(), at=at)
        journal("submission.handed_back", submission, by, at, reason=reason.strip())
    return moved


def in_hand(submission: Submission) -> Any:
    """Its nominations that were not withdrawn."""
    return Nomination.objects.filter(submission=submission).exclude(state=NominationState.WITHDRAWN)


def move(act: str, submission: Submission, seen: int, **fields: Any) -> Moved:
    """Make the move where the table allows it now and the submission is the one that was seen."""
    step = SUBMISSION_MOVES[act]
    now = Submission.objects.filter(pk=submission.pk)
    if now.filter(revision=seen, state__in=step.from_).update(state=step.to, revision=F("revision") + 1, **fields):
        submission.refresh_from_db()
        return Moved.DONE
    return Moved.ALREADY if now.filter(revision=seen + 1, state=step.to).exists() else Moved.STALE
