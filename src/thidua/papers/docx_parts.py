"""Elements of WordprocessingML that a paper is made of: paragraphs, rules, tables. Written at once, so that a list of
thousands of rows takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import oxml_parser
from msgspec import Struct

from thidua.papers.laying import Grid
from thidua.papers.paper import Row, Run
from thidua.papers.wording import breadth

FONT = "Times New Roman"
RULED = 0.42
"""Share of a line that the rule below it has: 1/3 to 1/2 (mục II, khoản 2 and 5)."""
TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
LINES = 259
"""Line spacing in 240ths: single to 1,5 (mục II, khoản 6 e)."""
MANY = 6
"""Columns from which on a table is set in 11 points instead of 12."""

Element = Any
"""lxml knows no closer type for python-docx's elements."""


class Formatted(Struct, frozen=True):
    """`first`, `left` in millimetres; `size` in points, 0 for the paper's own; `next`: kept with what follows;
    `outline`: the level at which Word's navigation lists it, 0 for what is no heading.
    """

    align: str = "justify"
    bold: bool = False
    italic: bool = False
    size: int = 0
    first: float = 0.0
    left: float = 0.0
    next: bool = False
    outline: int = 0


def element(name: str, /, *children: Element, **attributes: str) -> Element:
    """In python-docx's own classes, so that what it later touches works."""
    made = oxml_parser.makeelement(_name(name))
    for key, value in attributes.items():
        made.set(_name(f"w:{key}"), value)
    made.extend(children)
    return made


_name = cache(qn)


def paragraph(runs: Sequence[Run], form: Formatted, *, before: int = 0, page_break: bool = False) -> Element:
    made = element("w:p", _properties(form, before, LINES if form.align == "justify" else 240))
    if page_break:
        made.append(element("w:r", element("w:br", type="page")))
    made.extend(_run(run, form) for run in runs)
    return made


def _properties(form: Formatted, before: int, line: int) -> Element:
    """In the order that the schema asks for."""
    made = element("w:pPr")
    if form.next:
        made.append(element("w:keepNext"))
    made.append(element("w:spacing", before=str(before * 20), after="0", line=str(line), lineRule="auto"))
    made.append(element("w:ind", left=_twips(form.left), firstLine=_twips(form.first)))
    made.append(element("w:jc", val={"justify": "both"}.get(form.align, form.align)))
    if form.outline:
        made.append(element("w:outlineLvl", val=str(form.outline - 1)))
    mark = _look(form.bold, form.italic, form.size)
    if len(mark):
        made.append(mark)
    return made


def _run(run: Run, form: Formatted) -> Element:
    made = element("w:r", _look(run.bold or form.bold, run.italic or form.italic, form.size))
    for n, line in enumerate(run.text.split("\n")):
        if n:
            made.append(element("w:br"))
        words = element("w:t")
        words.set(_name("xml:space"), "preserve")
        words.text = line
        made.append(words)
    return made


def _look(bold: bool, italic: bool, size: int) -> Element:
    """Bold, slant and size also for complex scripts."""
    made = element("w:rPr")
    made.extend(element(name) for name in ("w:b", "w:bCs") if bold)
    made.extend(element(name) for name in ("w:i", "w:iCs") if italic)
    made.extend(element(name, val=str(size * 2)) for name in ("w:sz", "w:szCs") if size)
    return made


def _twips(millimetres: float) -> str:
    return str(round(millimetres * TWIPS))


def spacing_of_none() -> Element:
    """Of a paragraph that has to be there: one that ends a section, one after a table that ends a file."""
    return element("w:spacing", before="0", after="0", line="20", lineRule="exact")


def no_room() -> Element:
    return element("w:p", element("w:pPr", spacing_of_none()))


def page_number(holder: Element) -> None:
    """The number of the page in the middle of the top margin; the first page has a header of its own, empty."""
    form = Formatted("center", size=13)
    holder.clear()
    holder.append(_properties(form, 0, 240))
    for kind in ("begin", "", "end"):
        inner = element("w:fldChar", fldCharType=kind) if kind else element("w:instrText")
        if not kind:
            inner.text = "PAGE"
        holder.append(element("w:r", _look(False, False, form.size), inner))


# --- Rules ----------------------------------------------------------------------------------------------------------


def rule(text: str, size: int, width: float, share: float, *, after: int = 2) -> Element:
    """A line below a text of bold letters, as long as this share of it, in the middle of a column of `width` mm."""
    side = max((width - min(breadth(text, size), width) * share) / 2, 0)
    made = element("w:p")
    properties = element("w:pPr", element("w:keepNext"))
    border = element("w:top", val="single", sz="6", space="0", color="000000")
    properties.append(element("w:pBdr", border))
    properties.append(element("w:spacing", before="60", after=str(after * 20), line="40", lineRule="exact"))
    properties.append(element("w:ind", left=_twips(side), right=_twips(side)))
    properties.append(_look(False, False, 2))
    made.append(properties)
    return made


# --- Tables ---------------------------------------------------------------------------------------------------------


def plain_table(rows: Iterable[tuple[list[Element], list[Element]]], widths: tuple[float, float]) -> Element:
    """Two columns without lines, rows that no page end tears."""
    made = _table(widths, border=False)
    for cells in rows:
        row = element("w:tr", element("w:trPr", element("w:cantSplit")))
        row.extend(_cell(cell, width) for cell, width in zip(cells, widths, strict=True))
        made.append(row)
    return made


def grid_table(grid: Grid) -> Element:
    """Lines around all cells; the head is repeated on every page and no row is torn."""
    widths = tuple(column.width for column in grid.columns)
    size = 11 if len(grid.columns) > MANY else 12
    made = _table(widths, border=True)
    made.append(_head_row(grid, widths, size))
    made.extend(_row(row, grid, widths, size) for row in grid.rows)
    return made


def _table(widths: Sequence[float], *, border: bool) -> Element:
    room = "85" if border else "0"
    properties = element("w:tblPr", element("w:tblW", w=_twips(sum(widths)), type="dxa"))
    properties.append(element("w:tblInd", w=room, type="dxa"))
    if border:
        around = ("top", "left", "bottom", "right", "insideH", "insideV")
        lines = (element(f"w:{side}", val="single", sz="4", space="0", color="000000") for side in around)
        properties.append(element("w:tblBorders", *lines))
    properties.append(element("w:tblLayout", type="fixed"))
    sides = (element(f"w:{side}", w=room, type="dxa") for side in ("left", "right"))
    properties.append(element("w:tblCellMar", *sides))
    grid = element("w:tblGrid", *(element("w:gridCol", w=_twips(width)) for width in widths))
    return element("w:tbl", properties, grid)


def _cell(content: list[Element], width: float, *, span: int = 1, middle: bool = False) -> Element:
    properties = element("w:tcPr", element("w:tcW", w=_twips(width), type="dxa"))
    if span > 1:
        properties.append(element("w:gridSpan", val=str(span)))
    if middle:
        properties.append(element("w:vAlign", val="center"))
    return element("w:tc", properties, *content)


def _head_row(grid: Grid, widths: Sequence[float], size: int) -> Element:
    form = Formatted("center", bold=True, size=size, next=True)
    row = element("w:tr", element("w:trPr", element("w:cantSplit"), element("w:tblHeader")))
    for column, width in zip(grid.columns, widths, strict=True):
        row.append(_cell([paragraph((Run(column.head),), form, before=2)], width, middle=True))
    return row


def _row(row: Row, grid: Grid, widths: Sequence[float], size: int) -> Element:
    made = element("w:tr", element("w:trPr", element("w:cantSplit")))
    if row.group:
        form = Formatted("left", bold=True, size=size, next=True)
        made.append(_cell([paragraph((Run(row.cells[0]),), form, before=2)], sum(widths), span=len(widths)))
        return made
    for cell, column, width in zip(row.cells, grid.columns, widths, strict=True):
        form = Formatted(column.align, size=size)
        made.append(_cell([paragraph((Run(cell),), form, before=2)], width))
    return made
