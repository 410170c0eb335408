"""Columns of the predicates on annual quality ratings."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from thidua.rules.predicates.ratings import Rated
from thidua.rules.screening.columns.base import Counts, behind, counted
from thidua.rules.screening.gathering import Gathering
from thidua.rules.screening.register import LEVEL, Register


@counted.register
def rated(asked: Rated, gathering: Gathering) -> Counts:
    years, year = asked.recent(gathering.offer), gathering.offer.year
    within = pl.col("year").is_between(years.start, years.stop - 1)
    recent = _in_years(asked, gathering, within, pl.lit(len(years), pl.Int32), years.stop - 1)
    if not asked.after:
        return recent

    def rated_since(anchor: pl.Expr) -> Counts:
        within = (pl.col("year") > anchor) & (pl.col("year") <= year)
        return _in_years(asked, gathering, within, (year - anchor).cast(pl.Int32), year)

    return behind(gathering, asked.after, year - asked.years, recent, rated_since)


def _in_years(asked: Rated, gathering: Gathering, within: pl.Expr, length: pl.Expr, last: int) -> Counts:
    known = within & (pl.col("track") == asked.track)
    fits = known & (pl.col("level") >= pl.lit(asked.level, LEVEL))
    if asked.or_awards:
        given = within & pl.col("award").is_in(asked.or_awards)
        return _with_awards(gathering, _Rows(known, fits, given), length, last)
    missing = length - gathering.count("ratings", known)
    if table := _open_years(gathering):
        missing += gathering.count(table, known)
    sure = gathering.count("ratings", gathering.own("ratings", fits))
    return Counts(sure, gathering.count("ratings", fits) + missing)


class _Rows(NamedTuple):
    """Within the years: any rating, one that fits, an award that makes up for it."""

    known: pl.Expr
    fits: pl.Expr
    given: pl.Expr


def _with_awards(gathering: Gathering, rows: _Rows, length: pl.Expr, last: int) -> Counts:
    """A year counts once, whether its rating fits, or an award was given, or both. Reaches back 64 years."""
    settled = gathering.years("ratings", rows.known, last)
    if table := _open_years(gathering):
        settled &= ~gathering.years(table, rows.known, last)
    fitting = gathering.years("ratings", rows.fits, last) | gathering.years("honours", rows.given, last)
    own = gathering.years("ratings", gathering.own("ratings", rows.fits), last)
    own |= gathering.years("honours", gathering.own("honours", rows.given), last)
    return Counts(_how_many(own), _how_many(fitting) + length - _how_many(settled | fitting))


def _how_many(years: pl.Expr) -> pl.Expr:
    return years.bitwise_count_ones().cast(pl.Int32)


def _open_years(gathering: Gathering) -> str:
    """The table of years that have no rating because of maternity leave; "" where no leave is on record."""
    register = gathering.register
    return gathering.derive("open_years", lambda: _on_maternity(register)) if register.has("spells") else ""


def _on_maternity(register: Register) -> pl.LazyFrame:
    """As `on_maternity`, of the ratings that leave a year open."""
    leave = register.rows("spells").filter(pl.col("kind") == "maternity").select("person", "since", "until")
    unrated = register.rows("ratings").filter(pl.col("level") == pl.lit("unrated", LEVEL))
    begun = pl.col("since").dt.year() <= pl.col("year")
    not_over = pl.col("until").is_null() | (pl.col("until").dt.year() >= pl.col("year"))
    years = unrated.select("person", "year", "track").join(leave, on="person").filter(begun & not_over)
    return years.select("person", "year", "track").unique()
