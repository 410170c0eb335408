"""Who gives points: the unit itself, its peers, the standing body. What they disagree on, and which of them counts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec
from msgspec import Struct

from thidua.findings import Finding, unknown
from thidua.scoring.parts import ScoringTable
from thidua.scoring.points import Points, PointSource, Score, UnitFacts, summed

# The first that gave points counts.
ORDER: tuple[PointSource, ...] = ("standing", "peer", "own")
_ZERO = Decimal(0)


class Disagreement(Struct, frozen=True, kw_only=True):
    """Points of the three for one criterion; None: did not give any. `size`: between the highest and the lowest.

    `weight`: what of it reaches the total, where the caps on bonus and deductions let it through.
    """

    criterion: str
    own: Decimal | None
    peer: Decimal | None
    standing: Decimal | None
    size: Decimal
    weight: Decimal
    settled_by: PointSource
    finding: Finding


def settled(
    own: Points | None, peer: Points | None = None, standing: Points | None = None, tolerance: Decimal = _ZERO
) -> Points:
    """The points that count, marked with their source: the standing body's, else the peers', else the unit's own.

    Where the given ones lie further apart than `tolerance` they are in doubt: `least` and `most` span them all, so that
    what-if can tell what the quarrel is about. Raises ValueError where there are no points at all, not even unknown.
    """
    by_source = {"standing": standing, "peer": peer, "own": own}
    there = {source: part for source in ORDER if (part := by_source[source]) is not None}
    if not there:
        raise ValueError("nobody's points to settle")
    given = {source: part for source, part in there.items() if part.given}
    if not given:
        return next(iter(there.values()))
    source, chosen = next(iter(given.items()))
    values = [part.points for part in given.values() if part.points is not None]
    least, most = chosen.least, chosen.most
    if values and max(values) - min(values) > tolerance:
        least, most = min(least, *values), max(most, *values)
    return msgspec.structs.replace(chosen, source=source, least=least, most=most)


def settle_sheet(
    table: ScoringTable,
    own: Score | None,
    peer: Score | None = None,
    standing: Score | None = None,
    *,
    tolerance: Decimal = _ZERO,
) -> Score:
    """The score that counts, criterion by criterion. Raises ValueError where there is no sheet at all."""
    sheets = [sheet for sheet in (own, peer, standing) if sheet is not None]
    if not sheets:
        raise ValueError("nobody's sheet to settle")
    points = {key: settled(_of(own, key), _of(peer, key), _of(standing, key), tolerance) for key in table.by_key}
    facts = UnitFacts(first_report=_first_report(sheets), counts=_counts(own, peer, standing))
    return summed(table, points, unit=sheets[0].unit, facts=facts)


def compare(
    table: ScoringTable,
    own: Score | None,
    peer: Score | None = None,
    standing: Score | None = None,
    tolerance: Decimal = _ZERO,
) -> tuple[Disagreement, ...]:
    """Criteria on which the sources lie further apart than `tolerance`, the one that weighs most on the rank first.

    Weight is what reaches the total; of equal ones, those that the chain of tie-breakers asks for come first.
    """
    found = _disagreements(table, own, peer, standing, tolerance)
    asked = {link.of: place for place, link in enumerate(table.chain) if link.by == "criterion"}
    places = {criterion.key: place for place, criterion in enumerate(table.criteria)}
    last = len(table.chain)
    return tuple(sorted(found, key=lambda d: (-d.weight, -d.size, asked.get(d.criterion, last), places[d.criterion])))


def _disagreements(
    table: ScoringTable, own: Score | None, peer: Score | None, standing: Score | None, tolerance: Decimal
) -> Iterator[Disagreement]:
    for criterion in table.criteria:
        parts = {"own": own, "peer": peer, "standing": standing}
        given = {name: _given(sheet, criterion.key) for name, sheet in parts.items()}
        values = [value for value in given.values() if value is not None]
        if len(values) < 2 or max(values) - min(values) <= tolerance:
            continue
        size = max(values) - min(values)
        settled_by = next(source for source in ORDER if given[source] is not None)
        params = {"criterion": criterion.label, "size": size, "lowest": min(values), "highest": max(values)}
        cap = {"bonus": table.bonus_cap, "deduction": table.deduction_cap}.get(criterion.kind)
        yield Disagreement(
            criterion=criterion.key,
            own=given["own"],
            peer=given["peer"],
            standing=given["standing"],
            size=size,
            weight=size if cap is None else min(size, cap),
            settled_by=settled_by,
            finding=unknown("scoring.disagreement", **params),
        )


def _given(sheet: Score | None, key: str) -> Decimal | None:
    part = _of(sheet, key)
    return part.points if part is not None and part.given else None


def _of(sheet: Score | None, key: str) -> Points | None:
    return sheet.by_criterion.get(key) if sheet else None


def _first_report(sheets: Iterable[Score]) -> datetime.date | None:
    return min((sheet.first_report for sheet in sheets if sheet.first_report), default=None)


def _counts(own: Score | None, peer: Score | None, standing: Score | None) -> dict[str, Decimal]:
    """Figures of the unit; what the standing body says goes before what others say."""
    counts: dict[str, Decimal] = {}
    for sheet in (own, peer, standing):
        counts |= sheet.counts if sheet else {}
    return counts
