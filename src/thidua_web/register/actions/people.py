"""People are added and put right."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from thidua_web.journal.actions import Actor, record
from thidua_web.register.models import Appointment, Person, Unit

PLAIN = ("full_name", "code", "sex", "birth_date", "birth_year")


@transaction.atomic
def create_person(  # noqa: PLR0913 - what a person is
    *,
    full_name: str,
    unit: Unit,
    position: str,
    since: datetime.date,
    is_head: bool = False,
    code: str = "",
    sex: str = "",
    birth_date: datetime.date | None = None,
    birth_year: int | None = None,
    by: Actor,
    at: datetime.datetime,
) -> Person:
    """Someone with a first, main post in the unit from `since` on."""
    person = Person.objects.create(
        full_name=full_name,
        unit=unit,
        position=position,
        code=code,
        sex=sex,
        birth_date=birth_date,
        birth_year=birth_year,
    )
    Appointment.objects.create(person=person, unit=unit, position=position, is_head=is_head, valid_from=since)
    journal("person.created", person, by, at, {"unit": unit.pk})
    return person


@transaction.atomic
def change_person(*, person: Person, by: Actor, at: datetime.datetime, **values: Any) -> list[str]:
    """Put right what is not sensitive (`PLAIN`); the names of the fields that changed. The same again changes nothing.

    The journal gets the names of the fields and not what stood in them.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    changed = [name for name in PLAIN if name in values and getattr(person, name) != values[name]]
    if not changed:
        return []
    for name in changed:
        setattr(person, name, values[name])
    person.save()
    journal("person.changed", person, by, at, {"fields": changed})
    return changed


def journal(act: str, person: Person, by: Actor, at: datetime.datetime, details: dict[str, Any]) -> None:
    record(
        act=act,
        by=by,
        at=at,
        unit_id=person.unit_id,
        subject=("person", person.pk),
        label=person.full_name,
        details=details,
    )
