"""Scoring tables as files: in from TOML or Excel with every fault at once, out as either."""

from __future__ import annotations

import io
from decimal import Decimal

import xlsxwriter

from thidua.errors import InvalidTableError, UnreadableError
from thidua.explain import say, sentence
from thidua.findings import Finding, Outcome
from thidua.plans.formats.limits import MEGABYTE
from thidua.plans.formats.recognise import ZIP
from thidua.scoring.rows import rows_of, table_from_rows
from thidua.scoring.table import ScoringTable, dump_table, example_text, fault_sentence, load_table
from thidua_web.archive.evidence import check_evidence
from thidua_web.register.workbooks.reading import read_workbook

LARGEST = 2 * MEGABYTE
WIDTHS = (16, 18, 14, 60, 9, 14, 46, 44, 11, 11, 12)
TOML, XLSX = "toml", "xlsx"


def read_table(data: bytes, name: str) -> ScoringTable:
    """A table out of a file. Raises InvalidTableError with all that is wrong, UnreadableError where it is none."""
    if data.startswith(ZIP):
        check_evidence(data, name, limit=LARGEST)
        return table_from_rows(list(read_workbook(data, name, "").rows()))
    if len(data) > LARGEST:
        raise UnreadableError("evidence.too_large", file=name, limit_mb=LARGEST // MEGABYTE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError("score_file.unknown", file=name) from None
    return load_table(text)


def example() -> ScoringTable:
    return load_table(example_text())


def faults_of(error: InvalidTableError, *, sheet: bool, language: str) -> list[str]:
    """Every fault in a sentence with its place: a line of a text, or the row and column of a sheet."""
    faults = [finding for finding in error.findings if finding.outcome is Outcome.NOT_MET]
    return [placed(finding, sheet=sheet, language=language) for finding in faults]


def placed(finding: Finding, *, sheet: bool, language: str) -> str:
    if not sheet:
        return fault_sentence(finding, language)
    place = say("score_file.place", {"line": finding.params["line"], "key": finding.params["key"]}, language)
    return f"{place} {sentence(finding, language)}"


def as_file(table: ScoringTable, suffix: str) -> bytes:
    return dump_table(table).encode() if suffix == TOML else _workbook(table)


def _workbook(table: ScoringTable) -> bytes:
    """One sheet that reads back to the same table. Nothing in a cell is ever a formula of Excel's."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Bảng điểm")
    top = book.add_format({"valign": "top", "text_wrap": True})
    head = book.add_format({"bold": True, "bg_color": "#F5F2EC", "border": 1, "border_color": "#8C8577"})
    for index, width in enumerate(WIDTHS):
        sheet.set_column(index, index, width, top)
    for number, row in enumerate(rows_of(table)):
        for index, cell in enumerate(row):
            if isinstance(cell, Decimal):
                sheet.write_number(number, index, float(cell), top)
            elif cell is not None:
                sheet.write_string(number, index, cell, head if number == 0 else top)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return made.getvalue()
