"""A unit as it was on every day, who goes on with its work, and whether it may be commended."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from msgspec import Struct

from thidua.findings import Basis, Finding, met, not_met, unknown
from thidua.law.bodies import ended_bodies
from thidua.law.instruments import find_instrument

# Kinds of unit that are of the district level in law/bodies.toml.
DISTRICT_KINDS = frozenset({"district", "township"})
_NO_AWARD_TO_THE_DISSOLVED = "15/2025/TT-BNV"


class UnitPeriod(Struct, frozen=True, kw_only=True):
    """What a unit is called, is and stands under (the parent's code), from `start` to `end`, both included."""

    name: str
    kind: str
    parent: str | None
    start: datetime.date
    end: datetime.date | None = None


class UnitInTime(Struct, frozen=True, kw_only=True):
    """A unit by its code, with its periods in order and without gaps.

    `successors` go on with its work once it has ended, `heir` is the one of them that takes over what runs. `heads`
    are the numbers of those who head it.
    """

    code: str
    periods: tuple[UnitPeriod, ...]
    successors: tuple[str, ...] = ()
    heir: str | None = None
    heads: tuple[int, ...] = ()

    @property
    def start(self) -> datetime.date:
        return self.periods[0].start

    @property
    def end(self) -> datetime.date | None:
        """The last day; None while there is none."""
        return self.periods[-1].end

    @property
    def name(self) -> str:
        """The latest name."""
        return self.periods[-1].name

    def valid(self, on: datetime.date) -> bool:
        return self.start <= on and (self.end is None or on <= self.end)


def period_on(periods: Sequence[UnitPeriod], on: datetime.date) -> UnitPeriod | None:
    """The period that holds the day; None before the unit began and after it ended."""
    return next((period for period in periods if period.start <= on and (period.end is None or on <= period.end)), None)


def name_on(periods: Sequence[UnitPeriod], on: datetime.date) -> str | None:
    """What the unit was called on that day; what is past keeps its name."""
    period = period_on(periods, on)
    return period.name if period else None


class Succession(Struct, frozen=True):
    """`heir`: who goes on with what ran; `all`: everybody who took over a part, the heir first, then by code."""

    heir: str | None
    all: tuple[str, ...]


def successors_of(units: Mapping[str, UnitInTime], code: str, on: datetime.date) -> Succession:
    """Who stands for the unit on that day: itself while it lasts, else its successors, through every reform since.

    Empty where nobody took over, or where the links lead nowhere valid. Raises KeyError for an unknown code.
    """
    heir = _follow(units, code, on)
    reached: dict[str, None] = {}
    waiting, seen = [code], set()
    while waiting:
        current = waiting.pop(0)
        if current in seen or current not in units:
            continue
        seen.add(current)
        if _not_over(units[current], on):
            reached[current] = None
        else:
            waiting.extend(units[current].successors)
    others = sorted(code for code in reached if code != heir)
    return Succession(heir, (heir, *others) if heir else tuple(others))


def _follow(units: Mapping[str, UnitInTime], code: str, on: datetime.date) -> str | None:
    seen: set[str] = set()
    current: str | None = code
    units[code]  # an unknown unit is a mistake of the caller
    while current is not None and current in units and current not in seen:
        if _not_over(units[current], on):
            return current
        seen.add(current)
        current = units[current].heir
    return None


def _not_over(unit: UnitInTime, on: datetime.date) -> bool:
    """A successor may begin later than the day that is asked about; it stands for the unit all the same."""
    return unit.end is None or on <= unit.end


def may_be_awarded(unit: UnitInTime, on: datetime.date, *, heir: UnitInTime | None = None) -> Finding:
    """Whether a decision of that day may commend the unit: a dissolved one gets no award.

    `heir` is named to the reader. That merits count for the heir is this project's inference and is not said here.
    """
    if unit.start > on:
        return not_met("unit.not_begun", None, name=unit.name, start=unit.start, on=on)
    if unit.end is None or on <= unit.end:
        return met("unit.valid", None, name=name_on(unit.periods, on) or unit.name, on=on)
    instrument = find_instrument(_NO_AWARD_TO_THE_DISSOLVED)
    basis = Basis(
        instrument=instrument.citation if instrument else None,
        verified=bool(instrument and instrument.verified),
        source=instrument.source if instrument else None,
    )
    if heir is None:
        return not_met("unit.ended", basis, name=unit.name, last=unit.end, on=on)
    heir_name = name_on(heir.periods, on) or heir.name
    return not_met("unit.ended_with_heir", basis, name=unit.name, last=unit.end, on=on, heir=heir_name)


def check_kind(kind: str, on: datetime.date) -> Finding | None:
    """What the law says against a unit of this kind on that day: since 01/07/2025 there is no district level."""
    if kind not in DISTRICT_KINDS:
        return None
    level = next(body for body in ended_bodies() if body.kind == "level")
    if on < level.ended:
        return None
    basis = Basis(instrument=level.source, verified=level.verified, source=level.source)
    return not_met("unit.kind_ended", basis, level=level.name, ended=level.ended, successor=level.successor)


def districts_left(units: Mapping[str, UnitInTime], on: datetime.date) -> Finding | None:
    """Units of the district level that the register still holds valid on a day when there is none any more."""
    left = [unit.name for unit in units.values() if unit.valid(on) and unit.periods[-1].kind in DISTRICT_KINDS]
    against = check_kind("district", on)
    if not left or against is None:
        return None
    return unknown("reform.district_left", against.basis, count=len(left), names=left[:10])
