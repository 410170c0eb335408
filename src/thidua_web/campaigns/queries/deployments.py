"""Every read of how far units have come with a campaign, but for the board's own."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import F
from django.utils import timezone

from thidua.deployment import STEPS, Standing, Step
from thidua_web.campaigns.models import Campaign, Deployment, DutyUnit
from thidua_web.config.lookup import only
from thidua_web.register.models import Unit

# Deeper families of campaigns than this are a fault in the data; a ring would never end.
MOST_LEVELS = 12
# So many units may be named one by one in a query; beyond that the whole campaign is asked for.
FEW = 500

REGISTERED: list[Callable[[int, Collection[int]], Mapping[int, datetime.date]]] = []
"""The day on which these units registered for a campaign (by number): apps above append what they know."""


def addressed_units(campaign_id: int, *, on: datetime.date) -> set[int]:
    """Units that a duty in force is addressed to, but for the one that launched it; for an ended one its successors."""
    duties = DutyUnit.objects.filter(duty__campaign_id=campaign_id, duty__ended_by__isnull=True)
    found = set(duties.values_list("unit_id", flat=True))
    over = Unit.objects.filter(valid_to__lt=on)
    ended = set(over.filter(pk__in=duties.values("unit_id")).values_list("pk", flat=True))
    links = Unit.successors.through.objects
    for _ in range(MOST_LEVELS):
        if not ended:
            break
        found -= ended
        heirs = set(links.filter(from_unit__in=ended).values_list("to_unit_id", flat=True))
        ended = set(over.filter(pk__in=heirs).values_list("pk", flat=True))
        found |= heirs
    owner = Campaign.objects.filter(pk=campaign_id).values_list("unit_id", flat=True)
    return found - set(owner)


def above(campaign_id: int | None) -> list[int]:
    """The campaign and all that it carries out, the nearest first."""
    found: list[int] = []
    while campaign_id is not None and campaign_id not in found and len(found) < MOST_LEVELS:
        found.append(campaign_id)
        campaign_id = Campaign.objects.filter(pk=campaign_id).values_list("parent_id", flat=True).first()
    return found


def levels_below(campaign_id: int) -> list[list[int]]:
    """The launched campaigns that carry it out, then those that carry out these, a query a level."""
    levels: list[list[int]] = []
    level = [campaign_id]
    while level and len(levels) < MOST_LEVELS:
        children = Campaign.objects.filter(parent__in=level, launched_at__isnull=False)
        level = list(children.order_by("pk").values_list("pk", flat=True))
        if level:
            levels.append(level)
    return levels


def deployment_of(campaign_id: int, unit_id: int) -> Deployment | None:
    """The unit's own row, with the number of faults of its own plan."""
    rows = Deployment.objects.standing().filter(campaign_id=campaign_id, unit_id=unit_id)
    rows = rows.select_related("unit", "campaign", "received_by", "inherited_from")
    return only(rows.annotate(faults=F("plan__result__faults")))


def unreceived(unit_id: int, *, on: datetime.date) -> list[Deployment]:
    """Campaigns that were sent to the unit, still run, and of which it has not said that it received them."""
    rows = Deployment.objects.standing().filter(unit_id=unit_id, received_at__isnull=True)
    rows = rows.exclude(campaign__end__lt=on).select_related("campaign__unit")
    return list(rows.order_by("sent_at", "pk"))


def standing_of(row: Deployment, registered: datetime.date | None = None) -> Standing:
    """The days of a row's steps. A launch on paper has the day that the paper says."""
    return Standing(
        sent=_day(row.sent_at),
        received=_day(row.received_at),
        planned=_day(row.planned_at),
        launched=row.launched_on or _day(row.launched_at),
        reported=_day(row.reported_at),
        summarised=_day(row.summarised_at),
        registered=registered,
    )


def gate_facts(campaign_id: int, unit_ids: Iterable[int]) -> dict[int, Standing]:
    """What a plan's gate may ask of these units: one query, however many there are. One that the campaign was not
    sent to has taken no step.
    """
    wanted = sorted(set(unit_ids))
    registered = registrations(campaign_id, wanted)
    rows = Deployment.objects.standing().filter(campaign_id=campaign_id)
    rows = rows.filter(unit__in=wanted) if len(wanted) < FEW else rows
    days = Days()
    found = {unit: days.of(values) for unit, *values in rows.values_list("unit_id", *MOMENTS)}
    return {unit: standing_on(found.get(unit, NOWHERE), registered.get(unit)) for unit in wanted}


def registrations(campaign_id: int, unit_ids: Collection[int]) -> dict[int, datetime.date]:
    """The days on which these units registered for the campaign, as the apps above know them."""
    return {unit: day for known in REGISTERED for unit, day in known(campaign_id, unit_ids).items()}


@lru_cache(maxsize=10_000)
def standing_on(days: tuple[datetime.date | None, ...], registered: datetime.date | None = None) -> Standing:
    """`days` in the order of the steps."""
    return Standing(**dict(zip(STEP_NAMES, days, strict=True)), registered=registered)


STEP_NAMES = tuple(step.value for step in STEPS)
MOMENTS = ("launched_on", *(f"{name}_at" for name in STEP_NAMES))
"""The columns out of which `Days` makes the days of the steps."""
NOWHERE = (None,) * len(STEPS)
_LAUNCHED = STEPS.index(Step.LAUNCHED)


class Days:
    """Days of moments here; thousands of rows share a few hundred moments, and each is worked out once."""

    def __init__(self) -> None:
        self._known: dict[datetime.datetime | None, datetime.date | None] = {None: None}

    def of(self, values: Sequence[Any]) -> tuple[datetime.date | None, ...]:
        """Of one row's `MOMENTS` the day of every step. A launch on paper has the day that the paper says."""
        on_paper, *moments = values
        found = [self._known[at] if at in self._known else self._learn(at) for at in moments]
        if on_paper is not None:
            found[_LAUNCHED] = on_paper
        return tuple(found)

    def _learn(self, at: datetime.datetime) -> datetime.date:
        day = self._known[at] = timezone.localdate(at)
        return day


def _day(at: datetime.datetime | None) -> datetime.date | None:
    return timezone.localdate(at) if at else None
