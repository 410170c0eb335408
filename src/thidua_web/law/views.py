"""The law browser: awards, instruments, what changed. Reading only, for everybody who is signed in."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thidua.law.awards import awards
from thidua_web.law import queries
from thidua_web.law.forms import AsOfForm, BetweenForm
from thidua_web.law.linking import by_slug
from thidua_web.law.pages import award as award_page
from thidua_web.law.pages import changed as changed_page
from thidua_web.law.pages import instrument as instrument_page
from thidua_web.law.pages import lists


@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """Titles and awards as of a day, by kind and level."""
    form = AsOfForm(request.GET)
    groups = lists.groups(queries.current_law(), form.on, form.value("tim") or "")
    return render(request, "law/law.html", _as_of(form) | {"groups": groups, "narrowed": bool(form.value("tim"))})


@require_safe
def award(request: HttpRequest, code: str) -> HttpResponse:
    """What an award asks on a day, who decides, how it is voted on, what comes with it."""
    found = awards().get(code)
    if found is None:
        raise Http404
    form = AsOfForm(request.GET)
    context = award_page.award_page(found, queries.current_law(), form.on, queries.wording_of)
    return render(request, "law/award.html", _as_of(form) | context)


@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    """Every instrument with its days, as a drawing and as a list."""
    form = AsOfForm(request.GET)
    context = lists.instruments_page(queries.current_law(), form.on, form.value("tim") or "", queries.loaded())
    return render(request, "law/instruments.html", _as_of(form) | context)


@require_safe
def instrument(request: HttpRequest, name: str) -> HttpResponse:
    """One instrument: its days, what Thidua holds of it, its articles where they were loaded."""
    law = queries.current_law()
    known, statute = by_slug().get(name), instrument_page.statute_by_slug(law, name)
    if known is None and statute is None:
        raise Http404
    number = known.number if known else statute.instrument if statute else ""
    form = AsOfForm(request.GET)
    context = instrument_page.instrument_page(number, known, statute, queries.wording_of(number), form.on)
    return render(request, "law/instrument.html", _as_of(form) | context)


@require_safe
def changed(request: HttpRequest) -> HttpResponse:
    """What changed between two days; without any, over the last year."""
    today = timezone.localdate()
    form = BetweenForm(request.GET)
    valid = form.is_valid()
    last = (form.cleaned_data.get("den") if valid else None) or today
    first = (form.cleaned_data.get("tu") if valid else None) or last - datetime.timedelta(days=365)
    days = changed_page.days(queries.current_law(), min(first, last), last) if valid else ()
    return render(request, "law/changed.html", {"form": form, "first": first, "last": last, "days": days})


def _as_of(form: AsOfForm) -> dict[str, Any]:
    return {"form": form, "on": form.on, "other_day": form.on != timezone.localdate()}
