"""The normal form of a raw text: repaired for reading, every character mapped back to where it came from.

The raw text is never changed. Repairs: Unicode composition, look-alike letters of other scripts, Markdown marks,
bookmarks, invisible characters, runs of white space. A `Normal` is a piece of text with the raw offset of each
character; pieces can be cut, joined and mended without losing the way back.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, pairwise

from thidua.vietnamese.folding import fold
from thidua.vietnamese.letters import VOWELS
from thidua.vietnamese.syllables import is_plain_syllable, is_syllable

# Letters that optical reading takes from Greek or Cyrillic, by the Latin letter they stand for.
LOOKALIKES = dict(
    zip(
        "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοορνικυέόίύάАВЕКМНОРСТУХаеорсух",
        "ABEZHIKMNOPTYXaoopvikuéóíúáABEKMHOPCTYXaeopcyx",
        strict=True,
    )
)
_LOOKALIKE_TABLE = str.maketrans(LOOKALIKES)
_INVISIBLE = r"\u200b-\u200f\u2060\ufeff\u00ad\ufffe\uffff"
_DROPPED = re.compile(
    "|".join(
        (
            r"\[bookmark:[^\]\n]*\]",
            r"[*`]+",
            rf"[{_INVISIBLE}\x00-\x08\x0b\x0c\x0e-\x1f]+",
            r"(?<!\w)_+",
            r"_+(?!\w)",
            r"^#+ ",
        )
    )
)
# A tab or a wide gap parts columns, but not within the first three characters, where it follows a label.
_COLUMN = re.compile(r"(?<=\S)(?<!^\S)(?<!^\S\S)(?<!^\S\S\S)(?:\t[\t ]*| {4,})(?=\S)")
_SPACES = re.compile(r"(?:[ \t\u00a0\u2000-\u200a\u202f\u3000\r\n]|<br\s*/?>)+")
_FOREIGN = re.compile("[" + "".join(LOOKALIKES) + "]")
# Most lines hold nothing to repair; this tells it in one pass.
_ODD = re.compile(rf"[^\S ]|  |[*`_#<\[{_INVISIBLE}\x00-\x1f]|{_FOREIGN.pattern}")


class Normal:
    """`text` (composed), `folded` (same length) and `at` (raw offset of each character)."""

    __slots__ = ("at", "folded", "text")

    def __init__(self, text: str, at: array[int], folded: str | None = None) -> None:
        self.text = text
        self.at = at
        self.folded = fold(text) if folded is None else folded

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, start: int, end: int) -> Normal:
        """The piece [start, end) without white space around it."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start == 0 and end == len(self.text):
            return self
        return Normal(self.text[start:end], self.at[start:end], self.folded[start:end])

    def parts(self, spans: Iterable[tuple[int, int]]) -> list[Normal]:
        """The pieces between the spans and the spans themselves, in order; blank ones are left out."""
        cuts = sorted({0, len(self), *chain.from_iterable(spans)})
        return [piece for start, end in pairwise(cuts) if (piece := self.cut(start, end)).text]

    def span(self, start: int, end: int, raw: str) -> tuple[int, int]:
        """Where [start, end) stands in the raw text; combining marks belong to their letter."""
        stop = self.at[end - 1] + 1
        while stop < len(raw) and unicodedata.combining(raw[stop]):
            stop += 1
        return self.at[start], stop


def join(pieces: Iterable[Normal]) -> Normal:
    """Join pieces by single spaces; a space stands at the end of the piece before it."""
    kept = [piece for piece in pieces if piece.text]
    if len(kept) == 1:
        return kept[0]
    at: array[int] = array("q")
    for piece in kept:
        if at:
            at.append(at[-1] + 1)
        at.extend(piece.at)
    return Normal(" ".join(piece.text for piece in kept), at, " ".join(piece.folded for piece in kept))


def normalise_line(line: str, start: int) -> Normal:
    """One raw line that begins at offset `start`: composed, unmarked, single-spaced."""
    chars, at = _compose(line, start)
    if not _ODD.search(chars):
        return Normal(chars, at).cut(0, len(chars))
    if _FOREIGN.search(chars):
        chars = chars.translate(_LOOKALIKE_TABLE)
    for pattern, put in ((_DROPPED, ""), (_COLUMN, "|"), (_SPACES, " ")):
        chars, at = _replace(pattern, put, chars, at)
    return Normal(chars, at).cut(0, len(chars))


def _compose(line: str, start: int) -> tuple[str, array[int]]:
    if unicodedata.is_normalized("NFC", line):
        return line, array("q", range(start, start + len(line)))
    out: list[str] = []
    at: array[int] = array("q")
    for cluster in re.finditer(r".[\u0300-\u036f]*", line, re.DOTALL):
        composed = unicodedata.normalize("NFC", cluster.group())
        out.append(composed)
        at.extend([start + cluster.start()] * len(composed))
    return "".join(out), at


def _replace(pattern: re.Pattern[str], put: str, chars: str, at: array[int]) -> tuple[str, array[int]]:
    """Replace every match by `put` (nothing or one character), keeping the offsets in step."""
    out: list[str] = []
    kept: array[int] = array("q")
    last = 0
    for match in pattern.finditer(chars):
        if match.group() == put:
            continue
        out.append(chars[last : match.start()])
        kept.extend(at[last : match.start()])
        if put:
            out.append(put)
            kept.append(at[match.start()])
        last = match.end()
    if not last:
        return chars, at
    out.append(chars[last:])
    kept.extend(at[last:])
    return "".join(out), kept


# Syllables without an initial consonant that are words; any other one is the tail of a split word ("hi ện").
_ALONE = frozenset(
    " ".join(
        (
            "a à á ạ ác ách ai ái ải am ám ảm an án ản ang áng anh ánh ảnh ao áo ảo áp át au áu ay áy",
            "ăn ăng ắt âm ấm ầm ẩm ậm ân ấn ẩn ấp âu ấu ẩu ấy ẩy e é em én eo ép ê ế êm i ì ỉ ích im in ít",
            "o ó oa oà oai oái oải oan oán oanh oăn óc ong óng óp ô ố ồ ổ ốc ôi ôm ôn ốm ồn ổn ông ống ốp",
            "ơ ớ ở ợ ơi ơn ớt u ú ù ủ ua ùa ủa uẩn uất úi ủi ung úng ủng uốn uống út uy úy ủy uỷ uyên uyển",
            "ứ ừ ưa ứa ức ưng ứng ước ương ướp ướt ưu ứt y ý ỳ ỷ ỵ yên yến yết yêu yếu",
        )
    ).split()
)
_VOWELS = frozenset(VOWELS)
_WORD = re.compile(r"[^\W\d_]+")
# No syllable is longer ("nghiêng").
_LONGEST_SYLLABLE = 7


@lru_cache(maxsize=65_536)
def _is_broken(word: str) -> bool:
    """A piece that cannot stand as a word of official Vietnamese; abbreviations in capitals can."""
    if len(word) == 1 or word[0] in _VOWELS:
        return word.islower() and word not in _ALONE
    return not word.isupper() and not is_syllable(word.lower()) and not _is_foreign(word)


def _is_foreign(word: str) -> bool:
    return len(word) > _LONGEST_SYLLABLE or any(letter in "fjwz" for letter in word.lower())


def _is_whole(word: str) -> bool:
    return len(word) > 1 and (is_syllable(word.lower()) or (word.isascii() and is_plain_syllable(word.lower())))


def mend_words(piece: Normal) -> Normal:
    """Take out the spaces that split a syllable ("th ưởng"), found by what cannot be a syllable alone."""
    text = piece.text
    if not any(map(_is_broken, set(_WORD.findall(text)))):
        return piece
    gaps: set[int] = set()
    for left, right in pairwise(_WORD.finditer(text)):
        if left.start() - 1 not in gaps and _is_split(text, left, right):
            gaps.add(left.end())
    if not gaps:
        return piece
    keep = [i for i in range(len(text)) if i not in gaps]
    return Normal("".join(text[i] for i in keep), array("q", (piece.at[i] for i in keep)))


def _is_split(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    """Whether two words beside each other are one syllable that a space parts."""
    head, tail = left.group(), right.group()
    if text[left.end() : right.start()] != " " or len(head) + len(tail) > _LONGEST_SYLLABLE:
        return False
    if tail[0].isupper() and not head.isupper():
        return False
    is_label = len(tail) == 1 and text[right.end() : right.end() + 1] == ")"
    return not is_label and (_is_broken(head) or _is_broken(tail)) and _is_whole(head + tail)
