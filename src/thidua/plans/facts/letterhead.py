"""The head of a document above its title: number, symbol, place and date (Nghị định 30/2020/NĐ-CP, Phụ lục I).

It stands in two columns: the issuing body over number and symbol, the national heading over place and date. Patterns
read folded text (no marks, lower case).
"""

from __future__ import annotations

import re
from itertools import chain

from thidua.plans.facts.source import Source
from thidua.plans.reading import HeaderField
from thidua.vietnamese.dates import find_dates
from thidua.vietnamese.normal import Normal, join

# "Số: 57/KH-UBND", "Số 45-KH/TU"; the number may be left blank, spaces may stand beside dashes or in their place.
NUMBER = re.compile(
    r"\bs ?o\s*[:.]?\s*(?P<number>\d[\d ]*\d|\d)?(?:[\s.…_]*[-/]\s*|(?<=\d)\s+(?=[a-z]{2,6}\s?/\s?[a-z]))"
    r"(?P<symbol>[a-z][a-z0-9/.]*(?:\s?[-/]\s?[a-z][a-z0-9]*| (?=\S+$)[a-z]{2,10})*)"
)
# Initials behind a symbol that has lost its dashes ("KH CAT PX01"), in the letters of the document.
_INITIALS = re.compile(r"(?: (?!TP\b)[A-ZĐ]{2,}[a-z]?[A-ZĐ]*\d*(?![^\s|]))+")
# "…, ngày 05 tháng 3 năm 2025"; day and month may be left blank.
_DATE = re.compile(
    r",?\s*(?P<words>ngay\s*(?:\d{1,2})?[\s.…_]*thang\s*(?P<month>\d{1,2})?[\s.…_]*"
    r"nam\s*(?P<year>(?:19|20)\d ?\d)?)"
)
_NATIONAL_HEADING = re.compile(
    r"cong hoa xa hoi chu nghia viet nam|doc lap ?-? ?tu do ?-? ?hanh phuc|dang cong san viet nam"
    r"|-{3,}|\*{3,}|chu nghia viet nam|cong hoa xa hoi"
)
_BAR = re.compile(r"\|")
_WORD = re.compile(r"[^\s,]+")
# Inside a place's name: "Thành phố Hồ Chí Minh", "Bà Rịa - Vũng Tàu".
_INSIDE_PLACE = frozenset({"phố", "-", "–"})


def head_cells(source: Source) -> list[Normal]:
    """The lines above the title, flattened columns taken apart again."""
    zones = source.zones
    end = zones.body if zones.type_line is None else zones.type_line
    lines = (*source.lines[: min(zones.title, end)], *source.lines[zones.title_end : end])
    return [cell for line in lines for cell in _columns(line.normal)]


def _columns(line: Normal) -> list[Normal]:
    number = NUMBER.search(line.folded)
    cuts = chain(_BAR.finditer(line.text), _NATIONAL_HEADING.finditer(line.folded))
    spans = [cut.span() for cut in cuts] + ([(number.start(), _end(line, number))] if number else [])
    return [piece for piece in line.parts(spans) if piece.text.strip(" |-")]


def read_number(source: Source, cells: list[Normal]) -> tuple[HeaderField | None, HeaderField | None]:
    """Number and symbol."""
    for cell in cells:
        match = NUMBER.search(cell.folded)
        if match:
            return _number(source, cell, match), _symbol(source, cell.cut(match.start("symbol"), _end(cell, match)))
    return None, None


def _number(source: Source, cell: Normal, match: re.Match[str]) -> HeaderField | None:
    if not match["number"]:
        return None
    digits = cell.cut(*match.span("number"))
    return source.field(digits, digits.text.replace(" ", ""))


def _end(cell: Normal, match: re.Match[str]) -> int:
    """Where the symbol ends that `NUMBER` matched."""
    initials = None if "-" in match["symbol"] else _INITIALS.match(cell.text, match.end())
    return initials.end() if initials else match.end()


def _symbol(source: Source, piece: Normal) -> HeaderField:
    """Spaces stand for the dashes of a symbol that has lost them all ("KH UBND")."""
    words = re.sub(r"\s*([-/])\s*", r"\1", piece.text).split()
    return source.field(piece, ("" if "-" in piece.text else "-").join(words))


def read_place_and_date(
    source: Source, cells: list[Normal]
) -> tuple[HeaderField | None, HeaderField | None, HeaderField | None]:
    """Place, date, and in place of the date a month or a year where no more is given; sets the source's year."""
    head = join(cells)
    match = next((match for match in _DATE.finditer(head.folded) if match["year"] or match["month"]), None)
    if match is None:
        return None, None, None
    number = NUMBER.search(head.folded, 0, match.start())
    begin = _end(head, number) if number else 0
    return _place(source, head, begin, match.start()), *_date(source, head.cut(*match.span("words")), match)


def _date(source: Source, piece: Normal, match: re.Match[str]) -> tuple[HeaderField | None, HeaderField | None]:
    dates = find_dates(piece.folded)
    day = dates[0].within(None)[0] if dates and dates[0].grain == "day" else None
    if day:
        source.issued, source.year = day, day.year
        return source.field(piece, day.isoformat()), None
    if not match["year"]:
        return None, None
    source.year = int(match["year"].replace(" ", ""))
    month = f"-{int(match['month']):02d}" if match["month"] else ""
    return None, source.field(piece, f"{source.year}{month}", 0.8)


def _place(source: Source, head: Normal, begin: int, end: int) -> HeaderField | None:
    """The capitalised words before ", ngày"; the province's name, never the symbol beside it."""
    start = None
    for word in reversed(list(_WORD.finditer(head.text, begin, end))[-6:]):
        if word.group() in _INSIDE_PLACE:
            continue
        if not _is_place_word(word.group()):
            break
        start = word.start()
    return None if start is None else source.field(head.cut(start, end))


def _is_place_word(word: str) -> bool:
    symbol = (word.isupper() and len(word) > 3) or any(char.isdigit() or char in ":/|" for char in word)
    return word[0].isupper() and not symbol
