"""What a report lacks before it can be signed: cell by cell, decided once for the page, the workbook and the act."""

from __future__ import annotations

from thidua_web.progress.models.cells import NARRATIVE, OF_WORK, is_empty
from thidua_web.progress.queries.reports import Content


def lacking(content: Content) -> list[str]:
    """Cells that must be filled in: a result, or words that say why there is none.

    A report on nothing pledged has its narrative, or a paper among its evidence.
    """

    def is_open(*cells: str) -> bool:
        return all(is_empty(content.cells.get(cell)) for cell in cells)

    open_ = [row for row in content.targets if is_open(f"v{row.pk}", f"n{row.pk}")]
    values = [f"{'n' if row.value is None else 'v'}{row.pk}" for row in open_]
    works = [f"p{row.pk}" for row in content.works if is_open(*(f"{letter}{row.pk}" for letter in OF_WORK))]
    pledged = content.targets or content.works
    nothing = not pledged and is_open(NARRATIVE) and not content.evidence
    return [*values, *works, *([NARRATIVE] if nothing else [])]
