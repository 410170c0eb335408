"""Batches of an appraising unit, and what a batch does to each nomination in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count

from thidua_web.config.lookup import only
from thidua_web.nominations.models import Batch, BatchRow, BatchState, RowState

ON_A_PAGE = 100
LISTED = 50


class Part(NamedTuple):
    """Rows of one state: the first of them, and how many there are."""

    rows: Sequence[BatchRow]
    total: int


def batch(pk: int) -> Batch | None:
    return only(Batch.objects.select_related("to_unit", "by", "undone_by").filter(pk=pk))


def batches(units: Sequence[int]) -> list[Batch]:
    """The last that were carried out, with how many rows each changed."""
    rows = Batch.objects.filter(to_unit__in=units).exclude(state=BatchState.PREPARED)
    return list(rows.select_related("by", "undone_by").order_by("-at", "-pk")[:LISTED])


def counts(of: Batch) -> dict[str, int]:
    return dict(BatchRow.objects.filter(batch=of).order_by().values_list("state").annotate(n=Count("pk")))


def why_counts(of: Batch, state: RowState) -> dict[str, int]:
    rows = BatchRow.objects.filter(batch=of, state=state).order_by().values_list("why")
    return dict(rows.annotate(n=Count("pk")).order_by("-n"))


def part(of: Batch, state: RowState, *, page: int = 1, why: str = "") -> Part:
    rows = BatchRow.objects.filter(batch=of, state=state).order_by("place", "pk")
    if why:
        rows = rows.filter(why=why)
    shown = rows.select_related("nomination__unit").defer("nomination__sections", "before")
    first = (page - 1) * ON_A_PAGE
    return Part(list(shown[first : first + ON_A_PAGE]), rows.count())


def of_nomination(nomination_id: int) -> list[BatchRow]:
    """What was done to one nomination together with others, the newest first; for its history."""
    rows = BatchRow.objects.filter(nomination=nomination_id, state__in=(RowState.DONE, RowState.UNDONE))
    return list(rows.select_related("batch__by", "batch__undone_by").defer("before").order_by("-batch__at", "-pk"))
