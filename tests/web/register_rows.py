"""Rows of the register for tests: people in units, with their keys filled."""

from __future__ import annotations

import datetime
from typing import Any

from thidua_web.register.models import Appointment, Person, Unit, UnitPeriod
from web.cast import LONG_AGO


def make_person(unit: Unit, full_name: str, **values: Any) -> Person:
    """With a post from long ago in the unit."""
    person = Person.objects.create(full_name=full_name, unit=unit, **values)
    Appointment.objects.create(person=person, unit=unit, position=person.position, valid_from=LONG_AGO)
    return person


def rename(unit: Unit, name: str, on: datetime.date) -> None:
    """As a reform does: the name changes on a day, and the one before it stays."""
    last = unit.periods.get(valid_to=None)
    UnitPeriod.objects.filter(pk=last.pk).update(valid_to=on - datetime.timedelta(days=1))
    UnitPeriod.objects.create(unit=unit, name=name, kind=unit.kind, parent=unit.parent, valid_from=on)
    unit.name = name
    unit.save()
