"""How a campaign comes down to one unit: sent, received, planned, launched, reported, summarised; and where it rests.

How many working days a step may take is the installation's own setting (`EXPECTATIONS` where it sets none), not law; a
plan that names the day for a step (`steps_asked` of its duties) brings its own words.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from thidua.findings import Basis, Finding, Outcome, met, not_met
from thidua.plans.working_days import count_working_days, due_day, working_days_after
from thidua.vietnamese.folding import search_key


class Step(StrEnum):
    """What happens to a campaign at a unit. Planned: its own plan is issued. Reported: its first report is sent."""

    SENT = "sent"
    RECEIVED = "received"
    PLANNED = "planned"
    LAUNCHED = "launched"
    REPORTED = "reported"
    SUMMARISED = "summarised"


STEPS = tuple(Step)
"""In their order; a unit may leave one out."""

Requirement = Literal["launched", "summarised", "registered", "reported"]
"""What a plan's gate may ask for, as `thidua.plans.gates.gate_requirements` reads it."""

_IMPLIED = frozenset({Step.SENT, Step.RECEIVED})


class Standing(Struct, frozen=True, kw_only=True):
    """The day of every step that a unit has taken; None where it has not.

    `registered` is no step: the day of its pledge, which a gate may ask for.
    """

    sent: datetime.date | None = None
    received: datetime.date | None = None
    planned: datetime.date | None = None
    launched: datetime.date | None = None
    reported: datetime.date | None = None
    summarised: datetime.date | None = None
    registered: datetime.date | None = None

    def day(self, step: Step) -> datetime.date | None:
        day: datetime.date | None = getattr(self, step.value)
        return day


class Still(Struct, frozen=True, kw_only=True):
    """Nothing has moved since the day `since`, `working_days` ago; `step` is the last that was taken."""

    step: Step
    since: datetime.date
    working_days: int


class Expectation(Struct, frozen=True, kw_only=True):
    """By when a step is expected: `within` working days after the step `after`, or by the day `by` that a plan names.

    `quote` are the plan's words. With both, the plan's day counts.
    """

    step: Step
    within: int | None = None
    after: Step = Step.SENT
    by: datetime.date | None = None
    quote: str | None = None


EXPECTATIONS = (
    Expectation(step=Step.RECEIVED, within=3),
    Expectation(step=Step.PLANNED, within=15, after=Step.RECEIVED),
    Expectation(step=Step.LAUNCHED, within=20, after=Step.RECEIVED),
)
"""What is expected where an installation sets nothing. Reports and summaries have days of their own in the plan."""


_MAKE = "xay dung|ban hanh|lap|gui|nop|cu the hoa"
_PLANNED = re.compile(
    rf"\b(?:{_MAKE})\b(?:(?:,| va| hoac)* (?:{_MAKE}|phe duyet|trien khai))*"
    r"(?:(?:,| va| hoac)* (?:viec|cac|ban|noi dung|chuong trinh|cong van|van ban))*(?:,| va| hoac)? ke hoach"
    # Of this campaign, not of investments or of an inspection.
    r"(?=$|[,;.:)]| (?:trien khai|thuc hien|phat dong|huong ung|phong trao|thi dua|dot thi dua|cu the|chi tiet|rieng"
    r"|to chuc (?:phong trao|phat dong|thi dua|thuc hien|trien khai|dot)|phu hop|va|hoac|ve|gui|tai|truoc|xong"
    r"|cua (?:co quan|don vi|dia phuong|minh|nganh|cap|to chuc|tung)|(?:o|cap) (?:don vi|dia phuong|co so|cap))\b)"
)
_LAUNCHED = re.compile(
    r"(?:^|[,;] |\bva |(?<!ke hoach )\b(?:to chuc|tien hanh|hoan thanh|hoan tat|thuc hien) )"
    r"(?:viec |cong tac |le |hoi nghi |to chuc )*phat dong\b"
)
# Words before which it is another's plan or launch that is spoken of, or one that is past.
_OF_OTHERS = re.compile(r"\b(?:tham muu|tham dinh|du thao|gop y|bao cao|tong ket|so ket|tham du|tham gia|huong ung)\b")


def steps_asked(what: str) -> tuple[Step, ...]:
    """Which steps a duty asks a unit for by its words: to issue or send its own plan, to launch.

    Reports and summaries are not among them: they have days of their own (`thidua.progress.reporting`).
    """
    words = search_key(what)
    found = ((Step.PLANNED, _PLANNED.search(words)), (Step.LAUNCHED, _LAUNCHED.search(words)))
    return tuple(step for step, match in found if match and not _OF_OTHERS.search(words, 0, match.start()))


def with_plan(named: Iterable[Expectation], expectations: Iterable[Expectation]) -> tuple[Expectation, ...]:
    """What is expected of a unit: the first day that a plan names for a step (`named`), else what the installation
    expects.
    """
    first: dict[Step, Expectation] = {}
    for one in named:
        known = first.get(one.step)
        if one.by and (known is None or known.by is None or one.by < known.by):
            first[one.step] = one
    rest = [one for one in expectations if one.step not in first]
    return tuple(sorted([*first.values(), *rest], key=lambda one: STEPS.index(one.step)))


def step_reached(standing: Standing, *, on: datetime.date | None = None) -> Step | None:
    """The furthest step taken (by the day `on`); None before the campaign is sent."""
    return max(_taken(standing, on), key=STEPS.index, default=None)


def steps_left_out(standing: Standing, *, on: datetime.date | None = None) -> tuple[Step, ...]:
    """Steps before the furthest one that were not taken, as launched without an own plan.

    To receive goes without saying.
    """
    taken = set(_taken(standing, on))
    reached = step_reached(standing, on=on)
    before = STEPS[: STEPS.index(reached)] if reached else ()
    return tuple(step for step in before if step not in taken and step not in _IMPLIED)


def still(standing: Standing, *, on: datetime.date) -> Still | None:
    """Since when nothing moves on the day `on`; None before it is sent, and once it is summarised."""
    taken = {step: day for step in _taken(standing, on) if (day := standing.day(step))}
    if not taken or Step.SUMMARISED in taken:
        return None
    step = max(taken, key=lambda step: (taken[step], STEPS.index(step)))
    return Still(step=step, since=taken[step], working_days=working_days_after(taken[step], on))


def expected_by(standing: Standing, expectation: Expectation) -> datetime.date | None:
    """The last day for a step at this unit; None where it is not counted yet."""
    if expectation.by:
        return due_day(expectation.by)
    begin = _counted_from(standing, expectation.after)
    return count_working_days(begin, expectation.within) if begin and expectation.within is not None else None


def lapses(
    standing: Standing, *, on: datetime.date, expectations: Iterable[Expectation] = EXPECTATIONS
) -> tuple[Finding, ...]:
    """Steps that were expected before the day `on` and have not been taken: all not_met, with the last day (`due`) and
    the working days since (`days`).

    Codes "deployment.not_received", ... where the installation expects it, "deployment.not_received_by_plan", ... with
    the plan's words as basis. What comes later on says that it was received.
    """
    return tuple(_lapses(standing, on, expectations))


def gate(
    standing: Standing,
    quote: str,
    *,
    requires: Sequence[Requirement] = ("launched", "summarised"),
    on: datetime.date | None = None,
    by: datetime.date | None = None,
) -> Finding:
    """Whether a unit may propose, where the plan bars those who did not launch, summarise, register or report.

    `quote` are the plan's words and the finding's basis; `by` is the last day for all that is required.
    met gate.passed; gate.no_launch, no_summary, no_pledge, no_report, or gate.several with these codes in `missing`:
    not_met once `by` is over on the day `on`, else unknown, since it may still come.
    """
    basis = Basis(quote=quote)
    missing = [word for word in requires if not _has(standing, word, on)]
    if not missing:
        return met("gate.passed", basis)
    is_over = by is not None and on is not None and on > by
    codes = [_GATES[word] for word in missing]
    return Finding(
        code=codes[0] if len(codes) == 1 else "gate.several",
        outcome=Outcome.NOT_MET if is_over else Outcome.UNKNOWN,
        params={} if len(codes) == 1 else {"count": len(codes), "missing": codes},
        basis=basis,
    )


_GATES: dict[Requirement, str] = {
    "launched": "gate.no_launch",
    "summarised": "gate.no_summary",
    "registered": "gate.no_pledge",
    "reported": "gate.no_report",
}


def _taken(standing: Standing, on: datetime.date | None) -> Iterator[Step]:
    for step in STEPS:
        day = standing.day(step)
        if day and (on is None or day <= on):
            yield step


def _counted_from(standing: Standing, step: Step) -> datetime.date | None:
    """The step's day. A unit that never said that it received is counted from the sending, else silence would pay."""
    return standing.day(step) or (standing.sent if step is Step.RECEIVED else None)


def _lapses(standing: Standing, on: datetime.date, expectations: Iterable[Expectation]) -> Iterator[Finding]:
    reached = step_reached(standing, on=on)
    if reached is None:
        return
    taken = set(_taken(standing, on))
    for expectation in expectations:
        step = expectation.step
        if step in taken or (step in _IMPLIED and reached not in _IMPLIED):
            continue
        due = expected_by(standing, expectation)
        if due is None or on <= due:
            continue
        days = working_days_after(due, on)
        if expectation.by:
            basis = Basis(quote=expectation.quote) if expectation.quote else None
            yield not_met(f"deployment.not_{step}_by_plan", basis, due=due, days=days)
        else:
            yield not_met(f"deployment.not_{step}", due=due, days=days, within=expectation.within)


def _has(standing: Standing, word: Requirement, on: datetime.date | None) -> bool:
    day = standing.registered if word == "registered" else standing.day(Step(word))
    return day is not None and (on is None or day <= on)
