from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from thidua.vietnamese.collation import person_sort_text
from thidua.vietnamese.folding import search_key
from thidua_web.register.models.people import Person, Sex
from thidua_web.register.models.units import Unit, UnitKind


class HouseholdQuery(models.QuerySet):
    def valid(self, *, on: datetime.date) -> HouseholdQuery:
        """Those that are one on the day; without a first day, since ever."""
        begun, lasting = Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True)
        return self.filter(begun, lasting | Q(valid_to__gte=on))


# Where households live: the units of the lowest level of government.
HOUSING = (UnitKind.COMMUNE, UnitKind.WARD, UnitKind.TOWNSHIP, UnitKind.SPECIAL_ZONE)
CALLED = {Sex.MALE.value: "ông", Sex.FEMALE.value: "bà"}


class Household(models.Model):
    """A family (hộ gia đình) of a commune, called by its head. `head`: the head, where the register holds that person.

    `head_name` is kept beside it, because papers name it so and most heads work in no unit. `unit` is the commune or
    ward where it lives now; `valid_to` the last day on which it is one there, for those who left or went apart.
    """

    head_name = models.CharField(max_length=120)
    head_sex = models.CharField(max_length=10, choices=Sex, blank=True)
    head = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="households_headed")
    code = models.CharField(max_length=40, blank=True, db_index=True)
    address = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="households")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    sort_text = models.CharField(max_length=600, blank=True, editable=False)
    folded = models.CharField(max_length=400, blank=True, editable=False)

    objects = HouseholdQuery.as_manager()

    class Meta:
        ordering = ("sort_text", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="household_ends_after_it_begins",
            ),
        )
        indexes = (
            models.Index(fields=["sort_text", "id"]),
            models.Index(fields=["unit", "sort_text", "id"]),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As papers call it, in whatever language the page is: “Hộ ông Nguyễn Văn A”."""
        return " ".join(filter(None, ["Hộ", CALLED.get(self.head_sex), self.head_name]))

    def save(self, *args: Any, **options: Any) -> None:
        self.fill_keys()
        super().save(*args, **options)

    def fill_keys(self) -> None:
        """What lists sort and search by, the address too; bulk writes call it themselves."""
        self.sort_text = person_sort_text(self.head_name)
        self.folded = search_key(f"{self.head_name} {self.code} {self.address}")
