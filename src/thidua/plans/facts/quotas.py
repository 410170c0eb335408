"""Quotas: how many of which kind each unit may propose; units that share a clause are split and share its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Quota

_KIND = r"tap the|ca nhan|ho gia dinh|don vi|doanh nghiep|to dan pho|to|thanh vien|lop|chi doan|doan vien|hoi vien|hoc sinh|giao vien|can bo|giai|guong|cong doan co so|doanh nhan|nong dan|chi hoi|chi bo|phong|thon|khu dan cu|xa|phuong|dai bieu|cong trinh|truong hop|co quan|nha giao|nguoi|co|bang khen|giay khen|ho"
_COUNT = re.compile(
    rf"(?P<n>\d{{1,4}})(?: \([a-z ]+\))?\s*(?P<kind>(?:{_KIND})\b(?:(?: hoac| va/hoac|/) (?:{_KIND})\b)?(?: (?:lop|chi doan|to cong nhan|nguoi lao dong|cong doan co so|dan pho)\b)?)"
)
_LIMIT = re.compile(r"\b(?:khong qua|toi da|khong vuot qua|xet chon|lua chon|de nghi|duoc chon|chon|duoc de nghi|gioi thieu|moi|tang|cho|nhieu nhat|dan dau|so luong|khen thuong|bang khen|giay khen)\b")
_EACH = re.compile(r"(?P<unit>\b(?:moi|tung|cac) (?:xa|phuong|khoi|cum|don vi|phong|co quan|so|ban|huyen|truong|doan|cong doan|chi|to|lop|thi|dia phuong|tinh|doanh nghiep|bo|nganh|tap the|dang bo|hoi|khu|thon)[^;.:()\d]{0,90}?)(?=\s+(?:duoc|de nghi|xet|lua chon|chon|khong qua|toi da|gioi thieu|binh chon|cu|co|lap|\d)|[,:])")
_VERB = re.compile(r"\b(?:duoc )?(?:xet chon|lua chon|chon|de nghi(?: khen thuong)?|binh chon|gioi thieu|xet|trinh|de xuat|khong qua|toi da|khong vuot qua|tang)\b")
_NOT_HERE = frozenset({"organisation", "dossier", "submission", "purpose", "targets", "content", "programme", "review", "funding", "time", "projects", "pledges"})


def read_quotas(source: Source) -> tuple[Quota, ...]:
    """One item a unit and kind, in reading order."""
    found: list[Quota] = []
    for block in source.blocks:
        if block.roles & _NOT_HERE or not block.roles & {"awards", "quotas", "criteria", "subjects"}:
            continue
        if "|" in block.text:
            continue
        found.extend(_of_block(source, block))
    return tuple(found)


def _of_block(source: Source, block: Block) -> Iterator[Quota]:
    for start, end in sentences(block):
        words = block.normal.folded[start:end]
        counts = [m for m in _COUNT.finditer(words) if not re.search(r"(?:thu|lan|trong|nam|trong so|tong so|khoi|mau so|so)\s*$", words[: m.start()])]
        if not counts or not ("quotas" in block.roles or _LIMIT.search(words)):
            continue
        if re.search(r"\b(?:it nhat|toi thieu|tu)\s*$", words[: counts[0].start()]) or ("quotas" not in block.roles and _criterion_like(words, counts[0].start())):
            continue
        yield from _clause(source, block, start, end, words, counts)


def _criterion_like(words: str, at: int) -> bool:
    return re.search(r"\b(?:dat|co|ho tro|phai|hoan thanh|giup do|huong dan)\s+(?:duoc |tren |tu )?$", words[:at]) is not None


def _clause(source: Source, block: Block, start: int, end: int, words: str, counts: list[re.Match[str]]) -> Iterator[Quota]:
    parts = _parts(words, counts)
    for first, last, group in parts:
        units = _units(block, words, first, group[0].start(), start)
        quote, span = source.words(block.normal, start + first, start + last)
        for unit in units:
            for count in group:
                kind = block.normal.text[start + count.start("kind") : start + count.end("kind")]
                yield Quota(quote=quote, span=span, unit=unit, max=int(count["n"]), of=kind, sureness=0.8)


def _parts(words: str, counts: list[re.Match[str]]) -> list[tuple[int, int, list[re.Match[str]]]]:
    """Counts that belong to the same unit stay together; a new unit's name between two counts starts a new part."""
    parts: list[tuple[int, int, list[re.Match[str]]]] = []
    first = 0
    group: list[re.Match[str]] = []
    for count in counts:
        if group:
            between = words[group[-1].end() : count.start()]
            if _EACH.search(between + "0") or re.search(r"[,;] .*\b(?:xet chon|khong qua|toi da|de nghi|chon)\b", between) and len(between) > 25:
                cut = group[-1].end() + max(between.find(","), 0)
                parts.append((first, cut, group))
                first, group = cut, []
        group.append(count)
    if group:
        parts.append((first, len(words), group))
    return parts


def _units(block: Block, words: str, first: int, at: int, start: int) -> list[str]:
    """Names before the verb or count; the clause's own head, else the heading above."""
    text = block.normal.text
    each = _EACH.search(words[first : at + 2])
    if each:
        a = start + first
        named = _split_before(block, words, first, first + each.start(), start)
        if named:
            return named
        return [_clean(text[a + each.start("unit") : a + each.end("unit")])]
    verb = _VERB.search(words, first, at)
    stop = verb.start() if verb else at
    colon = words.rfind(":", first, at)
    if colon > 0 and (not verb or colon < verb.start()):
        stop = colon
    name = words[first:stop].strip(" ,;:-")
    if len(name) > 3 and not re.fullmatch(r"(?:tap the|ca nhan|so luong|giay khen.*|bang khen.*|cho|tang)", name):
        return _split_units(text[start + first : start + stop])
    return [_heading(block)]


def _split_before(block: Block, words: str, first: int, stop: int, start: int) -> list[str]:
    """ "Phòng A; Phòng B: mỗi phòng tối đa …" names the units before the colon."""
    head = words[first:stop].rstrip()
    if not head.endswith(":") or len(head) < 4:
        return []
    return _split_units(block.normal.text[start + first : start + first + len(head) - 1])


_UNIT_START = re.compile(r"(?:;|,)\s+(?=(?:huyện|thị xã|thành phố|quận|Đảng bộ|Chi bộ|Phòng|Sở|Trung tâm|Trường|Ban|Văn phòng|phường|xã|Chi, Đảng)\s+[A-ZĐÀ-Ỹ])|;\s+")
_SHARED = re.compile(r"^((?:Đảng bộ|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Chi bộ|Công an|Hội|LĐLĐ|Liên đoàn Lao động))\s+(?=(?:huyện|thị xã|thành phố|quận|xã|phường|tỉnh)\b)")


def _split_units(name: str) -> list[str]:
    """One name a unit; a word that stands once for all ("Đảng bộ thị xã A, huyện B") is repeated."""
    name = _clean(name)
    parts = [_clean(part) for part in _UNIT_START.split(name) if _clean(part)]
    shared = _SHARED.match(name)
    if shared and len(parts) > 1:
        parts = [p if p.startswith(shared.group(1)) or p[0].isupper() else f"{shared.group(1)} {p}" for p in parts]
    return parts or [name]


def _clean(name: str) -> str:
    name = re.sub(r"^(?:Đối với|đối với|Riêng|Mỗi)\s+(?=[A-ZĐ])|^Đối với\s+|^đối với\s+", "", name.strip(" ,;:.-–*+"))
    return name.strip(" ,;:.-–*")


def _heading(block: Block) -> str:
    for candidate in block.ancestors():
        words = candidate.normal.text[candidate.body : candidate.head] if candidate.head else candidate.text
        if candidate.rank >= 3 and words:
            return _clean(words)[:120]
    return "Toàn đơn vị"
