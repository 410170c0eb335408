"""Recipients under "Nơi nhận" (Nghị định 30/2020/NĐ-CP, Phụ lục I), with the notes put behind them ("(b/c)").

Patterns read folded text (no marks, lower case) unless they hold capitals.
"""

from __future__ import annotations

import re

from thidua.plans.facts.signature import AUTHORITIES
from thidua.plans.facts.source import Source
from thidua.plans.reading import Recipient
from thidua.plans.zones import RECIPIENTS_HEADING
from thidua.vietnamese.letters import LOWER, mostly_capitals
from thidua.vietnamese.normal import Normal, join

_HEADING = re.compile(rf"{RECIPIENTS_HEADING}\s*:?\s*")
_BULLET = re.compile(r"[-–—+•*]\s*")
_LAST = re.compile(r"\bluu\b")
# Where a line of recipients ends within a line of text: at a bar, the signer's column, the next recipient's dash.
_CUTS = (
    re.compile(r"\s(?:\|\s?)|\|"),
    re.compile(rf"(?<=[;:.,){LOWER}])\s+(?=(?:{AUTHORITIES})\.\s?[A-ZĐ])|\s{{2,}}"),
    re.compile(r"(?<=[;.):])\s+(?=[-–] )"),
)


def read_recipients(source: Source) -> tuple[Recipient, ...]:
    """One item a line of the list; lines without a dash that end with a colon are sub-headings."""
    items = (join(item) for item in _items(_pieces(source)))
    return tuple(_recipient(source, item) for item in items if len(item.text.strip(" .;:")) > 1)


def _pieces(source: Source) -> list[Normal]:
    """The foot from "Nơi nhận" on, a column's line each."""
    pieces: list[Normal] = []
    inside = False
    for line in source.lines[source.zones.foot : source.zones.annex]:
        for piece in _columns(line.normal):
            heading = _HEADING.match(piece.folded)
            inside = inside or heading is not None
            rest = piece.cut(heading.end(), len(piece)) if heading else piece
            if inside and rest.text.strip(" -|"):
                pieces.append(rest)
    return pieces


def _columns(line: Normal) -> list[Normal]:
    return line.parts(match.span() for cut in _CUTS for match in cut.finditer(line.text))


def _items(pieces: list[Normal]) -> list[list[Normal]]:
    """The lines of each recipient, up to "Lưu"."""
    items: list[list[Normal]] = []
    dashed = False
    for piece in pieces:
        bullet = _BULLET.match(piece.folded)
        dashed = dashed or bullet is not None
        if bullet:
            items.append([piece.cut(bullet.end(), len(piece))])
        elif not _is_office(piece):
            _add_line(items, piece, dashed=dashed)
        if items and _LAST.match(items[-1][0].folded) and items[-1][-1].text.endswith((".", ";", ")")):
            break
    return items


def _add_line(items: list[list[Normal]], piece: Normal, *, dashed: bool) -> None:
    """A line without a dash begins an item where none has one; else it goes on with an item that has no end."""
    before = items[-1][-1].text if items else ""
    if not items or (not dashed and before.endswith((";", ".", ",", ":"))):
        if not piece.text.endswith(":"):
            items.append([piece])
    elif not before.endswith((".", ";")) or piece.text.startswith("("):
        items[-1].append(piece)


def _is_office(piece: Normal) -> bool:
    """The signer's authority or office, in capitals."""
    return " " in piece.text and mostly_capitals(piece.text, share=0.9, fewest=4)


def _recipient(source: Source, piece: Normal) -> Recipient:
    piece = piece.cut(0, len(piece.text.rstrip(" ;.,:*")))
    quote, span = source.words(piece)
    return Recipient(quote=quote, span=span, name=piece.text)
