"""The theme ("chủ đề") and the slogan ("khẩu hiệu") of a campaign. Patterns read folded text (no marks, lower case)."""

from __future__ import annotations

import re

from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import HeaderField
from thidua.vietnamese.folding import fold
from thidua.vietnamese.normal import Normal

_NAMES = {"theme": "chu de", "slogan": "khau hieu"}
_INTRODUCED = {
    role: re.compile(rf"^{name}\b[^:“\"]*:|\b{name}\b[^.:“\"]{{0,60}}[:“\"]") for role, name in _NAMES.items()
}
_QUOTED = re.compile(r"[“\"]\s*([^“”\"]{8,500}?)\s*[”\"]")
_FARTHEST_QUOTATION = 40
_SHORTEST = 15


def read_theme(source: Source) -> HeaderField | None:
    return _first(source, "theme")


def read_slogan(source: Source) -> HeaderField | None:
    """The campaign's own name, which its title quotes, is no slogan."""
    return _first(source, "slogan", own_name=" ".join(fold(block.normal.text) for block in source.title_block))


def _first(source: Source, role: str, own_name: str = "") -> HeaderField | None:
    pieces = (_words_in(block, role, own_name) for block in source.blocks)
    return next((source.field(piece) for piece in pieces if piece is not None), None)


def _words_in(block: Block, role: str, own_name: str) -> Normal | None:
    """The words of the theme or slogan: quoted or after a colon, in its own section or sentence."""
    is_own = role in block.roles
    introduced = _INTRODUCED[role].search(block.folded) if _NAMES[role] in block.folded else None
    if not is_own and not introduced:
        return None
    if introduced and "purpose" in block.roles and _of_congress(block, introduced):
        return None
    start = block.body + (introduced.end() - 1 if introduced else 0)
    quoted = _quoted(block, start, own_name)
    if quoted and (is_own or quoted.start() - start < _FARTHEST_QUOTATION):
        return block.normal.cut(*quoted.span(1))
    if is_own and (introduced or not block.kind) and block.head < len(block.normal):
        return _plain(block, start + 1 if introduced else block.body)
    return None


def _of_congress(block: Block, introduced: re.Match[str]) -> bool:
    """ "Đại hội lần thứ XIII với chủ đề …": a congress's theme, not the campaign's."""
    return "lan thu" in block.folded[: introduced.start()]


def _quoted(block: Block, start: int, own_name: str) -> re.Match[str] | None:
    quotations = _QUOTED.finditer(block.normal.text, max(start - 1, 0))
    return next((quoted for quoted in quotations if not own_name or fold(quoted[1]) not in own_name), None)


def _plain(block: Block, begin: int) -> Normal | None:
    end = len(block.normal.text.rstrip(" .;*"))
    return block.normal.cut(begin, end) if end - begin > _SHORTEST else None
