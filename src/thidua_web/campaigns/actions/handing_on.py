"""Duties of units that have ended, handed to those that go on for them. Nothing is asked for twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import F

from thidua_web.campaigns.models import DutyDone, DutyUnit
from thidua_web.config.bulk import batched

BATCH = 500
Pair = tuple[int, int]
"""A duty and a unit."""


class Handed(NamedTuple):
    """`dropped`: addressees that are none any more, and whose heirs they were; `added` and `marks`: new rows."""

    dropped: list[tuple[int, int, int | None]]
    added: list[int]
    marks: list[int]


def hand_on(rows: Sequence[DutyUnit], heirs: Mapping[int, Sequence[int]]) -> Handed:
    """Address the duties of these rows to the heirs of their units instead; what all before an heir had done on a day
    counts for it. A unit without heirs owes nothing any more.
    """
    before: dict[Pair, list[int]] = {}
    for row in rows:
        for heir in heirs.get(row.unit_id, ()):
            before.setdefault((row.duty_id, heir), []).append(row.unit_id)
    living = {heir for _, heir in before}
    standing = set(DutyUnit.objects.filter(unit__in=living).values_list("duty_id", "unit_id"))
    new = {pair: ended for pair, ended in before.items() if pair not in standing}
    for some in batched([row.pk for row in rows]):
        DutyUnit.objects.filter(pk__in=some).delete()
    added = DutyUnit.objects.bulk_create(
        (DutyUnit(duty_id=duty, unit_id=heir, inherited_from_id=min(ended)) for (duty, heir), ended in new.items()),
        batch_size=BATCH,
    )
    marks = DutyDone.objects.bulk_create(carried_marks(new), batch_size=BATCH)
    dropped = [(row.duty_id, row.unit_id, row.inherited_from_id) for row in rows]
    return Handed(dropped, [row.pk for row in added], [row.pk for row in marks])


def carried_marks(new: Mapping[Pair, Sequence[int]]) -> list[DutyDone]:
    """For every day that all units before an heir had done: the latest of what they said, in the heir's name."""
    said = _said({unit for units in new.values() for unit in units})
    return [
        _in_the_name_of(heir, max((marks[unit] for unit in units), key=lambda mark: mark.at))
        for (duty, heir), units in new.items()
        for marks in said.get(duty, {}).values()
        if marks.keys() >= set(units)
    ]


def _said(units: Iterable[int]) -> dict[int, dict[int, dict[int, DutyDone]]]:
    """What the units have said, by duty, day and unit."""
    said: dict[int, dict[int, dict[int, DutyDone]]] = {}
    marks = DutyDone.objects.filter(unit__in=list(units), day__ended_by__isnull=True)
    for mark in marks.annotate(duty=F("day__duty_id")).iterator(chunk_size=5000):
        said.setdefault(mark.duty, {}).setdefault(mark.day_id, {})[mark.unit_id] = mark  # type: ignore[attr-defined]
    return said


def _in_the_name_of(heir: int, mark: DutyDone) -> DutyDone:
    return DutyDone(day_id=mark.day_id, unit_id=heir, by_id=mark.by_id, at=mark.at, inherited_from_id=mark.unit_id)
