"""Starting, stopping and ending the clock of an appraisal. Part of the act that does it: called in its transaction."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from thidua_web.nominations.models import ClockChange, ClockEvent, ConsultationItem, Nomination
from thidua_web.nominations.queries.clocks import clocks_of
from thidua_web.nominations.stages import NominationState


def start(rows: Sequence[Nomination], *, on: datetime.date, at: datetime.datetime, why: str = "") -> None:
    _note(rows, ClockChange.STARTED, on, at, why)


def pause(rows: Sequence[Nomination], *, on: datetime.date, at: datetime.datetime, why: str = "") -> None:
    _note(rows, ClockChange.PAUSED, on, at, why)


def resume(rows: Sequence[Nomination], *, on: datetime.date, at: datetime.datetime, why: str = "") -> None:
    """Where nothing else holds the clock: the unit's answer is awaited, or another body's for which it stands still."""
    waits = ConsultationItem.objects.filter(
        nomination__in=rows, consultation__pauses=True, consultation__closed_at__isnull=True
    )
    held = set(waits.values_list("nomination", flat=True))
    free = [row for row in rows if row.pk not in held and row.state != NominationState.ASKED]
    if free:
        _note(free, ClockChange.RESUMED, on, at, why)


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
