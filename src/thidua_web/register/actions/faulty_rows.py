"""The rows of a list that were not taken, as a workbook to mend and send again."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator
from typing import IO, Any

import xlsxwriter

from thidua import explain
from thidua.register.kinds import SheetKind, sheet_kinds
from thidua.register.sheets import read_sheet
from thidua_web.archive.queries import content
from thidua_web.journal.actions import Actor, record
from thidua_web.register.models import ImportRow, ImportRun, RowOutcome
from thidua_web.register.queries.exports import MASK
from thidua_web.register.sealing import unseal_file
from thidua_web.register.workbooks import sheets
from thidua_web.register.workbooks.reading import Sheet, read_workbook

# The reader passes this column over (it is one of the `ignored`), so that the mended file can be sent as it is.
REASON = "Ghi chú"


def write_faulty_rows(*, run: ImportRun, secrets: bool, by: Actor, at: datetime.datetime) -> IO[bytes]:
    """The cells as they stood in the file; sensitive ones masked without `secrets`: a mask says nothing when read."""
    kind = sheet_kinds()[run.kind]
    reasons = dict(_reasons(run))
    file = tempfile.TemporaryFile()  # noqa: SIM115 (closed by who gets it)
    sheet = read_workbook(unseal_file(content(run.file)), run.name, run.kind)
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False}) as book:
        count = _write(book, kind, sheet, reasons, secrets=secrets)
    record(
        act="list.faults_exported",
        by=by,
        at=at,
        unit_id=run.unit_id,
        subject=("list", run.pk),
        label=run.name,
        details={"kind": run.kind, "rows": count, "sensitive": secrets},
    )
    return file


def _reasons(run: ImportRun) -> Iterator[tuple[int, str]]:
    """Why each row was left behind: its faults, or the doubt that nobody has settled."""
    rows = ImportRow.objects.filter(run=run, written=False)
    left = rows.filter(outcome=RowOutcome.FAULT) | rows.filter(outcome=RowOutcome.DOUBT, choice="")
    for number, findings in left.order_by("number").values_list("number", "findings").iterator(2000):
        yield number, " ".join(_sentence(one) for one in findings)


def _sentence(finding: dict[str, Any]) -> str:
    column = finding["params"].get("column", "")
    words = explain.say(finding["code"], finding["params"])
    return f"[{column}] {words}" if column else words


def _write(book: xlsxwriter.Workbook, kind: SheetKind, sheet: Sheet, reasons: dict[int, str], *, secrets: bool) -> int:
    kept: dict[int, list[Any]] = {}

    def noted() -> Iterator[list[Any]]:
        for number, cells in enumerate(sheet.rows(), 1):
            if number in reasons:
                kept[number] = cells
            yield cells

    header, rows = read_sheet(kind, noted())
    columns = list(header.columns.items())
    hidden = frozenset() if secrets else kind.sensitive

    def cells() -> Iterator[list[str]]:
        for row in rows:
            raw = kept.pop(row.number, None)
            if raw is None:
                continue
            said = [_text(raw[index]) if index < len(raw) else "" for index, _ in columns]
            masked = [
                MASK if text and column.key in hidden else text for text, (_, column) in zip(said, columns, strict=True)
            ]
            yield [reasons[row.number], *masked]

    return sheets.write_list(book, kind, [REASON, *(column for _, column in columns)], cells())


def _text(cell: Any) -> str:
    """As it stood in the cell."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
