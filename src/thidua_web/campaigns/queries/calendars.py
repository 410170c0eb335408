"""Every read of calendar addresses, and of what stands in the calendars."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db.models import Count, F, Max, Prefetch, QuerySet

from thidua_web.accounts.models import User
from thidua_web.campaigns.models import CalendarAddress, Campaign, Duty, DutyDay, DutyDone, Edition, Phase, Question
from thidua_web.campaigns.stages import EditionState
from thidua_web.register.models import Unit
from thidua_web.register.queries.units import units_above


def addresses_of(user: User, *, units: Sequence[int]) -> list[CalendarAddress]:
    """The user's own addresses that answer, those of whole units first."""
    rows = CalendarAddress.objects.filter(user=user, unit_id__in=units, ended_at__isnull=True)
    return list(rows.select_related("unit", "campaign").order_by(F("campaign").asc(nulls_first=True), "unit_id", "pk"))


def own_address(address_id: int, user: User) -> CalendarAddress | None:
    """One of the user's own, ended or not."""
    return CalendarAddress.objects.filter(pk=address_id, user=user).select_related("unit", "campaign").first()


def standing_address(address_id: int) -> CalendarAddress | None:
    rows = CalendarAddress.objects.filter(pk=address_id, ended_at__isnull=True)
    return rows.select_related("user", "unit", "campaign").first()


def campaigns_seen(address: CalendarAddress) -> QuerySet[Campaign]:
    """Launched by the address's unit or by one above it, and the address is for them."""
    seen = _seen_by(address.unit)
    return seen.filter(pk=address.campaign_id) if address.campaign_id else seen


def campaign_seen(campaign_id: int, *, unit: Unit) -> Campaign | None:
    """A launched campaign, running or over, where the unit sees it."""
    return _seen_by(unit).filter(pk=campaign_id).first()


def _seen_by(unit: Unit) -> QuerySet[Campaign]:
    return Campaign.objects.filter(unit_id__in=[unit.pk, *units_above(unit)], launched_at__isnull=False)


def last_changes(address: CalendarAddress, campaigns: Sequence[int]) -> tuple[datetime.datetime | int | None, ...]:
    """What differs as soon as the calendar does: rows change when an edition is launched or a question answered, and
    what a unit has done leaves its calendar.
    """
    editions = Edition.objects.filter(campaign__in=campaigns, state=EditionState.LAUNCHED)
    answers = Question.objects.filter(document__edition__campaign__in=campaigns)
    done = DutyDone.objects.filter(unit_id=address.unit_id, day__duty__campaign__in=campaigns)
    return (
        *editions.aggregate(at=Max("launched_at"), n=Count("pk")).values(),
        *answers.aggregate(at=Max("answered_at"), n=Count("answered_at")).values(),
        *done.aggregate(at=Max("at"), n=Count("pk")).values(),
    )


def phases_of(campaigns: Sequence[int]) -> list[Phase]:
    return list(Phase.objects.in_force().filter(campaign__in=campaigns).select_related("campaign"))


def duties_of(campaigns: Sequence[int], *, unit_id: int | None) -> list[Duty]:
    """Duties with their days (`days_shown`); with `unit_id` only the unit's own that it has not done."""
    days = DutyDay.objects.in_force().filter(due__isnull=False)
    duties = Duty.objects.in_force().filter(campaign__in=campaigns)
    if unit_id is not None:
        days = days.exclude(done__unit_id=unit_id)
        duties = duties.filter(addressed__unit_id=unit_id)
    shown = Prefetch("days", queryset=days, to_attr="days_shown")
    return [duty for duty in duties.select_related("campaign").prefetch_related(shown) if duty.days_shown]
