"""A workbook to fill in, for each kind of list."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter

from thidua.register.kinds import sheet_kinds
from thidua_web.register.workbooks import sheets


def template(kind: str, units: Iterable[tuple[str, str, str, str]]) -> bytes:
    """`units`: code, name, kind and parent's code of those within reach."""
    known = sheet_kinds()[kind]
    columns = [column for column in known.column if column.key not in sheets.EXPORTED_ONLY]
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheets.write_list(book, known, columns, ())
        sheets.write_guide(book, known, columns)
        sheets.write_codes(book, units)
        ranges = sheets.write_choices(book, columns)
        sheets.offer(book.worksheets()[0], columns, ranges)
    return data.getvalue()
