"""Every write to units and persons."""

from __future__ import annotations

import datetime

from thidua_web.register.models import Unit


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
    return unit


def end_unit(*, unit: Unit, on: datetime.date, successors: list[Unit]) -> None:
    """The unit's last day is `on`; its work goes on under `successors`."""
    unit.valid_to = on
    unit.full_clean()
    unit.save(update_fields=["valid_to"])
    unit.successors.set(successors)
