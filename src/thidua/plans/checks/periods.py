"""When the campaign and its phases run: days counted, order, gaps, limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise

from thidua.findings import Evidence, Finding
from thidua.plans.checks.plan import PHASE, Phase, Plan, not_met, own_words
from thidua.plans.reading import Period
from thidua.vietnamese.folding import search_key

_WORDS = {"sau muoi": 60, "chin muoi": 90, "mot tram": 100, "100": 100}
_CLAIM = re.compile(
    r"\b(?P<days>[1-9]\d{1,2}|sau muoi|chin muoi|mot tram) ngay\b(?: dem)?"
    r"(?! lam viec|[^.;]{0,20}\bke tu\b| cong\b|\s*(?:dau|truoc|sau)\b)"
)
_DAY_WORDS = re.compile(r"\bngay\b|\d{1,2}/\d{1,2}/\d{4}")
_NOT_A_LENGTH = re.compile(r"(?:trong vong|cham nhat|toi da|it nhat|truoc|sau|trong) $")


def check_days_claimed(plan: Plan) -> Iterable[Finding]:
    """ "100 ngày" counts both the first and the last day."""
    for claimed, period, words in _claims(plan):
        if period.start is None or period.end is None:
            continue
        counted = (period.end - period.start).days + 1
        if counted != claimed:
            yield not_met(
                "period.days", own_words(period), period, *([words] if words else []),
                label=_label(period), claimed=claimed, counted=counted, start=period.start, end=period.end,
                expected=period.start + timedelta(days=claimed - 1),
            )  # fmt: skip


def _claims(plan: Plan) -> Iterator[tuple[int, Period, Evidence | None]]:
    """Each length claimed, with the period it is claimed of: in its own words, in its phase's line, in the title."""
    of_phases = _phase_claims(plan)
    for period in plan.reading.periods:
        if match := _own_claim(period):
            yield _days(match), period, None
        elif _number(period) in of_phases:
            claimed, words = of_phases[_number(period)]
            yield claimed, period, words
    title = plan.reading.header.title
    if title and plan.whole and not _own_claim(plan.whole) and (match := _CLAIM.search(search_key(title.value))):
        yield _days(match), plan.whole, Evidence(kind="header", quote=title.quote, span=title.span)


def _own_claim(period: Period) -> re.Match[str] | None:
    return _CLAIM.search(search_key(f"{period.label or ''} {period.quote}"))


def _phase_claims(plan: Plan) -> dict[str, tuple[int, Evidence]]:
    """Lengths claimed in a phase's own line: "- Đợt 2: Đợt thi đua đặc biệt 100 ngày …, cụ thể:"."""
    claims = {}
    for line in plan.lines:
        phase = PHASE.search(line.folded[:40])
        claim = _CLAIM.search(line.folded)
        if phase and claim and not _NOT_A_LENGTH.search(line.folded[: claim.start()]):
            claims[phase[1].lstrip("0")] = (_days(claim), plan.words(line, *claim.span()))
    return claims


def _number(period: Period) -> str:
    match = PHASE.search(search_key(period.label or ""))
    return match[1].lstrip("0") if match else ""


def _days(match: re.Match[str]) -> int:
    return _WORDS.get(match["days"]) or int(match["days"])


def check_period_reversed(plan: Plan) -> Iterable[Finding]:
    """A period ends on or after the day it starts."""
    for period in plan.reading.periods:
        if period.start and period.end and period.end < period.start:
            yield not_met(
                "period.reversed", own_words(period), period, label=_label(period), start=period.start, end=period.end
            )


def check_phase_order(plan: Plan) -> Iterable[Finding]:
    """Within a level, a phase begins after the one before it has ended."""
    for before, after in _neighbours(plan):
        if after.start <= before.end:
            yield not_met("phase.overlap", own_words(after.period), before.period, after.period, **_pair(before, after))


def check_phase_gap(plan: Plan) -> Iterable[Finding]:
    """Within a level, a phase begins the day after the one before it has ended; a weekend may lie between."""
    for before, after in _neighbours(plan):
        between = [before.end + timedelta(days=n + 1) for n in range((after.start - before.end).days - 1)]
        days = len(between)
        if any(day.weekday() < 5 for day in between):
            yield not_met(
                "phase.gap", own_words(after.period), before.period, after.period, days=days, **_pair(before, after)
            )


def check_phase_numbers(plan: Plan) -> Iterable[Finding]:
    """Phases of a level are numbered 1, 2, 3 without a gap."""
    for phases in plan.phases:
        numbers = [phase.number for phase in phases]
        missing = [n for n in range(1, max(numbers)) if n not in numbers and not _is_named(plan, n)]
        if missing:
            yield not_met(
                "phase.missing", own_words(phases[-1].period), phases[-1].period,
                label=_label(phases[-1].period), missing=[str(n) for n in missing],
            )  # fmt: skip


def check_phase_inside(plan: Plan) -> Iterable[Finding]:
    """A phase lies inside the campaign."""
    whole = plan.whole
    if whole is None or not (whole.start or whole.end):
        return
    for phases in plan.phases:
        for phase in phases:
            if (whole.start and phase.start < whole.start) or (whole.end and phase.end > whole.end):
                yield not_met(
                    "phase.outside", own_words(whole), phase.period, whole,
                    label=_label(phase.period), start=phase.start, end=phase.end,
                    limits=[d for d in (whole.start, whole.end) if d],
                )  # fmt: skip


def check_phases_fill(plan: Plan) -> Iterable[Finding]:
    """The last phase of a level ends with the campaign, the first begins with it, where no level stands aside."""
    whole = plan.whole
    for phases in plan.phases:
        if whole is None or whole.start is None or whole.end is None or len(phases) < 2 or phases[0].level:
            continue
        by_years = not re.search(r"\bthang\b|\d/", search_key(whole.quote))
        if (phases[0].start > whole.start or phases[-1].end < whole.end) and not by_years:
            yield not_met(
                "phase.short", own_words(whole), whole, phases[0].period, phases[-1].period,
                start=whole.start, end=whole.end, first=phases[0].start, last=phases[-1].end,
            )  # fmt: skip


def check_launched_late(plan: Plan) -> Iterable[Finding]:
    """A campaign is launched by a plan issued before it starts.

    A month alone allows the whole month; the movement of a year counts from 1 January and is launched soon after.
    """
    if not plan.is_campaign or plan.whole is None or plan.start is None or plan.dated is None:
        return
    words, same_year = search_key(plan.whole.quote), plan.start.year == plan.dated.year
    whole_year = same_year and (plan.start.month, plan.start.day) == (1, 1)
    whole_month = same_year and plan.start.month == plan.dated.month and not _DAY_WORDS.search(words)
    if plan.start >= plan.dated or whole_year or whole_month:
        return
    yield not_met("period.before_plan", own_words(plan.whole), plan.whole, start=plan.start, issued=plan.dated)


def _is_named(plan: Plan, number: int) -> bool:
    """Whether the text names the phase, though no dates of it were read."""
    written = rf"0?{number}|{'i' * number}" if number < 4 else rf"0?{number}"
    return (
        re.search(rf"(?:dot|giaidoan|chang|buoc|vong)(?:thu)?(?:{written})(?![\di])", plan.flow.folded.replace(" ", ""))
        is not None
    )


def _neighbours(plan: Plan) -> Iterator[tuple[Phase, Phase]]:
    for phases in plan.phases:
        yield from ((a, b) for a, b in pairwise(phases) if b.number == a.number + 1)


def _label(period: Period) -> str:
    """The period's name with its level, as a sentence can carry it."""
    label = re.sub(r"\s*\((?:toàn bộ|\d+ ngày[^)]*)\)", "", period.label or "đợt thi đua")
    return f"{label} ({period.level})" if period.level else label


def _pair(before: Phase, after: Phase) -> dict[str, object]:
    return {"before": _label(before.period), "after": _label(after.period), "ended": before.end, "starts": after.start}
