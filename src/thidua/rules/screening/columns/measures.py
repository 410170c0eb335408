"""Columns of the predicates on measured values."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import polars as pl

from thidua.rules.predicates.measures import Compared, MeasurePredicate
from thidua.rules.screening.columns.base import Counts, counted, yes_no
from thidua.rules.screening.gathering import Gathering
from thidua.rules.screening.register import VALUE

_UNIT = Decimal("0.0001")


@counted.register
def measured(asked: MeasurePredicate, gathering: Gathering) -> Counts:
    key, op, bound = asked.test()
    return yes_no(_compared(_value(key, gathering), op, bound))


def _value(key: str, gathering: Gathering) -> pl.Expr:
    """The value of the year, else the one that holds for any; null where there is none, or it is inherited."""
    rows, of_year = pl.col("key") == key, pl.col("year") == gathering.offer.year
    value = _of_rows(gathering, rows & of_year).fill_null(_of_rows(gathering, rows & pl.col("year").is_null()))
    if not gathering.register.has_inherited("measures"):
        return value
    return pl.when(gathering.count("measures", rows & of_year & pl.col("inherited")) == 0).then(value)


def _of_rows(gathering: Gathering, rows: pl.Expr) -> pl.Expr:
    return gathering.most("measures", gathering.own("measures", rows), pl.col("value"))


def _compared(value: pl.Expr, op: Compared, bound: Decimal) -> pl.Expr:
    """Values have four decimals; a bound with more lies between two of them."""
    above = pl.lit(bound.quantize(_UNIT, ROUND_CEILING), VALUE)
    below = pl.lit(bound.quantize(_UNIT, ROUND_FLOOR), VALUE)
    if op == "=":
        return (value == above) & (value == below)
    if op in {">=", "<"}:
        return value >= above if op == ">=" else value < above
    return value <= below if op == "<=" else value > below
