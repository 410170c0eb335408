"""Every write to what units say of their duties."""

from __future__ import annotations

import datetime

from django.db import transaction

from thidua_web.accounts.models import User
from thidua_web.campaigns.models import DutyDay, DutyDone
from thidua_web.campaigns.telling import settle_duty
from thidua_web.journal.actions import record
from thidua_web.register.models import Unit


@transaction.atomic
def mark_done(*, day: DutyDay, unit: Unit, by: User, at: datetime.datetime) -> DutyDone:
    """The unit says that it has done what was due that day. Said again, it changes nothing: who was first stays."""
    done, new = DutyDone.objects.get_or_create(day=day, unit=unit, defaults={"by": by, "at": at})
    if new:
        settle_duty(day.pk, unit.pk, at=at)
        _journal("duty.marked", day, unit, by, at)
    return done


@transaction.atomic
def unmark(*, day: DutyDay, unit: Unit, by: User, at: datetime.datetime) -> bool:
    """Take it back. False where nobody had said it, or somebody took it back before."""
    gone, _ = DutyDone.objects.filter(day=day, unit=unit).delete()
    if gone:
        _journal("duty.unmarked", day, unit, by, at)
    return bool(gone)


def _journal(act: str, day: DutyDay, unit: Unit, by: User, at: datetime.datetime) -> None:
    due = {"due": day.due.isoformat()} if day.due else {}
    record(
        act=act,
        by=by,
        at=at,
        unit_id=unit.pk,
        subject=("duty_day", day.pk),
        label=day.duty.what,
        details={"campaign": day.duty.campaign_id, **due},
    )
