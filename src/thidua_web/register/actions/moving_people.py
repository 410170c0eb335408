"""People of units that end: their posts end with the unit and go on in its heir, and so do they."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.core.serializers import deserialize, serialize
from django.db.models import Q

from thidua_web.register.actions.reforming import BATCH, batched
from thidua_web.register.models import Appointment, Person, UnitCode
from thidua_web.register.signals import Moved, Reorganised


def move_people(change: Reorganised) -> Moved:
    return {"appointments": _posts(change), "people": _people(change), "codes": _codes(change)}


def move_back(moved: Moved) -> None:
    posts = [one.object for one in deserialize("json", moved["appointments"]["before"])]
    for some in batched([*moved["appointments"]["made"], *(post.pk for post in posts)]):
        Appointment.objects.filter(pk__in=some).delete()
    Appointment.objects.bulk_create(posts, batch_size=BATCH)
    people = [Person(pk=pk, unit_id=unit) for unit, pks in moved["people"] for pk in pks]
    Person.objects.bulk_update(people, ["unit"], batch_size=BATCH)
    for some in batched(moved["codes"]):
        UnitCode.objects.filter(pk__in=some).update(valid_to=None)


def _posts(change: Reorganised) -> Moved:
    """A post lasts to the unit's last day, and from the next on in the heir. One that begins later moves there."""
    rows: list[Appointment] = []
    for some in batched(list(change.names)):
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=change.on)
        rows += Appointment.objects.filter(lasting, unit__in=some).order_by("pk")
    before = serialize("json", rows)
    new, ended, moved, gone = [], [], [], []
    for row in rows:
        heir = change.heirs.get(row.unit_id)
        if row.valid_from >= change.on:
            row.unit_id = heir or row.unit_id
            (moved if heir else gone).append(row)
            continue
        if heir:
            new.append(_going_on(row, heir, change))
        row.valid_to = change.last_day
        ended.append(row)
    Appointment.objects.bulk_update(ended, ["valid_to"], batch_size=BATCH)
    Appointment.objects.bulk_update(moved, ["unit"], batch_size=BATCH)
    for keys in batched([row.pk for row in gone]):
        Appointment.objects.filter(pk__in=keys).delete()
    made = Appointment.objects.bulk_create(new, batch_size=BATCH)
    return {"before": before, "made": [row.pk for row in made]}


def _going_on(row: Appointment, heir: int, change: Reorganised) -> Appointment:
    new = copy(row)
    new._state = type(row._state)()
    new.pk, new.unit_id, new.valid_from = None, heir, change.on
    return new


def _people(change: Reorganised) -> list[tuple[int, list[int]]]:
    """People by the unit that they were listed under; those of a unit without heir stay there, as evidence."""
    rows: dict[int, list[int]] = {}
    for some in batched(list(change.heirs)):
        for pk, unit in Person.objects.filter(unit__in=some).values_list("pk", "unit_id"):
            rows.setdefault(unit, []).append(pk)
    moved = [Person(pk=pk, unit_id=change.heirs[unit]) for unit, pks in rows.items() for pk in pks]
    Person.objects.bulk_update(moved, ["unit"], batch_size=BATCH)
    return list(rows.items())


def _codes(change: Reorganised) -> list[int]:
    pks: list[Any] = []
    for some in batched(list(change.names)):
        open_ = UnitCode.objects.filter(unit__in=some, valid_to__isnull=True)
        pks += open_.values_list("pk", flat=True)
    for some in batched(pks):
        UnitCode.objects.filter(pk__in=some).update(valid_to=change.last_day)
    return pks
