"""The document as paper: its text cut at every edge of a fact, so that facts may overlap in any way.

Offsets are those of the raw text; nothing of it is changed, dropped or added, and all of it goes through the
template's escaping.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from thidua_web.campaigns.facts import ShownFact


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
    def ids(self) -> str:
        return " ".join(fact.id for fact in self.facts)

    @property
    def kinds(self) -> str:
        return " ".join(dict.fromkeys(fact.kind for fact in self.facts))


@dataclass
class Line:
    """One line of the raw text, without its line end; `page` where a new page starts."""

    pieces: list[Piece] = field(default_factory=list)
    page: int | None = None
    centred: bool = False

    @property
    def empty(self) -> bool:
        return not any(piece.text.strip() for piece in self.pieces)


SHOUTED = re.compile(r"[^a-zà-ỹđ]*[A-ZÀ-ỸĐ][^a-zà-ỹđ]*")
NUMBERED = re.compile(r"\s*(?:[IVX]+|[A-Z]|\d+)[.)]\s")
LONGEST_HEADING = 90


def lines(raw: str, facts: Iterable[ShownFact], pages: Iterable[int]) -> list[Line]:
    """The text line by line. Memory and time grow with the text and the facts, not with their product."""
    starts_of_pages = {offset: number for number, offset in enumerate(pages, 1) if number > 1}
    result = [Line()]
    for start, piece in _pieces(raw, facts, starts_of_pages):
        if start in starts_of_pages:
            if result[-1].pieces:
                result.append(Line())
            result[-1].page = starts_of_pages[start]
        if piece.text == "\n":
            result.append(Line())
        else:
            result[-1].pieces.append(piece)
    for line in result:
        line.centred = _is_heading("".join(piece.text for piece in line.pieces))
    return result


def _pieces(raw: str, facts: Iterable[ShownFact], cuts: Iterable[int]) -> Iterator[tuple[int, Piece]]:
    opened, closed = _edges(facts, len(raw))
    ends = {match.start() for match in re.finditer("\n", raw)}
    edges = sorted(
        {0, len(raw), *opened, *closed, *ends, *(end + 1 for end in ends), *(c for c in cuts if c <= len(raw))}
    )
    over: dict[str, ShownFact] = {}
    for start, end in zip(edges, edges[1:], strict=False):
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


def _is_heading(text: str) -> bool:
    """Titles in capitals stand in the middle of official papers; numbered sections do not."""
    bare = text.strip(" *#_|")
    return (
        0 < len(bare) <= LONGEST_HEADING
        and bool(SHOUTED.fullmatch(bare))
        and not NUMBERED.match(bare)
        and any(letter.isalpha() for letter in bare)
    )
