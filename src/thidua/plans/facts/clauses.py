"""Clauses: a paragraph cut at semicolons and full stops, the unit in which officials put one duty, quota or target."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.outline import Block
from thidua.vietnamese.letters import UPPER

_ABBREVIATED = re.compile(r"(?:\b(?:tp|tx|tt|st|p|q|ths|ts|gs|so|vd|tr)|\d|\bv\.v|\.\.)$")
_CUT = re.compile(r"(?<!\d)[;](?=\s|$)|\.(?=\s+[A-ZĐ" + UPPER + r"“\"-]|\s*$)|(?<=\d);(?=\s|$)")


def sentences(block: Block, *, semicolons: bool = True) -> list[tuple[int, int]]:
    """[start, end) of each clause of a paragraph, label left out; brackets and quotation marks are never cut.

    Many grammars ask for the same paragraph's clauses, so a paragraph keeps them.
    """
    if semicolons not in block.clauses:
        block.clauses[semicolons] = list(_cut(block, semicolons=semicolons))
    return block.clauses[semicolons]


def _cut(block: Block, *, semicolons: bool) -> Iterator[tuple[int, int]]:
    text = block.normal.text
    begin = block.body
    for match in _CUT.finditer(text, begin):
        cut = match.start()
        if match.group() == ";" and not semicolons:
            continue
        if match.group() == "." and _ABBREVIATED.search(block.normal.folded[begin:cut]) and cut < len(text) - 2 and not text[cut - 1].isdigit():
            continue
        if _inside(text, begin, cut):
            continue
        if text[begin:cut].strip():
            yield begin, match.end()
        begin = match.end()
    if text[begin:].strip():
        yield begin, len(text)


def _inside(text: str, begin: int, cut: int) -> bool:
    piece = text[begin:cut]
    return piece.count("(") > piece.count(")") or piece.count("“") > piece.count("”")
