"""Criteria of awards: one item a paragraph of the parts on standards, with the annual ratings it asks for.

Patterns run on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.headings import body_start, heads_list
from thidua.plans.facts.patterns import AWARDS, any_of, words_of
from thidua.plans.facts.quantities import parse_count
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Criterion

# Merit: what a paragraph must say to be a standard and not an offer, a number or a list's heading.
_MERIT = re.compile(
    r"\b"
    + any_of(
        "thanh tich|dat |phai |co |la |khong |duoc danh gia",
        "hoan thanh|guong mau|chap hanh|tieu bieu|xuat sac|dan dau",
    )
)
_ASKS_SOMETHING = re.compile(
    words_of(
        "hoan thanh|dat|phai|khong|tieu bieu|xuat sac",
        "co (?:thanh tich|sang kien|giai phap|dong gop|tong)",
        "dan dau|duoc danh gia|xep loai|guong mau|it nhat",
    )
)
_ASKS_BEHIND_AWARD = re.compile(r"\b(?:hoan thanh|dat|co|phai|la|dan dau)\b")
_OFFERS_BEHIND_AWARD = re.compile(r"\s*(?:xet )?tang\b|\s*do\b|\s*khong qua|\s*\d")
_EXEMPLARY = re.compile(r"tieu bieu|anh hung|chien si thi dua")
_EARNED = re.compile(r"thanh tich|tieu bieu|xuat sac|dan dau")

# What a paragraph or its heading opens with.
_EXCLUDES = re.compile(
    r"(?:luu y\s*:\s*)?(?:khong|chua) (?:xet|de nghi|khen thuong|binh xet)\b"
    r"[^.]{0,80}\b(?:khen|thi dua|danh hieu)"
)
_ADDRESSED = re.compile(
    any_of(
        "doi voi|ca nhan|tap the|ho gia dinh|can bo|cong chuc|doan vien|hoi vien|nguoi",
        "doanh nghiep|co quan|don vi|xa|phuong|to chuc",
    )
    + r"\b"
)
_AWARD_OPENS = re.compile(any_of("danh hieu|chien si|lao dong tien tien|tap the lao dong", AWARDS) + r"\b")
_PAPER_OPENS = re.compile(r"giay khen|bang khen")
_STANDARD = re.compile(r"tieu chuan|dieu kien|tieu chi")
_PEOPLE = re.compile(r"(?:tap the|ca nhan|ho gia dinh)\b")
_FOR_WHOM = re.compile(r"(?:doi voi|tieu chuan(?: khen thuong)?(?: doi voi)?)\s+")
_TAKES_PART = re.compile(r"thanh phan\b")

# Clauses that mix forms, numbers and standards.
_GRANTED_WHEN = re.compile(r"\bcan cu quy dinh\b|\bduoc (?:xet|de nghi|tang|khen)\b.{0,30}\bkhi\b")
_GRANTED = re.compile(r"\bduoc (?:xet|tang|khen|bieu duong)")
_THRESHOLD = re.compile(r"\b(?:tro len|it nhat|vuot|tu nguyen|lien tuc|hoan thanh)\b")
_OFFER = re.compile(r"\b(?:tang|hinh thuc|bang khen|giay khen|co thi dua)\b")
_PAPER_OR_NUMBER = re.compile(rf"\b(?:{AWARDS})\b|\d+ (?:tap the|ca nhan)")
_NUMBER = re.compile(r"\b(?:xet chon|khong qua|toi da)\b[^.]{0,12}\d|\d+ (?:tap the|ca nhan)")
_RULE = re.compile(
    any_of(
        r"can cu|theo quy dinh|phai |khong (?:to chuc|de nghi|xet|duoc)",
        r"tieu chuan|uu tien|dieu kien|doi voi (?:ca nhan|tap the)",
    )
)
_OFFERED_TO = re.compile(
    r"\b(?:cho|doi voi)\s+(?:cac |nhung |)\s*"
    + any_of(
        "tap the|ca nhan|don vi|ho gia dinh",
        "can bo|doan vien|hoi vien|lop|hoc sinh",
    )
    + r"[^;]*"
)
_REFERS = re.compile(
    r"thuc hien theo|theo (?:huong dan|quy dinh)|huong dan (?:tieu chuan|cu the)|giao [^.]{0,60} huong dan"
)

# Annual ratings and their years.
_RATED = re.compile(
    any_of(
        r"hoan thanh (?:tot|xuat sac) nhiem vu|xep loai|htxsnv|htt?nv",
        r"dat (?:danh hieu )?gia dinh van hoa",
    )
)
_YEARS_SPAN = re.compile(
    r"(?:tu nam |giai doan |nam )?(?P<first>20\d\d)\s*(?:-|den(?: het)?(?: nam)?)\s*(?:nam )?(?P<last>20\d\d)"
    r"|(?P<first_bare>20\d\d) (?P<last_bare>20\d\d)"
)
_YEARS_LISTED = re.compile(
    r"nam (?:lien tuc|lien tiep|lien ke|lien)?\s*\(?(?:nam\s*)?20\d\d(?:\s*(?:,|va|;|nam)\s*20\d\d)+"
    r"|(?:\bnam|\bcac nam) 20\d\d(?:\s*(?:,|va|;|nam|\s)+\s*20\d\d)*"
)
_YEARS_AFTER = re.compile(
    r"[^,;.]{0,30}?\b(?:tro len |trong |cac |ca )*(?:02 |hai )?"
    r"nam 20\d\d(?:\s*(?:,|va|nam|-|den|\s)+\s*20\d\d)*"
)
_YEAR = re.compile(r"20\d\d")
_ENDS_CLAUSE_OR_MEASURES = re.compile(r"[;.]|vuot muc|chi tieu")
_EXCELLENT_YEARS = re.compile(
    r"(?:it nhat|toi thieu|co|tu|du)\s*(?:la )?(?P<n>\d{1,2}|mot|hai|ba|bon|nam)(?: \([a-z]+\))? nam(?: tro len)?"
    r"[^,;.]{0,60}?(?:hoan thanh xuat sac|xuat sac|htxsnv)"
)
_ONE_EXCELLENT_YEAR = re.compile(r"trong do (?:co )?nam 20\d\d[^,;.]{0,40}xuat sac")
_EVERY_YEAR_EXCELLENT = re.compile(r"20\d\d[^;.]{0,40}?hoan thanh xuat sac")

_OTHER_PARTS = frozenset({"awards", "quotas", "subjects"})
_NOT_HERE = frozenset({"organisation", "dossier", "submission", "purpose", "programme", "review", "funding", "time"})
# Words behind an award's name are less sure than a part on standards.
_SURE = 0.85
_BESIDE_AWARD = 0.7


def read_criteria(source: Source) -> tuple[Criterion, ...]:
    """In reading order. A heading without merit words goes with its first item."""
    found = [item for block in source.blocks for item in _of_block(source, block)]
    # Where a plan has a part on standards, the words behind an award's name only repeat it.
    if sum(_states_standards(block) for block in source.blocks) > 1:
        found = [item for item in found if item.sureness > _BESIDE_AWARD]
    return tuple(found)


def _states_standards(block: Block) -> bool:
    if "criteria" not in block.roles or block.roles & _OTHER_PARTS:
        return False
    return _REFERS.search(block.folded) is None


def _of_block(source: Source, block: Block) -> Iterator[Criterion]:
    """A part on standards alone is taken whole; where a part speaks of several things, only what tells merit."""
    if _is_exclusion(block):
        yield _whole(source, block)
    elif not _may_state(block):
        return
    elif "subjects" in block.roles and "criteria" not in block.roles:
        if _describes_people(block):
            yield _whole(source, block)
    elif not heads_list(block):
        if _is_standard(block):
            yield _whole(source, block)
        else:
            for start, end in sentences(block, semicolons=False):
                yield from _of_clause(source, block, start, end)


def _is_exclusion(block: Block) -> bool:
    """ "Không xét khen thưởng đối với …", wherever it stands."""
    return not block.is_row and "organisation" not in block.roles and _EXCLUDES.match(block.folded) is not None


def _may_state(block: Block) -> bool:
    if block.is_row or block.roles & _NOT_HERE or not block.roles & (_OTHER_PARTS | {"criteria"}):
        return False
    words = block.normal.folded[body_start(block) :]
    return len(words) >= 12 and words.strip(" .:;*") != ""


def _describes_people(block: Block) -> bool:
    """ "Thành phần: … tiêu biểu" in a part on who takes part."""
    if not _TAKES_PART.match(block.folded):
        return False
    return _EXEMPLARY.search(block.normal.folded, body_start(block)) is not None


def states_merit(block: Block) -> bool:
    """Whether a paragraph of a part on subjects and standards together asks for something."""
    words = block.normal.folded[body_start(block) :]
    if _PAPER_OPENS.match(block.folded):
        return len(words) > 60
    return block.rank >= 3 and _ASKS_SOMETHING.search(words) is not None


def _is_standard(block: Block) -> bool:
    """A part on standards alone, or a run-in heading (an award, people, "Tiêu chuẩn") with what it asks for."""
    if not block.roles & _OTHER_PARTS or ({"criteria", "subjects"} <= block.roles and states_merit(block)):
        return True
    head = block.normal.folded[block.body : block.head]
    if _STANDARD.search(head):
        return True
    rest = block.normal.folded[body_start(block) :]
    return "quotas" not in block.roles and (_is_award_with_merit(head, rest) or _is_people_with_merit(head, rest))


def _is_award_with_merit(head: str, rest: str) -> bool:
    if not _AWARD_OPENS.match(head) or _OFFERS_BEHIND_AWARD.match(rest):
        return False
    return len(rest) > 30 and _ASKS_BEHIND_AWARD.search(rest) is not None


def _is_people_with_merit(head: str, rest: str) -> bool:
    if not _ADDRESSED.match(head) or _PAPER_OR_NUMBER.search(rest):
        return False
    return _MERIT.search(rest) is not None


def _of_clause(source: Source, block: Block, start: int, end: int) -> Iterator[Criterion]:
    words = block.normal.folded[start:end]
    if _GRANTED_WHEN.search(words) or (_GRANTED.search(words) and _THRESHOLD.search(words)):
        yield _criterion(source, block, start, end)
    elif "quotas" in block.roles:
        return
    elif _OFFER.search(words) or _NUMBER.search(words):
        people = _OFFERED_TO.search(words)
        if people and _OFFER.search(words[: people.start()]) and _EARNED.search(people.group()):
            yield _criterion(source, block, start + people.start(), end, sureness=_BESIDE_AWARD)
    elif _RULE.search(words):
        yield _criterion(source, block, start, end)


def _whole(source: Source, block: Block) -> Criterion:
    return _criterion(source, block, block.body, len(block.normal))


def _criterion(source: Source, block: Block, start: int, end: int, *, sureness: float = _SURE) -> Criterion:
    quote, span = source.words(block.normal, start, end)
    folded = block.normal.folded[start:end]
    return Criterion(
        quote=quote,
        span=span,
        text=block.normal.text[start:end].strip(),
        applies_to=_applies_to(block),
        rating_years=rating_years(folded),
        min_excellent_years=excellent_years(folded),
        sureness=sureness,
    )


def _applies_to(block: Block) -> str | None:
    """Whom the paragraph's opening or a heading above names."""
    for candidate in (block, *block.ancestors()):
        addressed = _FOR_WHOM.match(candidate.folded)
        if addressed or _PEOPLE.match(candidate.folded):
            begin = addressed.end() if addressed else 0
            end = candidate.head - candidate.body if candidate.head else 80
            return candidate.text[begin:end].strip(" .:*") or None
    return None


def rating_years(folded: str) -> tuple[int, int] | None:
    """First and last year of the annual ratings a folded clause asks for; None where it asks for none."""
    for rated in _RATED.finditer(folded):
        named = _YEARS_AFTER.match(folded, rated.end())
        years = _first_and_last(named.group()) if named else _years_before(folded[: rated.end()].rsplit(";", 1)[-1])
        if years:
            return years
    return None


def _years_before(clause: str) -> tuple[int, int] | None:
    """Years in a clause that ends with the rating."""
    span = _YEARS_SPAN.search(clause)
    if span:
        return int(span["first"] or span["first_bare"]), int(span["last"] or span["last_bare"])
    for listed in _YEARS_LISTED.finditer(clause):
        in_term = "nhiem ky" in clause[max(0, listed.start() - 12) : listed.start()]
        if not in_term and not _ENDS_CLAUSE_OR_MEASURES.search(clause, listed.end()):
            return _first_and_last(listed.group())
    return None


def _first_and_last(words: str) -> tuple[int, int]:
    years = [int(year) for year in _YEAR.findall(words)]
    return min(years), max(years)


def excellent_years(folded: str) -> int | None:
    """The least number of years rated excellent that a folded clause asks for."""
    counted = _EXCELLENT_YEARS.search(folded)
    if counted:
        return parse_count(counted["n"])
    if _ONE_EXCELLENT_YEAR.search(folded):
        return 1
    every = _EVERY_YEAR_EXCELLENT.search(folded)
    years = rating_years(folded) if every and "hoan thanh tot" not in folded[: every.end()] else None
    return years[1] - years[0] + 1 if years else None
