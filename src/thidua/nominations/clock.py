"""How long a step has taken and when it must end: days that count, without those on which the clock stood still.

The day of an event itself never counts, as in every term of days: what arrives on Monday is one day old on Tuesday. So
a clock that stands still from Tuesday to Friday, because evidence was asked for and then came, counts neither
Wednesday, Thursday nor Friday. A term that ends on a day off ends on the next working day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol

from msgspec import Struct

from thidua.findings import Basis
from thidua.law.law import Law, Rule
from thidua.law.statute import Deadline
from thidua.plans.working_days import count_working_days, due_day, working_days_after
from thidua.rules.facts import Merit

Change = Literal["started", "paused", "resumed", "ended"]
DayKind = Literal["working_day", "day"]
Step = Literal["return", "appraise", "consult", "publish", "after_opinions", "notify_refusal"]
_DAY = datetime.timedelta(days=1)


class Event(Struct, frozen=True, kw_only=True):
    """On a day a clock started, stood still, went on or ended; `why` is a code of whoever calls."""

    change: Change
    on: datetime.date
    why: str = ""


class Calendar(Protocol):
    """Which days count."""

    def between(self, start: datetime.date, end: datetime.date) -> int:
        """How many lie after `start`, up to `end` and with it; 0 where `end` is not after `start`."""

    def after(self, start: datetime.date, days: int) -> datetime.date:
        """The day on which so many have passed; `start` itself does not count."""


class WorkingDays:
    """Those of Viet Nam: without weekends and public holidays, with the days swapped for them."""

    def between(self, start: datetime.date, end: datetime.date) -> int:
        return working_days_after(start, end)

    def after(self, start: datetime.date, days: int) -> datetime.date:
        return count_working_days(start, days) if days else start


class AllDays:
    """Every day counts; a term that ends on a day off ends on the next working day."""

    def between(self, start: datetime.date, end: datetime.date) -> int:
        return max(0, (end - start).days)

    def after(self, start: datetime.date, days: int) -> datetime.date:
        return due_day(start + datetime.timedelta(days=days))


WORKING_DAYS, ALL_DAYS = WorkingDays(), AllDays()


def calendar_of(unit: DayKind) -> Calendar:
    return WORKING_DAYS if unit == "working_day" else ALL_DAYS


class Clock(Struct, frozen=True, kw_only=True):
    """`used` days of `limit`, `left` still to come. `due`: the last day; None before it started and while it stands
    still. `late`: it took longer than it may, by `over` days; in a weekend behind its last day it is not late yet.
    `ended_on` where it did.
    """

    used: int
    limit: int
    left: int
    due: datetime.date | None
    paused: bool
    late: bool
    over: int = 0
    started_on: datetime.date | None = None
    ended_on: datetime.date | None = None
    why: str = ""


def clock(events: Iterable[Event], on: datetime.date, limit_days: int, calendar: Calendar = WORKING_DAYS) -> Clock:
    """The clock as it stands at the end of a day; events after that day are not looked at.

    Of several starts the last counts, with what follows it. A pause while it stands still, or a going on while it runs,
    changes nothing.
    """
    told = _told(events, on)
    if not told:
        return Clock(used=0, limit=limit_days, left=limit_days, due=None, paused=False, late=False)
    spans = list(_running(told))
    last, ended = told[-1], next((event.on for event in told if event.change == "ended"), None)
    runs = spans[-1][1] is None
    used = sum(calendar.between(start, min(end or on, on)) for start, end in spans)
    due = _due(spans, limit_days, calendar) if runs or ended else None
    return Clock(
        used=used,
        limit=limit_days,
        left=max(0, limit_days - used),
        due=due,
        paused=not runs and ended is None,
        late=used > limit_days and (due is None or due < (ended or on)),
        over=max(0, used - limit_days),
        started_on=told[0].on,
        ended_on=ended,
        why=last.why,
    )


def _told(events: Iterable[Event], on: datetime.date) -> list[Event]:
    """From the last start to the first end behind it; in the order of their days, as given within a day."""
    known = sorted((event for event in events if event.on <= on), key=lambda event: event.on)
    starts = [place for place, event in enumerate(known) if event.change == "started"]
    told = known[starts[-1] :] if starts else []
    ends = [place for place, event in enumerate(told) if event.change == "ended"]
    return told[: ends[0] + 1] if ends else told


def _running(told: Sequence[Event]) -> Iterator[tuple[datetime.date, datetime.date | None]]:
    """From which day to which it ran; None: it still does."""
    since: datetime.date | None = None
    for event in told:
        if event.change in ("started", "resumed"):
            since = since or event.on
        elif since is not None:
            yield since, event.on
            since = None
        elif event.change == "ended":
            yield event.on, event.on
    if since is not None:
        yield since, None


def _due(spans: Sequence[tuple[datetime.date, datetime.date | None]], limit: int, calendar: Calendar) -> datetime.date:
    """The last day: in the span in which the days run out, else as many days after the last one began as are left."""
    left = limit
    for start, end in spans[:-1]:
        ran = calendar.between(start, end or start)
        if ran > left:
            return calendar.after(start, left)
        left -= ran
    return calendar.after(spans[-1][0], left)


# --- Limits of the law ------------------------------------------------------------------------------------------------


class StepLimit(Struct, frozen=True, kw_only=True):
    """So many days for a step. `borrowed`: the rule is for other awards or merits, and none was read for this one."""

    step: Step
    days: int
    unit: DayKind = "working_day"
    text: str = ""
    basis: Basis = Basis()
    borrowed: bool = False

    @property
    def verified(self) -> bool:
        return self.basis.verified and not self.borrowed

    @property
    def calendar(self) -> Calendar:
        return calendar_of(self.unit)


_STEPS: dict[Step, tuple[str, ...]] = {
    "return": ("return_dossier",),
    "appraise": ("appraise", "appraise_province", "appraise_commune", "appraise_central"),
    "consult": ("consult",),
    "publish": ("public_opinion", "post_commune"),
    "after_opinions": ("submit_after_opinions",),
    "notify_refusal": ("notify_refusal",),
}
"""What the statutes call a step, the nearest to a province's standing body first."""
_USUAL: dict[Step, int] = {
    "return": 5, "appraise": 20, "consult": 10, "publish": 10, "after_opinions": 10, "notify_refusal": 10,
}  # fmt: skip


def limits_for(law: Law, award: str, on: datetime.date, step: Step, merit: Merit = "") -> tuple[StepLimit, ...]:
    """How long a step may take, the rule that fits best first; never empty.

    Rules for the very award come first, then those for all awards, then rules for other awards and rules that are no
    longer in force, as `borrowed` ones. The last one is the number of days that the rules have in common.
    """
    asked = _Asked(award, on, step, merit)
    found = []
    for rule in law.rules(Deadline):
        entry = rule.entry
        if isinstance(entry, Deadline) and entry.days is not None and entry.step in _STEPS[step]:
            found.append((asked.fit(rule, entry), asked.limit(rule, entry)))
    found.sort(key=lambda one: one[0])
    usual = StepLimit(step=step, days=_USUAL[step], borrowed=True)
    return (*(limit for _, limit in found), usual)


_STEP_ORDER = {name: place for names in _STEPS.values() for place, name in enumerate(names)}


class _Asked(Struct, frozen=True):
    award: str
    on: datetime.date
    step: Step
    merit: Merit

    def fit(self, rule: Rule, entry: Deadline) -> tuple[bool, bool, bool, bool, int]:
        """The least fits best."""
        return (
            not self.concerns(entry),
            not entry.in_force(self.on),
            self.award not in entry.awards,
            rule.statute.level != "local",
            _STEP_ORDER[entry.step],
        )

    def concerns(self, entry: Deadline) -> bool:
        of_award = not entry.awards or self.award in entry.awards
        return of_award and (not entry.merits or self.merit in entry.merits)

    def limit(self, rule: Rule, entry: Deadline) -> StepLimit:
        return StepLimit(
            step=self.step,
            days=entry.days or 0,
            unit=entry.unit,
            text=entry.text,
            basis=rule.basis(self.on),
            borrowed=not (entry.in_force(self.on) and self.concerns(entry)),
        )
