"""Tables in the text: rows whose cells stand between bars, under a row that names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.facts.source import Source
from thidua.plans.outline import Block

_RULE = re.compile(r"[\s:|=-]+")


class Table:
    """`header` holds folded column names; each row is its block with the [start, end) of every cell."""

    def __init__(self, header: list[str], rows: list[tuple[Block, list[tuple[int, int]]]]) -> None:
        self.header = header
        self.rows = rows

    def column(self, words: str) -> int | None:
        """Index of the first column whose name matches, None where there is none."""
        return next((i for i, name in enumerate(self.header) if re.search(words, name)), None)


def find_tables(source: Source) -> list[Table]:
    """Runs of two rows and more."""
    tables: list[Table] = []
    run: list[Block] = []
    for block in [*source.blocks, None]:
        if block is not None and block.is_row:
            run.append(block)
            continue
        if len(run) > 1:
            tables.append(_table(run))
        run = []
    return tables


def _table(run: list[Block]) -> Table:
    rows = [(block, list(_cells(block))) for block in run if not _RULE.fullmatch(block.normal.folded)]
    first, cells = rows[0]
    return Table([first.normal.folded[a:b] for a, b in cells], rows[1:])


def _cells(block: Block) -> Iterator[tuple[int, int]]:
    """Cells by position; the bars at the row's edges bound no cell."""
    text = block.normal.text
    begin = 1 if text.startswith("|") else 0
    end = len(text.rstrip("| ")) if text.endswith("|") else len(text)
    for match in re.finditer(r"\|", text[:end]):
        if match.start() < begin:
            continue
        yield begin, match.start()
        begin = match.end()
    yield begin, end
