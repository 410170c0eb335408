"""Days that the plan postpones ("có kế hoạch cụ thể sau"), leaves blank ("ngày … tháng 6") or gives in weeks of school.

Patterns run on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from thidua.plans.facts.clauses import cut_between, sentences
from thidua.plans.facts.due_dates import ACT
from thidua.plans.facts.headings import is_heading
from thidua.plans.facts.patterns import any_of, words_of
from thidua.plans.facts.source import Source
from thidua.plans.facts.tables import Table, find_tables
from thidua.plans.facts.tasks import dated_rows
from thidua.plans.outline import Block
from thidua.plans.reading import OpenDay
from thidua.vietnamese.dates import find_dates

# A plan of its own, an announcement that is still to come.
_PAPER = "(?:ke hoach|huong dan|van ban|thong bao|cong van|lich|chuong trinh|giay moi)"
_ENDS = r"(?=\s*(?:[().;,]|$))"
_LATER = re.compile(
    any_of(
        rf"\b(?<!da )co {_PAPER}(?: [a-z]+){{0,4}}? sau\b(?! (?:day|khi)\b)",
        rf"\bse co {_PAPER}(?: [a-z]+){{0,4}}? (?:cu the|rieng|chi tiet)\b",
        rf"\b(?<!da )(?:co|theo|bang) {_PAPER}(?: [a-z]+){{0,2}}? rieng{_ENDS}",
        r"\b(?:se )?(?:duoc )?(?:thong bao|xac dinh|an dinh)(?: (?:cu the|chinh thuc|bang van ban))* sau\b(?! khi)",
        r"\bse (?:duoc |co )?thong bao (?:cu the|rieng)\b",
        r"\bchua (?:xac dinh|an dinh|co)(?: duoc)? (?:thoi gian|thoi diem|ngay|lich)\b",
    )
)
_TIME = re.compile(words_of("thoi gian|thoi diem|thoi han|lich", "ngay(?! cang)"))
_HELD = re.compile(
    words_of(
        "hoi (?:thi|thao|nghi|trai|dien)|cuoc thi|giai|tap huan|toa dam|gap mat|tuyen duong|tham quan|giao luu|dot"
    )
)
# What a later paper may settle besides a day.
_OTHER = any_of(
    "tieu chuan|tieu chi|so luong|dieu kien|kinh phi|muc (?:thuong|chi)|mau|bieu mau|thang diem|cach (?:cham|tinh)",
    "the le|noi dung|ho so|thu tuc|co cau|thanh phan|hinh thuc|ky niem chuong|danh hieu|doi tuong|quy che",
)
_OF_OTHER = re.compile(rf"\W*(?:ve |cac |viec |rieng )?{_OTHER}\b|.*\b{_OTHER}\b[^,;()]{{0,25}}$", re.DOTALL)
_EXPECTED = re.compile(r"\bdu kien\s*:?\s*(?P<when>[^,;.()]{3,60})")
_JOINS = re.compile(
    r"(?:[\s(\[:,;–-]|\b(?:thoi gian|thoi diem|ngay|lich)(?: to chuc)?(?: cu the)?|\bse|\bdu kien[^()]*)+$"
)

# A day that is still to be filled in; a wide gap reads as the bar between two columns.
_GAP = r"[.…_|]+"
_NUMBER = rf"(?:{_GAP}|\d{{1,2}})"
_YEAR = rf"(?:,? ?nam ?(?:{_GAP}|20\d\d))?"
_FIRM = "(?:truoc|cham nhat|den|vao|han|het|xong|tu)"
_BLANK = re.compile(
    any_of(
        rf"\b(?:{_FIRM} )?ngay ?{_GAP} ?thang ?{_NUMBER}{_YEAR}",
        rf"\b{_FIRM} ngay thang (?:\d{{1,2}}{_YEAR}|nam 20\d\d)",
        rf"(?:\bngay ?)?{_GAP} ?/ ?{_NUMBER} ?/ ?20\d\d",
        rf"\bngay ?(?:{_GAP})? ?/ ?{_NUMBER}(?: ?/ ?20\d\d|(?! ?[/\d]))",
        rf"\b{_FIRM} ngay ?(?:…+|[.…_]{{3,}})(?! ?(?:thang|/))",
        rf"\b(?:thang|quy) ?{_GAP} ?(?:/|nam) ?20\d\d",
    )
)
_LEADS = re.compile(rf"{_FIRM} ")
_OF_PAPER = re.compile(
    r"(?:[-/][a-z]{2,}[\w/-]*|\bso ?[\d.…_|]*(?:/[\w/-]+)?|quyet dinh|ke hoach|cong van|to trinh|nghi quyet|chi thi"
    r"|bien ban|\bsinh)\s*(?:ban hanh )?,?:?\s*$"
)
_PLACE = re.compile(r"\W*(?:(?:[^\W\d]+ ){0,4}[^\W\d]+\s*,)?\W*")

# Weeks of a school year; "2 tuần một lần", "tuần 02 buổi" and "tuần 1 tháng 9" are none.
_WEEK_NAME = r"tuan(?: le)?(?: hoc| thuc hoc| chuyen mon)?(?: thu)?"
_WEEK = re.compile(
    rf"(?<!moi )(?<!hang )(?<!\d )(?<!mot )\b{_WEEK_NAME} ?\d{{1,2}}\b(?:[^.;,()\d]{{0,12}}"
    rf"(?:den|toi|-)(?: het)?(?: cuoi)? ?(?:{_WEEK_NAME})? ?\d{{1,2}}\b)?"
    r"(?! ?(?:lan|buoi|tiet|gio|ngay|bai|tin|luot|diem|san pham|hoat dong|chuyen|nguoi|hoc sinh"
    r"|(?:cua |trong )?thang|[/%]))"
)

_NOT_HERE = frozenset({"purpose", "theme", "slogan", "basis", "funding"})
_RULES = frozenset({"criteria", "awards", "quotas", "dossier", "subjects", "targets"})
_LONGEST = 160
Reason = Literal["postponed", "blank", "week"]


class _Gap(Struct, frozen=True):
    """Words at [start, end) of a clause that leave a day open; `what` ends where they begin to say so."""

    start: int
    end: int
    reason: Reason
    hint: str | None


def read_open_days(source: Source) -> tuple[OpenDay, ...]:
    """In reading order, those of tables last. The document's own day is the header's matter."""
    listed = [item for block in source.blocks if not block.roles & _NOT_HERE for item in _of_block(source, block)]
    return (*listed, *(item for table in find_tables(source) for item in _of_table(source, table)))


def _of_block(source: Source, block: Block) -> Iterator[OpenDay]:
    for start, end in sentences(block):
        words, text = block.normal.folded[start:end], block.normal.text[start:end]
        gaps = _gaps(block, words, text)
        cuts = [start + cut_between(text, one.end, other.start) for one, other in pairwise(gaps)]
        for gap, first, last in zip(gaps, [start, *cuts], [*cuts, end], strict=False):
            quote, span = source.words(block.normal, first, last)
            what = _what(block, first, last, start + gap.start, gap.reason)
            yield OpenDay(quote=quote, span=span, what=what, reason=gap.reason, hint=gap.hint, sureness=0.8)


def _gaps(block: Block, words: str, text: str) -> list[_Gap]:
    """A clause that is postponed leaves one day open; else every blank and every week does."""
    if block.is_row and "|" in _BLANK.sub("", block.folded):
        return []
    return _postponed(block, words, text) or sorted([*_blanks(block, words, text), *_weeks(words, text)], key=_begin)


def _begin(gap: _Gap) -> int:
    return gap.start


def _postponed(block: Block, words: str, text: str) -> list[_Gap]:
    match = _LATER.search(words)
    if match is None or not _is_dated(block, words, match.start()):
        return []
    return [_Gap(match.start(), match.end(), "postponed", _expected(words, text))]


def _is_dated(block: Block, words: str, mark: int) -> bool:
    """Whether a day is put off, and not a standard, a sum or a form."""
    if _TIME.search(words):
        return True
    if block.roles & _RULES or _OF_OTHER.match(words[:mark]):
        return False
    return bool(ACT.search(words[:mark]) or _HELD.search(words[:mark]) or "time" in block.roles)


def _expected(words: str, text: str) -> str | None:
    """ "dự kiến quý III năm 2025", or the month that the clause names."""
    expected = _EXPECTED.search(words)
    if expected:
        return text[slice(*expected.span("when"))].strip()
    about = [date for date in find_dates(words) if date.grain in {"month", "quarter", "half"}]
    return text[about[0].start : about[0].end] if about else None


def _blanks(block: Block, words: str, text: str) -> Iterator[_Gap]:
    for match in _BLANK.finditer(words):
        lead = _LEADS.match(match.group())
        start = match.start() + (lead.end() if lead else 0)
        if _OF_PAPER.search(words[:start]) or not _is_due(block, words, start, match.end()):
            continue
        yield _Gap(start, match.end(), "blank", " ".join(text[start : match.end()].replace("|", " ").split()))


def _is_due(block: Block, words: str, start: int, end: int) -> bool:
    """Not the place and date over a signature, nor a line of a form."""
    if not block.kind and _PLACE.fullmatch(words[:start]) and not words[end:].strip(" .;"):
        return False
    rest = words[:start] + words[end:]
    return bool(ACT.search(rest) or _HELD.search(rest) or _TIME.search(words[:start]))


def _weeks(words: str, text: str) -> Iterator[_Gap]:
    days = [date.start for date in find_dates(words) if date.grain == "day"]
    for match in _WEEK.finditer(words):
        is_told = any(match.start() <= day <= match.end() + 15 for day in days)
        if not is_told and (ACT.search(words) or _HELD.search(words) or _TIME.search(words) or match.start() < 12):
            yield _Gap(match.start(), match.end(), "week", text[slice(*match.span())])


def _what(block: Block, start: int, end: int, mark: int, reason: Reason) -> str:
    """The clause without the words that put it off; where these are all it says, the heading above."""
    text, folded = block.normal.text, block.normal.folded
    if reason == "postponed":
        named = folded[start:mark]
        joined = _JOINS.search(named)
        words = text[start : start + joined.start()] if joined else text[start:mark]
        heading = next((head for head in block.ancestors() if is_heading(head)), None)
        if len(words.strip(" .:;-–(")) < 4:
            words = heading.text if heading else text[start:end]
    else:
        words = text[start:end]
    words = " ".join(words.replace("|", " ").split()).strip(" .,;:*-–/(")
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _of_table(source: Source, table: Table) -> Iterator[OpenDay]:
    """Rows of a table of work whose column of time holds no day."""
    for block, cells, columns, due in dated_rows(table):
        work = cells[columns.work]
        gap = _gap_of_cell(block.normal.folded[slice(*due)], block.normal.text[slice(*due)])
        if gap:
            quote, span = source.words(block.normal, work[0], len(block.normal))
            what = block.normal.text[slice(*work)].strip()
            yield OpenDay(quote=quote, span=span, what=what, reason=gap.reason, hint=gap.hint, sureness=0.8)


def _gap_of_cell(words: str, text: str) -> _Gap | None:
    for reason, pattern in _REASONS:
        match = pattern.search(words)
        if match:
            hint = _expected(words, text) if reason == "postponed" else text[slice(*match.span())].strip()
            return _Gap(match.start(), match.end(), reason, hint)
    return None


_REASONS: tuple[tuple[Reason, re.Pattern[str]], ...] = (("postponed", _LATER), ("blank", _BLANK), ("week", _WEEK))
