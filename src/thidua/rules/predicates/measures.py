"""Predicates on measured values: of members, of targets, of ranks."""

from __future__ import annotations

import datetime
from abc import abstractmethod
from decimal import Decimal
from typing import Any, ClassVar, Literal

from thidua.rules.facts import Facts, MeasureFact
from thidua.rules.offers import Offer
from thidua.rules.predicates.base import Predicate
from thidua.rules.tally import Tally, yes_no

Compared = Literal[">=", "<=", ">", "<", "="]


def measure(facts: Facts, key: str, year: int) -> MeasureFact | None:
    """The value of the year, else the one that holds for any."""
    found = {row.year: row for row in facts.measures if row.key == key and row.year in (year, None)}
    return found.get(year) or found.get(None)


def compare(value: Decimal, op: Compared, bound: Decimal) -> bool:
    if op == ">=":
        return value >= bound
    if op == "<=":
        return value <= bound
    if op == "=":
        return value == bound
    return value > bound if op == ">" else value < bound


class MeasurePredicate(Predicate, frozen=True, kw_only=True):
    """One measured value held against a bound; `test` says which, how, against what."""

    @abstractmethod
    def test(self) -> tuple[str, Compared, Decimal]:
        """The value's key, the comparison, the bound."""

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        key, op, bound = self.test()
        row = measure(facts, key, offer.year)
        if row is None:
            return yes_no(None, missing=(key,))
        return yes_no(None if row.inherited else compare(row.value, op, bound), row)

    def params(self, offer: Offer) -> dict[str, Any]:
        _, op, bound = self.test()
        return super().params(offer) | {"op": op, "bound": bound}


class Measured(MeasurePredicate, frozen=True, kw_only=True):
    """A value by its key, where no predicate with a name of its own asks for it."""

    name: ClassVar[str] = "measured"
    key: str
    op: Compared = ">="
    value: Decimal

    def test(self) -> tuple[str, Compared, Decimal]:
        return self.key, self.op, self.value


class MembersHonoured(MeasurePredicate, frozen=True, kw_only=True):
    """At least `share` percent, or `count`, of a collective's members hold the title for the year."""

    name: ClassVar[str] = "members_honoured"
    award: str
    share: Decimal | None = None
    count: int | None = None

    def __post_init__(self) -> None:
        if (self.share is None) == (self.count is None):
            raise ValueError("members_honoured says a share or a count")

    def test(self) -> tuple[str, Compared, Decimal]:
        if self.share is not None:
            return f"members.honoured.{self.award}.share", ">=", self.share
        return f"members.honoured.{self.award}.count", ">=", Decimal(self.count or 0)


class MembersRated(MeasurePredicate, frozen=True, kw_only=True):
    """At least `share` percent of a collective's members are rated `level` or better for the year."""

    name: ClassVar[str] = "members_rated"
    level: Literal["excellent", "good", "done"]
    share: Decimal = Decimal(100)

    def test(self) -> tuple[str, Compared, Decimal]:
        return f"members.rated.{self.level}.share", ">=", self.share


class MembersNotDisciplined(MeasurePredicate, frozen=True, kw_only=True):
    """No member of a collective is disciplined with `form` or graver in the year."""

    name: ClassVar[str] = "members_not_disciplined"
    form: Literal["reprimand", "warning", "demotion", "removal", "dismissal"] = "reprimand"

    def test(self) -> tuple[str, Compared, Decimal]:
        return f"members.disciplined.{self.form}.count", "<=", Decimal(0)


class RankedFirst(MeasurePredicate, frozen=True, kw_only=True):
    """First of its bloc, or of the movement, that this level runs."""

    name: ClassVar[str] = "ranked_first"
    among: Literal["bloc", "movement"]
    run_by: Literal["central", "province", "district", "unit"] = "province"

    def test(self) -> tuple[str, Compared, Decimal]:
        return f"rank.{self.among}.{self.run_by}", "=", Decimal(1)


class TargetsMet(MeasurePredicate, frozen=True, kw_only=True):
    """At least `share` percent of the targets are met, or with `beyond` more than met."""

    name: ClassVar[str] = "targets_met"
    share: Decimal = Decimal(100)
    beyond: bool = False

    def test(self) -> tuple[str, Compared, Decimal]:
        return ("targets.exceeded.share" if self.beyond else "targets.met.share"), ">=", self.share


class NotBelowBaseline(MeasurePredicate, frozen=True, kw_only=True):
    """No result is below that of the base year: the least result as a percentage of it is 100 or more."""

    name: ClassVar[str] = "not_below_baseline"
    year: int | None = None

    def test(self) -> tuple[str, Compared, Decimal]:
        return ("baseline.least" if self.year is None else f"baseline.{self.year}.least"), ">=", Decimal(100)


class Reported(MeasurePredicate, frozen=True, kw_only=True):
    """At least `share` percent of the reports due were sent, on time where `on_time`."""

    name: ClassVar[str] = "reported"
    share: Decimal = Decimal(100)
    on_time: bool = False

    def test(self) -> tuple[str, Compared, Decimal]:
        return ("reports.on_time.share" if self.on_time else "reports.sent.share"), ">=", self.share
