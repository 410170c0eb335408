"""Conditions: floors under pledged targets, works that may not repeat others, gates before commendation.

Patterns run on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.headings import ends_in_colon, is_heading
from thidua.plans.facts.patterns import any_of, words_of
from thidua.plans.facts.source import Source
from thidua.plans.facts.tasks import subject_of, who_of
from thidua.plans.gates import denial_in, find_gate
from thidua.plans.outline import Block
from thidua.plans.reading import Condition

# A floor: what is pledged, "không thấp hơn", and the result or the plan it is measured by.
_PLEDGED = re.compile(
    words_of(
        "chi tieu|cac muc tieu|muc tieu (?:cu the|phan dau|dang ky|de ra|thi dua)",
        "noi dung (?:dang ky|giao uoc|thi dua)|muc (?:phan dau|dang ky|giao uoc|cam ket)|dang ky|giao uoc|cam ket",
    )
)
_NOT_BELOW = re.compile(
    r"\b"
    + any_of(
        "khong (?:duoc |the |duoc de |de )?(?:thap|it|nho|kem) hon|khong (?:duoc )?(?:giam|sut giam) so voi",
        "khong (?:duoc )?duoi(?= (?:muc|ket qua|chi tieu|ke hoach|so))|phai (?:cao|lon|nhieu|tot) hon",
        r"(?:ngang )?bang(?:,| va| hoac| hay)+(?: phai)? (?:(?:cao|lon|nhieu|tot) hon|vuot)",
        "(?:cao|lon|nhieu|tot) hon(?:,| hoac| hay)+(?: it nhat| toi thieu)? bang",
        r"(?:tu|ngang|bang) (?:bang )?den cao hon|tu(?= (?:muc|chi tieu|ke hoach|ket qua)\b[^.;|]{0,80}\btro len)",
        "khong (?:duoc )?(?:dang ky|giao uoc|cam ket|de ra|xay dung)[^.;|]{0,60}? (?:thap|it) hon",
        "(?:it nhat|toi thieu)(?: phai)? (?:ngang )?bang(?= (?:voi |muc|ket qua|chi tieu|ke hoach|so|nam))",
    )
    + r"\b(?! ?\d)"
)
_NO_YEAR = r"(?:(?! nam )[^.;|\d]){0,40}?"
_BASE = re.compile(
    r"(?:(?!binh quan|trung binh)[^.;|]){0,70}?\b"
    + any_of(
        r"(?P<result>(?:nam|nam hoc|cac nam|nam cong tac) (?:20\d\d|truoc|lien (?:ke|truoc)|ngoai|cu)\b[^.;|,()]{0,20}"
        r"|cung ky\b[^.;|,()]{0,20}|(?:nhiem ky|ky|quy|thang|dot|giai doan|hoc ky) truoc)",
        rf"(?:chi tieu|ke hoach|muc|nhiem vu|dinh muc){_NO_YEAR} (?:giao|phan bo|an dinh)",
        "(?:chi tieu|muc tieu|ke hoach) (?:chung|phap lenh|cua|nghi quyet|neu|tai|theo|cap tren)|nghi quyet",
    )
    + r"\b"
)
_YEAR = re.compile(r"\bnam (20\d\d)\b(?! ?- ?20)")

# Works that may not be registered twice; "trung" alone is also the middle ("không trung thực", "tập trung").
_WORK = re.compile(
    words_of(
        "cong trinh|du an|phan viec|mo hinh|cong viec|viec lam|de tai|sang kien|giai phap|san pham|hang muc",
        "noi dung (?:dang ky|giao uoc)|cong viec",
    )
)
_NOT_TWICE = re.compile(
    any_of(
        r"\b(?:khong|tranh)(?: (?:duoc|the|de|bi|co|su|viec|tinh trang|xay ra|dang ky|lua chon|chon|de xuat"
        r"|xay dung|chong cheo|,))*,? (?:trung|lap)"
        r"(?= (?:lap|lan|cheo|lai|voi|nhau|cong trinh|du an|mo hinh|phan viec|noi dung)"
        r"|[,.;)]|$)(?! (?:lap |lan )?(?:voi )?(?:cac |nhung )?"
        r"(?:ngay|thoi|lich|dip|thanh tich|le|doi tuong|hinh thuc))",
        r"\bkhong (?:dang ky|lua chon|chon) lai\b",
        r"\bphai khac (?:voi )?(?:cac )?(?:cong trinh|du an|mo hinh|phan viec)\b",
        r"\bkhong (?:nam trong|thuoc) (?:cac )?danh muc (?:cac )?(?:cong trinh|du an)\b",
    )
)
_CHOOSES = re.compile(r"\b(?:dang ky|giao uoc|lua chon|cam ket)\b")

_NOT_HERE = frozenset({"theme", "slogan", "basis", "programme"})
_BODY = any_of(
    "don vi|co quan|dia phuong|tap the|ca nhan|doanh nghiep|cong ty|xi nghiep|nha may|chi nhanh|cong doan|chi doan",
    "dang bo|dang uy|lien doi|chi doi|chi hoi|nghiep doan|tong cong ty|thi xa|thanh pho|quan(?! ly| doi| triet)",
    "to chuc(?=,? (?:va |ca nhan|don vi|dang|doan|hoi|cong doan|co so|chinh tri))|chi bo|khoa|lop|can bo|giao vien",
    "cac to chuc|hoc sinh|sinh vien|doan vien|hoi vien|nguoi lao dong|ho gia dinh|cum|khoi|nganh|xa|phuong|thon|huyen",
    "phong(?! trao)|ban(?! hanh| dang| cham)|(?<!ho )(?<!co )so(?! luong| lieu| ket)|truong(?! hop)",
    "benh vien|trung tam|phan xuong",
    "to(?= (?:san xuat|cong tac|dan pho|chuyen mon))|hoi(?! nghi| thi| dong)|doan(?! ket)|nhung ai",
)
_ASKED = re.compile(
    rf"\b(?P<who>(?:cac |moi |nhung |tung )?{_BODY}\b(?:(?! (?:chi|khong|chua|bi|duoc) )[^;:|()\d])*?)"
    r"(?=(?: (?:nao|ma|neu|con|se|thuc hien|da|co|phai|gui|nop|tu))*(?:\W*$| (?:khong|chua|bi|duoc) ))"
)
_CASES = re.compile(r"[^;:|]*?(?::|\bdoi voi\b|\btruong hop\b)(?: cac truong hop)?(?: sau(?: day)?)?:?")
_LONGEST_WHO = 150
# On the plan's own words, with their marks: "số" is a number where "sở" is a department.
_NOBODY = re.compile(
    r"(?:các |mỗi |mọi |những )?"
    r"(?:số|việc|hồ sơ|công trình|dự án|chỉ tiêu|mục tiêu|phần việc|nội dung|mô hình|sáng kiến)\b",
    re.IGNORECASE,
)
_BEHIND_WHO = re.compile(r",? (?:(?:khi|không|phải|cần|tự)$|(?:đảm nhận|không (?:được )?trùng)\b.*|[(\d].*)")
_ITEM = re.compile(r"\W*(?:phai |can |bao dam |dam bao )?")


class _Clause(Struct, frozen=True):
    """Words at [start, end) of a paragraph; `lead` is the denial above or before them."""

    block: Block
    start: int
    end: int
    lead: str | None

    @property
    def words(self) -> str:
        return self.block.normal.folded[self.start : self.end]

    @property
    def text(self) -> str:
        return self.block.normal.text[self.start : self.end]


def read_conditions(source: Source) -> tuple[Condition, ...]:
    """In reading order; a clause may set conditions of several kinds."""
    blocks = (block for block in source.blocks if not block.roles & _NOT_HERE)
    return tuple(item for block in blocks for item in _of_block(source, block))


def _of_block(source: Source, block: Block) -> Iterator[Condition]:
    if is_heading(block) and block.children:
        return
    above = _denial_above(block)
    opens = {start for start, _ in sentences(block, semicolons=False)}
    lead, who = above
    for start, end in _pieces(block):
        if start in opens:
            lead, who = above
        clause = _Clause(block, start, end, lead)
        gate = find_gate(clause.words, denied=lead is not None)
        if gate:
            asked = _asked(clause.words, clause.text, gate.who_from, gate.who_to)
            yield _make(source, clause, "gate", who=asked or who)
        denial = denial_in(clause.words)
        cases = _CASES.match(clause.words, denial) if denial else None
        if cases:
            lead, who = clause.text[: cases.end()].strip(), None
        yield from _of_pledges(source, clause)


def _pieces(block: Block) -> Iterator[tuple[int, int]]:
    """Clauses, and of a row its cells."""
    for start, end in sentences(block):
        bars = [i for i in range(start, end) if block.normal.text[i] == "|"]
        yield from zip([start, *(bar + 1 for bar in bars)], [*bars, end], strict=True)


def _denial_above(block: Block) -> tuple[str | None, str | None]:
    """The heading or opening line that refuses all cases listed under it, and whom it speaks of."""
    head = block.parent
    if head is None or not (is_heading(head) or ends_in_colon(head)) or not denial_in(head.folded):
        return None, None
    return head.text.strip(" *"), _asked(head.folded, head.text, 0, len(head.folded.rstrip(" :*")))


def _of_pledges(source: Source, clause: _Clause) -> Iterator[Condition]:
    words = clause.words
    floor = _floor(clause)
    if floor:
        yield _make(source, clause, "floor", who=_pledges(clause), year=_year(words, floor))
    if _NOT_TWICE.search(words) and _WORK.search(words) and _speaks_of_choice(clause.block):
        yield _make(source, clause, "no_duplicate", who=_pledges(clause))


def _floor(clause: _Clause) -> re.Match[str] | None:
    """The base that pledged targets are measured by."""
    for below in _NOT_BELOW.finditer(clause.words):
        base = _BASE.match(clause.words, below.end())
        if base and (_PLEDGED.search(clause.words, 0, below.end()) or _heads_targets(clause, below.start())):
            return base
    return None


def _heads_targets(clause: _Clause, mark: int) -> bool:
    """ "Chỉ tiêu đăng ký:" stands above an item that opens with the comparison."""
    opening = _ITEM.match(clause.words)
    head = clause.block.parent
    return bool(opening and opening.end() >= mark and head and _PLEDGED.search(head.folded))


def _year(words: str, base: re.Match[str]) -> int | None:
    """The one calendar year whose results are the base; a school year or several years are none."""
    if not base["result"]:
        return None
    years = set(_YEAR.findall(words[base.start() : base.end()]))
    return int(years.pop()) if len(years) == 1 else None


def _speaks_of_choice(block: Block) -> bool:
    return "pledges" in block.roles or any(_CHOOSES.search(one.folded) for one in (block, *block.ancestors()))


def _asked(words: str, text: str, start: int, end: int) -> str | None:
    """Whom a gate stands before: the bodies named right before what they did not do."""
    found = _ASKED.search(words[start:end])
    if found is None or found.end("who") - found.start("who") > _LONGEST_WHO:
        return None
    return text[start + found.start("who") : start + found.end("who")].strip(" ,:-*()") or None


def _pledges(clause: _Clause) -> str | None:
    """Who pledges: the subject of the clause, else of one before it in the paragraph, else the heading's unit."""
    block = clause.block
    before = [(start, end) for start, end in sentences(block) if start < clause.start]
    for start, end in ((clause.start, clause.end), *reversed(before)):
        who = subject_of(block.normal.folded[start:end], block.normal.text[start:end])
        if who and not _NOBODY.match(who):
            return _BEHIND_WHO.sub("", who)
    return who_of(block) if "organisation" in block.roles else None


def _make(source: Source, clause: _Clause, kind: str, *, who: str | None, year: int | None = None) -> Condition:
    quote, span = source.words(clause.block.normal, clause.start, clause.end)
    text = " ".join(clause.text.replace("|", " ").split()).strip(" ;*-+•")
    if kind == "gate" and clause.lead:
        text = f"{clause.lead} {text}"
    return Condition(quote=quote, span=span, kind=kind, who=who, year=year, text=text, sureness=0.85)  # type: ignore[arg-type]
