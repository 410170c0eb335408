"""Who is told of what happens to submissions, rounds and exceptions. Called by the acts, inside their transaction."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.campaigns.telling import TIMES
from thidua_web.nominations.models import GateException, Round, Submission
from thidua_web.notices.actions import notify, settle
from thidua_web.notices.recipients import who_may
from thidua_web.register.models import Unit

LONGEST = 160


def tell_of_presenting(submission: Submission, n: int, by: User, *, at: datetime.datetime) -> None:
    """Those who may sign it, but for whoever presented it."""
    params = {"by": by.full_name, "n": n, "unit": submission.unit.name, "title": _short(submission.title)}
    heads = _who("nomination.submit", submission.unit_id, at) - {by.pk}
    _tell(heads, "submission.waiting", params, submission, _waiting(submission), at)


def tell_of_handing_back(submission: Submission, by: User, reason: str, *, at: datetime.datetime) -> None:
    people = {submission.presented_by_id, submission.prepared_by_id} - {by.pk, None}
    params = {"by": by.full_name, "title": _short(submission.title), "reason": _short(reason)}
    _tell(people, "submission.handed_back", params, submission, f"{_about(submission)}:handed_back", at)


def tell_of_signing(submission: Submission, n: int, by: User, *, at: datetime.datetime) -> None:
    """Those who appraise, and whoever prepared it."""
    title = _short(submission.title)
    params = {"unit": submission.unit.name, "n": n, "title": title}
    appraisers = _who("appraisal.act", submission.to_unit_id, at) - {by.pk}
    _tell(appraisers, "submission.received", params, submission, f"{_about(submission)}:received", at)
    people = {submission.presented_by_id, submission.prepared_by_id} - {by.pk, None}
    params = {"by": by.full_name, "title": title, "to": submission.to_unit.name}
    _tell(people, "submission.signed", params, submission, f"{_about(submission)}:signed", at)


def settle_waiting(submission: Submission, *, at: datetime.datetime) -> None:
    """It lies with the head no more."""
    if submission.presented_at:
        settle(keys=[_waiting(submission)], at=at)


def tell_of_lodging_again(submission: Submission, n: int, by: User, *, at: datetime.datetime) -> None:
    params = {"unit": submission.unit.name, "n": n, "title": _short(submission.title)}
    appraisers = _who("appraisal.act", submission.to_unit_id, at) - {by.pk}
    key = f"{_about(submission)}:again:{int(at.timestamp())}"
    _tell(appraisers, "nomination.lodged_again", params, submission, key, at)


# --- Reminders --------------------------------------------------------------------------------------------------------


def submission_key(submission: int, due: datetime.date, when: str) -> str:
    """`when` is the distance at which it is said, as with duties; a day that moved is said anew."""
    return f"submission:{submission}:due:{due.isoformat()}:{when}"


def round_key(round_: int, unit: int, due: datetime.date, when: str) -> str:
    return f"round:{round_}:due:{due.isoformat()}:{unit}:{when}"


def settle_reminders(submissions: Iterable[int], due: datetime.date | None, *, at: datetime.datetime) -> None:
    """It was presented or sent, or its last day was moved: the reminder of that day need not be read any more."""
    if due is not None:
        settle(keys=[submission_key(pk, due, when) for pk in submissions for when in TIMES], at=at)


def settle_round(round_: Round, unit: int, *, at: datetime.datetime) -> None:
    """The unit began something in it."""
    if round_.due_on is not None:
        settle(keys=[round_key(round_.pk, unit, round_.due_on, when) for when in TIMES], at=at)


# --- Exceptions -------------------------------------------------------------------------------------------------------


def tell_of_asking(exception: GateException, by: User, *, at: datetime.datetime) -> None:
    """Those of the appraising unit who may except."""
    of = exception.submission
    params = {"unit": of.unit.name, "title": _short(of.title), "reason": _short(exception.reason)}
    heads = _who("nomination.except", of.to_unit_id, at) - {by.pk}
    href = reverse("nominations:exception", args=[exception.pk])
    notify(heads, "exception.asked", params, href=href, key=_asked(exception), at=at)


def tell_of_answer(exception: GateException, by: User, *, at: datetime.datetime) -> None:
    of = exception.submission
    settle(keys=[_asked(exception)], at=at)
    kind = "exception.granted" if exception.granted else "exception.refused"
    params = {"by": by.full_name, "title": _short(of.title), "answer": _short(exception.answer)}
    people = ({exception.asked_by_id} | _who("nomination.edit", of.unit_id, at)) - {by.pk}
    _tell(people, kind, params, of, f"exception:{exception.pk}:answered", at)


# --- Rounds -----------------------------------------------------------------------------------------------------------


def tell_of_round(round_: Round, by: User, *, at: datetime.datetime) -> int:
    """Those who write submissions in the units directly below."""
    below = Unit.objects.valid(on=timezone.localdate(at)).filter(parent=round_.to_unit_id).order_by("pk")
    found = who_may("nomination.edit", list(below.values_list("pk", flat=True)), on=timezone.localdate(at))
    people = {user for users in found.values() for user in users} - {by.pk}
    params = {
        "by": round_.to_unit.name,
        "opens": round_.opens_on.isoformat(),
        "due": round_.due_on.isoformat() if round_.due_on else "…",
        "title": _short(round_.title),
    }
    href = f"{reverse('nominations:start')}?dot={round_.pk}"
    return notify(people, "round.opened", params, href=href, key=f"round:{round_.pk}", at=at)


def _who(permission: str, unit_id: int, at: datetime.datetime) -> set[int]:
    return who_may(permission, [unit_id], on=timezone.localdate(at)).get(unit_id, set())


def _tell(  # noqa: PLR0913, PLR0917 - what a notice is
    people: set[int], kind: str, params: dict[str, object], submission: Submission, key: str, at: datetime.datetime
) -> None:
    notify(people, kind, params, href=submission.get_absolute_url(), key=key, at=at)


def _about(submission: Submission) -> str:
    """Each time anew: what was handed back is presented again."""
    return f"submission:{submission.pk}:{submission.revision}"


def _waiting(submission: Submission) -> str:
    stamp = int(submission.presented_at.timestamp()) if submission.presented_at else 0
    return f"submission:{submission.pk}:waiting:{stamp}"


def _asked(exception: GateException) -> str:
    return f"exception:{exception.pk}:asked"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
