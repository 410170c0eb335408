"""Works and projects that a plan names, and the works each unit must register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Pledge, Project
from thidua.plans.facts.tables import Table, find_tables
from thidua.vietnamese.letters import LOWER, UPPER
from thidua.vietnamese.dates import DateWords, find_dates
from thidua.vietnamese.numbers import WORDS

Milestone = Literal["start", "finish"]
_START = re.compile(r"\b(?:khoi cong|khoi dong|bat dau)\b")
_FINISH = re.compile(r"\b(?:hoan thanh|khanh thanh|dong dien|thong xe|thong tuyen|dua vao (?:su dung|khai thac|van hanh)|ban giao|ve dich)\b")
_LIST_HEAD = re.compile(r"\b(?:cong trinh|du an|phan viec)\b")
_MUST = re.compile(r"\b(?:dang ky|giao uoc)\b")
_NEXT = re.compile(r"(?:dang ky|giao uoc)(?: va| voi [^,;.\d]{3,60}?)?(?: thuc hien| xay dung| hoan thanh| dam nhan)*\s*(?:it nhat |toi thieu |tu )?(?P<n>\d{1,3}|mot|hai|ba)(?: den \d+)?(?: \([a-z]+\))? (?P<of>(?!ngay|thang|nam|lan|gio|nguoi|ca nhan|tap the)[a-z]+(?: [a-z“”\"]+){1,6})")
_COUNT = re.compile(r"(?:it nhat|toi thieu|tu)?\s*\b(?P<n>\d{1,3}|mot|hai|ba)(?: \([a-z]+\))?\s+(?P<of>(?:cong trinh|du an|phan viec|mo hinh|viec lam|de tai|sang kien|chi tieu|hoat dong|san pham|tuyen duong|noi dung|giai phap|nhiem vu)[^,;.:()]{0,60})")
_OF = re.compile(r"dang ky\s+(?:thuc hien\s+)?(?:cac |nhung )?(?P<of>(?:cong trinh|du an|phan viec|chi tieu|noi dung thi dua|mo hinh|viec lam moi)[^,;.:()]{0,40})")


def read_projects(source: Source) -> tuple[Project, ...]:
    """Works by name: list items under a heading that says they start or finish, clauses that say so, rows of a table."""
    listed = [item for block in source.blocks for item in _project(source, block)]
    tabled = [item for table in find_tables(source) for item in _tabled(source, table)]
    return (*listed, *tabled)


def _tabled(source: Source, table: Table) -> Iterator[Project]:
    name, due = table.column(r"cong trinh|du an"), table.column(r"thoi (?:han|gian)|hoan thanh|tien do|moc thoi")
    if name is None or due is None or name == due:
        return
    for block, cells in table.rows:
        if len(cells) <= max(name, due):
            continue
        folded = block.normal.folded
        quote, span = source.words(block.normal)
        yield Project(
            quote=quote, span=span, name=block.normal.text[slice(*cells[name])].strip(),
            milestone=_milestone(folded) or "finish", by=_by(find_dates(folded[slice(*cells[due])]), source.year), sureness=0.8,
        )  # fmt: skip


def _clauses(source: Source, block: Block) -> Iterator[Project]:
    """ "Khởi công: A (quý I/2026); B (tháng 5/2026)" and "Hoàn thành cầu C trước ngày 30/6/2026"."""
    opening = re.match(r"(?:khoi cong|khanh thanh|hoan thanh|dong dien|thong xe|thong tuyen)\b[^:;.]{0,30}:?", block.folded)
    carried: Milestone | None = None
    for start, end in sentences(block):
        folded = block.normal.folded[start:end]
        if _MUST.search(folded):
            continue
        own = _milestone(folded)
        carried = own or carried
        dates = [d for d in find_dates(folded) if d.grain != "year" and (d.year or source.year)]
        if not (dates and carried and (opening or own)):
            continue
        quote, span = source.words(block.normal, start, end)
        name = re.sub(r"^(?:Khởi công|Khánh thành|Hoàn thành|Đóng điện|Thông xe|Thông tuyến)(?:, [a-z" + LOWER + r" ]+)?\s*:?\s*", "", quote.strip(" .;*-"))
        name = re.split(r"\s*(?:,? (?:trước|trong|vào|xong)\b|\(|: ?(?:khởi công|hoàn thành))", name, maxsplit=1)[0]
        yield Project(quote=quote, span=span, name=name.strip(" ,;."), milestone=own or carried, by=_by(dates, source.year), sureness=0.75)


def _project(source: Source, block: Block) -> Iterator[Project]:
    if block.children or block.is_row or "organisation" in block.roles or block.text.rstrip().endswith(":"):
        return
    if "projects" in block.roles and re.search(r"khoi cong|hoan thanh|khanh thanh|dong dien|thong xe|thong tuyen", block.folded) and find_dates(block.folded):
        yield from _clauses(source, block)
        return
    if block.rank < 6:
        return
    head = next((a for a in block.ancestors() if _LIST_HEAD.search(a.folded) and _milestone(a.folded)), None)
    if head is None or head is not block.parent and block.parent is not None and block.parent.rank >= 6 and not _lists(block.parent):
        head = head if head is not None and head is block.parent else None
    if head is None or not _lists(head) or _MUST.search(block.folded):
        return
    own = _milestone(block.folded[:40]) if not _milestone(head.folded) else None
    dates = [d for d in find_dates(block.folded) if d.year] or [d for d in find_dates(head.folded) if d.year]
    quote, span = source.words(block.normal, block.body, len(block.normal))
    yield Project(quote=quote, span=span, name=block.text.strip(" .;*"), milestone=own or _milestone(head.folded), by=_by(dates, source.year), sureness=0.85)


def _lists(head: Block) -> bool:
    text = head.text.rstrip(" *.")
    return head.rank >= 3 and len(text) < 220 and (text.endswith((":", ")")) or head.head >= len(head.normal) or len(text) < 120)


def _milestone(folded: str) -> Milestone | None:
    if _START.search(folded):
        return "start"
    return "finish" if _FINISH.search(folded) else None


def _by(dates: list[DateWords], year: int | None) -> str | None:
    if not dates:
        return None
    date = dates[-1]
    first, last = date.within(year)
    if last is None:
        return None
    if date.grain == "day":
        return last.isoformat()
    return f"{last.year:04d}-{last.month:02d}" if date.grain == "month" else last.isoformat() if date.grain == "quarter" else f"{last.year:04d}"


def read_pledges(source: Source) -> tuple[Pledge, ...]:
    """Clauses that tell a unit to register works, with the least number where one is given."""
    return tuple(item for block in source.blocks for item in _pledge(source, block))


def _pledge(source: Source, block: Block) -> Iterator[Pledge]:
    if block.roles & {"criteria", "awards", "quotas", "dossier", "programme"} or block.head >= len(block.normal):
        return
    for start, end in sentences(block):
        words = block.normal.folded[start:end]
        found = [(must, count) for must in _MUST.finditer(words) if (count := _NEXT.match(words, must.start()) or _COUNT.search(words, must.end()))]
        begin = start
        for i, (must, count) in enumerate(found):
            if any(other.start("n") == count.start("n") for _, other in found[:i]):
                continue
            last = end if i + 1 == len(found) else start + count.end()
            quote, span = source.words(block.normal, begin, last)
            n = count["n"]
            of = block.normal.text[start + count.start("of") : start + count.end("of")].strip()
            yield Pledge(quote=quote, span=span, who=_who(block, begin, start + must.start() - begin), min=int(n) if n.isdigit() else WORDS[n], of=of, sureness=0.8)
            begin = last


def _who(block: Block, start: int, at: int) -> str:
    words = block.normal.text[start : start + at]
    words = re.sub(r"^(?:[Đđ]ối với\s+)?(?:cấp \w+:\s*)?|\s+(?:lựa chọn|phải|cần|chủ động|tổ chức|xây dựng|tiến hành)\s*.*$", "", words).strip(" ,:;-*")
    if words:
        return words
    for candidate in block.ancestors():
        if candidate.text:
            return candidate.text[:100].strip(" .:*")
    return "Các đơn vị"
