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
    r"(?:(?:doi voi|cho)?(?: cac| nhung)? ?(?:tap the|ca nhan|don vi|can bo|cong chuc|dang vien|nguoi"
    r"|truong hop|ho gia dinh|gia dinh|doanh nghiep|xa|phuong|lop|hoc sinh)(?:, (?:tap the|ca nhan|ho gia dinh))*\s"
    r"|:\s*)"
)
# "Một trong các tiêu chuẩn sau:": what is listed behind it are ways, and one will do.
_ONE_OF = re.compile(r"\b(?:mot|01|1)(?: \(mot\))? trong (?:cac|nhung|so)\b")
# Words that hold for the whole sentence: what stands behind their comma is asked of those cases alone.
_CONDITION = re.compile(r"\s*(?:rieng|truong hop|doi voi|neu|khi|voi nhung|nhung (?:don vi|truong hop)) ")
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
_OPENS_LIST = re.compile(r"\bphai ?:$|(?:dieu kien|tieu chuan|xet khen)[^:]{0,40}:$")
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
_TO_WHOM = re.compile(
    r"doi voi (?:cac )?(?:tap the|ca nhan|ho gia dinh|don vi)(?:, (?:tap the|ca nhan|ho gia dinh))*, "
)
_DEMANDS = re.compile(rf"\b(?:{_ALSO_STATES}|khong|phai|trong (?:\d\d )?nam)\b")


class Piece(Struct, frozen=True):
    """One demand at [start, end) of the clause, and how it goes with the one before it; `run` counts segments."""

    start: int
    end: int
    joint: Joint
    run: int


class Clause(Struct, frozen=True):
    """`text` is composed (NFC); `folded` has its length. Words before `head` say of whom it speaks.

    `one_of`: they also say that one of the sentences behind them will do.
    """

    text: str
    folded: str
    head: int
    one_of: bool
    pieces: tuple[Piece, ...]

    def words(self, piece: Piece) -> str:
        label = _LABEL.match(self.folded, piece.start + self._blank(piece))
        return self.text[label.end() if label else piece.start : piece.end].strip(" ,;.:")

    def _blank(self, piece: Piece) -> int:
        words = self.folded[piece.start : piece.end]
        return len(words) - len(words.lstrip())

    def key(self, piece: Piece) -> str:
        """What the grammar reads: folded, without quotation marks and brackets' spaces."""
        words = " ".join(re.sub(r"[“”\"]", "", fold(self.words(piece))).split()).strip(" ,;.:")
        return _BARE_SUBJECT.sub("", words, count=1) if _BARE_SUBJECT.match(words) else words


def cut(text: str) -> Clause:
    text = unicodedata.normalize("NFC", text)
    folded = fold(text)
    head = _head(folded)
    return Clause(text, folded, head, _ONE_OF.search(folded[:head]) is not None, tuple(_pieces(text, folded, head)))


def _head(folded: str) -> int:
    """Labels, "Đối với tập thể:", "Gia đình được khen phải"."""
    label = _LABEL.match(folded)
    start = label.end() if label else 0
    colon = _COLON_HEAD.match(folded, start)
    if colon and _is_head(colon.group()):
        start = colon.end()
    dash = _DASH_HEAD.match(folded, start)
    start = dash.end() if dash else start
    listed = _COLON_HEAD.match(folded, start)
    if listed and _ONE_OF.search(listed.group()) and _is_head(listed.group()):
        start = listed.end()
    while start < len(folded) and folded[start] == " ":
        start += 1
    to_whom = _TO_WHOM.match(folded, start)
    start = to_whom.end() if to_whom else start
    given = _GIVEN.match(folded, start)
    if given and not re.search(r"\btang (?:cho )?(?:cac )?(?:tap the|ca nhan)", folded[given.end() :]):
        return given.end()
    subject = _SUBJECT.match(folded, start)
    return subject.end() if subject and not _DEMANDS.search(folded, start, subject.end() - 6) else start


def _is_head(words: str) -> bool:
    """Words before a colon that demand nothing themselves: "Cá nhân được xét khen:", "Đạt một trong các điều kiện:"."""
    one_of = _ONE_OF.search(words)
    if one_of:
        return re.search(r"\bhoac\b", words[: one_of.start()]) is None
    return not _DEMANDS.search(words) or _OPENS_LIST.search(words) is not None


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
    before, said = folded[begin : mark.start()], text[begin : mark.start()]
    if before.count("(") > before.count(")") or said.count("“") > said.count("”"):
        return False
    if mark["stop"] == ".":
        return not _ABBREVIATED.search(before) and re.match(rf"\. +[{UPPER}]", text[mark.start() :]) is not None
    if EXCLUDES.match(before) or _ONE_OF.search(before):
        return False
    return mark["stop"] is not None or not _is_unfinished(before, folded[mark.end() :], is_comma=bool(mark["comma"]))


def _is_unfinished(before: str, behind: str, *, is_comma: bool) -> bool:
    """Words that lean on those behind them: a condition, a time alone, one of several years."""
    if _CONDITION.match(before) or _ONLY_TIME.fullmatch(before.strip(" ,")):
        return True
    if is_comma and _UNFINISHED.fullmatch(before):
        return True
    return re.search(r"20\d\d$", before) is not None and re.match(r" (?:tu )?nam 20\d\d", behind) is not None
