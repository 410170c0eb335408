"""Quantities with their comparison and unit: "trên 80%", "từ 92 đến 95 điểm", "10 - 12 bác sĩ/vạn dân".

Patterns run on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from thidua.plans.facts.patterns import any_of
from thidua.plans.reading import Op
from thidua.vietnamese.numbers import NUMBER, WORDS, parse_number


class Comparison(Struct, frozen=True):
    """`strict`: the bound itself does not count; `told`: words of the text say how to compare."""

    op: Op
    strict: bool = False
    told: bool = True


_EQUAL = Comparison("=", told=False)
_AT_LEAST = Comparison(">=")
_BEFORE = (
    (r"it nhat|toi thieu|khong duoi|khong thap hon|khong it hon|≥|>=|dat tu|(?<!trat )tu", _AT_LEAST),
    (r"tren|hon|vuot(?: muc)?|cao hon|>", Comparison(">=", strict=True)),
    (
        r"toi da|khong (?:de )?(?:xay ra )?qua|khong vuot qua|khong hon|khong cao hon|≤|<=|nhieu nhat",
        Comparison("<="),
    ),
    (r"duoi|it hon|thap hon|<", Comparison("<=", strict=True)),
)
_COMPARE = "|".join(rf"(?P<c{i}>(?<![a-z])(?:{words}))" for i, (words, _) in enumerate(_BEFORE))
_FROM = frozenset({"tu", "dat tu"})
_QUANTITY = re.compile(
    rf"(?:(?:{_COMPARE})\s*(?:dat\s*|la\s*|muc\s*|tu\s*)?)?"
    rf"(?<![\d.,/a-z])(?P<low>{NUMBER})\s?(?P<low_percent>%)?"
    rf"(?:\s*(?:-|den|÷)\s*(?P<top>{NUMBER})(?![\d/]))?(?P<top_percent>\s?%)?"
    r"(?:\s*/\s*[a-z]+(?: [a-z]+)?(?= |[.,;)]|$))?"
)
_LOOSE_TOP = re.compile(rf"\s+(?P<top>{NUMBER})(?:\s?(?P<percent>%)|(?= [a-z]))")
_BILLIONS = re.compile(rf"\s?(?P<unit>ty) (?P<millions>{NUMBER}) trieu(?: dong)?")
_MORE = re.compile(r"\s*(?:tro len|tro di)")
_MORE_LATER = re.compile(r"[^,;.:\d]{2,60}\btro len")
_LESS = re.compile(r"\s*tro xuong")
_UNIT_WORD = r"[^\W\d_][^\s,;.:()“”\"]*"
_UNIT = re.compile(rf"\s?(?P<unit>[“\"]?{_UNIT_WORD}(?: {_UNIT_WORD}){{0,3}}(?: 10/tuan)?)")
_ENDS_UNIT = frozenset({
    "va", "hoac", "la", "cua", "cho", "trong", "tren", "voi", "so", "o", "tai", "theo", "do", "de", "den", "tu", "ve",
    "ra", "vao", "truoc", "sau", "dau", "gan", "bang", "hang", "cac", "nhung", "moi", "toan", "nay", "tro",
    "duoc", "dat", "hoan", "thanh", "tham", "thuoc", "co", "trung", "thuc", "tieu", "dung", "bao", "gom", "se", "phai",
    "hien", "khong", "con", "lam", "truc", "dang", "them", "tang",
})  # fmt: skip
_COUNTS_SOMETHING_ELSE = re.compile(
    any_of(
        "nam|thang|ngay|gio|lan|tuan|giai doan|quy|dot|chang|buoc",
        "khoan|dieu|muc|hoc ky|tuoi|buoi|nhiem ky|dong chi|ngay dem|nhiem vu|giai phap",
        "noi dung|chi tieu|linh vuc|nhom|cap|phut ngay|cong viec|dot pha|uy vien|thang dau",
        "khoi thi dua|cum|phong trao|mau|tap the|ca nhan|bo|loai|phan|h|g",
    )
    + r"\b"
)


class Quantity(Struct, frozen=True, kw_only=True):
    """A number with its comparison at [start, end) of a folded text; its unit's words stand at [unit_start, unit_end).

    `timed` marks what counts times, people or parts of a plan ("3 năm", "02 cá nhân"), not a measure.
    """

    start: int
    end: int
    compared: Comparison
    value: float
    value_max: float | None = None
    unit_start: int
    unit_end: int
    percent: bool = False
    timed: bool = False


class _Numbers(Struct, frozen=True):
    """One number or a range; `number_end` is the end of its last digit, `end` that of all that belongs to it."""

    value: float
    top: float | None
    number_end: int
    end: int
    percent: bool


def parse_count(word: str) -> int:
    """A count in digits or as a folded word: "02", "hai"."""
    return int(word) if word.isdigit() else WORDS[word]


def find_quantities(folded: str) -> Iterator[Quantity]:
    """Quantities in order; counted times and list numbers are marked `timed` and left to the caller."""
    last = 0
    for match in _QUANTITY.finditer(folded):
        if match.start("low") >= last:
            quantity = _quantity(folded, match)
            last = quantity.end
            yield quantity


def _quantity(folded: str, match: re.Match[str]) -> Quantity:
    billions = _BILLIONS.match(folded, match.end("low"))
    if billions:
        return _billions(match, billions)
    numbers = _numbers(folded, match)
    if numbers.percent:
        unit_start, timed = folded.index("%", match.start("low")), False
        unit_end, end = max(numbers.end, unit_start + 1), numbers.end
    else:
        unit_start, unit_end, timed = _unit(folded, numbers.number_end)
        end = max(numbers.end, unit_end)
    compared, end = _comparison(folded, match, end, ranged=numbers.top is not None)
    return Quantity(
        start=match.start(),
        end=end,
        compared=compared,
        value=numbers.value,
        value_max=numbers.top,
        unit_start=unit_start,
        unit_end=unit_end,
        percent=numbers.percent,
        timed=timed,
    )


def _billions(match: re.Match[str], billions: re.Match[str]) -> Quantity:
    """ "21 tỷ 500 triệu đồng" is 21,5 tỷ đồng."""
    return Quantity(
        start=match.start(),
        end=billions.end(),
        compared=_compared_before(match),
        value=parse_number(match["low"]) + parse_number(billions["millions"]) / 1000,
        unit_start=billions.start("unit"),
        unit_end=billions.end("unit"),
    )


def _numbers(folded: str, match: re.Match[str]) -> _Numbers:
    value = parse_number(match["low"])
    percent = bool(match["low_percent"] or match["top_percent"])
    if match["top"]:
        top = parse_number(match["top"])
        return _Numbers(value, top if top > value else None, match.end("top"), match.end(), percent)
    loose = None if percent else _LOOSE_TOP.match(folded, match.end("low"))
    # A range whose dash was lost ("10 11%").
    if loose and value < parse_number(loose["top"]) <= min(3 * value, 1000):
        return _Numbers(value, parse_number(loose["top"]), loose.end("top"), loose.end(), bool(loose["percent"]))
    return _Numbers(value, None, match.end("low"), match.end(), percent)


def _compared_before(match: re.Match[str]) -> Comparison:
    return next((compared for i, (_, compared) in enumerate(_BEFORE) if match[f"c{i}"]), _EQUAL)


def _comparison(folded: str, match: re.Match[str], end: int, *, ranged: bool) -> tuple[Comparison, int]:
    """What the words before and behind the number say, and where the words behind end."""
    compared = _compared_before(match)
    more, less = _MORE.match(folded, end), _LESS.match(folded, end)
    if more:
        compared, end = _AT_LEAST, more.end()
    elif less:
        compared, end = Comparison("<=", strict=compared.strict), less.end()
    elif match["c0"] in _FROM and not ranged:
        # "từ 3 đơn vị" alone is no comparison; "từ 3 đơn vị trở lên" is.
        compared = _AT_LEAST if _MORE_LATER.match(folded, end) else _EQUAL
    return (Comparison("range", told=compared.told) if ranged else compared), end


def _unit(folded: str, end: int) -> tuple[int, int, bool]:
    """[start, end) of the unit's words behind a number, and whether they count times or parts of a plan."""
    match = _UNIT.match(folded, end)
    if not match:
        return end, end, False
    start = match.start("unit")
    words = match["unit"].split(" ")
    kept: list[str] = []
    for word in words[: 4 if "/" in match["unit"] else 3]:
        if word in _ENDS_UNIT:
            break
        kept.append(word)
        if "/" in word:
            # "bác sĩ/vạn dân": the number word takes its noun along.
            kept += words[len(kept) : len(kept) + 1] if word.endswith("van") else []
            break
    return start, start + len(" ".join(kept)), _COUNTS_SOMETHING_ELSE.match(folded, start) is not None
