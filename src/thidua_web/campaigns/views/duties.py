from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from thidua_web.campaigns import extensions
from thidua_web.campaigns.actions import duties as actions
from thidua_web.campaigns.models import DutyDay, DutyDone
from thidua_web.campaigns.queries import duties as queries
from thidua_web.config.back import go_back


@require_POST
def mark(request: HttpRequest, day_id: int) -> HttpResponse:
    """The current unit has done what was due that day. What is done on a page of its own is not marked by hand."""
    day = _day(request, day_id)
    unit = request.access.current  # type: ignore[attr-defined]
    if door := extensions.doors([day], unit).get(day.pk):
        return HttpResponseClientRedirect(door.href) if request.htmx else redirect(door.href)  # type: ignore[attr-defined]
    actions.mark_done(day=day, unit=unit, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return _answer(request, day, queries.done_by(day.pk, unit_id=unit.pk))


@require_POST
def unmark(request: HttpRequest, day_id: int) -> HttpResponse:
    day = _day(request, day_id)
    unit = request.access.current  # type: ignore[attr-defined]
    if door := extensions.doors([day], unit).get(day.pk):
        return _answer(request, day, queries.done_by(day.pk, unit_id=unit.pk), door)
    actions.unmark(day=day, unit=unit, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return _answer(request, day, None)


def _day(request: HttpRequest, day_id: int) -> DutyDay:
    """404 where the duty is not addressed to the current unit, 403 for its members who may not speak for it."""
    access = request.access  # type: ignore[attr-defined]
    day = queries.addressed_day(day_id, unit_id=access.current.pk) if access.current else None
    if day is None:
        raise Http404
    access.require("duty.mark", access.current.pk)
    return day


def _answer(
    request: HttpRequest, day: DutyDay, done: DutyDone | None, door: extensions.Door | None = None
) -> HttpResponse:
    """htmx gets the button for the way back in the place of the one that was pressed."""
    if not request.htmx:  # type: ignore[attr-defined]
        return go_back(request)
    context = {"day": day, "done": done, "door": door, "next": request.POST.get("next", "")}
    return render(request, "campaigns/_duty_mark.html", context)
