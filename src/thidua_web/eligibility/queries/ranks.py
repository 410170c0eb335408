"""Who came first of its bloc, by published scorings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from thidua_web.eligibility.queries.members import Figure
from thidua_web.progress.models import Scoring
from thidua_web.progress.stages import ScoringState
from thidua_web.register.models import UnitKind

RUN_BY = {UnitKind.PROVINCE: "province", UnitKind.DISTRICT: "district"}


def figures(keys: Collection[int] | None) -> Iterator[Figure]:
    """The best rank of a year at each level; one query."""
    best: dict[tuple[int, str, int], int] = {}
    rows = Scoring.objects.filter(state=ScoringState.PUBLISHED, campaign=None).order_by()
    for kind, year, result in rows.values_list("bloc__unit__kind", "year", "result"):
        key = f"rank.bloc.{RUN_BY.get(UnitKind(kind), 'unit')}"
        for row in (result or {}).get("rows", ()):
            if keys is None or row["unit"] in keys:
                place = (row["unit"], key, year)
                best[place] = min(best.get(place, row["rank"]), row["rank"])
    for (unit, key, year), rank in best.items():
        yield Figure(unit, key, Decimal(rank), year)
