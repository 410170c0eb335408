"""When the campaign, a phase of it, or a level's congress runs. Patterns read folded text (no marks, lower case)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Period
from thidua.vietnamese.dates import DateWords, find_dates

_CLOCK = r"(?:ca \d+ )?(?:\d{1,2}\s?(?:gio|h|g|:)\s?\d{0,2}(?:\s?phut)?,?\s*)?"
# What may stand between the two days of a range.
_TO = (
    r"(?:den|toi)(?: het)? tuan \d+ \(",
    r"-",
    r"(?:va |, )?(?:cho |keo dai |ket thuc |tro )?(?:den|toi|vao)(?: truoc| het| cuoi)?(?: ngay| thang)?",
    r"ket thuc(?: vao)?(?: ngay)?",
    r"het",
)
_LINK = re.compile(rf"\s*(?:,|\(|\))?\s*(?:{'|'.join(_TO)})?\s*{_CLOCK}(?:ngay)?\s*")
_FROM = re.compile(
    rf"(?:\btu|\bbat dau|\bke tu|\btinh tu)(?: (?:ngay|thang|dau))?\s*:?\s*{_CLOCK}(?:ngay)?\s*$",
)
_FROM_ISSUE = re.compile(
    r"\b(?:tu|bat dau(?: tu)?|ke tu|tinh tu)(?: (?:khi|ngay|luc))? (?:nay|(?:ky,? )?(?:ky )?ban hanh|phat dong)"
    r"[^,.;]{0,60}?,?\s*(?:cho |keo dai )?(?:den|toi)(?: het)?(?: ngay| thoi diem)?\s*"
)
_UNTIL_EVENT = re.compile(r"\s*,?\s*(?:cho )?(?:den|toi)(?: khi| ngay| het| thoi diem)?\s+(?=[a-z])")
_EVENT = re.compile(r"den khi|den ngay to chuc")
_LAST_YEAR_BEFORE = re.compile(r"\b(?:den|toi)(?: het| cuoi)? $")
_NO_RANGE = re.compile(r"\b(?:so ket|tong ket|trao|khen thuong)\b")
_DUE = re.compile(r"\b(?:truoc|cham nhat|han)\b")
_WHOLE_YEAR = re.compile(r"(?:trong|ca)\s*nam 20\d\d|^[^:]{0,40}:\s*nam 20\d\d")
_YEARS = re.compile(
    r"(?:^[^:]{0,40}:\s*(?:trong )?|giai doan |tu nam )(?:nam |giai doan )?"
    r"(?P<first>20\d\d)\s*(?:-|den(?: het)?(?: nam)?)?\s*(?P<last>20\d\d)(?!\d)"
)
_OTHER_YEARS = re.compile(r"nhiem ky|chi tieu|ke hoach")
_PHASE_YEARS = re.compile(r"\s*(?:giai doan|dot|chang) \S+ \((?P<first>20\d\d)\s*-\s*(?P<last>20\d\d)\)")
_WEEKS = re.compile(r"\btu tuan[^.;]{0,30}?\d+[^.;]{0,20}?den[^.;]{0,20}?\d+")
_CAMPAIGN = re.compile(
    r"\b(?:thanh tich (?:xet|tinh|duoc)|thang cong nhan|dot|phong trao|chang|giai doan|cao diem|phat dong|thoi gian)\b"
)
_SPAN = re.compile(r"\btu\b.*\bden\b")
_PHASE = re.compile(
    r"(?:dot|chang|giai doan|buoc|dot thi dua(?: thu)?)\s*(?:thu\s*)?(?:\d{1,2}|[ivx]+|nhat|mot|hai|ba|bon)\b"
)
_LEVEL = re.compile(
    r"\bcap (?:tren co so|co so|huyen va tuong duong|tinh|huyen|xa|trung uong|truong|phuong|thanh pho|quan|bo)\b"
    r"[^:,;.(]{0,30}"
)
_DUTY = re.compile(r"\b(?:gui|nop|trinh|bao cao|dang ky|tong hop|tham dinh|binh xet|hoan thien ho so)\b")
_OTHER_PARTS = frozenset({"criteria", "dossier", "submission", "purpose", "quotas"})
_EARLIEST_YEAR, _MOST_YEARS = 2000, 15


class _Run(NamedTuple):
    """First and last day (None: the text does not fix it) and [start, end) of the words in their sentence."""

    first: datetime.date | None
    last: datetime.date | None
    start: int
    end: int


def read_periods(source: Source) -> tuple[Period, ...]:
    """Periods in reading order; the same pair of days under the same label counts once."""
    found: dict[tuple[object, object, str | None], Period] = {}
    for block in source.blocks:
        for period in _of_block(source, block):
            found.setdefault((period.start, period.end, period.label), period)
    return tuple(found.values())


def _of_block(source: Source, block: Block) -> Iterator[Period]:
    folded = block.normal.folded
    is_phase = _PHASE.match(folded, block.body) is not None
    is_timed = "time" in block.roles and not block.roles & _OTHER_PARTS
    if block.is_row or not (is_phase or _speaks_of_time(block)):
        return
    for start, end in sentences(block):
        words = folded[start:end]
        run = _range(source, words) or (_less_exact(source, words) if is_timed else None)
        if run is None or not _is_plausible(run):
            continue
        if is_timed:
            is_meant = is_phase or not _DUTY.search(words[: run.start])
        else:
            is_meant = run.first is not None and _CAMPAIGN.search(words) is not None
        if is_meant:
            yield _period(source, block, start, run)


def _speaks_of_time(block: Block) -> bool:
    """The part on time, or a paragraph of no other part that says from when to when a campaign runs."""
    if block.roles & _OTHER_PARTS or "organisation" in block.roles:
        return False
    folded = block.normal.folded
    return "time" in block.roles or bool(_CAMPAIGN.search(folded) and _SPAN.search(folded))


def _is_plausible(run: _Run) -> bool:
    if run.first is None:
        return True
    return run.first.year >= _EARLIEST_YEAR and (run.last is None or run.last.year - run.first.year <= _MOST_YEARS)


def _period(source: Source, block: Block, start: int, run: _Run) -> Period:
    quote, span = source.words(block.normal, start, start + run.end)
    return Period(quote=quote, span=span, label=_label(block), level=_level(block), start=run.first, end=run.last)


def _label(block: Block) -> str | None:
    """The phase's name, else the heading over it, which is no shout where it stands beside others."""
    lineage = (block, *block.ancestors())
    for candidate in lineage:
        match = _PHASE.search(candidate.folded)
        if match and match.start() < 25:
            return candidate.text[match.start() : match.end()]
    headed = next((candidate for candidate in lineage if candidate.head), None)
    if headed is None:
        return None
    heading = headed.normal.text[headed.body : headed.head].strip(" .:*")
    return heading.capitalize() if heading.isupper() else heading


def _level(block: Block) -> str | None:
    match = _LEVEL.search(block.folded[:120])
    return block.text[match.start() : match.end()].strip() if match else None


def _range(source: Source, words: str) -> _Run | None:
    """ "từ … đến …" with days or months; what the text does not fix is None."""
    issue = _FROM_ISSUE.search(words)
    if issue:
        return _from_issue(source, words, issue)
    dates = _bounds(words)
    return _between(source, words, dates) or _to_event(source, words, dates)


def _from_issue(source: Source, words: str, issue: re.Match[str]) -> _Run | None:
    """ "từ ngày ban hành đến …"."""
    after = next((date for date in find_dates(words) if date.start >= issue.end() - 8), None)
    if after is not None and after.start <= issue.end() + 6:
        return _Run(source.issued, after.within(source.year)[1], issue.start(), after.end)
    return _Run(source.issued, None, issue.start(), len(words)) if _EVENT.search(words) else None


def _between(source: Source, words: str, dates: list[DateWords]) -> _Run | None:
    for left, right in pairwise(dates):
        if _LINK.fullmatch(words[left.end : right.start]) and _opens(words, left):
            return _Run(*_days(source, left, right), left.start, right.end)
    return None


def _to_event(source: Source, words: str, dates: list[DateWords]) -> _Run | None:
    """ "từ 01/3/2025 đến khi …": runs to the end of the sentence."""
    for left in dates:
        before = words[: left.start]
        opens = _FROM.search(before) or (left.grain == "month" and before.endswith("tu "))
        if opens and _UNTIL_EVENT.match(words, left.end):
            return _Run(left.within(source.year)[0], None, left.start, len(words))
    return None


def _bounds(words: str) -> list[DateWords]:
    """Days, months and quarters; a year only where it ends a range ("đến hết năm 2026")."""
    return [date for date in find_dates(words) if date.grain != "year" or _LAST_YEAR_BEFORE.search(words[: date.start])]


def _opens(words: str, left: DateWords) -> bool:
    """A range's first day follows "từ", a bracket or a colon, or is more than a day and a month ("9/2")."""
    before = words[: left.start]
    return left.end - left.start > 4 or before.endswith(("(", ": ")) or _FROM.search(before) is not None


def _days(source: Source, left: DateWords, right: DateWords) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day; the first takes the year that puts it before the last."""
    last = right.within(source.year)[1]
    first = left.within(last.year if last else right.year or source.year)[0]
    if first and last and first > last and left.year is None:
        first = left.within(last.year - 1)[0]
    return first, last


def _less_exact(source: Source, words: str) -> _Run | None:
    return _phase_years(words) or _whole(source, words) or _years(words) or _weeks(words)


def _phase_years(words: str) -> _Run | None:
    """ "Giai đoạn 1 (2026 - 2028)"."""
    match = _PHASE_YEARS.match(words)
    return _Run(*_whole_years(match), 0, match.end()) if match else None


def _whole(source: Source, words: str) -> _Run | None:
    """A quarter, a month, a day or a named year taken whole ("hoàn thành trong Quý I năm 2025")."""
    if _NO_RANGE.search(words):
        return None
    dates = find_dates(words)
    for date in dates:
        if date.grain in {"quarter", "month", "half"} and (date.year or source.year):
            return _Run(*date.within(source.year), date.start, date.end)
        if date.grain == "day" and date.year and not _DUE.search(words):
            return _Run(*date.within(None), date.start, date.end)
    years = [date for date in dates if date.grain == "year"]
    if len(years) == 1 and _WHOLE_YEAR.search(words):
        return _Run(*years[0].within(None), years[0].start, years[0].end)
    return None


def _years(words: str) -> _Run | None:
    """ "giai đoạn 2026 - 2030"; school years, terms and plans of years are no campaigns."""
    match = _YEARS.search(words)
    if not match or "nam hoc" in words or _OTHER_YEARS.search(words[: match.end()]):
        return None
    return _Run(*_whole_years(match), match.start(), match.end())


def _whole_years(match: re.Match[str]) -> tuple[datetime.date, datetime.date]:
    return datetime.date(int(match["first"]), 1, 1), datetime.date(int(match["last"]), 12, 31)


def _weeks(words: str) -> _Run | None:
    """ "từ tuần 5 đến tuần 20": days that only a school's calendar gives."""
    match = _WEEKS.search(words)
    return _Run(None, None, match.start(), match.end()) if match else None
