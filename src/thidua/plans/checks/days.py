"""Days as the text writes them: days that do not exist, weekdays that do not fit."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from thidua.findings import Basis, Finding
from thidua.plans.checks.plan import Plan, not_met

_CALENDAR = Basis(quote="dương lịch", verified=True)
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_DATES = (
    rf"\bngay\s+(?P<day>\d{{1,2}})\s+thang\s+(?P<month>\d{{1,2}})(?:\s+nam\s+{_YEAR})?",
    rf"(?<![\d/.,-])(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-]{_YEAR}(?![\d/])",
    r"\b(?:ngay|truoc|den het ngay|den ngay)\s+(?P<day>\d{1,2})/(?P<month>\d{1,2})"
    r"(?![\d/%]|\s*(?:chi tieu|tieu chi|xa|don vi))",
)
_MONTH = rf"\bthang\s+(?P<month>\d{{1,2}})\s*(?:/|nam)\s*{_YEAR}"
_WEEKDAY = re.compile(
    r"\b(?P<name>thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b[,\s(]*(?:ngay\s+)?"
    rf"(?P<day>\d{{1,2}})\s*(?:/|\s+thang\s+)\s*(?P<month>\d{{1,2}})(?:\s*(?:/|\s+nam\s+)\s*{_YEAR})?"
)
_NAMES = {
    "hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "nhat": 6, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5,
}  # fmt: skip
_IN_VIETNAMESE = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def check_day_exists(plan: Plan) -> Iterable[Finding]:
    """31/6, 29/02/2025, tháng 13 are in no calendar."""
    seen: set[tuple[int, int]] = set()
    for pattern in _DATES:
        for match, words in plan.found(pattern):
            year = match.groupdict().get("year")
            exists = _exists(int(match["day"]), int(match["month"]), int(year) if year else None)
            if words.span not in seen and not exists:
                seen.add(words.span)
                yield not_met("day.impossible", _CALENDAR, words, words=words.quote)
    for match, words in plan.found(_MONTH):
        inside = any(a <= words.span[0] and words.span[1] <= b for a, b in seen)
        if not 1 <= int(match["month"]) <= 12 and not inside:
            yield not_met("day.impossible", _CALENDAR, words, words=words.quote)


def check_weekday_fits(plan: Plan) -> Iterable[Finding]:
    """A weekday written with its date is that date's weekday; a missing year is the campaign's, where it has one."""
    for match, words in plan.found(_WEEKDAY.pattern):
        year = int(match["year"]) if match["year"] else _only_year(plan)
        day, month = int(match["day"]), int(match["month"])
        if year is None or not _exists(day, month, year):
            continue
        fact = date(year, month, day)
        if fact.weekday() != _NAMES[match["name"].split()[-1]]:
            weekday = _IN_VIETNAMESE[fact.weekday()]
            yield not_met("day.weekday", _CALENDAR, words, words=words.quote, date=fact, weekday=weekday)


def _exists(day: int, month: int, year: int | None) -> bool:
    """A day without its year may be the 29th of February."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year or 2024, month)[1]


def _only_year(plan: Plan) -> int | None:
    years = {d.year for d in (plan.start, plan.end) if d}
    return years.pop() if len(years) == 1 else None
