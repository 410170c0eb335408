from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thidua_web.register.models.households import Household
from thidua_web.register.models.people import Person
from thidua_web.register.models.units import Unit


class Level(models.TextChoices):
    """The four levels of every annual rating, the best first."""

    EXCELLENT = "excellent", _("Hoàn thành xuất sắc nhiệm vụ")
    GOOD = "good", _("Hoàn thành tốt nhiệm vụ")
    DONE = "done", _("Hoàn thành nhiệm vụ")
    NOT_DONE = "not_done", _("Không hoàn thành nhiệm vụ")


class Track(models.TextChoices):
    """Whose rating it is: as staff or body of the State, or as member or organisation of the Party."""

    STATE = "state", _("Chính quyền, đơn vị")
    PARTY = "party", _("Đảng")


# Households are not rated; whatever else is recorded may be of a household too.
ONE_RATED = Q(person__isnull=False, unit__isnull=True) | Q(person__isnull=True, unit__isnull=False)
ONE_SUBJECT = (
    Q(person__isnull=False, unit__isnull=True, household__isnull=True)
    | Q(person__isnull=True, unit__isnull=False, household__isnull=True)
    | Q(person__isnull=True, unit__isnull=True, household__isnull=False)
)


class Rating(models.Model):
    """How a year's work was rated. `scheme` is the one in force that year (thidua.law.ratings); empty where none fits.

    `unit_name`: the unit's name, or that of the person's unit, as it was then.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="ratings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="ratings")
    track = models.CharField(max_length=10, choices=Track, default=Track.STATE)
    year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10, choices=Level)
    scheme = models.CharField(max_length=40, blank=True)
    unit_name = models.CharField(max_length=200, blank=True)
    paper = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-year", "track", "id")
        constraints = (
            models.CheckConstraint(condition=ONE_RATED, name="rating_of_one"),
            models.UniqueConstraint(
                fields=["person", "year", "track"], condition=Q(person__isnull=False), name="person_rated_once_a_year"
            ),
            models.UniqueConstraint(
                fields=["unit", "year", "track"], condition=Q(unit__isnull=False), name="unit_rated_once_a_year"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id or ''} {self.unit_id or ''} {self.year} {self.level}"


class AwardRecord(models.Model):
    """An award of a person, a collective or a household, as its decision says it. What is past keeps its names.

    `award` is the code of the law's table where it is known (LDTT, CSTDCS, BANG_KHEN_TINH…), `title` the words.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="awards")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="awards")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="awards")
    award = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    merit = models.CharField(max_length=500, blank=True)
    decision = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    golden_number = models.CharField(max_length=40, blank=True)
    recipient_name = models.CharField(max_length=200, blank=True)
    unit_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-year", "-decided_on", "id")
        constraints = (models.CheckConstraint(condition=ONE_SUBJECT, name="award_of_one"),)

    def __str__(self) -> str:
        return f"{self.title} {self.year}"
