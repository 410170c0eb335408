"""Whether a report says what another report says, asked while it is written."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thidua_web.nominations.pages import dossier_repeats as pages
from thidua_web.nominations.queries import dossier_repeats as queries
from thidua_web.nominations.queries.dossier_repeats import DEED, DOSSIER, Reach
from thidua_web.nominations.views.dossiers import case_of, head
from thidua_web.nominations.views.seeing import access_of


@never_cache
@require_safe
def repeats(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """The part of the dossier's page that is asked for by itself; without the script a page."""
    case = case_of(request, nomination_id)
    found = queries.found(case.nomination, _reach(request))
    context = {**head(case), "lines": pages.lines(case.nomination, found)}
    part = "_dossier_repeats" if request.headers.get("HX-Request") else "dossier_repeats"
    return render(request, f"nominations/{part}.html", context)


@never_cache
@require_safe
def repeat(request: HttpRequest, nomination_id: int, kind: str, other_id: int) -> HttpResponse:
    """Two reports side by side."""
    case = case_of(request, nomination_id)
    found = queries.other(case.nomination, kind, other_id, _reach(request)) if kind in (DOSSIER, DEED) else None
    if found is None:
        raise Http404
    sides, passages = pages.side_by_side(case.nomination, found)
    return render(request, "nominations/dossier_repeat.html", {**head(case), "sides": sides, "passages": passages})


def _reach(request: HttpRequest) -> Reach:
    access = access_of(request)
    return Reach(
        dossiers=access.reach("nomination.see"),
        deeds=access.reach("eligibility.see"),
        received=access.ids("appraisal.see"),
    )
