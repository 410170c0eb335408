"""Values as officials write them."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation

from thidua_web.campaigns.pages.wording import say_day, say_number, say_recurrence, say_span


@pytest.mark.parametrize(
    ("value", "words"),
    [(datetime.date(2024, 10, 9), "09/10/2024"), ("2025-09", "09/2025"), ("1969", "1969"), ("quý II", "quý II")],
)
def test_days(value: object, words: str) -> None:
    assert say_day(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(1234.5, "1.234,5"), (2500.0, "2.500"), (0.05, "0,05"), (7_020_000, "7.020.000"), (100, "100"), (1.10, "1,1")],
)
def test_numbers(value: float, words: str) -> None:
    assert say_number(value) == words


def test_numbers_in_english() -> None:
    with translation.override("en"):
        assert say_number(1234.5) == "1,234.5"


DAY = datetime.date(2026, 6, 30)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (DAY, DAY, "30/06/2026"),
        (DAY, None, "từ 30/06/2026"),
        (None, DAY, "đến 30/06/2026"),
        (None, None, ""),
        (DAY, datetime.date(2026, 7, 1), "từ 30/06/2026 đến 01/07/2026"),
    ],
)
def test_spans(start: object, end: object, words: str) -> None:
    assert say_span(start, end) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=15", "hằng quý, ngày 15, các tháng 3, 6, 9, 12"),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "hằng tháng, ngày 25"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "hằng tháng, ngày cuối tháng"),
        ("FREQ=WEEKLY;BYDAY=FR", "hằng tuần, thứ Sáu"),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", "hằng năm, ngày 30, tháng 11"),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=10", "6 tháng một lần, ngày 10, các tháng 6, 12"),
        ("FREQ=WEEKLY;INTERVAL=2", "2 tuần một lần"),
        ("FREQ=DAILY;UNTIL=20261231", "hằng ngày, đến 31/12/2026"),
        ("FREQ=MONTHLY;COUNT=6", "hằng tháng, 6 lần"),
        ("FREQ=HOURLY", "FREQ=HOURLY"),
        ("FREQ=MONTHLY;BYHOUR=3", "FREQ=MONTHLY;BYHOUR=3"),
        ("", ""),
    ],
)
def test_recurrences(rule: str, words: str) -> None:
    assert say_recurrence(rule) == words
