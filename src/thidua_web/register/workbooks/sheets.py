"""The sheets of our own workbooks: the list itself, what its columns mean, the codes to pick from."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from thidua.register.kinds import Column, SheetKind

# Rows of a template that offer choices; below, the cells are plain.
ROWS_OFFERED = 5000
GUIDE, CODES, CHOICES = "Hướng dẫn", "Mã đơn vị", "Lựa chọn"
WIDTHS = {"text": 30, "name": 26, "code": 14, "codes": 24, "identity": 17, "flag": 11}
NARROW = 13
# Characters of a pop-up beside a cell, a limit of Excel.
LONGEST_HINT = 250
EXPORTED_ONLY = frozenset({"register_number"})


def write_list(
    book: xlsxwriter.Workbook,
    kind: SheetKind,
    columns: Sequence[Column | str],
    rows: Iterable[Sequence[str]],
    note: str = "",
) -> int:
    """The sheet that is read back. Cells are text, whatever they look like: nothing in them is ever a formula.

    A column that is only a word is a wide one of remarks. Returns how many rows were written.
    """
    sheet = book.add_worksheet(kind.sheet)
    text = book.add_format({"num_format": "@", "valign": "top"})
    for index, column in enumerate(columns):
        sheet.set_column(index, index, _width(column), text)
    _head(book, sheet, columns, row=0)
    _print(sheet, kind, note)
    count = 0
    for count, row in enumerate(rows, 1):
        for index, cell in enumerate(row):
            if cell:
                sheet.write_string(count, index, cell, text)
    sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
    return count


def _width(column: Column | str) -> int:
    if isinstance(column, str):
        return 70
    if column.type == "choice":
        return 10 + max(len(choice.label) for choice in column.choices) // 2
    return NARROW if column.type == "text" and column.longest <= 80 else WIDTHS.get(column.type, NARROW)


def _head(book: xlsxwriter.Workbook, sheet: Worksheet, columns: Sequence[Column | str], *, row: int) -> None:
    base = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#8C8577"}
    plain = book.add_format({**base, "bg_color": "#F5F2EC"})
    required = book.add_format({**base, "bg_color": "#8F1D1F", "font_color": "#FFFAF2"})
    sensitive = book.add_format({**base, "bg_color": "#F7EAF4", "font_color": "#7A2E6E"})
    sheet.set_row(row, 32)
    for index, column in enumerate(columns):
        if isinstance(column, str):
            sheet.write_string(row, index, column, plain)
            continue
        look = required if column.required else sensitive if column.sensitive else plain
        sheet.write_string(row, index, f"{column.header} *" if column.required else column.header, look)


def _print(sheet: Worksheet, kind: SheetKind, note: str) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_header(f"&L{kind.title}&R{note}".replace("&&", "&"))
    sheet.set_footer("&LThidua&R&P/&N")


def offer(sheet: Worksheet, columns: Sequence[Column], ranges: dict[str, str]) -> None:
    """Drop-down lists, and each column's hint beside the chosen cell."""
    for index, column in enumerate(columns):
        options: dict[str, Any] = {"input_title": column.header[:32], "input_message": column.hint[:LONGEST_HINT]}
        if column.key in ranges:
            options |= {"validate": "list", "source": ranges[column.key], "error_type": "warning"}
            options |= {"error_title": column.header[:32], "error_message": "Hãy chọn trong danh sách."}
        elif column.type == "flag":
            options |= {"validate": "list", "source": ["x"], "error_type": "warning"}
        else:
            options |= {"validate": "any"}
        sheet.data_validation(1, index, ROWS_OFFERED, index, options)


def write_choices(book: xlsxwriter.Workbook, columns: Sequence[Column]) -> dict[str, str]:
    """A sheet with the words to choose from; answers with the range of each column's."""
    chosen = [column for column in columns if column.choices]
    if not chosen:
        return {}
    sheet = book.add_worksheet(CHOICES)
    bold = book.add_format({"bold": True})
    ranges = {}
    for index, column in enumerate(chosen):
        sheet.set_column(index, index, 34)
        sheet.write_string(0, index, column.header, bold)
        for row, choice in enumerate(column.choices, 1):
            sheet.write_string(row, index, choice.label)
        letter = chr(65 + index)
        ranges[column.key] = f"='{CHOICES}'!${letter}$2:${letter}${len(column.choices) + 1}"
    return ranges


def write_guide(book: xlsxwriter.Workbook, kind: SheetKind, columns: Sequence[Column]) -> None:
    """What each column means, with an example and what it is used for."""
    sheet = book.add_worksheet(GUIDE)
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bg_color": "#F5F2EC", "border": 1, "border_color": "#8C8577"})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#E4E0D8"})
    bold = book.add_format({"bold": True, "valign": "top", "border": 1, "border_color": "#E4E0D8", "text_wrap": True})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 14)
    sheet.set_column(2, 4, 44)
    sheet.write_string(0, 0, kind.title, title)
    for row, words in enumerate(NOTES, 1):
        sheet.merge_range(row, 0, row, 4, words, plain)
    first = len(NOTES) + 2
    for index, words in enumerate(("Cột", "Bắt buộc", "Ghi gì", "Ví dụ", "Dùng để làm gì")):
        sheet.write_string(first, index, words, head)
    for row, column in enumerate(columns, first + 1):
        longest = max(len(_meaning(column)), len(use_of(kind.kind, column.key)))
        sheet.set_row(row, 15.5 * (1 + longest // 42))
        sheet.write_string(row, 0, column.header, bold)
        sheet.write_string(row, 1, _demanded(column), cell)
        sheet.write_string(row, 2, _meaning(column), cell)
        sheet.write_string(row, 3, column.example, cell)
        sheet.write_string(row, 4, use_of(kind.kind, column.key), cell)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


NOTES = (
    "Điền danh sách vào trang thứ nhất, mỗi dòng một đối tượng. Cột có tiêu đề nền đỏ và dấu * là bắt buộc.",
    "Không cần xóa cột không dùng; ô để trống không xóa gì đã có trong danh bạ. Mọi ô đều ở dạng văn bản.",
    "Gửi tệp ở trang Danh sách. Phần mềm đọc hết, báo mọi lỗi một lần và cho xem trước; chưa ghi gì trước khi bấm Ghi.",
)


def _demanded(column: Column) -> str:
    return "Có" if column.required else "Nhạy cảm" if column.sensitive else ""


def _meaning(column: Column) -> str:
    labels = [choice.label for choice in column.choices]
    if not labels or len(labels) > 6 or all(label in column.hint for label in labels):
        return column.hint
    return f"{column.hint} ({'; '.join(labels)})"


@cache
def _uses() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("thidua_web.register.lists").joinpath("uses.toml").read_text("utf-8"))


def use_of(kind: str, key: str) -> str:
    return _uses().get(kind, {}).get(key) or _uses()["all"].get(key, "")


def write_codes(book: xlsxwriter.Workbook, units: Iterable[tuple[str, str, str, str]]) -> None:
    """The units within reach, to pick codes from."""
    sheet = book.add_worksheet(CODES)
    bold = book.add_format({"bold": True, "bg_color": "#F5F2EC", "border": 1, "border_color": "#8C8577"})
    for index, (words, width) in enumerate((("Mã đơn vị", 18), ("Tên đơn vị", 52), ("Loại", 28), ("Cấp trên", 18))):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, words, bold)
    count = 0
    for count, row in enumerate(units, 1):
        for index, cell in enumerate(row):
            sheet.write_string(count, index, cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(count, 1), 3)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
