"""Recipients under "Nơi nhận", with the notes officials put behind them ("(b/c)")."""

from __future__ import annotations

import re

from thidua.plans.facts.source import Source
from thidua.plans.reading import Recipient
from thidua.vietnamese.letters import LOWER, UPPER
from thidua.vietnamese.normal import Normal, join

_HEAD = re.compile(r"\W*noi nh[ae]n\b\s*:?\s*")
_BULLET = re.compile(r"[-–—+•*]\s*")
_LAST = re.compile(r"\bluu\b")
_COLUMN = re.compile(r"\s(?:\|\s?)|\|")
_OFFICE = re.compile(r"(?<=[;:.,)a-z" + LOWER + r"])\s+(?=(?:TM|T/M|KT|K/T|TL|TUQ|Q)\.\s?[A-ZĐ])|\s{2,}")


def read_recipients(source: Source) -> tuple[Recipient, ...]:
    """One item a line of the list; lines without a dash that end with a colon are sub-headings."""
    items: list[list[Normal]] = []
    dashed = False
    for piece in _lines(source):
        folded = piece.folded
        bullet = _BULLET.match(folded)
        if bullet:
            dashed = True
            items.append([piece.cut(bullet.end(), len(piece))])
        elif _signs(piece):
            continue
        elif not items or (not dashed and items[-1][-1].text[-1] in ";.,:"):
            if not folded.endswith(":"):
                items.append([piece])
        elif items[-1][-1].text[-1] in ".;" and not folded.startswith("("):
            continue
        else:
            items[-1].append(piece)
        if items and _LAST.match(items[-1][0].folded) and items[-1][-1].text.endswith((".", ";", ")")):
            break
    return tuple(_recipient(source, join(item)) for item in items if len(join(item).text.strip(" .;:")) > 1)


def _lines(source: Source) -> list[Normal]:
    pieces: list[Normal] = []
    inside = False
    for line in source.lines[source.zones.foot : source.zones.annex]:
        for piece in _columns(line.normal):
            head = _HEAD.match(piece.folded)
            if head:
                inside = True
                piece = piece.cut(head.end(), len(piece))
            if inside and piece.text.strip(" -|"):
                pieces.append(piece)
    return pieces


_LISTED = re.compile(r"(?<=[;.)])\s+(?=[-–] )|(?<=:)\s+(?=[-–] )")


def _columns(line: Normal) -> list[Normal]:
    cuts = [0]
    for match in _COLUMN.finditer(line.text):
        cuts += [match.start(), match.end()]
    for pattern in (_OFFICE, _LISTED):
        for match in pattern.finditer(line.text):
            cuts += [match.start(), match.end()]
    cuts = sorted(set(cuts))
    cuts.append(len(line))
    return [piece for a, b in zip(cuts, cuts[1:], strict=False) if (piece := line.cut(a, b)).text]


def _signs(piece: Normal) -> bool:
    letters = [c for c in piece.text if c.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) >= len(letters) * 0.9 and " " in piece.text


def _recipient(source: Source, piece: Normal) -> Recipient:
    piece = piece.cut(0, len(piece.text.rstrip(" ;.,:*")))
    quote, span = source.words(piece)
    return Recipient(quote=quote, span=span, name=piece.text)
