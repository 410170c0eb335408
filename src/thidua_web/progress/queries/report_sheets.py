"""What a workbook that came back would change now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from thidua_web.progress.models import ReportSheet
from thidua_web.progress.models.cells import Cells, empty, opened


@dataclass(frozen=True)
class Change:
    """`now` is what stands there; a conflict where that is no longer what the workbook was made from."""

    cell: str
    now: Any
    after: Any
    conflict: bool


def changes(sheet: ReportSheet, cells: Cells) -> list[Change]:
    """What is the same already is none."""
    found = []
    for cell, (before, after) in sheet.read.items():
        now, told, was = cells.get(cell, empty(cell)), opened(cell, after), opened(cell, before)
        if now != told:
            found.append(Change(cell, now, told, conflict=now != was))
    return found
