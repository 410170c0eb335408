"""A work with its milestones: begun, finished, ahead, late. A work has its days on the ground, so days off count."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from thidua.findings import Finding, Outcome, not_met, unknown

Milestone = Literal["start", "finish", "both"]


class WorkState(StrEnum):
    """How a work stands to its pledged milestone; the finding's code is "work." with this word."""

    NOT_STARTED = "not_started"
    LATE_TO_START = "late_to_start"
    STARTED = "started"
    STARTED_AHEAD = "started_ahead"
    STARTED_LATE = "started_late"
    UNDER_WAY = "under_way"
    LATE_TO_FINISH = "late_to_finish"
    FINISHED = "finished"
    FINISHED_AHEAD = "finished_ahead"
    FINISHED_LATE = "finished_late"


_REACHED = frozenset({"started", "started_ahead", "finished", "finished_ahead"})
_LATE = frozenset({"late_to_start", "started_late", "late_to_finish", "finished_late"})


class PledgedWork(Struct, frozen=True, kw_only=True):
    """A work as pledged (`start_due`, `finish_due`: the last day for it) and as it went (`started_on`, `finished_on`).

    `milestone` is what was pledged: to begin it (khởi công), to finish it (hoàn thành, khánh thành), or both. Days of
    what was not pledged are told, never judged.
    """

    name: str
    milestone: Milestone = "finish"
    start_due: datetime.date | None = None
    finish_due: datetime.date | None = None
    started_on: datetime.date | None = None
    finished_on: datetime.date | None = None


def work_state(work: PledgedWork, *, on: datetime.date) -> WorkState:
    """How the work stood on the day `on`; what came later is not known yet."""
    finished = _known(work.finished_on, on)
    started = _known(_begin(work), on)
    if work.milestone == "start":
        return _begun(started, work.start_due, on)
    if finished:
        return _against(finished, work.finish_due, *_FINISHED)
    if work.finish_due and on > work.finish_due:
        return WorkState.LATE_TO_FINISH
    if work.milestone == "both" and started is None and work.start_due and on > work.start_due:
        return WorkState.LATE_TO_START
    return WorkState.UNDER_WAY if started else WorkState.NOT_STARTED


def state(work: PledgedWork, *, on: datetime.date) -> Finding:
    """`work_state` in words: met where the pledged milestone is reached in time, not_met where it is late.

    `days` are calendar days ahead or late, 0 where there is nothing to count. A milestone that is still to come is
    unknown.
    """
    word = work_state(work, on=on)
    outcome = Outcome.MET if word in _REACHED else Outcome.NOT_MET if word in _LATE else Outcome.UNKNOWN
    return Finding(code=f"work.{word}", outcome=outcome, params={"name": work.name, "days": _days(work, word, on)})


def ahead_days(work: PledgedWork) -> int | None:
    """Calendar days before the pledged day on which the milestone was reached (the finish, where both are pledged).

    Negative where it was reached later; None where it is not reached or no day was pledged.
    """
    reached, due = (_begin(work), work.start_due) if work.milestone == "start" else (work.finished_on, work.finish_due)
    return (due - reached).days if due and reached else None


def check_work(work: PledgedWork) -> tuple[Finding, ...]:
    """What is wrong with its days (not_met) or missing (unknown); empty where it is whole."""
    return tuple(_check(work))


_BEGUN = (WorkState.STARTED_AHEAD, WorkState.STARTED, WorkState.STARTED_LATE)
_FINISHED = (WorkState.FINISHED_AHEAD, WorkState.FINISHED, WorkState.FINISHED_LATE)


def _begin(work: PledgedWork) -> datetime.date | None:
    """A work that is finished has begun, by that day at the latest."""
    return min(filter(None, (work.started_on, work.finished_on)), default=None)


def _known(day: datetime.date | None, on: datetime.date) -> datetime.date | None:
    return day if day and day <= on else None


def _begun(started: datetime.date | None, due: datetime.date | None, on: datetime.date) -> WorkState:
    if started:
        return _against(started, due, *_BEGUN)
    return WorkState.LATE_TO_START if due and on > due else WorkState.NOT_STARTED


def _against(
    day: datetime.date, due: datetime.date | None, ahead: WorkState, in_time: WorkState, late: WorkState
) -> WorkState:
    if due is None or day == due:
        return in_time
    return ahead if day < due else late


def _days(work: PledgedWork, word: WorkState, on: datetime.date) -> int:
    if word is WorkState.LATE_TO_START and work.start_due:
        return (on - work.start_due).days
    if word is WorkState.LATE_TO_FINISH and work.finish_due:
        return (on - work.finish_due).days
    return abs(ahead_days(work) or 0) if word in (*_BEGUN, *_FINISHED) else 0


def _check(work: PledgedWork) -> Iterator[Finding]:
    if not work.name.strip():
        yield not_met("work.no_name")
    if work.milestone != "finish" and work.start_due is None:
        yield unknown("work.no_start_due", name=work.name)
    if work.milestone != "start" and work.finish_due is None:
        yield unknown("work.no_finish_due", name=work.name)
    if work.start_due and work.finish_due and work.finish_due < work.start_due:
        yield not_met("work.due_order", name=work.name, start=work.start_due, finish=work.finish_due)
    if work.started_on and work.finished_on and work.finished_on < work.started_on:
        yield not_met("work.order", name=work.name, start=work.started_on, finish=work.finished_on)
