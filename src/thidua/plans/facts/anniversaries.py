"""Anniversaries: "80 năm Cách mạng tháng Tám (19/8/1945 - 19/8/2025)"; several names may share one count of years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Anniversary

_ONE = r"(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?)?(?:1\d|20)\d\d|\d{1,2}/\d{1,2}"
_DATES = re.compile(rf"\(\s*(?P<a>{_ONE})\s*(?:-|den)?\s*(?P<b>{_ONE})\s*\)|\(\s*(?P<c>{_ONE})\s*\)")
_BARE = re.compile(rf"(?P<a>\d{{1,2}}/\d{{1,2}}/1\d\d\d)\s*(?:-|den)\s*(?P<b>\d{{1,2}}/\d{{1,2}}/20\d\d)")
_YEARS = re.compile(r"(?:lan thu )?(?P<years>\d{2,4})(?: nam)?\s+(?=ngay|cach mang|quoc|thanh lap|thuc hien|giai phong|chien thang|tong|nam|ky|truyen|toan|nganh|dai|sinh|mat|bac|chu|khoi)")
_COUNT = re.compile(r"(?P<years>\d{2,4}) nam\b")
_NTH = re.compile(r"lan thu (?P<years>\d{2,3})\b")
_OCCASION = re.compile(r"\b(?:ky niem|chao mung|ngay|thanh lap|cach mang|quoc khanh|chien thang|giai phong|di chuc|truyen thong)\b")
_START = re.compile(r"(?:[;,.]|\bva|\bchao mung|\bky niem)\s+")


def read_anniversaries(source: Source) -> tuple[Anniversary, ...]:
    """In reading order, once each."""
    found: dict[tuple[str | None, str | None, str], Anniversary] = {}
    for block in (*source.title_block, *source.blocks):
        if "(" not in block.text and "ky niem" not in block.folded and "nam ngay" not in block.folded:
            continue
        for item in _of_block(source, block):
            found.setdefault((item.origin, item.date, item.name.casefold().removeprefix("ngày ")[:12]), item)
    dated = {item.years for item in found.values() if item.origin}
    return tuple(item for item in found.values() if item.origin or item.date or item.years not in dated)


def _of_block(source: Source, block: Block) -> Iterator[Anniversary]:
    folded = block.normal.folded
    years: int | None = None
    last = block.body
    matches = sorted([*_DATES.finditer(folded, last), *_BARE.finditer(folded, last)], key=lambda m: m.start())
    for match in matches:
        if match.start() < last:
            continue
        begin = _name_start(folded, last, match.start())
        words = folded[begin : match.start()]
        counted = _COUNT.search(words) or _NTH.search(words)
        joined = re.match(r"\s*(?:,|va)\s", folded[last : last + 6]) is not None
        if counted:
            years = int(counted["years"])
        elif not joined:
            years = None
        groups = match.groupdict()
        origin, day = (groups["a"], groups["b"]) if groups.get("a") else (groups.get("c"), None)
        if not counted and not (years and joined) and not re.search(r"\bky niem\b|\bngay (?:thanh lap|truyen thong|sinh|quoc)", folded[max(0, begin - 60) : match.start()]):
            last = match.end()
            continue
        if (groups.get("a") is None and not counted) or not _named(folded, begin, match.start()):
            last = match.end()
            continue
        yield _item(source, block, begin, match, origin, day, years, counted)
        last = match.end()
    if not matches:
        yield from _without_dates(source, block)


def _named(folded: str, begin: int, end: int) -> bool:
    """A count with a name after it; "05 năm (2021 - 2025)" counts a plan's years."""
    words = _COUNT.sub("", _NTH.sub("", folded[begin:end])).strip(" ,;:")
    bare_years = re.search(r"\(\s*\d{4}\s*(?:-|den)?\s*\d{4}\s*\)$", folded[begin : end + 16].rstrip()) is not None
    if bare_years and not _OCCASION.search(folded[max(0, begin - 60) : end]):
        return False
    return len(words) > 6 and not re.match(r"lien (?:tuc|tiep|ke)|qua\b|gan day|tro lai", words) and re.search(r"\b(?:ke hoach|nhiem ky|giai doan|chuong trinh|de an)\b", folded[max(0, begin - 25) : begin] + words[:12]) is None


def _item(source: Source, block: Block, begin: int, match: re.Match[str], origin: str | None, day: str | None, years: int | None, counted: re.Match[str] | None) -> Anniversary:
    quote, span = source.words(block.normal, begin, match.end())
    name_start = begin + (counted.end() if counted else 0)
    name = block.normal.text[name_start : match.start()].strip(" ,;:")
    return Anniversary(quote=quote, span=span, name=name, origin=_iso(origin), date=_iso(day), years=years, sureness=0.9)


def _name_start(folded: str, last: int, end: int) -> int:
    """The name starts at its count of years, else after the last separator before the dates."""
    counts = [m.start() for m in _COUNT.finditer(folded, last, end)] or [m.start() for m in _NTH.finditer(folded, last, end)]
    if counts:
        return counts[-1]
    starts = [m.end() for m in _START.finditer(folded, last, end)]
    return starts[-1] if starts else last


def _without_dates(source: Source, block: Block) -> Iterator[Anniversary]:
    folded = block.normal.folded
    for match in re.finditer(r"(?P<years>\d{2,3}) nam (?:ngay|cach mang|quoc khanh)\b[^;,.()]{4,90}", folded):
        if "ky niem" not in folded[max(0, match.start() - 80) : match.start()]:
            continue
        quote, span = source.words(block.normal, match.start(), match.end())
        yield Anniversary(quote=quote, span=span, name=quote.split(" ", 2)[-1], years=int(match["years"]), sureness=0.6)


def _iso(words: str | None) -> str | None:
    if words is None:
        return None
    parts = [int(p) for p in re.split(r"\s?[/.-]\s?", words)]
    if len(parts) == 1:
        return f"{parts[0]:04d}"
    if len(parts) == 2:
        return None
    day, month, year = parts
    return f"{year:04d}-{month:02d}-{day:02d}"
