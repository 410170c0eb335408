"""The journal as a file: JSON Lines that can be verified anywhere the key is, CSV and Excel for people."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext

from thidua.journal import Head
from thidua_web.journal.acts import subject_words, words_of
from thidua_web.journal.lines import Kept

FORM = "thidua-journal-1"
MOST_EXCEL_ROWS = 1_048_000


class NotAJournalError(Exception):
    """The file is no export of a journal; the message says at which line that shows."""

    def __init__(self, line: int) -> None:
        super().__init__(str(line))
        self.line = line


class TooManyLinesError(Exception):
    """More lines than a sheet of Excel holds."""


def json_lines(rows: Iterable[Kept], head: Head, *, at: datetime.datetime) -> Iterator[bytes]:
    """First the head (how many lines, the seal of the last), then every line with its seal."""
    yield _json({"form": FORM, "count": head.count, "seal": head.seal, "exported_at": at.isoformat()})
    for row in rows:
        yield _json({**row._asdict(), "at": row.at.astimezone(datetime.UTC).isoformat()})


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_json_lines(lines: Iterable[bytes]) -> tuple[Head, Iterator[Kept]]:
    """The head and the lines of an exported file. Raises NotAJournalError, the second part while it is read."""
    remaining = iter(lines)
    try:
        first = json.loads(next(remaining))
        if first["form"] != FORM:
            raise NotAJournalError(1)
        head = Head(int(first["count"]), str(first["seal"]))
    except (StopIteration, ValueError, TypeError, KeyError) as error:
        raise NotAJournalError(1) from error
    return head, _kept(remaining)


def _kept(lines: Iterator[bytes]) -> Iterator[Kept]:
    for number, line in enumerate(lines, 2):
        try:
            value = json.loads(line)
            row = Kept(**{**value, "at": datetime.datetime.fromisoformat(value["at"])})
            if not isinstance(row.number, int) or not isinstance(row.seal, str):
                raise NotAJournalError(number)
        except (ValueError, TypeError, KeyError) as error:
            raise NotAJournalError(number) from error
        yield row


# For people ----------------------------------------------------------------------------------------------------------


def headings() -> list[str]:
    return [
        gettext("Số"),
        gettext("Lúc"),
        gettext("Việc"),
        gettext("Người làm"),
        gettext("Làm thay"),
        gettext("Đơn vị"),
        gettext("Loại"),
        gettext("Đối tượng"),
        gettext("Chi tiết"),
        gettext("Dấu niêm phong"),
    ]


def cells(row: Kept, units: Mapping[int, str]) -> list[str]:
    details = json.dumps(row.details, ensure_ascii=False, sort_keys=True) if row.details else ""
    return [
        str(row.number),
        f"{timezone.localtime(row.at):%d/%m/%Y %H:%M:%S}",
        words_of(row.act),
        row.actor_name or gettext("Hệ thống"),
        row.on_behalf_of_name,
        units.get(row.unit, str(row.unit)) if row.unit is not None else "",
        subject_words(row.subject_kind),
        row.label or row.subject,
        details,
        row.seal,
    ]


def csv_lines(rows: Iterable[Kept], units: Mapping[int, str]) -> Iterator[bytes]:
    """UTF-8 with a mark, so that Excel reads the Vietnamese right."""
    yield "\ufeff".encode() + _csv(headings())
    for row in rows:
        yield _csv([_harmless(cell) for cell in cells(row, units)])


def _csv(values: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue().encode()


def _harmless(cell: str) -> str:
    """A cell that begins like a formula would be worked out by whoever opens the file."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def write_excel(rows: Iterable[Kept], units: Mapping[int, str], out: IO[bytes]) -> int:
    """Returns how many lines were written. Raises TooManyLinesError."""
    import xlsxwriter  # noqa: PLC0415 - only where a sheet is made

    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(gettext("Nhật ký"))
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.freeze_panes(1, 0)
    for column, (heading, width) in enumerate(zip(headings(), (8, 20, 30, 24, 24, 30, 14, 44, 40, 20), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    number = 0
    for number, row in enumerate(rows, 1):
        if number > MOST_EXCEL_ROWS:
            book.close()
            raise TooManyLinesError
        sheet.write_number(number, 0, row.number)
        for column, cell in enumerate(cells(row, units)[1:], 1):
            sheet.write_string(number, column, cell)
    sheet.autofilter(0, 0, max(number, 1), 9)
    book.close()
    return number
