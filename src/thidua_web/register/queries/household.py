"""What the page of one household shows, and which others may be the same."""

from __future__ import annotations

from django.db.models import Q

from thidua.vietnamese.collation import person_sort_text
from thidua_web.register.models import Household, Person, Unit

MOST_ALIKE = 6
MOST_HEADED = 10


def household(household_id: int) -> Household | None:
    return Household.objects.select_related("unit", "head").filter(pk=household_id).first()


def alike(head_name: str, code: str, unit: Unit) -> list[Household]:
    """Those of the same commune that may be meant: a head of the same name, or the same code."""
    same = Q(sort_text=person_sort_text(head_name))
    if code:
        same |= Q(code__iexact=code)
    return list(
        Household.objects.filter(same, unit=unit).select_related("unit").order_by("sort_text", "pk")[:MOST_ALIKE]
    )


def headed_by(person: Person) -> list[Household]:
    return list(Household.objects.filter(head=person).select_related("unit").order_by("sort_text", "pk")[:MOST_HEADED])
