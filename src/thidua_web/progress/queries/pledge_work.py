"""What of pledges waits for somebody: to be written, mended, or decided."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from django.db.models import Count, Min, Q
from django.utils import timezone

from thidua_web.campaigns.models import Campaign, DutyDay
from thidua_web.progress.models import Pledge
from thidua_web.progress.stages import PledgeState

PLEDGING = Q(duty__folded__contains="dang ky", duty__nature="deadline") & ~Q(duty__folded__contains="dang ky khen")


def returned(unit: int) -> list[Pledge]:
    rows = Pledge.objects.filter(unit=unit, state=PledgeState.RETURNED, closed_at__isnull=True)
    return list(rows.select_related("campaign__unit", "decided_by", "unit"))


def waiting(unit: int) -> list[Campaign]:
    """Campaigns of the unit with pledges to decide: how many (`waiting`), the oldest since when (`since`)."""
    submitted = Q(pledges__state=PledgeState.SUBMITTED, pledges__closed_at__isnull=True)
    counted = Campaign.objects.filter(submitted, unit=unit).annotate(
        waiting=Count("pledges"), since=Min("pledges__submitted_at")
    )
    return list(counted.order_by("since"))


def begun(unit: int, on: datetime.date) -> list[Pledge]:
    """Drafts of campaigns that still run."""
    rows = Pledge.objects.filter(unit=unit, state=PledgeState.DRAFT, closed_at__isnull=True)
    running = Q(campaign__end__isnull=True) | Q(campaign__end__gte=on)
    return list(rows.filter(running).select_related("campaign", "unit"))


def pledging_days(days: Sequence[DutyDay]) -> Collection[int]:
    """Those of these days that ask for a pledge."""
    return set(DutyDay.objects.filter(PLEDGING, pk__in=[day.pk for day in days]).values_list("pk", flat=True))


def handed_in(campaigns: Collection[int], unit: int) -> set[int]:
    """Campaigns in which the unit has handed in its pledge."""
    states = (PledgeState.SUBMITTED, PledgeState.ACCEPTED)
    rows = Pledge.objects.filter(campaign__in=campaigns, unit=unit, state__in=states)
    return set(rows.values_list("campaign_id", flat=True))


def registered_on(campaign_id: int, unit_ids: Collection[int]) -> dict[int, datetime.date]:
    """The day on which each of these units handed in its pledge, where it stands."""
    rows = Pledge.objects.filter(campaign=campaign_id, state__in=(PledgeState.SUBMITTED, PledgeState.ACCEPTED))
    handed = rows.filter(submitted_at__isnull=False, closed_at__isnull=True).values_list("unit_id", "submitted_at")
    wanted = set(unit_ids)
    return {unit: timezone.localdate(at) for unit, at in handed if unit in wanted}
