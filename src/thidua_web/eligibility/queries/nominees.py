"""Those whom a page names."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from thidua.law.criteria import Subject
from thidua_web.register.models import Person, Unit


def by_number(subject: Subject, keys: Collection[int]) -> Mapping[int, Person | Unit]:
    """With the unit that each stands in; one query."""
    if subject == "collective":
        return {unit.pk: unit for unit in Unit.objects.filter(pk__in=keys).select_related("parent")}
    return {person.pk: person for person in Person.objects.filter(pk__in=keys).select_related("unit")}
