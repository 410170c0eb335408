"""Starting, stopping and ending the clock of an appraisal. Part of the act that does it: called in its transaction."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from thidua_web.nominations.models import ClockChange, ClockEvent, Nomination
from thidua_web.nominations.queries.clocks import clocks_of


def start(rows: Sequence[Nomination], *, on: datetime.date, at: datetime.datetime, why: str = "") -> None:
    _note(rows, ClockChange.STARTED, on, at, why)


def pause(rows: Sequence[Nomination], *, on: datetime.date, at: datetime.datetime, why: str = "") -> None:
    _note(rows, ClockChange.PAUSED, on, at, why)


def resume(rows: Sequence[Nomination], *, on: datetime.date, at: datetime.datetime, why: str = "") -> None:
    _note(rows, ClockChange.RESUMED, on, at, why)


def end(rows: Sequence[Nomination], *, on: datetime.date, at: datetime.datetime, why: str = "") -> None:
    _note(rows, ClockChange.ENDED, on, at, why)


def _note(rows: Sequence[Nomination], change: ClockChange, on: datetime.date, at: datetime.datetime, why: str) -> None:
    """One event each, and the day by which the step must end, in as many queries for one as for five hundred."""
    ClockEvent.objects.bulk_create(
        (ClockEvent(nomination=row, change=change, on=on, why=why, at=at) for row in rows), batch_size=1000
    )
    recount(rows, on)


def recount(rows: Sequence[Nomination], on: datetime.date) -> None:
    """What lists sort by: the last day, none while the clock stands still or has ended."""
    clocks = clocks_of(rows, on)
    for row in rows:
        clock = clocks[row.pk].clock
        row.clock_due = None if clock.paused or clock.ended_on else clock.due
    Nomination.objects.bulk_update(rows, ["clock_due"], batch_size=500)
