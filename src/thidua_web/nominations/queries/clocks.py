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


def clock_from(nomination: Nomination, events: Iterable[ClockEvent], on: datetime.date) -> Shown:
    """Of what happened to it, in that order."""
    limit, changes = limit_of(nomination, on), [Event(change=one.change, on=one.on, why=one.why) for one in events]  # type: ignore[arg-type]
    return Shown(clock(changes, on, limit.days, limit.calendar), limit)


def clocks_of(rows: Iterable[Nomination], on: datetime.date) -> dict[int, Shown]:
    """Of many in one query."""
    found = list(rows)
    events: dict[int, list[ClockEvent]] = defaultdict(list)
    for one in ClockEvent.objects.filter(nomination__in=found).order_by("pk"):
        events[one.nomination_id].append(one)
    return {row.pk: clock_from(row, events[row.pk], on) for row in found}
