"""Recurring times as iCalendar rules (RFC 5545): "ngày 15 của tháng cuối quý" is FREQ=MONTHLY;INTERVAL=3;…"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HINT = re.compile(
    r"\b(?:(?:hang|moi|cac|cua) (?:ngay|tuan|thang|quy|nam)|dinh ky|cuoi (?:cua |moi |hang |cung )*(?:quy|thang)|thang (?:cuoi|dau)|tuan (?:mot|1|01) lan)|tuan/lan"
)
_EVERY = r"(?:hang|hằng|moi|cac|cua)"
_DAYS = {"hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tu": "WE", "4": "WE", "nam": "TH", "5": "TH", "sau": "FR", "6": "FR", "bay": "SA", "7": "SA"}
_WEEKLY = re.compile(
    rf"(?:(?:truoc|vao|cham nhat)?[^,;.]{{0,25}}?\b(?:thu (?P<day>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday>chu nhat))(?: cuoi)? (?:{_EVERY}) tuan)"
    rf"|(?:{_EVERY} tuan)[^;.]{{0,40}}?\b(?:thu (?P<day2>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday2>chu nhat))\b"
)
_WEEK_PLAIN = re.compile(r"(?:bao cao|tong hop|hop|giao ban|cap nhat)[^,;.]{0,40}\b(?:hang tuan|moi tuan)\b")
_QUARTER_DAY = re.compile(r"ngay (?P<day>\d{1,2})[^,;.]{0,20}?(?:thang cuoi(?: cua)?(?: moi| hang)? quy|cuoi quy|thang cuoi quy)")
_QUARTER_FIRST = re.compile(r"ngay (?P<day>\d{1,2})[^,;.]{0,20}?(?:thang dau(?: tien)?(?: cua)? quy(?: sau| tiep theo| ke tiep)?)")
_MONTH_DAY = re.compile(rf"ngay\s*(?:mung )?(?P<day>\d{{1,2}})\s*(?:{_EVERY}|cua (?:moi|hang)|moi)\s*thang(?! cuoi)")
_MONTH_DAY2 = re.compile(rf"(?:{_EVERY} thang)[^;.]{{0,50}}?\bngay\s*(?P<day>\d{{1,2}})\b(?!\s*[/]|\s*thang)")
_MONTH_LAST = re.compile(r"ngay (?:lam viec )?cuoi (?:cung )?(?:cua |moi |hang )*thang|cuoi (?:moi|hang) thang")
_YEAR_DAY = re.compile(rf"(?:ngay\s*)?(?P<day>\d{{1,2}})(?:/| thang )(?P<month>\d{{1,2}})(?:/| )?\s*(?:{_EVERY}|moi)\s*nam")
_YEAR_DAY2 = re.compile(r"(?:hang nam|moi nam)[^;.]{0,70}?\b(?:truoc|vao|cham nhat|xong)[^;.\d]{0,20}(?:ngay\s*)?(?P<day>\d{1,2})\s?(?:/| thang )\s?(?P<month>\d{1,2})(?!\s?[/\d])")
_QUARTER_PLAIN = re.compile(r"\b(?:dinh ky )?(?:hang quy|moi quy|theo quy(?! dinh| che| mo| trinh))\b")
_MONTH_PLAIN = re.compile(r"\bdinh ky (?:hang|moi) thang\b|\b(?:bao cao|hop|so ket|tong hop|giao ban|cham diem)[^,;.]{0,40}\b(?:hang thang|moi thang)\b")
_DAILY = re.compile(r"\b(?:bao cao|cap nhat|tong hop|cong bo|ghi)[^;.]{0,60}\b(?:hang|moi) ngay\b|\b(?:hang|moi) ngay\b[^;.]{0,40}\b(?:bao cao|cap nhat|tong hop|cong bo)\b")
_YEAR_MONTH = re.compile(r"(?:trong |vao )?thang\s*(?P<month>\d{1,2})\s*(?:hang|moi) nam")
_FORTNIGHT = re.compile(r"\b(?:hai|2|02) tuan (?:mot|1|01) lan\b|\b(?:dinh ky )?(?:hai|2|02) tuan/lan\b")
_HALF = re.compile(r"(?:6 thang|sau thang)[^;.]{0,40}?ngay (?P<d1>\d{1,2})(?:/| thang )(?P<m1>\d{1,2})(?!/?\d)[^;.]{0,40}?(?:nam|hang nam)[^;.]{0,25}?ngay (?P<d2>\d{1,2})(?:/| thang )(?P<m2>\d{1,2})(?!/?\d)")


def find_recurrences(words: str) -> Iterator[tuple[int, int, str]]:
    """[start, end) and RRULE of every recurring time of a folded clause, the most exact reading of a place first."""
    taken: list[tuple[int, int]] = []
    for start, end, rule in sorted(_all(words), key=lambda hit: hit[0]):
        if not any(a < end and start < b for a, b in taken):
            taken.append((start, end))
            yield start, end, rule


def _all(words: str) -> list[tuple[int, int, str]]:
    if not _HINT.search(words):
        return []
    exact: list[tuple[int, int, str]] = []
    for m in _WEEKLY.finditer(words):
        day = m["day"] or m["day2"]
        exact.append((*m.span(), f"FREQ=WEEKLY;BYDAY={_DAYS[day] if day else 'SU'}"))
    exact += [(*m.span(), _quarterly("3,6,9,12", m["day"])) for m in _QUARTER_DAY.finditer(words)]
    exact += [(*m.span(), _quarterly("1,4,7,10", m["day"])) for m in _QUARTER_FIRST.finditer(words)]
    exact += [(*m.span(), f"FREQ=MONTHLY;BYMONTHDAY={int(m['day'])}") for p in (_MONTH_DAY, _MONTH_DAY2) for m in p.finditer(words)]
    exact += [(*m.span(), "FREQ=MONTHLY;BYMONTHDAY=-1") for m in _MONTH_LAST.finditer(words)]
    exact += [
        (*m.span(), f"FREQ=YEARLY;BYMONTH={int(m['month'])};BYMONTHDAY={int(m['day'])}")
        for p in (_YEAR_DAY, _YEAR_DAY2)
        for m in p.finditer(words)
    ]
    exact += [(*m.span(), "FREQ=DAILY") for m in _DAILY.finditer(words)]
    exact += [(*m.span(), f"FREQ=YEARLY;BYMONTH={int(m['month'])}") for m in _YEAR_MONTH.finditer(words)]
    exact += [(*m.span(), "FREQ=WEEKLY;INTERVAL=2") for m in _FORTNIGHT.finditer(words)]
    if exact:
        return exact
    plain = [(*m.span(), "FREQ=WEEKLY") for m in _WEEK_PLAIN.finditer(words)]
    plain += [(*m.span(), "FREQ=MONTHLY;INTERVAL=3") for m in _QUARTER_PLAIN.finditer(words)]
    plain += [(*m.span(), "FREQ=MONTHLY") for m in _MONTH_PLAIN.finditer(words)]
    return plain


def _quarterly(months: str, day: str) -> str:
    return f"FREQ=MONTHLY;INTERVAL=3;BYMONTH={months};BYMONTHDAY={int(day)}"
