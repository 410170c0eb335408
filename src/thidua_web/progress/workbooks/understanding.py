"""What a filled-in workbook says, cell by cell: all faults at once by sheet, row and column, and what it changed."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from thidua.errors import UnreadableError
from thidua_web.progress.forms.reports import field_of
from thidua_web.progress.models.cells import NARRATIVE, Cells, empty, is_empty, kept, names, opened
from thidua_web.progress.workbooks.form import (
    MARK,
    MEMORY,
    TARGET_COLUMNS,
    TARGETS,
    TITLE_ROWS,
    WORDS,
    WORK_COLUMNS,
    WORKS,
    Column,
)
from thidua_web.progress.workbooks.reading import Sheets

WANTED = [TARGETS, WORKS, WORDS, MEMORY]


@dataclass(frozen=True)
class Fault:
    """`row` as Excel counts it; `column` its letter with the head."""

    sheet: str
    row: int
    column: str
    said: str


@dataclass
class Told:
    """Cells that the workbook changed, with what stood there when it was taken."""

    changed: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def understand(  # noqa: PLR0913 - the workbook, and the report that it is of
    sheets: Sheets,
    name: str,
    *,
    day: int,
    unit: int,
    targets: Sequence[int],
    works: Sequence[int],
    today: datetime.date,
) -> Told:
    """Raises UnreadableError for a workbook that is none of ours, or another report's."""
    base = _memory(sheets, name, day, unit)
    told = Told()
    cells: dict[str, Any] = {}
    _read_rows(sheets.get(TARGETS, []), TARGETS, TARGET_COLUMNS, set(targets), today, cells, told)
    rows_of_works = _read_rows(sheets.get(WORKS, []), WORKS, WORK_COLUMNS, set(works), today, cells, told)
    _read_words(sheets.get(WORDS, []), today, cells, told)
    _order_of_days(cells, works, rows_of_works, told)
    for cell in names(targets, works):
        if cell in cells:
            before = base.get(cell, empty(cell))
            if cells[cell] != before:
                told.changed[cell] = (before, cells[cell])
    return told


def _memory(sheets: Sheets, name: str, day: int, unit: int) -> Cells:
    rows = sheets.get(MEMORY) or [[]]
    head = [str(cell or "") for cell in rows[0]]
    if head[:1] != [MARK]:
        raise UnreadableError("report_sheet.foreign", file=name)
    if head[1:3] != [str(day), str(unit)]:
        raise UnreadableError("report_sheet.other", file=name)
    found: Cells = {}
    for cell, words in (row[:2] for row in rows[1:] if len(row) > 1 and row[0]):
        try:
            value = opened(str(cell), json.loads(str(words)))
        except ValueError as error:
            raise UnreadableError("report_sheet.foreign", file=name) from error
        found[str(cell)] = empty(str(cell)) if is_empty(value) else value
    return found


def _read_rows(  # noqa: PLR0913, PLR0917 - a sheet, and where it goes
    rows: Sequence[list[Any]],
    sheet: str,
    columns: Sequence[Column],
    known: set[int],
    today: datetime.date,
    cells: dict[str, Any],
    told: Told,
) -> dict[int, int]:
    """In which row each target or work stands."""
    seen: dict[int, int] = {}
    asked = [(place, column) for place, column in enumerate(columns) if column.letter]
    for number, row in enumerate(rows[TITLE_ROWS + 1 :], TITLE_ROWS + 2):
        key = _key(row, len(columns))
        written = [place for place, _column in asked if place < len(row) and not is_empty(row[place])]
        if key is None or key not in known:
            if written:
                said = _("Dòng này không có trong đăng ký đang báo cáo. Tải biểu mới, rồi chép số sang.")
                told.faults.append(Fault(sheet, number, _named(written[0], columns), said))
            continue
        if key in seen:
            said = _("Trùng với dòng %(row)d: cùng một chỉ tiêu, công trình. Giữ lại một dòng.") % {"row": seen[key]}
            told.faults.append(Fault(sheet, number, _named(1, columns), said))
            continue
        seen[key] = number
        for place, column in asked:
            cell = f"{column.letter}{key}"
            for value in _value(cell, row[place] if place < len(row) else None, today, told, sheet, number, columns):
                cells[cell] = value
    return seen


def _key(row: Sequence[Any], place: int) -> int | None:
    """The hidden column; a spreadsheet may have made a number of it."""
    held = row[place] if place < len(row) else None
    text = str(int(held)) if isinstance(held, float) and held.is_integer() else str(held or "").strip()
    return int(text) if text.isdecimal() and len(text) < 18 else None


def _named(place: int, columns: Sequence[Column]) -> str:
    return f"{chr(65 + place)}, {columns[place].head}"


def _value(  # noqa: PLR0913, PLR0917 - a cell, and where it stands
    cell: str, held: Any, today: datetime.date, told: Told, sheet: str, number: int, columns: Sequence[Column]
) -> Iterator[Any]:
    """One value; none where it cannot be read, which is told."""
    field = field_of(cell, today=today)
    try:
        value = field.clean(_text(cell, held))
    except ValidationError as error:
        place = next((place for place, column in enumerate(columns) if column.letter == cell[0]), 0)
        told.faults.extend(Fault(sheet, number, _named(place, columns), said) for said in error.messages)
        return
    yield empty(cell) if is_empty(value) else value


def _text(cell: str, held: Any) -> str:
    """Cells are text; where a spreadsheet made numbers of them all the same, they read as one writes them."""
    if held is None:
        return ""
    if isinstance(held, int | float):
        whole = isinstance(held, int) or held.is_integer()
        text = str(int(held)) if whole else f"{held:.10f}".rstrip("0")
        return text if cell[0] in "nwt" else text.replace(".", ",")
    return str(held)


def _read_words(rows: Sequence[list[Any]], today: datetime.date, cells: dict[str, Any], told: Told) -> None:
    """One cell; what the sheet does not have changes nothing."""
    if len(rows) <= TITLE_ROWS:
        return
    held = rows[TITLE_ROWS + 1][0] if len(rows) > TITLE_ROWS + 1 and rows[TITLE_ROWS + 1] else None
    column = (Column("Lời báo cáo", 0, NARRATIVE[0]),)
    for value in _value(NARRATIVE, held, today, told, WORDS, TITLE_ROWS + 2, column):
        cells[NARRATIVE] = value


def _order_of_days(cells: Cells, works: Sequence[int], rows: dict[int, int], told: Told) -> None:
    for number in works:
        begun, finished = cells.get(f"s{number}"), cells.get(f"f{number}")
        if begun and finished and finished < begun:
            said = _("Ngày hoàn thành đứng trước ngày khởi công.")
            told.faults.append(Fault(WORKS, rows[number], _named(8, WORK_COLUMNS), said))
            cells.pop(f"f{number}")


def packed(told: Told) -> dict[str, list[Any]]:
    return {cell: [kept(before), kept(after)] for cell, (before, after) in told.changed.items()}
