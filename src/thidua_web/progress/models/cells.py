"""What is written in a report, cell by cell: one name and one value for each, whichever way it comes.

A cell is a letter with the number of a pledged target or work: `v12` is the value of target 12, `n12` the words beside
it, `p7` the percent of work 7, `s7` and `f7` the days it began and was finished, `w7` the words beside it. `t0` is the
narrative.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from thidua_web.progress.models.reports import Report, ReportedValue, ReportedWork

Cells = dict[str, Any]
"""None, or "" for words, where nothing is written."""

NARRATIVE = "t0"
OF_TARGET = {"v": "value", "n": "note"}
OF_WORK = {"p": "percent", "s": "started_on", "f": "finished_on", "w": "note"}
WORDS = frozenset("nwt")
DAYS = frozenset("sf")


def cells_of(report: Report | None) -> Cells:
    """All that is written; cells that nobody has written in are left out."""
    if report is None:
        return {}
    found: Cells = {NARRATIVE: report.narrative} if report.narrative else {}
    for value in ReportedValue.objects.filter(report=report).order_by():
        found |= _filled(value.target_id, value, OF_TARGET)
    for work in ReportedWork.objects.filter(report=report).order_by():
        found |= _filled(work.work_id, work, OF_WORK)
    return found


def _filled(number: int, row: Any, letters: Mapping[str, str]) -> Cells:
    held = {f"{letter}{number}": getattr(row, field) for letter, field in letters.items()}
    return {cell: value for cell, value in held.items() if not is_empty(value)}


def names(targets: Iterable[int], works: Iterable[int]) -> list[str]:
    """Every cell of a report on these."""
    return [
        *(f"{letter}{key}" for key in targets for letter in OF_TARGET),
        *(f"{letter}{key}" for key in works for letter in OF_WORK),
        NARRATIVE,
    ]


def place(cell: str) -> tuple[str, int]:
    return cell[0], int(cell[1:])


def is_empty(value: Any) -> bool:
    return value is None or value == ""


def empty(cell: str) -> Any:
    return "" if cell[0] in WORDS else None


def kept(value: Any) -> Any:
    """As JSON keeps it."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def opened(cell: str, value: Any) -> Any:
    """Out of JSON again."""
    return datetime.date.fromisoformat(value) if cell[0] in DAYS and value else value
