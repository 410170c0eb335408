"""Which campaign and which unit a page of this app is about, and who may open it."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from thidua_web.accounts.access import Access
from thidua_web.campaigns.models import Campaign
from thidua_web.campaigns.views.seeing import load_campaign
from thidua_web.config.lookup import only
from thidua_web.register.models import Unit


def access_of(request: HttpRequest) -> Access:
    return request.access  # type: ignore[attr-defined]


def load(request: HttpRequest, campaign_id: int, unit_id: int, permission: str) -> tuple[Campaign, Unit]:
    """The unit is the one that launched or stands below it; 404 for strangers, 403 for members who may not."""
    campaign = load_campaign(request, campaign_id)
    unit = only(Unit.objects.filter(pk=unit_id))
    if unit is None or not unit.path.startswith(campaign.unit.path):
        raise Http404
    access_of(request).require(permission, unit)
    return campaign, unit


def load_above(request: HttpRequest, campaign_id: int, permission: str) -> Campaign:
    """For the unit that launched."""
    campaign = load_campaign(request, campaign_id)
    access_of(request).require(permission, campaign.unit)
    return campaign
