"""How long the appraisal of a nomination has taken, in days that count."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from thidua.nominations.clock import Clock, Event, StepLimit, clock, limits_for
from thidua_web.law.queries import current_law
from thidua_web.nominations.models import ClockEvent, Nomination

STEP = "appraise"


class Shown(NamedTuple):
    """A clock with the rule that sets its days."""

    clock: Clock
    limit: StepLimit


def limit_of(nomination: Nomination, on: datetime.date) -> StepLimit:
    """How many days the appraisal may take, by the law of the day of lodging."""
    day = nomination.lodged_on or on
    return limits_for(current_law(), nomination.award, day, STEP, nomination.merit)[0]  # type: ignore[arg-type]


def clock_of(nomination: Nomination, on: datetime.date) -> Shown:
    return clocks_of([nomination], on)[nomination.pk]


def clocks_of(rows: Iterable[Nomination], on: datetime.date) -> dict[int, Shown]:
    """Of many in one query."""
    found = list(rows)
    events: dict[int, list[Event]] = defaultdict(list)
    for row in ClockEvent.objects.filter(nomination__in=found).order_by("pk"):
        events[row.nomination_id].append(Event(change=row.change, on=row.on, why=row.why))  # type: ignore[arg-type]
    return {row.pk: _shown(row, events.get(row.pk, []), on) for row in found}


def _shown(row: Nomination, events: list[Event], on: datetime.date) -> Shown:
    limit = limit_of(row, on)
    return Shown(clock(events, on, limit.days, limit.calendar), limit)
