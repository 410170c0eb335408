"""Which form of a decree a paper follows. Only numbers that were read in an official text or a faithful copy stand
here; of all others the paper follows the content and names no form.
"""

from __future__ import annotations

import datetime

from msgspec import Struct


class Pattern(Struct, frozen=True):
    """`until` is the last day."""

    paper: str
    name: str
    since: datetime.date
    until: datetime.date


_DECREE_152 = (datetime.date(2025, 7, 1), datetime.date(2027, 2, 28))
PATTERNS = (
    Pattern("presentation", "Mẫu 01, Nghị định số 152/2025/NĐ-CP", *_DECREE_152),
    Pattern("yearly individual", "Mẫu 05, Nghị định số 152/2025/NĐ-CP", *_DECREE_152),
)


def pattern_of(paper: str, on: datetime.date | None) -> str:
    """The form in force on a day; "" where none is known for sure."""
    if on is None:
        return ""
    return next((one.name for one in PATTERNS if one.paper == paper and one.since <= on <= one.until), "")
