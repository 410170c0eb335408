"""Anniversaries: "80 năm Cách mạng tháng Tám (19/8/1945 - 19/8/2025)"; several names may share one count of years.

Patterns run on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua.plans.facts.patterns import words_of
from thidua.plans.facts.source import Source
from thidua.plans.outline import Block
from thidua.plans.reading import Anniversary

_SEPARATOR = r"\s?[/.-]\s?"
_DAY = rf"(?:\d{{1,2}}{_SEPARATOR}\d{{1,2}}{_SEPARATOR})?(?:1\d|20)\d\d|\d{{1,2}}/\d{{1,2}}"
_BRACKETED = re.compile(
    rf"\(\s*(?P<origin>{_DAY})\s*(?:-|den)?\s*(?P<day>{_DAY})\s*\)"
    rf"|\(\s*(?P<only>{_DAY})\s*\)"
)
_BARE = re.compile(r"(?P<origin>\d{1,2}/\d{1,2}/1\d\d\d)\s*(?:-|den)\s*(?P<day>\d{1,2}/\d{1,2}/20\d\d)")
_COUNT = re.compile(r"(?P<years>\d{2,4}) nam\b")
_NTH = re.compile(r"lan thu (?P<years>\d{2,3})\b")
_OCCASION = re.compile(
    words_of(
        "ky niem|chao mung|ngay|thanh lap",
        "cach mang|quoc khanh|chien thang|giai phong",
        "di chuc|truyen thong",
    )
)
_CELEBRATED = re.compile(r"\bky niem\b|\bngay (?:thanh lap|truyen thong|sinh|quoc)")
_NAME_OPENS = re.compile(r"(?:[;,.]|\bva|\bchao mung|\bky niem)\s+")
_JOINED = re.compile(r"\s*(?:,|va)\s")
_SPAN_OF_TIME = re.compile(r"lien (?:tuc|tiep|ke)|qua\b|gan day|tro lai")
_PLAN_OF_YEARS = re.compile(r"\b(?:ke hoach|nhiem ky|giai doan|chuong trinh|de an)\b")
_BARE_YEARS = re.compile(r"\(\s*\d{4}\s*(?:-|den)?\s*\d{4}\s*\)$")
_UNDATED = re.compile(r"(?P<years>\d{2,3}) nam (?:ngay|cach mang|quoc khanh)\b[^;,.()]{4,90}")


def read_anniversaries(source: Source) -> tuple[Anniversary, ...]:
    """In reading order, once each."""
    found: dict[tuple[str | None, str | None, str], Anniversary] = {}
    for block in (*source.title_block, *source.blocks):
        if "(" in block.text or "ky niem" in block.folded or "nam ngay" in block.folded:
            for item in _of_block(source, block):
                found.setdefault((item.origin, item.date, _key(item.name)), item)
    dated = {item.years for item in found.values() if item.origin}
    return tuple(item for item in found.values() if item.origin or item.date or item.years not in dated)


def _key(name: str) -> str:
    return name.casefold().removeprefix("ngày ")[:12]


def _of_block(source: Source, block: Block) -> Iterator[Anniversary]:
    folded = block.normal.folded
    places = _dates(folded, block.body)
    if not places:
        yield from _without_dates(source, block)
    years: int | None = None
    last = block.body
    for dates in places:
        begin = _name_start(folded, last, dates.start())
        counted = _count(folded[begin : dates.start()])
        if counted:
            years = int(counted["years"])
        elif not _JOINED.match(folded, last, last + 6):
            years = None
        last = dates.end()
        pair = dates["origin"] is not None
        told = counted or (pair and (years or _is_celebrated(folded, begin, dates.start())))
        if told and _is_named(folded, begin, dates.start()):
            quote, span = source.words(block.normal, begin, dates.end())
            name = block.normal.text[begin + (counted.end() if counted else 0) : dates.start()].strip(" ,;:")
            origin, day = _origin_and_day(dates)
            yield Anniversary(quote=quote, span=span, name=name, origin=origin, date=day, years=years, sureness=0.9)


def _dates(folded: str, start: int) -> list[re.Match[str]]:
    """Days in brackets and pairs of bare days, in order, none inside another."""
    found = [*_BRACKETED.finditer(folded, start), *_BARE.finditer(folded, start)]
    kept: list[re.Match[str]] = []
    for match in sorted(found, key=re.Match.start):
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept


def _count(words: str) -> re.Match[str] | None:
    return _COUNT.search(words) or _NTH.search(words)


def _name_start(folded: str, last: int, end: int) -> int:
    """The name starts at its count of years, else after the last separator before the dates."""
    for pattern in (_COUNT, _NTH):
        counts = [match.start() for match in pattern.finditer(folded, last, end)]
        if counts:
            return counts[-1]
    return max((match.end() for match in _NAME_OPENS.finditer(folded, last, end)), default=last)


def _is_celebrated(folded: str, begin: int, end: int) -> bool:
    return _CELEBRATED.search(folded[max(0, begin - 60) : end]) is not None


def _is_named(folded: str, begin: int, end: int) -> bool:
    """A count with a name after it; "05 năm (2021 - 2025)" counts a plan's years."""
    bare_years = _BARE_YEARS.search(folded[begin : end + 16].rstrip())
    if bare_years and not _OCCASION.search(folded[max(0, begin - 60) : end]):
        return False
    words = _COUNT.sub("", _NTH.sub("", folded[begin:end])).strip(" ,;:")
    if len(words) <= 6 or _SPAN_OF_TIME.match(words):
        return False
    return _PLAN_OF_YEARS.search(folded[max(0, begin - 25) : begin] + words[:12]) is None


def _origin_and_day(dates: re.Match[str]) -> tuple[str | None, str | None]:
    only = dates.groupdict().get("only")
    return _iso(dates["origin"] or only), _iso(dates["day"])


def _without_dates(source: Source, block: Block) -> Iterator[Anniversary]:
    folded = block.normal.folded
    for match in _UNDATED.finditer(folded):
        if "ky niem" in folded[max(0, match.start() - 80) : match.start()]:
            quote, span = source.words(block.normal, match.start(), match.end())
            name = quote.split(" ", 2)[-1]
            yield Anniversary(quote=quote, span=span, name=name, years=int(match["years"]), sureness=0.6)


def _iso(words: str | None) -> str | None:
    """A day or a year; None for a day without its year."""
    parts = [int(part) for part in re.split(_SEPARATOR, words)] if words else []
    if len(parts) == 1:
        return f"{parts[0]:04d}"
    if len(parts) == 3:
        day, month, year = parts
        return f"{year:04d}-{month:02d}-{day:02d}"
    return None
