from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from thidua_web.register.models.units import FoldedField, SortField, Unit, ValidInTime

IN_ORDER = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class Bloc(models.Model):
    """Units that compete with each other (cụm, khối thi đua), made by the unit whose standing body scores them."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="blocs")
    name = models.CharField(max_length=200)
    paper = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    sort_text = SortField(of="name", max_length=900)
    folded = FoldedField(of="name", max_length=200)

    objects = ValidInTime.as_manager()

    class Meta:
        ordering = ("sort_text", "id")
        constraints = (models.CheckConstraint(condition=IN_ORDER, name="bloc_ends_after_it_begins"),)

    def __str__(self) -> str:
        return self.name


class BlocSpan(models.Model):
    """A unit in a bloc from a day to a day, both included."""

    bloc = models.ForeignKey(Bloc, on_delete=models.CASCADE, related_name="%(class)s_rows")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="%(class)s_rows")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = ValidInTime.as_manager()

    class Meta:
        abstract = True
        ordering = ("bloc", "valid_from", "id")
        constraints = (
            models.UniqueConstraint(fields=["bloc", "unit", "valid_from"], name="%(class)s_once"),
            models.CheckConstraint(condition=IN_ORDER, name="%(class)s_ends_after_it_begins"),
        )

    def __str__(self) -> str:
        return f"{self.bloc_id} {self.unit_id} {self.valid_from}"


class BlocMember(BlocSpan):
    """A unit that competes in the bloc."""


class BlocHead(BlocSpan):
    """The unit that leads the bloc; one at a time, which an act sees to."""
