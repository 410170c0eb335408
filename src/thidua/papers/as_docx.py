"""A paper as DOCX that officials go on editing: true tables and headings, Times New Roman in all four scripts.

The same paper gives the same bytes: nothing is stamped with the time of writing.
"""

from __future__ import annotations

import datetime
import io
import math
import zipfile
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt, Twips

from thidua.papers.docx_parts import (
    FONT,
    RULED,
    TWIPS,
    Element,
    Formatted,
    element,
    grid_table,
    no_room,
    page_number,
    paragraph,
    plain_table,
    rule,
    spacing_of_none,
)
from thidua.papers.laying import (
    BOTTOM,
    FIRST_LINE,
    LEFT,
    MOTTO,
    NATION,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    ROLES,
    TOP,
    Break,
    Grid,
    Laid,
    Line,
    Look,
    Pages,
    Piece,
    SignatureRow,
    lay,
)
from thidua.papers.paper import Paper, Run, Signature

HEAD_SHARE = 0.394
"""Of the width for the issuer's side: the national words, set in 12 points, do not wrap in what is left."""
ADDRESSED = 0.25
"""Of the width up to the colon of "Kính gửi:", below which the dashes stand."""
SIGN_SPACE = 74
"""Points left for a signature and the seal over it."""
OUTLINE = {"part-title": 1, "appendix-title": 1, "section": 2, "clause": 3}
NO_DAY = datetime.datetime(2020, 3, 5)  # noqa: DTZ001 - the decree's own day, where a paper has none: no clock is read
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def to_docx(paper: Paper) -> bytes:
    """Margins, sizes and styles of Phụ lục I; every appendix a section of its own, numbered from page 1."""
    laid = lay(paper)
    document = docx.Document()
    _defaults(document)
    _properties(document, laid, paper.day)
    _page(document.sections[0], laid.pages.landscape)
    page_number(document.sections[0].header.paragraphs[0]._p)
    body = _Body(document)
    body.add(_head(laid, body.width))
    body.add(_names(laid, body.width))
    body.pages(laid.pages, keep_last=bool(laid.signatures))
    body.add(_foot(laid, body.width))
    for pages in laid.appendices:
        body.section(pages.landscape)
        body.pages(pages)
    body.add([no_room()])
    return _packed(document)


# --- The file -------------------------------------------------------------------------------------------------------


def _defaults(document: Document) -> None:
    """Normal text in Times New Roman for Latin, Asian, complex and other scripts; Vietnamese."""
    style = document.styles["Normal"]
    style.font.size = Pt(14)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    properties.append(element("w:lang", val="vi-VN", eastAsia="vi-VN"))
    style.paragraph_format.space_after = Pt(0)


def _properties(document: Document, laid: Laid, day: datetime.date | None) -> None:
    stamp = datetime.datetime(day.year, day.month, day.day) if day else NO_DAY  # noqa: DTZ001 - a day, without a zone
    core = document.core_properties
    core.title, core.category, core.author, core.comments = laid.title[:255], laid.pattern[:255], "", ""
    core.created = core.modified = stamp
    core.language, core.last_modified_by, core.revision = "vi-VN", "", 1


def _page(section: Section, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        (Mm(PAGE_HEIGHT), Mm(PAGE_WIDTH)) if landscape else (Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT))
    )
    section.top_margin, section.bottom_margin = _at_least(TOP), _at_least(BOTTOM)
    section.left_margin, section.right_margin = _at_least(LEFT), _at_least(RIGHT)
    section.header_distance = Mm(TOP / 2)
    section.different_first_page_header_footer = True


def _at_least(millimetres: int) -> Length:
    """Files measure in twips: rounded up, so that a margin is never below what the decree asks."""
    return Twips(math.ceil(millimetres * TWIPS))


def _packed(document: Document) -> bytes:
    """The parts in a fixed order under a fixed day: the same paper, the same bytes."""
    raw, packed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            out.writestr(zipfile.ZipInfo(name, ZIP_DAY), parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


class _Body:
    """What is written so far; `width` is that of the text in millimetres."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.width = self._width(document.sections[0])

    @staticmethod
    def _width(section: Section) -> float:
        return (PAGE_HEIGHT if section.orientation == WD_ORIENT.LANDSCAPE else PAGE_WIDTH) - LEFT - RIGHT

    def add(self, elements: Iterable[Element]) -> None:
        end = self.document.element.body.sectPr
        for one in elements:
            end.addprevious(one)

    def section(self, landscape: bool) -> None:
        """A new page with its own numbers; the paragraph that ends the last section takes no room."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        holder = self.document.element.body.sectPr.getprevious()
        holder.get_or_add_pPr().insert(0, spacing_of_none())
        _page(section, landscape)
        if section._sectPr.find(qn("w:pgNumType")) is None:
            section._sectPr.find(qn("w:pgMar")).addnext(element("w:pgNumType", start="1"))
        self.width = self._width(section)

    def pages(self, pages: Pages, *, keep_last: bool = False) -> None:
        last = len(pages.pieces) - 1
        for n, piece in enumerate(pages.pieces):
            self.add(_piece(piece, self.width, keep=keep_last and n == last))


# --- Head and foot --------------------------------------------------------------------------------------------------


def _head(laid: Laid, width: float) -> list[Element]:
    """Two unequal columns: whose it is, and the nation's words; below them number and day on one line."""
    dateline = Formatted("center", italic=True, size=13)
    if not laid.issuer:
        return [*_nation(width), *([paragraph(_one(laid.dateline), dateline, before=6)] if laid.dateline else [])]
    left, right = width * HEAD_SHARE, width * (1 - HEAD_SHARE)
    small = Formatted("center", size=12)
    above = [paragraph(_one(line), small) for line in laid.superior]
    own = [paragraph(_one(line), Formatted("center", bold=True, size=12)) for line in laid.issuer]
    mark = rule(max(laid.issuer, key=len), 12, left, RULED)
    rows = [([*above, *own, mark], _nation(right))]
    if laid.number or laid.dateline:
        about = [paragraph(_one(line), small, before=0 if n else 6) for n, line in enumerate(laid.about)]
        number = paragraph(_one(laid.number), Formatted("center", size=13), before=4)
        day = paragraph(_one(laid.dateline), dateline, before=4)
        rows.append(([number, *about], [day]))
    return [plain_table(rows, (left, right))]


def _nation(width: float) -> list[Element]:
    return [
        paragraph(_one(NATION), Formatted("center", bold=True, size=12)),
        paragraph(_one(MOTTO), Formatted("center", bold=True, size=13)),
        rule(MOTTO, 13, width, 1.0),
    ]


def _names(laid: Laid, width: float) -> list[Element]:
    """The kind of paper with its summary, then to whom it goes."""
    found: list[Element] = []
    bold = Formatted("center", bold=True, size=14, next=True)
    if laid.kind:
        found.append(paragraph(_one(laid.kind), bold, before=16))
    if laid.summary:
        found += [paragraph(_one(line), bold) for line in laid.summary]
        found.append(rule(max(laid.summary, key=len), 14, width, RULED))
    elif laid.kind:
        found.append(rule(laid.kind, 14, width, RULED))
    if len(laid.to) == 1:
        found.append(paragraph(_one(f"Kính gửi: {laid.to[0]}"), Formatted("center", size=14), before=14))
    elif laid.to:
        lines = [paragraph(_one(line), Formatted("left", size=14)) for line in laid.to]
        word = [paragraph(_one("Kính gửi:"), Formatted("right", size=14))]
        found.append(paragraph((), Formatted("left", size=8)))
        rows = [(word, [paragraph((), Formatted("left"))]), ([paragraph((), Formatted("left"))], lines)]
        found.append(plain_table(rows, (width * ADDRESSED, width * (1 - ADDRESSED))))
    found.append(paragraph((), Formatted("left", size=6)))
    return found


def _foot(laid: Laid, width: float) -> list[Element]:
    half = width / 2
    recipients = _recipients(laid)
    found: list[Element] = []
    for n, row in enumerate(laid.signatures):
        found.append(paragraph((), Formatted("left", size=10, next=True)))
        if row.center is not None:
            found += _signature(row.center)
        else:
            found.append(plain_table(_signed(row, recipients if n == 0 and laid.beside else []), (half, half)))
    if recipients and not laid.beside:
        found += [paragraph((), Formatted("left", size=10)), *recipients]
    return found or [paragraph((), Formatted("left", size=10))]


def _signed(row: SignatureRow, recipients: list[Element]) -> list[tuple[list[Element], list[Element]]]:
    """Two who sign have their names on one line, however long their offices are."""
    if recipients or row.left is None or row.right is None:
        return [(recipients or _signature(row.left), _signature(row.right))]
    offices = _signature(row.left), _signature(row.right)
    return [(offices[0][:-1], offices[1][:-1]), (offices[0][-1:], offices[1][-1:])]


def _recipients(laid: Laid) -> list[Element]:
    if not laid.recipients:
        return []
    word = paragraph(_one("Nơi nhận:"), Formatted("left", bold=True, italic=True, size=12))
    return [word, *(paragraph(_one(line), Formatted("left", size=11)) for line in laid.recipients)]


def _signature(one: Signature | None) -> list[Element]:
    """Never torn: its lines keep with the next until the name."""
    if one is None:
        return [paragraph((), Formatted("left", size=10))]
    bold = Formatted("center", bold=True, size=13, next=True)
    lines = [paragraph(_one(line), bold) for line in one.authority or ("……………………………",)]
    note = [paragraph(_one(one.note), Formatted("center", italic=True, size=12, next=True))] if one.note else []
    name = paragraph(_one(one.name), Formatted("center", bold=True, size=14), before=SIGN_SPACE)
    return [*lines, *note, name]


# --- The text -------------------------------------------------------------------------------------------------------


def _piece(piece: Piece, width: float, *, keep: bool) -> list[Element]:
    if isinstance(piece, Grid):
        gap = Formatted("left", size=4, next=True)
        return [paragraph((), gap), grid_table(piece), paragraph((), gap)]
    if isinstance(piece, Break):
        return [paragraph((), Formatted("left"), page_break=True)]
    return _line(piece, width, keep=keep)


def _line(line: Line, width: float, *, keep: bool) -> list[Element]:
    look: Look = ROLES[line.role]
    formatted = Formatted(
        look.align,
        bold=look.bold,
        italic=look.italic,
        first=look.first,
        left=line.depth * FIRST_LINE / 2,
        next=look.next or keep or line.leads,
        outline=OUTLINE.get(line.role, 0),
    )
    own = [paragraph(line.runs, formatted, before=look.before)]
    return (
        [*own, rule(max(line.text.split("\n"), key=len), 14, width, RULED, after=8)]
        if line.role == "appendix-note"
        else own
    )


def _one(text: str) -> tuple[Run, ...]:
    return (Run(text),) if text else ()
