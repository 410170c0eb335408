"""Columns of the predicates on the offer itself, the same for all, and on what kind of nominee it is for."""

from __future__ import annotations

import polars as pl

from thidua.rules.facts import Facts
from thidua.rules.predicates.offered import ForMerit, InMovement, OfGroup
from thidua.rules.screening.columns.base import Counts, counted, yes_no
from thidua.rules.screening.gathering import Gathering


@counted.register
def in_movement(asked: InMovement, gathering: Gathering) -> Counts:
    return _same_for_all(asked, gathering)


@counted.register
def for_merit(asked: ForMerit, gathering: Gathering) -> Counts:
    return _same_for_all(asked, gathering)


def _same_for_all(asked: InMovement | ForMerit, gathering: Gathering) -> Counts:
    tally = asked.tally(Facts(subject=gathering.offer.subject), gathering.offer, gathering.on)
    return Counts(pl.lit(tally.sure, pl.Int32), pl.lit(tally.possible, pl.Int32))


@counted.register
def of_group(asked: OfGroup, gathering: Gathering) -> Counts:
    groups = pl.col("groups")
    return yes_no(
        pl.any_horizontal(pl.lit(value=False) & groups.is_not_null(), *(groups.list.contains(g) for g in asked.groups))
    )
