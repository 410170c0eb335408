"""Dates as officials write them, found in folded text.

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

_MONTH_WORDS = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12,
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?P<{0}>(?:19|20)\d\s?\d)(?!\d)"
_FULL_WORDS = (
    r"ngay\s*(?P<d1>\d{1,2})\s*,?\s*thang\s*(?P<m1>\d{1,2})\s*,?\s*nam\s*" + _YEAR.format("y1")
)
_NUMERIC = r"(?<![\d/.])(?P<d2>\d{1,2})\s?[/.-]\s?(?P<m2>\d{1,2})\s?[/.-]\s?(?P<y2>(?:1[789]|20)\d\d)(?![\d/])"
_DAY_MONTH_WORDS = r"ngay\s*(?P<d3>\d{1,2})\s*thang\s*(?P<m3>\d{1,2})(?!\s*/?\s*\d)"
_DAY_MONTH = r"(?<![\d/.,])(?P<d4>\d{1,2})/(?P<m4>\d{1,2})(?![\d/%])"
_QUARTER = r"quy\s*(?P<q>iv|iii|ii|i|[1-4])(?![a-z\d])(?:\s*(?:nam\s*|/\s*|[-,]\s*|\s)" + _YEAR.format("y5") + ")?"
_HALF = r"(?:6|sau|06) thang (?P<h>dau|cuoi)(?: nam)?(?:\s*" + _YEAR.format("y6") + ")?"
_MONTH = (
    r"thang\s*(?P<m7>\d{1,2}|muoi mot|muoi hai|gieng|chap)(?![\d%])(?:\s*(?:nam\s*|/\s*|-\s*|\.\s*)"
    + _YEAR.format("y7") + ")?"
)  # fmt: skip
_SLASH_MONTH = r"(?<![\d/.])(?P<m8>\d{1,2})/" + _YEAR.format("y8") + r"(?!/)"
_YEAR_ONLY = r"nam\s*" + _YEAR.format("y9")
DATE = re.compile(
    "|".join((_FULL_WORDS, _NUMERIC, _DAY_MONTH_WORDS, _QUARTER, _HALF, _MONTH, _SLASH_MONTH, _DAY_MONTH, _YEAR_ONLY))
)


_HINT = re.compile(r"\d|quy i|thang (?:muoi|gieng|chap)")


class DateWords(Struct, frozen=True):
    """A date expression at [start, end) of a folded text; `year` None means the text does not give one.

    `first` and `last` are None where the day does not exist (31/6) or the year is not known.
    """

    start: int
    end: int
    grain: Grain
    year: int | None
    month: int | None = None
    day: int | None = None

    def within(self, year: int | None) -> tuple[date | None, date | None]:
        """First and last day, the year taken from `year` where the words give none."""
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
    """All date expressions of a folded text, in order; impossible ones too (see `DateWords`)."""
    if not _HINT.search(folded):
        return []
    return [words for match in DATE.finditer(folded) if (words := _read(match)) is not None]


def _read(match: re.Match[str]) -> DateWords | None:
    g = match.groupdict()
    start, end = match.span()
    for n in "1234":
        if g["d" + n] is not None:
            year = g.get("y" + n)
            return DateWords(start, end, "day", _year(year), int(g["m" + n]), int(g["d" + n]))
    if g["q"]:
        quarter = _ROMAN.get(g["q"]) or int(g["q"])
        return DateWords(start, end, "quarter", _year(g["y5"]), quarter * 3 - 2)
    if g["h"]:
        return DateWords(start, end, "half", _year(g["y6"]), 1 if g["h"] == "dau" else 7)
    if g["m7"]:
        month = int(g["m7"]) if g["m7"].isdigit() else _MONTH_WORDS[g["m7"]]
        return DateWords(start, end, "month", _year(g["y7"]), month)
    if g["m8"]:
        return DateWords(start, end, "month", _year(g["y8"]), int(g["m8"]))
    return DateWords(start, end, "year", _year(g["y9"]))


def _year(digits: str | None) -> int | None:
    return int(digits.replace(" ", "")) if digits else None
