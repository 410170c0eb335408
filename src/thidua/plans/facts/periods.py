"""When the campaign, a phase of it, or a level's congress runs."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Period
from thidua.vietnamese.dates import DateWords, find_dates

_CLOCK = r"(?:ca \d+ )?(?:\d{1,2}\s?(?:gio|h|g|:)\s?\d{0,2}(?:\s?phut)?,?\s*)?"
_LINK = re.compile(r"\s*(?:,|\(|\))?\s*(?:(?:den|toi)(?: het)? tuan \d+ \(|-|(?:va |, )?(?:cho |keo dai |ket thuc |tro )?(?:den|toi|vao)(?: truoc| het| cuoi)?(?: ngay| thang)?|ket thuc(?: vao)?(?: ngay)?|het)?\s*" + _CLOCK + r"(?:ngay)?\s*")
_FROM = re.compile(r"(?:\btu|\bbat dau|\bke tu|\btinh tu)(?: (?:ngay|thang|dau))?\s*:?\s*" + _CLOCK + r"(?:ngay)?\s*$")
_FROM_ISSUE = re.compile(
    r"\b(?:tu|bat dau(?: tu)?|ke tu|tinh tu)(?: (?:khi|ngay|luc))? (?:nay|(?:ky,? )?(?:ky )?ban hanh|phat dong)[^,.;]{0,60}?,?\s*(?:cho |keo dai )?(?:den|toi)(?: het)?(?: ngay| thoi diem)?\s*"
)
_UNTIL_EVENT = re.compile(r"\s*,?\s*(?:cho )?(?:den|toi)(?: khi| ngay| het| thoi diem)?\s+(?=[a-z])")
_WEEKS = re.compile(r"\btu tuan[^.;]{0,30}?\d+[^.;]{0,20}?den[^.;]{0,20}?\d+")
_YEARS = re.compile(r"(?:^[^:]{0,40}:\s*(?:trong )?|giai doan |tu nam )(?:nam |giai doan )?(?P<a>20\d\d)\s*(?:-|den(?: het)?(?: nam)?)?\s*(?P<b>20\d\d)(?!\d)")
_CAMPAIGN = re.compile(r"\b(?:thanh tich (?:xet|tinh|duoc)|thang cong nhan|dot|phong trao|chang|giai doan|cao diem|phat dong|thoi gian)\b")
_PHASE = re.compile(r"(?P<label>(?:dot|chang|giai doan|buoc|dot thi dua(?: thu)?)\s*(?:thu\s*)?(?:\d{1,2}|[ivx]+|nhat|mot|hai|ba|bon)\b)")
_LEVEL = re.compile(r"\bcap (?:tren co so|co so|huyen va tuong duong|tinh|huyen|xa|trung uong|truong|phuong|thanh pho|quan|bo)\b[^:,;.(]{0,30}")
_NOT_HERE = frozenset({"criteria", "dossier", "submission", "purpose", "quotas"})
_DUTY = re.compile(r"\b(?:gui|nop|trinh|bao cao|dang ky|tong hop|tham dinh|binh xet|hoan thien ho so)\b")
_MONTHS = datetime.timedelta(days=20)


def read_periods(source: Source) -> tuple[Period, ...]:
    """Periods in reading order; the same pair of days in the same words counts once."""
    found: list[Period] = []
    seen: set[tuple[object, object, str | None]] = set()
    for block in source.blocks:
        for period in _of_block(source, block):
            key = (period.start, period.end, period.label)
            if key not in seen:
                seen.add(key)
                found.append(period)
    return tuple(found)


def _of_block(source: Source, block: Block) -> Iterator[Period]:
    if block.is_row:
        return
    folded = block.normal.folded
    timed = "time" in block.roles and not block.roles & _NOT_HERE
    phase = _PHASE.match(folded, block.body) is not None
    if block.roles & _NOT_HERE and not phase:
        return
    if not timed and not phase and not (_CAMPAIGN.search(folded) and re.search(r"\btu\b.*\bden\b", folded)):
        return
    if "organisation" in block.roles and not phase:
        return
    for start, end in sentences(block):
        words = folded[start:end]
        span = _range(source, words)
        if span is None and timed:
            span = _phase_years(words) or _whole(source, words) or _years(words) or _weeks(words)
        if span is None:
            continue
        begin, finish, a, b = span
        if begin is not None and (begin.year < 2000 or (finish is not None and finish.year - begin.year > 15)):
            continue
        if not timed and (begin is None or not _CAMPAIGN.search(words)):
            continue
        if timed and _DUTY.search(words[:a]) and not phase:
            continue
        yield _period(source, block, start, start + b, begin, finish)


def _period(source: Source, block: Block, start: int, end: int, first: datetime.date | None, last: datetime.date | None) -> Period:
    quote, span = source.words(block.normal, start, end)
    return Period(quote=quote, span=span, label=_label(block), level=_level(block), start=first, end=last)


def _label(block: Block) -> str | None:
    for candidate in (block, *block.ancestors()):
        match = _PHASE.search(candidate.folded)
        if match and match.start() < 25:
            return candidate.text[match.start() : match.end()]
    for candidate in (block, *block.ancestors()):
        if candidate.head:
            return candidate.normal.text[candidate.body : candidate.head].strip(" .:*")
    return None


def _level(block: Block) -> str | None:
    match = _LEVEL.search(block.folded[:120])
    return block.text[match.start() : match.end()].strip() if match else None


_Span = tuple[datetime.date | None, datetime.date | None, int, int]


def _range(source: Source, words: str) -> _Span | None:
    """ "từ … đến …" with days or months; what the text does not fix is None."""
    dates = _usable(words)
    issue = _FROM_ISSUE.search(words)
    if issue:
        after = next((d for d in find_dates(words) if d.start >= issue.end() - 8), None)
        if after is not None and after.start <= issue.end() + 6:
            return source.issued, after.within(source.year)[1], issue.start(), after.end
        return (source.issued, None, issue.start(), len(words)) if re.search(r"den khi|den ngay to chuc", words) else None
    for left, right in zip(dates, dates[1:], strict=False):
        if _LINK.fullmatch(words[left.end : right.start]) and _opens(words, left):
            return *_days(source, left, right), left.start, right.end
    for left in dates:
        if _FROM.search(words[: left.start]) or (left.grain == "month" and words[: left.start].endswith("tu ")):
            until = _UNTIL_EVENT.match(words, left.end)
            if until:
                return left.within(source.year)[0], None, left.start, len(words)
    return None


def _usable(words: str) -> list[DateWords]:
    """Days, months and quarters; a year only where it ends a range ("đến hết năm 2026")."""
    return [d for d in find_dates(words) if d.grain != "year" or re.search(r"\b(?:den|toi)(?: het| cuoi)? $", words[: d.start])]


def _opens(words: str, left: DateWords) -> bool:
    before = words[: left.start]
    return bool(_FROM.search(before)) or left.end - left.start > 4 or before.endswith(("(", ": "))


def _days(source: Source, left: DateWords, right: DateWords) -> tuple[datetime.date | None, datetime.date | None]:
    year = right.year or source.year
    last = right.within(year)[1]
    first = left.within(left.year or (last.year if last else year))[0]
    if first and last and first > last and left.year is None:
        first = left.within(last.year - 1)[0]
    return first, last


def _whole(source: Source, words: str) -> _Span | None:
    """A quarter, a month or a named year taken whole ("hoàn thành trong Quý I năm 2025")."""
    if re.search(r"\b(?:so ket|tong ket|trao|khen thuong)\b", words):
        return None
    for date in find_dates(words):
        if date.grain in {"quarter", "month", "half"} and (date.year or source.year):
            return *date.within(source.year), date.start, date.end
        if date.grain == "day" and date.year and not re.search(r"\b(?:truoc|cham nhat|han)\b", words):
            return *date.within(None), date.start, date.end
    years = [d for d in find_dates(words) if d.grain == "year"]
    if len(years) == 1 and re.search(r"(?:trong|ca)\s*nam 20\d\d|^[^:]{0,40}:\s*nam 20\d\d", words):
        return *years[0].within(None), years[0].start, years[0].end
    return None


def _years(words: str) -> _Span | None:
    match = _YEARS.search(words)
    if not match or "nam hoc" in words or re.search(r"nhiem ky|chi tieu|ke hoach", words[: match.end()]):
        return None
    return datetime.date(int(match["a"]), 1, 1), datetime.date(int(match["b"]), 12, 31), match.start(), match.end()


def _phase_years(words: str) -> _Span | None:
    """ "Giai đoạn 1 (2026 - 2028)"."""
    match = re.match(r"\s*(?:giai doan|dot|chang) \S+ \((?P<a>20\d\d)\s*-\s*(?P<b>20\d\d)\)", words)
    return (datetime.date(int(match["a"]), 1, 1), datetime.date(int(match["b"]), 12, 31), 0, match.end()) if match else None


def _weeks(words: str) -> _Span | None:
    match = _WEEKS.search(words)
    return (None, None, match.start(), match.end()) if match else None
