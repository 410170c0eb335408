"""Every read of single duties."""

from __future__ import annotations

from thidua_web.campaigns.models import DutyDay, DutyDone


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
