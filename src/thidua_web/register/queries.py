"""Every read of units and persons that other apps need."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from thidua_web.register.models import Unit


def units_valid(*, on: datetime.date) -> Iterable[Unit]:
    return Unit.objects.valid(on=on).select_related("parent")


def units_above(unit: Unit) -> list[int]:
    """Keys of the unit's parents, nearest first."""
    above: list[int] = []
    parent = unit.parent_id
    while parent is not None and parent not in above:
        above.append(parent)
        parent = Unit.objects.values_list("parent_id", flat=True).get(pk=parent)
    return above
