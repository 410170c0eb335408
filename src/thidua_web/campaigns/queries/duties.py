"""Every read of single duties."""

from __future__ import annotations

import datetime

from thidua_web.campaigns.models import DutyDay, DutyDone, DutyUnit
from thidua_web.campaigns.queries.duty_desk import with_state
from thidua_web.register.models import Unit


def addressed_day(day_id: int, *, unit_id: int) -> DutyDay | None:
    """A day in force of a duty that is addressed to the unit."""
    return (
        DutyDay.objects.in_force()
        .filter(pk=day_id, duty__ended_by__isnull=True, duty__campaign__launched_at__isnull=False)
        .filter(duty__addressed__unit_id=unit_id)
        .select_related("duty__campaign")
        .first()
    )


def done_by(day_id: int, *, unit_id: int) -> DutyDone | None:
    return DutyDone.objects.filter(day_id=day_id, unit_id=unit_id).select_related("by").first()


def day_of_campaign(campaign_id: int, day_id: int, *, today: datetime.date) -> DutyDay | None:
    """A day in force with its state for all units together, as the desk has it."""
    days = DutyDay.objects.in_force().filter(pk=day_id, duty__campaign_id=campaign_id, duty__ended_by__isnull=True)
    return with_state(days, None, today).select_related("duty").first()


def units_addressed(duty_id: int) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=DutyUnit.objects.filter(duty_id=duty_id).values("unit_id")))


def marks_of(day_id: int) -> list[DutyDone]:
    """What units have said of the day."""
    return list(DutyDone.objects.filter(day_id=day_id).select_related("unit", "by", "inherited_from"))
