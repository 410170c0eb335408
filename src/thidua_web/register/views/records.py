"""Ratings of a person or a unit, and awards of households too, are written one by one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from thidua_web.register.actions import records as actions
from thidua_web.register.forms.records import AwardForm, RatingForm
from thidua_web.register.models import Person, Unit
from thidua_web.register.models.records import Track
from thidua_web.register.nominees import Nominee, kind_of, name_of, whose_is
from thidua_web.register.pages import records as pages
from thidua_web.register.queries import unit as queries
from thidua_web.register.views.seeing import load_household, load_person, load_unit
from thidua_web.register.views.unit_acts import PAGE, add_errors, status_of


@PAGE
def rate_person(request: HttpRequest, person_id: int) -> HttpResponse:
    return _rate(request, load_person(request, person_id, "rating.edit"))


@PAGE
def rate_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    return _rate(request, load_unit(request, unit_id, "rating.edit"))


@PAGE
def award_person(request: HttpRequest, person_id: int) -> HttpResponse:
    return _award(request, load_person(request, person_id, "award.edit"))


@PAGE
def award_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    return _award(request, load_unit(request, unit_id, "award.edit"))


@PAGE
def award_household(request: HttpRequest, household_id: int) -> HttpResponse:
    return _award(request, load_household(request, household_id, "award.edit"))


def _rate(request: HttpRequest, of: Person | Unit) -> HttpResponse:
    """One year; a year that is there already is changed."""
    sent = request.POST if request.method == "POST" else None
    form = RatingForm(sent, today=timezone.localdate(), last_year=_last_year(of), initial=_asked(request, of))
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        scheme = pages.scheme_code(of, said["year"], said["track"])
        actions.set_rating(of=of, **said, scheme=scheme, by=request.user, at=timezone.now())
        messages.success(request, gettext("Đã ghi xếp loại năm %(year)s.") % {"year": said["year"]})
        return redirect(_home(of), of.pk)
    ratings = pages.rating_rows(queries.ratings(**whose_is(of)), unit=of if isinstance(of, Unit) else of.unit)
    context = {"of": of, "form": form, "ratings": ratings, **_place(of)}
    return render(request, "register/rate.html", context, status=status_of(form))


def _asked(request: HttpRequest, of: Person | Unit) -> dict[str, Any]:
    """The year that the address names as it stands, else last year empty."""
    year, track = request.GET.get("nam", ""), request.GET.get("ve", Track.STATE)
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        return {"year": timezone.localdate().year - 1, "track": Track.STATE}
    said: dict[str, Any] = {"year": int(year), "track": track}
    there = next((row for row in queries.ratings(**whose_is(of)) if (row.year, row.track) == (int(year), track)), None)
    if there is not None:
        said |= {name: getattr(there, name) for name in ("level", "paper", "decided_on")}
    return said


def _award(request: HttpRequest, of: Nominee) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = AwardForm(sent, today=timezone.localdate())
    if sent is not None and form.is_valid():
        try:
            award = actions.record_award(of=of, by=request.user, at=timezone.now(), **form.values)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, gettext("Đã ghi “%(title)s”.") % {"title": award.title})
            return redirect(_home(of), of.pk)
    context = {"of": of, "form": form, "titles": pages.titles(of), **_place(of)}
    return render(request, "register/award.html", context, status=status_of(form))


def _last_year(of: Person | Unit) -> int | None:
    return of.valid_to.year if isinstance(of, Unit) and of.valid_to else None


def _home(of: Nominee) -> str:
    return f"register:{kind_of(of)}"


def _place(of: Nominee) -> dict[str, Any]:
    """What the page's head says of whom it is about."""
    return {"home": _home(of), "name": name_of(of)}
