"""Columns of the predicates on what lasts: discipline, cases under review, service, a unit's being."""

from __future__ import annotations

import datetime

import polars as pl

from thidua.rules.facts import FORMS
from thidua.rules.predicates.spells import REVIEWS, Existed, InBeing, NotDisciplined, NotUnderReview, Served
from thidua.rules.screening.columns.base import Counts, count, counted, unless, yes_no
from thidua.rules.screening.gathering import Gathering

KIND, SINCE, UNTIL = pl.col("kind"), pl.col("since"), pl.col("until")


@counted.register
def not_disciplined(asked: NotDisciplined, gathering: Gathering) -> Counts:
    begin = datetime.date(gathering.offer.year - asked.years + 1, 1, 1)
    rows = (KIND == "discipline") & _meets(begin, gathering.on)
    grave = rows & pl.col("form").is_in(FORMS[FORMS.index(asked.form) :])
    doubtful = rows & ~pl.col("form").is_in(FORMS)
    return count(gathering, "spells", grave, doubtful, gathering.is_complete("discipline", begin.year))


@counted.register
def not_under_review(asked: NotUnderReview, gathering: Gathering) -> Counts:
    on = gathering.on
    opened = KIND.is_in(REVIEWS) & ~pl.col("cleared") & _meets(on, on)
    complete = pl.all_horizontal(gathering.is_complete(kind, on.year) for kind in REVIEWS)
    return count(gathering, "spells", opened, None, complete)


@counted.register
def served(asked: Served, gathering: Gathering) -> Counts:
    table = gathering.derive("service", lambda: _runs(gathering.register.rows("spells"), gathering.on))
    longest = gathering.most(table, pl.lit(value=True), pl.col("months"))
    months = longest.fill_null(0) if asked.unbroken else gathering.sum(table, pl.lit(value=True), pl.col("months"))
    known = longest.is_not_null() | gathering.is_complete("service", 0)
    return Counts(months // 12, pl.when(known).then(months // 12).otherwise(asked.years))


def _runs(spells: pl.LazyFrame, on: datetime.date) -> pl.LazyFrame:
    """A row for all service that joins or overlaps, with its whole months."""
    day_behind = pl.min_horizontal(UNTIL.dt.offset_by("1d").fill_null(on), pl.lit(on))
    rows = spells.filter((KIND == "service") & (on >= SINCE)).select("person", "since", end=day_behind)
    rows = rows.sort("person", "since")
    rows = rows.with_columns(before=pl.col("end").cum_max().shift(1).over("person"))
    broken = (pl.col("before") < SINCE).fill_null(value=False).cast(pl.Int32)
    rows = rows.with_columns(run=broken.cum_sum().over("person"))
    runs = rows.group_by("person", "run").agg(SINCE.min(), pl.col("end").max())
    return runs.select("person", months=whole_months(SINCE, pl.col("end")))


@counted.register
def in_being(asked: InBeing, gathering: Gathering) -> Counts:
    on = gathering.on
    there = gathering.most("spells", KIND == "in_being", _meets(on, on))
    return yes_no(there)


@counted.register
def existed(asked: Existed, gathering: Gathering) -> Counts:
    on = gathering.on
    rows = (KIND == "in_being") & (on >= SINCE)
    earliest = gathering.least("spells", rows, SINCE)
    own = gathering.least("spells", gathering.own("spells", rows), SINCE)
    counts = Counts(_whole_years(own, on).fill_null(0), _whole_years(earliest, on))
    return unless(earliest.is_null(), counts, pl.lit(asked.years))


def _whole_years(since: pl.Expr, on: datetime.date) -> pl.Expr:
    return whole_months(since, pl.lit(on)) // 12


def whole_months(since: pl.Expr, until: pl.Expr) -> pl.Expr:
    """As `thidua.rules.predicates.spells.whole_months`."""
    years = until.dt.year() - since.dt.year()
    months = years * 12 + until.dt.month().cast(pl.Int32) - since.dt.month().cast(pl.Int32)
    return (months - (until.dt.day() < since.dt.day()).cast(pl.Int32)).clip(lower_bound=0)


def _meets(begin: datetime.date, end: datetime.date) -> pl.Expr:
    return (end >= SINCE) & (UNTIL.is_null() | (begin <= UNTIL))
