"""The desk's rows as its table draws them: the cells that were chosen, in the order of the columns.

What stands in a cell is one of few (a state, a day, an outcome) and is drawn once a page; what the table's template
then asks of a row are plain names, for it asks fifty times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.template.loader import get_template
from django.utils.translation import gettext

from thidua_web.campaigns.pages.wording import say_day, say_number
from thidua_web.config.addresses import address
from thidua_web.nominations.forms.desk import Column
from thidua_web.nominations.pages.desk import Row, Said


class Cell(NamedTuple):
    label: str
    value: str


class Drawing:
    """Of one page. What was said once is not drawn again."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.template = get_template("nominations/_desk_said.html")
        self.drawn: dict[tuple[str, str, str], str] = {}
        self.columns = [(str(column.label), CELLS[column]) for column in Column if column.value in columns]

    def cells(self, row: Row) -> list[Cell]:
        return [Cell(label, self.draw(cell(row))) for label, cell in self.columns]

    def draw(self, said: Said | str) -> str:
        if isinstance(said, str):
            return said
        key = (said.tone, str(said.words), said.note)
        if key not in self.drawn:
            self.drawn[key] = self.template.render({"said": said})
        return self.drawn[key]


def lines(rows: Iterable[Row], columns: Sequence[str], beside: str) -> list[dict[str, Any]]:
    """`beside`: the query of this page, which stays as it is while one of its rows is looked at."""
    drawing = Drawing(columns)
    return [
        {
            "key": row.of.pk,
            "name": row.of.name,
            "who": _who(row),
            "beside": f"?{beside}&xem={row.of.pk}#preview",
            "preview": address("nominations:desk_preview", row.of.pk),
            "cells": drawing.cells(row),
        }
        for row in rows
    ]


def _who(row: Row) -> str:
    return ", ".join(filter(None, (row.of.position, row.of.unit_name))) or str(row.of.get_subject_display())


def _award(row: Row) -> Said:
    note = gettext("đơn vị đề nghị %(was)s") % {"was": row.lowered} if row.lowered else ""
    return Said("", f"{row.award}, {row.of.year}", note)


def _clock(row: Row) -> Said:
    return row.clock if row.clock.words else Said("muted", gettext("Không tính"))


def _appraiser(row: Row) -> Said | str:
    return row.of.appraiser.full_name if row.of.appraiser else Said("muted", gettext("Chưa phân công"))


CELLS: Mapping[Column, Callable[[Row], Said | str]] = {
    Column.UNIT: lambda row: row.of.unit.name,
    Column.AWARD: _award,
    Column.STATE: lambda row: row.state,
    Column.CLOCK: _clock,
    Column.OUTCOME: lambda row: row.outcome,
    Column.APPRAISER: _appraiser,
    Column.ROUND: lambda row: row.round,
    Column.LODGED: lambda row: say_day(row.of.lodged_on) if row.of.lodged_on else "",
    Column.RETURNS: lambda row: say_number(row.of.returns),
}
