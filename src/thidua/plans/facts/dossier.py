"""Parts of a dossier: list items under "Hồ sơ", or an inline list after "hồ sơ gồm"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import DossierPart

_PAPER = re.compile(
    r"\b(?:to trinh|bao cao|bien ban|van ban|danh sach|ban sao|bang (?:ket xuat|tong hop|diem|diem|ke|cham)|xac nhan|chung nhan|mau so|phieu|quyet dinh|ban tom tat|tom tat|giay|tep tin|file|anh|video|minh chung|so yeu|cong van|ban tu|hinh anh|ban photo|ban chinh|ho so)\b"
)
_INLINE = re.compile(r"\bho so\b[^.;()]{0,40}\((?=(?:to trinh|bao cao|bien ban|danh sach|cong van))|\bho so\b(?P<mid>[^.;]{0,70}?)\b(?:gom(?: co)?|bao gom|la)\b(?: cac (?:van ban|giay to|tai lieu|loai))?(?: sau)?\s*:?\s*")
_SPLIT = re.compile(r"\s*;\s*(?:va\s+)?|,\s+(?=(?:\d+ )?(?:to trinh|bao cao|bien ban|danh sach|van ban|bang |ban sao|phieu|xac nhan|quyet dinh|minh chung|chung nhan|ban tom))|\s+va\s+(?=(?:\d+ )?(?:to trinh|ban|bao cao|bien ban|danh sach|bang |ban sao|van ban|file|tep|phieu|minh chung))")
_DUTY = re.compile(r"\b(?:truoc ngay|cham nhat|gui ve|gui ho so|thoi han|nop ve|den het ngay)\b")
_PROPOSAL = re.compile(r"\b(?P<paper>van ban de nghi khen thuong|to trinh de nghi khen thuong)\b")


def read_dossier(source: Source) -> tuple[DossierPart, ...]:
    """In reading order; where a plan has no such part, the proposing paper it asks for in its duties."""
    found = [item for block in source.blocks for item in _of_block(source, block)]
    return tuple(found) or tuple(_proposals(source))


def _of_block(source: Source, block: Block) -> Iterator[DossierPart]:
    if block.is_row:
        return
    folded = block.normal.folded
    inline = _INLINE.search(folded, block.body)
    if inline and len(folded) - inline.end() > 12 and not folded.endswith(":") and ("organisation" not in block.roles or "khen thuong" in folded):
        end = _stop(folded, inline.end())
        if _PAPER.search(folded, inline.end(), end):
            yield from _inline(source, block, inline, end)
            return
    if "dossier" not in block.roles or block.roles & {"organisation", "time", "review", "submission"}:
        return
    if block.head >= len(block.normal) or (block.text.rstrip(" *").endswith(":") and block.children):
        return
    body = block.head + 1 if block.head else block.body
    papers = len(_PAPER.findall(folded[body:])) + (block.head > 0 and folded.count(";", body) > 0)
    if papers > 1 and (block.head or ";" in folded[:-1]) and _SPLIT.search(folded, body) and not _DUTY.search(folded, body, _stop(folded, body)):
        yield from _listed(source, block, body)
        return
    paper = _PAPER.search(folded, block.body)
    if paper and (paper.start() - block.body < 25 or "phai co" in folded or re.search(r"kem theo (?:to trinh|bao cao|xac nhan|ban)", folded)) and not (_DUTY.search(folded) and paper.start() > block.body):
        start = block.body
        note = re.match(r"luu y\s*:?\s*", block.folded)
        start += note.end() if note else 0
        quote, span = source.words(block.normal, start, len(folded))
        name = re.split(r"\s*[(;]", block.normal.text[start:], maxsplit=1)[0].strip(" .;*")
        yield DossierPart(quote=quote, span=span, document=name, sureness=0.9)


def _stop(folded: str, start: int) -> int:
    match = re.search(r"\)(?=[^()]*$)" if folded[start - 1] == "(" else r"\.(?=\s+[a-z]|\s*$)", folded[start:])
    return start + match.start() if match else len(folded)


def _inline(source: Source, block: Block, inline: re.Match[str], end: int) -> Iterator[DossierPart]:
    yield from _parts(source, block, inline.start(), inline.end(), end)


def _listed(source: Source, block: Block, body: int) -> Iterator[DossierPart]:
    """ "Hồ sơ: tờ trình, biên bản, báo cáo": the list stands behind the run-in heading."""
    yield from _parts(source, block, block.body, body, _stop(block.normal.folded, body))


def _parts(source: Source, block: Block, start: int, begin: int, end: int) -> Iterator[DossierPart]:
    quote, span = source.words(block.normal, start, end)
    cuts = [(m.start(), m.end()) for m in _SPLIT.finditer(block.normal.folded, begin, end)] + [(end, end)]
    for cut, following in cuts:
        name = block.normal.text[begin:cut].strip(" .;,*-")
        if name:
            yield DossierPart(quote=quote, span=span, document=name[0].upper() + name[1:], sureness=0.9)
        begin = following


def _proposals(source: Source) -> Iterator[DossierPart]:
    for block in source.blocks:
        match = _PROPOSAL.search(block.normal.folded) if "organisation" in block.roles else None
        if match:
            quote, span = source.words(block.normal, *match.span("paper"))
            yield DossierPart(quote=quote, span=span, document=quote[0].upper() + quote[1:], sureness=0.6)
            return
