"""Targets: an indicator with a comparison, a value and a unit.

Patterns run on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.patterns import any_of
from thidua.plans.facts.quantities import Quantity, find_quantities
from thidua.plans.facts.source import Source
from thidua.plans.facts.tables import Table, find_tables
from thidua.plans.outline import Block
from thidua.plans.reading import Target
from thidua.vietnamese.dates import find_dates

_NOT_HERE = frozenset({
    "criteria", "awards", "quotas", "dossier", "submission", "funding", "time", "subjects", "programme", "basis",
    "projects",
})  # fmt: skip

# Clauses that ask for something, and clauses that only tell.
_STRONG = re.compile(r"\b(?:phan dau|dam bao|bao dam|muc tieu|chi tieu|thi dua|dat|hoan thanh)\b")
_EACH_UNIT = re.compile(
    r"\bmoi "
    + any_of(
        "lop|don vi|xa|phuong|chi|doan|to|hoi|truong|thon|khu",
        "can bo|dang vien|ca nhan|giao vien|hoc sinh",
    )
    + r"\b"
)
_PAST = re.compile(r"\b(?:da dat|moi dat|hien nay|nam truoc|sau hon|thuc trang|ket qua nam)\b")
_DONE = re.compile(r"\bda (?:no luc|dat|co|phan dau|hoan thanh)\b")
_STRIVES = re.compile(r"\bphan dau\b[^,;]{0,80}$")
_REGISTERS = re.compile(r"\bdang ky\b")
_EVENTS = re.compile(r"\b(?:khen|hop|bao cao|so ket|tong ket|dot)\b")
_AWARDS = re.compile(r"\bgiay khen\b|\bbang khen\b|\bde nghi (?:khen|tang)")
_STANDARD = re.compile(r"\bdat (?:chuan|muc tieu|tieu chuan)\b")

# Numbers that are no measures.
_NAME_BEFORE_NUMBER = re.compile(
    any_of(
        r"\bso|\bquoc lo|\bduong|\bkm|\btoa|\bphuong|\bquan",
        r"\bmuc|\bdieu|\bkhoan|\bmau|\bphu luc|\bthu|\bcap|\bmuc do|\bdiem",
        r"\bdot|\btuan|\bgiai doan|\bchang|\bhoc ky",
        r"(?<!moi )\blop|\bkhoa|(?<!moi )\bkhoi|(?<!moi )\bto|(?<!chi )(?<!moi )\bdoan",
    )
    + r"\s*$"
)
_NUMBER_GOES_ON = re.compile(r"\s?/\s?\d|\s?[-/]\s?[a-z]{2,}[-/]")
_ENDS_IN_YEAR = re.compile(r"(?:20\d\d|19\d\d)$")
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_RATE = re.compile(r"\w+/|phut")
_TIME_LIMIT = re.compile(r"ngay lam viec|gio|phut|lan")
_LOOKS_BACK = re.compile(
    r"\s*(?:trong |den het |den |tinh den |sau )*"
    r"(?:ngay [\d/]{3,8}/|thang \d{1,2}/)?(?:nam )?(?P<year>20\d\d)\b"
)
_DIGIT = re.compile(r"\d")
_FRACTION = re.compile(r"(?<![\d/])(?P<n>\d{1,4})/\d{1,4} (?P<unit>[a-z]+(?: [a-z]+){0,2})")
_PARTED = re.compile(r"[,;:]|\bvà\b|\btrong đó\b")

# Tables.
_NAME_COLUMN = r"^\s*(?:ten |noi dung )?chi tieu(?! (?:giao|nam|kh|phan dau))|noi dung|tieu chi"
_UNIT_COLUMN = r"don vi(?: tinh)?|dvt"
_OTHER_COLUMN = r"cong trinh|du an|tap the|nguoi|thuc hien|diem"
_VALUE = re.compile(r"[^\W\d]*\s?[\d≥≤<>]|(?:tu|tren|duoi|it nhat|toi thieu|khong qua|dat)\b")


def read_targets(source: Source) -> tuple[Target, ...]:
    """Targets in reading order; the same value of the same indicator counts once."""
    found: list[Target] = []
    for block in source.blocks:
        for target in _of_block(source, block):
            if "targets" in block.roles or not any(_is_same(target, other) for other in found):
                found.append(target)
    return (*found, *(target for table in find_tables(source) for target in _of_table(source, table)))


def _is_same(one: Target, other: Target) -> bool:
    if one.value is None or (one.value, one.value_max, one.op) != (other.value, other.value_max, other.op):
        return False
    a, b = (set(re.findall(r"[^\W\d_]{2,}", target.indicator.casefold())) for target in (one, other))
    return len(a & b) >= 0.6 * min(len(a), len(b))


def _of_block(source: Source, block: Block) -> Iterator[Target]:
    if not _may_state(block):
        return
    for start, end in sentences(block):
        if not _REGISTERS.search(block.normal.folded[start:end]):
            yield from _of_clause(source, block, start, end)


def _may_state(block: Block) -> bool:
    if block.is_row:
        return False
    if "targets" in block.roles:
        return True
    if block.roles & _NOT_HERE:
        return False
    return block.parent is not None or bool(block.kind) or _STRONG.search(block.folded) is not None


def _of_clause(source: Source, block: Block, start: int, end: int) -> Iterator[Target]:
    words = block.normal.folded[start:end]
    in_part = "targets" in block.roles
    if not in_part and _looks_back(words, source.year):
        return
    expected = in_part or _is_short_item(block)
    quantities = list(_measures(words, expected=expected))
    if not quantities and expected:
        yield from _fraction(source, block, start, end)
    if not in_part:
        quantities = _asked(block, words, quantities)
    elif not quantities and block.rank >= 7 and _STANDARD.search(words):
        quote, span = source.words(block.normal, start, end)
        yield Target(quote=quote, span=span, indicator=quote.strip(" .;"), sureness=0.6)
    yield from _split(source, block, start, end, quantities)


def _looks_back(words: str, year: int | None) -> bool:
    """ "Năm 2025, tốc độ tăng trưởng đạt 8,67%" in a plan of 2026 tells what was reached."""
    opening = _LOOKS_BACK.match(words)
    return opening is not None and year is not None and int(opening["year"]) < year


def _is_short_item(block: Block) -> bool:
    """A short list item of the part on content: such items often are targets."""
    return "content" in block.roles and block.rank >= 6 and len(block.text) <= 160


def _asked(block: Block, words: str, quantities: list[Quantity]) -> list[Quantity]:
    """The measures that a clause outside the part on targets asks for."""
    listed = _is_short_item(block) and not _EVENTS.search(words)
    asks = listed or _STRONG.search(words) or _EACH_UNIT.search(words)
    tells = block.roles & {"organisation", "purpose"} or _PAST.search(words)
    if (tells or not asks) and not _strives(words, quantities):
        return []
    of_awards = _AWARDS.search(words)
    return [q for q in quantities if q.percent or listed or (_is_compared(q) and not of_awards)]


def _strives(words: str, quantities: list[Quantity]) -> bool:
    """ "phấn đấu" before the first measure, and nothing already done."""
    if not quantities or _DONE.search(words):
        return False
    return _STRIVES.search(words[: quantities[0].start]) is not None


def _is_compared(quantity: Quantity) -> bool:
    return quantity.compared.told or quantity.compared.op == "range"


def _measures(words: str, *, expected: bool) -> Iterator[Quantity]:
    """Quantities that measure something; where targets are `expected`, a bare number with its unit does too."""
    if not _DIGIT.search(words):
        return
    dates = find_dates(words)
    for quantity in find_quantities(words):
        digit = _DIGIT.search(words[quantity.start : quantity.end])
        first = quantity.start + (digit.start() if digit else 0)
        dated = any(date.start < quantity.end and first < date.end for date in dates)
        if dated or _is_quoted(words, first) or _is_number_of_something(words, quantity, first):
            continue
        if quantity.percent or _is_counted(words, quantity, expected=expected):
            yield quantity


def _is_quoted(words: str, at: int) -> bool:
    return words.count("“", 0, at) > words.count("”", 0, at) or words.count('"', 0, at) % 2 == 1


def _is_number_of_something(words: str, quantity: Quantity, first: int) -> bool:
    """ "lớp 12", "quốc lộ 1", "số 15/KH-UBND", "năm 2026"."""
    if _NUMBER_GOES_ON.match(words, quantity.end):
        return True
    if _ENDS_IN_YEAR.search(words[first : quantity.end]) or _YEAR.match(words, first):
        return True
    plain = not quantity.percent and not quantity.compared.told and quantity.value < 1000
    near = words[max(0, quantity.start - 20) : quantity.start]
    return plain and _NAME_BEFORE_NUMBER.search(near) is not None


def _is_counted(words: str, quantity: Quantity, *, expected: bool) -> bool:
    """A number with a unit that a target may have."""
    if quantity.unit_end == quantity.unit_start:
        return False
    if quantity.timed and not _is_timed_measure(words, quantity, expected=expected):
        return False
    return expected or _is_compared(quantity)


def _is_timed_measure(words: str, quantity: Quantity, *, expected: bool) -> bool:
    """A time that is itself the measure: "không quá 15 ngày làm việc", "02 buổi/tuần"."""
    if _RATE.match(words, quantity.unit_start):
        return True
    return expected and quantity.compared.told and _TIME_LIMIT.match(words, quantity.unit_start) is not None


def _fraction(source: Source, block: Block, start: int, end: int) -> Iterator[Target]:
    """ "17/19 tổ dân phố đạt danh hiệu" asks for seventeen."""
    match = _FRACTION.search(block.normal.folded, start, end)
    if match and not find_dates(block.normal.folded[match.start() : match.start() + 10]):
        quote, span = source.words(block.normal, start, end)
        unit = block.normal.text[match.start("unit") : match.end("unit")]
        yield Target(
            quote=quote, span=span, indicator=quote.strip(" .;"), value=float(match["n"]), unit=unit, sureness=0.7
        )


def _split(source: Source, block: Block, start: int, end: int, quantities: list[Quantity]) -> Iterator[Target]:
    """Several measures in one clause are several targets; each takes the words from the one before it."""
    clause = block.normal.text[start:end]
    parted = [q for i, q in enumerate(quantities) if not i or _is_parted(clause, quantities[i - 1], q)]
    cuts = [_cut(clause, left.end, right.start) for left, right in pairwise(parted)]
    for quantity, first, last in zip(parted, [0, *cuts], [*cuts, len(clause)], strict=False):
        quote, span = source.words(block.normal, start + first, start + last)
        yield Target(
            quote=quote,
            span=span,
            indicator=_indicator(clause, first, quantity.start, last),
            op=quantity.compared.op,
            value=quantity.value,
            value_max=quantity.value_max,
            unit=_unit(clause, quantity),
            strict=quantity.compared.strict,
            sureness=0.9 if "targets" in block.roles else 0.7,
        )


def _is_parted(clause: str, left: Quantity, right: Quantity) -> bool:
    return _PARTED.search(clause[left.end - 1 : right.start].casefold()) is not None


def _cut(clause: str, left: int, right: int) -> int:
    """Behind the comma, colon or "và" between two measures."""
    for mark in (";", ",", ":", " và "):
        found = clause.find(mark, left, right)
        if found >= 0:
            return found + 1
    return left


def _indicator(clause: str, first: int, number: int, last: int) -> str:
    before = clause[first:number].strip(" ,;:.-*")
    return before if len(before) > 8 else clause[first:last].strip(" ,;:.-*")


def _unit(clause: str, quantity: Quantity) -> str | None:
    unit = clause[quantity.unit_start : quantity.unit_end].strip(' “"*')
    return unit.replace(" ", "") if quantity.percent else unit or None


class _Columns(Struct, frozen=True):
    """Indexes of the columns of a table of targets; any column behind the name may hold values."""

    name: int
    unit: int | None
    values: list[int]


def _of_table(source: Source, table: Table) -> Iterator[Target]:
    """Columns "Chỉ tiêu", "Đơn vị tính" and a value."""
    name, unit = table.column(_NAME_COLUMN), table.column(_UNIT_COLUMN)
    if name is None or table.column(_OTHER_COLUMN) is not None:
        return
    columns = _Columns(name, unit, [i for i in range(name + 1, len(table.header)) if i != unit])
    for block, cells in table.rows:
        for i in columns.values:
            if i < len(cells):
                yield from _of_cell(source, table, columns, (block, cells), i)


def _of_cell(
    source: Source, table: Table, columns: _Columns, row: tuple[Block, list[tuple[int, int]]], i: int
) -> Iterator[Target]:
    block, cells = row
    text = block.normal.text
    measure = (
        text[slice(*cells[columns.unit])].strip() if columns.unit is not None and columns.unit < len(cells) else ""
    )
    cell = block.normal.folded[slice(*cells[i])]
    words = cell.strip()
    quantity = next(find_quantities(f"{words} {measure}".rstrip()), None)
    if quantity is None or not _VALUE.match(words) or find_dates(words):
        return
    quote, span = source.words(block.normal)
    indicator = text[slice(*cells[columns.name])].strip()
    behind_number = cells[i][0] + cell.index(words) + quantity.unit_start
    yield Target(
        quote=quote,
        span=span,
        indicator=indicator if len(columns.values) == 1 else f"{indicator} - {table.names[i]}",
        op=quantity.compared.op,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=measure or text[behind_number : cells[i][1]].strip() or None,
        strict=quantity.compared.strict,
        sureness=0.8,
    )
