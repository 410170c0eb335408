"""Award forms a plan offers, with who grants them and for whom.

Patterns run on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.patterns import any_of
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import AwardForm

_ORDER = (
    r"huan chuong(?: (?:lao dong|doc lap|ho chi minh|sao vang|bao ve to quoc|chien cong|dai doan ket)"
    r"[^,;.:()“”]{0,25}?(?= cua| cho|[,;.:()]|$))?"
)
_TITLE = r"(?:danh hieu )?[“\"]?" + any_of(
    r"chien si thi dua(?: toan quoc| co so| (?:cap )?(?:tinh|bo|nganh|thanh pho))?",
    r"lao dong tien tien|tap the lao dong (?:xuat sac|tien tien)",
    r"don vi quyet thang|chien si tien tien|don vi tien tien",
)
_AWARD = any_of(
    _ORDER,
    r"bang khen|giay khen|co thi dua|co don vi[^,;.:()]{0,40}",
    r"ky niem chuong|bang lao dong sang tao|huy hieu[^,;.:()]{0,30}?",
    r"giay chung nhan|bieu duong",
    _TITLE,
    r"danh hieu [“\"]?gia dinh van hoa",
)
_AFTER_GRANTER = any_of(
    r"\s+(?:cho|tang|doi voi|va|hoac|kem|phai|la|duoc|do|neu|vi|theo|xet|trong|den|bang|gom|nam|khi|tai|:)\b",
    r"[,;.:()“”*]|$",
)
_FORM = re.compile(rf"(?P<form>{_AWARD})[”\"]?(?:\s+(?:cua|cap)\s+(?P<by>[^,;.:()“”]{{3,110}}?)(?={_AFTER_GRANTER}))?")
_GRANTER = any_of(
    "chu tich|giam doc|thu tuong chinh phu|bo truong|hieu truong|chanh van phong|thu truong",
    "ban thuong vu|tong giam doc|ban chap hanh|uy ban|truong ban|bi thu",
    "tong lien doan|lien doan|hoi dong|trung uong",
    "ban thuong truc|ban giam doc|bch|btv|cong doan|lanh dao",
)
_GRANTS = re.compile(
    rf"(?P<granter>{_GRANTER}[^,;.:()]{{0,80}}?)"
    r"\s+(?:se |quyet dinh |xet |xem xet,? |)*(?:tang|trao|khen tang|cap)\b(?: thuong)?"
)
_OFFER = re.compile(r"\b(?:tang|khen|thuong|hinh thuc|de nghi|xet|trao)\b")
_ALREADY_GIVEN = re.compile(r"\bda (?:duoc tang|dat|duoc)\b")
_NO_FORM = re.compile(r"bieu duong|giay chung nhan|^huan chuong$")
_HERE = frozenset({"awards", "criteria", "quotas"})
_NOT_HERE = frozenset({"organisation", "dossier", "purpose", "content", "submission", "targets", "time", "programme"})
# A clause longer than this speaks of more than the award: the quote ends with the award's own words.
_LONG_CLAUSE = 260


def read_awards(source: Source) -> tuple[AwardForm, ...]:
    """Each form of each granter once; a bare mention of a form already given adds nothing."""
    found: list[AwardForm] = []
    for block in source.blocks:
        if block.roles & _HERE and not block.roles & _NOT_HERE:
            for form in _of_block(source, block):
                if not any(_covers(other, form) for other in found):
                    found = [other for other in found if not _covers(form, other)]
                    found.append(form)
    return tuple(found)


def _of_block(source: Source, block: Block) -> Iterator[AwardForm]:
    folded, text = block.normal.folded, block.normal.text
    for start, end in sentences(block, semicolons=False):
        words = folded[start:end]
        if _ALREADY_GIVEN.search(words):
            continue
        for match in _FORM.finditer(words):
            if not _is_offered(block, words, match, start):
                continue
            first, last = start + match.start(), start + match.end()
            granter = _granter(words, match)
            begin = min(first, start + granter[0]) if granter else first
            quote, span = source.words(block.normal, begin, last if len(words) > _LONG_CLAUSE else end)
            yield AwardForm(
                quote=quote,
                span=span,
                name=text[first:last].strip(' *“”"'),
                granted_by=text[start + granter[0] : start + granter[1]].strip(" *") if granter else None,
                for_=_for_whom(folded[first:end]),
                sureness=0.9,
            )


def _is_offered(block: Block, words: str, match: re.Match[str], start: int) -> bool:
    if _NO_FORM.search(match["form"].strip()):
        return False
    if "quotas" in block.roles and not _OFFER.search(words):
        return False
    # Among standards, only an award that opens its paragraph is offered; further in, it is one held before.
    among_standards = "criteria" in block.roles and "awards" not in block.roles
    return not among_standards or start + match.start() - block.body < 40


def _granter(words: str, match: re.Match[str]) -> tuple[int, int] | None:
    """[start, end) of who grants: named behind the award, else the subject close before it."""
    if match["by"]:
        return match.span("by")
    before = [g for g in _GRANTS.finditer(words) if g.end() <= match.start() < g.end() + 60]
    return before[-1].span("granter") if before else None


def _for_whom(words: str) -> Literal["individual", "collective", "both"]:
    collective, individual = "tap the" in words, "ca nhan" in words
    if collective == individual:
        return "both"
    return "collective" if collective else "individual"


def _covers(one: AwardForm, other: AwardForm) -> bool:
    """Whether the first says all that the second says: same form, and same granter or none named."""
    if _key(one.name) == _key(other.name):
        return True
    if _kind(one.name) != _kind(other.name):
        return False
    return other.granted_by is None or (one.granted_by is not None and _key(one.granted_by) == _key(other.granted_by))


def _kind(name: str) -> str:
    return re.sub(r"[\"“”]", "", " ".join(name.casefold().split()[:2]))


def _key(name: str) -> str:
    words = name.casefold().replace("uỷ", "ủy").replace("ubnd", "ủy ban nhân dân")
    return " ".join(re.sub(r"[\"“”]", "", words).split()).removeprefix("danh hiệu ")
