"""Works and projects that a plan names, and the works each unit must register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Pledge, Project
from thidua.vietnamese.dates import find_dates
from thidua.vietnamese.numbers import WORDS

Milestone = Literal["start", "finish"]
_START = re.compile(r"\b(?:khoi cong|khoi dong|bat dau)\b")
_FINISH = re.compile(r"\b(?:hoan thanh|khanh thanh|dong dien|thong xe|thong tuyen|dua vao (?:su dung|khai thac|van hanh)|ban giao|ve dich)\b")
_LIST_HEAD = re.compile(r"\b(?:cong trinh|du an|phan viec)\b")
_MUST = re.compile(r"\b(?:dang ky|giao uoc)\b")
_COUNT = re.compile(r"(?:it nhat|toi thieu|tu)?\s*(?P<n>\d{1,3}|mot|hai|ba)(?: \([a-z]+\))?\s*(?P<of>(?:cong trinh|du an|phan viec|mo hinh|viec lam|de tai|sang kien|chi tieu|hoat dong|san pham|tuyen duong|noi dung|giai phap|nhiem vu)[^,;.:()]{0,60})")
_OF = re.compile(r"dang ky\s+(?:thuc hien\s+)?(?:cac |nhung )?(?P<of>(?:cong trinh|du an|phan viec|chi tieu|noi dung thi dua|mo hinh|viec lam moi)[^,;.:()]{0,40})")


def read_projects(source: Source) -> tuple[Project, ...]:
    """Items of a list whose heading says that its works start or finish."""
    return tuple(item for block in source.blocks for item in _project(source, block))


def _project(source: Source, block: Block) -> Iterator[Project]:
    if block.rank < 6 or block.children or "organisation" in block.roles or block.text.rstrip().endswith(":"):
        return
    head = next((a for a in block.ancestors() if _LIST_HEAD.search(a.folded) and _milestone(a.folded)), None)
    if head is None or head is not block.parent and block.parent is not None and block.parent.rank >= 6 and not _lists(block.parent):
        head = head if head is not None and head is block.parent else None
    if head is None or not _lists(head) or _MUST.search(block.folded):
        return
    own = _milestone(block.folded[:40]) if not _milestone(head.folded) else None
    dates = [d for d in find_dates(block.folded) if d.year] or [d for d in find_dates(head.folded) if d.year]
    quote, span = source.words(block.normal, block.body, len(block.normal))
    yield Project(quote=quote, span=span, name=block.text.strip(" .;*"), milestone=own or _milestone(head.folded), by=_by(dates), sureness=0.85)


def _lists(head: Block) -> bool:
    text = head.text.rstrip(" *.")
    return head.rank >= 3 and len(text) < 220 and (text.endswith((":", ")")) or head.head >= len(head.normal) or len(text) < 120)


def _milestone(folded: str) -> Milestone | None:
    if _START.search(folded):
        return "start"
    return "finish" if _FINISH.search(folded) else None


def _by(dates: list) -> str | None:  # type: ignore[type-arg]
    if not dates:
        return None
    date = dates[-1]
    first, last = date.within(None)
    if last is None:
        return None
    if date.grain == "day":
        return last.isoformat()
    return f"{last.year:04d}-{last.month:02d}" if date.grain == "month" else last.isoformat() if date.grain == "quarter" else f"{last.year:04d}"


def read_pledges(source: Source) -> tuple[Pledge, ...]:
    """Clauses that tell a unit to register works, with the least number where one is given."""
    return tuple(item for block in source.blocks for item in _pledge(source, block))


def _pledge(source: Source, block: Block) -> Iterator[Pledge]:
    if block.roles & {"criteria", "awards", "quotas", "dossier", "purpose", "programme"} or block.head >= len(block.normal):
        return
    seen = False
    for start, end in sentences(block):
        words = block.normal.folded[start:end]
        must = _MUST.search(words)
        count = _COUNT.search(words, must.start()) if must else None
        if seen or not must or not count or "organisation" in block.roles and not count:
            continue
        seen = True
        quote, span = source.words(block.normal, start, end)
        n = count["n"]
        of = block.normal.text[start + count.start("of") : start + count.end("of")].strip()
        yield Pledge(quote=quote, span=span, who=_who(block, start, must.start()), min=int(n) if n.isdigit() else WORDS[n], of=of, sureness=0.8)


def _who(block: Block, start: int, at: int) -> str:
    words = block.normal.text[start : start + at]
    words = re.sub(r"^(?:[Đđ]ối với\s+)?(?:cấp \w+:\s*)?|\s+(?:lựa chọn|phải|cần|chủ động|tổ chức|xây dựng|tiến hành)\s*.*$", "", words).strip(" ,:;-*")
    if words:
        return words
    for candidate in block.ancestors():
        if candidate.text:
            return candidate.text[:100].strip(" .:*")
    return "Các đơn vị"
