"""Gates: clauses by which those who did not do something are not considered or may not propose.

"Đơn vị không đăng ký thi đua thì không xét", "không xét khen thưởng đối với đơn vị báo cáo chậm", "chỉ đề nghị những
tập thể đã tổ chức phát động". Patterns run on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from thidua.plans.facts.patterns import any_of
from thidua.plans.reading import Condition
from thidua.vietnamese.folding import search_key

Requirement = Literal["launched", "summarised", "registered", "reported"]

# What a unit pledged is not what it failed to start: "không triển khai các công trình đã đăng ký".
_OWN_WORK = r"(?!(?: thuc hien)?(?: cac| cong)? (?:noi dung|cong trinh|cong viec|chi tieu|nhiem vu|du an|phan viec))"
_REQUIRED: tuple[tuple[Requirement, re.Pattern[str]], ...] = (
    (
        "launched",
        re.compile(
            rf"\b(?:phat dong|trien khai{_OWN_WORK}|to chuc (?:cac |cac dot |dot |thuc hien )?(?:phong trao|thi dua))\b"
        ),
    ),
    ("summarised", re.compile(r"\b(?:tong ket|so ket)\b")),
    ("registered", re.compile(r"\b(?:dang ky|giao uoc)\b")),
    ("reported", re.compile(r"\bbao cao\b(?! (?:tom tat )?(?:thanh tich|sang kien))")),
)
_PAPERS = "ho so|to trinh|bang (?:tu |tong hop )*(?:cham )?diem|ban (?:tu )?(?:cham|dang ky)|bien ban"
_STEP = any_of(
    rf"phat dong|trien khai{_OWN_WORK}|to chuc (?:cac |dot |cac dot )?(?:phong trao|thi dua)|tong ket|so ket",
    "dang ky|giao uoc|bao cao(?! thanh tich)",
)
_ACT = any_of(_STEP, f"bao cao|gui|nop|{_PAPERS}|(?:xay dung|ban hanh) ke hoach")
# Between "không" and the act: "không thực hiện đầy đủ, đúng hạn chế độ thông tin, báo cáo".
_SLACK = (
    r"(?:[ ,]+(?:to chuc|thuc hien|tien hanh|tham gia|ky|ky ket|gui|nop|lap|co|lam|viec|cac|van ban|ban|phieu|hoi nghi"
    r"|day du|nghiem tuc|kip thoi|thuong xuyen|dung|han|thoi gian|thoi han|quy dinh|che do|thong tin|hoac|va|theo"
    r"|dot|phong trao|thi dua|le|hoan thanh(?= (?:viec|thu tuc))|so(?=,? (?:va )?tong ket))\b)*"
)
_UNTIMELY = any_of(
    r"(?:bi )?cham(?! (?:nhat|diem|soc|lo|dut|thi))|qua (?:thoi (?:han|gian|diem)|han)",
    "(?:muon|tre)(?= (?:han|hon|so voi))",
    r"(?:khong|chua) (?:dung|kip|dam bao|bao dam)(?: voi| ve)? (?:han|thoi (?:han|gian|diem)|quy dinh|tien do|yeu cau)",
    r"(?:khong|chua) day du|(?:sau|ngoai) thoi (?:han|gian|diem)|sau ngay",
)
_FAILURES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:khong|chua){_SLACK}[ ,]+{_ACT}\b",
        rf"\b(?:bao cao(?! thanh tich)|dang ky|gui|nop|{_PAPERS})\b[^.;:|]{{0,60}}?\b{_UNTIMELY}\b",
        r"\b(?:gui|nop|bao cao|dang ky|ho so) (?:muon|tre)\b",
        rf"\bcham (?:tre |gui |nop |lap |tong hop )*(?:bao cao|dang ky|{_PAPERS})\b",
    )
)
# Said of nobody and nothing by name; a nearer failure says more.
_TOO_LATE = re.compile(r"\b(?:qua|sau|ngoai) (?:thoi (?:han|gian|diem)|han)\b")
# "Chưa" refuses only under a condition; elsewhere it tells what has not been done so far.
_DENIED = re.compile(
    any_of(
        r"(?:\bkhong|(?:\b(?:thi|se|deu|tam)|^\W*) ?chua)(?:[ ,]+(?:duoc|bi|the|thuoc|dien|doi tuong|dua|vao|danh sach"
        r"|du|dieu kien|con|tong hop|tham muu|tham gia|danh gia|trinh|de|giai quyet))*[ ,]+"
        r"(?:xem xet|xet|de nghi|de xuat|khen|binh (?:xet|chon|bau|thi dua)|cong nhan"
        r"|suy ton|xep (?:loai|hang)|tiep nhan|tang (?:thuong|danh hieu|bang|giay|co))\b"
        r"(?! (?:thanh toan|quyet toan|kinh phi|ky luat))",
        r"\bloai (?:ra )?khoi (?:danh sach|dien|viec)|\btu choi (?:xem xet|xet|tiep nhan|de nghi)\b",
        r"\b(?:coi|xem) nhu (?:la )?(?:khong|chua) (?:tham gia|co nhu cau|de nghi|hoan thanh|du dieu kien)\b",
    )
)
_IF = re.compile(r"\bthi\b(?! (?:dua|cong|hanh|dau|xa|tran|sinh|diem|tuyen|truong))")
_CONSIDERED = "(?:xem xet|xet|de nghi|khen|binh xet|binh chon|cong nhan)"
# What is done, not the work it was done on: "hoàn thành các chỉ tiêu đã đăng ký".
_DONE = r"(?<!tieu )(?<!dung )(?<!trinh )(?<!viec )\b"
# "Chỉ", not the last word of "tiêu chí", "địa chỉ" or "đồng chí".
_ONLY = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!tieu )(?<!dia )(?<!(?<!hoi )dong )\bchi (?:duoc |dua |vao |dien |danh sach )*{_CONSIDERED}\b"
        rf"[^.;|]{{0,120}}?{_DONE}(?P<act>(?:co|da|dam bao|bao dam|thuc hien){_SLACK}[ ,]+{_ACT}\b[^.;|]*)",
        rf"\b{_CONSIDERED}\b[^.;|]{{0,30}}? chi (?:thuc hien|ap dung|danh) (?:doi voi|cho)\b[^.;|]{{0,120}}?"
        rf"{_DONE}(?P<act>(?:co|da|dam bao|bao dam|thuc hien){_SLACK}[ ,]+{_ACT}\b[^.;|]*)",
        rf"\bdieu kien (?:de |duoc )*{_CONSIDERED}\b[^.;|:]{{0,60}}:[^.;|]{{0,80}}?"
        rf"{_DONE}(?P<act>(?:phai|co|da){_SLACK}[ ,]+{_STEP}\b[^.;|]*)",
        rf"{_DONE}(?P<act>(?:phai|da|co){_SLACK}[ ,]+{_ACT}\b[^.;|]{{0,120}}?)\bmoi (?:duoc )?{_CONSIDERED}\b",
        rf"\b(?P<act>{_ACT}\b[^.;|]{{0,80}}?)\bla (?:mot trong (?:nhung|cac) )?dieu kien\b"
        rf"[^.;|]{{0,40}}?\b{_CONSIDERED}\b",
    )
)
_MAY_ONLY = re.compile(r"\b(?:chi|moi|dieu kien)\b")
# How far a campaign has come, not what is asked: "Một số đơn vị không đăng ký, không đề xuất …".
_NARRATES = re.compile(
    r"\W*(?:(?:nam|thang|quy|dot|giai doan)[^,.;]{0,20}, )?"
    r"(?:mot so|van con|con (?:co |nhieu |tinh trang |\d)|nhieu|phe binh|khac phuc|tinh trang|ton tai|han che)\b"
)
# Names of other things that hold an act's words: the paper, and the campaign that somebody else launched.
_OTHER_ACTS = re.compile(
    r"(?<=bao cao )(?:so ket|tong ket)(?:(?:,| va| hoac)+ tong ket)?"
    r"|\b(?:do|duoc|ma|khi|tu khi|ngay|le|dip)\b(?: (?!khong|chua)[^\s,;.:]+){0,8}? (?:phat dong|tong ket)\b"
)


class GateWords(Struct, frozen=True):
    """In folded words: what is asked for stands at [start, end), who is asked in [who_from, who_to)."""

    start: int
    end: int
    who_from: int
    who_to: int


def denial_in(words: str) -> int | None:
    """Where the first words end by which something is not considered; None where there are none."""
    denial = _DENIED.search(words)
    return denial.end() if denial else None


def find_gate(words: str, *, denied: bool = False) -> GateWords | None:
    """The gate in one clause; `denied` where the words above the clause say already that such cases are refused."""
    denials = list(_DENIED.finditer(words))
    if not (denials or denied or _MAY_ONLY.search(words)) or _NARRATES.match(words):
        return None
    failures = list(_failures(words)) if denials or denied else []
    return _refused(words, denials, failures) or _only(words) or (_listed(words, failures) if denied else None)


def _refused(words: str, denials: Sequence[re.Match[str]], failures: Sequence[tuple[int, int]]) -> GateWords | None:
    """ "Ai không … thì không xét", "không xét ai không …"."""
    for denial in denials:
        for start, end in failures:
            if end <= denial.start():
                return GateWords(start, denial.start(), 0, start)
            if start >= denial.end() and not _IF.search(words, denial.end(), start):
                return GateWords(start, len(words), denial.end(), start)
    return None


def _only(words: str) -> GateWords | None:
    """ "Chỉ xét …", "phải … mới được xét"."""
    found = (pattern.search(words) for pattern in _ONLY)
    only = next((match for match in found if match), None)
    return GateWords(*only.span("act"), 0, only.start("act")) if only else None


def _listed(words: str, failures: Sequence[tuple[int, int]]) -> GateWords | None:
    """A case under words that refuse it."""
    return GateWords(failures[0][0], len(words), 0, failures[0][0]) if failures else None


def _failures(words: str) -> Iterator[tuple[int, int]]:
    """What somebody did not do, or did too late; in the order of the words."""
    named = sorted(match.span() for pattern in _FAILURES for match in pattern.finditer(words))
    return iter(named or [match.span() for match in _TOO_LATE.finditer(words)])


def gate_requirements(condition: Condition) -> frozenset[Requirement]:
    """What a unit must have done to pass the gate, as far as its words name steps of a campaign.

    Empty for a floor or a ban on repeating, and for a gate on something else (papers sent in late): such a gate is a
    person's to judge.
    """
    if condition.kind != "gate":
        return frozenset()
    words = search_key(condition.text)
    gate = find_gate(words)
    asked = words[gate.start : gate.end] if gate else words
    asked = _OTHER_ACTS.sub(" ", asked)
    return frozenset(name for name, pattern in _REQUIRED if pattern.search(asked))
