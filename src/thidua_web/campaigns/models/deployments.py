from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from thidua_web.campaigns.models.campaigns import Campaign
from thidua_web.campaigns.models.plans import PlanDocument
from thidua_web.register.models import Unit

USER = settings.AUTH_USER_MODEL


class DeploymentQuery(models.QuerySet):
    def standing(self) -> DeploymentQuery:
        """Those that still run: not of a unit that has ended, nor of one that the plan addresses no more."""
        return self.filter(withdrawn_at__isnull=True)


class Deployment(models.Model):
    """How far a unit has come with a campaign that it was sent: the steps of `thidua.deployment`, each with its moment.

    `plan` is the unit's newest own plan, `planned_at` when its first one was read, `child` the campaign that it
    launched with it; a unit that launched on paper has `launched_on` and `paper` instead. `inherited_from` where the
    unit before it had come so far. A row that ended (`withdrawn_at`) stays as evidence.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="deployments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="deployments")
    inherited_from = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    plan = models.ForeignKey(PlanDocument, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    planned_at = models.DateTimeField(null=True, blank=True)
    child = models.ForeignKey(Campaign, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    launched_at = models.DateTimeField(null=True, blank=True)
    launched_on = models.DateField(null=True, blank=True)
    paper = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    summarised_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # The last of the moments above: what a board sorts by to find where nothing moves.
    moved_at = models.DateTimeField()

    objects = DeploymentQuery.as_manager()

    class Meta:
        ordering = ("campaign", "unit")
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "unit"], condition=Q(withdrawn_at__isnull=True), name="deployment_once"
            ),
        )
        indexes = (models.Index(fields=["unit", "campaign"]), models.Index(fields=["campaign", "moved_at"]))

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.unit_id}"

    def last_moment(self) -> datetime.datetime:
        """When it last moved; a launch on paper moved it on the day that the paper says."""
        launched = self.launched_at
        if self.launched_on is not None:
            launched = timezone.make_aware(datetime.datetime.combine(self.launched_on, datetime.time.min))
        steps = (self.received_at, self.planned_at, launched, self.reported_at, self.summarised_at)
        return max([self.sent_at, *(step for step in steps if step is not None)])
