"""The desk of people, and the page of one person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from thidua_web.register import extensions
from thidua_web.register.extensions import doors
from thidua_web.register.forms.desks import PeopleDeskForm
from thidua_web.register.models import Person
from thidua_web.register.pages import desks
from thidua_web.register.pages import person as pages
from thidua_web.register.queries import people as queries
from thidua_web.register.queries import person as person_queries
from thidua_web.register.queries.people import Wanted
from thidua_web.register.views.seeing import access_of, load_person, reach_of, sees_unit
from thidua_web.register.views.units import edges

WITH_ACCOUNT = {"co": True, "khong": False}


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everyone in reach, by given name."""
    reach = reach_of(request, "person.see")
    form = PeopleDeskForm(request.GET, among=reach.units())
    wanted = Wanted(
        text=form.value("tim") or "",
        unit=form.value("don_vi"),
        sex=form.value("gioi_tinh") or "",
        account=WITH_ACCOUNT.get(form.value("tai_khoan") or ""),
    )
    page = queries.people(wanted, reach.paths, **edges(request))
    context = {
        "form": form,
        "page": page,
        "narrowed": any(request.GET.values()),
        "may_edit": bool(access_of(request).paths("person.edit")),
        **desks.pager(request.GET, page),
    }
    return render(request, "register/people.html", context)


@require_safe
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: posts in time, ratings, awards. Who was merged leads to who was kept."""
    found = load_person(request, person_id, "person.see")
    if found.merged_into_id:
        kept = person_queries.kept(found)
        words = gettext("“%(name)s” đã được gộp vào người này, vì hai bản ghi là một người.") % {
            "name": found.full_name
        }
        messages.info(request, words)
        return redirect("register:person", kept.pk)
    rights = rights_over(request, found)
    context = pages.person_page(found, on=timezone.localdate(), rights=rights)
    context["sees_unit"] = sees_unit(request, found.unit)
    context["doors"] = doors(extensions.PERSON, found.pk, access_of(request), found.unit_id)
    return render(request, "register/person.html", context | rights)


def rights_over(request: HttpRequest, person: Person) -> dict[str, bool]:
    access = access_of(request)
    return {
        "may_edit": access.may("person.edit", person.unit_id),
        "may_see_sensitive": access.may("person.sensitive", person.unit_id),
        "may_see_ratings": access.may("rating.see", person.unit_id),
        "may_see_awards": access.may("award.see", person.unit_id),
        "may_rate": access.may("rating.edit", person.unit_id),
        "may_award": access.may("award.edit", person.unit_id),
    }
