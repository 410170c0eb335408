"""Dates that set a deadline: which of a clause's dates say by when, and which belong to something else.

Patterns run on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from thidua.plans.facts.patterns import any_of, words_of
from thidua.plans.outline import Block
from thidua.vietnamese.dates import DateWords, find_dates

# Words before a date.
_CLOCK = r"\d{1,2}\s?(?:h|gio|g|:)\s?\d{0,2}(?:\s?phut)?,?"
_BY = re.compile(
    r"\b"
    + any_of(
        "truoc|cham nhat(?: la)?(?: den)?(?: vao)?(?: truoc)?|muon nhat(?: la)?",
        "(?:den|cho den|tinh den|toi) het|het|han(?: cuoi| chot)?(?: gui| nop| la)?|thoi han(?: la)?",
        "xong(?: trong| truoc)?|trong|vao|du kien(?: vao| trong| to chuc)?",
        "ngay|den|tu|thoi gian",
    )
    + rf"[\s:(]*(?:(?:khoang|cuoi|giua|dau|luc|{_CLOCK}|0?0?h?)\s*)*(?:ngay|thang|quy|nam)?\s*$"
)
FIRM = re.compile(
    words_of(
        "truoc|cham nhat|muon nhat|den het|het|han|thoi han|khong qua",
        "xong|hoan thanh|du kien",
    )
)
_IN_MONTH = re.compile(r"\b(?:trong|vao)\b")
_PLANNED = re.compile(r"\bdu kien\b")
_OPENS_BRACKET_OR_LIST = re.compile(r"\(\s*$|:\s*$")
_OPENS_BRACKET = re.compile(r"\(\s*(?:thang|quy)?\s*$")
_AND_DAY = re.compile(r"\s*(?:,|va|, va)\s*(?:truoc )?(?:ngay )?")
_TO_DAY = re.compile(
    r"\s*(?:-|,?\s*(?:cho )?(?:den|toi)(?: het)?)\s*"
    r"(?:\d{1,2}\s?(?:gio|h|g)\s?\d{0,2}(?:\s?phut)?,?\s*)?(?:ngay\s*)?"
)

# Words around a date that is no deadline.
_NOT_DUE_BEFORE = re.compile(
    any_of(
        # The day of another document.
        r"(?:[-/][a-z]{2,}[\w/-]*|\bso \S+|quyet dinh|ke hoach|nghi quyet|chi thi|cong van|\bluat[^,;]*)"
        r"\s*,?\s*(?:ban hanh |ngay )*$",
        # A goal: the part on targets reads it.
        r"\b(?:chi tieu|muc tieu)\b[^,;.]{0,60}\b(?:phan dau|hoan thanh|de ra|dat)\b[^,;.]{0,40}$",
        # The start of a period.
        r"\btu\s*(?:ngay)?\s*$",
    )
)
_IN_BRACKETS = re.compile(r"\([^)]*$")
_DASH = re.compile(r"\s*-")
_REACHED_BEHIND = re.compile(r"[^;.]{0,60}\b(?:moi dat|da dat|chi dat|uoc dat|con )")
_PERIOD_BEFORE = re.compile(r"\b(?:giai doan|nam hoc|ket qua|so lieu)\b[^,;]{0,12}$")
_ANNIVERSARY = re.compile(
    r"\b(?:nam ngay|ky niem|ngay (?:thanh lap|truyen thong|giai phong|quoc khanh|sinh))"
    r"[^,;]{0,80}\(\s*(?:[\d/]+\s*-\s*)?$"
)

# Acts.
ACT = re.compile(
    words_of(
        "gui|nop|trinh|bao cao|tong hop|dang ky|chuyen|giao|dua",
        "hoan thanh|hoan thien|xay dung|ban hanh|phe duyet|thong qua|cong bo|niem yet|lap|thanh lap|mo|ky ket",
        "to chuc|tong ket|so ket|phat dong|trien khai|trao|khai mac|dien ra|hop|le|hoi nghi|dai hoi",
        "tham dinh|binh xet|xet|de xuat|lua chon|cham diem|kiem tra|danh gia|tham muu|ra soat|cap nhat",
        "nghiem thu|khanh thanh|khoi cong",
    )
)
_TAKES_DAYS = re.compile(r"\b(?:to chuc|tham dinh|binh xet|cham|tiep nhan|nhan ho so)\b")
_DONE_IN_MONTH = re.compile(r"\b(?:xong|hoan thanh|truoc|cham nhat|trong thang|trong quy|trong)\s*$")
EVENT = re.compile(
    r"\b"
    + any_of(
        "khi (?:tong ket|ket thuc|hoan thanh|so ket)",
        "(?:ngay )?sau khi (?:ket thuc|hoan thanh|tong ket|duoc|co|nhan)",
        "truoc (?:thoi gian|khi|thoi diem|dai hoi|hoi nghi|le) ",
        "ngay sau (?:khi|dai hoi|hoi nghi)|cung thoi diem|nhan dip tong ket",
    )
    + r"[^,;.]{0,110}"
)

# Parts where a date needs no firm word to be a deadline.
_DUTIES = frozenset({"organisation", "submission", "review", "dossier", "time", "awards", "projects"})


class DueDate(Struct, frozen=True):
    """A date that sets a deadline; `year` stands with the date behind it, `listed` tells that it follows another."""

    date: DateWords
    year: int | None = None
    listed: bool = False


def find_due_dates(block: Block, words: str) -> Iterator[DueDate]:
    """Dates of a clause that set a deadline; of a range that an act fills, the last day."""
    dates = [date for date in find_dates(words) if date.grain != "year"]
    accepted = range_end = -1
    for i, date in enumerate(dates):
        if i == range_end:
            continue
        if 0 <= accepted == i - 1 and _AND_DAY.fullmatch(words, dates[accepted].end, date.start):
            accepted = i
            yield DueDate(date, listed=True)
        elif _ANNIVERSARY.search(words[: date.start]):
            continue
        elif i + 1 < len(dates) and _TO_DAY.fullmatch(words, date.end, dates[i + 1].start):
            range_end = i + 1
            if _TAKES_DAYS.search(words[: date.start]):
                accepted = i
                yield DueDate(dates[i + 1], _year_behind(dates, i))
        elif _sets_deadline(block, words, date):
            accepted = i
            yield DueDate(date, _year_behind(dates, i))


def _year_behind(dates: list[DateWords], i: int) -> int | None:
    """ "trước ngày 15/9 và 15/11/2026": the year stands with the later day."""
    behind = dates[i + 1] if i + 1 < len(dates) else None
    return behind.year if behind and behind.grain == "day" and dates[i].year is None else None


def _sets_deadline(block: Block, words: str, date: DateWords) -> bool:
    before, behind = words[: date.start], words[date.end :]
    lead = _BY.search(before)
    if not lead and not _is_bare_time(before):
        return False
    if _is_other_date(before, behind):
        return False
    firm = _is_firm(lead.group() if lead else "", before, date)
    if not firm and _PERIOD_BEFORE.search(before[: lead.start()] if lead else before):
        return False
    if block.roles & {"targets", "content"}:
        return firm and _ends_act(before, date)
    return (firm or _is_duty(block)) and ACT.search(block.folded) is not None


def _is_bare_time(before: str) -> bool:
    """A date alone behind a bracket or a colon, and no event that it only explains."""
    if not _OPENS_BRACKET_OR_LIST.search(before):
        return False
    return not (_OPENS_BRACKET.search(before) and EVENT.search(before))


def _is_other_date(before: str, behind: str) -> bool:
    """The day of a document, of a past result, of a goal, or the first of a period."""
    if _NOT_DUE_BEFORE.search(before) or _REACHED_BEHIND.match(behind):
        return True
    return _IN_BRACKETS.search(before) is not None and _DASH.match(behind) is not None


def _is_firm(cue: str, before: str, date: DateWords) -> bool:
    if FIRM.search(cue) or _PLANNED.search(before):
        return True
    return date.grain != "day" and _IN_MONTH.search(cue) is not None


def _ends_act(before: str, date: DateWords) -> bool:
    """Among targets and contents, only a date that an act close before it must keep."""
    if not ACT.search(before):
        return False
    if date.grain == "day":
        return True
    return date.grain in {"month", "quarter"} and len(before) < 140 and _DONE_IN_MONTH.search(before) is not None


def _is_duty(block: Block) -> bool:
    return bool(block.roles & _DUTIES) or (bool(block.kind) and not block.roles)
