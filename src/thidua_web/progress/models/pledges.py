from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from thidua_web.campaigns.models import Campaign, Target
from thidua_web.progress.stages import PledgeState
from thidua_web.register.models import Unit
from thidua_web.register.models.units import FoldedField

USER = settings.AUTH_USER_MODEL


class Pledge(models.Model):
    """What a unit takes on in a campaign (đăng ký thi đua): targets and works.

    `revision` grows with every saved change: who saves says which one was on the screen, so that of two tabs none
    overwrites the other. `due` is the day by which the plan asks for it; `late` is set when it is submitted.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="pledges")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="pledges")
    inherited_from = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=PledgeState, default=PledgeState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    due = models.DateField(null=True, blank=True)
    late = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    edited_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    submitted_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    # Of a unit that has ended: its pledge stays as evidence under its own name.
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("campaign", "unit")
        constraints = (
            models.UniqueConstraint(fields=["campaign", "unit"], name="pledge_once"),
            models.CheckConstraint(condition=Q(state__in=PledgeState.values), name="pledge_state_is_known"),
        )
        indexes = (
            models.Index(fields=["campaign", "state", "unit"]),
            models.Index(fields=["unit", "campaign"]),
        )

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.unit_id}"

    def get_absolute_url(self) -> str:
        return reverse("progress:pledge", args=[self.campaign_id, self.unit_id])


class PledgedTarget(models.Model):
    """The values are those of the core's `PledgedTarget`; `source` is the campaign's target that it takes up.

    `token` is the row's name on the page that made it: the same row sent twice is one.
    """

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="targets")
    source = models.ForeignKey(Target, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    token = models.UUIDField()
    place = models.PositiveIntegerField(default=0)
    indicator = models.TextField()
    op = models.CharField(max_length=5, default=">=")
    value = models.FloatField(null=True, blank=True)
    value_max = models.FloatField(null=True, blank=True)
    measure = models.CharField(max_length=80, blank=True)
    strict = models.BooleanField(default=False)
    baseline = models.FloatField(null=True, blank=True)
    base_year = models.PositiveSmallIntegerField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("place", "id")
        constraints = (models.UniqueConstraint(fields=["pledge", "token"], name="pledged_target_once"),)

    def __str__(self) -> str:
        return self.indicator[:60]


class PledgedWork(models.Model):
    """A work (công trình, dự án, phần việc) with its milestones, as planned and as they came.

    `unlike` is what the unit said where the work looked like another's.
    """

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="works")
    # Of the pledge's campaign: works are looked for by campaign, and fifty thousand are not joined to find a few.
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    token = models.UUIDField()
    place = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=1000)
    where = models.CharField(max_length=200, blank=True)
    start_due = models.DateField(null=True, blank=True)
    finish_due = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    unlike = models.TextField(blank=True)
    folded = FoldedField(of="name", max_length=2000)

    class Meta:
        ordering = ("place", "id")
        constraints = (
            models.UniqueConstraint(fields=["pledge", "token"], name="pledged_work_once"),
            models.CheckConstraint(
                condition=Q(start_due__isnull=True) | Q(finish_due__isnull=True) | Q(finish_due__gte=F("start_due")),
                name="pledged_work_finishes_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.name[:60]
