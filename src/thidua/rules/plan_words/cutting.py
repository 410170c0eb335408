"""A plan's clause cut into single demands: at semicolons and full stops, at commas, "và", "hoặc" and "trong đó" before
words that open a demand. Nothing is left out: head and demands together hold every word of the clause.

Patterns run on folded text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from msgspec import Struct

from thidua.plans.facts.patterns import any_of
from thidua.vietnamese.folding import fold
from thidua.vietnamese.letters import UPPER

Joint = Literal["and", "or", "of_which"]

# --- What a demand opens with ---------------------------------------------------------------------------------------

_COUNT_OF_YEARS = r"(?:it nhat |toi thieu )?(?:\d{1,2}|mot|hai|ba|bon) nam\b"
_STATES = any_of(
    "hoan thanh|noi bo|ty le|chap hanh|dan dau|bao dam|guong mau|tich cuc|phat dong|tong diem|diem|giai ngan|ban hanh",
    r"khong (?:co|bi|de|vi pham|no|phat sinh|con|nam trong)|dat(?! nuoc)|nop|thuc hien|sinh hoat|nang suat|chi so",
    r"co(?! (?:quan|so|cau|hieu qua|trach nhiem|y thuc))|to chuc(?! (?:dang|co so|doan|hoi|chinh tri|,))",
    "la (?:tap the|don vi|ca nhan|ho|nguoi|tac gia|mot)|duoc (?:danh gia|xep loai|tap the [^,;]* suy ton)",
    r"(?:tu |trong )?nam 20\d\d|giup(?! do [^,;]* va)|uu tien|so luong|don vi an toan|bao cao",
    "dong (?:du|day du|gop)|tu nguyen|ung ho|ho tro|van dong|tao viec lam|tham gia|doanh thu|trong thoi gian (?:do"
    "|nay)",
    _COUNT_OF_YEARS,
)
_ALSO_STATES = any_of(
    r"co(?! (?:quan|so|cau|hieu qua|trach nhiem|y thuc))|khong (?:co|bi|de|vi pham)|dat(?! nuoc)",
    "hoan thanh (?:tot|xuat sac|vuot|100)|duoc (?:danh gia|xep loai)|la (?:tap the|don vi|nguoi)",
    _COUNT_OF_YEARS,
)
_OR_STATES = any_of(
    _STATES,
    "hien|duoc|thu hut|huy dong|la|cung cap|lien ket|dang|chua",
)
_MARK = re.compile(
    any_of(
        r"(?P<stop>;|(?<!\d)\.(?= )|(?<=\d)\.(?= ))",
        r"(?P<of_which>,? trong do,?(?= ))",
        rf"(?P<either>(?:,| |;) ?hoac(?= {_OR_STATES}\b))",
        rf"(?P<comma>,(?: va| dong thoi)?(?= (?:{_STATES})\b))",
        rf"(?P<also> (?:va|dong thoi)(?= (?:{_ALSO_STATES})\b))",
    )
)
_OPENS_WITH_OR = re.compile(r"\s*hoac\b,?")
# "Không xét khen thưởng đối với cá nhân …": what follows, up to the full stop, are cases and no demands.
EXCLUDES = re.compile(
    r"\s*(?:luu y\s*:\s*)?(?:khong|chua) (?:xet|de nghi|khen thuong|binh xet)\b[^.:;]{0,60}?"
    r"(?:(?:doi voi|cho)?(?: cac| nhung)? ?(?:tap the|ca nhan|don vi|can bo|nguoi)(?:, (?:tap the|ca nhan))*\s|:\s*)"
)
# Words that need those behind the comma: "doanh thu, nộp ngân sách năm 2026 tăng", "xây dựng, ban hành kế hoạch".
_UNFINISHED = re.compile(
    r"\s*(?:doanh thu|loi nhuan|thu nhap|san luong|nang suat|kim ngach|gia tri san xuat|xay dung"
    r"|(?:thuc hien |chap hanh )?(?:tot |nghiem |nghiem tuc |day du )*che do thong tin)"
)
_BARE_SUBJECT = re.compile(
    r"(?:cac |nhung |moi )?(?:tap the|ca nhan|don vi|co quan|dia phuong)"
    r" (?=hoan thanh|co |khong |duoc (?:danh gia|xep)|dat |chap hanh|to chuc |nop |trong |\d\d nam |nam 20)"
)
_ABBREVIATED = re.compile(r"\b(?:tp|tx|tt|so|ths|ts|gs|pgs|v\.v|st)$")
_ONLY_TIME = re.compile(
    r"(?:rieng )?(?:den (?:het )?(?:ngay )?|tinh den |tu |trong |ca |nam |giai doan )*"
    r"(?:\d{1,2}(?: thang |/)\d{1,2}(?: nam |/))?20\d\d(?: ?(?:-|den(?: het)?) ?(?:nam )?20\d\d)?"
)

# --- What stands before the first demand ----------------------------------------------------------------------------

_LABEL = re.compile(r"(?:(?:[a-z]\s?[)/.]|\d+(?:\.\d+)*[.)](?= )|\d+\.\d+(?= )|[-+*•–])\s*)*")
_PEOPLE = any_of(
    "(?:doi voi|cac|nhung|moi|tung) (?:[^\\W\\d]+)",
    "tap the|ca nhan|ho(?= )|ho gia dinh|gia dinh|don vi|co quan|lop|to(?= )|thon|xa|phuong|khoa|phong|doi(?= )|ap",
    "chi hoi|chi bo|dang bo|cong doan|can bo|cong chuc|vien chuc|nguoi|doanh nghiep|phan xuong|dang vien|hoi vien",
)
_COLON_HEAD = re.compile(r"[^:;.]{1,200}?:(?= |$)")
_DASH_HEAD = re.compile(r"doi voi [^:.]{3,300}? -(?= )")
_SUBJECT = re.compile(
    rf"{_PEOPLE}[^;:.\d]{{0,60}}?(?: (?:duoc|de nghi)(?: de nghi| xet)?(?: khen(?: thuong)?| tang[^,;:]{{0,40}}|"
    rf" giai)?)?"
    r"(?: khi [a-z ]{1,30}? phai| phai| khi| neu)(?: la(?= tap the| don vi)| co(?= trong \d))?(?= )"
)
_GIVEN = re.compile(
    r"(?:xet )?(?:tang(?: thuong)?|cho)(?: cho)? (?:cac |nhung )?(?:tap the|ca nhan|don vi|ho gia dinh)"
    r"(?:,? (?:va )?(?:tap the|ca nhan|ho gia dinh))* (?=dan dau|co |duoc xep|hoan thanh|dat |tieu bieu)"
)
_DEMANDS = re.compile(rf"\b(?:{_ALSO_STATES}|khong|phai|trong (?:\d\d )?nam)\b")


class Piece(Struct, frozen=True):
    """One demand at [start, end) of the clause, and how it goes with the one before it; `run` counts segments."""

    start: int
    end: int
    joint: Joint
    run: int


class Clause(Struct, frozen=True):
    """`text` is composed (NFC); `folded` has its length. Words before `head` say of whom it speaks."""

    text: str
    folded: str
    head: int
    pieces: tuple[Piece, ...]

    def words(self, piece: Piece) -> str:
        return self.text[piece.start : piece.end].strip(" ,;.:")

    def key(self, piece: Piece) -> str:
        """What the grammar reads: folded, without quotation marks and brackets' spaces."""
        words = " ".join(re.sub(r"[“”\"]", "", self.folded[piece.start : piece.end]).split()).strip(" ,;.:")
        return _BARE_SUBJECT.sub("", words, count=1) if _BARE_SUBJECT.match(words) else words


def cut(text: str) -> Clause:
    text = unicodedata.normalize("NFC", text)
    folded = fold(text)
    head = _head(folded)
    return Clause(text, folded, head, tuple(_pieces(text, folded, head)))


def _head(folded: str) -> int:
    """Labels, "Đối với tập thể:", "Gia đình được khen phải"."""
    label = _LABEL.match(folded)
    start = label.end() if label else 0
    colon = _COLON_HEAD.match(folded, start)
    if (colon and not _DEMANDS.search(folded, start, colon.end())) or (
        colon and re.search(r"\bphai ?:$|(?:dieu kien|tieu chuan|xet khen)[^:]{0,40}:$", colon.group())
    ):
        start = colon.end()
    dash = _DASH_HEAD.match(folded, start)
    start = dash.end() if dash else start
    while start < len(folded) and folded[start] == " ":
        start += 1
    given = _GIVEN.match(folded, start)
    if given and not re.search(r"\btang (?:cho )?(?:cac )?(?:tap the|ca nhan)", folded[given.end() :]):
        return given.end()
    subject = _SUBJECT.match(folded, start)
    return subject.end() if subject and not _DEMANDS.search(folded, start, subject.end() - 6) else start


def _pieces(text: str, folded: str, head: int) -> list[Piece]:
    pieces: list[Piece] = []
    begin, joint, run = head, "and", 0
    for mark in _MARK.finditer(folded, head):
        if not _cuts(text, folded, begin, mark):
            continue
        if folded[begin : mark.start()].strip(" ,;."):
            pieces.append(Piece(begin, mark.start(), joint, run))  # type: ignore[arg-type]
        begin = mark.end()
        run += mark["stop"] is not None or (mark["either"] or "").startswith(";")
        joint = "or" if mark["either"] else "of_which" if mark["of_which"] else "and"
        either = _OPENS_WITH_OR.match(folded, begin) if mark["stop"] else None
        if either:
            begin, joint = either.end(), "or"
    if folded[begin:].strip(" ,;."):
        pieces.append(Piece(begin, len(folded), joint, run))  # type: ignore[arg-type]
    return pieces


def _cuts(text: str, folded: str, begin: int, mark: re.Match[str]) -> bool:
    before = folded[begin : mark.start()]
    if before.count("(") > before.count(")") or text[begin : mark.start()].count("“") > text[
        begin : mark.start()
    ].count("”"):
        return False
    if mark["stop"] == ".":
        return not _ABBREVIATED.search(before) and re.match(rf"\. +[{UPPER}]", text[mark.start() :]) is not None
    if EXCLUDES.match(before):
        return False
    if mark["stop"]:
        return True
    if _ONLY_TIME.fullmatch(before.strip(" ,")) or (mark["comma"] and _UNFINISHED.fullmatch(before)):
        return False
    # "năm 2023, năm 2024 được xếp loại": a list of years goes on.
    return not (re.search(r"20\d\d$", before) and re.match(r" (?:tu )?nam 20\d\d", folded[mark.end() :]))
