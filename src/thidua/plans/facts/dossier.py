"""Parts of a dossier: list items under "Hồ sơ", or an inline list after "hồ sơ gồm".

Patterns run on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.facts.headings import body_start, ends_in_colon, is_heading
from thidua.plans.facts.patterns import any_of, words_of
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import DossierPart

_PAPER = re.compile(
    words_of(
        "to trinh|bao cao|bien ban|van ban|cong van|quyet dinh|ho so",
        "danh sach|bang (?:ket xuat|tong hop|diem|ke|cham)|phieu|mau so",
        "xac nhan|chung nhan|minh chung|giay|so yeu",
        "ban sao|ban tom tat|tom tat|ban tu|ban photo|ban chinh",
        "tep tin|file|anh|hinh anh|video",
    )
)
_AFTER_COMMA = any_of(
    "to trinh|bao cao|bien ban|danh sach|van ban|bang |ban sao",
    "phieu|xac nhan|quyet dinh|minh chung|chung nhan|ban tom",
)
_AFTER_AND = any_of(
    "to trinh|ban|bao cao|bien ban|danh sach|bang |ban sao|van ban",
    "file|tep|phieu|minh chung",
)
_BETWEEN_PAPERS = re.compile(
    r"\s*;\s*(?:va\s+)?"
    rf"|,\s+(?=(?:\d+ )?{_AFTER_COMMA})"
    rf"|\s+va\s+(?=(?:\d+ )?{_AFTER_AND})"
)
_LIST_OPENS = re.compile(
    r"\bho so\b[^.;()]{0,40}\((?=(?:to trinh|bao cao|bien ban|danh sach|cong van))"
    r"|\bho so\b[^.;]{0,70}?\b(?:gom(?: co)?|bao gom|la)\b(?: cac (?:van ban|giay to|tai lieu|loai))?(?: sau)?\s*:?\s*"
)
_BRACKET_CLOSES = re.compile(r"\)(?=[^()]*$)")
_SENTENCE_ENDS = re.compile(r"\.(?=\s+[a-z]|\s*$)")
_MUST_HAVE = re.compile(r"phai co|kem theo (?:to trinh|bao cao|xac nhan|ban)")
_NOTE = re.compile(r"luu y\s*:?\s*")
_DUTY = re.compile(r"\b(?:truoc ngay|cham nhat|gui ve|gui ho so|thoi han|nop ve|den het ngay)\b")
_PROPOSAL = re.compile(r"\b(?:van ban de nghi khen thuong|to trinh de nghi khen thuong)\b")
_NAME_ENDS = re.compile(r"\s*[(;]")
_NOT_HERE = frozenset({"organisation", "time", "review", "submission"})


def read_dossier(source: Source) -> tuple[DossierPart, ...]:
    """In reading order; where a plan has no such part, the proposing paper it asks for in its duties."""
    found = tuple(item for block in source.blocks for item in _of_block(source, block))
    return found or tuple(_proposal(source))


def _of_block(source: Source, block: Block) -> Iterator[DossierPart]:
    folded = block.normal.folded
    if block.is_row:
        return
    inline = _inline(block)
    if inline:
        yield from _parts(source, block, inline.start(), inline.end())
        return
    if "dossier" not in block.roles or block.roles & _NOT_HERE:
        return
    if is_heading(block) or (block.children and ends_in_colon(block)):
        return
    paper = _PAPER.search(folded, block.body)
    if _lists_papers(block):
        yield from _parts(source, block, block.body, body_start(block))
    elif paper and _is_part(block, paper):
        yield _part(source, block)


def _inline(block: Block) -> re.Match[str] | None:
    """ "… hồ sơ gồm: tờ trình, biên bản" inside a sentence: the words that open the list."""
    folded = block.normal.folded
    opening = _LIST_OPENS.search(folded, block.body)
    if not opening or len(folded) - opening.end() <= 12 or folded.endswith(":"):
        return None
    if "organisation" in block.roles and "khen thuong" not in folded:
        return None
    return opening if _PAPER.search(folded, opening.end(), _list_end(folded, opening.end())) else None


def _lists_papers(block: Block) -> bool:
    """ "Hồ sơ: tờ trình, biên bản, báo cáo": the list stands behind the run-in heading."""
    folded, body = block.normal.folded, body_start(block)
    parted = ";" in folded[body:]
    papers = len(_PAPER.findall(folded[body:])) + (block.head > 0 and parted)
    if papers < 2 or not (block.head or ";" in folded[:-1]):
        return False
    return bool(_BETWEEN_PAPERS.search(folded, body)) and not _DUTY.search(folded, body, _list_end(folded, body))


def _is_part(block: Block, paper: re.Match[str]) -> bool:
    """A list item that opens with a paper, or says that the dossier must hold it."""
    folded = block.normal.folded
    if paper.start() > block.body and _DUTY.search(folded):
        return False
    return paper.start() - block.body < 25 or _MUST_HAVE.search(folded) is not None


def _list_end(folded: str, start: int) -> int:
    """Where a list ends: at the bracket that closes it, else with its sentence."""
    end = _BRACKET_CLOSES if folded[start - 1] == "(" else _SENTENCE_ENDS
    match = end.search(folded, start)
    return match.start() if match else len(folded)


def _parts(source: Source, block: Block, start: int, begin: int) -> Iterator[DossierPart]:
    """One part a paper of the list from `begin`; all share the quote from `start`."""
    folded, text = block.normal.folded, block.normal.text
    end = _list_end(folded, begin)
    quote, span = source.words(block.normal, start, end)
    gaps = [match.span() for match in _BETWEEN_PAPERS.finditer(folded, begin, end)]
    for cut, following in (*gaps, (end, end)):
        name = text[begin:cut].strip(" .;,*-")
        if name:
            yield DossierPart(quote=quote, span=span, document=_capitalised(name), sureness=0.9)
        begin = following


def _part(source: Source, block: Block) -> DossierPart:
    note = _NOTE.match(block.folded)
    start = block.body + (note.end() if note else 0)
    quote, span = source.words(block.normal, start, len(block.normal))
    name = _NAME_ENDS.split(block.normal.text[start:], maxsplit=1)[0].strip(" .;*")
    return DossierPart(quote=quote, span=span, document=name, sureness=0.9)


def _proposal(source: Source) -> Iterator[DossierPart]:
    for block in source.blocks:
        match = _PROPOSAL.search(block.normal.folded) if "organisation" in block.roles else None
        if match:
            quote, span = source.words(block.normal, *match.span())
            yield DossierPart(quote=quote, span=span, document=_capitalised(quote), sureness=0.6)
            return


def _capitalised(words: str) -> str:
    """The first letter only: `str.capitalize` would lower the others."""
    return words[0].upper() + words[1:]
