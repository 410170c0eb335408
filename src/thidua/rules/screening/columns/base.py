"""How a predicate becomes columns: a sure count and a possible one, held against the same bound."""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch
from typing import NamedTuple

import polars as pl

from thidua.rules.predicates import Predicate
from thidua.rules.screening.gathering import Gathering
from thidua.rules.tally import UNBOUNDED


class Counts(NamedTuple):
    """The two numbers of a Tally for every person."""

    sure: pl.Expr
    possible: pl.Expr


@singledispatch
def counted(asked: Predicate, gathering: Gathering) -> Counts:
    """What a predicate counts. Each has its own, beside the module of `thidua.rules.predicates` that it stands in."""
    raise NotImplementedError(asked.name)


def outcome(asked: Predicate, counts: Counts) -> pl.Expr:
    """True where met, False where not, null where unknown."""
    if asked.is_ceiling:
        return _sided(counts.possible <= asked.need, counts.sure > asked.need)
    return _sided(counts.sure >= asked.need, counts.possible < asked.need)


def _sided(met: pl.Expr, not_met: pl.Expr) -> pl.Expr:
    return pl.when(met).then(statement=True).when(not_met).then(statement=False)


def count(gathering: Gathering, table: str, fitting: pl.Expr, doubtful: pl.Expr | None, complete: pl.Expr) -> Counts:
    """As `thidua.rules.tally.count`, of rows of a long table."""
    rows = fitting if doubtful is None else fitting | doubtful
    sure = gathering.count(table, gathering.own(table, fitting))
    return Counts(sure, pl.when(complete).then(gathering.count(table, rows)).otherwise(UNBOUNDED))


def yes_no(known: pl.Expr) -> Counts:
    """As `thidua.rules.tally.yes_no`: `known` is null where it is not."""
    return Counts(known.fill_null(value=False).cast(pl.Int32), known.fill_null(value=True).cast(pl.Int32))


def unless(missing: pl.Expr, counts: Counts, possible: pl.Expr) -> Counts:
    """Nothing for sure, and so many possible, where what is counted from is `missing`."""
    return Counts(
        pl.when(missing).then(0).otherwise(counts.sure), pl.when(missing).then(possible).otherwise(counts.possible)
    )


def behind(
    gathering: Gathering, after: tuple[str, ...], at_the_latest: int, recent: Counts, since: Callable[[pl.Expr], Counts]
) -> Counts:
    """Sure is what is recent, possible what lies behind the first of these awards: see `anchor_year`."""
    anchor = gathering.anchor(after, at_the_latest)
    counts = Counts(recent.sure, since(anchor).possible)
    return unless(anchor.is_null(), counts, never_given(gathering))


def never_given(gathering: Gathering) -> pl.Expr:
    """How many are possible where the award that a window begins behind is not on record."""
    return pl.when(gathering.is_complete("honours", 0)).then(0).otherwise(UNBOUNDED)
