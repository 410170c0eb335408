"""Pages of a long list, counted only as far as it helps, and found again by the row at their edge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

ON_A_PAGE = 50


class Counted(NamedTuple):
    """How many rows there are; `more` where there are more than were counted."""

    number: int
    more: bool


class Page(NamedTuple):
    """`before` and `after` are the keys of the rows beside which the other pages begin, None where there is none."""

    rows: Sequence[Any]
    counted: Counted
    before: int | None
    after: int | None


def page_of(rows: QuerySet, *, most: int, after: int | None = None, before: int | None = None) -> Page:
    """What stands behind the row `after`, or before the row `before`, by `sort_text`; counted up to `most`."""
    count = rows.order_by().values("pk")[: most + 1].count()
    listed, more = _listed(rows, after, before)
    backwards = before is not None
    return Page(
        listed,
        Counted(min(count, most), count > most),
        before=listed[0].pk if listed and (more if backwards else after is not None) else None,
        after=listed[-1].pk if listed and (more or backwards) else None,
    )


def _listed(rows: QuerySet, after: int | None, before: int | None) -> tuple[list[Any], bool]:
    """One page in the list's order, and whether there is another on the far side of it."""
    edge = rows.model.objects.filter(pk=before or after).values_list("sort_text", "pk").first()
    rows = rows.order_by("sort_text", "pk")
    if edge and before:
        rows = rows.filter(Q(sort_text__lte=edge[0]), Q(sort_text__lt=edge[0]) | Q(pk__lt=edge[1])).reverse()
    elif edge:
        rows = rows.filter(Q(sort_text__gte=edge[0]), Q(sort_text__gt=edge[0]) | Q(pk__gt=edge[1]))
    page = list(rows[: ON_A_PAGE + 1])
    more, page = len(page) > ON_A_PAGE, page[:ON_A_PAGE]
    return (page[::-1] if edge and before else page), more
