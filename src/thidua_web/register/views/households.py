"""The desk of households, the page of one, and the forms that add it and put it right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from thidua_web.register import extensions
from thidua_web.register.actions import households as actions
from thidua_web.register.extensions import doors
from thidua_web.register.forms.households import HouseholdDeskForm, HouseholdForm, values_of
from thidua_web.register.models import Household, Person, Unit
from thidua_web.register.models.households import HOUSING
from thidua_web.register.pages import desks
from thidua_web.register.queries import household as queries
from thidua_web.register.queries import households as desk_queries
from thidua_web.register.queries import unit as unit_queries
from thidua_web.register.queries.households import Wanted
from thidua_web.register.views.person_acts import FORCE
from thidua_web.register.views.seeing import access_of, load_household, reach_of, sees_unit
from thidua_web.register.views.unit_acts import PAGE, add_errors, status_of
from thidua_web.register.views.units import edges

LEFT = "moi-ho"


@require_safe
def households(request: HttpRequest) -> HttpResponse:
    """Every household in reach, by the head's given name."""
    reach = reach_of(request, "person.see")
    form = HouseholdDeskForm(request.GET, among=reach.units())
    wanted = Wanted(
        on=timezone.localdate(),
        text=form.value("tim") or "",
        unit=form.value("don_vi"),
        left=form.value("trang_thai") == LEFT,
    )
    page = desk_queries.households(wanted, reach.paths, **edges(request))
    context = {
        "form": form,
        "page": page,
        "today": wanted.on,
        "narrowed": any(request.GET.values()),
        "may_edit": bool(access_of(request).paths("person.edit")),
        **desks.pager(request.GET, page),
    }
    return render(request, "register/households.html", context)


@require_safe
def household(request: HttpRequest, household_id: int) -> HttpResponse:
    """One household: who heads it, where it lives, what it was commended with."""
    found = load_household(request, household_id, "person.see")
    access, today = access_of(request), timezone.localdate()
    context = {
        "household": found,
        "sees_unit": sees_unit(request, found.unit),
        "sees_head": found.head is not None and access.may("person.see", found.head.unit_id),
        "living": found.valid_to is None or found.valid_to >= today,
        "may_edit": access.may("person.edit", found.unit_id),
        "may_award": access.may("award.edit", found.unit_id),
        "awards": unit_queries.awards(household=found) if access.may("award.see", found.unit_id) else None,
        "doors": doors(extensions.HOUSEHOLD, found.pk, access, found.unit_id),
    }
    return render(request, "register/household.html", context)


@PAGE
def new_household(request: HttpRequest) -> HttpResponse:
    """Of a commune that the user may staff. Those that may be the same are shown first."""
    reach_of(request, "person.edit")
    among = _communes(request)
    alike: list[Household] = []
    if request.method == "POST":
        form = HouseholdForm(request.POST, among=among, people=_people(request))
        if form.is_valid():
            said = form.values
            known = [] if FORCE in request.POST else queries.alike(said["head_name"], said["code"], said["unit"])
            alike = [one for one in known if not said["code"] or one.code.casefold() != said["code"].casefold()]
            made = None if alike else _create(request, form)
            if made is not None:
                return redirect("register:household", made.pk)
    else:
        unit = among.filter(code=request.GET.get("don_vi", "")).first() or _only(among)
        form = HouseholdForm(among=among, people=_people(request), initial={"unit": unit})
    context = {"form": form, "alike": alike}
    return render(request, "register/household_new.html", context, status=status_of(form))


def _create(request: HttpRequest, form: HouseholdForm) -> Household | None:
    try:
        made = actions.create_household(**form.values, by=request.user, at=timezone.now())
    except ValidationError as error:
        add_errors(form, error)
        return None
    messages.success(request, gettext("Đã thêm “%(name)s”.") % {"name": made.name})
    return made


@PAGE
def change_household(request: HttpRequest, household_id: int) -> HttpResponse:
    """Put right, moved to another commune that the user may staff, or ended."""
    found = load_household(request, household_id, "person.edit")
    sent = request.POST if request.method == "POST" else None
    among, people = _communes(request), _people(request) | Person.objects.filter(pk=found.head_id)
    form = HouseholdForm(sent, among=among, people=people, initial=values_of(found))
    if sent is not None and form.is_valid():
        try:
            changed = actions.change_household(household=found, **form.values, by=request.user, at=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, gettext("Đã sửa.") if changed else gettext("Không có gì thay đổi."))
            return redirect("register:household", found.pk)
    context: dict[str, Any] = {"form": form, "household": found}
    return render(request, "register/household_change.html", context, status=status_of(form))


def _only(among: QuerySet[Unit]) -> Unit | None:
    """Whoever works in one commune need not name it."""
    found = list(among[:2])
    return found[0] if len(found) == 1 else None


def _communes(request: HttpRequest) -> QuerySet[Unit]:
    inside = Unit.objects.within(access_of(request).paths("person.edit"))
    return inside.valid(on=timezone.localdate()).filter(kind__in=HOUSING)


def _people(request: HttpRequest) -> QuerySet[Person]:
    units = Unit.objects.within(access_of(request).paths("person.see"))
    return Person.objects.filter(merged_into=None, unit__in=units.order_by().values("pk"))
