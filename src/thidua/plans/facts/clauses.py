"""Clauses: a paragraph cut at semicolons and full stops, the unit in which officials put one duty, quota or target."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.facts.addressees import goes_on
from thidua.plans.outline import Block
from thidua.vietnamese.letters import UPPER

# In folded text: what a full stop belongs to.
_ABBREVIATION = re.compile(r"(?:\b(?:tp|tx|tt|st|p|q|ths|ts|gs|so|vd|tr)|\d|\bv\.v|\.\.)$")
_CUT = re.compile(rf";(?=\s|$)|\.(?=\s+[{UPPER}“\"-]|\s*$)")


def sentences(block: Block, *, semicolons: bool = True) -> list[tuple[int, int]]:
    """[start, end) of each clause of a paragraph, label left out; brackets and quotation marks are never cut.

    Many grammars ask for the same paragraph's clauses, so a paragraph keeps them.
    """
    if semicolons not in block.clauses:
        block.clauses[semicolons] = list(_clauses(block, semicolons=semicolons))
    return block.clauses[semicolons]


def cut_between(text: str, left: int, right: int) -> int:
    """Where to part two times of a clause: behind the last semicolon, comma or "và" in [left, right), else `left`."""
    for mark in (";", ",", " và "):
        found = text.rfind(mark, left, right)
        if found >= 0:
            return found + 1
    return left


def _clauses(block: Block, *, semicolons: bool) -> Iterator[tuple[int, int]]:
    text = block.normal.text
    begin = block.body
    for match in _CUT.finditer(text, begin):
        if not _ends_clause(block, begin, match.start(), semicolons=semicolons):
            continue
        if text[begin : match.start()].strip():
            yield begin, match.end()
        begin = match.end()
    if text[begin:].strip():
        yield begin, len(text)


def _ends_clause(block: Block, begin: int, mark: int, *, semicolons: bool) -> bool:
    """Whether the mark ends the clause that begins at `begin`."""
    if block.normal.text[mark] == ";":
        return semicolons and not _is_inside(block, begin, mark) and not goes_on(block.normal.folded, begin, mark)
    return not _abbreviates(block, begin, mark) and not _is_inside(block, begin, mark)


def _abbreviates(block: Block, begin: int, stop: int) -> bool:
    """ "TP. Hồ Chí Minh"; a number and the paragraph's end do end a clause."""
    text = block.normal.text
    if stop >= len(text) - 2 or text[stop - 1].isdigit():
        return False
    return _ABBREVIATION.search(block.normal.folded[begin:stop]) is not None


def _is_inside(block: Block, begin: int, mark: int) -> bool:
    """Inside brackets or a quotation."""
    piece = block.normal.text[begin:mark]
    return piece.count("(") > piece.count(")") or piece.count("“") > piece.count("”")
