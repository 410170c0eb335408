"""The step of a campaign that a deadline belongs to, told by its words."""

from __future__ import annotations

import re
from enum import IntEnum

from thidua.plans.reading import Deadline
from thidua.vietnamese.folding import search_key


class Stage(IntEnum):
    """Steps in the order of the year."""

    REGISTER = 1
    NOMINATE = 2
    APPRAISE = 3
    SUBMIT = 4
    DECIDE = 5
    CEREMONY = 6


_SUBMITS = r"(?<!cong )(?<!chuong )(?<!qua )trinh"
_STAGES = (
    (Stage.CEREMONY, r"trao (?:thuong|tang|giai|giay|bang)|le (?:tong ket|trao|tuyen duong|ton vinh|vinh danh)"),
    (Stage.CEREMONY, r"hoi nghi tong ket"),
    (Stage.DECIDE, r"(?:ban hanh|ky|ra|trinh ky) quyet dinh (?:khen|tang|cong nhan)|quyet dinh khen thuong"),
    (Stage.REGISTER, r"\bdang ky\b|giao uoc"),
    (Stage.NOMINATE, rf"(?:gui|nop|lap|{_SUBMITS}|hoan thien|hoan thanh)\b.{{0,30}}\b(?:ho so|de nghi)\b|ho so khen"),
    (Stage.NOMINATE, r"de nghi (?:khen|xet (?:tang|khen)|tang)"),
    (Stage.APPRAISE, r"tham dinh|\bhop (?:xet|binh|hoi dong)|hoi dong\b.{0,50}\b(?:cho y kien|xet)\b|binh xet"),
    (Stage.SUBMIT, rf"\b{_SUBMITS}\b.{{0,40}}\bkhen thuong|\b{_SUBMITS} (?:chu tich|bo truong|lanh dao|thu tuong)"),
)  # fmt: skip
_SUMMARY = re.compile(
    r"bao cao\b.{0,30}\btong ket|bao cao ket qua (?:dot|phong trao|thuc hien)|tong ket (?:dot|phong trao|cuoc)"
)
_HANDING_IN = re.compile(rf"\b(?:gui|nop|bao cao|{_SUBMITS}|dang ky)\b")
_INTERIM = re.compile(
    r"\bso ket\b|\b(?:dot|giai doan) (?:\d|[ivx]+)\b|\bquy\b|\b0?6 thang\b|\bhoc ky\b"
    r"|\bhang (?:nam|thang|quy|tuan)\b"
)


def stage_of(deadline: Deadline) -> Stage | None:
    """By what is due; where that says nothing, by the whole clause."""
    return _match(search_key(deadline.what)) or _match(search_key(deadline.quote))


def is_summary(deadline: Deadline) -> bool:
    """A report on the whole campaign, which nobody can write before its end."""
    return _SUMMARY.search(search_key(deadline.what)) is not None


def is_interim(deadline: Deadline) -> bool:
    """It concerns a part of the campaign, or comes back every year."""
    return _INTERIM.search(search_key(f"{deadline.what} {deadline.quote}")) is not None


def is_handing_in(deadline: Deadline) -> bool:
    """Something goes to an office, which is closed on days off."""
    return _HANDING_IN.search(search_key(deadline.what)) is not None


def _match(words: str) -> Stage | None:
    return next((stage for stage, pattern in _STAGES if re.search(pattern, words)), None)
