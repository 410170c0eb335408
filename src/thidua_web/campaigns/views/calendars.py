from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from thidua_web.accounts.access import Access
from thidua_web.accounts.backends import may_sign_in
from thidua_web.accounts.queries import access_of
from thidua_web.archive.downloads import made_response
from thidua_web.campaigns import feeds
from thidua_web.campaigns.actions import calendars as actions
from thidua_web.campaigns.calendar_secret import opens, token_of
from thidua_web.campaigns.models import CalendarAddress, Campaign
from thidua_web.campaigns.queries import calendars as queries
from thidua_web.campaigns.queries.work import campaigns_running
from thidua_web.register.queries.units import units_above

PERMISSION = "calendar.subscribe"


@never_cache
@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    """My own addresses, and what else I could put into my calendar."""
    access = request.access  # type: ignore[attr-defined]
    if access.current is None:
        return render(request, "campaigns/no_unit.html")
    access.require(PERMISSION, access.current.pk)
    held = queries.addresses_of(request.user, units=_units(access))  # type: ignore[arg-type]
    here = {address.campaign_id for address in held if address.unit_id == access.current.pk}
    campaigns = _choice(access)
    context = {
        "addresses": [_shown(request, address) for address in held],
        "has_unit": None in here,
        "choice": [campaign for campaign in campaigns if campaign.pk not in here],
        "ended": _ended(request),
    }
    return render(request, "campaigns/calendars.html", context)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """For the current unit's duties, or for the campaign that was chosen."""
    access = request.access  # type: ignore[attr-defined]
    access.require(PERMISSION, access.current and access.current.pk)
    campaign = _chosen(access, request.POST.get("campaign", ""))
    address = actions.open_address(unit=access.current, campaign=campaign, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return redirect(f"{reverse('campaigns:calendars')}#lich-{address.pk}")


@require_POST
def change(request: HttpRequest, address_id: int) -> HttpResponse:
    address = _own(request, address_id)
    actions.change_address(address=address, by=request.user, at=timezone.now())
    return redirect(f"{reverse('campaigns:calendars')}#lich-{address.pk}")


@require_POST
def end(request: HttpRequest, address_id: int) -> HttpResponse:
    """The page then says so, and offers to make it again."""
    address = _own(request, address_id)
    actions.end_address(address=address, by=request.user, at=timezone.now())
    return redirect(f"{reverse('campaigns:calendars')}?ngung={address.pk}")


@login_not_required
@require_safe
def feed(request: HttpRequest, address_id: int, token: str) -> HttpResponseBase:
    """For calendar programs: whoever knows the address may read, as long as its owner may.

    Programs come back every few minutes; where nothing has changed, nothing is made.
    """
    address = queries.standing_address(address_id)
    if not opens(token, address) or address is None or not _may_still(address):
        raise Http404
    found = feeds.feed_of(address, site=request.build_absolute_uri("/").rstrip("/"))
    if address.campaign_id and not found.campaigns:
        raise Http404
    actions.note_reading(address=address, at=timezone.now())
    changed = int(found.changed_at.timestamp())
    answer = get_conditional_response(request, etag=found.etag, last_modified=changed)
    return _with_validators(answer or _calendar(found), found.etag, changed)


def _calendar(found: feeds.Feed) -> HttpResponseBase:
    return made_response(feeds.content_of(found), name="thi-dua.ics", content_type="text/calendar; charset=utf-8")


def _with_validators(answer: HttpResponseBase, etag: str, changed: int) -> HttpResponseBase:
    answer.headers["ETag"] = etag
    answer.headers["Last-Modified"] = http_date(changed)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _may_still(address: CalendarAddress) -> bool:
    """Its owner may sign in today, and still has a role in the unit that may subscribe."""
    if not may_sign_in(address.user):
        return False
    return access_of(address.user, on=timezone.localdate(), chosen=None).may(PERMISSION, address.unit_id)


def _own(request: HttpRequest, address_id: int) -> CalendarAddress:
    """404 for other people's addresses, 403 for one's own where the role no longer allows it."""
    address = queries.own_address(address_id, request.user)  # type: ignore[arg-type]
    if address is None:
        raise Http404
    request.access.require(PERMISSION, address.unit_id)  # type: ignore[attr-defined]
    return address


def _ended(request: HttpRequest) -> CalendarAddress | None:
    """The address that was ended just now."""
    said = request.GET.get("ngung", "")[:18]
    address = queries.own_address(int(said), request.user) if said.isdecimal() else None  # type: ignore[arg-type]
    return address if address and address.ended_at else None


def _units(access: Access) -> list[int]:
    return sorted(access.ids(PERMISSION))


def _choice(access: Access) -> list[Campaign]:
    unit = access.current
    return campaigns_running([unit.pk, *units_above(unit)], on=timezone.localdate()) if unit else []


def _chosen(access: Access, said: str) -> Campaign | None:
    """None for the unit's duties; 404 for a campaign that the unit does not see."""
    if not said:
        return None
    campaign = _seen(access, int(said[:18])) if said[:18].isdecimal() else None
    if campaign is None:
        raise Http404
    return campaign


def _seen(access: Access, campaign_id: int) -> Campaign | None:
    return queries.campaign_seen(campaign_id, unit=access.current) if access.current else None


def _shown(request: HttpRequest, address: CalendarAddress) -> dict[str, object]:
    """`tap` is the same address as telephones understand it: they open their calendar with it."""
    scheme = "webcals" if request.is_secure() else "webcal"
    path = reverse("campaigns:calendar_feed", args=[address.pk, token_of(address)])
    return {
        "address": address,
        "name": feeds.name_of(address),
        "url": request.build_absolute_uri(path),
        "tap": f"{scheme}://{request.get_host()}{path}",
    }
