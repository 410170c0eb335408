from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from thidua_web.campaigns.models.campaigns import Campaign
from thidua_web.register.models import Unit


class CalendarAddress(models.Model):
    """A secret address under which one person's calendar program reads a unit's duties, or one campaign.

    The address is made of the key and `nonce` with the server's own key, so that a copy of the database holds none.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_addresses")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    nonce = models.UUIDField()
    created_at = models.DateTimeField()
    last_read_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "unit", "campaign"], condition=Q(ended_at__isnull=True), name="calendar_address_once"
            ),
            models.UniqueConstraint(
                fields=["user", "unit"],
                condition=Q(ended_at__isnull=True, campaign__isnull=True),
                name="calendar_address_of_unit_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.unit_id} {self.campaign_id or ''}"
