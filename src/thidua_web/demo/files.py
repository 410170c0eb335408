"""Builds office files out of a plan's text, in the form of NĐ 30/2020: margins, Times, two-column head and foot.

A text is lines; an empty line parts paragraphs, `**` marks bold, a line of capitals is a heading. Lines between two
`:::` with `---` in the middle are two columns; rows with the same number of `|` are a table.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import typst
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
TEMPLATE = Path(__file__).with_name("plan.typ")
LONGEST_HEAD, LONGEST_SUBJECT, LONG_NAME = 100, 300, 26
SUBORDINATE = re.compile(r"(SỞ|PHÒNG|VĂN PHÒNG|BAN|TRƯỜNG|CHI CỤC|TRUNG TÂM)\b")
NUMBERED = re.compile(r"\s*(?:[IVX]+|\d+|[A-Z])[.)]\s")


@dataclass(frozen=True)
class Block:
    """A paragraph has one cell; two columns have one row of two cells; a table has rows of cells. Cells are lines."""

    kind: str
    rows: tuple[tuple[tuple[str, ...], ...], ...]

    @property
    def text(self) -> str:
        return self.rows[0][0][0]


def blocks(text: str) -> Iterator[Block]:
    lines = iter(text.replace("\r\n", "\n").split("\n"))
    table: list[tuple[tuple[str, ...], ...]] = []
    before = ""
    for line in lines:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if table and len(cells) != len(table[0]):
            yield Block("table", tuple(table))
            table = []
        if line.strip() == ":::":
            yield Block("columns", (_columns(lines),))
        elif len(cells) > 1:
            table.append(tuple((cell,) for cell in cells))
        elif line.strip():
            before = _kind(line.strip(), before)
            yield Block(before, (((line.strip(),),),))
    if table:
        yield Block("table", tuple(table))


def _kind(line: str, before: str) -> str:
    """ "title" for the document's type in capitals and for the subject under it, "head" for numbered capitals."""
    bare = line.strip(" *#")
    if len(bare) < LONGEST_HEAD and bare.isupper():
        return "head" if NUMBERED.match(bare) else "title"
    return "subject" if before == "title" and len(bare) < LONGEST_SUBJECT and bare[-1:] not in ";:./" else "paragraph"


def _columns(lines: Iterator[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    left: list[str] = []
    right: list[str] = []
    column = left
    for line in lines:
        if line.strip() == ":::":
            break
        if line.strip() == "---":
            column = right
        else:
            column.append(line.strip())
    return tuple(left), tuple(right)


def runs(line: str) -> list[tuple[str, bool]]:
    """A line as (words, bold)."""
    return [(part, place % 2 == 1) for place, part in enumerate(line.split("**")) if part]


def docx_from_text(text: str) -> bytes:
    document = docx.Document()
    _set_page(document)
    for block in blocks(text):
        if block.kind == "columns":
            _add_columns(document, *block.rows[0])
        elif block.kind == "table":
            _add_table(document, block)
        else:
            centred = block.kind in ("title", "subject")
            _add_paragraph(document.add_paragraph(), block.text, centred=centred, bold=block.kind != "paragraph")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_page(document: docx.document.Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    _number_pages(section.header.paragraphs[0])
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    style.paragraph_format.space_after = Pt(6)


def _number_pages(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _add_paragraph(paragraph: Paragraph, line: str, *, centred: bool = False, bold: bool = False) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    for words, marked in runs(line):
        paragraph.add_run(words).bold = bold or marked or None


def _add_columns(document: docx.document.Document, left: tuple[str, ...], right: tuple[str, ...]) -> None:
    """The right column is wider: the country's name must stay on one line."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    _close_cells(table)
    foot = left[:1] == ("Nơi nhận:",)
    for place, (lines, width) in enumerate(((left, 70), (right, 95))):
        table.columns[place].width = Mm(width)
        cell = table.cell(0, place)
        cell.width = Mm(width)
        _fill(cell, lines, recipients=foot and lines is left)
    document.add_paragraph()


def _close_cells(table: Table) -> None:
    """No space inside cells, so that long names of bodies stay on one line."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _fill(cell: _Cell, lines: tuple[str, ...], *, recipients: bool) -> None:
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        if not recipients:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(line)
        run.italic = ", ngày " in line or (recipients and place == 0) or None
        run.bold = _is_bold(lines, place, recipients=recipients) or None
        run.font.size = Pt(11 if (recipients and place) or (not recipients and LONG_NAME < len(line) < 34) else 12)


def _is_bold(lines: tuple[str, ...], place: int, *, recipients: bool) -> bool:
    """Names and titles are bold, except the body above the issuer, the number, the day, and the recipients."""
    line = lines[place]
    above = place == 0 and len(lines) > 1 and bool(SUBORDINATE.match(lines[1]))
    return not (above or ", ngày " in line or line.startswith("Số:") or (recipients and place > 0))


def _add_table(document: docx.document.Document, block: Block) -> None:
    table = document.add_table(rows=0, cols=len(block.rows[0]))
    table.style = "Table Grid"
    for row in block.rows:
        if all(set(cell[0]) <= set("-: ") for cell in row):
            continue
        for cell, lines in zip(table.add_row().cells, row, strict=True):
            _add_paragraph(cell.paragraphs[0], lines[0])


def pdf_from_text(text: str) -> bytes:
    """Set by Typst; the text goes in as data, so that nothing in it is taken for markup."""
    data = [
        {"kind": block.kind, "rows": [[_cell(cell) for cell in row] for row in block.rows]} for block in blocks(text)
    ]
    return bytes(typst.compile(str(TEMPLATE), sys_inputs={"blocks": json.dumps(data, ensure_ascii=False)}))


def _cell(lines: tuple[str, ...]) -> list[dict[str, object]]:
    recipients = lines[:1] == ("Nơi nhận:",)
    return [
        {
            "runs": runs(line),
            "bold": _is_bold(lines, place, recipients=recipients),
            "italic": ", ngày " in line or (recipients and place == 0),
            "small": recipients and place > 0,
            "long": LONG_NAME < len(line) < 34,
        }
        for place, line in enumerate(lines)
    ]
