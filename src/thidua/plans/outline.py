"""The outline of a document: its paragraphs, put together again from broken lines, under their headings.

A paragraph knows its numbering label, its heading words, the headings above it and the part of a plan it belongs to
(`roles`). Patterns read folded text (no marks, lower case).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.joining import group_lines
from thidua.plans.labels import PLAIN_RANK, RANKS, label_of
from thidua.plans.lines import Line
from thidua.plans.sections import roles_of
from thidua.vietnamese.folding import fold
from thidua.vietnamese.normal import Normal, join

_NO_TITLE = re.compile(r"(?:quyet dinh|ke hoach|noi nhan)\b")
_CHAPTER_KINDS = frozenset({"caps", "part", "roman", "upper"})
_LONGEST_HEADING = 170


class Block:
    """A paragraph: `body` starts after its label; `head` is its run-in heading's end, 0 where there is none.

    `clauses` keeps what `facts.clauses.sentences` found, by its `semicolons`.
    """

    __slots__ = ("body", "children", "clauses", "head", "kind", "normal", "parent", "roles")

    def __init__(self, normal: Normal) -> None:
        self.normal = normal
        self.kind, self.body = label_of(normal)
        if not self.kind:
            self.kind = _unnumbered_kind(normal)
        self.parent: Block | None = None
        self.children: list[Block] = []
        self.clauses: dict[bool, list[tuple[int, int]]] = {}
        self.head = 0
        self.roles: frozenset[str] = frozenset()

    @property
    def rank(self) -> float:
        return RANKS.get(self.kind, PLAIN_RANK)

    @property
    def is_row(self) -> bool:
        """A row of a table: its cells stand between bars."""
        return "|" in self.normal.text

    @property
    def text(self) -> str:
        return self.normal.text[self.body :]

    @property
    def folded(self) -> str:
        return self.normal.folded[self.body :]

    def ancestors(self) -> Iterator[Block]:
        block = self.parent
        while block is not None:
            yield block
            block = block.parent


def _unnumbered_kind(normal: Normal) -> str:
    """A heading without a number: a short line in capitals, or short words that name a part of a plan."""
    text = normal.text.strip(" *:.")
    if "|" in text:
        return ""
    if text.isupper() and 8 < len(text) < 130 and " " in text:
        return "caps"
    return "title" if _is_short_name(normal, text) and _names_part(text) else ""


def _is_short_name(normal: Normal, text: str) -> bool:
    return (
        len(text) <= 60
        and text[:1].isupper()
        and normal.text[-1] not in ".;,!?"
        and not any(letter.isdigit() for letter in text)
        and not _NO_TITLE.match(normal.folded)
    )


def _names_part(text: str) -> bool:
    return bool(roles_of(fold(text), rank=RANKS["bullet"], inherited=frozenset(), run_in=True))


def blocks_of(lines: list[Line], *, width: int) -> list[Block]:
    """Paragraphs in reading order, not yet under their headings; `width` is where the text was wrapped."""
    return [Block(join(line.normal for line in group)) for group in group_lines(lines, width)]


def arrange(blocks: list[Block]) -> list[Block]:
    """Put every paragraph under its heading and find the part of the plan it belongs to."""
    above: list[Block] = []
    for i, block in enumerate(blocks):
        if not block.kind and i + 1 < len(blocks) and _heads(block, blocks[i + 1], above):
            block.kind = "title"
        _hang(block, above)
        block.head = _head_end(block)
        block.roles = _roles(block)
    return blocks


def _hang(block: Block, above: list[Block]) -> None:
    """Put a paragraph under the last heading that leads it; `above` holds the headings open so far."""
    while above and above[-1].rank >= block.rank:
        above.pop()
    while not block.kind and above and not _leads(above[-1]):
        above.pop()
    if above:
        block.parent = above[-1]
        block.parent.children.append(block)
    if block.kind:
        above.append(block)


def _heads(block: Block, following: Block, above: list[Block]) -> bool:
    """A short line without an end before a sentence or a list: a heading that has no number."""
    text = block.normal.text.rstrip(" *")
    if len(text) > 90 or text[-1] in '.;,:!?|”")' or not text[0].isupper():
        return False
    if any("programme" in head.roles for head in above) or not any(head.kind in _CHAPTER_KINDS for head in above):
        return False
    return following.kind in {"bullet", "plus"} or (not following.kind and following.text.rstrip()[-1:] in ".;")


def _leads(block: Block) -> bool:
    """A plain paragraph stands under a heading, not under the list item before it."""
    return block.rank < RANKS["letter"] or block.text.endswith(":") or block.head >= len(block.normal)


def _head_end(block: Block) -> int:
    """Where the heading words of a paragraph end: the whole of a short titled line, or up to its first colon."""
    text = block.text
    colon = text.find(":")
    if 0 < colon <= 90 and (colon < len(text) - 1 or block.kind):
        return block.body + colon
    return len(block.normal) if text and _is_all_heading(block, text) else 0


def _is_all_heading(block: Block, text: str) -> bool:
    if not block.kind:
        return False
    if block.kind in {"title", "caps"} or text.isupper():
        return True
    if block.rank > RANKS["letter"] or text[-1] in ".;,":
        return False
    long_heading = block.rank <= RANKS["arabic"] and len(text) <= 280 and ". " not in text
    return len(text) <= _LONGEST_HEADING or long_heading


def _roles(block: Block) -> frozenset[str]:
    inherited = block.parent.roles if block.parent else frozenset()
    if not block.head:
        return inherited
    heading = block.normal.folded[block.body : block.head]
    return roles_of(heading, rank=block.rank, inherited=inherited, run_in=block.head < len(block.normal)) or inherited
