"""All pledges of a campaign as a workbook: by level, every target, every work."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext

from thidua_web.campaigns.models import Campaign
from thidua_web.progress.queries import pledge_totals as queries
from thidua_web.register.models import UnitKind

OPERATORS = {">=": "ít nhất", "<=": "nhiều nhất", "=": "đạt", "range": "từ … đến"}


def write(campaign: Campaign, *, note: str) -> IO[bytes]:
    """A file that is read from its beginning. Words are written as words, whatever they look like: never a formula."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer that it goes out by
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    kinds = {kind: str(label) for kind, label in UnitKind.choices}
    sheets = _Sheets(book, note)
    totals = [
        (
            row.indicator,
            kinds.get(row.kind, row.kind),
            row.units,
            row.left_out,
            row.sum,
            row.least,
            row.most,
            row.measure,
        )
        for row in queries.targets(campaign)
    ]
    sheets.add(gettext("Tổng hợp chỉ tiêu"), TOTAL_HEADS, totals)
    sheets.add(gettext("Chỉ tiêu"), TARGET_HEADS, (_target(row, kinds) for row in queries.target_rows(campaign)))
    sheets.add(
        gettext("Công trình"),
        WORK_HEADS,
        ((row[0], kinds.get(row[1], row[1]), *row[2:]) for row in queries.work_rows(campaign)),
    )
    book.close()
    return file


TOTAL_HEADS = (
    ("Chỉ tiêu", 60), ("Cấp", 24), ("Đơn vị nhận", 12), ("Không nhận", 12), ("Cộng", 14), ("Thấp nhất", 14),
    ("Cao nhất", 14), ("Đơn vị tính", 14),
)  # fmt: skip
TARGET_HEADS = (
    ("Đơn vị", 40), ("Cấp", 20), ("Chỉ tiêu", 60), ("Mức", 12), ("Con số", 12), ("Đến", 12), ("Đơn vị tính", 14),
    ("Hoàn thành chậm nhất", 14), ("Năm gốc", 10), ("Kết quả năm gốc", 14), ("Không nhận", 12), ("Lý do", 40),
)  # fmt: skip
WORK_HEADS = (
    ("Đơn vị", 40), ("Cấp", 20), ("Công trình, phần việc", 70), ("Địa điểm", 24), ("Khởi công chậm nhất", 14),
    ("Hoàn thành chậm nhất", 14), ("Ghi chú", 40), ("Khác công trình đã có ở chỗ nào", 40),
)  # fmt: skip


def _target(row: Sequence[Any], kinds: dict[str, str]) -> tuple[Any, ...]:
    name, kind, indicator, op, *numbers, left_out, why = row
    return (name, kinds.get(kind, kind), indicator, OPERATORS.get(op, op), *numbers, "x" if left_out else "", why)


class _Sheets:
    def __init__(self, book: xlsxwriter.Workbook, note: str) -> None:
        self.book, self.note = book, note
        look = {"valign": "top", "text_wrap": True}
        self.head = book.add_format(
            {"bold": True, "bg_color": "#F5F2EC", "border": 1, "border_color": "#8C8577", **look}
        )
        self.words = book.add_format({"num_format": "@", **look})
        self.number = book.add_format({"num_format": "#,##0.##", "valign": "top"})
        self.day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})

    def add(self, name: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]) -> None:
        sheet = self.book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(f"&L{name}&R{self.note}".replace("&&", "&"))
        sheet.set_footer("&LThidua&R&P/&N")
        for column, (words, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, words, self.head)
        for place, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self._cell(sheet, place, column, value)

    def _cell(self, sheet: Any, row: int, column: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, int | float):
            sheet.write_number(row, column, value, self.number)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, self.words)
        else:
            sheet.write_datetime(row, column, value, self.day)
