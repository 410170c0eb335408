"""Reports that a plan asks for: which duties are reports, what each covers, whether it came in time.

A report covers the month, quarter, half or year that its rule names. It is handed in near the end of that time ("ngày
15 của tháng cuối quý") or soon after it ("trước ngày 05 tháng sau"): a day in the first third of a period is about the
period before.
"""

from __future__ import annotations

import datetime
import re
from enum import StrEnum
from typing import Any, Literal

from msgspec import Struct

from thidua.explain import say
from thidua.findings import Finding, met, not_met, unknown
from thidua.plans.campaign import Duty
from thidua.plans.recurring import parse_rule
from thidua.plans.working_days import count_working_days, due_day, working_days_after
from thidua.vietnamese.folding import search_key

ReportKind = Literal["periodic", "midway", "final"]
EARLY_BY = 2
"""So many working days before the day it is due a report is early."""
LAST_DAYS = datetime.timedelta(days=31)
"""A report that comes once within so many days before the campaign's end is about the whole of it: it is written ahead,
as the report on a quarter is."""

_REPORT = re.compile(
    # What is done to reports of others, or with a form for them, is no report; neither are papers of a dossier, a
    # speech ("báo cáo điển hình") and a speaker ("báo cáo viên").
    r"(?<!huong dan )(?<!don doc )(?<!theo doi )(?<!kiem tra )(?<!tiep nhan )(?<!nhan )(?<!mau )(?<!de cuong )"
    r"(?<!huong dan xay dung )(?<!hoi nghi )"
    r"\bbao cao\b(?! (?:thanh tich|vien|dien hinh|tham luan|tom tat thanh tich))"
)
_FINAL = re.compile(r"\btong ket\b")
_MIDWAY = re.compile(r"\b(?:so ket|giua ky)\b")
_DAY = datetime.timedelta(days=1)
_NAMES = {1: "month", 2: "span", 3: "quarter", 4: "span", 6: "half", 12: "year"}

Span = tuple[datetime.date, datetime.date]


class ReportPeriod(Struct, frozen=True, kw_only=True):
    """From `start` to `end`, both included and within the campaign; `due` is the working day that ends the term.

    `label` and `params` make its name: `words("vi")` is "quý I năm 2025".
    """

    label: str
    params: dict[str, Any] = {}
    start: datetime.date
    end: datetime.date
    due: datetime.date

    def words(self, language: str = "vi") -> str:
        return say(self.label, self.params, language)


class Punctuality(StrEnum):
    """How a report came. Missing: its day is over and it has not come. Open: its day is not over."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    OPEN = "open"


def is_report(duty: Duty) -> bool:
    """Whether the words of the duty ask for a report to somebody.

    A standing task is none: the day in its words is a duty of its own.
    """
    return duty.nature == "deadline" and _REPORT.search(search_key(duty.what)) is not None


def report_kind(duty: Duty, *, campaign_end: datetime.date | None = None) -> ReportKind | None:
    """None where the duty asks for no report.

    What recurs is periodic. A report that comes once is what its words say (tổng kết, sơ kết); where they say neither
    or both, it is final in the campaign's last month and later, else midway.
    """
    if not is_report(duty):
        return None
    words = search_key(duty.what)
    if duty.rule:
        return "periodic"
    says_final, says_midway = _FINAL.search(words) is not None, _MIDWAY.search(words) is not None
    if says_final != says_midway:
        return "final" if says_final else "midway"
    is_within = campaign_end is not None and bool(duty.days) and duty.days[-1].day < campaign_end - LAST_DAYS
    return "midway" if is_within else "final"


def period_of(
    rule: str | None,
    day: datetime.date,
    *,
    campaign_start: datetime.date | None,
    campaign_end: datetime.date | None,
) -> ReportPeriod:
    """What the report due on `day` (as the plan gives it) covers; `rule` is the duty's RRULE, None where it comes once.

    A report that comes once covers the campaign up to its day, or the whole of it (`LAST_DAYS`). One a year in June or
    July is about the first half of the year. A rule that is none raises ValueError.
    """
    campaign = (campaign_start or datetime.date.min, campaign_end or datetime.date.max)
    if rule is None:
        return _once(day, campaign_start, campaign_end)
    parts = parse_rule(rule)
    label, own, before = _around(parts, day)
    start, end = own if _is_ripe(own, day) or not _meet(before, campaign) else before
    if not _meet((start, end), campaign) and _meet(before, campaign):
        start, end = before
    label, params = _named(label, start, end)
    if _meet((start, end), campaign):
        start, end = max(start, campaign[0]), min(end, campaign[1])
    return ReportPeriod(label=f"period.{label}", params=params, start=start, end=end, due=due_day(day))


def punctuality(due: datetime.date | None, sent_on: datetime.date | None, *, today: datetime.date) -> Punctuality:
    """How a report came that is due on `due` (on the next working day, where that is a day off).

    Early: at least `EARLY_BY` working days before. Without a day it is due, whatever has come is in time.
    """
    if due is None:
        return Punctuality.ON_TIME if sent_on else Punctuality.OPEN
    last = due_day(due)
    if sent_on is None:
        return Punctuality.MISSING if today > last else Punctuality.OPEN
    if sent_on > last:
        return Punctuality.LATE
    return Punctuality.EARLY if sent_on <= count_working_days(last, -EARLY_BY) else Punctuality.ON_TIME


def judge_report(due: datetime.date, sent_on: datetime.date | None, *, today: datetime.date) -> Finding:
    """`punctuality` in words: met early and in time, not_met late and missing, unknown while open.

    `days` are the working days from the day it was due, or up to it.
    """
    last = due_day(due)
    match punctuality(due, sent_on, today=today):
        case Punctuality.EARLY:
            return met("report.early", due=last, sent=sent_on, days=working_days_after(sent_on or last, last))
        case Punctuality.ON_TIME:
            return met("report.on_time", due=last, sent=sent_on)
        case Punctuality.LATE:
            return not_met("report.late", due=last, sent=sent_on, days=working_days_after(last, sent_on or today))
        case Punctuality.MISSING:
            return not_met("report.missing", due=last, days=working_days_after(last, today))
        case _:
            return unknown("report.open", due=last, days=working_days_after(today, last))


# --- the time that a report covers --------------------------------------------------------------------------------


def _once(day: datetime.date, start: datetime.date | None, end: datetime.date | None) -> ReportPeriod:
    begin = start if start and start <= day else day
    is_whole = end is not None and end - LAST_DAYS <= day
    last = max(begin, end) if is_whole and end else day
    label = "whole" if is_whole else "so_far"
    params = {} if is_whole else {"end": last}
    return ReportPeriod(label=f"period.{label}", params=params, start=begin, end=last, due=due_day(day))


def _around(parts: dict[str, str], day: datetime.date) -> tuple[str, Span, Span]:
    """The kind of period, the one that holds the day, and the one before it."""
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "DAILY":
        own = (day - (interval - 1) * _DAY, day)
        return ("day" if interval == 1 else "span"), own, _shift(own, -interval)
    if parts["FREQ"] == "WEEKLY":
        sunday = day + (6 - day.weekday()) * _DAY
        own = (sunday - (7 * interval - 1) * _DAY, sunday)
        return ("week" if interval == 1 else "span"), own, _shift(own, -7 * interval)
    length = _months(parts, interval)
    first = 12 * day.year + (day.month - 1) // length * length
    return _NAMES[length], _month_span(first, length), _month_span(first - length, length)


def _months(parts: dict[str, str], interval: int) -> int:
    """How many months a report covers: as many as lie between two reports, as far as they part a year evenly."""
    months = {int(month) for month in parts.get("BYMONTH", "").split(",") if month}
    if months and months <= {6, 7}:
        return 6
    apart = 12 // len(months) if months else interval * (12 if parts["FREQ"] == "YEARLY" else 1)
    return max(length for length in _NAMES if length <= max(apart, 1))


def _month_span(first: int, length: int) -> Span:
    """`first` counts months from the year 0 on."""
    after = first + length
    return (
        datetime.date(first // 12, first % 12 + 1, 1),
        datetime.date(after // 12, after % 12 + 1, 1) - _DAY,
    )


def _shift(span: Span, days: int) -> Span:
    return span[0] + days * _DAY, span[1] + days * _DAY


def _is_ripe(own: Span, day: datetime.date) -> bool:
    """Whether enough of the period that holds the day is over for the report to be about it."""
    length = (own[1] - own[0]).days + 1
    return 3 * ((day - own[0]).days + 1) > length


def _meet(span: Span, campaign: Span) -> bool:
    return span[0] <= campaign[1] and campaign[0] <= span[1]


def _named(label: str, start: datetime.date, end: datetime.date) -> tuple[str, dict[str, Any]]:
    """The name of a whole period, before the campaign's own days cut it."""
    year = str(start.year)
    match label:
        case "month":
            return label, {"month": f"{start.month:02}", "year": year}
        case "quarter":
            return label, {"quarter": ("I", "II", "III", "IV")[(start.month - 1) // 3], "year": year}
        case "half":
            return "first_half" if start.month == 1 else "last_half", {"year": year}
        case "year":
            return label, {"year": year}
        case "day":
            return label, {"day": end}
        case _:
            return label, {"start": start, "end": end}
