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
from itertools import pairwise

from thidua.vietnamese.folding import fold
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
_DROPPED = re.compile(r"\[bookmark:[^\]\n]*\]|[*`]+|[\u200b-\u200f\u2060\ufeff\u00ad\ufffe\uffff\x00-\x08\x0b\x0c\x0e-\x1f]+|(?<!\w)_+|_+(?!\w)|^#+ ")
_COLUMN = re.compile(r"(?<=\S)(?<!^\S)(?<!^\S\S)(?<!^\S\S\S)(?:\t[\t ]*| {4,})(?=\S)")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000\r\n]+")
_FOREIGN = re.compile("[" + "".join(LOOKALIKES) + "]")


# Most lines hold nothing to repair; this tells it in one pass.
_ODD = re.compile("[^\\S ]|  |[*`_#\\[\u200b-\u200f\u2060\ufeff\u00ad\ufffe\uffff\\x00-\\x1f]|" + _FOREIGN.pattern)


class Normal:
    """`text` (composed), `folded` (same length) and `at` (raw offset of each character)."""

    __slots__ = ("at", "folded", "text")

    def __init__(self, text: str, at: array[int]) -> None:
        self.text = text
        self.at = at
        self.folded = fold(text)

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, start: int, end: int) -> Normal:
        """The piece [start, end) without white space around it."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Normal(self.text[start:end], self.at[start:end])

    def span(self, start: int, end: int, raw: str) -> tuple[int, int]:
        """Where [start, end) stands in the raw text; combining marks belong to their letter."""
        stop = self.at[end - 1] + 1
        while stop < len(raw) and unicodedata.combining(raw[stop]):
            stop += 1
        return self.at[start], stop


def join(pieces: Iterable[Normal]) -> Normal:
    """Join pieces by single spaces; a space stands at the end of the piece before it."""
    texts: list[str] = []
    at: array[int] = array("q")
    for piece in pieces:
        if not piece.text:
            continue
        if texts:
            at.append(at[-1] + 1)
        texts.append(piece.text)
        at.extend(piece.at)
    return Normal(" ".join(texts), at)


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
    "a à á ạ ai ải ái am ám ảm an án ản ang áng anh ánh ảnh ao áo ảo áp ác át ách au áu ay ăn ăng ắt âm ấm ầm ẩm ấn ân ẩn ấp ấu âu ẩu ấy ậm e é ép em én eo ê êm ế "
    "i ì ích in im ít ỉ o ó oa oà óc oai oan oán oanh oăn ong óng óp ô ổ ố ồ ốc ôi ôm ốm ôn ổn ồn ông ống ốp ơ ở ớ ơi ơn ớt ợ u ủ ù ú ua ùa ủa uẩn uất ủi úi ung ủng úng "
    "uốn uống út ủy uỷ úy uy ủ ừ ứ ưa ứa ưng ứng ước ướt ưu ức ứt y ý ỳ ỷ ỵ yêu yếu yên yến yết ỳ ương ướp oái oải ẩy áy uyên uyển".split()
)
_VOWELS = frozenset("aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ")
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=65_536)
def _broken(word: str) -> bool:
    """A piece that cannot stand as a word of official Vietnamese; abbreviations in capitals can."""
    if len(word) == 1 or word[0] in _VOWELS:
        return word.islower() and word not in _ALONE
    return not word.isupper() and not is_syllable(word.lower()) and not _foreign(word)


def _foreign(word: str) -> bool:
    return len(word) > 7 or any(c in "fjwz" for c in word.lower())


def _whole(word: str) -> bool:
    return len(word) > 1 and (is_syllable(word.lower()) or (word.isascii() and is_plain_syllable(word.lower())))


def mend_words(piece: Normal) -> Normal:
    """Take out the spaces that split a syllable ("th ưởng"), found by what cannot be a syllable alone."""
    if not any(map(_broken, set(_WORD.findall(piece.text)))):
        return piece
    words = list(_WORD.finditer(piece.text))
    gaps: list[int] = []
    for left, right in pairwise(words):
        if right.start() != left.end() + 1 or piece.text[left.end()] != " " or (gaps and gaps[-1] == left.start() - 1):
            continue
        if len(left.group()) + len(right.group()) > 7 or (right.group()[0].isupper() and not left.group().isupper()):
            continue
        if piece.text[right.end() : right.end() + 1] == ")" and len(right.group()) == 1:
            continue
        if (_broken(left.group()) or _broken(right.group())) and _whole(left.group() + right.group()):
            gaps.append(left.end())
    if not gaps:
        return piece
    drop = set(gaps)
    keep = [i for i in range(len(piece.text)) if i not in drop]
    return Normal("".join(piece.text[i] for i in keep), array("q", (piece.at[i] for i in keep)))
