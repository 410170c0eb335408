"""How near two names of persons are: the same, but for marks, a slip of typing, another order, a word left out."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.distance import OSA

from thidua.vietnamese.collation import TONES
from thidua.vietnamese.folding import search_key
from thidua.vietnamese.names import strip_degrees

_TONE = re.compile("[" + "".join(TONES) + "]")
# Names shorter than this (folded) may differ by one letter, longer ones by two.
_SHORT = 12


class Likeness(StrEnum):
    """The nearest first."""

    SAME = "same"
    MARKS = "marks"
    ORDER = "order"
    SLIP = "slip"
    SHORTER = "shorter"


class Name(Struct, frozen=True):
    """`exact` keeps every mark but not where a tone stands in its syllable; `folded` keeps none."""

    exact: str
    folded: str

    @classmethod
    def of(cls, text: str) -> Name:
        return _name(text)


@lru_cache(maxsize=200_000)
def _name(text: str) -> Name:
    plain = " ".join(strip_degrees(unicodedata.normalize("NFC", text)).split())
    return Name(" ".join(map(_syllable, plain.casefold().split())), search_key(plain))


def _syllable(word: str) -> str:
    """ "hoà" and "hòa" are spelt alike: letters first, the tone behind them."""
    marks = unicodedata.normalize("NFD", word)
    return _TONE.sub("", marks) + "".join(_TONE.findall(marks))


def likeness(one: Name, other: Name) -> Likeness | None:
    """None where they are names of two people."""
    if one.exact == other.exact:
        return Likeness.SAME
    if one.folded == other.folded:
        return Likeness.MARKS
    words, others = one.folded.split(), other.folded.split()
    if len(words) == len(others) and sorted(words) == sorted(others):
        return Likeness.ORDER
    slips = 1 if min(len(one.folded), len(other.folded)) < _SHORT else 2
    if OSA.distance(one.folded, other.folded, score_cutoff=slips) <= slips:
        return Likeness.SLIP
    return Likeness.SHORTER if len(words) != len(others) and _shortens(words, others) else None


def _shortens(words: list[str], others: list[str]) -> bool:
    """ "Nguyễn Mai" is "Nguyễn Thị Mai": family name and given name are the same, of the middle some is left out."""
    short, long = sorted((words, others), key=len)
    if len(short) < 2 or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(word in rest for word in short)
