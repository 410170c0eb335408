"""The appraisal desk as a workbook, written row by row: a hundred thousand of them need no memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

import xlsxwriter
from django.utils.translation import gettext

from thidua_web.nominations.models import Nomination
from thidua_web.nominations.pages import desk as pages
from thidua_web.nominations.queries import desk as queries
from thidua_web.nominations.queries.desk import Wanted
from thidua_web.register.models import Unit

AT_ONCE = 1_000
WIDTHS = (30, 16, 34, 34, 40, 20, 22, 14, 16, 10, 26, 34, 14, 10)


def write(file: IO[bytes], unit: Unit, wanted: Wanted) -> int:
    """Nothing in a cell is ever a formula: names come from people. Returns how many rows."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet(gettext("Thẩm định"))
    bold, head = book.add_format({"bold": True, "font_size": 13}), book.add_format({"bold": True, "border": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    title = gettext("Bàn thẩm định của %(unit)s, ngày %(day)s") % {"unit": unit.name, "day": f"{wanted.on:%d/%m/%Y}"}
    sheet.write_string(0, 0, title, bold)
    for place, name in enumerate(_heads()):
        sheet.write_string(2, place, name, head)
    number = 2
    for number, cells in enumerate(_lines(wanted), 3):
        for place, value in enumerate(cells):
            sheet.write_string(number, place, value, text)
    sheet.freeze_panes(3, 1)
    sheet.autofilter(2, 0, max(3, number), len(WIDTHS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    book.close()
    return number - 2


def _heads() -> tuple[str, ...]:
    return (
        gettext("Tên"), gettext("Đối tượng"), gettext("Chức vụ, nơi công tác"), gettext("Đơn vị trình"),
        gettext("Đề nghị"), gettext("Năm thành tích"), gettext("Trạng thái"), gettext("Hạn thẩm định"),
        gettext("Kết quả kiểm tra"), gettext("Lỗi hồ sơ"), gettext("Người thẩm định"), gettext("Đợt, phong trào"),
        gettext("Ngày trình"), gettext("Số lần trả lại"),
    )  # fmt: skip


def _lines(wanted: Wanted) -> Iterator[tuple[str, ...]]:
    """All numbers first, so that nothing is missed or told twice while others act; rows a part at a time."""
    keys = queries.everything(wanted, queries.in_state(wanted).count())
    for first in range(0, len(keys), AT_ONCE):
        yield from _cells(pages.rows(queries.load(keys[first : first + AT_ONCE]), wanted.on))


def _cells(rows: Iterable[pages.Row]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        of: Nomination = row.of
        yield (
            of.name, of.get_subject_display(), ", ".join(filter(None, (of.position, of.unit_name))), of.unit.name,
            row.award, str(of.year), str(row.state.words), f"{of.clock_due:%d/%m/%Y}" if of.clock_due else "",
            str(row.outcome.words), str(of.defects), of.appraiser.full_name if of.appraiser else "", row.round,
            f"{of.lodged_on:%d/%m/%Y}" if of.lodged_on else "", str(of.returns),
        )  # fmt: skip
