"""When a day that comes near is spoken of: seven, three and one working days before, on the day, and once when it is
late.

Counted in working days, so that a night off or a server that stood still shifts a reminder and never drops it: what
falls due within one, three or seven working days and was not said yet at that distance is said now.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from thidua.plans.working_days import count_working_days, due_day, working_days_after

DISTANCES = (1, 3, 7)
LATE_FOR = datetime.timedelta(days=14)
"""What has been late for longer was said, or was late before anybody was reminded of anything."""
LONGEST = 120

When = Literal["near", "today", "late"]


class Reminding(Struct, frozen=True):
    """A day on which is reminded; `ahead` is the last day within each distance."""

    today: datetime.date
    ahead: Mapping[int, datetime.date]

    @property
    def first(self) -> datetime.date:
        """The earliest day that is spoken of."""
        return self.today - LATE_FOR

    @property
    def last(self) -> datetime.date:
        return max(self.ahead.values())

    def when(self, due: datetime.date) -> When:
        return "late" if due < self.today else "today" if due == self.today else "near"

    def distance(self, due: datetime.date) -> str:
        """At which it is said, once: "late", "0", or the nearest of 1, 3 and 7 within which the day still lies."""
        if due <= self.today:
            return "late" if due < self.today else "0"
        return str(min(distance for distance, last in self.ahead.items() if due <= last))

    def left(self, due: datetime.date) -> int:
        """Working days until then, the day itself among them; 1 at the least."""
        return max(1, working_days_after(self.today, due))


def reminding(today: datetime.date) -> Reminding | None:
    """None on a day off, when nobody is reminded of anything."""
    if due_day(today) != today:
        return None
    return Reminding(today, {distance: count_working_days(today, distance) for distance in DISTANCES})


def short(words: str) -> str:
    """What is due, for a line of a list."""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
