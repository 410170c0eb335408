from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from thidua_web.archive.models import StoredFile
from thidua_web.campaigns.models import DutyDay
from thidua_web.progress.models.pledges import PledgedTarget, PledgedWork
from thidua_web.progress.stages import ReportState
from thidua_web.register.models import Unit

USER = settings.AUTH_USER_MODEL


class Report(models.Model):
    """A unit's report that a duty's day asks for. It is open from then on by the duty alone; the row comes with the
    first thing that is written.

    `sent_on` is the day that counts for early or late: that of the first signing, which a return does not change.
    `revision` grows with every saved change; `edited_in` is the open page that saved last, so that of two tabs none
    overwrites the other, while a page whose answer got lost goes on.
    """

    day = models.ForeignKey(DutyDay, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    inherited_from = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    edited_in = models.CharField(max_length=36, blank=True)
    narrative = models.TextField(blank=True)
    edited_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    presented_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    presented_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_as = models.CharField(max_length=200, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    returned_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("day", "unit")
        constraints = (
            models.UniqueConstraint(fields=["day", "unit"], name="report_once"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_is_known"),
        )
        indexes = (models.Index(fields=["unit", "day"]), models.Index(fields=["day", "state"]))

    def __str__(self) -> str:
        return f"{self.day_id} {self.unit_id}"

    def get_absolute_url(self) -> str:
        return reverse("progress:report", args=[self.day_id, self.unit_id])


class ReportedValue(models.Model):
    """What a target has come to, by the report; `value` None where the words of `note` say it (a target without a
    number)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="values")
    target = models.ForeignKey(PledgedTarget, on_delete=models.PROTECT, related_name="values")
    value = models.FloatField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("report", "target")
        constraints = (models.UniqueConstraint(fields=["report", "target"], name="reported_value_once"),)
        indexes = (models.Index(fields=["target", "report"]),)

    def __str__(self) -> str:
        return f"{self.report_id} {self.target_id} {self.value}"


class ReportedWork(models.Model):
    """How far a work has come, by the report; the days are those that it gives."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="works")
    work = models.ForeignKey(PledgedWork, on_delete=models.PROTECT, related_name="reported")
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("report", "work")
        constraints = (
            models.UniqueConstraint(fields=["report", "work"], name="reported_work_once"),
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="work_is_percent"),
        )

    def __str__(self) -> str:
        return f"{self.report_id} {self.work_id}"


class Evidence(models.Model):
    """A file that proves something: of a report, one of its values, one of its works."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="evidence")
    target = models.ForeignKey(PledgedTarget, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    work = models.ForeignKey(PledgedWork, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ("report", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(work__isnull=True), name="evidence_of_one_thing"
            ),
            models.UniqueConstraint(
                fields=["report", "target", "file"], condition=Q(target__isnull=False), name="evidence_of_target_once"
            ),
            models.UniqueConstraint(
                fields=["report", "work", "file"], condition=Q(work__isnull=False), name="evidence_of_work_once"
            ),
            models.UniqueConstraint(
                fields=["report", "file"],
                condition=Q(target__isnull=True, work__isnull=True),
                name="evidence_of_report_once",
            ),
        )

    def __str__(self) -> str:
        return self.name


class ReportSheet(models.Model):
    """A workbook that came back for a report. `read` is what it says, cell by cell, each with what stood there when the
    workbook was taken; `written` what it changed, so that this can be taken back once.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sheets")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    read = models.JSONField()
    faults = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    written = models.JSONField(null=True, blank=True)
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-uploaded_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(written__isnull=True, written_at__isnull=True)
                | Q(written__isnull=False, written_at__isnull=False),
                name="report_sheet_is_written_whole",
            ),
        )

    def __str__(self) -> str:
        return self.name
