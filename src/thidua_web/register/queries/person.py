"""What the page of one person shows."""

from __future__ import annotations

from thidua_web.register.models import Appointment, MergeLog, Person, SensitiveData

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


def sealed(person: Person) -> SensitiveData | None:
    return SensitiveData.objects.filter(person=person).first()


def merges(person: Person) -> list[MergeLog]:
    """Rows that were merged into this person, and not parted again."""
    rows = MergeLog.objects.filter(kept=person, undone_at=None).select_related("dropped")
    return list(rows.order_by("-at", "-pk"))
