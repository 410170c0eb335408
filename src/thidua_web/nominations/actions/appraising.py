"""Acts of the appraiser on one nomination: taken in, sent back, asked for more, lowered, concluded, opened again.

Each is done once, in one transaction with its journal line and its notices (`moving`). Whether whoever acts may is
asked by the views; what the rules forbid is asked here.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from typing import Any, get_args

import msgspec
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from thidua.findings import Finding, not_met, unknown
from thidua.law.awards import Award, Level, awards
from thidua_web.accounts.models import User
from thidua_web.eligibility.queries.cases import known_awards
from thidua_web.law.queries import current_law
from thidua_web.nominations import case_news as news
from thidua_web.nominations.actions import clocks
from thidua_web.nominations.actions.assessing import store
from thidua_web.nominations.actions.moving import DONE, Acted, Done, change, move, note
from thidua_web.nominations.models import (
    AppraisedList,
    EvidenceRequest,
    ListState,
    Lowering,
    Moment,
    Nomination,
    Opinion,
    Return,
)
from thidua_web.nominations.queries.cases import asked
from thidua_web.nominations.queries.checking import checked
from thidua_web.nominations.queries.concluding import Against, against
from thidua_web.nominations.queries.offers import award_title, judged_on
from thidua_web.nominations.stages import JOURNALED, UNDER_APPRAISAL, NominationState
from thidua_web.notices.recipients import who_may

LEVELS = get_args(Level)
"""From the highest."""
LOWERABLE = frozenset({NominationState.IN_APPRAISAL})


@transaction.atomic
def accept(*, nomination: Nomination, seen: int, by: User, at: datetime.datetime) -> Done:
    """Take the dossier in (tiếp nhận): the clock runs from today. Whoever does it has it, unless somebody else does."""
    on = timezone.localdate(at)
    fields: dict[str, Any] = {"received_on": on, "appraiser": nomination.appraiser or by}
    done = move("accept", nomination, seen=seen, by=by, **fields)
    if done is DONE:
        clocks.start([nomination], on=on, at=at, why="accept")
        store(nomination, moment=Moment.ACCEPTED, on=on, by=by, at=at)
        news.settle_desk(nomination, at=at)
        _note("accept", nomination, by, at)
    return done


@transaction.atomic
def send_back(  # noqa: PLR0913 - what a return is
    *,
    nomination: Nomination,
    codes: Sequence[str],
    words: str,
    due_on: datetime.date | None,
    seen: int,
    by: User,
    at: datetime.datetime,
) -> Done:
    """Return it with reasons (`thidua.nominations.returning`). Raises ValueError where none is given."""
    if not codes:
        raise ValueError("a return says why")
    done = move("send_back", nomination, seen=seen, by=by, returns=F("returns") + 1)
    if done is DONE:
        on = timezone.localdate(at)
        Return.objects.create(nomination=nomination, codes=list(codes), words=words, due_on=due_on, by=by, at=at, on=on)
        clocks.end([nomination], on=on, at=at, why="send_back")
        news.settle_desk(nomination, at=at)
        news.tell_unit("appraisal.sent_back", nomination, by, at=at, n=len(codes))
        _note("send_back", nomination, by, at, codes=list(codes), due=_day(due_on))
    return done


@transaction.atomic
def ask(  # noqa: PLR0913 - what is asked
    *,
    nomination: Nomination,
    words: str,
    due_on: datetime.date | None,
    seen: int,
    by: User,
    at: datetime.datetime,
) -> Done:
    """Ask the unit for more; the clock stands still until it answers. Raises ValueError for no words."""
    if not words.strip():
        raise ValueError("a request says for what")
    done = move("ask", nomination, seen=seen, by=by)
    if done is DONE:
        EvidenceRequest.objects.create(nomination=nomination, words=words, due_on=due_on, asked_by=by, asked_at=at)
        clocks.pause([nomination], on=timezone.localdate(at), at=at, why="ask")
        news.tell_unit("appraisal.asked", nomination, by, at=at, words=words)
        _note("ask", nomination, by, at, due=_day(due_on))
    return done


@transaction.atomic
def assign(*, nomination: Nomination, appraiser: User, seen: int, by: User, at: datetime.datetime) -> Done:
    """Give it to an appraiser, oneself or another. That they may judge it is asked by whoever calls."""
    on = timezone.localdate(at)
    if appraiser.pk not in who_may("appraisal.act", [nomination.to_unit_id], on=on).get(nomination.to_unit_id, set()):
        return _refused(not_met("appraising.not_an_appraiser", None, name=appraiser.full_name))
    if nomination.appraiser_id == appraiser.pk:
        return Done(Acted.REPEATED)
    done = change("appraisal.assigned", nomination, seen=seen, among=UNDER_APPRAISAL, by=by, appraiser=appraiser)
    if done is DONE:
        if appraiser != by:
            news.tell_one("appraisal.assigned", appraiser, nomination, by, at=at)
        note("appraisal.assigned", nomination, unit_id=nomination.to_unit_id, by=by, at=at, appraiser=appraiser.pk)
    return done


# --- Another award ----------------------------------------------------------------------------------------------------


@transaction.atomic
def lower(  # noqa: PLR0913 - from what to what, and why
    *, nomination: Nomination, award: str, reason: str, seen: int, by: User, at: datetime.datetime
) -> Done:
    """Propose another award than the unit asked for, one that such a nominee may get under the law of its day.

    The award asked for stays on record; back to it is the same act. Raises ValueError for no reason.
    """
    if not reason.strip():
        raise ValueError("another award needs a reason")
    was, on = nomination.award, timezone.localdate(at)
    refusal = _why_not_award(nomination, award, on)
    if refusal is not None:
        return _refused(refusal)
    asked = nomination.award_asked or was
    fields = {"award": award, "award_asked": "" if award == asked else asked}
    done = change("appraisal.lowered", nomination, seen=seen, among=LOWERABLE, by=by, **fields)
    if done is DONE:
        Lowering.objects.create(nomination=nomination, was=was, becomes=award, reason=reason, by=by, at=at)
        judge_again(nomination, on)
        news.tell_unit("appraisal.lowered", nomination, by, at=at, was=award_title(was, on), reason=reason)
        unit = nomination.to_unit_id
        note("appraisal.lowered", nomination, unit_id=unit, by=by, at=at, was=was, becomes=award, reason=reason)
    return done


def _why_not_award(nomination: Nomination, award: str, on: datetime.date) -> Finding | None:
    title = award_title(award, on)
    if award == nomination.award:
        return not_met("appraising.award_same", None, award=title)
    if award not in possible_awards(nomination, on):
        return not_met("appraising.award_not_possible", None, award=title)
    if _same_in_submission(nomination, award):
        return not_met("appraising.award_twice", None, award=title)
    return None


def possible_awards(nomination: Nomination, on: datetime.date) -> dict[str, str]:
    """Titles by code of the awards that the law of its day gives to such a nominee, the present one left out.

    Those of its own kind that stand no higher come first: what is moved is mostly lowered.
    """
    day = judged_on(nomination, on)
    known = known_awards(nomination.subject, current_law(), day)  # type: ignore[arg-type]
    present = awards().get(nomination.award)
    return {award.code: award_title(award.code, day) for award in _nearest(known, present) if award != present}


def _nearest(known: Iterable[Award], present: Award | None) -> list[Award]:
    if present is None:
        return list(known)
    level = LEVELS.index(present.level)
    return sorted(known, key=lambda one: (LEVELS.index(one.level) < level, one.kind != present.kind))


def _same_in_submission(nomination: Nomination, award: str) -> bool:
    same = {
        "person": nomination.person_id, "collective": nomination.collective_id, "household": nomination.household_id,
    }  # fmt: skip
    others = Nomination.objects.filter(submission=nomination.submission_id, award=award, **same)
    return others.exclude(pk=nomination.pk).exclude(state=NominationState.WITHDRAWN).exists()


# --- Conclusions ------------------------------------------------------------------------------------------------------


@transaction.atomic
def recommend(*, nomination: Nomination, words: str, seen: int, by: User, at: datetime.datetime) -> Done:
    """Recommend it to the council. Refused while something forbids it; where something is open, only with words."""
    on = timezone.localdate(at)
    found = against(nomination, checked(nomination, on), asked(nomination), on)
    refused = _why_not_recommended(found, words)
    if refused:
        return _refused(*refused)
    done = move("recommend", nomination, seen=seen, by=by)
    if done is DONE:
        _conclude("recommend", nomination, words, found.open, by, at)
    return done


def _why_not_recommended(found: Against, words: str) -> tuple[Finding, ...]:
    if found.forbids:
        return found.forbids
    return (unknown("appraising.words_wanted"), *found.open) if found.open and not words.strip() else ()


@transaction.atomic
def not_recommend(  # noqa: PLR0913 - what is concluded, and why
    *,
    nomination: Nomination,
    words: str,
    reasons: Collection[Finding],
    seen: int,
    by: User,
    at: datetime.datetime,
) -> Done:
    """Conclude that it is not recommended, for findings and in words. Raises ValueError for no words."""
    if not words.strip():
        raise ValueError("a refusal says why")
    done = move("not_recommend", nomination, seen=seen, by=by)
    if done is DONE:
        _conclude("not_recommend", nomination, words, reasons, by, at)
    return done


def _conclude(  # noqa: PLR0913, PLR0917 - what a conclusion is
    act: str, nomination: Nomination, words: str, reasons: Collection[Finding], by: User, at: datetime.datetime
) -> None:
    recommends, on = act == "recommend", timezone.localdate(at)
    told = [msgspec.to_builtins(one) for one in reasons]
    Opinion.objects.create(nomination=nomination, recommends=recommends, words=words, reasons=told, by=by, at=at)
    clocks.end([nomination], on=on, at=at, why=act)
    store(nomination, moment=Moment.CONCLUDED, on=on, by=by, at=at)
    news.tell_unit(f"appraisal.{act}ed", nomination, by, at=at)
    _note(act, nomination, by, at, reasons=[one.code for one in reasons])


@transaction.atomic
def reopen(*, nomination: Nomination, words: str, seen: int, by: User, at: datetime.datetime) -> Done:
    """Appraise it again, until the appraised list is signed. It leaves the list that is being made."""
    if _is_signed(nomination):
        return Done(Acted.CLOSED)
    done = move("reopen", nomination, seen=seen, by=by, listed=None)
    if done is DONE:
        on = timezone.localdate(at)
        Opinion.objects.filter(nomination=nomination, undone_at__isnull=True).update(undone_at=at)
        clocks.start([nomination], on=on, at=at, why="reopen")
        news.tell_unit("appraisal.reopened", nomination, by, at=at)
        _note("reopen", nomination, by, at, reason=words)
    return done


def _is_signed(nomination: Nomination) -> bool:
    """The list is held, so that nobody signs it at this moment."""
    lists = AppraisedList.objects.select_for_update().filter(
        pk__in=Nomination.objects.filter(pk=nomination.pk).values("listed")
    )
    return any(one.state == ListState.SIGNED for one in lists)


# --- What they share --------------------------------------------------------------------------------------------------


def judge_again(nomination: Nomination, on: datetime.date) -> None:
    """What lists show of the checks follows an act that changes how they come out."""
    known = checked(nomination, on)
    nomination.outcome, nomination.defects = known.outcome, len(known.defects)
    Nomination.objects.filter(pk=nomination.pk).update(outcome=nomination.outcome, defects=nomination.defects)


def _refused(*findings: Finding) -> Done:
    return Done(Acted.REFUSED, findings)


def _note(act: str, nomination: Nomination, by: User, at: datetime.datetime, **details: Any) -> None:
    note(JOURNALED[act], nomination, unit_id=nomination.to_unit_id, by=by, at=at, **details)


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
