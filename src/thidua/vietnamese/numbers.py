"""Numbers as officials write them: "2.500" is 2500, "1,5" is 1.5, "01" is 1."""

from __future__ import annotations

import re

_GROUPED = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?"
_THOUSANDS = re.compile(_GROUPED)
NUMBER = rf"{_GROUPED}|\d+(?:,\d+)?|\d+\.\d+"
# Folded number words.
WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip


def parse_number(digits: str) -> float:
    """The value of digits that `NUMBER` matches."""
    if _THOUSANDS.fullmatch(digits):
        digits = digits.replace(".", "")
    return float(digits.replace(",", "."))
