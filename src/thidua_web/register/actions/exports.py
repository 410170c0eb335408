"""Lists that go out. What leaves is journaled: who took which list, how many rows, with sensitive data or without."""

from __future__ import annotations

import datetime
import tempfile
from typing import IO

import xlsxwriter
from django.utils import timezone

from thidua.register.kinds import sheet_kinds
from thidua_web.journal.actions import Actor, record
from thidua_web.register.models import Unit
from thidua_web.register.queries import exports
from thidua_web.register.workbooks import sheets


def export_list(*, kind: str, reach: Unit, secrets: bool, by: Actor, at: datetime.datetime) -> IO[bytes]:
    """A workbook of all that stands at or below `reach`, in a temporary file that goes when it is closed."""
    sheet = sheet_kinds()[kind]
    on = timezone.localdate(at)
    file = tempfile.TemporaryFile()  # noqa: SIM115 (closed by who gets it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        rows = exports.rows(kind, reach, on=on, secrets=secrets)
        count = sheets.write_list(book, sheet, sheet.column, rows, note=f"{reach.name}, {on:%d/%m/%Y}")
    details = {"kind": kind, "rows": count, "sensitive": secrets}
    record(
        act="list.exported",
        by=by,
        at=at,
        unit_id=reach.pk,
        subject=("unit", reach.pk),
        label=reach.name,
        details=details,
    )
    return file
