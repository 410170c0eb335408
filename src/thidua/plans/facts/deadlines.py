"""Deadlines: what must be done by when, once, again and again, or counted from another event.

Patterns run on folded text.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from thidua.plans.facts.clauses import cut_between, sentences
from thidua.plans.facts.due_dates import ACT, EVENT, FIRM, DueDate, find_due_dates
from thidua.plans.facts.patterns import any_of
from thidua.plans.facts.recurrence import find_recurrences
from thidua.plans.facts.source import Source
from thidua.plans.facts.tables import Table, find_tables
from thidua.plans.facts.tasks import dated_rows, subject_of, who_of
from thidua.plans.outline import Block
from thidua.plans.reading import Deadline, Period, Relative
from thidua.vietnamese.dates import find_dates

_CONGRESS = re.compile(r"\b(?:hoan thanh|to chuc|\d+ (?:ngay|buoi)|xong|truoc)\b")
_REPORTS = re.compile(r"[^,;]*\b(?:bao cao|gui|nop|hoan thanh|trinh)\b")
_PERIODIC = re.compile(r"\bdinh ky\b")
_YEARLY = re.compile(r"\bdinh ky (?:6 thang|sau thang|nam|hang nam)|\b(?:hang|moi) nam\b")

# Times counted from an event.
_RELATIVE = re.compile(
    r"(?:cham nhat|trong vong|trong thoi han|khong qua|trong|sau|truoc)\s*(?:la |sau |khong qua |toi da )*"
    r"(?P<n>\d{1,3})\s*(?P<unit>ngay lam viec|ngay|tuan|thang)\b(?: dem)?[^,;.]{0,25}?"
    r"(?P<link>ke tu|tinh tu|tu|sau khi|sau|truoc khi|truoc|ke tu khi)\s+(?:ngay |khi |thoi diem )*"
    r"(?P<from>[^,;.()]{4,110})"
)
_COUNTED_FROM = (
    # "trước mỗi đợt tổng kết 05 ngày"
    re.compile(
        r"\b(?P<link>truoc|sau)\s+(?P<from>(?!thoi han)(?:moi |khi |cac |le |ngay )*[a-z][^,;.()\d]{3,60}?)\s+"
        r"(?:it nhat |toi thieu |khong qua |cham nhat )?"
        r"(?P<n>\d{1,3}) (?P<unit>ngay lam viec|ngay)\b(?! \d| thang| tro len)"
    ),
    # "cuối mỗi đợt, trong 03 ngày làm việc"
    re.compile(
        r"\b(?P<from>(?:cuoi|ket thuc|sau) moi [^,;.()\d]{2,30}),\s*(?:cham nhat |trong(?: vong)? |sau )+"
        r"(?P<n>\d{1,3}) (?P<unit>ngay lam viec|ngay)\b"
    ),
)
_UNITS: dict[str, tuple[int, Literal["day", "working_day"]]] = {
    "ngay lam viec": (1, "working_day"),
    "ngay": (1, "day"),
    "tuan": (7, "day"),
    "thang": (30, "day"),
}
_FIXED_DAY = re.compile(r"(?:ngay )?\d")
_ISSUE = re.compile(r"(?:ky )?ban hanh|ky\b")
_CAMPAIGN_END = re.compile(r"ket thuc (?:dot|phong trao|chien dich|cuoc|thi dua|chuong trinh|cao diem)|ngay ket thuc$")

# To whom, and at what hour.
_RECEIVER = any_of(
    "ubnd|uy ban|so|phong|ban|van phong|hoi dong|thuong truc|co quan|lien doan|bo|cong doan|doan",
    "huyen|tinh|to|trung tam|chu tich|bgh|ban giam hieu|cong ty|truong|bo phan|ban to chuc|thu tuong",
)
_TO = re.compile(
    r"\b(?:gui(?: ve| cho| den)?|trinh|nop(?: ve| cho)?|ve|cho|bao cao(?: ve)?)\s+"
    rf"(?P<to>{_RECEIVER}\b[^,;.()]{{0,90}}?(?:\s*\([^)]{{3,90}}\))?)"
    r"(?=\s+(?:truoc|cham nhat|de|vao|dinh ky|den het|theo|trong|hang|ngay|xem|quyet|tong hop|khen|ket qua)\b|[,;.]|$)"
)
_TIME = re.compile(r"(?<!\d)(?P<h>\d{1,2})(?:\s?(?:h|gio|g)(?![a-z])\s?(?P<m>[0-5]\d)?|:(?P<full>[0-5]\d))(?!\d)")

_NOT_HERE = frozenset({"criteria", "purpose", "theme", "slogan", "subjects", "quotas", "basis", "funding"})
_STILL_HERE = frozenset({"submission", "organisation", "review"})
_OF_EVENTS = frozenset({"organisation", "projects", "submission", "review"})


class _Due(Struct, frozen=True, kw_only=True):
    """A time at [start, end) of a clause, told in one of three ways."""

    start: int
    end: int
    date: datetime.date | None = None
    recurrence: str | None = None
    relative: Relative | None = None
    sureness: float


def read_deadlines(source: Source, periods: tuple[Period, ...]) -> tuple[Deadline, ...]:
    """In reading order, those of tables last. Words that give one of `periods` give no deadline of that part."""
    campaign_end = max((period.end for period in periods if period.end), default=None)
    taken = [period.span for period in periods]
    listed = [
        item for block in source.blocks if _may_state(block) for item in _of_block(source, block, campaign_end, taken)
    ]
    tabled = [item for table in find_tables(source) for item in _of_table(source, table)]
    return (*listed, *tabled)


def _may_state(block: Block) -> bool:
    return not block.is_row and (not block.roles & _NOT_HERE or bool(block.roles & _STILL_HERE))


def _of_block(
    source: Source, block: Block, campaign_end: datetime.date | None, taken: list[tuple[int, int]]
) -> Iterator[Deadline]:
    for start, end in sentences(block):
        words, text = block.normal.folded[start:end], block.normal.text[start:end]
        times = _times(source, block, words, text, campaign_end)
        cuts = [cut_between(block.normal.text, start + one.end, start + other.start) for one, other in pairwise(times)]
        for due, first, last in zip(times, [start, *cuts], [*cuts, end], strict=False):
            quote, span = source.words(block.normal, first, last)
            if "time" in block.roles and _overlaps(span, taken) and not _CONGRESS.search(words):
                continue
            yield Deadline(
                quote=quote,
                span=span,
                what=_what(text),
                who=_who(block, words, text),
                to=_to(block, start, end),
                date=due.date,
                time=_time(words[max(0, due.start - 30) : due.end]),
                recurrence=due.recurrence,
                relative=due.relative,
                sureness=due.sureness,
            )


def _who(block: Block, words: str, text: str) -> str | None:
    """The subject of the clause itself; in the part on organisation else whom its heading names."""
    return subject_of(words, text) or (who_of(block) if "organisation" in block.roles else None)


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _times(source: Source, block: Block, words: str, text: str, campaign_end: datetime.date | None) -> list[_Due]:
    """Every time a clause sets, in order; an event without a day only where there is no other.

    `words` are the clause folded, `text` are the same letters with their marks.
    """
    counted = [*_recurring(block, words), *_relative(source, words, text, campaign_end)]
    counted = counted or list(_counted_from(words, text))
    taken = [(due.start, due.end) for due in counted]
    dated = [due for due in _dated(source, block, words) if not _overlaps((due.start, due.end), taken)]
    return sorted([*counted, *dated], key=lambda due: due.start) or list(_at_event(block, words, text))


def _recurring(block: Block, words: str) -> Iterator[_Due]:
    if "dossier" in block.roles and "organisation" not in block.roles and not FIRM.search(words):
        return
    for start, end, rule in find_recurrences(words):
        if ACT.search(words) or _PERIODIC.search(words):
            yield _Due(start=start, end=end, recurrence=rule, sureness=0.85)


def _relative(source: Source, words: str, text: str, campaign_end: datetime.date | None) -> Iterator[_Due]:
    """ "chậm nhất 10 ngày kể từ khi kết thúc đợt thi đua"; a day where the plan holds the event's own day."""
    for match in _RELATIVE.finditer(words):
        relative = _counted(match, text)
        if relative.unit == "day" and _FIXED_DAY.match(match["from"]) and find_dates(match["from"]):
            continue
        anchor = campaign_end if _CAMPAIGN_END.search(match["from"]) else None
        if _ISSUE.search(match["from"]):
            anchor = source.issued
        date = None
        if anchor and relative.unit == "day" and relative.days is not None:
            date = anchor + datetime.timedelta(days=relative.days)
        yield _Due(start=match.start(), end=match.end(), date=date, relative=relative, sureness=0.85)


def _counted_from(words: str, text: str) -> Iterator[_Due]:
    for pattern in _COUNTED_FROM:
        for match in pattern.finditer(words):
            yield _Due(start=match.start(), end=match.end(), relative=_counted(match, text), sureness=0.7)


def _counted(match: re.Match[str], text: str) -> Relative:
    """Days from an event, negative before it."""
    days, unit = _UNITS[match["unit"]]
    before = (match.groupdict().get("link") or "").startswith("truoc")
    event = text[slice(*match.span("from"))].strip()
    return Relative(days=int(match["n"]) * (-days if before else days), unit=unit, from_=event)


def _at_event(block: Block, words: str, text: str) -> Iterator[_Due]:
    """A deadline that hangs on an event without a day ("khi tổng kết Đợt thi đua")."""
    match = EVENT.search(words) if block.roles & _OF_EVENTS else None
    if match and _REPORTS.match(words[: match.start()]):
        relative = Relative(from_=text[slice(*match.span())].strip())
        yield _Due(start=match.start(), end=match.end(), relative=relative, sureness=0.6)


def _dated(source: Source, block: Block, words: str) -> Iterator[_Due]:
    for due in find_due_dates(block, words):
        start, end = due.date.start, due.date.end
        if not due.listed and due.date.year is None and due.date.grain == "day" and _YEARLY.search(words):
            rule = f"FREQ=YEARLY;BYMONTH={due.date.month};BYMONTHDAY={due.date.day}"
            yield _Due(start=start, end=end, recurrence=rule, sureness=0.8)
            continue
        day = _day(source, due)
        if day is not None:
            yield _Due(start=start, end=end, date=day, sureness=0.8 if due.listed else 0.9)


def _day(source: Source, due: DueDate) -> datetime.date | None:
    """The last day of the words; without a year, the year of the plan, or the next where that day has passed."""
    day = due.date.within(due.year or source.year)[1]
    if day is None or due.listed or due.date.year is not None:
        return day
    if due.date.grain != "day" and source.year is None:
        return None
    if due.year is None and source.issued and day < source.issued:
        return due.date.within(source.issued.year + 1)[1]
    return day


def _what(text: str) -> str:
    words = " ".join(text.split()).strip(" .;*-/")
    return words if len(words) <= 160 else words[:157].rsplit(" ", 1)[0] + "…"


def _to(block: Block, start: int, end: int) -> str | None:
    match = _TO.search(block.normal.folded, start, end)
    return block.normal.text[slice(*match.span("to"))].strip(" *") if match else None


def _time(words: str) -> str | None:
    match = _TIME.search(words)
    if not match or int(match["h"]) > 23:
        return None
    return f"{int(match['h']):02d}:{int(match['m'] or match['full'] or 0):02d}"


def _of_table(source: Source, table: Table) -> Iterator[Deadline]:
    """Rows of a table of work with a column for its time."""
    for block, cells, columns, time in dated_rows(table):
        due = _of_cell(source, block, time)
        if due is None:
            continue
        texts = [block.normal.text[begin:end].strip() for begin, end in cells]
        quote, span = source.words(block.normal, cells[columns.work][0], len(block.normal))
        yield Deadline(
            quote=quote,
            span=span,
            what=texts[columns.work],
            who=texts[columns.who] if columns.who is not None and columns.who < len(texts) else None,
            date=due.date,
            time=_time(block.normal.folded[slice(*time)]),
            recurrence=due.recurrence,
            sureness=due.sureness,
        )


def _of_cell(source: Source, block: Block, cell: tuple[int, int]) -> _Due | None:
    folded = block.normal.folded[slice(*cell)]
    repeated = next(find_recurrences(folded), None)
    if repeated:
        return _Due(start=repeated[0], end=repeated[1], recurrence=repeated[2], sureness=0.8)
    dates = [date for date in find_dates(folded) if date.grain != "year"]
    day = dates[-1].within(source.year)[1] if dates else None
    return _Due(start=dates[-1].start, end=dates[-1].end, date=day, sureness=0.8) if day else None
