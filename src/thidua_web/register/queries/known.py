"""What of the register a list is compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.db.models import F

from thidua.register.matching import PersonFacts
from thidua_web.register.lists.places import Place, Places
from thidua_web.register.models import (
    Appointment,
    AwardRecord,
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
    former: dict[int, set[str]] = defaultdict(set)
    for unit, name in UnitPeriod.objects.exclude(name=F("unit__name")).values_list("unit_id", "name"):
        former[unit].add(name)
    codes: dict[int, list[str]] = defaultdict(list)
    for unit, code in UnitCode.objects.filter(valid_to__isnull=True).values_list("unit_id", "code"):
        codes[unit].append(code)
    fields = ("id", "code", "name", "kind", "path", "parent_id", "valid_from", "valid_to")
    units = (
        Place(*row, former=tuple(sorted(former.get(row[0], ()))), identifiers=tuple(codes.get(row[0], ())))
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


def awards_of(*, people: Collection[int], units: Collection[int]) -> dict[tuple[str, int], list[AwardRecord]]:
    awards: dict[tuple[str, int], list[AwardRecord]] = defaultdict(list)
    for row in (*AwardRecord.objects.filter(person__in=people), *AwardRecord.objects.filter(unit__in=units)):
        awards[_subject(row)].append(row)
    return awards


def _subject(row: Rating | AwardRecord) -> tuple[str, int]:
    return ("person", row.person_id) if row.person_id else ("unit", row.unit_id or 0)


def unit_details(ids: Collection[int]) -> dict[int, tuple[Unit, list[UnitPeriod], dict[str, UnitCode]]]:
    """Units with their periods, the latest last, and the codes in force by scheme."""
    periods: dict[int, list[UnitPeriod]] = defaultdict(list)
    for period in UnitPeriod.objects.filter(unit__in=ids).order_by("valid_from"):
        periods[period.unit_id].append(period)
    codes: dict[int, dict[str, UnitCode]] = defaultdict(dict)
    for code in UnitCode.objects.filter(unit__in=ids, valid_to__isnull=True).order_by("id"):
        codes[code.unit_id][code.scheme] = code
    return {pk: (unit, periods.get(pk, []), codes.get(pk, {})) for pk, unit in Unit.objects.in_bulk(ids).items()}
