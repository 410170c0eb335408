"""What the tests of a law ask of the long tables: everything once, and one pass over a table for all of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

import polars as pl

from thidua.rules.offers import Offer
from thidua.rules.screening.register import Register

How = Literal["count", "sum", "most", "least", "years"]
_HOW: Mapping[How, Callable[[pl.Expr], pl.Expr]] = {
    "count": pl.Expr.sum,
    "sum": pl.Expr.sum,
    "most": pl.Expr.max,
    "least": pl.Expr.min,
    "years": pl.Expr.bitwise_or,
}
BITS = 64
"""How many years one number holds."""


class Asked(NamedTuple):
    """One column: of which rows of a table, which value (of a count: none), taken together how."""

    name: str
    how: How
    rows: pl.Expr
    value: pl.Expr | None


class Gathering:
    """Collects what is asked (`count`, `years`…, each gives the column of a person), then makes the frame of it all."""

    def __init__(self, register: Register, offer: Offer, on: datetime.date) -> None:
        self.register, self.offer, self.on = register, offer, on
        self._asked: dict[str, dict[tuple[How, bytes, bytes], Asked]] = {}
        self._anchors: dict[tuple[tuple[str, ...], int], str] = {}
        self._derived: dict[str, pl.LazyFrame] = {}

    def count(self, table: str, rows: pl.Expr) -> pl.Expr:
        """How many of these rows a person has."""
        return self._ask(table, "count", rows).cast(pl.Int32).fill_null(0)

    def sum(self, table: str, rows: pl.Expr, value: pl.Expr) -> pl.Expr:
        return self._ask(table, "sum", rows, value).cast(pl.Int32).fill_null(0)

    def most(self, table: str, rows: pl.Expr, value: pl.Expr) -> pl.Expr:
        """The greatest value; null for who has none, as it is of `least`."""
        return self._ask(table, "most", rows, value)

    def least(self, table: str, rows: pl.Expr, value: pl.Expr) -> pl.Expr:
        return self._ask(table, "least", rows, value)

    def years(self, table: str, rows: pl.Expr, last: int) -> pl.Expr:
        """The years of these rows as bits of one number, bit i for `last` - i. Years out of its reach are left out."""
        back = last - pl.col("year").cast(pl.Int32)
        bit = pl.lit(2, pl.UInt64).pow(back.clip(0, BITS - 1).cast(pl.UInt32))
        within = pl.col("year").is_between(last - BITS + 1, last)
        return self._ask(table, "years", rows & within, bit).fill_null(0)

    def own(self, table: str, rows: pl.Expr) -> pl.Expr:
        """The rows that were not inherited."""
        return rows & ~pl.col("inherited") if self.register.has_inherited(table) else rows

    def is_complete(self, kind: str, first_year: int | pl.Expr) -> pl.Expr:
        """As `Facts.is_complete`."""
        if kind not in self.register.known:
            return pl.lit(value=False)
        return (pl.col(f"complete.{kind}") <= first_year).fill_null(value=False)

    def complete_from(self, kind: str, else_from: int) -> pl.Expr:
        column = pl.col(f"complete.{kind}") if kind in self.register.known else pl.lit(None, pl.Int32)
        return column.fill_null(else_from)

    def anchor(self, awards: tuple[str, ...], at_the_latest: int) -> pl.Expr:
        """As `anchor_year`, null where there is none: a column of the person, and of every row asked by it."""
        return pl.col(self._anchors.setdefault((awards, at_the_latest), f"anchor#{len(self._anchors)}"))

    def derive(self, name: str, make: Callable[[], pl.LazyFrame]) -> str:
        """A further table to ask of, made once out of those of the register; `person` and what is asked."""
        if name not in self._derived:
            self._derived[name] = make()
        return name

    def frame(self) -> pl.LazyFrame:
        """The people of the offer's kind with everything that was asked, in no order."""
        people = self.register.people.filter(pl.col("subject") == self.offer.subject)
        if self._anchors:
            people = _beside(people, self._anchor_years())
        for table in self._asked:
            found = self._passed(table)
            if table in self._derived or self.register.has(table):
                people = _beside(people, found)
            else:
                people = _without(people, found)
        return people

    def _ask(self, table: str, how: How, rows: pl.Expr, value: pl.Expr | None = None) -> pl.Expr:
        asked = self._asked.setdefault(table, {})
        key = how, rows.meta.serialize(), b"" if value is None else value.meta.serialize()
        return pl.col(asked.setdefault(key, Asked(f"{table}#{len(asked)}", how, rows, value)).name)

    def _passed(self, table: str) -> pl.LazyFrame:
        """One row a person. Rows that nothing asks for are dropped first: they are most of a long table."""
        rows = self._derived[table] if table in self._derived else self.register.rows(table)
        asked = self._asked[table]
        if any(name.startswith("anchor#") for one in asked.values() for name in one.rows.meta.root_names()):
            rows = rows.join(self._anchor_years(), on="person", how="left")
        kinds: dict[bytes, tuple[str, pl.Expr]] = {}
        for (_, key, _), one in asked.items():
            kinds.setdefault(key, (f"rows#{len(kinds)}", one.rows))
        rows = rows.with_columns(of_kind.alias(name) for name, of_kind in kinds.values())
        kept = rows.filter(pl.any_horizontal(name for name, _ in kinds.values())).group_by("person")
        return kept.agg(_together(one, pl.col(kinds[key][0])) for (_, key, _), one in asked.items())

    def _anchor_years(self) -> pl.LazyFrame:
        found = {
            name: pl.when(pl.col("award").is_in(awards) & (pl.col("year") <= latest)).then("year")
            for (awards, latest), name in self._anchors.items()
        }
        rows = self.register.rows("honours").select("person", **found)
        rows = rows.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in found))
        return rows.group_by("person").agg(pl.col(name).min() for name in self._anchors.values())


def _together(asked: Asked, rows: pl.Expr) -> pl.Expr:
    values = rows if asked.value is None else pl.when(rows).then(asked.value)
    return _HOW[asked.how](values).alias(asked.name)


def _beside(people: pl.LazyFrame, found: pl.LazyFrame) -> pl.LazyFrame:
    return people.join(found, left_on="id", right_on="person", how="left")


def _without(people: pl.LazyFrame, found: pl.LazyFrame) -> pl.LazyFrame:
    """Beside a table that the register does not have."""
    types = found.collect_schema()
    return people.with_columns(pl.lit(None, kind).alias(name) for name, kind in types.items() if name != "person")
