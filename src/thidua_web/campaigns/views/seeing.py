"""Who sees a launched campaign: the members of its unit and of every unit below it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from thidua_web.accounts.access import Access
from thidua_web.campaigns.models import Campaign
from thidua_web.campaigns.queries import campaigns as queries
from thidua_web.register.models import Unit


def units_seeing(access: Access) -> list[Unit]:
    return [unit for unit in access.units if access.may("campaign.see", unit.pk)]


def load_campaign(request: HttpRequest, campaign_id: int) -> Campaign:
    """404 for strangers to its unit and those below, 403 for members without the permission."""
    access: Access = request.access  # type: ignore[attr-defined]
    found = queries.campaign(campaign_id, lines=queries.lineage(units_seeing(access)))
    if found is not None:
        return found
    if queries.campaign(campaign_id, lines=queries.lineage(access.units)) is not None:
        raise PermissionDenied("campaign.see")
    raise Http404
