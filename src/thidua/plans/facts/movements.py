"""Other named movements and programmes to take part in: names in quotation marks after "phong trào" or "cuộc vận động"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Movement

_QUOTED = re.compile(r"[“\"]\s*(?P<name>[^“”\"]{6,220}?)\s*[”\"]")
_LEAD = re.compile(r"(?:phong trao|cuoc van dong|van dong)\b(?P<between>[^.“”\"]{0,170})$")
_NOT_LEAD = re.compile(
    r"\b(?:chu de|phuong cham|tinh than|de an|cong tac|khau hieu|hoc tap va lam theo|muc tieu|bieu hien|theo|viec thuc hien|xay dung to chuc|danh hieu|nghi quyet|ket luan|gan voi|voi ten goi|phai|chu the|nguyen tac)\b"
)
_LINK = re.compile(r"[\s;,.*:…+-]*(?:(?:va|hoac|cac|nhu|phong trao thi dua|phong trao|cuoc van dong|giai doan|nam|\(|\)|do [^“\"]{0,60} phat dong)\s*|[\d\s-]{4,12})*")
_GENERIC = re.compile(r"^(?:ngay|nam|quy)\b")


def read_movements(source: Source, *, own: tuple[str, ...]) -> tuple[Movement, ...]:
    """Movements by name, once each; `own` are folded words (title, theme) that name the plan's own campaign."""
    found: dict[str, Movement] = {}
    for block in source.blocks:
        if block.roles & {"theme", "slogan", "programme"} and "content" not in block.roles:
            continue
        for movement in _of_block(source, block, own):
            found.setdefault(_key(movement.name), movement)
    return tuple(found.values())


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold()).strip()


def _of_block(source: Source, block: Block, own: tuple[str, ...]) -> Iterator[Movement]:
    folded = block.normal.folded
    if "“" not in folded and '"' not in folded:
        return
    last = None
    for match in _QUOTED.finditer(folded):
        before = folded[:match.start()]
        lead = _LEAD.search(before)
        listed = last is not None and _LINK.fullmatch(folded, last, match.start()) is not None
        if not listed and (lead is None or _NOT_LEAD.search(lead["between"])):
            if lead is None and not listed:
                listed = _under_list(block, match.start())
            if not listed:
                last = None
                continue
        last = match.end()
        words = match["name"]
        if words.count(" - ") > 1 or any(words in title for title in own) or _GENERIC.match(words):
            continue
        start, end = match.span("name")
        quote, span = source.words(block.normal, start, end)
        yield Movement(quote=quote, span=span, name=block.normal.text[start:end], sureness=0.9)


def _under_list(block: Block, start: int) -> bool:
    """A list item that is only a quoted name under a heading that speaks of movements."""
    parent = block.parent
    return start - block.body < 4 and parent is not None and parent.folded.rstrip().endswith(":") and "phong trao" in parent.folded
