"""What the page of totals shows; no request, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from thidua_web.progress.queries.pledge_totals import TargetTotal
from thidua_web.register.models import UnitKind


@dataclass(frozen=True)
class Level:
    label: str
    pledges: int
    accepted: int
    works: int
    units_with_works: int


def levels(pledges: Mapping[str, tuple[int, int]], works: Mapping[str, tuple[int, int]]) -> list[Level]:
    return [
        Level(str(dict(UnitKind.choices)[kind]), *pledges.get(kind, (0, 0)), *works.get(kind, (0, 0)))
        for kind in UnitKind.values
        if kind in pledges or kind in works
    ]


@dataclass
class ShownTarget:
    """A target with a line for every level."""

    indicator: str
    measure: str
    own: bool
    lines: list[TargetTotal] = field(default_factory=list)

    @property
    def units(self) -> int:
        return sum(line.units for line in self.lines)

    @property
    def sum(self) -> float | None:
        sums = [line.sum for line in self.lines if line.sum is not None]
        return sum(sums) if sums else None


def targets(rows: Iterable[TargetTotal]) -> list[ShownTarget]:
    found: dict[tuple[int | None, str, str], ShownTarget] = {}
    for row in rows:
        key = (row.source, row.indicator, row.measure)
        found.setdefault(key, ShownTarget(row.indicator, row.measure, row.source is None)).lines.append(row)
    return list(found.values())
