"""Text of an OpenDocument text (.odt), with the labels that its list styles draw."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from thidua.errors import UnreadableError
from thidua.plans.formats.archive import Archive
from thidua.plans.formats.limits import Limits, PlanText
from thidua.plans.formats.numbering import MAX_LABEL, format_number
from thidua.plans.formats.tables import Row, table_lines
from thidua.plans.formats.xmlparts import parse_xml

OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, TABLE, STYLE, DRAW, OFFICE = (OASIS % name for name in ("text", "table", "style", "drawing", "office"))
FO = OASIS % "xsl-fo-compatible"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

PARAGRAPHS = (TEXT + "p", TEXT + "h")
CONTAINERS = (TEXT + "section", TEXT + "index-body", TEXT + "table-of-content", TEXT + "index-title")
LEFT_OUT = (TEXT + "note", OFFICE + "annotation", TEXT + "tracked-changes", TEXT + "ruby-text")
NUMBER_FORMATS = {
    "1": "decimal",
    "01": "decimalZero",
    "I": "upperRoman",
    "i": "lowerRoman",
    "A": "upperLetter",
    "a": "lowerLetter",
}
MAX_SPACES = 200
WHITE_SPACE = re.compile(r"[ \t\r\n]+")


class ListLevel(Struct, frozen=True):
    """One level of a list style; `shown` counts the levels whose numbers are drawn ("1.2" shows two)."""

    bullet: str | None
    format: str
    prefix: str
    suffix: str
    start: int
    shown: int


class ListPlace(Struct):
    """Where a paragraph stands in lists; `label_due` is cleared by the first paragraph of an item."""

    style: str | None
    counters: dict[int, int]
    level: int
    label_due: bool = False


def read_odt(data: bytes, name: str, limits: Limits) -> PlanText:
    """Text of the document's body; headers, footers, notes and tracked deletions are left out."""
    archive = Archive(data, name, limits)
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise UnreadableError("unreadable_encrypted", file=name)
    content = parse_xml(archive.read("content.xml"), name)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableError("unreadable_damaged", file=name)
    roots = [content]
    if "styles.xml" in archive:
        roots.append(parse_xml(archive.read("styles.xml"), name))
    return PlanText("\n".join(Walker(roots).blocks(body)), "odt")


class Walker:
    """Turns the blocks of one document into lines."""

    def __init__(self, roots: list[Any]) -> None:
        self._lists: dict[str | None, dict[int, ListLevel]] = {}
        self._list_of_style: dict[str | None, tuple[str | None, str | None]] = {}
        self._bordered: set[str | None] = set()
        self._outline: dict[int, ListLevel] = {}
        self._outline_counters: dict[int, int] = {}
        self._counters_by_id: dict[str, dict[int, int]] = {}
        self._counters_by_style: dict[str | None, dict[int, int]] = {}
        for root in reversed(roots):
            self._load(root)

    def _load(self, root: Any) -> None:
        for style in root.iter(TEXT + "list-style"):
            self._lists[style.get(STYLE + "name")] = _levels(style)
        for style in root.iter(TEXT + "outline-style"):
            self._outline = _levels(style)
        for style in root.iter(STYLE + "style"):
            name = style.get(STYLE + "name")
            if style.get(STYLE + "family") == "paragraph":
                self._list_of_style[name] = (
                    style.get(STYLE + "list-style-name"),
                    style.get(STYLE + "parent-style-name"),
                )
            elif style.get(STYLE + "family") == "table-cell" and _draws_lines(style):
                self._bordered.add(name)

    def blocks(self, container: Any, place: ListPlace | None = None) -> list[str]:
        """Lines of the paragraphs, lists and tables in `container`, in document order."""
        lines: list[str] = []
        for block in container:
            if block.tag in PARAGRAPHS:
                boxes: list[Any] = []
                lines.append(self._label(block, place) + _inline(block, boxes))
                lines += [line for box in boxes for line in self.blocks(box) if line.strip()]
            elif block.tag == TEXT + "list":
                lines += self._list(block, place)
            elif block.tag == TABLE + "table":
                lines += self._table(block)
            elif block.tag in CONTAINERS:
                lines += self.blocks(block, place)
            elif block.tag.startswith(DRAW):
                boxes = []
                _find_boxes(block, boxes)
                lines += [line for box in boxes for line in self.blocks(box) if line.strip()]
        return lines

    def _list(self, element: Any, outer: ListPlace | None) -> list[str]:
        style = element.get(TEXT + "style-name") or (outer.style if outer else None)
        if outer is None:
            place = ListPlace(style, self._counters(element, style), 1)
        else:
            place = ListPlace(style, outer.counters, outer.level + 1)
        lines: list[str] = []
        for item in element:
            if item.tag == TEXT + "list-item":
                start = item.get(TEXT + "start-value")
                if start is not None:
                    place.counters[place.level] = _integer(start, 1) - 1
                place.label_due = True
            lines += self.blocks(item, place)
        return lines

    def _counters(self, element: Any, style: str | None) -> dict[int, int]:
        """A list counts from its start, unless it says which list it goes on with."""
        continued = element.get(TEXT + "continue-list")
        if continued in self._counters_by_id:
            counters = self._counters_by_id[continued]
        elif element.get(TEXT + "continue-numbering") == "true":
            counters = self._counters_by_style.get(style, {})
        else:
            counters = {}
        self._counters_by_style[style] = counters
        if element.get(XML_ID):
            self._counters_by_id[element.get(XML_ID)] = counters
        return counters

    def _label(self, paragraph: Any, place: ListPlace | None) -> str:
        if place is not None:
            if not place.label_due:
                return ""
            place.label_due = False
            levels = self._lists.get(self._own_list(paragraph) or place.style, {})
            return _count(levels, place.counters, place.level)
        if paragraph.tag == TEXT + "h" and paragraph.get(TEXT + "is-list-header") != "true":
            return _count(self._outline, self._outline_counters, _integer(paragraph.get(TEXT + "outline-level"), 1))
        return ""

    def _own_list(self, paragraph: Any) -> str | None:
        style, seen = paragraph.get(TEXT + "style-name"), set()
        while style in self._list_of_style and style not in seen:
            seen.add(style)
            own, parent = self._list_of_style[style]
            if own:
                return own
            style = parent
        return None

    def _table(self, table: Any) -> list[str]:
        rows: list[Row] = []
        bordered = False
        for row in _rows(table):
            cells = [cell for cell in row if cell.tag == TABLE + "table-cell"]
            rows.append([self.blocks(cell) for cell in cells])
            bordered = bordered or any(cell.get(TABLE + "style-name") in self._bordered for cell in cells)
        return table_lines(rows, bordered=bordered)


def _rows(table: Any) -> list[Any]:
    found = []
    for child in table:
        if child.tag == TABLE + "table-row":
            found.append(child)
        elif child.tag in (TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"):
            found += _rows(child)
    return found


def _levels(style: Any) -> dict[int, ListLevel]:
    levels = {}
    for element in style:
        bullet = element.get(TEXT + "bullet-char") if element.tag == TEXT + "list-level-style-bullet" else None
        levels[_integer(element.get(TEXT + "level"), 1)] = ListLevel(
            bullet=bullet and bullet[:MAX_LABEL],
            format=element.get(STYLE + "num-format") or "",
            prefix=(element.get(STYLE + "num-prefix") or "")[:MAX_LABEL],
            suffix=(element.get(STYLE + "num-suffix") or "")[:MAX_LABEL],
            start=_integer(element.get(TEXT + "start-value"), 1),
            shown=_integer(element.get(TEXT + "display-levels"), 1),
        )
    return levels


def _count(levels: dict[int, ListLevel], counters: dict[int, int], index: int) -> str:
    """Advance the counter of level `index` and draw its label."""
    level = levels.get(index)
    if level is None:
        return ""
    counters[index] = counters[index] + 1 if index in counters else level.start
    for deeper in [d for d in counters if d > index]:
        del counters[deeper]
    if level.bullet is not None:
        return level.bullet + " "
    if not level.format:
        return ""
    shown = range(max(index - level.shown, 0) + 1, index + 1)
    numbers = [_number(levels[i], counters.get(i, levels[i].start)) for i in shown if i in levels]
    return level.prefix + ".".join(number for number in numbers if number) + level.suffix + " "


def _number(level: ListLevel, value: int) -> str:
    return format_number(value, NUMBER_FORMATS.get(level.format, "none"))


def _inline(element: Any, boxes: list[Any]) -> str:
    """Text of a paragraph; frames met on the way are put into `boxes`."""
    parts = [_collapsed(element.text)]
    for child in element:
        tag = child.tag
        if tag == TEXT + "s":
            parts.append(" " * min(_integer(child.get(TEXT + "c"), 1), MAX_SPACES))
        elif tag == TEXT + "tab":
            parts.append("\t")
        elif tag == TEXT + "line-break":
            parts.append("\n")
        elif tag.startswith(DRAW):
            _find_boxes(child, boxes)
        elif tag not in LEFT_OUT:
            parts.append(_inline(child, boxes))
        parts.append(_collapsed(child.tail))
    return "".join(parts)


def _collapsed(text: str | None) -> str:
    """White space of the XML counts as one space (ODF 1.2, 6.1.2); real runs of spaces are elements."""
    return WHITE_SPACE.sub(" ", text) if text else ""


def _find_boxes(element: Any, boxes: list[Any]) -> None:
    if element.tag == DRAW + "text-box" or any(child.tag in PARAGRAPHS for child in element):
        boxes.append(element)
        return
    for child in element:
        _find_boxes(child, boxes)


def _draws_lines(style: Any) -> bool:
    for properties in style.iter(STYLE + "table-cell-properties"):
        borders = [properties.get(FO + side) for side in ("border", "border-left", "border-right")]
        if any(border and not border.startswith("none") for border in borders):
            return True
    return False


def _integer(text: str | None, default: int) -> int:
    try:
        return max(0, min(int(text), 10**6)) if text else default
    except ValueError:
        return default
