"""The board as a workbook. What leaves is journaled: who took it, and how many rows."""

from __future__ import annotations

import datetime
import tempfile
from typing import IO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext

from thidua import deployment as core
from thidua.deployment import STEPS, Step
from thidua_web.campaigns.models import Campaign, Deployment
from thidua_web.campaigns.queries.board import HEADS, LEVEL_OF, REACHED, Filter, Scope, everything
from thidua_web.campaigns.queries.deployments import standing_of
from thidua_web.journal.actions import Actor, record

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
WIDTHS = (38, 26, 30, 12, 12, 14, 14, 14, 14, 34, 16, 20, 14)


def export_board(*, campaign: Campaign, scope: Scope, asked: Filter, by: Actor, at: datetime.datetime) -> IO[bytes]:
    """In a temporary file that goes when it is closed; days are dates, so that they sort."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (closed by who gets it)
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        count = _write(book, campaign, scope, asked, timezone.localdate(at))
    record(
        act="deployment.exported",
        by=by,
        at=at,
        unit_id=campaign.unit_id,
        subject=("campaign", campaign.pk),
        label=campaign.title,
        details={"rows": count},
    )
    return file


def _write(book: xlsxwriter.Workbook, campaign: Campaign, scope: Scope, asked: Filter, on: datetime.date) -> int:
    sheet = book.add_worksheet(gettext("Triển khai"))
    for index, width in enumerate(WIDTHS):
        sheet.set_column(index, index, width)
    look = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#F5F2EC"}
    head, day = book.add_format(look), book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    text = book.add_format({"valign": "top"})
    sheet.write_string(0, 0, campaign.title, book.add_format({"bold": True}))
    sheet.write_string(1, 0, gettext("Đến ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"}, text)
    for index, word in enumerate(_heads()):
        sheet.write_string(3, index, word, head)
    count = 0
    for count, row in enumerate(everything(scope, asked), 1):
        for index, value in enumerate(_values(row, on)):
            if isinstance(value, datetime.date):
                sheet.write_datetime(count + 3, index, datetime.datetime.combine(value, datetime.time.min), day)
            elif isinstance(value, int):
                sheet.write_number(count + 3, index, value)
            elif value:
                sheet.write_string(count + 3, index, value, text)
    sheet.autofilter(3, 0, max(4, count + 3), len(WIDTHS) - 1)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    return count


def _heads() -> list[str]:
    return [
        gettext("Đơn vị"),
        gettext("Cấp"),
        gettext("Thuộc"),
        *(str(HEADS[step]) for step in STEPS),
        gettext("Đang ở bước"),
        gettext("Ngày làm việc không chuyển động"),
        gettext("Văn bản giấy"),
        gettext("Chỗ cần sửa của kế hoạch"),
    ]


def _values(row: Deployment, on: datetime.date) -> list[object]:
    standing = standing_of(row)
    still = core.still(standing, on=on)
    unit = row.unit
    reached = core.step_reached(standing) or Step.SENT
    return [
        unit.name,
        str(LEVEL_OF[unit.kind].label),
        unit.parent.name if unit.parent else "",
        *(standing.day(step) for step in STEPS),
        str(REACHED[reached]),
        still.working_days if still else "",
        row.paper,
        row.faults if row.plan_id and row.faults is not None else "",  # type: ignore[attr-defined]
    ]
