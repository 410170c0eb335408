"""A scoring table as the rows of a sheet, for Excel: one row a part, the same columns for all.

The first column says what a row is. Figures of a criterion stand in one cell, one a line:
`a | Chỉ tiêu giao | tỷ đồng | chỉ tiêu`. A table written to rows and read again is the same table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from thidua.errors import InvalidTableError
from thidua.findings import not_met
from thidua.scoring.assembling import assemble
from thidua.scoring.checks import Path
from thidua.scoring.parts import JUDGED, Criterion, Input, ScoringTable, TieBreaker
from thidua.scoring.table import accepted
from thidua.vietnamese.folding import search_key

Cell = str | Decimal | None
Row = tuple[Cell, ...]

HEADERS = (
    "Dòng", "Mã", "Mục", "Nội dung", "Điểm", "Loại", "Cách tính", "Số liệu", "Minh chứng", "Nhiều nhất", "Khảo sát (%)",
)  # fmt: skip
(_KIND, _KEY, _SECTION, _LABEL, _POINTS, _TYPE, _FORMULA, _INPUTS, _EVIDENCE, _CAP, _SURVEY) = range(len(HEADERS))

# What a row is, then the words of each choice. Codes are accepted too.
TABLE, ROUNDING, BONUS_CAP, DEDUCTION_CAP = "Bảng", "Làm tròn", "Trần điểm thưởng", "Trần điểm trừ"
SECTION, CRITERION, TIE = "Mục", "Tiêu chí", "Khi bằng điểm"
KINDS = {"standard": "chuẩn", "bonus": "thưởng", "deduction": "trừ"}
SOURCES = {
    "value": "kết quả", "target": "chỉ tiêu", "percent": "phần trăm", "count": "số lượng", "yes_no": "có/không",
    "survey": "khảo sát",
}  # fmt: skip
RULES = {"half_up": "nửa lên", "half_even": "nửa về số chẵn", "down": "bỏ phần lẻ"}
LINKS = {
    "section": "điểm mục", "criterion": "điểm tiêu chí", "deductions": "ít điểm trừ", "bonus": "điểm thưởng",
    "first_report": "báo cáo sớm", "count": "số lượng", "council": "hội đồng quyết định",
}  # fmt: skip
ORDERS = {"most": "nhiều hơn", "fewest": "ít hơn"}
_JUDGED_WORDS = "chấm"

# Which column a field of the tree stands in.
_COLUMN_OF = {
    "title": _LABEL, "total": _POINTS, "key": _KEY, "section": _SECTION, "label": _LABEL, "max_points": _POINTS,
    "formula": _FORMULA, "inputs": _INPUTS, "evidence_required": _EVIDENCE, "kind": _TYPE, "cap": _CAP,
    "survey_share": _SURVEY, "by": _TYPE, "of": _KEY, "order": _FORMULA, "places": _POINTS, "rule": _TYPE,
    "bonus_cap": _POINTS, "deduction_cap": _POINTS,
}  # fmt: skip


# --- Out -----------------------------------------------------------------------------------------------------------


def rows_of(table: ScoringTable) -> list[Row]:
    """The header and the rows."""
    rows = [_row(TABLE, label=table.title, points=table.total)]
    rows.append(_row(ROUNDING, points=Decimal(table.rounding.places), type_=RULES[table.rounding.rule]))
    for name, cap in ((BONUS_CAP, table.bonus_cap), (DEDUCTION_CAP, table.deduction_cap)):
        if cap is not None:
            rows.append(_row(name, points=cap))
    rows.extend(_row(SECTION, key=part.key, label=part.label, points=part.max_points) for part in table.sections)
    rows.extend(map(_criterion_row, table.criteria))
    rows.extend(map(_tie_row, table.tie_breakers))
    return [HEADERS, *rows]


def _row(  # noqa: PLR0913 - one a column
    kind: str, *, key: str = "", label: str = "", points: Decimal | None = None, type_: str = "", rest: Row = ()
) -> Row:
    row: Row = (kind, key or None, None, label or None, points, type_ or None, *rest)
    return row + (None,) * (len(HEADERS) - len(row))


def _criterion_row(criterion: Criterion) -> Row:
    formula = _JUDGED_WORDS if criterion.formula == JUDGED else criterion.formula
    inputs = "\n".join(map(_input_line, criterion.inputs))
    evidence = "có" if criterion.evidence_required else None
    row = _row(
        CRITERION,
        key=criterion.key,
        label=criterion.label,
        points=criterion.max_points,
        type_=KINDS[criterion.kind],
        rest=(formula, inputs or None, evidence, criterion.cap, criterion.survey_share or None),
    )
    return (*row[:_SECTION], criterion.section or None, *row[_SECTION + 1 :])


def _input_line(given: Input) -> str:
    return " | ".join((given.key, given.label, given.unit, SOURCES[given.source]))


def _tie_row(link: TieBreaker) -> Row:
    order = ORDERS[link.order] if link.order != "most" else ""
    return _row(TIE, key=link.of, label=link.label, type_=LINKS[link.by], rest=(order or None,))


# --- In ------------------------------------------------------------------------------------------------------------


def table_from_rows(rows: Sequence[Sequence[Any]]) -> ScoringTable:
    """The table in rows as `rows_of` gives them, blank ones between allowed; the header may stand further down.

    Raises InvalidTableError with every fault: `line` is the row of the sheet (from 1), `key` the header of the column.
    """
    header, columns = _header(rows)
    reading = _Reading(columns)
    for number, row in enumerate(rows[header:], header + 1):
        reading.take(number, row)
    table, findings = assemble(reading.tree)
    return accepted(table, [*findings, *reading.findings], reading.place)


def _header(rows: Sequence[Sequence[Any]]) -> tuple[int, dict[int, int]]:
    """The number of rows up to and with the header, and where each of our columns stands."""
    wanted = {_key(name): index for index, name in enumerate(HEADERS)}
    for number, row in enumerate(rows[:30], 1):
        found = {wanted[_key(cell)]: place for place, cell in enumerate(row) if _key(cell) in wanted}
        if {_KIND, _LABEL, _POINTS} <= set(found):
            return number, found
    params = {"line": 1, "key": HEADERS[_KIND], "columns": list(HEADERS)}
    raise InvalidTableError((not_met("scoring.rows_no_header", **params),))


def _key(cell: Any) -> str:
    return search_key(str(cell)).strip(" :*.") if cell is not None else ""


def _choice(words: Mapping[str, str], said: str) -> str:
    """The code for the words of a choice; what is not known stays, for the finding to show it."""
    known = {_key(text): code for code, text in words.items()}
    return known.get(_key(said), said)


class _Reading:
    """Gathers the tree row by row and remembers which row each part stands in."""

    def __init__(self, columns: dict[int, int]) -> None:
        self._columns = columns
        self._rows: dict[Path, int] = {}
        self._first = 1
        self.tree: dict[str, Any] = {"section": [], "criterion": [], "tie_breaker": []}
        self.findings: list[tuple[Path, Any]] = []

    def take(self, number: int, row: Sequence[Any]) -> None:
        cells = {index: _cell(row[place]) for index, place in self._columns.items() if place < len(row)}
        cells = {index: cell for index, cell in cells.items() if cell is not None}
        if not cells:
            return
        takers = {
            TABLE: self._table, ROUNDING: self._rounding, BONUS_CAP: self._cap, DEDUCTION_CAP: self._cap,
            SECTION: self._section, CRITERION: self._criterion, TIE: self._tie,
        }  # fmt: skip
        by_key = {_key(name): (name, taker) for name, taker in takers.items()}
        name, taker = by_key.get(_key(cells.get(_KIND)), ("", None))
        if taker is None:
            self._rows["row", number] = number
            said, known = str(cells.get(_KIND, "")), list(takers)
            self.findings.append((("row", number), not_met("scoring.rows_kind", said=said, known=known)))
            return
        taker(name, number, cells)

    def place(self, path: Path) -> dict[str, Any]:
        row = next((self._rows[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self._rows), None)
        names = [part for part in path if isinstance(part, str)]
        column = _INPUTS if "inputs" in names else _COLUMN_OF.get(names[-1], _KIND) if names else _KIND
        return {"line": row or self._rows.get((*path[:1], 0), 1), "key": HEADERS[column]}

    def _table(self, _name: str, number: int, cells: dict[int, Any]) -> None:
        self._rows["title",] = self._rows["total",] = number
        self.tree |= _named(cells, {"title": _LABEL, "total": _POINTS})

    def _rounding(self, _name: str, number: int, cells: dict[int, Any]) -> None:
        self._rows["rounding",] = number
        self.tree["rounding"] = _named(cells, {"places": _POINTS, "rule": _TYPE}, {"rule": RULES})

    def _cap(self, name: str, number: int, cells: dict[int, Any]) -> None:
        field = "bonus_cap" if name == BONUS_CAP else "deduction_cap"
        self._rows[field,] = number
        self.tree |= _named(cells, {field: _POINTS})

    def _section(self, _name: str, number: int, cells: dict[int, Any]) -> None:
        self._add("section", number, _named(cells, {"key": _KEY, "label": _LABEL, "max_points": _POINTS}))

    def _criterion(self, _name: str, number: int, cells: dict[int, Any]) -> None:
        fields = {
            "key": _KEY, "section": _SECTION, "label": _LABEL, "max_points": _POINTS, "formula": _FORMULA,
            "kind": _TYPE, "cap": _CAP, "survey_share": _SURVEY, "evidence_required": _EVIDENCE,
        }  # fmt: skip
        part = _named(cells, fields, {"kind": KINDS, "formula": {JUDGED: _JUDGED_WORDS}})
        if "evidence_required" in part:
            part["evidence_required"] = _yes_no(part["evidence_required"])
        if lines := str(cells.get(_INPUTS, "")).strip():
            part["inputs"] = [_input(line) for line in lines.splitlines() if line.strip()]
        self._add("criterion", number, part)

    def _tie(self, _name: str, number: int, cells: dict[int, Any]) -> None:
        fields = {"by": _TYPE, "of": _KEY, "label": _LABEL, "order": _FORMULA}
        self._add("tie_breaker", number, _named(cells, fields, {"by": LINKS, "order": ORDERS}))

    def _add(self, kind: str, number: int, part: dict[str, Any]) -> None:
        self._rows[kind, len(self.tree[kind])] = number
        self.tree[kind].append(part)


def _cell(cell: Any) -> Any:
    """Excel's numbers come as floats, exact as people see them once they are written out; blank text is nothing."""
    if isinstance(cell, float):
        return Decimal(repr(cell))
    if isinstance(cell, str):
        return cell.strip() or None
    return cell


def _named(
    cells: dict[int, Any], fields: Mapping[str, int], words: Mapping[str, Mapping[str, str]] | None = None
) -> dict[str, Any]:
    part = {field: cells[column] for field, column in fields.items() if column in cells}
    for field, choices in (words or {}).items():
        if isinstance(part.get(field), str):
            part[field] = _choice(choices, part[field])
    for field in ("title", "key", "section", "label", "of", "formula"):
        if isinstance(part.get(field), int | Decimal):
            part[field] = str(part[field])
    return part


def _yes_no(said: Any) -> Any:
    return {"co": True, "x": True, "true": True, "khong": False, "false": False}.get(_key(said), said)


def _input(line: str) -> dict[str, Any]:
    """`key | label | unit | source`; the last two may be left out."""
    parts = [part.strip() for part in line.split("|")]
    if len(parts) > 4:  # a stroke within the label
        parts = [parts[0], " | ".join(parts[1:-2]), *parts[-2:]]
    named = dict(zip(("key", "label", "unit", "source"), parts, strict=False))
    if "source" in named:
        named["source"] = _choice(SOURCES, named["source"]) or "value"
    return named
