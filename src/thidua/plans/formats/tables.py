"""How the cells of a table become lines of text, for every format that knows tables.

Officials use tables for two things. A *layout* table without borders puts the issuer beside the national motto, or the
recipients beside the signature: it is read cell by cell, each line on its own. A *data* table is read row by row, one
row a line, its cells joined with " | ".
"""

from __future__ import annotations

import re
import unicodedata

Cell = list[str]
Row = list[Cell]

LAYOUT_WORDS = re.compile(r"cong\s+hoa\s+xa\s+hoi|đang\s+cong\s+san|noi\s+nhan\s*:|^\s*so\s*:", re.MULTILINE)
FEW_ROWS = 3
HEADING_ROWS = 12


def table_lines(rows: list[Row], *, bordered: bool) -> list[str]:
    """The lines of a table, given each cell's lines; rows without any text are left out."""
    filled = [row for row in rows if any(line.strip() for cell in row for line in cell)]
    if is_layout(filled, bordered=bordered):
        return [line for row in filled for cell in row for line in cell if line.strip()]
    return [" | ".join(_joined(cell) for cell in row) for row in filled]


def is_layout(rows: list[Row], *, bordered: bool) -> bool:
    """Whether a table only places blocks of text beside each other."""
    columns = max((sum(1 for cell in row if _joined(cell)) for row in rows), default=0)
    if columns <= 1:
        return max((len(row) for row in rows), default=0) <= 1 or not bordered
    if columns > 2:
        return False
    if len(rows) <= HEADING_ROWS and any(LAYOUT_WORDS.search(_plain("\n".join(cell))) for row in rows for cell in row):
        return True
    many_lines = any(len([line for line in cell if line.strip()]) > 1 for row in rows for cell in row)
    return not bordered and (len(rows) <= FEW_ROWS or many_lines)


def _joined(cell: Cell) -> str:
    return " ".join(" ".join(line.split("\n")).strip() for line in cell if line.strip())


def _plain(text: str) -> str:
    """Small letters without marks, so that spelling and Unicode form of the motto do not matter."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
