from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua.vietnamese.collation import person_sort_text
from thidua.vietnamese.folding import search_key
from thidua_web.register.models.units import Unit, ValidInTime


class Sex(models.TextChoices):
    FEMALE = "female", _("Nữ")
    MALE = "male", _("Nam")


class Person(models.Model):
    """Someone who works in a unit or is commended. `unit` and `position` are those of the latest main appointment.

    Of the birth the whole day may be known, or the year alone. A person found to be there twice is merged: the row
    stays, points to the one that is kept, and is listed no more.
    """

    full_name = models.CharField(max_length=120)
    code = models.CharField(max_length=40, blank=True, db_index=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    position = models.CharField(max_length=160, blank=True)
    sex = models.CharField(max_length=10, choices=Sex, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    sort_text = models.CharField(max_length=600, blank=True, editable=False)
    folded = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ("sort_text", "id")
        indexes = (
            models.Index(fields=["sort_text", "id"]),
            models.Index(fields=["unit", "sort_text", "id"]),
            # Of the few who were merged only: an index of all would lead lists of those who were not astray.
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_merged_into"),
        )

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **options: Any) -> None:
        self.fill_keys()
        super().save(*args, **options)

    def fill_keys(self) -> None:
        """What lists sort and search by; bulk writes call it themselves."""
        self.sort_text = person_sort_text(self.full_name)
        self.folded = search_key(f"{self.full_name} {self.code}")
        if self.birth_date:
            self.birth_year = self.birth_date.year


class Appointment(models.Model):
    """A post that a person holds in a unit, from a day to a day. `is_head`: heads the unit.

    `becomes_main`: written ahead of its first day, on which the person is listed under it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="appointments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    position = models.CharField(max_length=160, blank=True)
    is_head = models.BooleanField(default=False)
    becomes_main = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = ValidInTime.as_manager()

    class Meta:
        ordering = ("person", "-valid_from", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="appointment_ends_after_it_begins",
            ),
        )
        indexes = (
            models.Index(fields=["unit", "is_head"]),
            models.Index(fields=["valid_from"], condition=Q(becomes_main=True), name="appointment_becomes_main"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.position} {self.unit_id}"


class SensitiveData(models.Model):
    """Ethnicity, religion, Party membership, ID number of a person: one sealed text, apart from everything listed.

    `id_digest` finds the same ID number again without showing it (a keyed hash).
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="sensitive")
    sealed = models.TextField()
    id_digest = models.CharField(max_length=64, blank=True, db_index=True)

    def __str__(self) -> str:
        return str(self.person_id)
