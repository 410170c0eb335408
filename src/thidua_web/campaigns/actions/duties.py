"""Every write to what units say of their duties."""

from __future__ import annotations

import datetime

from thidua_web.accounts.models import User
from thidua_web.campaigns.models import DutyDay, DutyDone
from thidua_web.register.models import Unit


def mark_done(*, day: DutyDay, unit: Unit, by: User, at: datetime.datetime) -> DutyDone:
    """The unit says that it has done what was due that day. Said again, it changes nothing: who was first stays."""
    done, _ = DutyDone.objects.get_or_create(day=day, unit=unit, defaults={"by": by, "at": at})
    return done


def unmark(*, day: DutyDay, unit: Unit) -> bool:
    """Take it back. False where nobody had said it, or somebody took it back before."""
    gone, _ = DutyDone.objects.filter(day=day, unit=unit).delete()
    return bool(gone)
