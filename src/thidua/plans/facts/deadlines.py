"""Deadlines: what must be done by when, once, again and again, or counted from another event."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.recurrence import find_recurrences
from thidua.plans.facts.source import Source
from thidua.plans.facts.tables import Table, find_tables
from thidua.plans.facts.tasks import duty_columns, who_of
from thidua.plans.outline import Block
from thidua.plans.reading import Deadline, Period, Relative
from thidua.vietnamese.dates import DateWords, find_dates

_NOT_HERE = frozenset({"criteria", "purpose", "theme", "slogan", "subjects", "quotas", "basis", "funding"})
_BY = re.compile(
    r"(?:\btruoc|\bcham nhat(?: la)?(?: den)?(?: vao)?(?: truoc)?|\bmuon nhat(?: la)?|\b(?:den|cho den|tinh den|toi) het|\bhet|\bhan(?: cuoi| chot)?(?: gui| nop| la)?|\bxong(?: trong| truoc)?|\btrong|\bvao|\bdu kien(?: vao| trong| to chuc)?|\bngay|\bden|\bthoi han(?: la)?|\btu|\bthoi gian)"
    r"[\s:(]*(?:(?:khoang|cuoi|giua|dau|luc|\d{1,2}\s?(?:h|gio|g|:)\s?\d{0,2}(?:\s?phut)?,?|0?0?h?)\s*)*(?:ngay|thang|quy|nam)?\s*$"
)
_FIRM = re.compile(r"\b(?:truoc|cham nhat|muon nhat|den het|han|xong|het|hoan thanh|du kien|thoi han|khong qua)\b")
_ACT = re.compile(
    r"\b(?:gui|nop|trinh|bao cao|tong hop|dang ky|hoan thanh|hoan thien|to chuc|tong ket|so ket|phat dong|ban hanh|xay dung|tham dinh|binh xet|xet|hop|"
    r"lap|mo|trien khai|cong bo|trao|phe duyet|thong qua|de xuat|lua chon|cham diem|kiem tra|danh gia|dua|tham muu|ra soat|khai mac|cap nhat|nghiem thu|khanh thanh|khoi cong|ky ket|niem yet|dien ra|giao|thanh lap|chuyen|le|hoi nghi|dai hoi)\b"
)
_TIME = re.compile(r"(?P<h>\d{1,2})\s?(?:h|gio|g|:)\s?(?P<m>\d{2})?(?!\d)")
_RELATIVE = re.compile(
    r"(?:cham nhat|trong vong|trong thoi han|khong qua|trong|sau|truoc)\s*(?:la |sau |khong qua |toi da )*(?P<n>\d{1,3})\s*(?P<unit>ngay lam viec|ngay|tuan|thang)\b(?P<dem>(?: dem)?)[^,;.]{0,25}?"
    r"(?P<link>ke tu|tinh tu|tu|sau khi|sau|truoc khi|truoc|ke tu khi)\s+(?:ngay |khi |thoi diem )*(?P<from>[^,;.()]{4,110})"
)
_BEFORE_EVENT = re.compile(r"\b(?P<link>truoc|sau)\s+(?P<from>(?!thoi han)(?:moi |khi |cac |le |ngay )*[a-z][^,;.()\d]{3,60}?)\s+(?:it nhat |toi thieu |khong qua |cham nhat )?(?P<n>\d{1,3}) (?P<unit>ngay lam viec|ngay)\b(?! \d| thang| tro len)")
_AT_EVENT = re.compile(r"\b(?P<from>(?:cuoi|ket thuc|sau) moi [^,;.()\d]{2,30}),\s*(?:cham nhat |trong(?: vong)? |sau )+(?P<n>\d{1,3}) (?P<unit>ngay lam viec|ngay)\b")
_ANNIVERSARY = re.compile(r"\b(?:nam ngay|ky niem|ngay (?:thanh lap|truyen thong|giai phong|quoc khanh|sinh))[^,;]{0,80}\(\s*(?:[\d/]+\s*-\s*)?$")
_EVENT = re.compile(
    r"\b(?:khi (?:tong ket|ket thuc|hoan thanh|so ket)|(?:ngay )?sau khi (?:ket thuc|hoan thanh|tong ket|duoc|co|nhan)|truoc (?:thoi gian|khi|thoi diem|dai hoi|hoi nghi|le) |ngay sau (?:khi|dai hoi|hoi nghi)|cung thoi diem|nhan dip tong ket)[^,;.]{0,110}"
)
_YEARLY = re.compile(r"\bdinh ky (?:6 thang|sau thang|nam|hang nam)|\b(?:hang|moi) nam\b")
_ISSUE = re.compile(r"(?:ky )?ban hanh|ky\b")
_CAMPAIGN_END = re.compile(r"ket thuc (?:dot|phong trao|chien dich|cuoc|thi dua|chuong trinh|cao diem)|ngay ket thuc$")
_TO = re.compile(r"\b(?:gui(?: ve| cho| den)?|trinh|nop(?: ve| cho)?|ve|cho|bao cao(?: ve)?)\s+(?P<to>(?:ubnd|uy ban|so|phong|ban|van phong|hoi dong|thuong truc|co quan|lien doan|bo|cong doan|doan|huyen|tinh|to|trung tam|chu tich|bgh|ban giam hieu|cong ty|truong|bo phan|ban to chuc|thu tuong)\b[^,;.()]{0,90}?(?:\s*\([^)]{3,90}\))?)(?=\s+(?:truoc|cham nhat|de|vao|dinh ky|den het|theo|trong|hang|ngay|xem|quyet|tong hop|khen)\b|[,;.]|$)")


def read_deadlines(source: Source, periods: tuple[Period, ...]) -> tuple[Deadline, ...]:
    """In reading order; the same day in the same words counts once."""
    end = max((p.end for p in periods if p.end), default=None)
    taken = {p.span for p in periods}
    found: list[Deadline] = []
    for block in source.blocks:
        if (block.roles & _NOT_HERE and not block.roles & {"submission", "organisation", "review"}):
            continue
        found.extend(_of_block(source, block, end, taken))
    tabled = [item for table in find_tables(source) for item in _of_table(source, table)]
    return (*found, *tabled)


def _of_table(source: Source, table: Table) -> Iterator[Deadline]:
    """Rows of a table of work with a column for its time."""
    columns = duty_columns(table)
    if columns is None or columns.due is None:
        return
    for block, cells in table.rows:
        if len(cells) <= columns.due:
            continue
        folded = block.normal.folded[slice(*cells[columns.due])]
        repeated = next(find_recurrences(folded), None)
        dates = [d for d in find_dates(folded) if d.grain != "year"]
        day = dates[-1].within(source.year)[1] if dates else None
        if day is None and repeated is None:
            continue
        quote, span = source.words(block.normal, cells[columns.work][0], len(block.normal))
        text = block.normal.text
        who = text[slice(*cells[columns.who])].strip() if columns.who is not None and columns.who < len(cells) else None
        yield Deadline(
            quote=quote, span=span, what=text[slice(*cells[columns.work])].strip(), who=who, date=day if repeated is None else None,
            recurrence=repeated[2] if repeated else None, time=_time(folded), sureness=0.8,
        )  # fmt: skip


def _of_block(source: Source, block: Block, campaign_end: datetime.date | None, taken: set[tuple[int, int]]) -> Iterator[Deadline]:
    for start, end in sentences(block):
        words = block.normal.folded[start:end]
        recurring = [] if "dossier" in block.roles and "organisation" not in block.roles and not _FIRM.search(words) else _recurring(words)
        counted = [*recurring, *_relative(source, words, campaign_end)]
        counted = counted or list(_counted_from(words))
        dated = [hit for hit in _dated(source, block, words) if not any(a < hit[1] and hit[0] < b for a, b, _ in counted)]
        found = sorted([*counted, *dated], key=lambda hit: hit[0])
        if not found:
            found = list(_event(block, words))
        begin = start
        for i, (at, stop, facts) in enumerate(found):
            last = end if i + 1 == len(found) else _cut(block.normal.text, start + stop, start + found[i + 1][0])
            quote, span = source.words(block.normal, begin, last)
            begin = last
            if block.is_row or (any(a < span[1] and span[0] < b for a, b in taken) and "time" in block.roles and not _congress(words)):
                continue
            yield Deadline(
                quote=quote, span=span, what=_what(block.normal.text[start:end]), who=who_of(block) if "organisation" in block.roles else None,
                to=_to(block, start, end), time=_time(words[max(0, at - 30) : stop]), **facts,
            )  # fmt: skip


def _congress(words: str) -> bool:
    return re.search(r"\b(?:hoan thanh|to chuc|\d+ (?:ngay|buoi)|xong|truoc)\b", words) is not None


_Hit = tuple[int, int, dict[str, object]]


def _recurring(words: str) -> Iterator[_Hit]:
    for start, end, rule in find_recurrences(words):
        if _ACT.search(words) or re.search(r"\bdinh ky\b", words):
            yield start, end, {"recurrence": rule, "sureness": 0.85}


def _relative(source: Source, words: str, campaign_end: datetime.date | None) -> Iterator[_Hit]:
    for match in _RELATIVE.finditer(words):
        days = int(match["n"]) * (7 if match["unit"] == "tuan" else 30 if match["unit"] == "thang" else 1)
        unit = "working_day" if match["unit"] == "ngay lam viec" else "day"
        before = match["link"].startswith("truoc")
        if find_dates(match["from"]) and re.match(r"(?:ngay )?\d", match["from"]) and match["unit"] != "ngay lam viec":
            continue
        anchor = source.issued if _ISSUE.search(match["from"]) else campaign_end if _CAMPAIGN_END.search(match["from"]) else None
        date = None
        if anchor and unit == "day":
            date = anchor + datetime.timedelta(days=-days if before else days)
        relative = Relative(days=-days if before else days, unit=unit, from_=match["from"].strip())  # type: ignore[arg-type]
        yield match.start(), match.end(), {"date": date, "relative": relative, "sureness": 0.85}


def _counted_from(words: str) -> Iterator[_Hit]:
    """ "trước mỗi đợt tổng kết 05 ngày", "cuối mỗi đợt, trong 03 ngày làm việc"."""
    for pattern in (_BEFORE_EVENT, _AT_EVENT):
        for match in pattern.finditer(words):
            days = int(match["n"]) * (-1 if match.groupdict().get("link") == "truoc" else 1)
            unit = "working_day" if match["unit"] == "ngay lam viec" else "day"
            yield match.start(), match.end(), {"relative": Relative(days=days, unit=unit, from_=match["from"].strip()), "sureness": 0.7}  # type: ignore[arg-type]


def _dated(source: Source, block: Block, words: str) -> Iterator[_Hit]:
    dates = [d for d in find_dates(words) if d.grain != "year"]
    skip = False
    accepted = -1
    for i, date in enumerate(dates):
        if skip:
            skip = False
            continue
        if accepted == i - 1 >= 0 and re.fullmatch(r"\s*(?:,|va|, va)\s*(?:truoc )?(?:ngay )?", words[dates[i - 1].end : date.start]):
            accepted = i
            day = date.within(source.year)[1]
            if day is not None:
                yield date.start, date.end, {"date": day, "sureness": 0.8}
            continue
        if _ANNIVERSARY.search(words[: date.start]):
            continue
        if _is_range(words, dates, i):
            if not re.search(r"\b(?:to chuc|tham dinh|binh xet|cham|tiep nhan|nhan ho so)\b", words[: date.start]):
                skip = True
                continue
            date = dates[i + 1]
            skip = True
        elif not _sets_deadline(block, words, date):
            continue
        accepted = i
        if date.year is None and date.grain == "day" and _YEARLY.search(words):
            rule = f"FREQ=YEARLY;BYMONTH={date.month};BYMONTHDAY={date.day}"
            yield date.start, date.end, {"recurrence": rule, "sureness": 0.8}
            continue
        day = date.within(_year_near(dates, i) or source.year)[1]
        if day is None or (date.year is None and date.grain != "day" and source.year is None):
            continue
        if date.year is None and not _year_near(dates, i) and source.issued and day < source.issued:
            day = date.within(source.issued.year + 1)[1]
        yield date.start, date.end, {"date": day, "sureness": 0.9}


def _year_near(dates: list[DateWords], i: int) -> int | None:
    """ "trước ngày 15/9 và 15/11/2026": the year stands with the later day."""
    return dates[i + 1].year if dates[i].year is None and i + 1 < len(dates) and dates[i + 1].grain == "day" else None


def _is_range(words: str, dates: list[DateWords], i: int) -> bool:
    if i + 1 >= len(dates):
        return False
    between = words[dates[i].end : dates[i + 1].start]
    return re.fullmatch(r"\s*(?:-|,?\s*(?:cho )?(?:den|toi)(?: het)?)\s*(?:\d{1,2}\s?(?:gio|h|g)\s?\d{0,2}(?:\s?phut)?,?\s*)?(?:ngay\s*)?", between) is not None


def _sets_deadline(block: Block, words: str, date: DateWords) -> bool:
    before = words[: date.start]
    if re.search(r"(?:[-/][a-z]{2,}[\w/-]*|\bso \S+|quyet dinh|ke hoach|nghi quyet|chi thi|cong van|\bluat[^,;]*)\s*,?\s*(?:ban hanh |ngay )*$", before) or re.search(r"\([^)]*$", before) and re.search(r"^\s*-", words[date.end :]):
        return False
    lead = _BY.search(before)
    if not lead and not re.search(r"\(\s*$|:\s*$", before):
        return False
    if not lead and re.search(r"\(\s*(?:thang|quy)?\s*$", before) and _EVENT.search(before):
        return False
    cue = lead.group() if lead else ""
    firm = bool(_FIRM.search(cue)) or re.search(r"\bdu kien\b", before) is not None
    if date.grain != "day" and not firm:
        firm = re.search(r"\b(?:trong|vao)\b", cue) is not None
    placed = (bool(block.kind) and not block.roles) or bool(block.roles & {"organisation", "submission", "review", "dossier", "time", "awards", "projects"})
    if not firm and re.search(r"\b(?:giai doan|nam hoc|ket qua|so lieu)\b[^,;]{0,12}$", before[: lead.start()] if lead else before):
        return False
    if re.match(r"[^;.]{0,60}\b(?:moi dat|da dat|chi dat|uoc dat|con )", words[date.end :]):
        return False
    if re.search(r"\b(?:chi tieu|muc tieu)\b[^,;.]{0,60}\b(?:phan dau|hoan thanh|de ra|dat)\b[^,;.]{0,40}$", before):
        return False
    if re.search(r"\btu\s*(?:ngay)?\s*$", before):
        return False
    if "targets" in block.roles or "content" in block.roles:
        return firm and _ACT.search(before) is not None and (date.grain == "day" or re.search(r"\b(?:xong|hoan thanh|truoc|cham nhat|trong thang|trong quy|trong)\s*$", before) is not None and date.grain in {"month", "quarter"} and len(before) < 140)
    return _ACT.search(block.folded) is not None and (firm or placed)


def _event(block: Block, words: str) -> Iterator[_Hit]:
    """A deadline that hangs on an event without a day ("khi tổng kết Đợt thi đua")."""
    if not block.roles & {"organisation", "projects", "submission", "review"}:
        return
    match = _EVENT.search(words)
    if match and re.match(r"[^,;]*\b(?:bao cao|gui|nop|hoan thanh|trinh)\b", words[: match.start()]):
        yield match.start(), match.end(), {"relative": Relative(from_=match.group().strip()), "sureness": 0.6}


def _cut(text: str, left: int, right: int) -> int:
    for mark in (";", ",", " và "):
        cut = text.rfind(mark, left, right)
        if cut >= 0:
            return cut + 1
    return left


def _what(text: str) -> str:
    words = " ".join(text.split()).strip(" .;*-")
    return words if len(words) <= 160 else words[:157].rsplit(" ", 1)[0] + "…"


def _to(block: Block, start: int, end: int) -> str | None:
    match = _TO.search(block.normal.folded, start, end)
    return block.normal.text[match.start("to") : match.end("to")].strip(" *") if match else None


def _time(words: str) -> str | None:
    match = _TIME.search(words)
    if not match or int(match["h"]) > 24:
        return None
    return f"{int(match['h']):02d}:{int(match['m'] or 0):02d}"
