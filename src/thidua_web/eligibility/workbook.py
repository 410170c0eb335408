"""The list of the desk as a workbook, written row by row: a hundred thousand of them need no memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

import xlsxwriter
from django.utils.translation import gettext

from thidua_web.eligibility.pages.desk import Reason, Row
from thidua_web.eligibility.queries.cases import Case

COLUMNS = ((34, "name"), (46, "about"), (20, "state"), (90, "reasons"), (40, "basis"))


def write(file: IO[bytes], case: Case | None, rows: Iterable[Row]) -> None:
    """Nothing in a cell is ever a formula: names come from people."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet(gettext("Có thể đề nghị"))
    bold, head = book.add_format({"bold": True, "font_size": 13}), book.add_format({"bold": True, "border": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for place, (width, _name) in enumerate(COLUMNS):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, _title(case), bold)
    sheet.write_string(1, 0, gettext("Căn cứ có dấu * chưa được kiểm chứng với văn bản gốc."))
    names = (gettext("Tên"), gettext("Đơn vị"), gettext("Kết quả"), gettext("Lý do"), gettext("Căn cứ"))
    for place, name in enumerate(names):
        sheet.write_string(3, place, name, head)
    for number, row in enumerate(rows, 4):
        for place, value in enumerate(_cells(row)):
            sheet.write_string(number, place, value, text)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    book.close()


def _title(case: Case | None) -> str:
    if case is None:
        return gettext("Có thể đề nghị ai?")
    said = {"award": case.title, "year": case.offer.year, "on": f"{case.on:%d/%m/%Y}"}
    return gettext("%(award)s, thành tích năm %(year)s, xét vào ngày %(on)s") % said


def _cells(row: Row) -> tuple[str, ...]:
    said = (one.words for one in row.reasons)
    basis = dict.fromkeys(_basis(one) for one in row.reasons if one.basis)
    return row.name, row.about, str(row.state.label), "\n".join(said), "\n".join(basis)


def _basis(reason: Reason) -> str:
    return reason.basis if reason.verified else f"{reason.basis} *"
