"""Dates as officials write them, found in folded text (no marks, lower case).

A date expression may be a day, a month, a quarter, a half year or a year; it then runs from its first to its last
day. A day without its year ("từ 09/02 đến 08/3/2026") is completed from a year that the caller knows.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Literal

from msgspec import Struct

Grain = Literal["day", "month", "quarter", "half", "year"]

# Optical reading sometimes parts the last digit of a year.
_YEAR = r"(?P<year>(?:19|20)\d\s?\d)(?!\d)"
_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>\d{1,2})"
# Name, grain and pattern of every form; where two fit, the one that stands first is read.
_FORMS: tuple[tuple[str, Grain, str], ...] = (
    ("full", "day", rf"ngay\s*{_DAY}\s*,?\s*thang\s*{_MONTH}\s*,?\s*nam\s*{_YEAR}"),
    (
        "numeric",
        "day",
        rf"(?<![\d/.]){_DAY}\s?[/.-]\s?{_MONTH}\s?[/.-]\s?(?P<year>(?:1[789]|20)\d\d)(?![\d/])",
    ),
    ("yearless", "day", rf"ngay\s*{_DAY}\s*thang\s*{_MONTH}(?!\s*/?\s*\d)"),
    (
        "quarter",
        "quarter",
        rf"quy\s*(?P<month>iv|iii|ii|i|[1-4])(?![a-z\d])(?:\s*(?:nam\s*|/\s*|[-,]\s*|\s){_YEAR})?",
    ),
    ("half", "half", rf"(?:6|sau|06) thang (?P<month>dau|cuoi)(?: nam)?(?:\s*{_YEAR})?"),
    (
        "month",
        "month",
        r"thang\s*(?P<month>\d{1,2}|muoi mot|muoi hai|gieng|chap)(?![\d%])"
        rf"(?:\s*(?:nam\s*|/\s*|-\s*|\.\s*){_YEAR})?",
    ),
    ("slashed", "month", rf"(?<![\d/.]){_MONTH}/{_YEAR}(?!/)"),
    ("short", "day", rf"(?<![\d/.,]){_DAY}/{_MONTH}(?![\d/%])"),
    ("year", "year", rf"nam\s*{_YEAR}"),
)
_GRAINS: dict[str, Grain] = {name: grain for name, grain, _ in _FORMS}
# The first month that a word stands for, by grain.
_MONTHS = {
    "quarter": {"i": 1, "1": 1, "ii": 4, "2": 4, "iii": 7, "3": 7, "iv": 10, "4": 10},
    "half": {"dau": 1, "cuoi": 7},
    "month": {"gieng": 1, "muoi mot": 11, "muoi hai": 12, "chap": 12},
}
_HINT = re.compile(r"\d|quy i|thang (?:muoi|gieng|chap)")


def _named(form: str, pattern: str) -> str:
    """The pattern with its groups named for its form ("day_full"): a group's name stands once in an expression."""
    return re.sub(r"\(\?P<(\w+)>", rf"(?P<\1_{form}>", pattern)


_DATE = re.compile("|".join(_named(name, pattern) for name, _, pattern in _FORMS))


class DateWords(Struct, frozen=True):
    """A date expression at [start, end) of a folded text; `year` None means the text does not give one.

    `month` is the first one of a quarter or a half year.
    """

    start: int
    end: int
    grain: Grain
    year: int | None
    month: int | None = None
    day: int | None = None

    def within(self, year: int | None) -> tuple[date | None, date | None]:
        """First and last day, the year taken from `year` where the words give none.

        None, None where the day does not exist (31/6) or the year is not known.
        """
        year = self.year or year
        if year is None:
            return None, None
        return _bounds(self, year)


def _bounds(words: DateWords, year: int) -> tuple[date | None, date | None]:
    month = words.month or 1
    if not 1 <= month <= 12:
        return None, None
    match words.grain:
        case "day":
            day = words.day or 0
            if not 1 <= day <= monthrange(year, month)[1]:
                return None, None
            return date(year, month, day), date(year, month, day)
        case "month":
            last = month
        case "quarter":
            last = month + 2
        case "half":
            last = month + 5
        case "year":
            last = 12
    return date(year, month, 1), date(year, last, monthrange(year, last)[1])


def find_dates(folded: str) -> list[DateWords]:
    """All date expressions of a folded text, in order; impossible ones too (see `DateWords.within`)."""
    if not _HINT.search(folded):
        return []
    return [_read(match) for match in _DATE.finditer(folded)]


def _read(match: re.Match[str]) -> DateWords:
    form = (match.lastgroup or "").rpartition("_")[2]
    grain = _GRAINS[form]
    said = match.groupdict()
    day, month, year = (said.get(f"{part}_{form}") for part in ("day", "month", "year"))
    return DateWords(
        start=match.start(),
        end=match.end(),
        grain=grain,
        year=int(year.replace(" ", "")) if year else None,
        month=_month(grain, month) if month else None,
        day=int(day) if day else None,
    )


def _month(grain: Grain, words: str) -> int:
    return _MONTHS.get(grain, {}).get(words) or int(words)
