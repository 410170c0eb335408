"""Every write to workbooks that come back: received, written once, taken back once."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from thidua_web.accounts.models import User
from thidua_web.archive.actions import keep_content
from thidua_web.archive.names import clean_name
from thidua_web.campaigns.models import DutyDay
from thidua_web.journal.actions import record
from thidua_web.progress.actions import reports
from thidua_web.progress.actions.reports import Saved
from thidua_web.progress.models import Report, ReportSheet
from thidua_web.progress.models.cells import Cells, cells_of, empty, kept, opened
from thidua_web.progress.queries.report_sheets import changes
from thidua_web.register.models import Unit


@dataclass(frozen=True)
class Written:
    """`left` are cells that were not touched, because somebody has changed them since."""

    outcome: Saved
    count: int = 0
    left: tuple[str, ...] = ()


@transaction.atomic
def receive_sheet(  # noqa: PLR0913 - what a file comes with
    *,
    data: bytes,
    name: str,
    day: DutyDay,
    unit: Unit,
    read: Mapping[str, Any],
    faults: list[Any],
    by: User,
    at: datetime.datetime,
) -> ReportSheet:
    """Keep the file with what it says; nothing of the report changes yet."""
    report = reports.open_report(day=day, unit=unit, by=by, at=at)
    sheet = ReportSheet.objects.create(
        report=report,
        file=keep_content(data, kind="xlsx"),
        name=clean_name(name),
        read=dict(read),
        faults=faults,
        uploaded_by=by,
        uploaded_at=at,
    )
    _journal("report_sheet.received", sheet, by, at, cells=len(read), faults=len(faults))
    return sheet


@transaction.atomic
def write_sheet(*, sheet: ReportSheet, take: Collection[str], seen: int, by: User, at: datetime.datetime) -> Written:
    """Write what the workbook changed. Of cells that somebody else has changed since, only those in `take`."""
    sheet = ReportSheet.objects.select_for_update().get(pk=sheet.pk)
    if sheet.written_at is not None:
        return Written(Saved.SAME)
    report = Report.objects.select_related("day__duty__campaign", "unit").get(pk=sheet.report_id)
    planned = changes(sheet, cells_of(report))
    told = {one.cell: one.after for one in planned if not one.conflict or one.cell in take}
    left = tuple(one.cell for one in planned if one.cell not in told)
    saving = reports.save(day=report.day, unit=report.unit, cells=told, seen=seen, tab="", by=by, at=at)
    if saving.outcome in (Saved.STALE, Saved.CLOSED):
        return Written(saving.outcome)
    written = {cell: [kept(saving.before[cell]), kept(told[cell])] for cell in saving.before}
    ReportSheet.objects.filter(pk=sheet.pk).update(written=written, written_by=by, written_at=at)
    _journal("report_sheet.written", sheet, by, at, cells=len(written), left=len(left))
    return Written(Saved.SAVED, len(written), left)


@transaction.atomic
def undo_sheet(*, sheet: ReportSheet, by: User, at: datetime.datetime) -> Written:
    """Take back what it wrote, once; what was written over it since stays."""
    sheet = ReportSheet.objects.select_for_update().get(pk=sheet.pk)
    if sheet.written_at is None or sheet.undone_at is not None:
        return Written(Saved.SAME)
    report = Report.objects.select_related("day__duty__campaign", "unit").get(pk=sheet.report_id)
    now = cells_of(report)
    back, left = _back(sheet.written or {}, now)
    saving = reports.save(day=report.day, unit=report.unit, cells=back, seen=report.revision, tab="", by=by, at=at)
    if saving.outcome in (Saved.STALE, Saved.CLOSED):
        return Written(saving.outcome)
    ReportSheet.objects.filter(pk=sheet.pk).update(undone_at=at)
    _journal("report_sheet.undone", sheet, by, at, cells=len(back), left=len(left))
    return Written(Saved.SAVED, len(back), left)


def _back(written: Mapping[str, Any], now: Cells) -> tuple[Cells, tuple[str, ...]]:
    back: Cells = {}
    left = []
    for cell, (before, after) in written.items():
        if now.get(cell, empty(cell)) == opened(cell, after):
            back[cell] = opened(cell, before)
        else:
            left.append(cell)
    return back, tuple(left)


def _journal(act: str, sheet: ReportSheet, by: User, at: datetime.datetime, **details: object) -> None:
    report = sheet.report
    record(
        act=act,
        by=by,
        at=at,
        unit_id=report.unit_id,
        subject=("report", report.pk),
        label=sheet.name,
        details={
            "campaign": report.day.duty.campaign_id,
            "day": report.day_id,
            "unit": report.unit_id,
            "sha256": sheet.file.sha256,
            **details,
        },
    )
