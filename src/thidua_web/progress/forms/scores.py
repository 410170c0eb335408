"""A sheet as it comes from its page: figures of formulas, points, notes. What is wrong is told at its own cell."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext

from thidua.scoring.decimals import decimals_of, parse_decimal
from thidua.scoring.parts import Criterion, Input, ScoringTable
from thidua_web.progress.queries.scorings import COUNT, asked_counts

LONGEST_NOTE = 2000
MOST_PLACES = 3


class Row(NamedTuple):
    """What was read of one criterion, with the faces of `actions.scores.Given`."""

    inputs: dict[str, Decimal | None]
    points: Decimal | None
    note: str


class Sheet(NamedTuple):
    """`rows` without those in which something is wrong; `faults` by the cell's id."""

    rows: dict[str, Row]
    faults: dict[str, str]


def input_id(criterion: str, given: str) -> str:
    return f"in-{criterion}-{given}"


def points_id(criterion: str) -> str:
    return f"points-{criterion}"


def note_id(criterion: str) -> str:
    return f"note-{criterion}"


def count_id(key: str) -> str:
    return f"count-{key}"


def read_sheet(table: ScoringTable, data: Mapping[str, str], *, counts: bool) -> Sheet:
    """`counts`: the sheet asks for the figures of the tie-breakers too."""
    sheet = Sheet({}, {})
    for criterion in table.criteria:
        row, faults = _row(criterion, data)
        sheet.faults.update(faults)
        if not faults:
            sheet.rows[criterion.key] = row
    for key in asked_counts(table) if counts else ():
        cell = count_id(key)
        value, fault = _number(data.get(cell, ""))
        if fault or (value is not None and value < 0):
            sheet.faults[cell] = fault or gettext("Số này không âm.")
        else:
            sheet.rows[f"{COUNT}{key}"] = Row({key: value}, None, "")
    return sheet


def _row(criterion: Criterion, data: Mapping[str, str]) -> tuple[Row, dict[str, str]]:
    faults: dict[str, str] = {}
    inputs: dict[str, Decimal | None] = {}
    for given in criterion.inputs:
        cell = input_id(criterion.key, given.key)
        inputs[given.key], fault = _input(given, data.get(cell, ""))
        if fault:
            faults[cell] = fault
    points = None
    if criterion.tree is None:
        points, fault = _points(criterion, data.get(points_id(criterion.key), ""))
        if fault:
            faults[points_id(criterion.key)] = fault
    note = data.get(note_id(criterion.key), "").replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        faults[note_id(criterion.key)] = gettext("Quá dài: tối đa %(n)d ký tự.") % {"n": LONGEST_NOTE}
    return Row(inputs, points, note), faults


def _input(given: Input, text: str) -> tuple[Decimal | None, str]:
    value, fault = _number(text)
    if fault or value is None:
        return value, fault
    if given.source == "survey" and not 0 <= value <= 100:
        return None, gettext("Tỷ lệ từ 0 đến 100.")
    if given.source == "yes_no" and value not in (0, 1):
        return None, gettext("Chọn có hoặc không.")
    if given.source == "count" and (value < 0 or value != int(value)):
        return None, gettext("Số nguyên từ 0.")
    return value, ""


def _points(criterion: Criterion, text: str) -> tuple[Decimal | None, str]:
    """Within the criterion's bounds; what is taken off may be written with a minus or without."""
    value, fault = _number(text)
    if fault or value is None:
        return value, fault
    if criterion.kind == "deduction":
        value = abs(value)
    if not 0 <= value <= criterion.limit:
        return None, gettext("Điểm từ 0 đến %(most)s.") % {"most": str(criterion.limit).replace(".", ",")}
    if decimals_of(value) > MOST_PLACES:
        return None, gettext("Nhiều nhất %(n)d chữ số sau dấu phẩy.") % {"n": MOST_PLACES}
    return value, ""


def _number(text: str) -> tuple[Decimal | None, str]:
    if not text.strip():
        return None, ""
    value = parse_decimal(text)
    if value is None:
        return None, gettext("“%(said)s” không phải là một số. Viết 45 hoặc 45,5.") % {"said": text.strip()[:40]}
    return value, ""
