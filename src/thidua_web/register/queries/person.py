"""What the page of one person shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from thidua.vietnamese.collation import person_sort_text
from thidua_web.register.models import Appointment, MergeLog, Person, SensitiveData, Unit
from thidua_web.register.sealing import owner_of, unseal

# Longer chains of merges than this are a fault in the data.
MOST_MERGES = 20


def person(person_id: int) -> Person | None:
    return Person.objects.select_related("unit", "merged_into").filter(pk=person_id).first()


def kept(person: Person) -> Person:
    """Who stands for a person that was merged, in the end."""
    for _ in range(MOST_MERGES):
        if person.merged_into_id is None:
            return person
        person = Person.objects.select_related("unit", "merged_into").get(pk=person.merged_into_id)
    return person


def account(person: Person) -> object | None:
    """The account by which the person signs in."""
    return getattr(person, "user", None)


def posts(person: Person) -> list[Appointment]:
    """The newest first."""
    return list(person.appointments.select_related("unit").order_by("-valid_from", "-pk"))


def unsealed(person: Person) -> dict[str, str]:
    """Sensitive data, empty where none are known; showing them is an act. Raises SealBrokenError."""
    row = SensitiveData.objects.filter(person=person).first()
    return unseal(row.sealed, owner=owner_of(person.pk)) if row else {}


def merges(person: Person) -> list[MergeLog]:
    """Rows that were merged into this person, and not parted again."""
    rows = MergeLog.objects.filter(kept=person, undone_at=None).select_related("dropped")
    return list(rows.order_by("-at", "-pk"))


def post(person: Person, post_id: int) -> Appointment | None:
    return person.appointments.select_related("unit").filter(pk=post_id).first()


MOST_NAMESAKES = 6


def namesakes(said: Mapping[str, Any], units: QuerySet[Unit]) -> list[Person]:
    """People in these units who may be the one described: the same name, or the same code; no other birth year."""
    same = Q(sort_text=person_sort_text(said["full_name"]))
    if said["code"]:
        same |= Q(code__iexact=said["code"])
    rows = Person.objects.filter(same, merged_into=None, unit__in=units.order_by().values("pk")).select_related("unit")
    if year := said["birth"].year:
        rows = rows.filter(Q(birth_year=None) | Q(birth_year=year) | Q(code__iexact=said["code"] or None))
    return list(rows.order_by("sort_text", "pk")[:MOST_NAMESAKES])
