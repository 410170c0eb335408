"""Which units of the register the parties of a plan are. Nothing is guessed: a name that fits two units fits none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from thidua.plans.campaign import Party
from thidua.register.unit_names import bare, but_for_a_place, named
from thidua_web.register.models import UnitKind

COMMUNES = frozenset({UnitKind.COMMUNE, UnitKind.WARD, UnitKind.SPECIAL_ZONE})
GROUPS: Mapping[str, frozenset[UnitKind]] = {
    "departments": frozenset({UnitKind.DEPARTMENT}),
    "districts": frozenset({UnitKind.DISTRICT}),
    "communes": COMMUNES,
    "fronts": frozenset({UnitKind.FRONT}),
    "party": frozenset({UnitKind.PARTY}),
    "schools": frozenset({UnitKind.SCHOOL}),
    "enterprises": frozenset({UnitKind.ENTERPRISE}),
}


def group_of(kind: str) -> str | None:
    """The group that units of a kind are addressed in; None where there is none of their own."""
    return next((name for name, kinds in GROUPS.items() if kind in kinds), None)


# "Phòng, đơn vị trực thuộc" and "các cơ quan, đơn vị" are those that stand directly below whoever launches.
NEXT_BELOW: Mapping[str, frozenset[UnitKind]] = {
    "offices": frozenset({UnitKind.OFFICE, UnitKind.SCHOOL}),
    "all": frozenset(UnitKind),
}


class Body(NamedTuple):
    """A unit of the register."""

    pk: int
    name: str
    kind: str
    parent: int | None


@dataclass(frozen=True)
class Reached:
    """One way in which a plan addresses bodies, and the units that it reaches (none where no unit fits)."""

    party: Party
    units: tuple[Body, ...]


@dataclass(frozen=True)
class Register:
    """The unit that launches and the units valid on that day, wherever they stand.

    `former` are names that one of them had before, or that a unit had for which it alone goes on.
    """

    owner: int
    bodies: Sequence[Body]
    former: Sequence[tuple[str, int]] = ()

    @cached_property
    def below(self) -> list[tuple[int, Body]]:
        """Every unit at or below the owner with its depth, the nearest first."""
        children: dict[int | None, list[Body]] = {}
        for body in self.bodies:
            children.setdefault(body.parent, []).append(body)
        level = [body for body in self.bodies if body.pk == self.owner]
        found: list[tuple[int, Body]] = []
        seen: set[int] = set()
        while level:
            seen.update(body.pk for body in level)
            depth = found[-1][0] + 1 if found else 0
            found.extend((depth, body) for body in level)
            level = [child for body in level for child in children.get(body.pk, ()) if child.pk not in seen]
        return found

    @cached_property
    def _names(self) -> list[tuple[int, Body, str]]:
        return [(depth, body, named(body.name)) for depth, body in self.below]

    def reach(self, party: Party) -> Reached:
        return Reached(party, self._group(party.group) if party.group else self._named(party.name))

    def _group(self, group: str) -> tuple[Body, ...]:
        kinds = GROUPS.get(group, frozenset())
        next_below = NEXT_BELOW.get(group, frozenset())
        return tuple(
            body
            for depth, body in self.below
            if depth and (body.kind in kinds or (depth == 1 and body.kind in next_below))
        )

    def _named(self, name: str) -> tuple[Body, ...]:
        """The one unit of that name: spelt alike, else but for the committee's words, else but for the place."""
        wanted = named(name)
        tests: tuple[Callable[[str], bool], ...] = (
            lambda known: known == wanted,
            lambda known: bare(known) == bare(wanted),
            lambda known: but_for_a_place(known, wanted),
        )
        for test in tests:
            fitting = [(depth, body) for depth, body, known in self._names if test(known)]
            if fitting:
                return _only_one(fitting, name)
        return self._once_named(bare(wanted))

    def _once_named(self, wanted: str) -> tuple[Body, ...]:
        """The one unit that goes on under another name."""
        meant = {pk for name, pk in self.former if bare(named(name)) == wanted}
        fitting = [body for _, body in self.below if body.pk in meant]
        return tuple(fitting) if len(fitting) == 1 else ()


def _only_one(fitting: list[tuple[int, Body]], name: str) -> tuple[Body, ...]:
    """Of several, the one with the same marks, or the only one that stands nearest below the owner."""
    alike = [row for row in fitting if row[1].name.casefold() == name.casefold()] or fitting
    nearest = [body for depth, body in alike if depth == alike[0][0]]
    return tuple(nearest) if len(nearest) == 1 else ()


def reach_all(parties: Iterable[Party], register: Register) -> tuple[Reached, ...]:
    """Each way of addressing once, in the order of the plan."""
    return tuple(register.reach(party) for party in dict.fromkeys(parties))
