"""What the page of one unit shows."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from thidua_web.register.models import Appointment, AwardRecord, Person, Rating, Unit, UnitCode, UnitPeriod
from thidua_web.register.queries.paging import Counted
from thidua_web.register.queries.units import units_above

SHOWN, MOST_COUNTED = 12, 1_000
MOST_YEARS = 40


class Some(NamedTuple):
    """The first of many, and how many there are."""

    rows: list
    counted: Counted


def unit(unit_id: int) -> Unit | None:
    return Unit.objects.select_related("parent", "heir").filter(pk=unit_id).first()


def chain(unit: Unit) -> list[Unit]:
    """The units above, the highest first."""
    return list(Unit.objects.filter(pk__in=units_above(unit)).order_by("path"))


def heads(unit: Unit, on: datetime.date) -> list[Appointment]:
    rows = Appointment.objects.valid(on=on).filter(unit=unit, is_head=True, person__merged_into=None)
    return list(rows.select_related("person").order_by("valid_from", "pk"))


def people(unit: Unit) -> Some:
    return _some(Person.objects.filter(unit=unit, merged_into=None))


def below(unit: Unit, on: datetime.date) -> Some:
    return _some(UnitPeriod.objects.valid(on=on).filter(parent=unit).select_related("unit"))


def _some(rows: QuerySet) -> Some:
    number = rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
    first = list(rows.order_by("sort_text", "pk")[:SHOWN])
    return Some(first, Counted(min(number, MOST_COUNTED), number > MOST_COUNTED))


def periods(unit: Unit) -> list[UnitPeriod]:
    return list(unit.periods.select_related("parent").order_by("valid_from"))


def codes(unit: Unit) -> list[UnitCode]:
    return list(unit.codes.order_by("scheme", "valid_from", "pk"))


def kin(unit: Unit) -> tuple[list[Unit], list[Unit]]:
    """The units that this one came from, and those that came after it."""
    return list(unit.predecessors.order_by("sort_text")), list(unit.successors.order_by("sort_text"))


def reforms(unit: Unit) -> list:
    return list(unit.reforms.select_related("reform").order_by("reform__on", "pk"))


def ratings(**of: object) -> list[Rating]:
    """Of a unit or a person, the newest year first."""
    return list(Rating.objects.filter(**of).order_by("-year", "track")[:MOST_YEARS])


def awards(**of: object) -> list[AwardRecord]:
    return list(AwardRecord.objects.filter(**of).order_by("-year", "-decided_on", "pk")[:MOST_YEARS])
