"""Other named movements and programmes to take part in: names in quotation marks after "phong trào", "cuộc vận động".

Patterns run on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.facts.patterns import any_of, words_of
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Movement

_QUOTED = re.compile(r"[“\"]\s*(?P<name>[^“”\"]{6,220}?)\s*[”\"]")
_LEAD = re.compile(r"(?:phong trao|cuoc van dong|van dong)\b(?P<between>[^.“”\"]{0,170})$")
_NAMES_SOMETHING_ELSE = re.compile(
    words_of(
        "chu de|phuong cham|khau hieu|tinh than|muc tieu|nguyen tac|bieu hien|danh hieu|chu the",
        "de an|nghi quyet|ket luan|cong tac|hoc tap va lam theo|xay dung to chuc|viec thuc hien",
        "theo|gan voi|voi ten goi|phai",
    )
)
_BETWEEN_WORDS = any_of(
    "va|hoac|cac|nhu|phong trao thi dua|phong trao|cuoc van dong|giai doan|nam",
    r"\(|\)|do [^“\"]{0,60} phat dong",
)
_BETWEEN_NAMES = re.compile(rf"[\s;,.*:…+-]*(?:{_BETWEEN_WORDS}\s*|[\d\s-]{{4,12}})*")
_TIME = re.compile(r"(?:ngay|nam|quy)\b")
_NOT_HERE = frozenset({"theme", "slogan", "programme"})


def read_movements(source: Source, *, own: tuple[str, ...]) -> tuple[Movement, ...]:
    """Movements by name, once each; `own` are folded words (title, theme) that name the plan's own campaign."""
    found: dict[str, Movement] = {}
    for block in source.blocks:
        if "content" in block.roles or not block.roles & _NOT_HERE:
            for movement in _of_block(source, block, own):
                found.setdefault(_key(movement.name), movement)
    return tuple(found.values())


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold()).strip()


def _of_block(source: Source, block: Block, own: tuple[str, ...]) -> Iterator[Movement]:
    folded = block.normal.folded
    last: int | None = None
    for match in _QUOTED.finditer(folded):
        if not _names_movement(block, match, last):
            last = None
            continue
        last = match.end()
        if not _is_other_name(match["name"], own):
            start, end = match.span("name")
            quote, span = source.words(block.normal, start, end)
            yield Movement(quote=quote, span=span, name=block.normal.text[start:end], sureness=0.9)


def _names_movement(block: Block, match: re.Match[str], last: int | None) -> bool:
    """Whether the quoted words follow "phong trào" or the name of a movement that ends at `last`."""
    folded = block.normal.folded
    if last is not None and _BETWEEN_NAMES.fullmatch(folded, last, match.start()):
        return True
    lead = _LEAD.search(folded[: match.start()])
    if lead:
        return not _NAMES_SOMETHING_ELSE.search(lead["between"])
    return _is_listed(block, match.start())


def _is_listed(block: Block, start: int) -> bool:
    """A list item that is only a quoted name under a heading that speaks of movements."""
    if start - block.body >= 4 or block.parent is None:
        return False
    heading = block.parent.folded.rstrip()
    return heading.endswith(":") and "phong trao" in heading


def _is_other_name(name: str, own: tuple[str, ...]) -> bool:
    """The plan's own campaign, a slogan with several dashes, or a time."""
    return name.count(" - ") > 1 or any(name in words for words in own) or _TIME.match(name) is not None
