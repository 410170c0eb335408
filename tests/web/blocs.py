"""Blocs for tests: made as their unit makes them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import timezone

from thidua_web.journal.actions import Actor
from thidua_web.register.actions import blocs as actions
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Bloc, Unit, UnitKind
from web.cast import LONG_AGO, Cast

BEGUN = datetime.date(2021, 1, 1)


def make_bloc(
    unit: Unit,
    members: Iterable[Unit] = (),
    *,
    name: str = "Khối thi đua các sở",
    head: Unit | None = None,
    on: datetime.date = BEGUN,
    by: Actor = None,
) -> Bloc:
    now = timezone.now()
    bloc = actions.make_bloc(unit=unit, name=name, paper="12/QĐ-UBND", valid_from=on, by=by, at=now)
    if members := list(members):
        actions.add_members(bloc=bloc, units=members, on=on, by=by, at=now)
    if head:
        actions.set_head(bloc=bloc, unit=head, on=on, by=by, at=now)
    return bloc


def make_offices(cast: Cast, number: int = 3) -> list[Unit]:
    """So many departments more, in the order of the alphabet."""
    return [
        create_unit(
            code=f"S{n}",
            name=f"Sở {'ABCDEGHIK'[n]}",
            kind=UnitKind.DEPARTMENT,
            parent=cast.province,
            valid_from=LONG_AGO,
        )
        for n in range(number)
    ]
