"""Every write to a single unit; reforms, which touch several, stand in reforms.py."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from thidua_web.register.models import Unit, UnitPeriod


@transaction.atomic
def create_unit(  # noqa: PLR0913 - what a unit is
    *,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None,
    valid_from: datetime.date,
    valid_to: datetime.date | None = None,
) -> Unit:
    """A new unit. Raises ValidationError where code, kind or dates are wrong."""
    unit = Unit(code=code, name=name, kind=kind, parent=parent, valid_from=valid_from, valid_to=valid_to)
    unit.full_clean()
    unit.save()
    place(unit)
    UnitPeriod.objects.create(unit=unit, name=name, kind=kind, parent=parent, valid_from=valid_from, valid_to=valid_to)
    return unit


def place(unit: Unit) -> None:
    """Write the paths of the unit and of all below it after its parent was set."""
    before, unit.path = unit.path, f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
    unit.save(update_fields=["parent", "path"])
    if before and before != unit.path:
        below = Unit.objects.filter(path__startswith=before).exclude(pk=unit.pk)
        below.update(path=Concat(Value(unit.path), Substr("path", len(before) + 1)))


@transaction.atomic
def end_unit(*, unit: Unit, on: datetime.date, successors: list[Unit]) -> None:
    """The unit's last day is `on`; its work goes on under the first of `successors`."""
    unit.valid_to = on
    unit.heir = successors[0] if successors else None
    unit.full_clean()
    unit.save(update_fields=["valid_to", "heir"])
    unit.periods.filter(valid_to__isnull=True).update(valid_to=on)
    unit.successors.set(successors)
