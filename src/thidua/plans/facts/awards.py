"""Award forms a plan offers, with who grants them and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import AwardForm

_FORM = re.compile(
    r"(?P<form>huan chuong(?: (?:lao dong|doc lap|ho chi minh|sao vang|bao ve to quoc|chien cong|dai doan ket)[^,;.:()“”]{0,25}?(?= cua| cho|[,;.:()]|$))?|"
    r"bang khen|giay khen|co thi dua|co don vi[^,;.:()]{0,40}|ky niem chuong|bang lao dong sang tao|huy hieu[^,;.:()]{0,30}?|giay chung nhan|bieu duong|"
    r"(?:danh hieu )?[“\"]?(?:chien si thi dua(?: toan quoc| co so| (?:cap )?(?:tinh|bo|nganh|thanh pho))?|lao dong tien tien|tap the lao dong (?:xuat sac|tien tien)|don vi quyet thang|chien si tien tien|don vi tien tien)|danh hieu [“\"]?gia dinh van hoa)[”\"]?"
    r"(?:\s+(?:cua|cap)\s+(?P<by>[^,;.:()“”]{3,110}?)(?=\s+(?:cho|tang|doi voi|va|hoac|kem|phai|la|duoc|do|neu|vi|theo|xet|trong|den|bang|gom|nam|khi|tai|:)\b|[,;.:()“”*]|$))?"
)
_GIVER = re.compile(r"(?P<giver>(?:chu tich|giam doc|thu tuong chinh phu|bo truong|hieu truong|chanh van phong|thu truong|ban thuong vu|tong giam doc|ban chap hanh|uy ban|truong ban|bi thu|tong lien doan|lien doan|hoi dong|trung uong|ban thuong truc|ban giam doc|bch|btv|cong doan|lanh dao)[^,;.:()]{0,80}?)\s+(?:se |quyet dinh |xet |xem xet,? |)*(?:tang|trao|khen tang|cap)\b(?: thuong)?")
_OFFER = re.compile(r"\b(?:tang|khen|thuong|hinh thuc|de nghi|xet|trao)\b")
_NOT_HERE = frozenset({"organisation", "dossier", "purpose", "content", "submission", "targets", "time", "programme"})
_BIEU_DUONG = re.compile(r"bieu duong|giay chung nhan|^huan chuong$")


def read_awards(source: Source) -> tuple[AwardForm, ...]:
    """Each form of each granter once; a bare mention of a form already given adds nothing."""
    found: list[AwardForm] = []
    for block in source.blocks:
        if not block.roles & {"awards", "criteria", "quotas"} or block.roles & _NOT_HERE:
            continue
        for form in _of_block(source, block):
            if not any(_covers(other, form) for other in found):
                found = [other for other in found if not _covers(form, other)]
                found.append(form)
    return tuple(found)


def _kind(name: str) -> str:
    return re.sub(r"[\"“”]", "", " ".join(name.casefold().split()[:2]))


def _covers(one: AwardForm, other: AwardForm) -> bool:
    """Whether the first says all that the second says: same form, and same granter or none named."""
    if _key(one.name) == _key(other.name):
        return True
    if _kind(one.name) != _kind(other.name):
        return False
    return other.granted_by is None or (one.granted_by is not None and _key(one.granted_by) == _key(other.granted_by))


def _key(name: str) -> str:
    words = name.casefold().replace("uỷ", "ủy").replace("ubnd", "ủy ban nhân dân").replace('"', "").replace("“", "").replace("”", "")
    return re.sub(r"^danh hiệu ", "", " ".join(words.split()))


def _of_block(source: Source, block: Block) -> Iterator[AwardForm]:
    folded = block.normal.folded
    for start, end in sentences(block, semicolons=False):
        words = folded[start:end]
        if re.search(r"\bda (?:duoc tang|dat|duoc)\b", words):
            continue
        for match in _FORM.finditer(words):
            form = match["form"].strip()
            if _BIEU_DUONG.search(form) or ("quotas" in block.roles and not _OFFER.search(words)):
                continue
            a, b = start + match.start(), start + match.end()
            text = block.normal.text
            if "criteria" in block.roles and "awards" not in block.roles and not _heads(block, match.start() + start):
                continue
            giver, by = _granter(block, words, match, start)
            quote, span = source.words(block.normal, min(a, giver[0] if giver else a), b if len(words) > 260 else end)
            yield AwardForm(
                quote=quote, span=span, name=text[a:b].strip(" *“”\""), granted_by=by, for_=_for_whom(folded[a:end]), sureness=0.9,
            )  # fmt: skip


def _heads(block: Block, at: int) -> bool:
    return at - block.body < 40


def _granter(block: Block, words: str, match: re.Match[str], start: int) -> tuple[tuple[int, int] | None, str | None]:
    text = block.normal.text
    if match["by"]:
        a, b = match.span("by")
        return None, text[start + a : start + b].strip(" *")
    givers = [g for g in _GIVER.finditer(words) if g.end() <= match.start() and match.start() - g.end() < 60]
    if givers:
        a, b = givers[-1].span("giver")
        return (start + a, start + b), text[start + a : start + b].strip(" *")
    return None, None


def _for_whom(words: str) -> Literal["individual", "collective", "both"]:
    collective, individual = "tap the" in words, "ca nhan" in words
    if collective and not individual:
        return "collective"
    return "individual" if individual and not collective else "both"
