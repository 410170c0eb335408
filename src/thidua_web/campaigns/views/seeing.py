"""Who sees a launched campaign: the members of its unit, of every unit below it, and of those above it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from thidua_web.accounts.access import Access
from thidua_web.campaigns.models import Campaign
from thidua_web.campaigns.queries import campaigns as queries
from thidua_web.register.models import Unit


def units_seeing(access: Access) -> list[Unit]:
    return [unit for unit in access.units if access.may("campaign.see", unit)]


def load_campaign(request: HttpRequest, campaign_id: int) -> Campaign:
    """404 for strangers to its unit and those below, 403 for members without the permission."""
    access: Access = request.access  # type: ignore[attr-defined]
    found = queries.campaign(campaign_id)
    if found is None:
        raise Http404
    seeing = units_seeing(access)
    if found.unit_id in queries.upwards(seeing) or found.unit_id in queries.lineage(seeing):
        return found
    if access.may("campaign.see", found.unit):
        return found
    if found.unit_id in queries.lineage(access.units):
        raise PermissionDenied("campaign.see")
    access.require("campaign.see", found.unit)
    return found


def load_reached(request: HttpRequest, campaign_id: int, permission: str) -> Campaign:
    """For a page on which a unit that was sent the campaign sees its own part: the permission is held in the unit that
    launched, or in one's own.
    """
    campaign = load_campaign(request, campaign_id)
    access: Access = request.access  # type: ignore[attr-defined]
    seats = [campaign.unit, *access.units]
    access.require(permission, next((unit for unit in seats if access.may(permission, unit)), campaign.unit))
    return campaign
