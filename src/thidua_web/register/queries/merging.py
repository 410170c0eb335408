"""Two rows that may be one person: what differs, what would move, what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Model

from thidua_web.register.models import Appointment, AwardRecord, MergeLog, Person, Rating, SensitiveData

FILLED = ("code", "sex", "birth_date", "birth_year", "position")
SAME_POST = ("unit_id", "position", "valid_from")
SAME_AWARD = ("title", "year", "decision")
SAME_RATING = ("year", "track")
SAME: dict[type[Model], tuple[str, ...]] = {Appointment: SAME_POST, AwardRecord: SAME_AWARD, Rating: SAME_RATING}
"""What makes a row of the dropped person the like of one that the kept person has; apps above add theirs."""
STAYING = (MergeLog, SensitiveData, Person)


class Link(NamedTuple):
    """Rows of `model` that name a person in `field`."""

    model: type[Model]
    field: str

    @property
    def name(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field}"


class Split(NamedTuple):
    """Keys of rows that would move to the kept person, and the rows that stay because the kept one has their like."""

    moving: list[int]
    staying: list[Model]


def links() -> Iterator[Link]:
    """Every column of every app that names a person, but for those that a merge handles by itself."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.related_model not in STAYING:
            yield Link(relation.related_model, relation.field.name)


def split(link: Link, kept: Person, dropped: Person) -> Split:
    rows = link.model._base_manager.filter(**{link.field: dropped}).order_by("pk")
    same = SAME.get(link.model)
    if same is None:
        return Split(list(rows.values_list("pk", flat=True)), [])
    there = set(link.model._base_manager.filter(**{link.field: kept}).values_list(*same))
    alike = [row for row in rows if tuple(getattr(row, name) for name in same) in there]
    stay = {row.pk for row in alike}
    return Split([row.pk for row in rows if row.pk not in stay], alike)


class Comparison(NamedTuple):
    """`clashes`: pairs of ratings of one year that say different things, kept first."""

    moving: dict[type[Model], int]
    clashes: list[tuple[Rating, Rating]]
    both_sign_in: bool
    other_id_number: bool


def compare(kept: Person, dropped: Person) -> Comparison:
    moving, clashes = {}, []
    for link in links():
        parted = split(link, kept, dropped)
        moving[link.model] = moving.get(link.model, 0) + len(parted.moving)
        if link.model is Rating:
            clashes = list(_clashes(kept, parted.staying))
    digests = set(
        SensitiveData.objects.filter(person__in=[kept, dropped]).exclude(id_digest="").values_list("id_digest")
    )
    both = all(getattr(one, "user", None) for one in (kept, dropped))
    return Comparison(moving, clashes, both, len(digests) > 1)


def _clashes(kept: Person, staying: list[Model]) -> Iterator[tuple[Rating, Rating]]:
    own = {(row.year, row.track): row for row in Rating.objects.filter(person=kept)}
    for row in staying:
        if isinstance(row, Rating) and own[row.year, row.track].level != row.level:
            yield own[row.year, row.track], row


def log(log_id: int) -> MergeLog | None:
    return MergeLog.objects.select_related("kept__unit", "dropped__unit").filter(pk=log_id).first()


MOST_LOGGED = 200


def logs(units: object) -> list[MergeLog]:
    """Merges of people who work in these units, the newest first."""
    rows = MergeLog.objects.filter(kept__unit__in=units).select_related("kept__unit", "dropped")
    return list(rows.order_by("-at", "-pk")[:MOST_LOGGED])


def alike(person: Person, units: object, most: int = 8) -> list[Person]:
    """Others in reach who might be the same: the same name without marks, the nearest birth year first."""
    rows = Person.objects.filter(sort_text=person.sort_text, merged_into=None, unit__in=units).exclude(pk=person.pk)
    found = list(rows.select_related("unit")[: most * 4])
    return sorted(found, key=lambda one: (abs((one.birth_year or 0) - (person.birth_year or 0)), one.pk))[:most]
