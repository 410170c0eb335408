"""Works and projects that a plan names, and the works each unit must register.

Patterns run on folded text, unless a comment says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.headings import is_heading
from thidua.plans.facts.patterns import any_of, words_of
from thidua.plans.facts.quantities import parse_count
from thidua.plans.facts.source import Source
from thidua.plans.facts.tables import Table, find_tables
from thidua.plans.outline import Block
from thidua.plans.reading import Pledge, Project
from thidua.vietnamese.dates import DateWords, find_dates
from thidua.vietnamese.letters import LOWER

Milestone = Literal["start", "finish"]
_START = re.compile(r"\b(?:khoi cong|khoi dong|bat dau)\b")
_FINISH = re.compile(
    words_of(
        "hoan thanh|khanh thanh|dong dien|thong xe|thong tuyen",
        "dua vao (?:su dung|khai thac|van hanh)|ban giao|ve dich",
    )
)
_MILESTONE_WORDS = "khoi cong|khanh thanh|hoan thanh|dong dien|thong xe|thong tuyen"
_TELLS_MILESTONE = re.compile(_MILESTONE_WORDS)
_OPENS_WITH_MILESTONE = re.compile(rf"(?:{_MILESTONE_WORDS})\b[^:;.]{{0,30}}:?")
_WORKS = re.compile(r"\b(?:cong trinh|du an|phan viec)\b")
_REGISTER = re.compile(r"\b(?:dang ky|giao uoc)\b")

_N = r"(?P<n>\d{1,3}|mot|hai|ba)"
_REGISTERED_NEXT = re.compile(
    r"(?:dang ky|giao uoc)(?: va| voi [^,;.\d]{3,60}?)?(?: thuc hien| xay dung| hoan thanh| dam nhan)*\s*"
    rf"(?:it nhat |toi thieu |tu )?{_N}(?: den \d+)?(?: \([a-z]+\))? "
    r"(?P<of>(?!ngay|thang|nam|lan|gio|nguoi|ca nhan|tap the)[a-z]+(?: [a-z“”\"]+){1,6})"
)
_REGISTERED_LATER = re.compile(
    rf"(?:it nhat|toi thieu|tu)?\s*\b{_N}(?: \([a-z]+\))?\s+(?P<of>"
    + any_of(
        "cong trinh|du an|phan viec|mo hinh|viec lam|de tai|sang kien|chi tieu|hoat dong",
        "san pham|tuyen duong|noi dung|giai phap|nhiem vu",
    )
    + r"[^,;.:()]{0,60})"
)
_NOT_PLEDGED_HERE = frozenset({"criteria", "awards", "quotas", "dossier", "programme"})

# On the plan's own words, with their marks.
_MILESTONE_BEFORE_NAME = re.compile(
    r"^(?:Khởi công|Khánh thành|Hoàn thành|Đóng điện|Thông xe|Thông tuyến)(?:, [a-z" + LOWER + r" ]+)?\s*:?\s*"
)
_AFTER_NAME = re.compile(r"\s*(?:,? (?:trước|trong|vào|xong)\b|\(|: ?(?:khởi công|hoàn thành))")
_AROUND_UNIT = re.compile(
    r"^(?:[Đđ]ối với\s+)?(?:cấp \w+:\s*)?"
    r"|\s+(?:lựa chọn|phải|cần|chủ động|tổ chức|xây dựng|tiến hành)\s*.*$"
)


def read_projects(source: Source) -> tuple[Project, ...]:
    """Works by name: list items under a heading that they start or finish, clauses that say so, rows of a table."""
    listed = [item for block in source.blocks for item in _projects(source, block)]
    tabled = [item for table in find_tables(source) for item in _of_table(source, table)]
    return (*listed, *tabled)


def _projects(source: Source, block: Block) -> Iterator[Project]:
    if block.children or block.is_row or "organisation" in block.roles or block.text.rstrip().endswith(":"):
        return
    told = "projects" in block.roles and _TELLS_MILESTONE.search(block.folded)
    if told and find_dates(block.folded):
        yield from _of_clauses(source, block)
        return
    head = _list_head(block)
    if head and not _REGISTER.search(block.folded):
        dates = _with_year(block) or _with_year(head)
        quote, span = source.words(block.normal, block.body, len(block.normal))
        yield Project(
            quote=quote,
            span=span,
            name=block.text.strip(" .;*"),
            milestone=_milestone(head.folded),
            by=_by(dates, source.year),
            sureness=0.85,
        )


def _list_head(block: Block) -> Block | None:
    """The heading that tells of a list item that it is a work, and whether it starts or finishes."""
    if block.rank < 6 or block.parent is None:
        return None
    head = next((a for a in block.ancestors() if _WORKS.search(a.folded) and _milestone(a.folded)), None)
    if head is None or not _heads_works(head):
        return None
    # A list item between the two must head a list itself.
    between = head is not block.parent and block.parent.rank >= 6
    return None if between and not _heads_works(block.parent) else head


def _heads_works(head: Block) -> bool:
    text = head.text.rstrip(" *.")
    if head.rank < 3 or len(text) >= 220:
        return False
    return text.endswith((":", ")")) or is_heading(head) or len(text) < 120


def _with_year(block: Block) -> list[DateWords]:
    return [date for date in find_dates(block.folded) if date.year]


def _of_clauses(source: Source, block: Block) -> Iterator[Project]:
    """ "Khởi công: A (quý I/2026); B (tháng 5/2026)" and "Hoàn thành cầu C trước ngày 30/6/2026"."""
    opening = _OPENS_WITH_MILESTONE.match(block.folded)
    milestone: Milestone | None = None
    for start, end in sentences(block):
        folded = block.normal.folded[start:end]
        if _REGISTER.search(folded):
            continue
        own = _milestone(folded)
        milestone = own or milestone
        dates = [date for date in find_dates(folded) if date.grain != "year" and (date.year or source.year)]
        if dates and milestone and (opening or own):
            quote, span = source.words(block.normal, start, end)
            by = _by(dates, source.year)
            yield Project(quote=quote, span=span, name=_name(quote), milestone=milestone, by=by, sureness=0.75)


def _name(clause: str) -> str:
    words = _MILESTONE_BEFORE_NAME.sub("", clause.strip(" .;*-"))
    return _AFTER_NAME.split(words, maxsplit=1)[0].strip(" ,;.")


def _of_table(source: Source, table: Table) -> Iterator[Project]:
    """Columns that name a work and its time."""
    name, due = table.column(r"cong trinh|du an"), table.column(r"thoi (?:han|gian)|hoan thanh|tien do|moc thoi")
    if name is None or due is None or name == due:
        return
    for block, cells in table.rows:
        if len(cells) <= max(name, due):
            continue
        folded = block.normal.folded
        quote, span = source.words(block.normal)
        yield Project(
            quote=quote,
            span=span,
            name=block.normal.text[slice(*cells[name])].strip(),
            milestone=_milestone(folded) or "finish",
            by=_by(find_dates(folded[slice(*cells[due])]), source.year),
            sureness=0.8,
        )


def _milestone(folded: str) -> Milestone | None:
    if _START.search(folded):
        return "start"
    return "finish" if _FINISH.search(folded) else None


def _by(dates: list[DateWords], year: int | None) -> str | None:
    """The last of the dates, as exact as the words: a day (a quarter's last day), a month, or a year."""
    last = dates[-1].within(year)[1] if dates else None
    if last is None:
        return None
    shapes = {"day": "%Y-%m-%d", "quarter": "%Y-%m-%d", "month": "%Y-%m"}
    return last.strftime(shapes.get(dates[-1].grain, "%Y"))


def read_pledges(source: Source) -> tuple[Pledge, ...]:
    """Clauses that tell a unit to register works, with the least number where one is given."""
    return tuple(item for block in source.blocks for item in _pledges(source, block))


def _pledges(source: Source, block: Block) -> Iterator[Pledge]:
    if block.roles & _NOT_PLEDGED_HERE or is_heading(block):
        return
    for start, end in sentences(block):
        begin = start
        found = _registered(block.normal.folded[start:end])
        for i, (register, count) in enumerate(found):
            last = end if i + 1 == len(found) else start + count.end()
            quote, span = source.words(block.normal, begin, last)
            yield Pledge(
                quote=quote,
                span=span,
                who=_who(block, begin, start + register.start()),
                min=parse_count(count["n"]),
                of=block.normal.text[start + count.start("of") : start + count.end("of")].strip(),
                sureness=0.8,
            )
            begin = last


def _registered(words: str) -> list[tuple[re.Match[str], re.Match[str]]]:
    """Every "đăng ký" with the first count behind it, where one stands before the next "đăng ký"."""
    registers = list(_REGISTER.finditer(words))
    ends = [register.start() for register in registers[1:]] + [len(words)]
    return [
        (register, count)
        for register, end in zip(registers, ends, strict=False)
        if (
            count := _REGISTERED_NEXT.match(words, register.start())
            or _REGISTERED_LATER.search(words, register.end(), end)
        )
    ]


def _who(block: Block, start: int, end: int) -> str:
    """The words before "đăng ký", else the heading above."""
    words = _AROUND_UNIT.sub("", block.normal.text[start:end]).strip(" ,:;-*")
    headings = (heading.text[:100].strip(" .:*") for heading in block.ancestors() if heading.text)
    return words or next(headings, "Các đơn vị")
