from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from thidua_web.archive.models import StoredFile
from thidua_web.campaigns.stages import UNDER_WAY, PlanState, ReadingStep
from thidua_web.register.models import Unit


class PlanDocument(models.Model):
    """A plan as a unit received or wrote it, and how far its reading has come.

    While it is read, `run` names the one reading that may write its outcome, and `lease_until` says until when that
    reading is believed to be alive.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plan_documents")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="plan_documents")
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children")
    amends = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    amends_in_part = models.BooleanField(default=False)
    # What an amendment in part takes out of the campaign: the names of the sources (`queries.launches.Source`).
    repeals = models.JSONField(default=list, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    state = models.CharField(max_length=12, choices=PlanState, default=PlanState.WAITING)
    step = models.CharField(max_length=12, choices=ReadingStep, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    run = models.UUIDField(null=True, blank=True)
    queued_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=60, blank=True)
    error_params = models.JSONField(default=dict, blank=True)

    # Of its review: the number of the newest step; closed while the plan lies with the head, and once launched.
    revision = models.PositiveIntegerField(default=0)
    sealed = models.BooleanField(default=False)

    class Meta:
        ordering = ("-uploaded_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["unit", "file"], name="plan_once_in_a_unit"),
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="plan_progress_is_percent"),
            models.CheckConstraint(condition=models.Q(state__in=PlanState.values), name="plan_state_is_known"),
        )
        indexes = (models.Index(fields=["unit", "-uploaded_at"]), models.Index(fields=["state", "lease_until"]))

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("campaigns:plan", args=[self.pk])

    @property
    def under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def waits_long(self) -> bool:
        """No worker has taken it for a minute: none may be running."""
        return self.state == PlanState.WAITING and timezone.now() - self.queued_at > datetime.timedelta(minutes=1)


class PlanReading(models.Model):
    """What was read out of a document: its text letter for letter, the facts and the findings (JSON of the core)."""

    document = models.OneToOneField(PlanDocument, on_delete=models.CASCADE, related_name="result")
    raw = models.TextField()
    format = models.CharField(max_length=12)
    pages = models.JSONField(default=list)
    reading = models.JSONField()
    findings = models.JSONField()
    # The review's revision that the findings were worked out on.
    checked_revision = models.PositiveIntegerField(default=0)
    # What was decided on an earlier reading and has no place in this one (JSON of the core).
    lost = models.JSONField(default=list, blank=True)
    read_at = models.DateTimeField()

    # For the list of plans, so that it need not open the readings.
    title = models.TextField(blank=True)
    number = models.CharField(max_length=80, blank=True)
    issuer = models.TextField(blank=True)
    dated = models.DateField(null=True, blank=True)
    facts = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.title or str(self.document_id)
