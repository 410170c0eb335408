"""Who is nominated and who passes; whose dossiers come back, and for what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thidua.nominations.fairness import SMALLEST
from thidua_web.nominations.forms.lists import AskedForm
from thidua_web.nominations.models import Nomination
from thidua_web.nominations.pages import fairness as pages
from thidua_web.nominations.queries import fairness as queries
from thidua_web.nominations.queries.fairness import MOST_OPENED, Asked
from thidua_web.nominations.queries.offers import award_title
from thidua_web.nominations.views.lists import campaigns_of, desk_unit
from thidua_web.nominations.views.seeing import access_of
from thidua_web.register.models import Unit


@never_cache
@require_safe
def fairness(request: HttpRequest) -> HttpResponse:
    unit = desk_unit(request, "appraisal.see")
    form, asked = _asked(request, unit)
    found = queries.fairness(asked)
    context = {
        "unit": unit,
        "form": form,
        "parts": pages.parts(found, get_language() or "vi"),
        "smallest": SMALLEST,
        "sensitive": asked.sensitive,
        "most_opened": MOST_OPENED,
        "width": pages.WIDTH,
    }
    return render(request, "nominations/fairness.html", context)


@never_cache
@require_safe
def returns(request: HttpRequest) -> HttpResponse:
    unit = desk_unit(request, "appraisal.see")
    form, asked = _asked(request, unit)
    language = get_language() or "vi"
    units, counted = queries.returns(asked)
    lines = [(one, [(pages.reason(code, language), n) for code, n in one.codes]) for one in units]
    context = {
        "unit": unit,
        "form": form,
        "lines": lines,
        "reasons": pages.reasons(counted, language),
        "width": pages.WIDTH,
    }
    return render(request, "nominations/returns.html", context)


def _asked(request: HttpRequest, unit: Unit) -> tuple[AskedForm, Asked]:
    """What cannot be read narrows nothing."""
    rows = Nomination.objects.filter(to_unit=unit, lodged_on__isnull=False).order_by()
    years = sorted(set(rows.values_list("year", flat=True).distinct()), reverse=True)
    codes = rows.values_list("award", flat=True).distinct()
    today = timezone.localdate()
    awards = sorted((code, award_title(code, today)) for code in set(codes))
    form = AskedForm(request.GET, years=years, campaigns=list(campaigns_of(unit)), awards=awards, auto_id="asked_%s")
    form.is_valid()
    said: dict[str, Any] = form.cleaned_data
    asked = Asked(
        unit=unit,
        year=said.get("nam"),
        campaign=said.get("phong_trao"),
        award=said.get("giai", ""),
        sensitive=access_of(request).may("person.sensitive", unit),
    )
    return form, asked
