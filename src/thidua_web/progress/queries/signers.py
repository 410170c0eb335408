"""Which post somebody held where and when they signed."""

from __future__ import annotations

import datetime

from thidua_web.accounts.models import User
from thidua_web.register.models import Appointment, Unit


def position_of(user: User, unit: Unit, *, on: datetime.date) -> str:
    """In the unit on that day, the head's post before others; "" where the register knows none."""
    if user.person_id is None:
        return ""
    rows = Appointment.objects.valid(on=on).filter(person=user.person_id, unit=unit).exclude(position="")
    return rows.order_by("-is_head", "-valid_from", "-pk").values_list("position", flat=True).first() or ""
