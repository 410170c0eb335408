"""Lists that come in: workbooks of a few rows, and the work done at once, without a worker."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from django.utils import timezone

from thidua.register.kinds import sheet_kinds
from thidua_web.register import tasks
from thidua_web.register.actions import imports
from thidua_web.register.models import ImportRow, ImportRun
from web.cast import Cast


def workbook(kind: str, rows: Sequence[Mapping[str, Any]], *, headers: Sequence[str] = ()) -> bytes:
    """A workbook with the columns that the rows fill, by the columns' keys."""
    columns = sheet_kinds()[kind].by_key
    keys = headers or list(dict.fromkeys(key for row in rows for key in row))
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(sheet_kinds()[kind].sheet)
        sheet.write_row(0, 0, [columns[key].header if key in columns else key for key in keys])
        for number, row in enumerate(rows, 1):
            for index, key in enumerate(keys):
                sheet.write(number, index, row.get(key))
    return data.getvalue()


def send(cast: Cast, kind: str, data: bytes, *, by: str = "clerk", unit=None, name: str = "ds.xlsx") -> ImportRun:
    """Sent and read."""
    upload = imports.upload_list(
        source=io.BytesIO(data),
        name=name,
        kind=kind,
        unit=unit or cast.province,
        by=cast.users[by],
        at=timezone.now(),
        sensitive=True,
    )
    assert upload.run is not None, upload.error
    tasks.read_list(upload.run.pk)
    return fresh(upload.run)


def fresh(run: ImportRun) -> ImportRun:
    return ImportRun.objects.select_related("unit", "file").get(pk=run.pk)


def take_in(cast: Cast, kind: str, rows: Sequence[Mapping[str, Any]], **options: Any) -> ImportRun:
    """Sent, read and written."""
    return write(cast, send(cast, kind, workbook(kind, rows), **options))


def write(cast: Cast, run: ImportRun, *, by: str = "clerk") -> ImportRun:
    assert imports.write(run=run, by=cast.users[by], at=timezone.now())
    tasks.write_list(run.pk)
    return fresh(run)


def undo(cast: Cast, run: ImportRun, *, by: str = "clerk") -> ImportRun:
    assert imports.undo(run=run, by=cast.users[by], at=timezone.now())
    tasks.undo_list(run.pk)
    return fresh(run)


def outcomes(run: ImportRun) -> dict[int, str]:
    return dict(ImportRow.objects.filter(run=run).order_by("number").values_list("number", "outcome"))


def codes(run: ImportRun, number: int) -> list[str]:
    return [one["code"] for one in ImportRow.objects.get(run=run, number=number).findings]
