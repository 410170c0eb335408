"""Reminders of duties, on the days that `thidua.plans.reminding` tells. What is done is not said."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from thidua.plans.reminding import Reminding, When, reminding, short
from thidua_web.campaigns.models import DutyDone, DutyUnit
from thidua_web.campaigns.telling import duty_key
from thidua_web.notices.actions import Told, notify_each
from thidua_web.notices.recipients import who_may

KINDS: dict[When, str] = {"late": "duty.late", "today": "duty.today", "near": "duty.near"}


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
    days = reminding(timezone.localdate(at))
    if days is None:
        return 0
    rows = _open(days.first, days.last)
    people = who_may("duty.mark", {row.unit for row in rows}, on=days.today)
    new = 0
    for when, kind in KINDS.items():
        told = _told([row for row in rows if days.when(row.due) == when], people, days)
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


def _told(rows: Iterable[Open], people: dict[int, set[int]], days: Reminding) -> Iterator[Told]:
    for row in rows:
        left = str(days.left(row.due))
        params = {"what": short(row.what), "unit": row.unit_name, "due": row.due.isoformat(), "left": left}
        href = f"{reverse('campaigns:duties', args=[row.campaign])}?don_vi={row.unit}"
        key = duty_key(row.day, row.unit, days.distance(row.due))
        for user in people.get(row.unit, ()):
            yield Told(user, params, href, key)
