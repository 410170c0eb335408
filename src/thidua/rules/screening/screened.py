"""Everybody of a register against everything an award asks: the outcome of the whole and of each of its parts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import and_, or_

import polars as pl
from msgspec import Struct

from thidua.law.criteria import Criterion, Standard
from thidua.law.law import Law
from thidua.rules.assessing import criteria_of, standards_for
from thidua.rules.offers import Offer
from thidua.rules.predicates import Predicate, predicate
from thidua.rules.screening.columns import counted, outcome
from thidua.rules.screening.gathering import Gathering
from thidua.rules.screening.register import Register


class Column(Struct, frozen=True, kw_only=True):
    """A criterion and its column. They stand as the results of an assessment do, and `name` says where.

    "2.0.1" is the second part of the first part of the third result.
    """

    name: str
    criterion: Criterion
    asked: Predicate | None = None
    parts: tuple[Column, ...] = ()
    part_of: str = ""

    def all(self) -> Iterator[Column]:
        yield self
        for part in self.parts:
            yield from part.all()


class Screening:
    """What `screen` answers: columns that are worked out only when they are asked for."""

    def __init__(self, offer: Offer, results: tuple[Column, ...], gathering: Gathering) -> None:
        self.offer, self.results = offer, results
        self._gathering = gathering
        self._counts = {c.asked: counted(c.asked, gathering) for c in self.columns() if c.asked is not None}
        self._outcomes = {asked: f"test#{number}" for number, asked in enumerate(self._counts)}

    def columns(self) -> Iterator[Column]:
        for result in self.results:
            yield from result.all()

    def lazy(self, *, parts: bool = True, counts: bool = False) -> pl.LazyFrame:
        """`id`, `outcome`, how many of the results are `not_met` and `unknown`, who is nearest; in no order.

        `parts`: the outcome of each column by its name. `counts`: NAME.sure and NAME.possible of each test. True is
        met, False not met, null unknown.
        """
        tests = {name: outcome(asked, self._counts[asked]) for asked, name in self._outcomes.items()}
        whole = [self._expression(result) for result in self.results]
        chosen = {"outcome": _all(whole), "not_met": _how_many(~one for one in whole)}
        chosen["unknown"] = _how_many(one.is_null() for one in whole)
        if parts:
            chosen |= {column.name: self._expression(column) for column in self.columns()}
        if counts:
            chosen |= self._numbers()
        return self._gathering.frame().with_columns(**tests).select("id", **chosen)

    def frame(self, *, parts: bool = True, counts: bool = False) -> pl.DataFrame:
        return self.lazy(parts=parts, counts=counts).collect(engine="streaming")

    def _expression(self, column: Column) -> pl.Expr:
        if column.asked is not None:
            return pl.col(self._outcomes[column.asked])
        parts = [self._expression(part) for part in column.parts]
        if not parts:
            return pl.lit(None, pl.Boolean)
        return ~parts[0] if column.part_of == "not" else reduce(and_ if column.part_of == "all" else or_, parts)

    def _numbers(self) -> Mapping[str, pl.Expr]:
        asked = {column.name: self._counts[column.asked] for column in self.columns() if column.asked is not None}
        return {f"{name}.{kind}": number for name, both in asked.items() for kind, number in both._asdict().items()}


def screen(offer: Offer, register: Register, law: Law, on: datetime.date) -> Screening:
    """The same answers as `assess` gives for each of the register's nominees of the offer's kind.

    Raises NoStandardError as `assess` does, ValueError for a predicate that cannot look so many years back.
    """
    asked = [criterion for rule in standards_for(offer, law, on) for criterion in criteria_of(rule)]
    tree = _Tree(offer, law, on)
    results = tuple(tree.column(part, str(place)) for place, part in enumerate((*asked, *offer.criteria)))
    return Screening(offer, results, Gathering(register, offer, on))


class _Tree(Struct, frozen=True):
    offer: Offer
    law: Law
    on: datetime.date

    def column(self, criterion: Criterion, name: str) -> Column:
        if criterion.test is not None:
            return Column(name=name, criterion=criterion, asked=predicate(criterion.test))
        if criterion.meets:
            others = (self._other_award(criterion, code, f"{name}.{i}") for i, code in enumerate(criterion.meets))
            return Column(name=name, criterion=criterion, parts=tuple(others), part_of="any")
        part_of = "all" if criterion.all else "any" if criterion.any else "not"
        return Column(name=name, criterion=criterion, parts=self._columns(criterion.parts, name), part_of=part_of)

    def _columns(self, criteria: Iterable[Criterion], above: str) -> tuple[Column, ...]:
        return tuple(self.column(part, f"{above}.{place}") for place, part in enumerate(criteria))

    def _other_award(self, criterion: Criterion, code: str, name: str) -> Column:
        rules = self.law.standards(code, self.offer.subject, self.on)
        asked = [part for rule in rules if isinstance(rule.entry, Standard) for part in criteria_of(rule)]
        return Column(name=name, criterion=criterion, parts=self._columns(asked, name), part_of="all")


def _all(outcomes: list[pl.Expr]) -> pl.Expr:
    return reduce(and_, outcomes, pl.lit(value=True))


def _how_many(of: Iterable[pl.Expr]) -> pl.Expr:
    return pl.sum_horizontal(pl.lit(0), *(one.fill_null(value=False).cast(pl.Int32) for one in of))
