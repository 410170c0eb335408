"""People and households of units that end: they go on in its heir, and posts end and begin anew there."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.core.serializers import deserialize, serialize
from django.db.models import Model, Q

from thidua_web.config.bulk import batched, set_each
from thidua_web.register.actions.reforming import BATCH
from thidua_web.register.models import Appointment, Household, Person, UnitCode
from thidua_web.register.signals import Moved, Reorganised


def move_people(change: Reorganised) -> Moved:
    return {
        "appointments": _posts(change),
        "people": _people(change),
        "households": _households(change),
        "codes": _codes(change),
    }


def move_back(moved: Moved) -> None:
    posts = [one.object for one in deserialize("json", moved["appointments"]["before"])]
    for some in batched([*moved["appointments"]["made"], *(post.pk for post in posts)]):
        Appointment.objects.filter(pk__in=some).delete()
    Appointment.objects.bulk_create(posts, batch_size=BATCH)
    set_each(Person, ["unit"], ((pk, unit) for unit, pks in moved["people"] for pk in pks))
    set_each(Household, ["unit"], ((pk, unit) for unit, pks in moved.get("households", ()) for pk in pks))
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
        if row.valid_from < change.on:
            new.extend([_going_on(row, heir, change)] if heir else ())
            ended.append(row.pk)
        elif heir:
            moved.append((row.pk, heir))
        else:
            gone.append(row.pk)
    for some in batched(ended):
        Appointment.objects.filter(pk__in=some).update(valid_to=change.last_day)
    set_each(Appointment, ["unit"], moved)
    for some in batched(gone):
        Appointment.objects.filter(pk__in=some).delete()
    made = Appointment.objects.bulk_create(new, batch_size=BATCH)
    return {"before": before, "made": [row.pk for row in made]}


def _going_on(row: Appointment, heir: int, change: Reorganised) -> Appointment:
    new = copy(row)
    new._state = type(row._state)()
    new.pk, new.unit_id, new.valid_from = None, heir, change.on
    return new


def _people(change: Reorganised) -> list[tuple[int, list[int]]]:
    """People by the unit that they were listed under; those of a unit without heir stay there, as evidence."""
    return _to_heirs(Person, Q(), change)


def _households(change: Reorganised) -> list[tuple[int, list[int]]]:
    """As people; those that left before stay under the commune that they left."""
    return _to_heirs(Household, Q(valid_to__isnull=True) | Q(valid_to__gte=change.on), change)


def _to_heirs(model: type[Model], which: Q, change: Reorganised) -> list[tuple[int, list[int]]]:
    rows: dict[int, list[int]] = {}
    for some in batched(list(change.heirs)):
        for pk, unit in model._default_manager.filter(which, unit__in=some).values_list("pk", "unit_id"):
            rows.setdefault(unit, []).append(pk)
    set_each(model, ["unit"], ((pk, change.heirs[unit]) for unit, pks in rows.items() for pk in pks))
    return list(rows.items())


def _codes(change: Reorganised) -> list[int]:
    pks: list[Any] = []
    for some in batched(list(change.names)):
        open_ = UnitCode.objects.filter(unit__in=some, valid_to__isnull=True)
        pks += open_.values_list("pk", flat=True)
    for some in batched(pks):
        UnitCode.objects.filter(pk__in=some).update(valid_to=change.last_day)
    return pks
