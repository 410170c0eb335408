"""The lines as they stand in the database, in the order of their numbers, however many there are."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet

from thidua.journal import START, Head, Sealed
from thidua_web.journal.actions import THE_HEAD, line_of
from thidua_web.journal.models import JournalHead, JournalLine

BATCH = 2000


class Kept(NamedTuple):
    """A row of the journal without what a model carries besides."""

    number: int
    at: datetime.datetime
    act: str
    actor: int | None
    actor_name: str
    on_behalf_of: int | None
    on_behalf_of_name: str
    unit: int | None
    subject_kind: str
    subject: str
    label: str
    details: dict[str, Any]
    seal: str


def kept_lines(
    chosen: QuerySet[JournalLine] | None = None, *, after: int | None = None, upto: int | None = None
) -> Iterator[Kept]:
    """A few thousand in memory at a time, whatever the database and its pooler do with cursors.

    Lines are only ever added at the end, so what one reading of the head and then these batches see is one journal.
    Without `after` it begins with the very first row, even where somebody put one in before line 1.
    """
    every = JournalLine.objects.all() if chosen is None else chosen
    rows = every.order_by("number").values_list(*Kept._fields)
    if upto is not None:
        rows = rows.filter(number__lte=upto)
    last = after
    while batch := list((rows if last is None else rows.filter(number__gt=last))[:BATCH]):
        yield from (Kept(*row) for row in batch)
        last = batch[-1][0]


def sealed(lines: Iterator[Kept]) -> Iterator[Sealed]:
    return (Sealed(line_of(row), row.seal) for row in lines)


def head() -> Head:
    """How far the journal reaches by its own account. Read it before the lines, never after."""
    row = JournalHead.objects.filter(pk=THE_HEAD).first()
    return Head(row.number, row.seal) if row else START
