"""Every read of units and persons that other apps need."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from thidua_web.register.models import Unit


def units_valid(*, on: datetime.date) -> Iterable[Unit]:
    return Unit.objects.valid(on=on).select_related("parent")
