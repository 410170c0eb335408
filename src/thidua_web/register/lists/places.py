"""Which unit a row means, and whether the list's sender may write for it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from thidua.findings import Finding, not_met
from thidua.register.matching import Match, UnitFacts, UnitIndex
from thidua.register.unit_names import bare, named


class Place(Struct, frozen=True):
    """A unit of the register; `names` are those of every time, with first and last day, where there were several."""

    id: int
    code: str
    name: str
    kind: str
    path: str
    parent: int | None
    valid_from: datetime.date
    valid_to: datetime.date | None
    names: tuple[tuple[datetime.date, datetime.date | None, str], ...] = ()
    identifiers: tuple[str, ...] = ()

    @property
    def former(self) -> tuple[str, ...]:
        return tuple(sorted({name for _, _, name in self.names} - {self.name}))

    def name_on(self, on: datetime.date) -> str:
        """What it was called that day; its first or last name on days without it."""
        for begins, ends, name in self.names:
            if ends is None or on <= ends:
                return name if begins <= on or name == self.names[0][2] else self.name
        return self.name

    @property
    def facts(self) -> UnitFacts:
        return UnitFacts(
            key=self.id,
            name=self.name,
            former=self.former,
            code=self.code,
            identifiers=self.identifiers,
            parent=self.parent,
        )


class Places:
    """All units; names are looked up among those within reach, codes among all."""

    def __init__(self, units: Iterable[Place], *, reach: str, unit_name: str) -> None:
        self.by_id = {unit.id: unit for unit in units}
        self.by_code = {unit.code.casefold(): unit for unit in self.by_id.values()}
        self.reach = reach
        self._unit_name = unit_name
        self._index: UnitIndex | None = None
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        for unit in self.by_id.values():
            if unit.path.startswith(reach):
                self._by_name[_key(unit.name)].append(unit)
        self._found: dict[tuple[str, str], tuple[Place | None, Finding | None]] = {}

    def find(self, values: Mapping[str, Any]) -> tuple[Place | None, Finding | None]:
        """By `unit_code`, else by `unit_name`; with the fault where that fails. Both None where the row names none."""
        asked = (str(values.get("unit_code", "")), str(values.get("unit_name", "")))
        if asked not in self._found:
            self._found[asked] = self._find(*asked)
        return self._found[asked]

    def _find(self, code: str, name: str) -> tuple[Place | None, Finding | None]:
        if code:
            place = self.by_code.get(code.casefold())
            if place is None:
                return None, not_met("place.no_unit_code", said=code)
            if name and not _bears(place, name):
                return place, not_met("place.code_and_name", code=code, name=place.name, said=name)
            return place, self.outside(place)
        return self._named(name) if name else (None, None)

    def _named(self, name: str) -> tuple[Place | None, Finding | None]:
        bearers = self._by_name.get(_key(name), [])
        living = [unit for unit in bearers if unit.valid_to is None] or bearers
        if len(living) == 1:
            return living[0], None
        if living:
            codes = [unit.code for unit in living[:8]]
            return None, not_met("place.several_units", said=name, codes=codes)
        match = self.match(UnitFacts(key=0, name=name))
        if match.key is not None:
            return self.by_id[match.key], None
        near = [f"“{self.by_id[one.key].name}” ({self.by_id[one.key].code})" for one in match.candidates[:3]]
        if near:
            return None, not_met("place.near_unit_name", said=name, near=near)
        return None, not_met("place.no_unit_name", said=name)

    def match(self, facts: UnitFacts) -> Match:
        """Which of the units within reach this is."""
        if self._index is None:
            self._index = UnitIndex(unit.facts for unit in self.by_id.values() if unit.path.startswith(self.reach))
        return self._index.match(facts)

    def within(self, unit_id: int | None) -> bool:
        place = self.by_id.get(unit_id) if unit_id is not None else None
        return place is not None and place.path.startswith(self.reach)

    def outside(self, place: Place) -> Finding | None:
        if place.path.startswith(self.reach):
            return None
        return not_met("place.outside", name=place.name, unit=self._unit_name)

    def name(self, unit_id: int | None) -> str:
        place = self.by_id.get(unit_id) if unit_id is not None else None
        return place.name if place else ""


def _key(name: str) -> str:
    return bare(named(name))


def _bears(place: Place, name: str) -> bool:
    return _key(name) in {_key(known) for known in (place.name, *place.former)}


def not_in_force(place: Place, first: datetime.date, last: datetime.date) -> Finding | None:
    """Why the unit is none on any of these days."""
    if place.valid_to is not None and place.valid_to < first:
        return not_met("place.ended", name=place.name, on=place.valid_to)
    if place.valid_from > last:
        return not_met("place.not_yet", name=place.name, on=place.valid_from)
    return None
