"""Letters of Vietnamese by case.

`LOWER` and `UPPER` stand in character classes, since the Unicode ranges mix both cases.
"""

from __future__ import annotations

VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
CONSONANTS = "bcdđfghjklmnpqrstvwxz"
LOWER = VOWELS + CONSONANTS
UPPER = LOWER.upper()


def mostly_capitals(text: str, *, share: float, fewest: int = 0) -> bool:
    """At least `share` of the letters are capitals, and there are `fewest` letters or more."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= fewest and sum(map(str.isupper, letters)) >= len(letters) * share
