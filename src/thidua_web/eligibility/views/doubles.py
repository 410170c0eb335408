"""One deed, one award: what was commended twice, and reports that repeat one another."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thidua_web.eligibility.pages import doubles as pages
from thidua_web.eligibility.queries import doubles as queries
from thidua_web.eligibility.queries import repeats
from thidua_web.register.views.seeing import reach_of

ON_A_PAGE = 50


@require_safe
def doubles(request: HttpRequest) -> HttpResponse:
    """Awards that may be for one deed, over years, units and kinds of awards."""
    reach = reach_of(request, "eligibility.see")
    found = queries.doubles(reach.units(), request.GET.get("sau", ""), most=ON_A_PAGE)
    context = {"lines": pages.double_lines(found), "go_on": found.go_on, "begun": bool(request.GET.get("sau"))}
    return render(request, "eligibility/doubles.html", context)


@require_safe
def repeated(request: HttpRequest) -> HttpResponse:
    """Reports of deeds that share passages."""
    reach = reach_of(request, "eligibility.see")
    page = Paginator(repeats.noted(reach.units()), ON_A_PAGE).get_page(request.GET.get("trang"))
    return render(request, "eligibility/repeats.html", {"page": page, "lines": pages.repeat_lines(page.object_list)})


@require_safe
def repeat(request: HttpRequest, repeat_id: int) -> HttpResponse:
    """Two reports side by side."""
    reach = reach_of(request, "eligibility.see")
    row = repeats.noted(reach.units()).filter(pk=repeat_id).first()
    if row is None:
        raise Http404
    reports, passages = pages.side_by_side(row)
    return render(request, "eligibility/repeat.html", {"row": row, "reports": reports, "passages": passages})
