"""A sheet of a workbook into typed rows with all that is wrong with them, by Excel's own row and column.

Rows are what a reader of workbooks gives: sequences of cells, from the sheet's first row on. Nothing stops at the first
fault: each row has all of its own, the header has what concerns the whole sheet. A finding that is `not_met` is a
fault, the row cannot be taken; one that is `unknown` is a doubt, the row can be taken once somebody has looked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from msgspec import Struct
from rapidfuzz import fuzz, process

from thidua.findings import Finding, Outcome, not_met, unknown
from thidua.register.cells import Odd, Value, clean, reader
from thidua.register.kinds import Column, SheetKind, header_key
from thidua.register.rows import Rules

Cells = Sequence[Any]

# A header stands among the first rows, below the name of the body and the title of the list.
_HEADER_WITHIN = 30
# So many rows are looked at to learn what the codes of a column are like.
_SAMPLE = 500
# In findings, for what only few may see.
_MASK = "•••"


class Header(Struct, frozen=True, kw_only=True):
    """Where the columns stand. `row` is Excel's number, `columns` the places (from 0) of the known ones.

    `findings`: columns that are missing, unknown or there twice; `usable` is False where rows cannot be read at all.
    """

    row: int
    columns: Mapping[int, Column]
    findings: tuple[Finding, ...] = ()

    @property
    def usable(self) -> bool:
        return all(finding.outcome is not Outcome.NOT_MET for finding in self.findings)


class Row(Struct, frozen=True, kw_only=True):
    """A row of data. `number` is Excel's; `values` has the cells that say something, by the column's key.

    `data` is False for a line that is none of the list (a heading between, a signature below): it has no values.
    """

    number: int
    values: dict[str, Value]
    findings: tuple[Finding, ...] = ()
    data: bool = True

    @property
    def faulty(self) -> bool:
        return any(finding.outcome is Outcome.NOT_MET for finding in self.findings)

    @property
    def doubtful(self) -> bool:
        return bool(self.findings) and not self.faulty


def column_letter(index: int) -> str:
    """Excel's name of a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def choose_sheet(kind: SheetKind, names: Sequence[str]) -> str | None:
    """The sheet that holds the list: the one with its name, else the only one, else None."""
    wanted = header_key(kind.sheet)
    named = [name for name in names if header_key(name) == wanted]
    return named[0] if named else names[0] if len(names) == 1 else None


def read_sheet(
    kind: SheetKind, rows: Iterable[Cells], *, today: datetime.date | None = None
) -> tuple[Header, Iterator[Row]]:
    """Header and rows of a sheet; no rows where the header is not usable."""
    rows = iter(rows)
    first = list(islice(rows, _HEADER_WITHIN))
    header = find_header(kind, first)
    if not header.usable:
        return header, iter(())
    return header, read_rows(kind, header, chain(first[header.row :], rows), today=today)


def find_header(kind: SheetKind, rows: Iterable[Cells]) -> Header:
    """The row with the most known headers among the first ones."""
    first = list(islice(rows, _HEADER_WITHIN))
    known = [sum(kind.headers.get(_header_of(cell)) is not None for cell in row) for row in first]
    if max(known, default=0) < 2:
        required = [column.header for column in kind.column if column.required]
        return Header(row=0, columns={}, findings=(not_met("sheet.no_header", columns=required),))
    best = known.index(max(known))
    return _header(kind, best + 1, first[best])


def _header_of(cell: Any) -> str:
    return header_key(clean(str(cell))) if cell is not None else ""


def _header(kind: SheetKind, number: int, row: Cells) -> Header:
    columns: dict[int, Column] = {}
    findings: list[Finding] = []
    for index, cell in enumerate(row):
        key = _header_of(cell)
        if not key or (key in kind.headers and kind.headers[key] is None):
            continue
        column = kind.headers.get(key)
        place = {"row": number, "column": column_letter(index), "said": clean(str(cell))}
        if column is None:
            findings.append(_unknown_column(kind, key, place))
        elif column in columns.values():
            findings.append(not_met("sheet.column_twice", **place, header=column.header))
        else:
            columns[index] = column
    findings.extend(_missing(kind, number, columns))
    return Header(row=number, columns=columns, findings=tuple(findings))


def _unknown_column(kind: SheetKind, key: str, place: dict[str, Any]) -> Finding:
    headers = {name: column for name, column in kind.headers.items() if column is not None}
    near = process.extractOne(key, list(headers), scorer=fuzz.ratio, score_cutoff=85)
    if near:
        return unknown("sheet.near_column", **place, header=headers[near[0]].header)
    return unknown("sheet.unknown_column", **place)


def _missing(kind: SheetKind, number: int, columns: Mapping[int, Column]) -> Iterator[Finding]:
    there = {column.key for column in columns.values()}
    for column in kind.column:
        if column.required and column.key not in there:
            yield not_met("sheet.missing_column", row=number, header=column.header)
    for needs in kind.needs:
        if not needs.when and not there.intersection(needs.one_of):
            headers = [kind.by_key[key].header for key in needs.one_of]
            yield not_met("sheet.missing_one_of", row=number, headers=headers)


def read_rows(
    kind: SheetKind, header: Header, rows: Iterable[Cells], *, today: datetime.date | None = None
) -> Iterator[Row]:
    """The rows below the header, blank ones left out. `today` bounds days and years that must be past."""
    rows = iter(rows)
    first = list(islice(rows, _SAMPLE))
    reading = _Reading(kind, header, today, first)
    for number, cells in enumerate(chain(first, rows), header.row + 1):
        row = reading.row(number, cells)
        if row is not None:
            yield row


class _Reading:
    """What is known while the rows of one sheet go by."""

    def __init__(self, kind: SheetKind, header: Header, today: datetime.date | None, sample: Sequence[Cells]) -> None:
        self._header_row = header.row
        self._cells = [
            (index, column, reader(column, today, zero_led=_zero_led(index, column, sample)))
            for index, column in sorted(header.columns.items())
        ]
        self._sensitive = {index for index, column in header.columns.items() if column.sensitive}
        self._letters = {column.key: column_letter(index) for index, column in header.columns.items()}
        self._required = [column for column in kind.column if column.required]
        self._rules = Rules(kind, self._letters)

    def row(self, number: int, cells: Cells) -> Row | None:
        values: dict[str, Value] = {}
        findings: list[Finding] = []
        faulty: set[str] = set()
        width = len(cells)
        for index, column, read in self._cells:
            cell = cells[index] if index < width else None
            if cell is None or cell == "":
                continue
            value = read(cell)
            if isinstance(value, Odd):
                findings.append(self._finding(number, index, column, value))
                if value.sure:
                    faulty.add(column.key)
                value = value.value
            if value is not None:
                values[column.key] = value
        if not values and not faulty:
            return None
        if (len(values) <= 2 or number == self._header_row + 1) and self._is_no_row(number, cells, values):
            return self._passed_over(number, cells)
        for column in self._required:
            if column.key not in values and column.key not in faulty:
                letter = self._letters[column.key]
                findings.append(not_met("cell.required", row=number, column=letter, header=column.header))
        findings.extend(self._rules.look(number, values, faulty))
        return Row(number=number, values=values, findings=tuple(findings))

    def _finding(self, number: int, index: int, column: Column, odd: Odd) -> Finding:
        params = {"row": number, "column": column_letter(index), "header": column.header, **odd.params}
        if column.sensitive:
            params |= {key: _MASK for key in ("said", "taken", "near", "other") if key in params}
        return (not_met if odd.sure else unknown)(odd.code, **params)

    def _passed_over(self, number: int, cells: Cells) -> Row:
        shown = [cell for index, cell in enumerate(cells) if index not in self._sensitive]
        finding = unknown("sheet.not_a_row", row=number, said=" ".join(_filled(shown))[:80])
        return Row(number=number, values={}, findings=(finding,), data=False)

    def _is_no_row(self, number: int, cells: Cells, values: Mapping[str, Value]) -> bool:
        """The line "(1) (2) (3)" below a header; a heading or a signature, which fill a cell or two."""
        filled = _filled(cells)
        if number == self._header_row + 1 and len(filled) > 2:
            bare = [cell.strip("()") for cell in filled]
            if all(len(cell) < 3 for cell in bare) and sum(cell.isdecimal() for cell in bare) >= len(bare) - 2:
                return True
        lacking = sum(column.key not in values for column in self._required)
        return len(filled) <= 2 < len(self._cells) and lacking >= min(2, len(self._required))


def _filled(cells: Cells) -> list[str]:
    return [words for words in (clean(str(cell)) for cell in cells if cell is not None) if words]


def _zero_led(index: int, column: Column, sample: Sequence[Cells]) -> int:
    """How long the codes of a column are that begin with a zero; 0 where there are none."""
    if column.type != "code":
        return 0
    cells = (row[index] for row in sample if index < len(row))
    return max(
        (len(cell) for cell in cells if isinstance(cell, str) and cell[:1] == "0" and cell.isdecimal()), default=0
    )
