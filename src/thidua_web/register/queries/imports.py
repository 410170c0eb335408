"""Reads of lists that came in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db.models import Count, QuerySet

from thidua_web.register.models import Household, ImportRow, ImportRun, Person, RowOutcome, Unit
from thidua_web.register.queries.searching import holding, words_of

ON_A_PAGE = 50
MOST_RUNS = 30
KEPT = "kept"


class RowsPage(NamedTuple):
    rows: list[ImportRow]
    total: int
    number: int
    pages: int

    @property
    def first(self) -> int:
        return (self.number - 1) * ON_A_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def runs_of(unit_ids: Collection[int], kinds: Collection[str]) -> list[ImportRun]:
    """The latest lists of these units, newest first."""
    found = ImportRun.objects.filter(unit__in=unit_ids, kind__in=kinds).select_related("unit")
    return list(found[:MOST_RUNS])


def run(run_id: int) -> ImportRun | None:
    return ImportRun.objects.select_related("unit", "file").filter(pk=run_id).first()


def rows_page(run: ImportRun, outcome: str, *, text: str = "", doubt: str = "", number: int = 1) -> RowsPage:
    """Rows of one outcome, in the order in which they are written; KEPT are those that an undoing left alone."""
    rows: QuerySet[ImportRow] = ImportRow.objects.filter(run=run)
    rows = rows.filter(written=True) if outcome == KEPT else rows.filter(outcome=outcome)
    rows = rows.filter(holding(words_of(text))) if text else rows
    rows = rows.filter(doubt=doubt) if doubt else rows
    total = rows.count() if text or doubt else run.counts.get(outcome, 0)
    pages = max(1, -(-total // ON_A_PAGE))
    number = min(max(1, number), pages)
    begin = (number - 1) * ON_A_PAGE
    return RowsPage(list(rows.order_by("pk")[begin : begin + ON_A_PAGE]), total, number, pages)


class DoubtGroup(NamedTuple):
    """`matched`: somebody or some unit of the register may be meant; else a cell is to be looked at."""

    code: str
    open: int
    all: int

    @property
    def matched(self) -> bool:
        return self.code.startswith(("match.", "doubt."))


def doubts(run: ImportRun) -> list[DoubtGroup]:
    """Kinds of doubt, the most frequent first, with how many are open."""
    rows = ImportRow.objects.filter(run=run, outcome=RowOutcome.DOUBT).order_by()
    counted = dict(rows.values_list("doubt").annotate(n=Count("pk")))
    still = dict(rows.filter(choice="").values_list("doubt").annotate(n=Count("pk")))
    groups = [DoubtGroup(code, still.get(code, 0), n) for code, n in counted.items()]
    return sorted(groups, key=lambda group: (-group.all, group.code))


def people_shown(ids: Collection[int]) -> dict[int, Person]:
    return {person.pk: person for person in Person.objects.filter(pk__in=ids).select_related("unit")} if ids else {}


def households_shown(ids: Collection[int]) -> dict[int, Household]:
    return {one.pk: one for one in Household.objects.filter(pk__in=ids).select_related("unit")} if ids else {}


def units_shown(ids: Collection[int]) -> dict[int, Unit]:
    return {unit.pk: unit for unit in Unit.objects.filter(pk__in=ids).select_related("parent")} if ids else {}


def names_of_units(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
