from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thidua_web.archive.models import StoredFile
from thidua_web.campaigns.models import Campaign
from thidua_web.progress.stages import ScoringState
from thidua_web.register.models import Bloc, Unit

USER = settings.AUTH_USER_MODEL


class Scoring(models.Model):
    """A bloc being scored by a table for a year, or for a campaign.

    `table` is the core's ScoringTable, frozen when the scoring opens. `result` is written when it is published, and
    nothing of it changes after: the ranking with its reasons and every settled point.
    """

    bloc = models.ForeignKey(Bloc, on_delete=models.PROTECT, related_name="scorings")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="scorings")
    title = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField()
    # Membership counts as it is on this day.
    on = models.DateField()
    table = models.JSONField()
    state = models.CharField(max_length=10, choices=ScoringState, default=ScoringState.OWN)
    own_due = models.DateField(null=True, blank=True)
    peer_due = models.DateField(null=True, blank=True)
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    published_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("-year", "bloc", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ScoringState.values), name="scoring_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=ScoringState.PUBLISHED) | Q(result__isnull=False, published_by__isnull=False),
                name="scoring_published_is_frozen",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("progress:scoring", args=[self.pk])


class Source(models.TextChoices):
    OWN = "own", _("Tự chấm")
    PEER = "peer", _("Chấm chéo")
    STANDING = "standing", _("Thường trực")


class ScoreSheet(models.Model):
    """One unit's points by one source. `scorer` is the unit that gives them: the unit itself, a peer, the standing
    body's."""

    scoring = models.ForeignKey(Scoring, on_delete=models.CASCADE, related_name="sheets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    scorer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=Source)
    revision = models.PositiveIntegerField(default=0)
    sent_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("scoring", "unit", "source")
        constraints = (
            models.UniqueConstraint(fields=["scoring", "unit", "source"], name="score_sheet_once"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="score_source_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.scoring_id} {self.unit_id} {self.source}"


class ScoreEntry(models.Model):
    """What a source says of one criterion: the inputs of its formula, or the points where they are judged."""

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="entries")
    criterion = models.CharField(max_length=60)
    inputs = models.JSONField(default=dict)
    points = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    note = models.TextField(blank=True)
    edited_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()

    class Meta:
        ordering = ("sheet", "id")
        constraints = (models.UniqueConstraint(fields=["sheet", "criterion"], name="score_entry_once"),)

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.criterion}"


class ScoreEvidence(models.Model):
    """A file that proves a point that a unit gives itself."""

    entry = models.ForeignKey(ScoreEntry, on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ("entry", "id")
        constraints = (models.UniqueConstraint(fields=["entry", "file"], name="score_evidence_once"),)

    def __str__(self) -> str:
        return self.name
