"""Working days of Viet Nam: weekends, public holidays with Tết, and days swapped for them.

They are those that the `holidays` package knows.
"""

from __future__ import annotations

import datetime
from functools import cache, lru_cache

import holidays

from thidua.findings import Basis

# By which a term that ends on a day off ends on the next working day.
DUE_BASIS = Basis(instrument="Bộ luật Dân sự số 91/2015/QH13", place="khoản 5 Điều 148", source="ghi theo trí nhớ")


@lru_cache(maxsize=10_000)
def count_working_days(start: datetime.date, days: int) -> datetime.date:
    """The day that is `days` working days after `start` (before it where negative); `start` itself does not count."""
    return _viet_nam().get_nth_working_day(start, days)


def due_day(day: datetime.date) -> datetime.date:
    """The working day on which a term that names `day` ends: that day, or the next one that is worked (`DUE_BASIS`)."""
    return _viet_nam().get_nth_working_day(day, 0)


@lru_cache(maxsize=10_000)
def working_days_after(start: datetime.date, end: datetime.date) -> int:
    """How many working days lie after `start`, up to `end` and with it; 0 where `end` is not after `start`."""
    if end <= start:
        return 0
    return _viet_nam().get_working_days_count(start + datetime.timedelta(days=1), end)


@cache
def _viet_nam() -> holidays.HolidayBase:
    return holidays.country_holidays("VN")
