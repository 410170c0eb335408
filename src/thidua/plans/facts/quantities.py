"""Quantities with their comparison and unit: "trên 80%", "từ 92 đến 95 điểm", "không dưới 2%", "10 - 12 bác sĩ/vạn dân"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from thidua.plans.reading import Op
from thidua.vietnamese.numbers import NUMBER, parse_number

_BEFORE = (
    (r"it nhat|toi thieu|khong duoi|khong thap hon|khong it hon|≥|>=|dat tu|tu", ">=", False),
    (r"tren|hon|vuot(?: muc)?|cao hon|>", ">=", True),
    (r"toi da|khong (?:de )?(?:xay ra )?qua|khong vuot qua|khong hon|khong cao hon|≤|<=|nhieu nhat", "<=", False),
    (r"duoi|it hon|thap hon|<", "<=", True),
)
_COMPARE = "|".join(rf"(?P<c{i}>(?<![a-z])(?:{words}))" for i, (words, _, _) in enumerate(_BEFORE))
_QUANTITY = re.compile(
    rf"(?:(?:{_COMPARE})\s*(?:dat\s*|la\s*|muc\s*|tu\s*)?)?(?<![\d.,/a-z])(?P<a>{NUMBER})\s?(?P<p1>%)?"
    rf"(?:\s*(?:-|den|÷)\s*(?P<b>{NUMBER})(?![\d/]))?(?P<p2>\s?%)?(?P<rest>\s*/\s*[a-z]+(?: [a-z]+)?(?= |[.,;)]|$))?"
)
_LOOSE_RANGE = re.compile(rf"\s+(?P<b>{NUMBER})(?:\s?(?P<percent>%)|(?= [a-z]))")
_MIXED = re.compile(rf"\s?(?P<unit>ty) (?P<millions>{NUMBER}) trieu(?: dong)?")
_MORE = re.compile(r"\s*(?:tro len|tro di)")
_MORE_LATER = re.compile(r"[^,;.:\d]{2,60}\btro len")
_LESS = re.compile(r"\s*tro xuong")
_UNIT = re.compile(r"\s?(?P<unit>[“\"]?[^\W\d_][^\s,;.:()“”\"]*(?: [^\W\d_][^\s,;.:()“”\"]*){0,3}(?: 10/tuan)?)")
_UNIT_STOP = frozenset(
    "tro cho va la trong tren duoc moi so voi cua dat o tai theo do de tham hoan thanh duoc la thuoc co den tu ve nay voi cac truoc "
    "nhung hoac trung thuc tieu dung sau hang bang bao gom se phai toan hien khong con dau lam ra vao truc dang them gan tang".split()
)
_NOT_UNITS = re.compile(
    r"(?:nam|thang|ngay|gio|lan|tuan|giai doan|quy|dot|chang|buoc|khoan|dieu|muc|hoc ky|tuoi|buoi|nhiem ky|dong chi|ngay dem|nhiem vu|giai phap|"
    r"noi dung|chi tieu|linh vuc|nhom|cap|phut ngay|cong viec|dot pha|uy vien|thang dau|khoi thi dua|cum|phong trao|mau|tap the|ca nhan|bo|loai|phan|h|g)\b"
)


class Quantity(Struct, frozen=True):
    """A number with its comparison at [start, end) of a folded text; `unit` are the words after it or "%"."""

    start: int
    end: int
    op: Op
    value: float
    value_max: float | None
    unit_start: int
    unit_end: int
    strict: bool
    percent: bool
    compared: bool
    timed: bool


def find_quantities(folded: str) -> Iterator[Quantity]:
    """Quantities in order; counted times and list numbers are marked `timed` and left to the caller."""
    last = 0
    for match in _QUANTITY.finditer(folded):
        if match.start("a") < last:
            continue
        quantity = _read(folded, match)
        if quantity is not None:
            last = quantity.end
            yield quantity


def _read(folded: str, match: re.Match[str]) -> Quantity | None:
    op, strict, compared = _operator(match)
    value, end = parse_number(match["a"]), match.end()
    top = parse_number(match["b"]) if match["b"] else None
    mixed = _MIXED.match(folded, match.end("a"))
    if mixed:
        # "21 tỷ 500 triệu đồng" is 21,5 tỷ đồng.
        value += parse_number(mixed["millions"]) / 1000
        return Quantity(match.start(), mixed.end(), op, value, None, mixed.start("unit"), mixed.end("unit"), strict, False, compared, False)
    percent = bool(match["p1"] or match["p2"])
    top_end = match.end("b") if match["b"] else match.end("a")
    if top is None and not percent:
        # A range whose dash was lost ("10 11%").
        loose = _LOOSE_RANGE.match(folded, match.end("a"))
        if loose and value < parse_number(loose["b"]) <= min(3 * value, 1000):
            top, end, percent = parse_number(loose["b"]), loose.end(), bool(loose["percent"])
            top_end = loose.end("b")
    if top is not None and top <= value:
        top = None
    unit_start, unit_end, timed = end, end, False
    if percent:
        unit_start = folded.index("%", match.start("a"))
        unit_end = max(end, unit_start + 1)
    else:
        unit_start, unit_end, timed = _unit(folded, top_end)
        end = max(end, unit_end)
    if _MORE.match(folded, end):
        op, compared, end = ">=", True, _MORE.match(folded, end).end()  # type: ignore[union-attr]
        strict = False
    elif _LESS.match(folded, end):
        op, compared, end = "<=", True, _LESS.match(folded, end).end()  # type: ignore[union-attr]
    elif match["c0"] in {"tu", "dat tu"} and top is None and _MORE_LATER.match(folded, end):
        op, strict, compared = ">=", False, True
    elif match["c0"] and match["c0"] in {"tu", "dat tu"} and top is None:
        op, compared = "=", False
    if top is not None:
        op, strict = "range", False
    return Quantity(match.start(), end, op, value, top, unit_start, unit_end, strict, percent, compared, timed)


def _operator(match: re.Match[str]) -> tuple[Op, bool, bool]:
    for i, (_, op, strict) in enumerate(_BEFORE):
        if match[f"c{i}"]:
            return op, strict, True  # type: ignore[return-value]
    return "=", False, False


def _unit(folded: str, end: int) -> tuple[int, int, bool]:
    match = _UNIT.match(folded, end)
    if not match:
        return end, end, False
    start = match.start("unit")
    timed = bool(_NOT_UNITS.match(folded, start))
    words = match["unit"].split(" ")
    kept: list[str] = []
    for word in words[: 4 if "/" in match["unit"] else 3]:
        if word in _UNIT_STOP:
            break
        kept.append(word)
        if "/" in word and len(kept) > 0:
            if word.endswith("van") and len(words) > len(kept):
                kept.append(words[len(kept)])
            break
    return start, start + len(" ".join(kept)), timed
