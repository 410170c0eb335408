"""Columns of the predicates on titles and awards that were given before."""

from __future__ import annotations

from functools import reduce
from operator import or_

import polars as pl

from thidua.rules.predicates.base import Span
from thidua.rules.predicates.honours import Honoured, HonouredInARow, NotAlreadyAwarded
from thidua.rules.screening.columns.base import Counts, behind, count, counted
from thidua.rules.screening.gathering import BITS, Gathering


def in_span(span: Span) -> pl.Expr:
    year = pl.col("year")
    return year <= span.last if span.first is None else year.is_between(span.first, span.last)


@counted.register
def honoured(asked: Honoured, gathering: Gathering) -> Counts:
    offer = gathering.offer
    span = asked.recent(offer)
    recent = _given(asked, gathering, in_span(span), gathering.is_complete("honours", span.begins))
    if not asked.after:
        return recent

    def given_since(anchor: pl.Expr) -> Counts:
        within = (pl.col("year") > anchor) & (pl.col("year") <= span.last)
        return _given(asked, gathering, within, gathering.is_complete("honours", anchor + 1))

    return behind(gathering, asked.after, offer.year - (asked.years or 0), recent, given_since)


def _given(asked: Honoured, gathering: Gathering, within: pl.Expr, complete: pl.Expr) -> Counts:
    rows = within & pl.col("award").is_in(asked.awards)
    if not asked.merits:
        return count(gathering, "honours", rows, None, complete)
    doubtful = None if "" in asked.merits else rows & (pl.col("merit") == "")
    return count(gathering, "honours", rows & pl.col("merit").is_in(asked.merits), doubtful, complete)


@counted.register
def honoured_in_a_row(asked: HonouredInARow, gathering: Gathering) -> Counts:
    """Works on the years back from the offer's as bits. Raises ValueError where they are more than a number holds."""
    year, back = gathering.offer.year, asked.slack + (asked.times - 1) * asked.gap
    if back + asked.gap > BITS:
        raise ValueError(f"honoured_in_a_row looks {back} years back; that is too long for a register at once")
    rows = pl.col("award").is_in(asked.awards) & pl.col("year").is_between(year - back, year)
    own = gathering.years("honours", gathering.own("honours", rows), year)
    known_from = gathering.complete_from("honours", year + 1)
    open_years = [pl.when(year - i < known_from).then(_bits(2**i)).otherwise(_bits(0)) for i in range(back + 1)]
    maybe = gathering.years("honours", rows, year) | pl.sum_horizontal(open_years)
    return Counts(_longest(asked, own), _longest(asked, maybe))


def _longest(asked: HonouredInARow, years: pl.Expr) -> pl.Expr:
    runs = [_run(years // 2**end, asked.gap) for end in range(asked.slack + 1)]
    return pl.max_horizontal(runs).clip(upper_bound=asked.times).cast(pl.Int32)


def _run(years: pl.Expr, gap: int) -> pl.Expr:
    """How many years run on from bit 0. A year that is not too far behind the one before it is reached from there."""
    if gap == 1:
        return years.bitwise_trailing_ones()
    reached = reduce(or_, (years * 2**further for further in range(gap)))
    length = reached.bitwise_trailing_ones().clip(upper_bound=BITS - 1)
    return (years & (_bits(2).pow(length) - 1)).bitwise_count_ones()


def _bits(number: int) -> pl.Expr:
    return pl.lit(number, pl.UInt64)


@counted.register
def not_already_awarded(asked: NotAlreadyAwarded, gathering: Gathering) -> Counts:
    offer, complete = gathering.offer, gathering.is_complete("honours", gathering.offer.year)
    if offer.deed:
        return count(gathering, "honours", pl.col("deed") == offer.deed, None, complete)
    rows = (pl.col("award") == offer.award) & (pl.col("year") == offer.year)
    maybe = rows & pl.col("merit").is_in(["", offer.merit]) if offer.merit else rows
    same = rows & (pl.col("merit") == "yearly") & (offer.merit == "yearly")
    return count(gathering, "honours", same, maybe, complete)
