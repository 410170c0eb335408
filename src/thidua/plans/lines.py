"""The lines of a raw text in normal form: page numbers and rules left out, table rows put together again.

Patterns read folded text (no marks, lower case).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.vietnamese.normal import Normal, join, mend_words, normalise_line

# No paragraph of an official document is longer; hostile ones are cut, so that no grammar sees more at once.
LONGEST = 6_000
# The width of a text whose lines were never broken.
UNBROKEN = 10_000
_LINE_ENDS = "\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029"
_PAGE_NUMBER = re.compile(r"[-–—\s|]*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—\s|]*")
_RULE = re.compile(r"[\s|_=~.*·─━═-]+")
# The name of a table's first column: "TT", "STT", "Số TT".
_COUNTER = re.compile(r"(?:so )?(?:tt|stt)\.?")
_MOST_COLUMNS = 8
# A row of a two-column heading has no more bars; rows of data tables have.
_FEWEST_BARS = 3
_WEB_BREAK = re.compile(r"(?<=<br>)|(?<=<br/>)|(?<=<br />)")


class Line:
    """One raw line in normal form; `gap` tells that blank lines stand before it, `page` that a page ended there."""

    __slots__ = ("gap", "normal", "page")

    def __init__(self, normal: Normal, *, gap: bool, page: bool) -> None:
        self.normal = normal
        self.gap = gap
        self.page = page

    @property
    def is_apart(self) -> bool:
        return self.gap or self.page


def read_lines(raw: str) -> list[Line]:
    """Lines in normal form without page numbers, rules and empty ones."""
    lines: list[Line] = []
    gap = page = False
    start = 0
    for text in _raw_lines(raw):
        normal = mend_words(_with_bars(normalise_line(text.rstrip(_LINE_ENDS), start)))
        start += len(text)
        page = page or "\f" in text
        if not normal.text:
            gap = gap or _is_blank(text)
        elif _is_furniture(normal, lines):
            page = True
        else:
            for piece in _cut_long(normal):
                lines.append(Line(piece, gap=gap, page=page))
                gap = page = False
    return list(_with_rows(lines))


def _raw_lines(raw: str) -> Iterator[str]:
    """The raw lines with their ends; a cell of a web page's heading or foot holds lines of its own."""
    for text in raw.splitlines(keepends=True):
        if "<br" in text and text.count("|") <= _FEWEST_BARS:
            yield from _WEB_BREAK.split(text)
        else:
            yield text


def _is_blank(text: str) -> bool:
    """A line that held only a bookmark is no blank line; one that held only marks is."""
    return not text.strip() or not text.strip("* _|\n")


def _is_furniture(normal: Normal, before: list[Line]) -> bool:
    """A rule or a page number; a number by itself may also be a table's cell."""
    if _RULE.fullmatch(normal.folded):
        return True
    return _PAGE_NUMBER.fullmatch(normal.folded) is not None and not _is_cell(normal, before)


def _is_cell(normal: Normal, before: list[Line]) -> bool:
    """Whether a column named "TT" or another number stands in the lines before a number."""
    return normal.folded.isdigit() and any(
        _COUNTER.fullmatch(line.normal.folded) or line.normal.folded.isdigit() for line in before[-8:]
    )


def _cut_long(normal: Normal) -> Iterator[Normal]:
    for begin in range(0, len(normal), LONGEST):
        yield normal.cut(begin, min(begin + LONGEST, len(normal)))


def _with_bars(normal: Normal) -> Normal:
    """A row whose cells a converter parted by slashes, as one parted by bars."""
    if normal.text.count(" / ") < 2 or "|" in normal.text:
        return normal
    return Normal(normal.text.replace(" / ", " | "), normal.at)


def _with_rows(lines: list[Line]) -> Iterator[Line]:
    """Tables that came with one cell a line, put back into rows: the columns' names from "TT" to the first number."""
    i = 0
    while i < len(lines):
        width = _columns_from(lines, i)
        if not width:
            yield lines[i]
            i += 1
        while width and i + width <= len(lines) and _begins_row(lines[i]):
            yield Line(_row([line.normal for line in lines[i : i + width]]), gap=True, page=False)
            i += width


def _columns_from(lines: list[Line], i: int) -> int:
    """Number of columns where a table of cells begins at line `i`, 0 where none does."""
    if not _COUNTER.fullmatch(lines[i].normal.folded):
        return 0
    for width in range(2, _MOST_COLUMNS + 1):
        if i + width < len(lines) and lines[i + width].normal.folded.rstrip(".") in {"1", "01", "i"}:
            return width
    return 0


def _begins_row(line: Line) -> bool:
    folded = line.normal.folded
    return _COUNTER.fullmatch(folded) is not None or folded.rstrip(".").isdigit()


def _row(cells: list[Normal]) -> Normal:
    bar = Normal("|", cells[0].at[-1:])
    return join([cells[0], *(piece for cell in cells[1:] for piece in (bar, cell))])


def wrap_width(lines: list[Line]) -> int:
    """The width at which lines were broken: most long lines stand just below it. `UNBROKEN` where none were."""
    lengths = sorted(len(line.normal) for line in lines)
    if len(lengths) < 8:
        return UNBROKEN
    width = lengths[int(len(lengths) * 0.97)]
    near = sum(width * 0.8 <= length <= width * 1.02 for length in lengths)
    return width if width <= 130 and near >= len(lengths) * 0.25 else UNBROKEN
