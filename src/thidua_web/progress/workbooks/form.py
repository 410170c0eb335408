"""The report's workbook to be filled in without a network: what is known is locked, what is asked for is open.

Every open cell is text, so that "95%", "1.234,5" and "15/03/2030" stay as they were written. Each row carries the name
of its cells in a hidden column; a hidden sheet holds what stood there when the workbook was taken, so that on its way
back it is known who changed what.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from thidua_web.campaigns.models import DutyDay
from thidua_web.campaigns.pages.wording import say_day
from thidua_web.progress.forms.reports import LONGEST_NARRATIVE, LONGEST_NOTE
from thidua_web.progress.models.cells import DAYS, NARRATIVE, Cells, is_empty, kept, names
from thidua_web.progress.pages.reports import say_aim, say_result
from thidua_web.progress.queries.reports import Content
from thidua_web.register.models import Unit

TARGETS, WORKS, WORDS, MEMORY = "Chỉ tiêu", "Công trình", "Lời báo cáo", "thidua"
MARK = "thidua-bao-cao-1"
TITLE_ROWS = 3
"""Above the heads of the columns: title, what to do, an empty row."""
LONGEST_CELL = 32_000


@dataclass(frozen=True)
class Column:
    """`letter` is the cell that the column asks for; without one it only tells."""

    head: str
    width: int
    letter: str = ""
    hint: str = ""
    longest: int = 255


TARGET_COLUMNS = (
    Column("STT", 6),
    Column("Chỉ tiêu", 56),
    Column("Mức đăng ký", 20),
    Column("Năm gốc", 14),
    Column("Lần trước", 26),
    Column("Kết quả", 14, "v", "Số như trong văn bản: 1.234,5 hoặc 95,2%.", 40),
    Column("Lời, lý do", 48, "n", "Không có số thì ghi lý do.", LONGEST_NOTE),
)
WORK_COLUMNS = (
    Column("STT", 6),
    Column("Công trình, phần việc", 50),
    Column("Nơi thực hiện", 20),
    Column("Khởi công trước", 14),
    Column("Hoàn thành trước", 14),
    Column("Lần trước", 24),
    Column("Đã làm (%)", 11, "p", "Số nguyên từ 0 đến 100.", 4),
    Column("Ngày khởi công", 14, "s", "Ngày thực tế, ví dụ 15/03/2030.", 10),
    Column("Ngày hoàn thành", 14, "f", "Ngày thực tế, ví dụ 15/03/2030.", 10),
    Column("Lời, lý do", 44, "w", "Khó khăn, nguyên nhân chậm, điều cần biết.", LONGEST_NOTE),
)
HELP = "Điền các ô nền vàng. Không cần mạng. Xong thì gửi lại tệp này ở trang báo cáo; trước khi ghi sẽ được xem trước."


def write(day: DutyDay, unit: Unit, period: str, content: Content, before: dict[str, str]) -> bytes:
    """`before` is what was reported last, in words, by the cell of its value (v12, p7)."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    title = f"{unit.name}: báo cáo {period}, hạn {say_day(day.due)}"
    cells = {cell: _shown(cell, value) for cell, value in content.cells.items()}
    _rows(
        book,
        TARGETS,
        title,
        TARGET_COLUMNS,
        [_target(content, row, n, before) for n, row in _numbered(content.targets)],
        cells,
    )
    _rows(book, WORKS, title, WORK_COLUMNS, [_work(row, n, before) for n, row in _numbered(content.works)], cells)
    _narrative(book, title, cells.get(NARRATIVE, ""))
    _memory(book, day, unit, content)
    book.close()
    return made.getvalue()


def _numbered(rows: Sequence[Any]) -> list[tuple[int, Any]]:
    return list(enumerate(rows, 1))


def _shown(cell: str, value: Any) -> str:
    if is_empty(value):
        return ""
    if cell[0] in DAYS:
        return say_day(value)
    return say_result(value, "") if isinstance(value, int | float) else str(value)


def _target(content: Content, row: Any, number: int, before: dict[str, str]) -> tuple[int, list[str]]:
    base = say_result(row.baseline, row.measure) if row.baseline is not None else ""
    return row.pk, [str(number), row.indicator, say_aim(row), base, before.get(f"v{row.pk}", "")]


def _work(row: Any, number: int, before: dict[str, str]) -> tuple[int, list[str]]:
    due = [say_day(day) if day else "" for day in (row.start_due, row.finish_due)]
    return row.pk, [str(number), row.name, row.where, *due, before.get(f"p{row.pk}", "")]


def _rows(  # noqa: PLR0913, PLR0917 - what a sheet is made of
    book: xlsxwriter.Workbook,
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[int, list[str]]],
    cells: dict[str, str],
) -> None:
    sheet = book.add_worksheet(name)
    locked, open_, _ = _looks(book)
    _top(book, sheet, title, columns)
    hidden = len(columns)
    for place, (key, told) in enumerate(rows, TITLE_ROWS + 1):
        for column, words in enumerate(told):
            sheet.write_string(place, column, words, locked)
        for column, asked in enumerate(columns):
            if asked.letter:
                sheet.write_string(place, column, cells.get(f"{asked.letter}{key}", ""), open_)
                _ask(sheet, place, column, asked)
        sheet.write_string(place, hidden, str(key), locked)
    sheet.set_column(hidden, hidden, 4, None, {"hidden": True})
    _finish(sheet, columns)


def _looks(book: xlsxwriter.Workbook) -> tuple[Any, Any, Any]:
    edge = {"border": 1, "border_color": "#B9B2A4", "valign": "top", "text_wrap": True, "num_format": "@"}
    locked = book.add_format(edge | {"locked": True})
    open_ = book.add_format(edge | {"locked": False, "bg_color": "#FFF9E3"})
    return locked, open_, book.add_format({"bold": True, "font_size": 13})


def _top(book: xlsxwriter.Workbook, sheet: Worksheet, title: str, columns: Sequence[Column]) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#F5F2EC"})
    asked = book.add_format(
        {
            "bold": True,
            "text_wrap": True,
            "valign": "vcenter",
            "border": 1,
            "bg_color": "#8F1D1F",
            "font_color": "#FFFAF2",
        }
    )
    sheet.write_string(0, 0, title, _looks(book)[2])
    sheet.write_string(1, 0, HELP)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(TITLE_ROWS, place, column.head, asked if column.letter else head)


def _ask(sheet: Worksheet, row: int, column: int, asked: Column) -> None:
    sheet.data_validation(
        row,
        column,
        row,
        column,
        {
            "validate": "length",
            "criteria": "<=",
            "value": asked.longest,
            "input_title": asked.head[:32],
            "input_message": asked.hint,
            "error_title": asked.head[:32],
            "error_message": f"Tối đa {asked.longest} ký tự. {asked.hint}",
        },
    )


def _finish(sheet: Worksheet, columns: Sequence[Column]) -> None:
    # Locked against slips, not against people: there is no password.
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
    sheet.freeze_panes(TITLE_ROWS + 1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TITLE_ROWS)
    sheet.print_area(0, 0, 1000, len(columns) - 1)
    sheet.set_footer("&LThidua&R&P/&N")


def _narrative(book: xlsxwriter.Workbook, title: str, words: str) -> None:
    sheet = book.add_worksheet(WORDS)
    locked, open_, bold = _looks(book)
    sheet.set_column(0, 0, 110)
    sheet.set_column(1, 1, 4, None, {"hidden": True})
    sheet.write_string(0, 0, title, bold)
    sheet.write_string(1, 0, "Kết quả nổi bật, cách làm hay, khó khăn, kiến nghị. Xuống dòng trong ô: Alt + Enter.")
    sheet.write_string(TITLE_ROWS, 0, "Lời báo cáo", locked)
    sheet.set_row(TITLE_ROWS + 1, 400)
    sheet.write_string(TITLE_ROWS + 1, 0, words[: min(LONGEST_CELL, LONGEST_NARRATIVE)], open_)
    sheet.write_string(TITLE_ROWS + 1, 1, NARRATIVE, locked)
    sheet.protect("", {"format_rows": True})
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _memory(book: xlsxwriter.Workbook, day: DutyDay, unit: Unit, content: Content) -> None:
    """What stood in each cell, a row each; the first row says which report it is."""
    sheet = book.add_worksheet(MEMORY)
    revision = content.report.revision if content.report else 0
    for column, words in enumerate((MARK, str(day.pk), str(unit.pk), str(revision))):
        sheet.write_string(0, column, words)
    known: Cells = content.cells
    for row, cell in enumerate(names(content.of_target, content.of_work), 1):
        sheet.write_string(row, 0, cell)
        sheet.write_string(row, 1, json.dumps(kept(known.get(cell)), ensure_ascii=False))
    sheet.very_hidden()
    sheet.protect("")
