"""Deadlines against the campaign, against each other, and against the calendar."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import holidays
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

from thidua.findings import Finding
from thidua.plans.checks.plan import Plan, law, not_met, own_words, unknown
from thidua.plans.checks.stages import Stage, is_handing_in, is_interim, is_summary, stage_of
from thidua.plans.reading import Deadline
from thidua.plans.working_days import DUE_BASIS, due_day
from thidua.vietnamese.folding import search_key

_LONG_AFTER = 366
# Two days within so many characters stand in one clause that gives both on purpose ("sơ kết …, tổng kết …").
_ONE_CLAUSE = 250
_CUSTOMARY = 0.12
_CHOSEN_DAY = re.compile(r"\b\d{1,2}/\d{1,2}(?!\d)|\bngay \d{1,2}\b")
_MANY = re.compile(r"\b(?:co quan|don vi|dia phuong|doanh nghiep|cac|moi|tung|xa|phuong|huyen|cum|khoi)\b")
_COMMON = frozenset(
    {
        "so", "phong", "ban", "cac", "va", "cua", "tinh", "thanh", "pho", "huyen", "xa", "phuong", "hoi", "dong",
        "thi", "dua", "khen", "thuong",
    }
)  # fmt: skip


def check_deadline_before_plan(plan: Plan) -> Iterable[Finding]:
    """Nothing is due before the plan that asks for it is issued."""
    for deadline, day in _dated(plan):
        if plan.dated and day < plan.dated:
            yield not_met(
                "deadline.before_plan", own_words(deadline), deadline, what=deadline.what, date=day, issued=plan.dated
            )


def check_deadline_long_after(plan: Plan) -> Iterable[Finding]:
    """A deadline more than a year after the end is mostly a wrong year."""
    for deadline, day in _dated(plan):
        if plan.end and (day - plan.end).days > _LONG_AFTER:
            yield not_met(
                "deadline.long_after", own_words(deadline), deadline, what=deadline.what, date=day, end=plan.end
            )


def check_registration_in_time(plan: Plan) -> Iterable[Finding]:
    """Units register while the campaign can still be run: before its end."""
    for deadline, day in _of_stage(plan, Stage.REGISTER):
        if plan.end and day >= plan.end:
            yield not_met(
                "deadline.registration", law("Điều 17 khoản 1, khoản 2"), deadline,
                what=deadline.what, date=day, end=plan.end,
            )  # fmt: skip


def check_nomination_after_end(plan: Plan) -> Iterable[Finding]:
    """Merit of a campaign is known at its end; nominations due earlier judge an unfinished one."""
    for deadline, day in _of_stage(plan, Stage.NOMINATE):
        if _too_early(plan, deadline, day):
            yield not_met(
                "deadline.nomination_early", law("Điều 5 khoản 2, Điều 10"), deadline,
                what=deadline.what, date=day, end=plan.end,
            )  # fmt: skip


def check_summary_after_end(plan: Plan) -> Iterable[Finding]:
    """The closing report covers the whole campaign."""
    for deadline, day in _dated(plan):
        if is_summary(deadline) and stage_of(deadline) is not Stage.NOMINATE and _too_early(plan, deadline, day):
            yield not_met(
                "deadline.summary_early", law("Điều 17 khoản 5"), deadline, what=deadline.what, date=day, end=plan.end
            )


def check_stages_in_order(plan: Plan) -> Iterable[Finding]:
    """Nomination, then appraisal, then submission, then decision, then ceremony."""
    steps = [(stage, d, day) for d, day in _dated(plan) if (stage := stage_of(d)) and stage >= Stage.NOMINATE]
    for later_stage, later, later_day in steps:
        after = (
            (d, day) for stage, d, day in steps if stage < later_stage and day > later_day and _one_chain(d, later)
        )
        if first := next(after, None):
            yield not_met(
                "deadline.order", law("Điều 83, Điều 84"), later, first[0],
                what=later.what, date=later_day, first=first[0].what, first_date=first[1],
            )  # fmt: skip


def check_deadline_contradicts(plan: Plan) -> Iterable[Finding]:
    """The same duty of the same body is due on one day."""
    duties: dict[tuple[str, str, str], list[Deadline]] = defaultdict(list)
    for deadline, _ in _dated(plan):
        duties[search_key(deadline.what), search_key(deadline.who or ""), search_key(deadline.to or "")].append(
            deadline
        )
    for same in duties.values():
        days = sorted({d.date for d in same if d.date})
        if len(days) > 1 and max(d.span[0] for d in same) - min(d.span[1] for d in same) > _ONE_CLAUSE:
            yield not_met("deadline.contradicts", own_words(same[0]), *same, what=same[0].what, dates=days)


def check_deadline_on_day_off(plan: Plan) -> Iterable[Finding]:
    """What is handed in to an office is due on a day it is open."""
    off = [
        (deadline, day)
        for deadline, day in _dated(plan)
        if is_handing_in(deadline) and not deadline.relative and _CHOSEN_DAY.search(search_key(deadline.quote))
        if day.weekday() >= 5 or day in _holidays(day.year)
    ]
    if off:
        days = sorted({day for _, day in off})
        following = [due_day(day) for day in days]
        yield not_met("deadline.day_off", DUE_BASIS, *(d for d, _ in off), count=len(days), dates=days, next=following)


def check_recurrence_inside(plan: Plan) -> Iterable[Finding]:
    """A recurring report comes at least once between the start (or the plan's day) and the end."""
    start, end = max(filter(None, (plan.start, plan.dated)), default=None), plan.end
    if start is None or end is None or end < start:
        return
    for deadline in plan.reading.deadlines:
        if deadline.recurrence and _occurs(deadline.recurrence, start, end) is False:
            yield not_met("recurrence.never", own_words(deadline), deadline, what=deadline.what, start=start, end=end)


def check_recurrence_every_month(plan: Plan) -> Iterable[Finding]:
    """Not every month has a 29th, 30th or 31st."""
    for deadline in plan.reading.deadlines:
        match = re.search(r"BYMONTHDAY=(29|30|31)\b", deadline.recurrence or "")
        months = re.search(r"BYMONTH=([\d,]+)", deadline.recurrence or "")
        if match and _misses(int(match[1]), months[1] if months else None):
            yield not_met("recurrence.short_month", own_words(deadline), deadline, what=deadline.what, day=match[1])


def check_deadline_fixed(plan: Plan) -> Iterable[Finding]:
    """A nomination or a closing report needs a day: without one it cannot be late."""
    for deadline in plan.reading.deadlines:
        if deadline.date or deadline.recurrence or (deadline.relative and deadline.relative.days):
            continue
        if stage_of(deadline) is Stage.NOMINATE or is_summary(deadline):
            yield unknown("deadline.no_day", law("Điều 17 khoản 1"), deadline, what=deadline.what)


def _too_early(plan: Plan, deadline: Deadline, day: datetime.date) -> bool:
    """Well before the end: reports are collected a little before it by old custom, the more so in a long campaign."""
    if plan.start is None or plan.end is None or is_interim(deadline):
        return False
    return (plan.end - day).days > max(10, (plan.end - plan.start).days * _CUSTOMARY)


def _dated(plan: Plan) -> Iterator[tuple[Deadline, datetime.date]]:
    yield from ((d, d.date) for d in plan.reading.deadlines if d.date)


def _of_stage(plan: Plan, stage: Stage) -> Iterator[tuple[Deadline, datetime.date]]:
    yield from ((d, day) for d, day in _dated(plan) if stage_of(d) is stage)


def _one_chain(earlier: Deadline, later: Deadline) -> bool:
    """Whether the later step waits for the earlier one: units have chains of their own before the authority's."""
    receiver, doer = _names(earlier.to) | _names(earlier.who), _names(later.who)
    if receiver and doer and not receiver & doer:
        return False
    return stage_of(later) is not Stage.CEREMONY or later.who is None or not _MANY.search(search_key(later.who))


def _names(body: str | None) -> set[str]:
    return set(re.findall(r"[a-z]+", search_key(body or ""))) - _COMMON


def _occurs(rule: str, start: datetime.date, end: datetime.date) -> bool | None:
    """None where the rule is none (a label in words). Named months say themselves which ones, whatever the interval."""
    if "BYMONTH=" in rule:
        rule = re.sub(r"INTERVAL=\d+;?", "", rule)
    try:
        occurrences = rrulestr(rule, dtstart=datetime.datetime.combine(start, datetime.time()))
    except ValueError:
        return None
    first = occurrences.after(datetime.datetime.combine(start, datetime.time()), inc=True)
    return first is not None and first.date() <= end


def _misses(day: int, months: str | None) -> bool:
    named = [int(m) for m in months.split(",")] if months else range(1, 13)
    longest = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}
    return any(day > longest.get(month, 31) for month in named)


def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=year)
