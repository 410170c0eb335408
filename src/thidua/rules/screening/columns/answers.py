"""Columns of the predicates on what people judged and papers confirm."""

from __future__ import annotations

import polars as pl

from thidua.rules.predicates.answers import (
    LAUNCHED,
    SUMMARISED,
    Confirmed,
    Judged,
    LaunchedCampaign,
    SummarisedCampaign,
)
from thidua.rules.screening.columns.base import Counts, counted, yes_no
from thidua.rules.screening.gathering import Gathering

_DOUBTED, _NO, _YES = 1, 2, 3


@counted.register
def judged(asked: Judged, gathering: Gathering) -> Counts:
    return _answered(asked.question, gathering)


@counted.register
def confirmed(asked: Confirmed, gathering: Gathering) -> Counts:
    each = [_answered(f"confirmed.{body}", gathering) for body in dict.fromkeys(asked.by)]
    return Counts(pl.sum_horizontal(c.sure for c in each), pl.sum_horizontal(c.possible for c in each))


@counted.register
def launched_campaign(asked: LaunchedCampaign, gathering: Gathering) -> Counts:
    return _answered(LAUNCHED, gathering)


@counted.register
def summarised_campaign(asked: SummarisedCampaign, gathering: Gathering) -> Counts:
    return _answered(SUMMARISED, gathering)


def _answered(question: str, gathering: Gathering) -> Counts:
    """The greatest of the answers' numbers wins: an answer for the year has a greater one than one for any year."""
    year = gathering.offer.year
    of_year = pl.col("year") == year
    rows = (pl.col("question") == question) & (of_year | pl.col("year").is_null())
    said = pl.when("yes").then(_YES).otherwise(_NO)
    if gathering.register.has_inherited("answers"):
        said = pl.when("inherited").then(_DOUBTED).otherwise(said)
    number = gathering.most("answers", rows, said + pl.when(of_year).then(_YES).otherwise(0))
    said_last = (number - 1) % _YES + 1
    return yes_no(pl.when(said_last > _DOUBTED).then(said_last == _YES))
