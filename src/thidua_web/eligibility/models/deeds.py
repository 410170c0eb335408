from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thidua_web.eligibility.models.facts import FactQuery
from thidua_web.register.models import AwardRecord, Household, Person, Unit
from thidua_web.register.models.records import ONE_SUBJECT
from thidua_web.register.nominees import Nominee, nominee_of


class Merit(models.TextChoices):
    """What an award was for (loại hình khen thưởng)."""

    YEARLY = "yearly", _("Công trạng")
    CAMPAIGN = "campaign", _("Phong trào thi đua")
    SUDDEN = "sudden", _("Đột xuất")
    SERVICE = "service", _("Quá trình cống hiến, niên hạn")
    FOREIGN = "foreign", _("Đối ngoại")


class Deed(models.Model):
    """What somebody achieved in a time. One deed is commended once, so awards name the deed that they are for."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="deeds")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="deeds")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="deeds")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    withdrawn_by_name = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = FactQuery.as_manager()

    class Meta:
        ordering = ("-until", "-id")
        constraints = (
            models.CheckConstraint(condition=ONE_SUBJECT, name="deed_of_one"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="deed_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def of(self) -> Nominee:
        return nominee_of(self)


class AwardNote(models.Model):
    """What the register's line of an award does not say: the kind of merit, the deed it was for, its code."""

    award = models.OneToOneField(AwardRecord, on_delete=models.CASCADE, related_name="note")
    merit = models.CharField(max_length=10, choices=Merit, blank=True)
    code = models.CharField(max_length=40, blank=True)
    deed = models.ForeignKey(Deed, on_delete=models.PROTECT, null=True, blank=True, related_name="awards")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.award_id} {self.merit}"
