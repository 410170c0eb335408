"""Those whom a page names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from thidua.law.criteria import Subject
from thidua_web.register.models import Household, Person, Unit
from thidua_web.register.nominees import Nominee


def by_number(subject: Subject, keys: Collection[int]) -> Mapping[int, Nominee]:
    """With the unit that each stands in; one query."""
    if subject == "collective":
        return {unit.pk: unit for unit in Unit.objects.filter(pk__in=keys).select_related("parent")}
    if subject == "household":
        return {one.pk: one for one in Household.objects.filter(pk__in=keys).select_related("unit")}
    return {person.pk: person for person in Person.objects.filter(pk__in=keys).select_related("unit")}


class Place(NamedTuple):
    """Where a nominee counts: the unit directly below the one that launched, with its kind, and that one."""

    names: tuple[str, ...]
    kind: str


def places(paths: Mapping[int, str], top: Unit) -> dict[int, Place]:
    """By nominee; `paths` are where they stand. One query."""
    heads = {key: _head(path, top.path) for key, path in paths.items()}
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=set(heads.values()))}
    return {
        key: Place((units[head].name, top.name) if head != top.pk else (top.name,), units[head].kind)
        for key, head in heads.items()
        if head in units
    }


def _head(path: str, top: str) -> int:
    """The first unit on the way down from the top; the top where the path ends there, or stands elsewhere."""
    below = path.removeprefix(top) if path.startswith(top) else ""
    first = below.split("/")[0]
    return int(first) if first else int(top.rstrip("/").rsplit("/", 1)[-1])
