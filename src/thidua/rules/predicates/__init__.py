"""The named predicates that criteria are written with, each a count with a bound (`PREDICATES`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from thidua.law.criteria import Test
from thidua.rules.predicates.answers import Confirmed, Judged, LaunchedCampaign, SummarisedCampaign
from thidua.rules.predicates.base import Ceiling, Predicate
from thidua.rules.predicates.honours import Honoured, HonouredInARow, NotAlreadyAwarded
from thidua.rules.predicates.measures import (
    Measured,
    MembersHonoured,
    MembersNotDisciplined,
    MembersRated,
    NotBelowBaseline,
    RankedFirst,
    Reported,
    TargetsMet,
)
from thidua.rules.predicates.offered import ForMerit, InMovement, OfGroup
from thidua.rules.predicates.ratings import Rated
from thidua.rules.predicates.spells import Existed, InBeing, NotDisciplined, NotUnderReview, Served
from thidua.rules.predicates.works import WorkRecognised

PREDICATES: Mapping[str, type[Predicate]] = {
    predicate.name: predicate
    for predicate in (
        Rated, Honoured, HonouredInARow, NotAlreadyAwarded, WorkRecognised,
        NotDisciplined, NotUnderReview, Served, InBeing, Existed,
        Judged, Confirmed, LaunchedCampaign, SummarisedCampaign,
        MembersHonoured, MembersRated, MembersNotDisciplined, RankedFirst, TargetsMet, NotBelowBaseline, Reported,
        Measured, InMovement, ForMerit, OfGroup,
    )
}  # fmt: skip

__all__ = ["PREDICATES", "Ceiling", "Predicate", "predicate"]


@cache
def predicate(test: Test) -> Predicate:
    """The predicate that a test names. Raises ValueError for a name or parameters that there are not."""
    kind = PREDICATES.get(test.predicate)
    if kind is None:
        raise ValueError(f"there is no predicate {test.predicate}")
    try:
        return msgspec.convert(dict(test.params), kind, strict=False)
    except msgspec.ValidationError as error:
        raise ValueError(f"{test.predicate}: {error}") from error
