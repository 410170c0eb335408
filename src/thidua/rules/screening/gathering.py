"""What the tests of a law ask of the long tables: everything once, and one pass over a table for all of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Literal

import polars as pl

from thidua.rules.offers import Offer
from thidua.rules.screening.register import Register

How = Literal["sum", "most", "least", "years"]
_HOW: Mapping[How, Callable[[pl.Expr], pl.Expr]] = {
    "sum": pl.Expr.sum,
    "most": pl.Expr.max,
    "least": pl.Expr.min,
    "years": pl.Expr.bitwise_or,
}
BITS = 64
"""How many years one number holds."""


class Gathering:
    """Collects what is asked (`sum`, `years`…, each gives the column of a person), then makes the frame of it all."""

    def __init__(self, register: Register, offer: Offer, on: datetime.date) -> None:
        self.register, self.offer, self.on = register, offer, on
        self._asked: dict[str, dict[bytes, tuple[str, How, pl.Expr]]] = {}
        self._anchors: dict[tuple[tuple[str, ...], int, bool], str] = {}
        self._derived: dict[str, pl.LazyFrame] = {}

    def sum(self, table: str, values: pl.Expr) -> pl.Expr:
        """A sum of numbers, or how many rows are true; 0 for who has none."""
        return self._ask(table, "sum", values).cast(pl.Int32).fill_null(0)

    def most(self, table: str, values: pl.Expr) -> pl.Expr:
        """The greatest value; null for who has none."""
        return self._ask(table, "most", values)

    def least(self, table: str, values: pl.Expr) -> pl.Expr:
        return self._ask(table, "least", values)

    def years(self, table: str, rows: pl.Expr, last: int) -> pl.Expr:
        """The years of these rows as bits of one number, bit i for `last` - i. Years out of its reach are left out."""
        back = last - pl.col("year").cast(pl.Int32)
        bit = pl.lit(2, pl.UInt64).pow(back.clip(0, BITS - 1).cast(pl.UInt32))
        within = rows & back.is_between(0, BITS - 1)
        return self._ask(table, "years", pl.when(within).then(bit)).fill_null(0)

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

    def anchor(self, awards: tuple[str, ...], at_the_latest: int, *, first: bool = False) -> pl.Expr:
        """As `anchor_year`, null where there is none: a column of the person, and of every row asked by it."""
        return pl.col(self._anchors.setdefault((awards, at_the_latest, first), f"anchor#{len(self._anchors)}"))

    def derive(self, name: str, make: Callable[[], pl.LazyFrame]) -> str:
        """A further table to ask of, made once out of those of the register; `person` and what is asked."""
        if name not in self._derived:
            self._derived[name] = make()
        return name

    def frame(self) -> pl.LazyFrame:
        """The people of the offer's kind with everything that was asked, in the order of the register."""
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

    def _ask(self, table: str, how: How, values: pl.Expr) -> pl.Expr:
        asked = self._asked.setdefault(table, {})
        key = how.encode() + values.meta.serialize()
        name, _, _ = asked.setdefault(key, (f"{table}#{len(asked)}", how, values))
        return pl.col(name)

    def _passed(self, table: str) -> pl.LazyFrame:
        """One row a person. Rows that nothing asks for are dropped first: they are most of a long table."""
        rows = self._derived[table] if table in self._derived else self.register.rows(table)
        asked = self._asked[table].values()
        if any(name.startswith("anchor#") for _, _, values in asked for name in values.meta.root_names()):
            rows = rows.join(self._anchor_years(), on="person", how="left")
        columns = rows.select("person", **{name: values for name, _, values in asked})
        schema = columns.collect_schema()
        counted = {name for name, how, _ in asked if how == "sum" and schema[name] == pl.Boolean}
        wanted = [pl.col(name) if name in counted else pl.col(name).is_not_null() for name, _, _ in asked]
        grouped = columns.filter(pl.any_horizontal(wanted)).group_by("person")
        return grouped.agg(_HOW[how](pl.col(name)) for name, how, _ in asked)

    def _anchor_years(self) -> pl.LazyFrame:
        found = {
            name: pl.when(pl.col("award").is_in(awards) & (pl.col("year") <= latest)).then("year")
            for (awards, latest, _), name in self._anchors.items()
        }
        rows = self.register.rows("honours").select("person", **found)
        rows = rows.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in found))
        return rows.group_by("person").agg(
            pl.col(name).min() if first else pl.col(name).max() for (_, _, first), name in self._anchors.items()
        )


def _beside(people: pl.LazyFrame, found: pl.LazyFrame) -> pl.LazyFrame:
    return people.join(found, left_on="id", right_on="person", how="left", maintain_order="left")


def _without(people: pl.LazyFrame, found: pl.LazyFrame) -> pl.LazyFrame:
    """Beside a table that the register does not have."""
    types = found.collect_schema()
    return people.with_columns(pl.lit(None, kind).alias(name) for name, kind in types.items() if name != "person")
