"""A unit asks to submit although the gate says no; who may except it answers, with reason either way."""

from __future__ import annotations

import datetime
from enum import StrEnum

from django.db import transaction

from thidua_web.accounts.models import User
from thidua_web.nominations import submission_news as news
from thidua_web.nominations.actions.journaling import journal
from thidua_web.nominations.models import GateException, Submission


class Answered(StrEnum):
    DONE = "done"
    ALREADY = "already"
    OTHERWISE = "otherwise"
    """Somebody answered the other way before."""


@transaction.atomic
def ask(  # noqa: PLR0913 - what an exception is
    *, submission: Submission, code: str, words: str, reason: str, by: User, at: datetime.datetime
) -> GateException:
    """`code` is the key of a stop, `words` its sentence as it was read. Asked again while it waits, it is the same."""
    if not reason.strip():
        raise ValueError("an exception is asked for with a reason")
    Submission.objects.select_for_update(no_key=True).get(pk=submission.pk)
    waiting = GateException.objects.filter(submission=submission, code=code, granted=None).first()
    if waiting is not None:
        return waiting
    row = GateException.objects.create(
        submission=submission, code=code, words=words, reason=reason.strip(), asked_by=by, asked_at=at
    )
    news.tell_of_asking(row, by, at=at)
    journal("exception.asked", submission, by, at, code=code, reason=row.reason, exception=row.pk)
    return row


@transaction.atomic
def answer(*, exception: GateException, granted: bool, words: str, by: User, at: datetime.datetime) -> Answered:
    """Of two who answer at once the first counts."""
    if not words.strip():
        raise ValueError("an answer says why")
    waiting = GateException.objects.filter(pk=exception.pk, granted=None)
    done = waiting.update(granted=granted, answer=words.strip(), decided_by=by, decided_at=at)
    exception.refresh_from_db()
    if not done:
        return Answered.ALREADY if exception.granted == granted else Answered.OTHERWISE
    of = exception.submission
    news.tell_of_answer(exception, by, at=at)
    act = "exception.granted" if granted else "exception.refused"
    said = {"code": exception.code, "answer": exception.answer, "exception": exception.pk}
    journal(act, of, by, at, unit=of.to_unit_id, **said)
    return Answered.DONE
