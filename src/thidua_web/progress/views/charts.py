"""The page of charts: targets, units by period, trends."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thidua_web.campaigns.models import DutyUnit
from thidua_web.progress.models import Pledge
from thidua_web.progress.pages import charts as pages
from thidua_web.progress.pages import report_list as list_pages
from thidua_web.progress.queries import report_list as queries
from thidua_web.progress.queries.report_list import Coming, Period
from thidua_web.progress.queries.reports import HANDED_IN
from thidua_web.progress.views.report_list import load, units_within
from thidua_web.register.models import Unit

UNITS_SHOWN = 60
# As many columns as a page of paper has room for; the latest ones.
MOST_PERIODS = 12


@never_cache
@require_safe
def progress(request: HttpRequest, campaign_id: int) -> HttpResponse:
    campaign, _access, paths = load(request, campaign_id)
    today, units = timezone.localdate(), units_within(paths)
    found = queries.periods(campaign)
    chosen = next((one for one in found if str(one.day.pk) == request.GET.get("ky", "")), None)
    period = chosen or queries.latest_sent(found, units) or queries.current(found, today=today)
    day = period.day.pk if period else None
    gathered = list_pages.gathered(queries.totals(campaign.pk, day, units))
    shown = found[-MOST_PERIODS:]
    by_day = queries.trend(campaign.pk, [one.day.pk for one in found], units)
    page = Paginator(_units(campaign.pk, found, units), UNITS_SHOWN).get_page(request.GET.get("trang", ""))
    here = [unit.pk for unit in page.object_list]
    results = {unit.pk: unit for unit in queries.results_by_unit(campaign.pk, day, Unit.objects.filter(pk__in=here))}
    came = queries.came_of(shown, here, today=today)
    context: dict[str, Any] = {
        "campaign": campaign,
        "period": period,
        "said": list_pages.say(period) if period else "",
        "choices": [(one.day.pk, list_pages.say(one)) for one in found],
        "targets": [pages.target_chart(one) for one in gathered],
        "trends": pages.trends(gathered, by_day, found),
        "rows": [pages.unit_row(unit, results, came, shown) for unit in page.object_list],
        "columns": [(one, list_pages.say(one)) for one in shown],
        "earlier": len(found) - len(shown),
        "page": page,
        "key": [(pages.mark(state), state.label) for state in Coming],
    }
    return render(request, "progress/report_charts.html", context)


def _units(campaign_id: int, found: list[Period], units: QuerySet[Unit] | None) -> QuerySet[Unit]:
    """Whoever has to report, or has handed in a pledge; by kind, then by name."""
    duties = DutyUnit.objects.filter(duty__in={one.day.duty_id for one in found}).values("unit_id")
    pledged = Pledge.objects.filter(campaign=campaign_id, state__in=HANDED_IN, closed_at__isnull=True).values("unit_id")
    rows = Unit.objects.filter(Q(pk__in=duties) | Q(pk__in=pledged))
    rows = rows if units is None else rows.filter(pk__in=units)
    return rows.order_by("kind", "sort_text", "pk")
