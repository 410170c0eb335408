"""The same person across lists. Two are never one by the name alone.

Surely one: the same ID number; the same code with names alike and no other birth; the same name, the same day of birth
and the same unit. Surely two: other ID numbers; other births that are no slip of typing. What lies between is a doubt,
and a person decides.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from thidua.findings import Finding, met, not_met, unknown
from thidua.register.matching.answers import Candidate, Match, decide
from thidua.register.matching.person_names import Likeness, Name, likeness
from thidua.register.unit_names import bare, named

Birth = datetime.date | int | None

# Of a name that so many bear, only those who share a year of birth or a unit are looked at.
_CROWD = 60


class PersonFacts(Struct, frozen=True, kw_only=True):
    """Someone known (`key`: the register's number) or someone of a list (`key`: the row).

    `birth` is the day or the year alone. `id_digest` stands for the ID number (a keyed hash). `units` are the units
    of now and of before by number, `unit_names` by name where numbers are not known.
    """

    key: int
    name: str
    birth: Birth = None
    code: str = ""
    id_digest: str = ""
    units: tuple[int, ...] = ()
    unit_names: tuple[str, ...] = ()


class _Born(StrEnum):
    SAME = "same"
    YEAR = "year"
    UNKNOWN = "unknown"
    SLIP = "slip"
    OTHER = "other"


class _Placed(StrEnum):
    SAME = "same"
    UNKNOWN = "unknown"
    OTHER = "other"


class _Ready(Struct, frozen=True):
    """A person's facts as they are compared, worked out once."""

    facts: PersonFacts
    name: Name
    code: str
    year: int | None
    units: frozenset[int | str]

    @classmethod
    def of(cls, facts: PersonFacts) -> _Ready:
        units = _units(facts.units, facts.unit_names)
        return cls(facts, Name.of(facts.name), facts.code.casefold(), _year(facts.birth), units)

    def shares_more_than_the_name(self, other: _Ready) -> bool:
        return (self.year is not None and self.year == other.year) or not self.units.isdisjoint(other.units)


class PeopleIndex:
    """Known people, ready to be compared with; built once for a list."""

    def __init__(self, known: Iterable[PersonFacts]) -> None:
        self._by_digest: dict[str, list[_Ready]] = defaultdict(list)
        self._by_code: dict[str, list[_Ready]] = defaultdict(list)
        self._by_name: dict[str, list[_Ready]] = defaultdict(list)
        self._by_day: dict[datetime.date, list[_Ready]] = defaultdict(list)
        self._by_year_and_unit: dict[tuple[int, int | str], list[_Ready]] = defaultdict(list)
        for person in known:
            self.add(person)

    def add(self, person: PersonFacts) -> None:
        """One more who is known, for instance because a row of the list has just been taken as new."""
        ready = _Ready.of(person)
        if person.id_digest:
            self._by_digest[person.id_digest].append(ready)
        if ready.code:
            self._by_code[ready.code].append(ready)
        self._by_name[ready.name.folded].append(ready)
        if isinstance(person.birth, datetime.date):
            self._by_day[person.birth].append(ready)
        if ready.year:
            for unit in ready.units:
                self._by_year_and_unit[ready.year, unit].append(ready)

    def match(self, person: PersonFacts, *, but: int | None = None) -> Match:
        """Who of the known this is. `but`: one who is not meant (someone known looking for doubles of himself)."""
        new = _Ready.of(person)
        nearby = {known.facts.key: known for known in self._nearby(new) if known.facts.key != but}
        compared = (_compare(known, new) for known in nearby.values())
        return decide(candidate for candidate in compared if candidate is not None)

    def _nearby(self, new: _Ready) -> Iterator[_Ready]:
        if new.facts.id_digest:
            yield from self._by_digest.get(new.facts.id_digest, ())
        if new.code:
            yield from self._by_code.get(new.code, ())
        bearers = self._by_name.get(new.name.folded, ())
        crowded = len(bearers) > _CROWD
        yield from filter(new.shares_more_than_the_name, bearers) if crowded else bearers
        if isinstance(new.facts.birth, datetime.date):
            yield from self._by_day.get(new.facts.birth, ())
        if new.year:
            for unit in new.units:
                yield from self._by_year_and_unit.get((new.year, unit), ())


def compare(known: PersonFacts, new: PersonFacts) -> Candidate | None:
    """None where they are surely two people."""
    return _compare(_Ready.of(known), _Ready.of(new))


def _compare(known: _Ready, new: _Ready) -> Candidate | None:
    one, other = known.facts, new.facts
    same_id = bool(one.id_digest) and one.id_digest == other.id_digest
    other_id = bool(one.id_digest and other.id_digest) and not same_id
    same_code = bool(known.code) and known.code == new.code
    born = _births(one.birth, other.birth)
    if not (same_id or same_code) and (other_id or born is _Born.OTHER):
        return None
    alike, placed = likeness(known.name, new.name), _places(known.units, new.units)
    if same_id:
        exact = alike is not None
    elif same_code:
        exact = not other_id and alike is not None and born not in (_Born.OTHER, _Born.SLIP)
    elif alike is None or not _near_enough(alike, born, placed):
        return None
    else:
        agree = (alike, born, placed) == (Likeness.SAME, _Born.SAME, _Placed.SAME)
        exact = agree and not (known.code and new.code)
    reasons = tuple(_reasons(one, other, alike, born, placed))
    return Candidate(one.key, _score(alike, born, placed, proven=same_id or same_code), reasons, exact)


def _near_enough(alike: Likeness, born: _Born, placed: _Placed) -> bool:
    """Whether to ask at all. The less the names agree, the more of the rest has to."""
    if alike is Likeness.SAME or alike is Likeness.MARKS:
        return born is not _Born.SLIP or placed is _Placed.SAME
    return born is _Born.SAME or (born is _Born.YEAR and placed is _Placed.SAME)


def _births(one: Birth, other: Birth) -> _Born:
    if one is None or other is None:
        return _Born.UNKNOWN
    if isinstance(one, datetime.date) and isinstance(other, datetime.date):
        if one == other:
            return _Born.SAME
        return _Born.SLIP if _slipped(one, other) else _Born.OTHER
    return _Born.YEAR if _year(one) == _year(other) else _Born.OTHER


def _slipped(one: datetime.date, other: datetime.date) -> bool:
    """Day and month changed places, or one digit differs."""
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return True
    parts = ((one.day, other.day), (one.month, other.month), (one.year, other.year))
    differing = [(a, b) for a, b in parts if a != b]
    return len(differing) == 1 and _digits_apart(*differing[0]) == 1


def _digits_apart(one: int, other: int) -> int:
    return sum(a != b for a, b in zip(f"{one:04}", f"{other:04}", strict=True))


def _year(birth: Birth) -> int | None:
    return birth.year if isinstance(birth, datetime.date) else birth


@lru_cache(maxsize=100_000)
def _units(numbers: tuple[int, ...], names: tuple[str, ...]) -> frozenset[int | str]:
    """Colleagues share one set."""
    return frozenset((*numbers, *(bare(named(name)) for name in names)))


def _places(here: frozenset[int | str], there: frozenset[int | str]) -> _Placed:
    if not here or not there:
        return _Placed.UNKNOWN
    return _Placed.OTHER if here.isdisjoint(there) else _Placed.SAME


_NAME_SCORES = {Likeness.SAME: 50, Likeness.MARKS: 44, Likeness.ORDER: 36, Likeness.SLIP: 34, Likeness.SHORTER: 30}
_BIRTH_SCORES = {_Born.SAME: 35, _Born.YEAR: 18, _Born.UNKNOWN: 8, _Born.SLIP: 10, _Born.OTHER: 0}
_PLACE_SCORES = {_Placed.SAME: 15, _Placed.UNKNOWN: 5, _Placed.OTHER: 0}


def _score(alike: Likeness | None, born: _Born, placed: _Placed, *, proven: bool) -> int:
    score = (_NAME_SCORES[alike] if alike else 0) + _BIRTH_SCORES[born] + _PLACE_SCORES[placed]
    return max(score, 50 + score // 2) if proven else score


def _reasons(
    known: PersonFacts, new: PersonFacts, alike: Likeness | None, born: _Born, placed: _Placed
) -> Iterator[Finding]:
    if known.id_digest and new.id_digest:
        same = known.id_digest == new.id_digest
        yield met("match.same_identity") if same else not_met("match.other_identity")
    if known.code and new.code:
        same = known.code.casefold() == new.code.casefold()
        yield (
            met("match.same_code", code=new.code)
            if same
            else not_met("match.other_code", known=known.code, new=new.code)
        )
    yield _name_reason(known, new, alike)
    yield _birth_reason(known, new, born)
    if placed is _Placed.UNKNOWN:
        yield unknown("match.unit_unknown")
    else:
        yield met("match.same_unit") if placed is _Placed.SAME else not_met("match.other_unit")


def _name_reason(known: PersonFacts, new: PersonFacts, alike: Likeness | None) -> Finding:
    names = {"known": known.name, "new": new.name}
    if alike is Likeness.SAME:
        return met("match.same_name", name=known.name)
    return unknown(f"match.name_{alike}", **names) if alike else not_met("match.other_name", **names)


def _birth_reason(known: PersonFacts, new: PersonFacts, born: _Born) -> Finding:
    births = {"known": _said(known.birth), "new": _said(new.birth)}
    match born:
        case _Born.SAME:
            return met("match.same_birth", birth=births["known"])
        case _Born.YEAR:
            return unknown("match.same_year", year=str(_year(known.birth)))
        case _Born.UNKNOWN:
            return unknown("match.birth_unknown")
        case _Born.SLIP:
            return not_met("match.birth_slip", **births)
        case _:
            return not_met("match.other_birth", **births)


def _said(birth: Birth) -> str:
    return f"{birth:%d/%m/%Y}" if isinstance(birth, datetime.date) else str(birth or "")
