"""What of the register a list is compared with."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.db.models import F

from thidua.register.matching import PersonFacts
from thidua_web.register.lists.places import Place, Places
from thidua_web.register.models import (
    Appointment,
    AwardRecord,
    Household,
    Person,
    Rating,
    SensitiveData,
    Unit,
    UnitCode,
    UnitPeriod,
)
from thidua_web.register.sealing import unseal

AT_ONCE = 2000


class KnownPerson(NamedTuple):
    """Someone of the register with all posts, and with what is sealed where that was asked for (`sealed`: a row)."""

    person: Person
    posts: list[Appointment]
    secret: dict[str, str]
    sealed: bool


def places(reach: Unit) -> Places:
    """All units, with a reach: what stands at or below `reach`."""
    renamed = UnitPeriod.objects.exclude(name=F("unit__name")).values("unit_id")
    names: dict[int, list[tuple[datetime.date, datetime.date | None, str]]] = defaultdict(list)
    periods = UnitPeriod.objects.filter(unit__in=renamed).order_by("unit_id", "valid_from")
    for unit, *row in periods.values_list("unit_id", "valid_from", "valid_to", "name"):
        names[unit].append(tuple(row))
    codes: dict[int, list[str]] = defaultdict(list)
    for unit, code in UnitCode.objects.filter(valid_to__isnull=True).values_list("unit_id", "code"):
        codes[unit].append(code)
    fields = ("id", "code", "name", "kind", "path", "parent_id", "valid_from", "valid_to")
    units = (
        Place(*row, names=tuple(names.get(row[0], ())), identifiers=tuple(codes.get(row[0], ())))
        for row in Unit.objects.values_list(*fields).iterator(AT_ONCE)
    )
    return Places(units, reach=reach.path, unit_name=reach.name)


def people_within(reach: Unit, *, identities: bool) -> Iterator[PersonFacts]:
    """Everybody whose unit stands at or below `reach`, as facts to compare with."""
    rows = Person.objects.filter(merged_into__isnull=True, unit__path__startswith=reach.path)
    return _facts(rows, identities=identities)


def people_elsewhere(reach: Unit, *, codes: Collection[str], digests: Collection[str]) -> Iterator[PersonFacts]:
    """Those outside who have one of these codes or ID numbers."""
    outside = Person.objects.filter(merged_into__isnull=True).exclude(unit__path__startswith=reach.path)
    if codes:
        yield from _facts(outside.filter(code__in=codes), identities=bool(digests))
    if digests:
        yield from _facts(outside.filter(sensitive__id_digest__in=digests), identities=True)


def _facts(rows, *, identities: bool) -> Iterator[PersonFacts]:
    fields = ["id", "full_name", "birth_date", "birth_year", "code", "unit_id"]
    fields += ["sensitive__id_digest"] if identities else []
    for key, name, date, year, code, unit, *digest in rows.order_by().values_list(*fields).iterator(AT_ONCE):
        yield PersonFacts(
            key=key, name=name, birth=date or year, code=code, id_digest=(digest and digest[0]) or "", units=(unit,)
        )


def people_numbered(ids: Collection[int]) -> dict[int, tuple[str, int]]:
    """Name and unit of those of these who are there, and are listed."""
    rows = Person.objects.filter(pk__in=ids, merged_into__isnull=True).values_list("pk", "full_name", "unit_id")
    return {pk: (name, unit) for pk, name, unit in rows} if ids else {}


def households_of(units: Collection[int]) -> list[Household]:
    """All of these communes."""
    return list(Household.objects.filter(unit__in=units)) if units else []


def households_numbered(ids: Collection[int]) -> dict[int, Household]:
    return Household.objects.in_bulk(ids) if ids else {}


def known_people(ids: Collection[int], *, secrets: bool) -> dict[int, KnownPerson]:
    posts: dict[int, list[Appointment]] = defaultdict(list)
    for post in Appointment.objects.filter(person__in=ids).order_by("-valid_from", "-id"):
        posts[post.person_id].append(post)
    sealed = dict(SensitiveData.objects.filter(person__in=ids).values_list("person_id", "sealed")) if secrets else {}
    people = Person.objects.in_bulk(ids)
    return {
        pk: KnownPerson(person, posts.get(pk, []), _opened(pk, sealed), pk in sealed) for pk, person in people.items()
    }


def _opened(pk: int, sealed: dict[int, str]) -> dict[str, str]:
    return unseal(sealed[pk], owner=f"person:{pk}") if pk in sealed else {}


def ratings_of(
    *, people: Collection[int], units: Collection[int], years: Collection[int]
) -> dict[tuple[str, int, int, str], Rating]:
    """By subject ("person" or "unit", number), year and track."""
    found = [
        *Rating.objects.filter(person__in=people, year__in=years),
        *Rating.objects.filter(unit__in=units, year__in=years),
    ]
    return {(*_subject(row), row.year, row.track): row for row in found}


def awards_of(
    *, people: Collection[int], units: Collection[int], households: Collection[int] = ()
) -> dict[tuple[str, int], list[AwardRecord]]:
    awards: dict[tuple[str, int], list[AwardRecord]] = defaultdict(list)
    for kind, asked in (("person", people), ("unit", units), ("household", households)):
        for row in AwardRecord.objects.filter(**{f"{kind}__in": asked}) if asked else ():
            awards[kind, getattr(row, f"{kind}_id")].append(row)
    return awards


def _subject(row: Rating) -> tuple[str, int]:
    return ("person", row.person_id) if row.person_id else ("unit", row.unit_id or 0)


class KnownUnit(NamedTuple):
    """A unit with its periods, the latest last, and all codes that others ever gave it."""

    unit: Unit
    periods: list[UnitPeriod]
    codes: list[UnitCode]


def unit_details(ids: Collection[int]) -> dict[int, KnownUnit]:
    periods: dict[int, list[UnitPeriod]] = defaultdict(list)
    for period in UnitPeriod.objects.filter(unit__in=ids).order_by("valid_from"):
        periods[period.unit_id].append(period)
    codes: dict[int, list[UnitCode]] = defaultdict(list)
    for code in UnitCode.objects.filter(unit__in=ids).order_by("id"):
        codes[code.unit_id].append(code)
    units = Unit.objects.in_bulk(ids)
    return {pk: KnownUnit(unit, periods.get(pk, []), codes.get(pk, [])) for pk, unit in units.items()}


def owners_of_codes(codes: Collection[str]) -> dict[tuple[str, str], int]:
    """Which unit has a code of a scheme now."""
    found: dict[tuple[str, str], int] = {}
    listed = sorted(codes)
    for start in range(0, len(listed), AT_ONCE):
        rows = UnitCode.objects.filter(code__in=listed[start : start + AT_ONCE], valid_to__isnull=True)
        found |= {(scheme, code): unit for scheme, code, unit in rows.values_list("scheme", "code", "unit_id")}
    return found


def units_of_people(ids: Collection[int]) -> dict[int, int]:
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "unit_id")) if ids else {}


def names_of_people(ids: Collection[int]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "full_name")) if ids else {}
