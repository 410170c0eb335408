"""Working days of Viet Nam: weekends, public holidays with Tết, and days swapped for them.

They are those that the `holidays` package knows.
"""

from __future__ import annotations

import datetime
from functools import cache

import holidays

from thidua.findings import Basis

# By which a term that ends on a day off ends on the next working day.
DUE_BASIS = Basis(instrument="Bộ luật Dân sự số 91/2015/QH13", place="khoản 5 Điều 148", source="ghi theo trí nhớ")


def count_working_days(start: datetime.date, days: int) -> datetime.date:
    """The day that is `days` working days after `start` (before it where negative); `start` itself does not count."""
    return _viet_nam().get_nth_working_day(start, days)


def due_day(day: datetime.date) -> datetime.date:
    """The working day on which a term that names `day` ends: that day, or the next one that is worked (`DUE_BASIS`)."""
    return _viet_nam().get_nth_working_day(day, 0)


@cache
def _viet_nam() -> holidays.HolidayBase:
    return holidays.country_holidays("VN")
