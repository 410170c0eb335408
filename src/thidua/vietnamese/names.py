"""Names of persons as they stand under a signature: "TS. Nguyễn Văn A", "Đại tá Trần B"."""

from __future__ import annotations

import re

_DEGREES = (
    "GS", "PGS", "TS", "ThS", "BS", "BSCKII", "BSCKI", "CKII", "CKI", "KS", "CN", "LS", "NGƯT", "NGND", "TTƯT", "TTND",
)  # fmt: skip
_BEFORE_NAME = re.compile(
    rf"^(?:(?:{'|'.join(_DEGREES)})\.?\s?)+"
    r"|^(?:Thiếu|Trung|Thượng|Đại) (?:tướng|tá|úy)\s"
    r"|^(?:Đồng chí|Ông|Bà)\s"
)
# No syllable is longer ("Nghiêng").
_LONGEST_SYLLABLE = 7


def strip_degrees(text: str) -> str:
    """A person's name without degrees, ranks and forms of address."""
    return _BEFORE_NAME.sub("", text).strip()


def looks_like_name(text: str) -> bool:
    """Two to six capitalised syllables and nothing else; degrees may stand before them."""
    syllables = strip_degrees(text.strip(" .")).split()
    return 2 <= len(syllables) <= 6 and all(map(_is_name_syllable, syllables))


def _is_name_syllable(word: str) -> bool:
    shouted = len(word) > 1 and word.isupper()
    return word.isalpha() and word[0].isupper() and not shouted and len(word) <= _LONGEST_SYLLABLE
