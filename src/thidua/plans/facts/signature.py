"""The signer and the office signed in, from the foot (Nghị định 30/2020/NĐ-CP, Phụ lục I: quyền hạn, chức vụ, tên)."""

from __future__ import annotations

import re

from thidua.plans.facts.source import Source
from thidua.plans.reading import HeaderField
from thidua.vietnamese.letters import LOWER, UPPER, mostly_capitals
from thidua.vietnamese.names import looks_like_name, strip_degrees
from thidua.vietnamese.normal import Normal, join

# Thay mặt, ký thay, thừa lệnh, thừa ủy quyền, quyền.
AUTHORITIES = "TM|T/M|KT|K/T|TL|TUQ|Q"
_COLUMN = re.compile(rf"\||(?<=[;.:{LOWER})]) (?=(?:{AUTHORITIES})[./ ])|(?<=[;:]) (?=[{UPPER}]{{3,}} [{UPPER}]{{2,}})")
# Between the office in capitals and the name behind it.
_NAME = re.compile(
    rf"(?<=[{UPPER}]{{2}}) (?=(?:(?:ThS|TS|PGS|GS|BS|BSCKII|BSCKI)\.? ?)*(?:[{UPPER}][{LOWER}]+ ?){{2,5}}$)"
)
# In folded text.
_RECIPIENT = re.compile(r"[-–+•*]|noi nh[ae]n")


def read_signature(source: Source) -> tuple[HeaderField | None, HeaderField | None]:
    """Signer and position: authority and office in capitals, then the name."""
    cells = _signing_cells(source)
    name = next((i for i in reversed(range(len(cells))) if looks_like_name(cells[i].text)), None)
    position = _position(cells[:name])
    signer = None
    if name is not None and (position or name >= len(cells) - 2):
        signer = _signer(source, cells[name])
    return signer, source.field(position) if position else None


def _signer(source: Source, cell: Normal) -> HeaderField:
    name = strip_degrees(cell.text)
    start = cell.text.rindex(name)
    return source.field(cell.cut(start, start + len(name)))


def _signing_cells(source: Source) -> list[Normal]:
    """The last signing column, its names apart from its offices; recipients are left out.

    Where two sign side by side, a line with one office only goes on with the left column.
    """
    cells: list[Normal] = []
    beside = False
    for line in source.lines[source.zones.foot : source.zones.annex]:
        columns = [piece for piece in _split(line.normal, _COLUMN) if not _RECIPIENT.match(piece.folded)]
        if columns and not (beside and len(columns) == 1 and columns[0].text.isupper()):
            cells.extend(_split(columns[-1], _NAME))
        beside = beside or (len(columns) > 1 and all(piece.text.strip(" |").isupper() for piece in columns))
    return cells


def _split(line: Normal, between: re.Pattern[str]) -> list[Normal]:
    return [piece for piece in line.parts(cut.span() for cut in between.finditer(line.text)) if piece.text.strip(" |")]


def _position(cells: list[Normal]) -> Normal | None:
    """The last run of lines in capitals, which names the signer's authority and office."""
    run: list[Normal] = []
    last: list[Normal] = []
    for cell in cells:
        text = cell.text.strip(" |*")
        if len(text) < 90 and mostly_capitals(text, share=0.8, fewest=4):
            run.append(cell)
            last = run
        elif not text.startswith("("):
            run = []
    return join(last) if last else None
