"""Years as plans name them: "từ năm 2020 đến năm 2024", "02 năm liên tục 2024, 2025", "03 năm liên tục"."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from thidua.plans.facts.quantities import parse_count

COUNT = r"(?:\d{1,2}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)(?: \([a-z]+\))?"
RUN = r"(?:lien tuc|lien tiep|lien ke|lien)"
_RANGE = r"(?:tu )?(?:nam |giai doan )?20\d\d ?(?:-|den het|den) ?(?:het )?(?:nam )?20\d\d"
_LIST = r"(?:cac )?(?:nam )?20\d\d(?:(?:, va|,|;| va)? ?(?:nam )?20\d\d)*"
NAMED = rf"(?:{_RANGE}|{_LIST})"
SPAN = (
    rf"(?:trong |ca |o |tai |qua |co |co trong )*(?:{COUNT} nam(?: hoc)?(?: {RUN})?[ ,:]*(?:\((?:cac )?{NAMED}\)|gom"
    rf" {NAMED}|{NAMED})"
    rf"|{COUNT} nam {RUN} tinh den (?:het )?nam 20\d\d|{COUNT} nam {RUN}|{NAMED}"
    r"|nam (?:xet(?: khen(?: thuong)?)?|de nghi(?: khen(?: thuong)?)?|khen thuong)|trong nam|nam cong tac)"
)
_YEAR = re.compile(r"20\d\d")
_COUNTED = re.compile(rf"(?P<n>{COUNT}) nam\b")


class Years(Struct, frozen=True):
    """Named years in order, or (`last_years`) so many up to the offer's own."""

    named: tuple[int, ...] = ()
    last_years: int = 1

    @property
    def is_whole(self) -> bool:
        """Whether no year between the first and the last is left out."""
        return not self.named or self.named[-1] - self.named[0] + 1 == len(self.named)

    def window(self) -> dict[str, Any]:
        """As predicates say it."""
        if self.named:
            return {"first": self.named[0], "last": self.named[-1]}
        return {"years": self.last_years} if self.last_years > 1 else {}


def years_in(words: str) -> Years:
    """Of words that `SPAN` matches; without any, the offer's own year."""
    found = sorted({int(year) for year in _YEAR.findall(words)})
    counted = _COUNTED.search(words)
    count = parse_count(counted["n"].split(" ")[0]) if counted else 1
    if "tinh den" in words and found:
        return Years(tuple(range(found[-1] - count + 1, found[-1] + 1)))
    if len(found) == 2 and re.search(r"20\d\d ?(?:-|den)", words):
        return Years(tuple(range(found[0], found[1] + 1)))
    return Years(tuple(found)) if found else Years(last_years=count)
