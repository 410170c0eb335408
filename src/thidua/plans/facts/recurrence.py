"""Recurring times as iCalendar rules (RFC 5545): "ngày 15 của tháng cuối quý" is FREQ=MONTHLY;INTERVAL=3;…

Patterns read folded text (no marks, lower case).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HINT = re.compile(
    r"\b(?:(?:hang|moi|cac|cua) (?:ngay|tuan|thang|quy|nam)|dinh ky|cuoi (?:cua |moi |hang |cung )*(?:quy|thang)|"
    r"thang (?:cuoi|dau)|tuan (?:mot|1|01) lan)|tuan/lan"
)
_WEEKDAYS = {
    "thu hai": "MO", "thu 2": "MO", "thu ba": "TU", "thu 3": "TU", "thu tu": "WE", "thu 4": "WE", "thu nam": "TH",
    "thu 5": "TH", "thu sau": "FR", "thu 6": "FR", "thu bay": "SA", "thu 7": "SA", "chu nhat": "SU",
}  # fmt: skip
_EVERY = r"(?:hang|moi|cac|cua)"
_EACH = r"(?:hang|moi)"
_WEEKDAY = "|".join(_WEEKDAYS)
_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>\d{1,2})"
_REPORT = r"(?:bao cao|cap nhat|tong hop|cong bo)"
_Rules = tuple[tuple[re.Pattern[str], str], ...]
# Pattern and rule; {day}, {month} and {weekday} are the groups of the pattern.
_EXACT: _Rules = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (
            rf"(?:truoc|vao|cham nhat)?[^,;.]{{0,25}}?\b(?P<weekday>{_WEEKDAY})(?: cuoi)? {_EVERY} tuan"
            rf"|{_EVERY} tuan[^;.]{{0,40}}?\b(?P<weekday_behind>{_WEEKDAY})\b",
            "FREQ=WEEKLY;BYDAY={weekday}",
        ),
        (
            rf"ngay {_DAY}[^,;.]{{0,20}}?(?:thang cuoi(?: cua)?(?: moi| hang)? quy|cuoi quy)",
            "FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY={day}",
        ),
        (
            rf"ngay {_DAY}[^,;.]{{0,20}}?thang dau(?: tien)?(?: cua)? quy(?: sau| tiep theo| ke tiep)?",
            "FREQ=MONTHLY;INTERVAL=3;BYMONTH=1,4,7,10;BYMONTHDAY={day}",
        ),
        (
            rf"ngay\s*(?:mung )?{_DAY}\s*(?:{_EVERY}|cua {_EACH})\s*thang(?! cuoi)",
            "FREQ=MONTHLY;BYMONTHDAY={day}",
        ),
        (
            rf"{_EVERY} thang[^;.]{{0,50}}?\bngay\s*{_DAY}\b(?!\s*/|\s*thang)",
            "FREQ=MONTHLY;BYMONTHDAY={day}",
        ),
        (
            rf"ngay (?:lam viec )?cuoi (?:cung )?(?:cua |moi |hang )*thang|cuoi {_EACH} thang",
            "FREQ=MONTHLY;BYMONTHDAY=-1",
        ),
        (
            rf"(?:ngay\s*)?{_DAY}(?:/| thang ){_MONTH}(?:/| )?\s*{_EVERY}\s*nam",
            "FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}",
        ),
        (
            rf"{_EACH} nam[^;.]{{0,70}}?\b(?:truoc|vao|cham nhat|xong)[^;.\d]{{0,20}}(?:ngay\s*)?"
            rf"{_DAY}\s?(?:/| thang )\s?{_MONTH}(?!\s?[/\d])",
            "FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}",
        ),
        (
            rf"\b(?:{_REPORT}|ghi)[^;.]{{0,60}}\b{_EACH} ngay\b|\b{_EACH} ngay\b[^;.]{{0,40}}\b{_REPORT}\b",
            "FREQ=DAILY",
        ),
        (
            rf"(?:trong |vao )?thang\s*{_MONTH}\s*{_EACH} nam",
            "FREQ=YEARLY;BYMONTH={month}",
        ),
        (
            r"\b(?:hai|2|02) tuan (?:mot|1|01) lan\b|\b(?:dinh ky )?(?:hai|2|02) tuan/lan\b",
            "FREQ=WEEKLY;INTERVAL=2",
        ),
    )
)
# Read only where a clause holds none of the exact ones.
_PLAIN: _Rules = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (
            rf"(?:bao cao|tong hop|hop|giao ban|cap nhat)[^,;.]{{0,40}}\b{_EACH} tuan\b",
            "FREQ=WEEKLY",
        ),
        (
            rf"\b(?:dinh ky )?(?:{_EACH} quy|theo quy(?! dinh| che| mo| trinh))\b",
            "FREQ=MONTHLY;INTERVAL=3",
        ),
        (
            rf"\bdinh ky {_EACH} thang\b"
            rf"|\b(?:bao cao|hop|so ket|tong hop|giao ban|cham diem)[^,;.]{{0,40}}\b{_EACH} thang\b",
            "FREQ=MONTHLY",
        ),
    )
)


def find_recurrences(words: str) -> Iterator[tuple[int, int, str]]:
    """[start, end) and RRULE of every recurring time of a folded clause, the most exact reading of a place first."""
    if not _HINT.search(words):
        return
    reached = 0
    for start, end, rule in sorted(_hits(words, _EXACT) or _hits(words, _PLAIN), key=lambda hit: hit[0]):
        if start >= reached:
            reached = end
            yield start, end, rule


def _hits(words: str, rules: _Rules) -> list[tuple[int, int, str]]:
    return [
        (*match.span(), rule.format_map(_values(match))) for pattern, rule in rules for match in pattern.finditer(words)
    ]


def _values(match: re.Match[str]) -> dict[str, str | int]:
    """The groups that matched, as RFC 5545 writes them: 5 for "05", MO for "thứ hai"."""
    found = {name.partition("_")[0]: words for name, words in match.groupdict().items() if words}
    return {name: _WEEKDAYS.get(words) or int(words) for name, words in found.items()}
