"""Targets: an indicator with a comparison, a value and a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.facts.clauses import sentences
from thidua.plans.facts.quantities import Quantity, find_quantities
from thidua.plans.facts.source import Source
from thidua.plans.facts.tables import Table, find_tables
from thidua.plans.outline import Block
from thidua.plans.reading import Target
from thidua.vietnamese.dates import find_dates

_NOT_HERE = frozenset({"criteria", "awards", "quotas", "dossier", "submission", "funding", "time", "subjects", "programme", "basis", "projects"})
_GOAL = re.compile(r"\b(?:phan dau|dat|dam bao|bao dam|hoan thanh|tang|giam|con|duy tri|it nhat|toi thieu|tren|khong duoi|duoi|thu hut|trong|xay dung|van dong)\b")
_STRONG = re.compile(r"\b(?:phan dau|dam bao|bao dam|muc tieu|chi tieu|thi dua|dat|hoan thanh)\b")
_NUMBERED_NAME = re.compile(
    r"(?:\bso|\bquoc lo|\bphuong|\bquan|\bmuc|\bdieu|\bkhoan|\bmau|(?<!moi )\blop|\bkhoa|(?<!moi )\bkhoi|\bthu|\bphu luc|\bdot|\btuan|(?<!moi )\bto|\bdiem|\bgiai doan|\bhoc ky|\bchang|\bcap|\bmuc do|\bmuc|\bduong|\bkm|\btoa|(?<!chi )(?<!moi )\bdoan)\s*$"
)
_STANDARD = re.compile(r"\bdat (?:chuan|muc tieu|tieu chuan)\b")
_SENTENCE_OF_PAST = re.compile(r"\b(?:da dat|moi dat|hien nay|nam truoc|sau hon|thuc trang|ket qua nam)\b")


def read_targets(source: Source) -> tuple[Target, ...]:
    """Targets in reading order; the same value of the same indicator counts once."""
    found: list[Target] = []
    for block in source.blocks:
        for target in _of_block(source, block):
            if "targets" in block.roles or not any(_same(target, other) for other in found):
                found.append(target)
    return (*found, *(target for table in find_tables(source) for target in _of_table(source, table)))


def _of_table(source: Source, table: Table) -> Iterator[Target]:
    """Columns "Chỉ tiêu", "Đơn vị tính" and a value."""
    name = table.column(r"^\s*(?:ten |noi dung )?chi tieu(?! (?:giao|nam|kh|phan dau))|noi dung|tieu chi")
    if name is None or table.column(r"cong trinh|du an|tap the|nguoi|thuc hien|diem") is not None:
        return
    unit = table.column(r"don vi(?: tinh)?|dvt")
    for block, cells in table.rows:
        for i in range(name + 1, min(len(cells), len(table.header))):
            if i != unit:
                yield from _of_cell(source, table, block, cells, name, unit, i)


def _of_cell(source: Source, table: Table, block: Block, cells: list[tuple[int, int]], name: int, unit: int | None, i: int) -> Iterator[Target]:
    text, folded = block.normal.text, block.normal.folded
    measure = text[slice(*cells[unit])].strip() if unit is not None and unit < len(cells) else ""
    words = folded[slice(*cells[i])].strip()
    found = next(find_quantities(f"{words} {measure}" if measure else words), None)
    if found is None or not re.match(r"[^\W\d]*\s?[\d≥≤<>]|(?:tu|tren|duoi|it nhat|toi thieu|khong qua|dat)\b", words) or find_dates(words):
        return
    quote, span = source.words(block.normal)
    indicator = text[slice(*cells[name])].strip()
    columns = [j for j in range(name + 1, len(table.header)) if j != unit]
    yield Target(
        quote=quote, span=span, indicator=indicator if len(columns) == 1 else f"{indicator} - {table.header[i].strip()}", op=found.op, value=found.value,
        value_max=found.value_max, unit=measure or text[cells[i][0] + found.unit_start : cells[i][1]].strip() or None, strict=found.strict, sureness=0.8,
    )  # fmt: skip


def _same(one: Target, other: Target) -> bool:
    if (one.value, one.value_max, one.op) != (other.value, other.value_max, other.op) or one.value is None:
        return False
    a, b = (set(re.findall(r"[^\W\d_]{2,}", t.indicator.casefold())) for t in (one, other))
    return len(a & b) >= 0.6 * min(len(a), len(b))


def _of_block(source: Source, block: Block) -> Iterator[Target]:
    roles = block.roles
    if block.is_row:
        return
    if roles & _NOT_HERE and not roles & {"targets"} or (block.parent is None and not block.kind and "targets" not in roles and not _STRONG.search(block.folded)):
        return
    organising = "organisation" in roles
    for start, end in sentences(block):
        words = block.normal.folded[start:end]
        if re.search(r"\bdang ky\b", words):
            continue
        in_targets = "targets" in roles or ("content" in roles and block.rank >= 6 and len(block.text) <= 160)
        quantities = list(_measures(words, in_targets=in_targets))
        if not quantities and in_targets:
            yield from _fraction(source, block, start, end)
        if "targets" not in roles:
            listed = "content" in roles and block.rank >= 6 and len(block.text) <= 160 and not re.search(r"\b(?:dang ky|khen|hop|bao cao|so ket|tong ket|dot)\b", words)
            if organising or not (listed or _STRONG.search(words) or re.search(r"\bmoi (?:lop|don vi|xa|phuong|chi|doan|to|can bo|dang vien|hoi|truong|ca nhan|thon|khu|giao vien|hoc sinh)\b", words)) or _SENTENCE_OF_PAST.search(words) or "purpose" in roles:
                if re.search(r"\bda (?:no luc|dat|co|phan dau|hoan thanh)\b", words) or not (re.search(r"\bphan dau\b[^,;]{0,80}$", words[: quantities[0].start]) if quantities else False):
                    continue
            quantities = [q for q in quantities if q.percent or listed or ((q.compared or q.op == "range") and not re.search(r"\bdang ky\b|\bgiay khen\b|\bbang khen\b|\bde nghi (?:khen|tang)", words))]
        if not quantities and "targets" in roles and block.rank >= 7 and _STANDARD.search(words):
            quote, span = source.words(block.normal, start, end)
            yield Target(quote=quote, span=span, indicator=quote.strip(" .;"), sureness=0.6)
        yield from _split(source, block, start, end, quantities)


def _timed_measure(words: str, q: Quantity, *, in_targets: bool) -> bool:
    """A time that is itself the measure: "không quá 15 ngày làm việc", "02 buổi/tuần"."""
    unit = words[q.unit_start :]
    return re.match(r"\w+/|phut", unit) is not None or (in_targets and q.compared and re.match(r"ngay lam viec|gio|phut|lan", unit) is not None)


_FRACTION = re.compile(r"(?<![\d/])(?P<n>\d{1,4})/\d{1,4} (?P<unit>[a-z]+(?: [a-z]+){0,2})")


def _fraction(source: Source, block: Block, start: int, end: int) -> Iterator[Target]:
    """ "17/19 tổ dân phố đạt danh hiệu" asks for seventeen."""
    match = _FRACTION.search(block.normal.folded, start, end)
    if match and not find_dates(block.normal.folded[match.start() : match.start() + 10]):
        quote, span = source.words(block.normal, start, end)
        unit = block.normal.text[match.start("unit") : match.end("unit")]
        yield Target(quote=quote, span=span, indicator=quote.strip(" .;"), value=float(match["n"]), unit=unit, sureness=0.7)


def _measures(words: str, *, in_targets: bool) -> Iterator[Quantity]:
    dates = find_dates(words)
    for q in find_quantities(words):
        digits = re.search(r"\d", words[q.start : q.end])
        first = q.start + (digits.start() if digits else 0)
        if any(d.start < q.end and first < d.end for d in dates) or _quoted(words, first):
            continue
        if (not q.percent and not q.compared and q.value < 1000 and _NUMBERED_NAME.search(words[: q.start])) or re.match(r"\s?/\s?\d|\s?[-/]\s?[a-z]{2,}[-/]", words[q.end :]):
            continue
        if not q.percent and (q.timed and not _timed_measure(words, q, in_targets=in_targets) or q.unit_end == q.unit_start):
            continue
        if not q.percent and not q.compared and not in_targets and q.op != "range":
            continue
        if re.search(r"(?:20\d\d|19\d\d)$", words[first : q.end]) or re.match(r"(?:19|20)\d\d\b", words[first:]):
            continue
        yield q


def _quoted(words: str, at: int) -> bool:
    return words.count("“", 0, at) > words.count("”", 0, at) or words.count('"', 0, at) % 2 == 1


def _split(source: Source, block: Block, start: int, end: int, quantities: list[Quantity]) -> Iterator[Target]:
    """Several measures in one clause are several targets; each takes the words from the one before it."""
    text = block.normal.text
    begin = start
    quantities = [q for i, q in enumerate(quantities) if not i or re.search(r"[,;:]|\bva\b|\btrong do\b", text[start + quantities[i - 1].end - 1 : start + q.start].casefold())]
    for i, q in enumerate(quantities):
        last = end if i + 1 == len(quantities) else _between(text, start + q.end, start + quantities[i + 1].start)
        first = begin
        begin = last
        quote, span = source.words(block.normal, first, last)
        if q.value_max is None and q.op == "range":
            continue
        yield Target(
            quote=quote.rstrip(), span=span, indicator=_indicator(text, block, first, start + q.start, last), op=q.op, value=q.value,
            value_max=q.value_max, unit=_unit(text, start, q), strict=q.strict, sureness=0.9 if "targets" in block.roles else 0.7,
        )  # fmt: skip


def _between(text: str, left: int, right: int) -> int:
    """The comma, colon or "và" between two measures."""
    for mark in (";", ",", ":", " và "):
        cut = text.find(mark, left, right)
        if cut >= 0:
            return cut + 1
    return left


def _indicator(text: str, block: Block, first: int, number: int, last: int) -> str:
    words = text[first:number].strip(" ,;:.-*")
    words = words if len(words) > 8 else text[first:last].strip(" ,;:.-*")
    return words


def _unit(text: str, start: int, q: Quantity) -> str | None:
    unit = text[start + q.unit_start : start + q.unit_end].strip(" “\"*")
    return unit.replace(" ", "") if q.percent else unit or None
