"""Reads of units that other apps need."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from thidua_web.register.models import Unit, UnitPeriod

# Longer chains of successors than this are a fault in the data; a ring would never end.
MOST_HEIRS = 20


class Standing(NamedTuple):
    """Where a unit stands today: itself with whoever goes on for it once it has ended, and all that stand above."""

    own: frozenset[int]
    above: frozenset[int]


def units_valid(*, on: datetime.date) -> Iterable[Unit]:
    return Unit.objects.valid(on=on).select_related("parent")


def everything(paths: list[str]) -> bool:
    """Whether no unit stands outside what is at or below these."""
    return not Unit.objects.filter(parent=None).exclude(path__in=paths).exists()


def units_above(unit: Unit) -> list[int]:
    """Keys of the unit's parents, nearest first."""
    return [pk for pk in reversed(_keys(unit.path)) if pk != unit.pk]


def standing(unit_id: int) -> Standing:
    """One query for a unit that lives, one more for each heir of one that has ended."""
    own: list[int] = []
    above: set[int] = set()
    following: int | None = unit_id
    while following is not None and following not in own and len(own) < MOST_HEIRS:
        row = next(iter(Unit.objects.filter(pk=following).order_by().values_list("path", "heir_id")), None)
        if row is None:
            break
        own.append(following)
        path, following = row
        above = set(_keys(path)) - {own[-1]} if following is None else set()
    return Standing(frozenset(own), frozenset(above))


def inherited_by(unit_ids: Iterable[int]) -> dict[int, int]:
    """Ended units whose work goes on in one of these, by key: the unit of the list that goes on with it."""
    found: dict[int, int] = {}
    level = {pk: pk for pk in unit_ids}
    while level and (rows := Unit.objects.filter(heir__in=level).order_by().values_list("pk", "heir_id")):
        level = {pk: level[heir] for pk, heir in rows if pk not in found}
        found |= level
    return found


def name_on(unit: Unit, on: datetime.date) -> str:
    """What the unit was called that day; outside its days what it is called now."""
    periods = UnitPeriod.objects.filter(unit=unit).values_list("valid_from", "name")
    names = [name for first, name in periods.order_by("valid_from") if first <= on]
    return names[-1] if names else unit.name


def former_names(*, on: datetime.date) -> list[tuple[str, int]]:
    """Names of before that day, each with the unit that goes on under another one: the same, or the only successor."""
    past = UnitPeriod.objects.filter(valid_to__lt=on).values_list("unit_id", "name")
    after: dict[int, list[int]] = {}
    for ended, heir in Unit.successors.through.objects.values_list("from_unit_id", "to_unit_id"):
        after.setdefault(ended, []).append(heir)
    return [(name, heir) for pk, name in past if (heir := _last(pk, after)) is not None]


def _last(unit: int, after: Mapping[int, list[int]]) -> int | None:
    """Who goes on in the end where there is only one at every step."""
    for _ in range(MOST_HEIRS):
        heirs = after.get(unit, ())
        if not heirs:
            return unit
        if len(heirs) > 1:
            return None
        unit = heirs[0]
    return None


def _keys(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]
