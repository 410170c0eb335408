"""Reminders of duties: seven, three and one working days before, on the day, and once when it is late.

Counted in working days, so that a night off or a server that stood still shifts a reminder and never drops it: what
falls due within one, three or seven working days and was not said yet at that distance is said now. What is done is
not said.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from thidua.plans.working_days import count_working_days, due_day
from thidua_web.campaigns.models import DutyDone, DutyUnit
from thidua_web.campaigns.telling import duty_key
from thidua_web.notices.actions import Told, notify_each
from thidua_web.notices.recipients import who_may

DISTANCES = (1, 3, 7)
# What has been late for longer was said, or was late before anybody was reminded of anything.
LATE_FOR = datetime.timedelta(days=14)
LONGEST = 120


class Open(NamedTuple):
    """A unit's day of duty that it has not done."""

    day: int
    unit: int
    due: datetime.date
    what: str
    campaign: int
    unit_name: str


def remind(*, at: datetime.datetime) -> int:
    """Everything that is to be said on this day, once; nothing on a day off. Returns how many notices are new."""
    today = timezone.localdate(at)
    if due_day(today) != today:
        return 0
    ahead = {distance: count_working_days(today, distance) for distance in DISTANCES}
    rows = _open(today - LATE_FOR, ahead[max(DISTANCES)])
    people = who_may("duty.mark", {row.unit for row in rows}, on=today)
    new = 0
    for kind, chosen in _by_kind(rows, today).items():
        told = _told(chosen, people, today, ahead)
        new += notify_each(told, kind, at=at)
    return new


def _open(first: datetime.date, last: datetime.date) -> list[Open]:
    """In campaigns and duties that are in force; two queries, however many there are."""
    rows = DutyUnit.objects.filter(
        duty__ended_by__isnull=True,
        duty__campaign__launched_at__isnull=False,
        duty__days__ended_by__isnull=True,
        duty__days__due__range=(first, last),
    ).order_by("duty__days__due", "duty__days", "unit")
    fields = ("duty__days", "unit_id", "duty__days__due", "duty__what", "duty__campaign_id", "unit__name")
    done = set(DutyDone.objects.filter(day__due__range=(first, last)).values_list("day_id", "unit_id"))
    return [row for row in map(Open._make, rows.values_list(*fields)) if (row.day, row.unit) not in done]


def _by_kind(rows: Iterable[Open], today: datetime.date) -> dict[str, list[Open]]:
    kinds: dict[str, list[Open]] = {"duty.late": [], "duty.today": [], "duty.near": []}
    for row in rows:
        kind = "duty.late" if row.due < today else "duty.today" if row.due == today else "duty.near"
        kinds[kind].append(row)
    return kinds


def _told(
    rows: Iterable[Open], people: dict[int, set[int]], today: datetime.date, ahead: dict[int, datetime.date]
) -> Iterator[Told]:
    left = working_days_left(today, max(ahead.values()))
    for row in rows:
        what = row.what if len(row.what) <= LONGEST else f"{row.what[: LONGEST - 1]}…"
        params = {"what": what, "unit": row.unit_name, "due": row.due.isoformat(), "left": str(left.get(row.due, 1))}
        href = f"{reverse('campaigns:duties', args=[row.campaign])}?don_vi={row.unit}"
        key = duty_key(row.day, row.unit, when_said(row.due, today, ahead))
        for user in people.get(row.unit, ()):
            yield Told(user, params, href, key)


def when_said(due: datetime.date, today: datetime.date, ahead: dict[int, datetime.date]) -> str:
    """The distance at which it is said: the nearest of 1, 3 and 7 that the day still lies within."""
    if due < today:
        return "late"
    if due == today:
        return "0"
    return str(min(distance for distance, last in ahead.items() if due <= last))


def working_days_left(today: datetime.date, last: datetime.date) -> dict[datetime.date, int]:
    """How many working days are left until each day up to `last`."""
    left: dict[datetime.date, int] = {}
    day, count = today, 0
    while day < last:
        day += datetime.timedelta(days=1)
        count += due_day(day) == day
        left[day] = max(1, count)
    return left
