"""The outlined document that every grammar reads, and the way from its pieces back to the raw words."""

from __future__ import annotations

import datetime
from functools import cached_property
from itertools import takewhile

from thidua.plans.lines import read_lines, wrap_width
from thidua.plans.outline import Block, arrange, blocks_of
from thidua.plans.reading import HeaderField
from thidua.plans.zones import Zones, find_zones
from thidua.vietnamese.normal import Normal, join

_HEADING_KINDS = frozenset({"part", "upper", "caps", "title", "roman", "arabic", "decimal2", "article"})


class Source:
    """A raw text with its lines, its zones and the paragraphs of its body.

    The header grammar, which reads first, sets `issued` (the document's own date), `year`, `issuer` and
    `own_number` (number and symbol, folded to lower case).
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.lines = read_lines(raw)
        self.zones: Zones = find_zones(self.lines)
        self.issued: datetime.date | None = None
        self.year: int | None = None
        self.issuer: str | None = None
        self.own_number: str | None = None

    def words(self, piece: Normal, start: int = 0, end: int | None = None) -> tuple[str, tuple[int, int]]:
        """Quote and span of a piece, without white space around it."""
        piece = piece.cut(start, len(piece) if end is None else end)
        first, last = piece.span(0, len(piece), self.raw)
        return self.raw[first:last], (first, last)

    def field(self, piece: Normal, value: str | None = None, sureness: float = 1.0) -> HeaderField:
        """A header field that stands on a piece; its value is the piece's text where none is given."""
        quote, span = self.words(piece)
        return HeaderField(quote=quote, span=span, value=value or piece.text, sureness=sureness)

    @cached_property
    def blocks(self) -> list[Block]:
        """Paragraphs of the body and of annexes, under their headings."""
        zones = self.zones
        lines = self.lines[zones.body : zones.foot] + self.lines[zones.annex :]
        return arrange(blocks_of(lines, width=wrap_width(self.lines)))

    @cached_property
    def title_block(self) -> list[Block]:
        """The title as one paragraph, empty where there is none."""
        lines = self.lines[self.zones.title : self.zones.title_end]
        return [Block(join(line.normal for line in lines))] if lines else []

    @cached_property
    def preamble(self) -> list[Block]:
        """Paragraphs before the first numbered heading."""
        return list(takewhile(lambda block: block.kind not in _HEADING_KINDS, self.blocks))
