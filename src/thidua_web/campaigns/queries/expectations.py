"""By when a unit is expected to take a step with a campaign: the day that a duty of the plan gives it, else what this
installation expects.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from django.conf import settings
from django.db.models import Min, Q, QuerySet

from thidua.deployment import EXPECTATIONS, Expectation, Step, steps_asked, with_plan
from thidua_web.campaigns.models import Deployment, Duty, DutyDay, DutyUnit
from thidua_web.campaigns.queries.deployments import FEW

NAMING = Q(folded__contains="ke hoach") | Q(folded__contains="phat dong")
"""Which duties may name a step's day; the core reads the words of these."""


def of_house() -> tuple[Expectation, ...]:
    """What the installation's settings say; a step with 0 working days is expected of nobody."""
    days: Mapping[Step, int] = settings.STEP_DAYS
    return tuple(msgspec.structs.replace(one, within=days[one.step]) for one in EXPECTATIONS if days[one.step])


@dataclass(frozen=True)
class Expecting:
    """`named` are the plan's days by campaign and unit."""

    house: tuple[Expectation, ...]
    named: Mapping[tuple[int, int], Sequence[Expectation]] = field(default_factory=dict)

    def of(self, row: Deployment) -> tuple[Expectation, ...]:
        named = self.named.get((row.campaign_id, row.unit_id))
        return with_plan(named, self.house) if named else self.house


def expecting(rows: Iterable[Deployment]) -> Expecting:
    """Of these units with their campaigns: three queries at most, however many there are."""
    pairs = {(row.campaign_id, row.unit_id) for row in rows}
    units = {unit for _, unit in pairs}
    found = _asking(Duty.objects.filter(campaign__in={campaign for campaign, _ in pairs})) if pairs else {}
    days = _first_days(found)
    named: defaultdict[tuple[int, int], list[Expectation]] = defaultdict(list)
    addressed = DutyUnit.objects.filter(duty__in=days) if days else DutyUnit.objects.none()
    addressed = addressed.filter(unit__in=units) if len(units) < FEW else addressed
    for duty, unit in addressed.order_by("duty__place", "duty").values_list("duty_id", "unit_id"):
        campaign, quote, steps = found[duty]
        if (campaign, unit) in pairs:
            named[campaign, unit] += [Expectation(step=step, by=days[duty], quote=quote) for step in steps]
    return Expecting(of_house(), named)


def campaigns_naming(first: datetime.date, last: datetime.date) -> set[int]:
    """Those whose plan gives a step a day of this time."""
    within = Duty.objects.filter(days__due__range=(first, last), days__ended_by__isnull=True)
    return {campaign for campaign, _, _ in _asking(within).values()}


def _asking(duties: QuerySet[Duty]) -> dict[int, tuple[int, str, tuple[Step, ...]]]:
    """Duties in force that ask once for a step: campaign, words, steps."""
    rows = duties.filter(NAMING, ended_by__isnull=True, nature="deadline", rule="").order_by()
    found = rows.distinct().values_list("pk", "campaign_id", "quote", "what")
    return {pk: (campaign, quote, steps) for pk, campaign, quote, what in found if (steps := steps_asked(what))}


def _first_days(duties: Collection[int]) -> dict[int, datetime.date]:
    if not duties:
        return {}
    rows = DutyDay.objects.in_force().filter(duty__in=duties, day__isnull=False).order_by()
    return dict(rows.values_list("duty").annotate(first=Min("day")))
