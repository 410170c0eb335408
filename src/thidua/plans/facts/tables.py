"""Tables in the text: rows whose cells stand between bars, under a row that names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from thidua.plans.facts.source import Source
from thidua.plans.outline import Block

_RULE = re.compile(r"[\s:|=-]+")
_BAR = re.compile(r"\|")


class Table:
    """`header` holds folded column names, `names` the same as written; each row is its block with the [start, end) of
    every cell.
    """

    def __init__(self, header: list[str], names: list[str], rows: list[tuple[Block, list[tuple[int, int]]]]) -> None:
        self.header = header
        self.names = names
        self.rows = rows

    def column(self, words: str) -> int | None:
        """Index of the first column whose name matches, None where there is none."""
        return next((i for i, name in enumerate(self.header) if re.search(words, name)), None)


def find_tables(source: Source) -> list[Table]:
    """Runs of two rows and more, one of which at least holds words."""
    runs = (list(blocks) for is_row, blocks in groupby(source.blocks, key=lambda block: block.is_row) if is_row)
    return [_table(run) for run in runs if len(run) > 1 and not all(map(_is_rule, run))]


def _table(run: list[Block]) -> Table:
    rows = [(block, list(_cells(block))) for block in run if not _is_rule(block)]
    head, cells = rows[0]
    folded, text = head.normal.folded, head.normal.text
    return Table(
        [folded[start:end] for start, end in cells], [text[start:end].strip() for start, end in cells], rows[1:]
    )


def _is_rule(block: Block) -> bool:
    return _RULE.fullmatch(block.normal.folded) is not None


def _cells(block: Block) -> Iterator[tuple[int, int]]:
    """Cells by position; the bars at the row's edges bound no cell."""
    text = block.normal.text
    begin = 1 if text.startswith("|") else 0
    end = len(text.rstrip("| ")) if text.endswith("|") else len(text)
    for bar in _BAR.finditer(text, begin, end):
        yield begin, bar.start()
        begin = bar.end()
    yield begin, end
