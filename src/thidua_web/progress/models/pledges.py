from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from thidua.progress.likeness import folded_words
from thidua_web.campaigns.models import Campaign, Target
from thidua_web.progress.stages import PledgeState
from thidua_web.register.models import Unit
from thidua_web.register.models.units import FoldedField, KeyField

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
    # Of the last save: the same one sent twice (a double click, a slow line) is one.
    saved_token = models.UUIDField(null=True, blank=True)
    # What the core found when it was submitted (JSON of its findings), and how many of them want a look.
    findings = models.JSONField(default=list, blank=True)
    doubts = models.PositiveSmallIntegerField(default=0)
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


class TakenOn(models.QuerySet):
    def taken(self) -> TakenOn:
        """Without those that the unit left out."""
        return self.filter(left_out=False)


class PledgedTarget(models.Model):
    """The values are those of the core's `PledgedTarget`; `source` is the campaign's target that it takes up.

    `token` is the row's name on the page that made it: the same row sent twice is one. A target of the campaign that
    the unit leaves out stays as a row, `why` says the reason. `came_from` is the unit that had taken it on and has
    ended since; `gathered` is of how many units below it is the sum (0: the unit's own).
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
    left_out = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    came_from = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    gathered = models.PositiveIntegerField(default=0)

    objects = TakenOn.as_manager()

    class Meta:
        ordering = ("place", "id")
        constraints = (models.UniqueConstraint(fields=["pledge", "token"], name="pledged_target_once"),)

    def __str__(self) -> str:
        return self.indicator[:60]


class WordsField(KeyField):
    """All words of a work's name as the core writes them, short forms spelt out: what likenesses are looked for by."""

    def key(self, text: str) -> str:
        return folded_words(text)


class PledgedWork(models.Model):
    """A work (công trình, dự án, phần việc) with its milestones, as planned and as they came.

    `alike` holds the works that looked like this one when it was last saved: `{"work": 17, "score": 80}`, or
    `{"plan": "works-3", "score": 90}` for one that the plan itself names; `unlike` is what the unit said of them.
    `came_from` as with targets; `part_of` is the work of a unit below that was taken up into this pledge.
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
    left_out = models.BooleanField(default=False)
    came_from = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    part_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts")
    alike = models.JSONField(default=list, blank=True)
    folded = FoldedField(of="name", max_length=2000)
    words = WordsField(of="name", max_length=3000)

    objects = TakenOn.as_manager()

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
