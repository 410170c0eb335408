"""Where a text names an instrument whose life is known (thidua.law.instruments)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from thidua.law.instruments import Instrument, find_instrument, instruments
from thidua.vietnamese.folding import fold

_DATED = re.compile(r"[,\s(]*(?:ngay\s*(\d{1,2})\s*(?:/|thang)\s*(\d{1,2})\s*(?:/|nam)\s*(\d{4})|nam\s+(\d{4}))")
_REPLACED = re.compile(r"(?:thay the|bai bo|het hieu luc|sua doi,? bo sung)\W[^.;]{0,60}$")


class Citation(NamedTuple):
    """[start, end) of the folded text, and the date that the words give the instrument."""

    instrument: Instrument
    start: int
    end: int
    dated: date | None


def find_citations(folded: str) -> Iterator[Citation]:
    """Known instruments named in a folded text, in the order of the data; not those named as replaced."""
    compact = _compact(folded)
    for instrument in instruments():
        if _compact(fold(instrument.number)) not in compact and not any(name in folded for name in instrument.names):
            continue
        for match in _pattern(instrument).finditer(folded):
            dated, year, end = _date_after(folded, match.end())
            replaced = _REPLACED.search(folded[max(0, match.start() - 90) : match.start()])
            if not replaced and _is_meant(instrument, year, by_number=match["number"] is not None):
                yield Citation(instrument, match.start(), end, dated)


def _compact(folded: str) -> str:
    return folded.replace(" ", "").replace("-", "")


def _is_meant(instrument: Instrument, year: int | None, *, by_number: bool) -> bool:
    """A number without a year in it, and a name, mean this instrument only together with its year."""
    if by_number:
        return find_instrument(instrument.number, year=year) is instrument
    return instrument.signed is not None and instrument.signed.year == year


@cache
def _pattern(instrument: Instrument) -> re.Pattern[str]:
    # Optical reading loses dashes: "98/2023/NĐ CP".
    signs = {"/": r"\s*/\s*", "-": r"\s*-?\s*"}
    number = "".join(signs.get(sign) or re.escape(sign) for sign in fold(instrument.number))
    named = "|".join(re.escape(name) for name in instrument.names) or r"(?!)"
    return re.compile(rf"(?<![\d/-])(?P<number>{number})(?![\w-])|\b(?P<name>{named})\b")


def _date_after(folded: str, end: int) -> tuple[date | None, int | None, int]:
    """The date, or the year alone, written right behind a number or a name, and where its words end."""
    match = _DATED.match(folded, end)
    if not match:
        return None, None, end
    if match[4]:
        return None, int(match[4]), match.end()
    try:
        return date(int(match[3]), int(match[2]), int(match[1])), int(match[3]), match.end()
    except ValueError:
        return None, int(match[3]), match.end()
