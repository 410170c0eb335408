"""The desk of units, its tree, and the page of one unit."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thidua_web.register import extensions
from thidua_web.register.extensions import doors
from thidua_web.register.forms.desks import UnitDeskForm
from thidua_web.register.forms.fields import name_and_code
from thidua_web.register.models import Unit
from thidua_web.register.pages import desks, tree
from thidua_web.register.pages import unit as pages
from thidua_web.register.queries import unit_desk as queries
from thidua_web.register.queries.searching import found_in, words_of
from thidua_web.register.queries.unit_desk import Reach, Wanted
from thidua_web.register.views.seeing import access_of, load_unit, reach_of, sees_unit

MOST_PROPOSED = 20
TREE = "cay"


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """All units in reach, as a list or as a tree."""
    reach = reach_of(request, "unit.see")
    form = UnitDeskForm(request.GET, among=reach.units())
    wanted = wanted_of(form)
    context = {
        "form": form,
        "wanted": wanted,
        "as_tree": request.GET.get("kieu") == TREE,
        "list_address": desks.address(request.GET, kieu="", mo=""),
        "tree_address": desks.address(request.GET, kieu=TREE, tim="", loai="", thuoc="", trang_thai=""),
        "other_day": wanted.on != timezone.localdate(),
        "may_edit": bool(access_of(request).paths("unit.edit")),
    }
    filled = _tree(request, wanted, reach) if context["as_tree"] else _list(request, wanted, reach)
    return render(request, "register/units.html", context | filled)


def wanted_of(form: UnitDeskForm) -> Wanted:
    return Wanted(
        on=form.value("ngay") or timezone.localdate(),
        text=form.value("tim") or "",
        kind=form.value("loai") or "",
        under=form.value("thuoc"),
        state=form.value("trang_thai") or "",
    )


def _list(request: HttpRequest, wanted: Wanted, reach: Reach) -> dict[str, Any]:
    page = queries.units(wanted, reach, **edges(request))
    rows = desks.unit_rows(page.rows, on=wanted.on, text=wanted.text)
    return {"page": page, "rows": rows, "narrowed": any(request.GET.values()), **desks.pager(request.GET, page)}


def edges(request: HttpRequest) -> dict[str, int | None]:
    """Beside which row the page begins, as the address says."""
    found = {}
    for name, word in (("after", "sau"), ("before", "truoc")):
        text = request.GET.get(word, "")
        found[name] = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
    return found


def _tree(request: HttpRequest, wanted: Wanted, reach: Reach) -> dict[str, Any]:
    opened = {int(text) for text in request.GET.getlist("mo") if text.isascii() and text.isdecimal() and len(text) < 19}
    return {"branches": tree.grown(reach.paths, opened, on=wanted.on, asked=request.GET)}


@require_safe
def branch(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The units directly under one, for the tree."""
    unit = load_unit(request, unit_id, "unit.see")
    form = UnitDeskForm(request.GET, among=Unit.objects.none())
    context = {"branches": tree.under(unit, on=form.value("ngay") or timezone.localdate(), asked=request.GET)}
    return render(request, "register/_branches.html", context)


@require_safe
def choose_unit(request: HttpRequest) -> HttpResponse:
    """Units whose name or code holds what somebody is writing, to choose from."""
    reach = reach_of(request, "unit.see")
    words = words_of(next(iter(request.GET.values()), ""))
    rows = reach.units().valid(on=timezone.localdate()).filter(found_in(Unit, words)).order_by("sort_text", "pk")
    names = [name_and_code(unit) for unit in rows[:MOST_PROPOSED]] if words else []
    return render(request, "register/_unit_options.html", {"names": names})


@require_safe
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit: what it is, who heads it, what stands below, what it was, how it was rated."""
    found = load_unit(request, unit_id, "unit.see")
    today = timezone.localdate()
    rights = rights_in(request, found, today)
    context = pages.unit_page(found, on=today, rights=rights, sees=lambda other: sees_unit(request, other))
    context["doors"] = doors(extensions.UNIT, found.pk, access_of(request), found.pk)
    return render(request, "register/unit.html", context | rights)


def rights_in(request: HttpRequest, unit: Unit, on: datetime.date) -> dict[str, bool]:
    """An ended unit takes no people and founds no units; what it was can still be put right."""
    access, living = access_of(request), unit.valid_to is None or unit.valid_to >= on
    return {
        "living": living,
        "may_edit": access.may("unit.edit", unit.pk),
        "may_found": living and access.may("unit.edit", unit.pk),
        "may_staff": living and access.may("person.edit", unit.pk),
        "may_see_people": access.may("person.see", unit.pk),
        "may_see_ratings": access.may("rating.see", unit.pk),
        "may_see_awards": access.may("award.see", unit.pk),
        "may_rate": access.may("rating.edit", unit.pk),
        "may_award": access.may("award.edit", unit.pk),
        "may_reform": living and access.may("unit.reform", unit.pk),
    }
