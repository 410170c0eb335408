"""Columns of the predicates on initiatives and scientific works."""

from __future__ import annotations

import polars as pl

from thidua.rules.facts import Facts
from thidua.rules.predicates.works import WorkRecognised
from thidua.rules.screening.columns.base import Counts, count, counted, never_given, unless
from thidua.rules.screening.columns.honours import in_span
from thidua.rules.screening.gathering import Gathering
from thidua.rules.screening.register import SCOPE


@counted.register
def work_recognised(asked: WorkRecognised, gathering: Gathering) -> Counts:
    year = gathering.offer.year
    span = asked.window(Facts(), gathering.offer)
    if span is not None:
        return _recognised(asked, gathering, in_span(span), gathering.is_complete("works", span.begins))
    anchor = gathering.anchor(asked.after, year - (asked.years or 0))
    within = (pl.col("year") > anchor) & (pl.col("year") <= year)
    counts = _recognised(asked, gathering, within, gathering.is_complete("works", anchor + 1))
    return unless(anchor.is_null(), counts, never_given(gathering))


def _recognised(asked: WorkRecognised, gathering: Gathering, within: pl.Expr, complete: pl.Expr) -> Counts:
    rows = within & pl.col("kind").is_in(asked.kinds) & (pl.col("scope") >= pl.lit(asked.scope, SCOPE))
    if not asked.used_too:
        rows &= pl.col("used_for") == ""
    return count(gathering, "works", rows, None, complete)
