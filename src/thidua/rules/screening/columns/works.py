"""Columns of the predicates on initiatives and scientific works."""

from __future__ import annotations

import polars as pl

from thidua.rules.predicates.works import WorkRecognised
from thidua.rules.screening.columns.base import Counts, behind, count, counted
from thidua.rules.screening.columns.honours import in_span
from thidua.rules.screening.gathering import Gathering
from thidua.rules.screening.register import SCOPE


@counted.register
def work_recognised(asked: WorkRecognised, gathering: Gathering) -> Counts:
    year = gathering.offer.year
    span = asked.recent(gathering.offer)
    recent = _recognised(asked, gathering, in_span(span), gathering.is_complete("works", span.begins))
    if not asked.after:
        return recent

    def recognised_since(anchor: pl.Expr) -> Counts:
        within = (pl.col("year") > anchor) & (pl.col("year") <= year)
        return _recognised(asked, gathering, within, gathering.is_complete("works", anchor + 1))

    return behind(gathering, asked.after, year - (asked.years or 0), recent, recognised_since)


def _recognised(asked: WorkRecognised, gathering: Gathering, within: pl.Expr, complete: pl.Expr) -> Counts:
    rows = within & pl.col("kind").is_in(asked.kinds) & (pl.col("scope") >= pl.lit(asked.scope, SCOPE))
    if not asked.used_too:
        rows &= pl.col("used_for") == ""
    return count(gathering, "works", rows, None, complete)
