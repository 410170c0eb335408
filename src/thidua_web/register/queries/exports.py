"""The register as rows of its lists, in the columns in which they come in; a few thousand objects in memory at once."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from thidua.register.kinds import SheetKind, sheet_kinds
from thidua_web.register.models import (
    Appointment,
    AwardRecord,
    Household,
    ListKind,
    Person,
    Rating,
    SensitiveData,
    Unit,
    UnitCode,
)
from thidua_web.register.models.records import Track
from thidua_web.register.nominees import kind_of, nominee_of
from thidua_web.register.queries.known import AT_ONCE
from thidua_web.register.sealing import unseal

# What stands for sensitive data that is not given out.
MASK = "•••"
Cells = dict[str, Any]


def rows(kind: str, reach: Unit, *, on: datetime.date, secrets: bool) -> Iterator[list[str]]:
    """Cells as text, in the order of the list's columns; `secrets`: sensitive data in the clear instead of a mask."""
    sheet = sheet_kinds()[kind]
    for cells in ROWS[kind](reach, on, secrets):
        yield [_text(sheet, column.key, cells.get(column.key)) for column in sheet.column]


def _text(sheet: SheetKind, key: str, value: Any) -> str:
    if value is None or value == "" or value is False:
        return ""
    if value is True:
        return "x"
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    return _label(sheet, key, value) if sheet.by_key[key].choices else str(value)


def _label(sheet: SheetKind, key: str, code: str) -> str:
    return next((choice.label for choice in sheet.by_key[key].choices if choice.code == code), code)


def _chunks(found: QuerySet[Any]) -> Iterator[list[Any]]:
    rest = found.iterator(AT_ONCE)
    while chunk := list(islice(rest, AT_ONCE)):
        yield chunk


def _units(reach: Unit, on: datetime.date, secrets: bool) -> Iterator[Cells]:
    found = Unit.objects.within([reach.path]).valid(on=on).select_related("parent").order_by("path")
    for chunk in _chunks(found):
        codes: dict[int, Cells] = defaultdict(dict)
        for code in UnitCode.objects.filter(unit__in=chunk, valid_to__isnull=True).order_by("id"):
            codes[code.unit_id][code.scheme] = code.code
        for unit in chunk:
            parent = unit.parent.code if unit.parent else ""
            cells = {"code": unit.code, "name": unit.name, "kind": unit.kind, "parent_code": parent}
            yield {**cells, **codes[unit.pk], "valid_from": unit.valid_from, "valid_to": unit.valid_to}


def _people(reach: Unit, on: datetime.date, secrets: bool) -> Iterator[Cells]:
    """A row for every running post, that of the main one first; one without a post for who has none."""
    found = Person.objects.filter(merged_into__isnull=True, unit__path__below=reach.path).select_related("unit")
    for chunk in _chunks(found.order_by("sort_text", "pk")):
        posts: dict[int, list[Appointment]] = defaultdict(list)
        running = Appointment.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), person__in=chunk)
        for post in running.select_related("unit").order_by("-valid_from", "-id"):
            posts[post.person_id].append(post)
        sealed = dict(SensitiveData.objects.filter(person__in=chunk).values_list("person_id", "sealed"))
        for person in chunk:
            yield from _person(person, posts[person.pk], sealed.get(person.pk, ""), reach, secrets=secrets)


def _person(person: Person, posts: list[Appointment], sealed: str, reach: Unit, *, secrets: bool) -> Iterator[Cells]:
    cells: Cells = _identity(person, "code") | {"sex": person.sex} | _secret(person, sealed, secrets=secrets)
    inside = [post for post in posts if post.unit.path.startswith(reach.path)]
    inside.sort(key=lambda post: not (post.unit_id == person.unit_id and post.position == person.position))
    for post in inside:
        yield cells | {
            "unit_code": post.unit.code,
            "unit_name": post.unit.name,
            "position": post.position,
            "is_head": post.is_head,
            "post_from": post.valid_from,
            "post_to": post.valid_to,
        }
    if not inside:
        yield cells | {"unit_code": person.unit.code, "unit_name": person.unit.name, "position": person.position}


def _households(reach: Unit, on: datetime.date, secrets: bool) -> Iterator[Cells]:
    """Those that left too, with their last day."""
    found = Household.objects.filter(unit__path__below=reach.path).select_related("unit").order_by("sort_text", "pk")
    names = ("head_name", "head_sex", "address", "code", "valid_from", "valid_to")
    for row in found.iterator(AT_ONCE):
        said = {name: getattr(row, name) for name in names}
        yield said | {"unit_code": row.unit.code, "unit_name": row.unit.name, "register_number": row.pk}


def _identity(person: Person, code: str) -> Cells:
    return {
        "register_number": person.pk,
        "full_name": person.full_name,
        code: person.code,
        "birth": person.birth_date or person.birth_year,
    }


def _secret(person: Person, sealed: str, *, secrets: bool) -> Cells:
    if not sealed:
        return {}
    if not secrets:
        return dict.fromkeys(sheet_kinds()[ListKind.PEOPLE].sensitive, MASK)
    return dict(unseal(sealed, owner=f"person:{person.pk}"))


def _subject(row: Rating | AwardRecord) -> Cells:
    """Whom it is about; the unit's name is that of then."""
    if row.person is not None:
        unit = row.person.unit
        return _identity(row.person, "person_code") | {"unit_code": unit.code, "unit_name": unit.name}
    if isinstance(row, AwardRecord) and row.household is not None:
        home = row.household
        said = {"full_name": home.head_name, "person_code": home.code}
        return said | {"unit_code": home.unit.code, "unit_name": home.unit.name}
    unit = row.unit
    return {"unit_code": unit.code, "unit_name": unit.name} if unit else {}


RATED = {("person", "state"): "person", ("person", "party"): "party_member", ("unit", "state"): "unit"}


def _ratings(reach: Unit, on: datetime.date, secrets: bool) -> Iterator[Cells]:
    """Without sensitive data nobody's rating as a member of the Party: it tells that they are one."""
    for row in _records(Rating, reach):
        if row.person_id and row.track == Track.PARTY and not secrets:
            continue
        who = RATED.get(("person" if row.person_id else "unit", row.track), "party_unit")
        said = {"who": who, "year": row.year, "level": row.level, "paper": row.paper, "decided_on": row.decided_on}
        yield _subject(row) | said


def _awards(reach: Unit, on: datetime.date, secrets: bool) -> Iterator[Cells]:
    for row in _records(AwardRecord, reach, "household"):
        names = ("title", "year", "merit", "decision", "decided_on", "issuer", "golden_number")
        said = {name: getattr(row, name) for name in names}
        yield _subject(row) | {"who": kind_of(nominee_of(row))} | said


def _records(model: type[Rating] | type[AwardRecord], reach: Unit, *more: str) -> Iterator[Any]:
    """`more`: columns that name somebody of a unit, beside those of a person and a unit."""
    inside = Q(person__unit__path__below=reach.path, person__merged_into__isnull=True) | Q(unit__path__below=reach.path)
    for name in more:
        inside |= Q(**{f"{name}__unit__path__below": reach.path})
    found = model.objects.filter(inside).select_related("person__unit", "unit", *(f"{name}__unit" for name in more))  # type: ignore[union-attr]
    return found.order_by("year", "pk").iterator(AT_ONCE)


def _reforms(reach: Unit, on: datetime.date, secrets: bool) -> Iterator[Cells]:
    """What was reformed is told on its own pages; here is nothing to send again."""
    return iter(())


ROWS: dict[str, Callable[[Unit, datetime.date, bool], Iterable[Cells]]] = {
    ListKind.UNITS: _units,
    ListKind.PEOPLE: _people,
    ListKind.HOUSEHOLDS: _households,
    ListKind.RATINGS: _ratings,
    ListKind.AWARDS: _awards,
    ListKind.REFORMS: _reforms,
}


def codes_within(reach: Unit, *, on: datetime.date) -> Iterator[tuple[str, str, str, str]]:
    """The units to pick codes from: code, name, kind, parent's code."""
    found = Unit.objects.within([reach.path]).valid(on=on).select_related("parent").order_by("path")
    for unit in found.iterator(AT_ONCE):
        yield unit.code, unit.name, str(unit.get_kind_display()), unit.parent.code if unit.parent else ""
