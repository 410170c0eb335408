"""Annual ratings that a demand asks for. Patterns run on folded text."""

from __future__ import annotations

import re
from typing import Any

from thidua.law.criteria import Criterion
from thidua.plans.facts.patterns import any_of
from thidua.plans.facts.quantities import parse_count
from thidua.rules.facts import Track
from thidua.rules.plan_words.frame import Frame
from thidua.rules.plan_words.names import all_asked, asks
from thidua.rules.plan_words.years import COUNT, SPAN, Years, years_in

_RATES = any_of(
    "deu|phai|lien tuc|hang nam|duoc|danh gia|xep loai|xep|cong nhan|chat luong|la|dat|o|muc|muc do|ket qua|phan loai",
    "tap the|to chuc dang|to chuc co so dang|chi bo|dang bo|dang vien|don vi|can bo|cong chuc|vien chuc|va|co",
    "cong doan co so|co quan|ca nhan|luon",
)
_FILL = rf"(?:{_RATES},? )*"
_SAID_RATED = re.compile(r"\b(?:danh gia|xep loai|cong nhan|phan loai|muc|tro len)\b")
_LEVEL = r"(?:hoan thanh (?P<level>xuat sac |tot )?nhiem vu|(?P<short>htxsnv|htt?nv))"
_RATED = re.compile(
    rf"{_FILL}(?:(?P<before>{SPAN}),? )?{_FILL}{_LEVEL}(?: duoc giao)?(?: tro len)?(?: (?:trong )?(?P<behind>{SPAN}))?"
)
_SOME_YEARS = re.compile(
    rf"(?:co |phai co |va co )?(?:it nhat |toi thieu |tu |du )?(?:la )?(?P<n>{COUNT}) nam(?: tro len)? {_FILL}"
    r"(?:hoan thanh )?(?P<level>xuat sac)(?: nhiem vu)?(?: tro len)?"
)
_SOME_OF_SPAN = re.compile(
    rf"(?P<span>{SPAN}),? {_FILL}(?:co )?(?:it nhat |toi thieu |tu )(?P<n>{COUNT}) nam(?: tro len)? {_FILL}{_LEVEL}"
    rf"(?: tro len)?"
)
_ONE_YEAR = re.compile(rf"(?:co )?nam (?P<year>20\d\d) {_FILL}hoan thanh xuat sac(?: nhiem vu)?")
LEVELS = {"xuat sac": "excellent", "tot": "good", "": "done", "htxsnv": "excellent", "htnv": "done"}


def read_rating(words: str, frame: Frame) -> Criterion | None:
    """ "Từ năm 2020 đến năm 2024 được xếp loại hoàn thành tốt nhiệm vụ trở lên"."""
    found = _RATED.fullmatch(words)
    if found is None:
        return None
    span = found["before"] or found["behind"]
    if span is None and not found["short"] and not _SAID_RATED.search(words):
        return None
    years = years_in(span or "")
    if frame.confirmed and years.named:
        years = Years(tuple(range(frame.confirmed[0], frame.confirmed[1] + 1)))
    return rated(years, _level(found), frame.track)


def _level(found: re.Match[str]) -> str:
    return LEVELS.get(found["short"] or "", "good") if found["short"] else LEVELS[(found["level"] or "").strip()]


def rated(years: Years, level: str, track: Track, at_least: int | None = None) -> Criterion | None:
    kept: dict[str, Any] = {"level": level} | ({"track": track} if track != "state" else {})
    if at_least is not None:
        return asks("rated", **kept, **years.window(), at_least=at_least) if years.is_whole else None
    if years.is_whole:
        return asks("rated", **kept, **years.window())
    return all_asked(*(asks("rated", **kept, first=year, last=year) for year in years.named))


def read_some_years(words: str, frame: Frame) -> Criterion | None:
    """ "Trong 05 năm (2020 - 2024) có ít nhất 03 năm hoàn thành xuất sắc nhiệm vụ"."""
    found = _SOME_OF_SPAN.fullmatch(words)
    if found is None:
        return None
    years = years_in(found["span"])
    if frame.confirmed and years.named:
        years = Years(tuple(range(frame.confirmed[0], frame.confirmed[1] + 1)))
    return rated(years, _level(found), frame.track, frame.excellent or parse_count(found["n"].split(" ")[0]))


def read_of_which(words: str, frame: Frame) -> Criterion | None:
    """What stands behind the ratings: "trong đó có ít nhất 03 năm hoàn thành xuất sắc nhiệm vụ"."""
    if frame.rated is None:
        return None
    some, one = _SOME_YEARS.fullmatch(words), _ONE_YEAR.fullmatch(words)
    if some:
        at_least = frame.excellent or parse_count(some["n"].split(" ")[0])
        return rated(frame.rated, "excellent", frame.track, at_least)
    if one:
        return rated(Years((int(one["year"]),)), "excellent", frame.track)
    return None
