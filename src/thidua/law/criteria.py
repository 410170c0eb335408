"""A criterion: a clause in brief, where it stands, and the small tree that decides it. Data, never code.

Statutes, local regulations and plans write in this one form. A node says `all`, `any` or `not` of further nodes,
`meets` the standard of another award, or is a `test`: one predicate by name with its parameters, for example
`{ rated = { level = "good" } }`. What those names mean is `thidua.rules.predicates`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from thidua.findings import Basis

Mark = Literal["verified", "memory", "open"]
Subject = Literal["individual", "collective", "household"]


class Test:
    """A predicate by name with its parameters; lists are held as tuples, so that it can be a key."""

    __slots__ = ("params", "predicate")

    def __init__(self, predicate: str, params: Mapping[str, Any] | None = None) -> None:
        self.predicate = predicate
        self.params = tuple(sorted((key, _frozen(value)) for key, value in (params or {}).items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Test) and (self.predicate, self.params) == (other.predicate, other.params)

    def __hash__(self) -> int:
        return hash((self.predicate, self.params))

    def __repr__(self) -> str:
        return f"{self.predicate}({', '.join(f'{key}={value!r}' for key, value in self.params)})"


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value


class Criterion(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, cache_hash=True, rename={"not_": "not"}):
    """One node. `place` is its own part of the citation ("điểm a khoản 1"), a node without one stands at its parent's.

    Exactly one of `all`, `any`, `not`, `meets` and `test` is said. `quote` holds a plan's own words.
    """

    text: str = ""
    place: str = ""
    quote: str = ""
    mark: Mark | None = None
    source: str = ""
    all: tuple[Criterion, ...] = ()
    any: tuple[Criterion, ...] = ()
    not_: Criterion | None = None
    meets: tuple[str, ...] = ()
    test: Test | None = None

    def __post_init__(self) -> None:
        said = [bool(self.all), bool(self.any), self.not_ is not None, bool(self.meets), self.test is not None]
        if sum(said) != 1:
            raise ValueError("a criterion says one of all, any, not, meets and test")

    @property
    def parts(self) -> tuple[Criterion, ...]:
        return self.all or self.any or ((self.not_,) if self.not_ is not None else ())

    def tests(self) -> Iterator[Test]:
        """Every test in the tree, in reading order."""
        if self.test is not None:
            yield self.test
        for part in self.parts:
            yield from part.tests()


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every entry of a statute says of itself; in force from `since` to `until`, both included.

    `mark` and `source` stand for the whole statute where an entry has none of its own. `gap` says why nothing was in
    force right before it, where that is so.
    """

    place: str = ""
    since: datetime.date
    until: datetime.date | None = None
    mark: Mark | None = None
    source: str = ""
    gap: str = ""

    def in_force(self, on: datetime.date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


class Standard(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a nominee of these kinds must meet for an award.

    `detailed_locally`: the law leaves the standard to ministries and provinces, and this one only asks a person. It
    steps back where a local regulation has a standard of its own.
    """

    award: str
    subjects: tuple[Subject, ...]
    all: tuple[Criterion, ...]
    detailed_locally: bool = False


class Principle(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"except_": "except"}):
    """What every award asks, whatever its own standard; of `awards` alone where they are named, never of `except_`."""

    awards: tuple[str, ...] = ()
    except_: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ("individual", "collective", "household")
    all: tuple[Criterion, ...]

    def concerns(self, award: str, subject: Subject) -> bool:
        named = not self.awards or award in self.awards
        return named and award not in self.except_ and subject in self.subjects


def cite(*places: str) -> str:
    """A citation out of its parts, the smallest first: "điểm a khoản 1 Điều 24"."""
    return " ".join(place for place in places if place)


def basis(instrument: str, place: str, mark: Mark, source: str) -> Basis:
    return Basis(instrument=instrument, place=place or None, verified=mark == "verified", source=source or None)
