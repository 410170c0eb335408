"""Rounds of the appraising unit: opened, changed, closed."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua_web.campaigns.models import Campaign
from thidua_web.campaigns.views.seeing import load_campaign
from thidua_web.eligibility.views.choosing import ended_year
from thidua_web.nominations.actions import rounds as actions
from thidua_web.nominations.forms.rounds import RoundForm
from thidua_web.nominations.models import Kind, Round
from thidua_web.nominations.queries import submissions as queries
from thidua_web.nominations.queries.dues import due_of_campaign
from thidua_web.nominations.views.seeing import access_of
from thidua_web.nominations.views.submissions import REFUSED

ON_A_PAGE = 30


@never_cache
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All that the own unit opened."""
    access = access_of(request)
    access.require("nomination.round", access.current)
    assert access.current is not None  # noqa: S101 - it was required
    page = Paginator(queries.rounds_of(access.current), ON_A_PAGE).get_page(request.GET.get("trang"))
    offering = Campaign.objects.filter(unit=access.current, launched_at__isnull=False, offer_rows__ended_by=None)
    listed = offering.exclude(offer_rows__award="").exclude(rounds__closed_at=None, rounds__isnull=False).distinct()
    context = {
        "unit": access.current,
        "page": page,
        "today": timezone.localdate(),
        "campaigns": list(listed.order_by("-launched_at")[:20]),
        "year": ended_year(timezone.localdate()),
    }
    return render(request, "nominations/rounds.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest) -> HttpResponse:
    """For a campaign of the own unit, with its plan's day; or for a year."""
    access, today = access_of(request), timezone.localdate()
    access.require("nomination.round", access.current)
    assert access.current is not None  # noqa: S101 - it was required
    campaign = None
    if (key := request.GET.get("phong-trao", "")).isdecimal():
        campaign = load_campaign(request, int(key))
        access.require("nomination.round", campaign.unit)
    form = RoundForm(request.POST or None, initial=_initial(campaign, today))
    if request.method == "POST" and form.is_valid():
        row = actions.open_round(
            to_unit=campaign.unit if campaign else access.current,
            kind=Kind.CAMPAIGN if campaign else Kind.YEARLY,
            campaign=campaign,
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(
            request, gettext("Đã mở đợt “%(title)s”; các đơn vị trực thuộc được báo.") % {"title": row.title}
        )
        return redirect("nominations:rounds")
    context = {"form": form, "campaign": campaign}
    return render(request, "nominations/round_form.html", context, status=REFUSED if form.is_bound else 200)


def _initial(campaign: Campaign | None, today: datetime.date) -> dict[str, Any]:
    if campaign is None:
        year = ended_year(today)
        return {"title": f"Xét khen thưởng năm {year}", "year": year, "opens_on": today}
    due = due_of_campaign(campaign, today)
    year = (min(campaign.end, today) if campaign.end else today).year
    said: dict[str, Any] = {"title": f"Khen thưởng {campaign.title}"[:250], "year": year, "opens_on": today}
    return said | ({"due_on": due.on, "basis": due.words} if due else {})


def _load(request: HttpRequest, round_id: int) -> Round:
    found = queries.round_(round_id)
    if found is None:
        raise Http404
    access_of(request).require("nomination.round", found.to_unit)
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_round(request: HttpRequest, round_id: int) -> HttpResponse:
    row = _load(request, round_id)
    initial = {name: getattr(row, name) for name in actions.CHANGED}
    form = RoundForm(request.POST or None, initial=initial, fixed=True)
    if request.method == "POST" and form.is_valid():
        done = actions.change_round(row=row, by=request.user, at=timezone.now(), **form.cleaned_data)  # type: ignore[arg-type]
        if done:
            messages.success(request, gettext("Đã lưu. Đề nghị đang lập trong đợt này theo hạn mới."))
        elif row.closed_at is not None:
            messages.warning(request, gettext("Đợt này đã đóng. Mở lại rồi sửa."))
        return redirect("nominations:rounds")
    context = {"form": form, "round": row, "campaign": row.campaign}
    return render(request, "nominations/round_form.html", context, status=REFUSED if form.is_bound else 200)


@require_POST
def close_round(request: HttpRequest, round_id: int) -> HttpResponse:
    row = _load(request, round_id)
    if actions.close_round(row=row, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, gettext("Đã đóng đợt “%(title)s”.") % {"title": row.title})
    return redirect("nominations:rounds")


@require_POST
def reopen_round(request: HttpRequest, round_id: int) -> HttpResponse:
    row = _load(request, round_id)
    if actions.reopen_round(row=row, by=request.user, at=timezone.now()):  # type: ignore[arg-type]
        messages.success(request, gettext("Đã mở lại đợt “%(title)s”.") % {"title": row.title})
    return redirect("nominations:rounds")
