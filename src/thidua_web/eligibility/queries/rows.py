"""Rows of the register and of recorded facts as the core's tables have them, for few nominees or for all of them.

Each function asks the database once, whatever the number of nominees. `keys` None: all of the kind. The fields are
those of `thidua.rules.facts`, first the nominee's number; `stood` are what a record stands on: number, day, row.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from thidua.law.awards import find_award
from thidua.law.criteria import Subject
from thidua_web.eligibility.models import Completeness, FactKind, RecordedFact
from thidua_web.eligibility.models.facts import SPELLS, WORKS
from thidua_web.register.models import AwardRecord, Household, Person, Rating, Unit, UnitPeriod

Keys = Collection[int] | None


class Stood(NamedTuple):
    """On what paper, which row."""

    paper: str
    day: datetime.date | None
    ref: str


class RatingRow(NamedTuple):
    of: int
    year: int
    level: str
    track: str
    stood: Stood


class HonourRow(NamedTuple):
    of: int
    award: str
    year: int
    merit: str
    deed: str
    stood: Stood


class FactRow(NamedTuple):
    """A recorded fact, whatever its kind."""

    of: int
    kind: str
    code: str
    year: int | None
    since: datetime.date | None
    until: datetime.date | None
    scope: str
    used_for: str
    yes: bool | None
    cleared: bool
    value: Decimal | None
    title: str
    stood: Stood


COLUMNS: Mapping[Subject, str] = {"individual": "person", "collective": "unit", "household": "household"}


def column(subject: Subject) -> str:
    return COLUMNS[subject]


def _of(subject: Subject, keys: Keys) -> Q:
    name = column(subject)
    return Q(**{f"{name}__isnull": False}) if keys is None else Q(**{f"{name}__in": keys})


def ratings(subject: Subject, keys: Keys) -> Iterator[RatingRow]:
    """Of people and units: households are not rated."""
    rows = Rating.objects.filter(_of(subject, keys)).order_by()
    for of, year, level, track, paper, day, pk in rows.values_list(
        f"{column(subject)}_id", "year", "level", "track", "paper", "decided_on", "pk"
    ):
        yield RatingRow(of, year, level, track, Stood(paper, day, f"rating:{pk}"))


def honours(subject: Subject, keys: Keys) -> Iterator[HonourRow]:
    """Awards whose code nobody knows are no record of any award of the law: they are left out."""
    rows = AwardRecord.objects.filter(_of(subject, keys)).order_by()
    fields = (
        "award",
        "title",
        "issuer",
        "year",
        "note__merit",
        "note__code",
        "note__deed_id",
        "decision",
        "decided_on",
    )
    for of, award, title, issuer, year, merit, code, deed, paper, day, pk in rows.values_list(
        f"{column(subject)}_id", *fields, "pk"
    ):
        known = code or award or named(title, issuer)
        if known:
            stood = Stood(paper, day, f"award:{pk}")
            yield HonourRow(of, known, year, merit or "", f"deed:{deed}" if deed else "", stood)


@lru_cache(maxsize=4096)
def named(title: str, issuer: str) -> str:
    """The code of the award that words name; "" where they name none."""
    found = find_award(title, granted_by=issuer)
    return found.code if found else ""


def recorded(subject: Subject, keys: Keys) -> Iterator[FactRow]:
    """The newest first, so that of two answers to a question the first counts."""
    rows = RecordedFact.objects.standing().filter(_of(subject, keys)).order_by("-at", "-pk")
    fields = ("kind", "code", "year", "since", "until", "scope", "used_for", "yes", "cleared", "value", "title")
    for of, *values, paper, day, pk in rows.values_list(f"{column(subject)}_id", *fields, "paper", "decided_on", "pk"):
        yield FactRow(of, *values, Stood(paper, day, f"fact:{pk}"))  # type: ignore[arg-type]


KINDS_OF_WORKS = frozenset(kind.value for kind in WORKS)
KINDS_OF_SPELLS = frozenset(kind.value for kind in SPELLS)


class Nearest:
    """What units say of themselves and all below them: the nearest word counts. Asks the database twice."""

    def __init__(self) -> None:
        self.complete: Mapping[int, Mapping[str, int]] = _grouped(
            Completeness.objects.standing().values_list("unit_id", "kind", "from_year")
        )
        groups: defaultdict[int, set[str]] = defaultdict(set)
        of_members = RecordedFact.objects.standing().filter(kind=FactKind.MEMBERS_GROUP)
        for unit, code in of_members.values_list("unit_id", "code"):
            groups[unit or 0].add(code)
        self.groups: Mapping[int, frozenset[str]] = {unit: frozenset(codes) for unit, codes in groups.items()}

    def complete_for(self, path: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for unit in _up(path):
            for kind, year in self.complete.get(unit, {}).items():
                found.setdefault(kind, year)
        return found

    def group_for(self, path: str) -> frozenset[str] | None:
        return next((self.groups[unit] for unit in _up(path) if unit in self.groups), None)


def _grouped(rows: Iterable[tuple[int, str, int]]) -> dict[int, dict[str, int]]:
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for unit, kind, year in rows:
        found[unit][kind] = year
    return dict(found)


def _up(path: str) -> list[int]:
    """The units of a path, the nearest first."""
    return [int(part) for part in reversed(path.split("/")) if part]


def people(keys: Keys, paths: list[str] | None = None) -> QuerySet[Person]:
    """Those that were not merged into others; of these units where `paths` are said."""
    rows = Person.objects.filter(merged_into=None)
    rows = rows if keys is None else rows.filter(pk__in=keys)
    return rows if paths is None else rows.filter(unit__in=Unit.objects.within(paths).order_by().values("pk"))


def came_from(keys: Keys) -> dict[int, set[int]]:
    """By unit all that it came from, directly or through others; one query."""
    before: defaultdict[int, set[int]] = defaultdict(set)
    for old, new in Unit.successors.through.objects.values_list("from_unit_id", "to_unit_id"):
        before[new].add(old)
    wanted = list(before) if keys is None else [key for key in keys if key in before]
    return {key: _closed(key, before) for key in wanted}


def _closed(key: int, before: Mapping[int, set[int]]) -> set[int]:
    found: set[int] = set()
    todo = set(before[key])
    while todo:
        found |= todo
        todo = {older for one in todo for older in before.get(one, ())} - found
    return found - {key}


def days_of_units(keys: Keys) -> list[tuple[int, datetime.date, datetime.date | None]]:
    """From the first day of the first period to the last day of the last one."""
    rows = UnitPeriod.objects.all() if keys is None else UnitPeriod.objects.filter(unit__in=keys)
    found: dict[int, tuple[datetime.date, datetime.date | None]] = {}
    for unit, since, until in rows.order_by("unit_id", "valid_from").values_list("unit_id", "valid_from", "valid_to"):
        first = found[unit][0] if unit in found else since
        found[unit] = (first, until)
    return [(unit, since, until) for unit, (since, until) in found.items()]


def place_of_units(keys: Keys) -> dict[int, str]:
    """The paths."""
    rows = Unit.objects.all() if keys is None else Unit.objects.filter(pk__in=keys)
    return dict(rows.values_list("pk", "path"))


class HouseholdRow(NamedTuple):
    of: int
    path: str
    since: datetime.date | None
    until: datetime.date | None


def households(keys: Keys) -> list[HouseholdRow]:
    rows = Household.objects.order_by("pk") if keys is None else Household.objects.filter(pk__in=keys)
    return [HouseholdRow(*row) for row in rows.values_list("pk", "unit__path", "valid_from", "valid_to")]


def by_key(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.of].append(row)
    return dict(found)
