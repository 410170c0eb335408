"""The document as paper: its text cut at every edge of a fact, so that facts may overlap in any way.

Offsets are those of the raw text; nothing of it is changed, dropped or added, and all of it goes through the
template's escaping.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from thidua_web.campaigns.pages.facts import ShownFact


@dataclass(frozen=True)
class Piece:
    """Words under the same facts, innermost first; `starts` are the facts whose words begin here."""

    text: str
    facts: tuple[ShownFact, ...] = ()
    starts: tuple[str, ...] = ()

    @property
    def first(self) -> ShownFact | None:
        return self.facts[0] if self.facts else None

    @property
    def leads(self) -> bool:
        """Slivers between overlapping facts are coloured, but too narrow to be hit; the fact's other words lead on."""
        fact = self.first
        return fact is not None and (len(self.text.strip()) >= 3 or len(self.text) == fact.span[1] - fact.span[0])

    @property
    def ids(self) -> str:
        return " ".join(fact.id for fact in self.facts)

    @property
    def kinds(self) -> str:
        return " ".join(dict.fromkeys(fact.kind for fact in self.facts))


@dataclass
class Line:
    """One line of the raw text, without its line end; it begins at `start`, and a new page with it where `page` is."""

    start: int = 0
    pieces: list[Piece] = field(default_factory=list)
    page: int | None = None
    look: str = ""

    @property
    def end(self) -> int:
        return self.start + sum(len(piece.text) for piece in self.pieces)

    def touches(self, spans: Iterable[tuple[int, int]]) -> bool:
        return any(start < self.end and self.start < end for start, end in spans)

    @property
    def empty(self) -> bool:
        return not any(piece.text.strip() for piece in self.pieces)


NUMBERED = re.compile(r"\s*(?:[IVX]+|[A-Z]|\d+)[.)]\s")
LONGEST_HEADING = 90


def lines(raw: str, facts: Iterable[ShownFact], pages: Iterable[int]) -> list[Line]:
    """The text line by line. Memory and time grow with the text and the facts, not with their product."""
    starts_of_pages = {offset: number for number, offset in enumerate(pages, 1) if number > 1}
    result = [Line()]
    for start, piece in _pieces(raw, facts, starts_of_pages):
        if start in starts_of_pages:
            if result[-1].pieces:
                result.append(Line(start))
            result[-1].page = starts_of_pages[start]
        if piece.text == "\n":
            result.append(Line(start + 1))
        else:
            result[-1].pieces.append(piece)
    for line in result:
        line.look = _look("".join(piece.text for piece in line.pieces))
    return result


def as_html(lines: Iterable[Line]) -> SafeString:
    """The lines as paragraphs; a template's loop takes several times as long over sixty pages."""
    return mark_safe("".join(_line_html(line) for line in lines))  # noqa: S308 - every word went through escape


def _line_html(line: Line) -> str:
    edge = f'<div class="page-edge">{escape(gettext("Trang"))} {line.page}</div>' if line.page else ""
    if line.empty:
        return f'{edge}<div class="gap"></div>'
    look = f' class="{line.look}"' if line.look else ""
    return f'{edge}<p{look} id="l-{line.start}">{"".join(map(_piece_html, line.pieces))}</p>'


def _piece_html(piece: Piece) -> str:
    anchors = "".join(f'<span class="w" id="w-{escape(fact)}"></span>' for fact in piece.starts)
    fact = piece.first
    if fact is None:
        return f"{anchors}{escape(piece.text)}"
    mark = f'class="mark k-{fact.kind}" data-of="{escape(piece.ids)}"'
    if not piece.leads:
        return f"{anchors}<span {mark}>{escape(piece.text)}</span>"
    leads = f'href="#f-{escape(fact.id)}" data-leads="{escape(fact.id)}"'
    return f"{anchors}<a {mark} {leads}>{escape(piece.text)}</a>"


def _pieces(raw: str, facts: Iterable[ShownFact], cuts: Iterable[int]) -> Iterator[tuple[int, Piece]]:
    opened, closed = _edges(facts, len(raw))
    ends = {match.start() for match in re.finditer("\n", raw)}
    edges = sorted(
        {0, len(raw), *opened, *closed, *ends, *(end + 1 for end in ends), *(c for c in cuts if c <= len(raw))}
    )
    over: dict[str, ShownFact] = {}
    for start, end in itertools.pairwise(edges):
        for fact in closed.get(start, ()):
            over.pop(fact.id, None)
        for fact in opened.get(start, ()):
            over[fact.id] = fact
        innermost_first = tuple(sorted(over.values(), key=lambda fact: fact.span[1] - fact.span[0]))
        yield start, Piece(raw[start:end], innermost_first, tuple(fact.id for fact in opened.get(start, ())))


def _edges(facts: Iterable[ShownFact], length: int) -> tuple[dict[int, list[ShownFact]], dict[int, list[ShownFact]]]:
    opened: dict[int, list[ShownFact]] = defaultdict(list)
    closed: dict[int, list[ShownFact]] = defaultdict(list)
    for fact in facts:
        start, end = fact.span
        if 0 <= start < end <= length:
            opened[start].append(fact)
            closed[end].append(fact)
    return opened, closed


def _look(text: str) -> str:
    """Official papers set titles in capitals in the middle, and numbered section heads in capitals at the left."""
    bare = text.strip(" *#_|")
    if len(bare) > LONGEST_HEADING or not bare.isupper():
        return ""
    return "head" if NUMBERED.match(bare) else "title"
