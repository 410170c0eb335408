"""Criteria of awards: one item a paragraph of the parts on standards, with the annual ratings it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Criterion
from thidua.vietnamese.numbers import WORDS

_RATED = re.compile(r"hoan thanh (?:tot|xuat sac) nhiem vu|xep loai|htxsnv|htt?nv|dat (?:danh hieu )?gia dinh van hoa")
_SPAN_YEARS = re.compile(r"(?:tu nam |giai doan |nam )?(?P<a>20\d\d)\s*(?:-|den(?: het)?(?: nam)?)\s*(?:nam )?(?P<b>20\d\d)|(?P<c>20\d\d) (?P<d>20\d\d)")
_LISTED_YEARS = re.compile(r"nam (?:lien tuc|lien tiep|lien ke|lien)?\s*\(?(?:nam\s*)?(?P<list>20\d\d(?:\s*(?:,|va|;|nam)\s*20\d\d)+)|(?:\bnam|\bcac nam) (?P<list2>20\d\d(?:\s*(?:,|va|;|nam|\s)+\s*20\d\d)*)")
_EXCELLENT = re.compile(r"(?:it nhat|toi thieu|co|tu|du)\s*(?:la )?(?P<n>\d{1,2}|mot|hai|ba|bon|nam)(?: \([a-z]+\))? nam(?: tro len)?[^,;.]{0,60}?(?:hoan thanh xuat sac|xuat sac|htxsnv)")
_ONE_EXCELLENT = re.compile(r"trong do (?:co )?nam 20\d\d[^,;.]{0,40}xuat sac")
_OFFER_ONLY = re.compile(r"\b(?:tang|hinh thuc|bang khen|giay khen|co thi dua)\b")
_REFER = re.compile(r"thuc hien theo|theo (?:huong dan|quy dinh)|huong dan (?:tieu chuan|cu the)|giao [^.]{0,60} huong dan")
_MERIT = re.compile(
    r"\b(?:thanh tich|dat |phai |co |la |khong |duoc danh gia|hoan thanh|guong mau|chap hanh|tieu bieu|xuat sac|dan dau)"
)
_EXCLUDES = re.compile(r"(?:luu y\s*:\s*)?(?:khong|chua) (?:xet|de nghi|khen thuong|binh xet)\b[^.]{0,80}\b(?:khen|thi dua|danh hieu)")
_ADDRESSED = re.compile(r"(?:doi voi|ca nhan|tap the|ho gia dinh|can bo|cong chuc|doanh nghiep|co quan|don vi|xa|phuong|to chuc|doan vien|hoi vien|nguoi)\b")
_FOR = re.compile(r"\b(?:cho|doi voi)\s+(?:cac |nhung |)\s*(?:tap the|ca nhan|don vi|ho gia dinh|can bo|doan vien|hoi vien|lop|hoc sinh)[^;]*")
_NOT_HERE = frozenset({"organisation", "dossier", "submission", "purpose", "programme", "review", "funding", "time"})


def read_criteria(source: Source) -> tuple[Criterion, ...]:
    """In reading order. A heading without merit words goes with its first item."""
    found = [item for block in source.blocks for item in _of_block(source, block)]
    # Where a plan has a part on standards, the words behind an award's name only repeat it.
    stated = sum("criteria" in b.roles and not b.roles & {"awards", "quotas", "subjects"} and not _REFER.search(b.folded) for b in source.blocks) > 1
    return tuple(item for item in found if not (stated and item.sureness < 0.8))


def _of_block(source: Source, block: Block) -> Iterator[Criterion]:
    roles = block.roles
    excluded = _EXCLUDES.match(block.folded)
    if excluded and "organisation" not in roles and not block.is_row:
        yield _criterion(source, block, block.body, len(block.normal))
        return
    if block.is_row or roles & _NOT_HERE or not roles & {"criteria", "awards", "quotas", "subjects"}:
        return
    body = _body(block)
    folded = block.normal.folded
    words = folded[body:]
    if not words.strip(" .:;*") or len(words) < 12:
        return
    if "criteria" in roles and not roles & {"awards", "quotas", "subjects"}:
        if not (_is_heading(block) and block.children):
            yield _criterion(source, block, block.body, len(folded))
        return
    if "criteria" in roles and "subjects" in roles and states_merit(block, body) and not (_is_heading(block) and block.children):
        yield _criterion(source, block, block.body, len(folded))
        return
    if "subjects" in roles and not roles & {"criteria"}:
        if re.match(r"thanh phan\b", block.folded) and re.search(r"tieu bieu|anh hung|chien si thi dua", words):
            yield _criterion(source, block, block.body, len(folded))
        return
    yield from _mixed(source, block, body)


def states_merit(block: Block, body: int) -> bool:
    """Whether a paragraph of a part on subjects and standards together asks for something."""
    words = block.normal.folded[body:]
    if re.match(r"(?:giay khen|bang khen)", block.folded):
        return len(words) > 60
    return block.rank >= 3 and re.search(r"\b(?:hoan thanh|dat|phai|khong|tieu bieu|xuat sac|co (?:thanh tich|sang kien|giai phap|dong gop|tong)|dan dau|duoc danh gia|xep loai|guong mau|it nhat)\b", words) is not None


def _is_heading(block: Block) -> bool:
    return block.head >= len(block.normal) or block.text.rstrip(" *").endswith(":")


def _body(block: Block) -> int:
    return block.head + 1 if block.head and block.head < len(block.normal) else block.body


def _mixed(source: Source, block: Block, body: int) -> Iterator[Criterion]:
    """Parts that speak of forms, numbers and standards together: only what tells merit is a criterion."""
    folded = block.normal.folded
    head = folded[block.body : block.head]
    if _is_heading(block) and block.children:
        return
    if re.match(r"(?:danh hieu|chien si|lao dong tien tien|tap the lao dong|bang khen|giay khen|co thi dua)\b", head) and "quotas" not in block.roles:
        rest = folded[body:]
        if re.search(r"\b(?:hoan thanh|dat|co|phai|la|dan dau)\b", rest) and not re.match(r"\s*(?:xet )?tang\b|\s*do\b|\s*khong qua|\s*\d", rest) and len(rest) > 30:
            yield _criterion(source, block, block.body, len(folded))
            return
    rest = folded[body:]
    if head and _ADDRESSED.match(head) and "quotas" not in block.roles and not re.search(r"\b(?:bang khen|giay khen|co thi dua)\b|\d+ (?:tap the|ca nhan)", rest) and _MERIT.search(rest):
        yield _criterion(source, block, block.body, len(folded))
        return
    if "tieu chuan" in head or "dieu kien" in head or "tieu chi" in head:
        yield _criterion(source, block, block.body, len(folded))
        return
    for start, end in sentences(block, semicolons=False):
        words = folded[start:end]
        offered = _FOR.search(words)
        if re.search(r"\bcan cu quy dinh\b|\bduoc (?:xet|de nghi|tang|khen)\b.{0,30}\bkhi\b", words) or (
            re.search(r"\bduoc (?:xet|tang|khen|bieu duong)", words) and re.search(r"\b(?:tro len|it nhat|vuot|tu nguyen|lien tuc|hoan thanh)\b", words)
        ):
            yield _criterion(source, block, start, end)
            continue
        if _OFFER_ONLY.search(words) or re.search(r"\b(?:xet chon|khong qua|toi da)\b[^.]{0,12}\d|\d+ (?:tap the|ca nhan)", words):
            if offered and _OFFER_ONLY.search(words[: offered.start()]) and re.search(r"thanh tich|tieu bieu|xuat sac|dan dau", offered.group()) and "quotas" not in block.roles:
                yield _criterion(source, block, start + offered.start(), end, sureness=0.7)
            continue
        if re.search(r"can cu|theo quy dinh|phai |khong (?:to chuc|de nghi|xet|duoc)|tieu chuan|uu tien|dieu kien|doi voi (?:ca nhan|tap the)", words) and "quotas" not in block.roles:
            yield _criterion(source, block, start, end)


def _criterion(source: Source, block: Block, start: int, end: int, *, sureness: float = 0.85) -> Criterion:
    quote, span = source.words(block.normal, start, end)
    folded = block.normal.folded[start:end]
    return Criterion(
        quote=quote, span=span, text=block.normal.text[start:end].strip(), applies_to=_applies_to(block),
        rating_years=rating_years(folded), min_excellent_years=excellent_years(folded), sureness=sureness,
    )  # fmt: skip


def _applies_to(block: Block) -> str | None:
    for candidate in (block, *block.ancestors()):
        folded = candidate.folded
        match = re.match(r"(?:doi voi|tieu chuan(?: khen thuong)?(?: doi voi)?)\s+", folded)
        if match or re.match(r"(?:tap the|ca nhan|ho gia dinh)\b", folded):
            end = candidate.head - candidate.body if candidate.head else min(80, len(candidate.text))
            return candidate.text[match.end() if match else 0 : end].strip(" .:*") or None
    return None


def rating_years(folded: str) -> tuple[int, int] | None:
    """First and last year of the annual ratings a folded clause asks for; None where it asks for none."""
    for rated in _RATED.finditer(folded):
        named = _YEARS_AFTER.match(folded, rated.end())
        if named:
            years_after = [int(year) for year in re.findall(r"20\d\d", named.group())]
            return min(years_after), max(years_after)
        years = _years_before(folded[: rated.end()].rsplit(";", 1)[-1])
        if years:
            return years
    return None


_YEARS_AFTER = re.compile(r"[^,;.]{0,30}?\b(?:tro len |trong |cac |ca )*(?:02 |hai )?nam 20\d\d(?:\s*(?:,|va|nam|-|den|\s)+\s*20\d\d)*")


def _years_before(clause: str) -> tuple[int, int] | None:
    match = _SPAN_YEARS.search(clause)
    if match and (match["a"] or match["c"]):
        return int(match["a"] or match["c"]), int(match["b"] or match["d"])
    for match in _LISTED_YEARS.finditer(clause):
        before_rating = clause[match.end() :]
        if "nhiem ky" in clause[max(0, match.start() - 12) : match.start()] or re.search(r"[;.]", before_rating):
            continue
        years = [int(y) for y in re.findall(r"20\d\d", match.group())]
        if re.search(r"vuot muc|chi tieu", before_rating):
            continue
        return min(years), max(years)
    return None


def excellent_years(folded: str) -> int | None:
    """The least number of years rated excellent that a folded clause asks for."""
    match = _EXCELLENT.search(folded)
    if match:
        return int(match["n"]) if match["n"].isdigit() else WORDS[match["n"]]
    if _ONE_EXCELLENT.search(folded):
        return 1
    every = re.search(r"20\d\d[^;.]{0,40}?hoan thanh xuat sac", folded)
    years = rating_years(folded) if every and "hoan thanh tot" not in folded[: every.end()] else None
    return years[1] - years[0] + 1 if years else None
