"""The tree of units: what is opened, and what can be."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict

from thidua_web.register.models import Unit, UnitKind, UnitPeriod
from thidua_web.register.queries import unit_desk as queries
from thidua_web.register.queries.unit_desk import MOST_BRANCHES


@dataclass
class Branch:
    """A unit of the tree. `address` leads to the tree with it opened, `part` to what is below it."""

    key: int
    name: str
    code: str
    kind: str
    number: int
    address: str
    part: str
    opened: bool = False
    left_out: int = 0
    below: list[Branch] = field(default_factory=list)


def grown(paths: list[str], opened: set[int], *, on: datetime.date, asked: QueryDict) -> list[Branch]:
    """From the topmost units in reach down to what is opened. A single top is always open. Three queries a level."""
    level = queries.roots(paths, on)
    opened = opened | ({level[0].unit_id} if len(level) == 1 else set())
    top = _branches(level, opened, on=on, asked=asked)
    growing = [one for one in top if one.opened]
    while growing:
        homes = {one.key: one for one in growing}
        rows = _branches(queries.below(homes, on), opened, on=on, asked=asked, homes=homes)
        growing = [one for one in rows if one.opened]
    return top


def under(unit: Unit, *, on: datetime.date, asked: QueryDict) -> list[Branch]:
    return _branches(queries.below([unit.pk], on), set(), on=on, asked=asked)[:MOST_BRANCHES]


def _branches(
    periods: Iterable[UnitPeriod],
    opened: set[int],
    *,
    on: datetime.date,
    asked: QueryDict,
    homes: dict[int, Branch] | None = None,
) -> list[Branch]:
    periods = list(periods)
    numbers = queries.branches([period.unit_id for period in periods], on)
    made = []
    for period in periods:
        home = (homes or {}).get(period.parent_id or 0)
        if home and len(home.below) >= MOST_BRANCHES:
            continue
        one = _branch(period, numbers.get(period.unit_id, 0), opened, asked)
        made.append(one)
        if home:
            home.below.append(one)
    for home in (homes or {}).values():
        home.left_out = home.number - len(home.below)
    return made


def _branch(period: UnitPeriod, number: int, opened: set[int], asked: QueryDict) -> Branch:
    query = asked.copy()
    query.setlist("mo", sorted({str(key) for key in (*opened, period.unit_id)}))
    day = asked.get("ngay", "")
    return Branch(
        key=period.unit_id,
        name=period.name,
        code=period.unit.code,
        kind=str(UnitKind(period.kind).label),
        number=number,
        address=f"?{query.urlencode()}#u{period.unit_id}",
        part=f"?ngay={day}" if day else "",
        opened=number > 0 and period.unit_id in opened,
    )
