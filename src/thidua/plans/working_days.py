"""Working days of Viet Nam: weekends, public holidays with Tết, and days swapped for them.

They are those that the `holidays` package knows.
"""

from __future__ import annotations

import datetime
from functools import cache

import holidays


def count_working_days(start: datetime.date, days: int) -> datetime.date:
    """The day that is `days` working days after `start` (before it where negative); `start` itself does not count."""
    return _viet_nam().get_nth_working_day(start, days)


def due_day(day: datetime.date) -> datetime.date:
    """The working day on which a term that names `day` ends: that day, or the next one that is worked.

    Bộ luật Dân sự 2015, Điều 148 khoản 5, from memory, not compared with the text of the code.
    """
    return _viet_nam().get_nth_working_day(day, 0)


@cache
def _viet_nam() -> holidays.HolidayBase:
    return holidays.country_holidays("VN")
