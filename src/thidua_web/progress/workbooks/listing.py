"""Lists to take along: the reports of a period, what targets come to, works ahead of schedule."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from thidua_web.campaigns.pages.wording import say_day
from thidua_web.progress.pages.report_list import Ahead, Gathered, Row, kind_label


def write(title: str, period: str, rows: Sequence[Row], gathered: Sequence[Gathered], works: Sequence[Ahead]) -> bytes:
    """Nothing in a cell is ever a formula: names come from people."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _sheet(
        book,
        "Báo cáo",
        f"{title}: báo cáo {period}",
        (("Đơn vị", 46), ("Loại", 24), ("Tình trạng", 20), ("Ngày gửi", 12), ("Ghi chú", 26)),
        ((one.unit.name, kind_label(one.unit.kind), str(one.came.label), _day(one.unit), one.note) for one in rows),
    )
    _sheet(
        book,
        "Tổng hợp chỉ tiêu",
        f"{title}: tổng hợp chỉ tiêu, {period}",
        (
            ("Chỉ tiêu", 60),
            ("Cách tính", 26),
            ("Kết quả", 14),
            ("Mức đăng ký", 14),
            ("Đơn vị tính", 14),
            ("Đã báo cáo", 12),
            ("Đã đăng ký", 12),
            ("Đã đạt", 10),
        ),
        (
            (
                one.indicator,
                str(one.how.label),
                one.value,
                one.aim,
                one.measure,
                one.total.reported,
                one.total.pledged,
                one.total.reached,
            )
            for one in gathered
        ),
    )
    _sheet(
        book,
        "Vượt tiến độ",
        f"{title}: công trình, phần việc vượt tiến độ",
        (
            ("Công trình, phần việc", 60),
            ("Nơi thực hiện", 24),
            ("Đơn vị", 46),
            ("Mốc", 14),
            ("Hạn đăng ký", 14),
            ("Ngày thực tế", 14),
            ("Sớm (ngày)", 12),
        ),
        (
            (
                one.work.name,
                one.work.where,
                one.work.pledge.unit.name,
                one.milestone,
                say_day(one.due),
                say_day(one.on),
                one.days,
            )
            for one in works
        ),
    )
    book.close()
    return made.getvalue()


def _day(unit: Any) -> str:
    return say_day(unit.sent_on) if unit.sent_on else ""


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Any]],
) -> None:
    sheet: Worksheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "font_size": 13})
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#F5F2EC", "border": 1})
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#E4E0D8"})
    number = book.add_format({"num_format": "#,##0.##", "valign": "top", "border": 1, "border_color": "#E4E0D8"})
    sheet.write_string(0, 0, title, bold)
    for place, (words, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(2, place, words, head)
    last = 2
    for last, row in enumerate(rows, 3):
        for place, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(last, place, value, number)
            else:
                sheet.write_string(last, place, str(value or ""), text)
    sheet.autofilter(2, 0, max(last, 3), len(columns) - 1)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_footer("&LThidua&R&P/&N")
