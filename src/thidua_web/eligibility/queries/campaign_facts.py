"""What nominees, or their units, did of a campaign: launched it, summed it up, sent their reports, reached targets."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from thidua.rules.predicates.answers import LAUNCHED, SUMMARISED
from thidua_web.campaigns.models import Campaign, Deployment
from thidua_web.progress.models import Pledge, ReportedValue
from thidua_web.progress.queries import report_list
from thidua_web.progress.queries.report_list import Coming, Period
from thidua_web.progress.stages import ReportState
from thidua_web.register.models import Unit

ON_TIME = (Coming.EARLY.value, Coming.ON_TIME.value)
OVER = (*ON_TIME, Coming.LATE.value, Coming.MISSING.value)
WHOLE = Decimal("0.0001")


class Done(NamedTuple):
    launched: bool
    summarised: bool


def done(campaign: Campaign) -> Mapping[int, Done]:
    """By unit, of those that the campaign was sent to and of the one that launched it. One query."""
    rows = Deployment.objects.standing().filter(campaign=campaign).order_by()
    found = {
        unit: Done(bool(at or on), bool(summed))
        for unit, at, on, summed in rows.values_list("unit_id", "launched_at", "launched_on", "summarised_at")
    }
    return found | {campaign.unit_id: Done(True, found.get(campaign.unit_id, Done(True, False)).summarised)}


def answers(path: str, done: Mapping[int, Done]) -> dict[str, bool]:
    """Of whoever stands at this path: what the nearest unit did that the campaign was sent to."""
    for part in reversed(path.split("/")):
        if part and int(part) in done:
            said = done[int(part)]
            return {LAUNCHED: said.launched, SUMMARISED: said.summarised}
    return {}


# --- What reports say -------------------------------------------------------------------------------------------------


Figures = Mapping[int, Mapping[str, Decimal]]


def figures(campaign: Campaign, on: datetime.date, units: Collection[int] | None = None) -> Figures:
    """By unit what its signed reports say on a day: targets met, results against the base year, reports sent.

    Of units with a pledge. Targets are those of the last period for which anything was signed; a unit that has not
    reported on it says nothing of them. The keys are those of `thidua.rules.predicates.measures`.
    """
    due = [period for period in report_list.periods(campaign) if period.due <= on]
    asked = list(_pledging(campaign)) if units is None else list(units)
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for unit, came in _came(due, asked, on).items():
        found[unit]["reports.sent.share"] = _share(sum(one != Coming.MISSING.value for one in came), len(came))
        found[unit]["reports.on_time.share"] = _share(sum(one in ON_TIME for one in came), len(came))
    last = report_list.latest_sent(due)
    if last is not None:
        for unit, said in _results(campaign, last, asked).items():
            found[unit] |= said
    return found


def _pledging(campaign: Campaign) -> Iterable[int]:
    return Pledge.objects.filter(campaign=campaign, closed_at__isnull=True).order_by().values_list("unit_id", flat=True)


def _came(due: list[Period], units: list[int], on: datetime.date) -> dict[int, list[str]]:
    """How each report that is due by the day came in; one that may still come is left out."""
    found: dict[int, list[str]] = defaultdict(list)
    for (_, unit), came in report_list.came_of(due, units, today=on).items():
        if came in OVER:
            found[unit].append(came)
    return found


def _results(campaign: Campaign, period: Period, units: list[int]) -> dict[int, dict[str, Decimal]]:
    among = Unit.objects.filter(pk__in=units)
    found = {
        row.pk: {"targets.met.share": _share(row.reached, row.pledged)}
        for row in report_list.results_by_unit(campaign.pk, period.day.pk, among)
        if row.reported and row.pledged
    }
    for unit, least in _least(campaign, period, units).items():
        found.setdefault(unit, {})["baseline.least"] = least
    return found


def _least(campaign: Campaign, period: Period, units: list[int]) -> dict[int, Decimal]:
    """The result that stands worst against its base year, in percent of it; where less is good, the other way round."""
    rows = ReportedValue.objects.filter(
        report__day=period.day, report__state=ReportState.SENT, report__unit__in=units,
        target__pledge__campaign=campaign, target__op__in=(">=", "<="), target__baseline__gt=0, value__gt=0,
    ).order_by()  # fmt: skip
    least: dict[int, Decimal] = {}
    for unit, value, base, op in rows.values_list("report__unit_id", "value", "target__baseline", "target__op"):
        done, of = (value, base) if op == ">=" else (base, value)
        percent = (Decimal(str(done)) * 100 / Decimal(str(of))).quantize(WHOLE)
        least[unit] = min(percent, least.get(unit, percent))
    return least


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(part) * 100 / Decimal(whole)).quantize(WHOLE)
