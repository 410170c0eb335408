"""Ranks: by total, then by the chain of tie-breakers, and where that is exhausted a shared rank (1, 2, 2, 4).

A unit whose score is not complete is not ranked but listed apart with what is missing; a dissolved one has no rank.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from msgspec import Struct

from thidua.findings import Finding, met, unknown
from thidua.scoring.parts import TieBreaker
from thidua.scoring.points import Score

# What a link compares, larger is better; a unit that has nothing to compare stands after those that have.
Compared = tuple[int, Decimal]
Key = tuple[Decimal, *tuple[Compared, ...]]
_LACKING: Compared = (0, Decimal(0))


class RankRow(Struct, frozen=True, kw_only=True):
    """`findings`: against whom of equal total which tie-breaker decided, with whom the rank is shared and why."""

    unit: str
    rank: int
    total: Decimal
    shared: bool = False
    findings: tuple[Finding, ...] = ()


class Incomplete(Struct, frozen=True, kw_only=True):
    """A unit that cannot be ranked yet: `missing` criteria, points known so far, what the total may still come to."""

    unit: str
    known: Decimal
    least: Decimal
    most: Decimal
    missing: tuple[str, ...]
    finding: Finding


class Ranking(Struct, frozen=True, kw_only=True):
    """Rows by rank, then by unit; `dissolved`: units that were scored but no longer are, in their order."""

    rows: tuple[RankRow, ...]
    incomplete: tuple[Incomplete, ...] = ()
    dissolved: tuple[str, ...] = ()

    @property
    def by_unit(self) -> dict[str, RankRow]:
        return {row.unit: row for row in self.rows}


def rank(
    scores: Iterable[Score],
    chain: Sequence[TieBreaker],
    *,
    dissolved: Collection[str] = (),
    labels: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> Ranking:
    """Ranks of the units that are complete and still are.

    `labels`: of sections and criteria (`ScoringTable.labels`), `names`: of units, for the sentences of the findings.
    Raises ValueError where a unit is there twice.
    """
    scores = sorted(scores, key=lambda score: score.unit)
    for first, second in pairwise(scores):
        if first.unit == second.unit:
            raise ValueError(f"two scores for {first.unit}")
    living = [score for score in scores if score.unit not in dissolved]
    words = _Words(labels or {}, names or {})
    return Ranking(
        rows=tuple(_rows([score for score in living if score.complete], chain, words)),
        incomplete=tuple(_incomplete(score, words) for score in living if not score.complete),
        dissolved=tuple(score.unit for score in scores if score.unit in dissolved),
    )


def sort_key(score: Score, chain: Sequence[TieBreaker]) -> Key:
    """What a complete score is ranked by; the larger is ahead."""
    return (score.known, *(compared(score, link) for link in chain if link.by != "council"))


def compared(score: Score, link: TieBreaker) -> Compared:
    value = value_of(score, link)
    if value is None:
        return _LACKING
    if isinstance(value, datetime.date):
        return 1, Decimal(-value.toordinal())
    fewer = link.by == "deductions" or (link.by == "count" and link.order == "fewest")
    return 1, -value if fewer else value


def value_of(  # noqa: PLR0911 - one a link
    score: Score, link: TieBreaker
) -> Decimal | datetime.date | None:
    """What a unit has to show where a link asks; None: nothing, or nobody said. Raises KeyError for a strange key."""
    match link.by:
        case "section":
            return score.by_section[link.of]
        case "criterion":
            return score.by_criterion[link.of].points
        case "deductions":
            return score.deducted
        case "bonus":
            return score.bonus
        case "first_report":
            return score.first_report
        case "count":
            return score.counts.get(link.of)
        case "council":
            return None


class _Words:
    def __init__(self, labels: Mapping[str, str], names: Mapping[str, str]) -> None:
        self._labels = labels
        self._names = names

    def name(self, unit: str) -> str:
        return self._names.get(unit, unit)

    def label(self, key: str) -> str:
        return self._labels.get(key, key)

    def where(self, link: TieBreaker) -> str:
        return link.label or self.label(link.of)


def _rows(scores: Sequence[Score], chain: Sequence[TieBreaker], words: _Words) -> Iterator[RankRow]:
    ordered = sorted(scores, key=lambda score: sort_key(score, chain), reverse=True)  # stable: by unit among equals
    groups = [list(group) for _, group in groupby(ordered, key=lambda score: sort_key(score, chain))]
    place = 1
    for index, group in enumerate(groups):
        behind = groups[index + 1] if index + 1 < len(groups) else []
        decided = list(_decided(group[0], behind, chain, words))
        for score in group:
            others = [words.name(other.unit) for other in group if other is not score]
            shared = _shared(place, others, chain) if others else []
            findings = (*decided, *shared)
            yield RankRow(unit=score.unit, rank=place, total=score.known, shared=bool(others), findings=findings)
        place += len(group)


def _decided(ahead: Score, behind: Sequence[Score], chain: Sequence[TieBreaker], words: _Words) -> Iterator[Finding]:
    """Which link parts a unit from the next ones of equal total."""
    if not behind or behind[0].known != ahead.known:
        return
    links = (link for link in chain if link.by != "council")
    link = next(link for link in links if compared(ahead, link) != compared(behind[0], link))
    value, other = value_of(ahead, link), value_of(behind[0], link)
    params = {"others": [words.name(score.unit) for score in behind], "where": words.where(link), "value": value}
    if other is None:
        yield unknown(f"scoring.ahead_lacking_{'report' if link.by == 'first_report' else 'count'}", **params)
    else:
        yield met(f"scoring.ahead_{link.by}", **params, other=other)


def _shared(place: int, others: Sequence[str], chain: Sequence[TieBreaker]) -> list[Finding]:
    council = any(link.by == "council" for link in chain)
    return [unknown("scoring.rank_council" if council else "scoring.rank_shared", rank=place, others=list(others))]


def _incomplete(score: Score, words: _Words) -> Incomplete:
    criteria = [words.label(key) for key in score.missing]
    return Incomplete(
        unit=score.unit,
        known=score.known,
        least=score.least,
        most=score.most,
        missing=score.missing,
        finding=unknown("scoring.incomplete", unit=words.name(score.unit), criteria=criteria, found=len(criteria)),
    )
