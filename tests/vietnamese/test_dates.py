"""Dates as officials write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.vietnamese.dates import find_dates
from thidua.vietnamese.folding import fold


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("ngày 25 tháng 02 năm 2025", "2025-02-25", "2025-02-25"),
        ("25/02/2025", "2025-02-25", "2025-02-25"),
        ("25-2-2025", "2025-02-25", "2025-02-25"),
        ("25.02.2025", "2025-02-25", "2025-02-25"),
        ("tháng 6 năm 2025", "2025-06-01", "2025-06-30"),
        ("tháng 02/2024", "2024-02-01", "2024-02-29"),
        ("Quý III năm 2025", "2025-07-01", "2025-09-30"),
        ("quý 4/2026", "2026-10-01", "2026-12-31"),
        ("6 tháng đầu năm 2025", "2025-01-01", "2025-06-30"),
        ("6 tháng cuối năm 2025", "2025-07-01", "2025-12-31"),
        ("năm 2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_date_runs_from_its_first_to_its_last_day(words: str, first: str, last: str) -> None:
    [date] = find_dates(fold(words))

    assert date.within(None) == (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))


@pytest.mark.parametrize("words", ["31/6/2025", "ngày 29 tháng 02 năm 2025", "tháng 13 năm 2025"])
def test_an_impossible_date_is_found_but_has_no_day(words: str) -> None:
    [date] = find_dates(fold(words))

    assert date.within(None) == (None, None)


@pytest.mark.parametrize("words", ["57/KH-UBND", "6/7 chỉ tiêu", "10/tuần", "1,5 - 2%", "điều 24 khoản 3"])
def test_other_numbers_are_no_dates_with_a_year(words: str) -> None:
    assert [date for date in find_dates(fold(words)) if date.year] == []


def test_a_day_without_its_year_takes_the_year_it_is_given() -> None:
    [date] = find_dates("tu 09/02")

    assert date.within(None) == (None, None)
    assert date.within(2026)[0] == datetime.date(2026, 2, 9)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_is_read_in_both_writings(day: datetime.date) -> None:
    for words in (f"ngay {day.day:02d} thang {day.month:02d} nam {day.year}", f"{day.day}/{day.month}/{day.year}"):
        [date] = find_dates(words)

        assert date.within(None) == (day, day)
