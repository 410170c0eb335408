"""Moments of the demo, counted from the day on which it is made."""

from __future__ import annotations

import datetime

from django.utils import timezone


def moment(on: datetime.date, days: int, hour: int) -> datetime.datetime:
    day = on + datetime.timedelta(days=days)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, 10)))
