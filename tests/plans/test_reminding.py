"""On which days a day that comes near is spoken of, and at which distance; every distance once."""

from __future__ import annotations

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.plans.reminding import LATE_FOR, LONGEST, reminding, short
from thidua.plans.working_days import working_days_after

FRIDAY, MONDAY = datetime.date(2026, 11, 6), datetime.date(2026, 11, 9)
DAYS = st.dates(datetime.date(2024, 1, 1), datetime.date(2027, 12, 31))


def test_nobody_is_reminded_on_a_day_off() -> None:
    assert reminding(datetime.date(2026, 11, 22)) is None
    assert reminding(datetime.date(2026, 9, 2)) is None


def test_what_is_due_on_monday_is_a_working_day_away_on_friday() -> None:
    days = reminding(FRIDAY)
    assert days is not None
    assert (days.when(MONDAY), days.distance(MONDAY), days.left(MONDAY)) == ("near", "1", 1)
    wednesday = MONDAY + datetime.timedelta(days=2)
    assert (days.distance(wednesday), days.left(wednesday)) == ("3", 3)
    assert (days.when(FRIDAY), days.distance(FRIDAY)) == ("today", "0")
    thursday = FRIDAY - datetime.timedelta(days=1)
    assert (days.when(thursday), days.distance(thursday)) == ("late", "late")
    assert (days.first, days.last) == (FRIDAY - LATE_FOR, datetime.date(2026, 11, 17))


@settings(deadline=None)
@given(DAYS, st.integers(1, 40))
def test_as_a_day_comes_nearer_it_is_never_said_from_farther_away(due: datetime.date, back: int) -> None:
    said = []
    for day in range(back, -1, -1):
        days = reminding(due - datetime.timedelta(days=day))
        if days is not None and due <= days.last:
            said.append(int(days.distance(due)))
            assert days.left(due) <= max(1, said[-1])
            assert days.left(due) == max(1, working_days_after(days.today, due))
    assert said == sorted(said, reverse=True)


def test_a_long_name_is_cut_and_says_so() -> None:
    assert short("a" * LONGEST) == "a" * LONGEST
    assert short("a" * (LONGEST + 1)) == "a" * (LONGEST - 1) + "…"
