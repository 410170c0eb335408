"""Text of a Word document (.docx), as Word draws it: automatic labels in, deleted and hidden words out.

The XML is walked directly: python-docx takes several times as long and does not know numbering, text boxes or tracked
changes. Both the transitional and the strict namespace are read.
"""

from __future__ import annotations

import posixpath
from typing import Any

from thidua.errors import UnreadableError
from thidua.plans.formats.archive import Archive
from thidua.plans.formats.limits import Limits, PlanText
from thidua.plans.formats.numbering import Numbering
from thidua.plans.formats.tables import Row, table_lines
from thidua.plans.formats.xmlparts import parse_xml

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
    "{http://purl.oclc.org/ooxml/officeDocument/math}",
)
TRANSPARENT = (
    "r",
    "hyperlink",
    "ins",
    "moveTo",
    "smartTag",
    "sdt",
    "sdtContent",
    "customXml",
    "fldSimple",
    "bdo",
    "dir",
)
BLOCK_TRANSPARENT = ("ins", "moveTo", "sdt", "sdtContent", "customXml")
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
SYMBOLS = {
    ("symbol", 0x2D): "-",
    ("symbol", 0xA3): "≤",
    ("symbol", 0xAE): "→",
    ("symbol", 0xB1): "±",
    ("symbol", 0xB3): "≥",
    ("symbol", 0xB4): "×",
    ("symbol", 0xB7): "•",
    ("wingdings", 0x6F): "□",
    ("wingdings", 0xA8): "□",
    ("wingdings", 0xE0): "→",
    ("wingdings", 0xFC): "✓",
    ("wingdings", 0xFE): "☑",
    ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0xA3): "□",
}
OFF = ("0", "false", "off")
NO_BORDER = (None, "nil", "none")


def read_docx(data: bytes, name: str, limits: Limits) -> PlanText:
    """Text of the document's body; headers, footers, footnotes and comments are left out."""
    archive = Archive(data, name, limits)
    main = _target(archive, "", "/officeDocument") or "word/document.xml"
    root = parse_xml(archive.read(main), name)
    prefix, _, local = root.tag.rpartition("}")
    body = root.find(f"{prefix}}}body")
    if local != "document" or body is None:
        raise UnreadableError("unreadable_damaged", file=name)
    styles, numbering = (_part(archive, main, kind) for kind in ("/styles", "/numbering"))
    lines = Walker(prefix + "}", styles, numbering).blocks(body)
    return PlanText("\n".join(lines), "docx")


def _part(archive: Archive, main: str, kind: str) -> Any | None:
    target = _target(archive, main, kind)
    return parse_xml(archive.read(target), archive.name) if target in archive.members else None


def _target(archive: Archive, source: str, kind: str) -> str | None:
    """Path of the first part that `source` ("" for the package) relates to by the relationship `kind`."""
    folder, base = posixpath.split(source)
    rels = posixpath.join(folder, "_rels", base + ".rels")
    if rels not in archive:
        return None
    for relation in parse_xml(archive.read(rels), archive.name):
        if relation.get("Type", "").endswith(kind) and relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return None


class Walker:
    """Turns the blocks of one document into lines; numbering runs on through everything it walks."""

    def __init__(self, prefix: str, styles: Any | None, numbering: Any | None) -> None:
        self.w = prefix
        self.numbering = Numbering(numbering, styles, prefix)
        self._styles = {} if styles is None else {s.get(prefix + "styleId"): s for s in styles.iter(prefix + "style")}
        self._inline = {prefix + tag for tag in TRANSPARENT} | {m + t for m in MATH for t in _MATH_TAGS}
        self._blocks = {prefix + tag for tag in BLOCK_TRANSPARENT}
        self._texts = {prefix + "t", *(m + "t" for m in MATH)}
        self._signs = {prefix + tag: sign for tag, sign in SIGNS.items()}
        self._shapes = {prefix + "drawing", prefix + "pict", prefix + "object", MC + "AlternateContent"}

    def blocks(self, container: Any) -> list[str]:
        """Lines of the paragraphs and tables in `container`, in document order."""
        lines: list[str] = []
        joins = False
        for block in container:
            if block.tag == self.w + "p":
                line, boxes, joined = self._paragraph(block)
                if joins and lines:
                    lines[-1] += line
                else:
                    lines.append(line)
                joins = joined
                lines += boxes
                continue
            if block.tag == self.w + "tbl":
                lines += self._table(block)
            elif block.tag in self._blocks:
                lines += self.blocks(block)
            elif block.tag == MC + "AlternateContent":
                lines += self.blocks(self._alternative(block))
            joins = False
        return lines

    def _paragraph(self, paragraph: Any) -> tuple[str, list[str], bool]:
        """The paragraph's line, the lines of its text boxes, and whether its deleted end joins it to the next."""
        properties = paragraph.find(self.w + "pPr")
        parts = [self.numbering.label(properties)]
        shapes: list[Any] = []
        self._collect(paragraph, parts, shapes)
        boxes = [line for shape in shapes for box in self._boxes(shape) for line in self.blocks(box) if line.strip()]
        joined = properties is not None and properties.find(f"{self.w}rPr/{self.w}del") is not None
        return "".join(parts), boxes, joined

    def _collect(self, element: Any, parts: list[str], shapes: list[Any]) -> None:
        for child in element:
            tag = child.tag
            if tag in self._texts:
                parts.append(child.text or "")
            elif tag in self._inline:
                if not self._is_hidden(child):
                    self._collect(child, parts, shapes)
            elif tag in self._signs:
                parts.append(self._signs[tag])
            elif tag in self._shapes:
                shapes.append(child)
            elif tag == self.w + "sym":
                parts.append(self._symbol(child))

    def _is_hidden(self, run: Any) -> bool:
        properties = run.find(self.w + "rPr")
        if properties is None:
            return False
        hidden = properties.find(self.w + "vanish")
        return hidden is not None and hidden.get(self.w + "val") not in OFF

    def _symbol(self, element: Any) -> str:
        try:
            code = int(element.get(self.w + "char", ""), 16)
        except ValueError:
            return ""
        font = (element.get(self.w + "font") or "").lower()
        if 0xF000 <= code <= 0xF0FF:
            return SYMBOLS.get((font, code & 0xFF), chr(code))
        return chr(code) if code < 0xD800 else ""

    def _boxes(self, shape: Any) -> list[Any]:
        """Text boxes in a shape or a group of shapes, each once: of two alternatives only one is drawn."""
        if shape.tag == MC + "AlternateContent":
            shape = self._alternative(shape)
        if shape.tag == self.w + "txbxContent":
            return [shape]
        return [box for child in shape for box in self._boxes(child)]

    def _alternative(self, element: Any) -> Any:
        choice, fallback = element.find(MC + "Choice"), element.find(MC + "Fallback")
        if choice is None or (fallback is not None and not len(choice)):
            return element if fallback is None else fallback
        return choice

    def _table(self, table: Any) -> list[str]:
        rows: list[Row] = []
        for row in self._members(table, "tr"):
            deleted = row.find(f"{self.w}trPr/{self.w}del") is not None
            if not deleted:
                rows.append([self.blocks(cell) for cell in self._members(row, "tc")])
        return table_lines(rows, bordered=self._is_bordered(table))

    def _members(self, element: Any, tag: str) -> list[Any]:
        """Rows of a table or cells of a row, also those wrapped in content controls or tracked insertions."""
        found = []
        for child in element:
            if child.tag == self.w + tag:
                found.append(child)
            elif child.tag in self._blocks:
                found += self._members(child, tag)
        return found

    def _is_bordered(self, table: Any) -> bool:
        """Whether lines are drawn between the columns, by the table, its style, or its cells."""
        w = self.w
        own = table.find(f"{w}tblPr/{w}tblBorders/{w}insideV")
        if own is not None:
            return own.get(w + "val") not in NO_BORDER
        style = table.find(f"{w}tblPr/{w}tblStyle")
        if style is not None and self._style_draws_lines(style.get(w + "val")):
            return True
        sides = [w + side for side in ("left", "right", "start", "end")]
        return any(
            edge.tag in sides and edge.get(w + "val") not in NO_BORDER
            for borders in table.iter(w + "tcBorders")
            for edge in borders
        )

    def _style_draws_lines(self, style: str | None) -> bool:
        seen: set[str | None] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            border = element.find(f"{self.w}tblPr/{self.w}tblBorders/{self.w}insideV")
            if border is not None:
                return border.get(self.w + "val") not in NO_BORDER
            parent = element.find(self.w + "basedOn")
            style = None if parent is None else parent.get(self.w + "val")
        return False


_MATH_TAGS = ("oMath", "oMathPara", "r", "e", "f", "num", "den", "sSup", "sSub", "sup", "sub", "d", "rad", "deg")
