"""How far a nominee is from an award, in five words; of one, and of everybody at once, by the same reckoning.

What is missing on the nearest way is one number: a person's word weighs least, then what is not known, then what is
not met, as often as it is lacking; what is meant for others most. One time, year or work short is nearly there.
"""

from __future__ import annotations

import polars as pl
from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.findings import Outcome
from thidua.rules.assessing import Assessment, Result
from thidua.rules.predicates import Predicate, predicate
from thidua.rules.screening import Column
from thidua.rules.sufficing import ELSEWHERE

JUDGED = ("judged", "confirmed")
WORD, DATUM, FAILED, OTHERS = 1, 10**3, 10**6, 10**9
MOST = 100
"""Of what is lacking of one clause, so that it never weighs as much as what is meant for others."""


class State(models.TextChoices):
    """How a nominee stands; the nearest first."""

    MET = "dat", _("Đủ tiêu chuẩn")
    JUDGE = "cho-xet", _("Chờ người xét")
    NEARLY = "gan-dat", _("Gần đủ")
    UNKNOWN = "chua-ro", _("Thiếu dữ liệu")
    FAR = "chua-dat", _("Chưa đủ")


STATES = (State.MET, State.JUDGE, State.UNKNOWN, State.NEARLY, State.FAR)
"""As a column numbers them."""


# --- One ------------------------------------------------------------------------------------------------------------


def state_of(assessment: Assessment) -> State:
    if assessment.outcome is Outcome.MET:
        return State.MET
    cost = sum(_cost(result) for result in assessment.results)
    if assessment.outcome is Outcome.UNKNOWN:
        return State.JUDGE if cost < DATUM else State.UNKNOWN
    return State.NEARLY if cost < 2 * FAILED else State.FAR


def _cost(result: Result) -> int:
    if result.outcome is Outcome.MET:
        return 0
    if result.part_of == "not" or not result.parts:
        test = result.criterion.test
        unknown, failed = _weight(test.predicate if test else "")
        if result.outcome is Outcome.UNKNOWN:
            return unknown
        return failed * (min(_short(predicate(test), result.tally.sure), MOST) if test and result.tally else 1)
    costs = [_cost(part) for part in result.parts]
    return sum(costs) if result.part_of == "all" else min(costs)


def _short(asked: Predicate, sure: int) -> int:
    """How many times, years or works are lacking, or too many."""
    return max(1, sure - asked.need if asked.is_ceiling else asked.need - sure)


def _weight(predicate: str) -> tuple[int, int]:
    """Of a test that is not known, and of one that is not met."""
    return WORD if predicate in JUDGED else DATUM, OTHERS if predicate in ELSEWHERE else FAILED


# --- Everybody ------------------------------------------------------------------------------------------------------


def cost_column(column: Column) -> pl.Expr:
    """The same over the columns of a screening."""
    outcome = pl.col(column.name)
    if column.part_of == "not" or not column.parts:
        unknown, weight = _weight(column.asked.name if column.asked else "")
        failed = weight * _short_column(column.asked, column.name) if column.asked else pl.lit(weight)
        return pl.when(outcome).then(0).when(outcome.is_null()).then(unknown).otherwise(failed).cast(pl.Int64)
    parts = [cost_column(part) for part in column.parts]
    joined = pl.sum_horizontal(parts) if column.part_of == "all" else pl.min_horizontal(parts)
    return pl.when(outcome.fill_null(value=False)).then(0).otherwise(joined)


def _short_column(asked: Predicate, name: str) -> pl.Expr:
    sure = pl.col(f"{name}.sure").cast(pl.Int64)
    return (sure - asked.need if asked.is_ceiling else asked.need - sure).clip(1, MOST)


def state_column() -> pl.Expr:
    """Out of `outcome` and `cost`, as places in STATES."""
    outcome, cost = pl.col("outcome"), pl.col("cost")
    return (
        pl.when(outcome)
        .then(0)
        .when(outcome.is_null())
        .then(pl.when(cost < DATUM).then(1).otherwise(2))
        .otherwise(pl.when(cost < 2 * FAILED).then(3).otherwise(4))
        .cast(pl.Int8)
    )
