from __future__ import annotations

from django.db import models


class JournalLine(models.Model):
    """One act: who did what to what, when, for which unit. Refers by number only, so that it outlives what it names.

    `on_behalf_of` is whose role the actor had been lent. `details` hold what changed, never sensitive data. `seal`
    binds the line to all before it (thidua.journal).
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=60, db_index=True)
    actor = models.BigIntegerField(null=True, blank=True, db_index=True)
    actor_name = models.CharField(max_length=120, blank=True)
    on_behalf_of = models.BigIntegerField(null=True, blank=True)
    on_behalf_of_name = models.CharField(max_length=120, blank=True)
    unit = models.BigIntegerField(null=True, blank=True, db_index=True)
    subject_kind = models.CharField(max_length=30, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=250, blank=True)
    details = models.JSONField(default=dict)
    folded = models.CharField(max_length=450, blank=True)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ("-number",)
        indexes = (
            models.Index(fields=["subject_kind", "subject"]),
            models.Index(fields=["unit", "-number"], name="journal_of_unit"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.act}"


class JournalHead(models.Model):
    """The last line's number and seal, kept apart so that a tail cut off is found; writers take turns on this row."""

    number = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.number)


class JournalCheck(models.Model):
    """One going through the journal: from which line to which, and what was found wrong (findings of the core)."""

    at = models.DateTimeField()
    whole = models.BooleanField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    seal = models.CharField(max_length=64, blank=True)
    faults = models.JSONField(default=list)
    fault_count = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.first}–{self.last}: {self.fault_count}"
