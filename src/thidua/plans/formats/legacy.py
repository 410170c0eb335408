"""Vietnamese text from before Unicode: Windows-1258, TCVN3 (ABC fonts) and VNI.

Their bytes overlap, so an encoding is taken only where nearly every marked word it gives is a Vietnamese syllable and
no other encoding does as well.
"""

from __future__ import annotations

import re
import unicodedata

MIN_SHARE = 0.9
MIN_LEAD = 0.1
SAMPLE = 1 << 16
MAX_BYTES = 10_000_000
TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")

# TCVN 5712:1993, second half, from A1; "·" stands for its loose marks, which ABC fonts do not use.
TCVN3 = dict(
    zip(
        range(0xA1, 0xFF),
        "ĂÂÊÔƠƯĐăâêôơưđ······àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)

VNI_MARKS = {
    **dict(zip("øùûõï", ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323"), strict=True)),
    **dict(
        zip("âàáåãä", ("\u0302" + tone for tone in ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")), strict=True)
    ),
    **dict(
        zip("êèéúüë", ("\u0306" + tone for tone in ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")), strict=True)
    ),
}
VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
VNI_BASES = "aeouyôö"

ONSET = "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|q|r|s|t|v|x)?"
NUCLEUS = (
    "(?:iêu|yêu|oai|oay|oeo|uây|uôi|ươi|ươu|uya|uyê|uyu|oao|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|ua|uâ|ui|uê|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|ya"
    "|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
)
SYLLABLE = re.compile(f"{ONSET}{NUCLEUS}(?:ch|ng|nh|c|m|n|p|t)?")
WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")


def decode_legacy(data: bytes) -> str | None:
    """The text, or None where no old encoding explains the bytes clearly better than the others.

    The words after the first byte outside ASCII decide; a plan has thousands of them.
    """
    marked = re.search(rb"[\x80-\xff]", data)
    if marked is None or len(data) > MAX_BYTES:
        return None
    start = max(0, marked.start() - 20)
    sample = data[start : start + SAMPLE]
    shares = sorted(((_share(decode(sample)), at) for at, decode in enumerate(DECODERS)), reverse=True)
    (best, winner), (second, _) = shares[:2]
    return DECODERS[winner](data) if best >= MIN_SHARE and best - second >= MIN_LEAD else None


def _share(text: str | None) -> float:
    return 0.0 if text is None else share_of_syllables(text)


def share_of_syllables(text: str) -> float:
    """Share of the words with letters outside ASCII that are Vietnamese syllables, 0..1."""
    words = [unicodedata.normalize("NFD", word) for word in WORD.findall(text)]
    marked = [word for word in words if not word.isascii()]
    if not marked:
        return 0.0
    return sum(_is_syllable(word) for word in marked) / len(marked)


def _is_syllable(decomposed: str) -> bool:
    """Letters in an order that Vietnamese knows, at most one tone; capitals only as a capital word or first letter."""
    bare = unicodedata.normalize("NFC", decomposed.translate(TONES))
    tones = len(decomposed) - len(decomposed.translate(TONES))
    return tones <= 1 and SYLLABLE.fullmatch(bare.lower()) is not None


def _windows_1258(data: bytes) -> str | None:
    try:
        return data.decode("cp1258")
    except UnicodeDecodeError:
        return None


def _tcvn3(data: bytes) -> str | None:
    text = data.decode("latin-1").translate(TCVN3)
    return None if "·" in text or any("\x80" <= char <= "\x9f" for char in text) else text


def _vni(data: bytes) -> str | None:
    try:
        source = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return unicodedata.normalize("NFC", "".join(_vni_letters(source)))


def _vni_letters(source: str) -> list[str]:
    """A letter is followed by its mark; some letters with their tone have a code of their own."""
    letters: list[str] = []
    before = ""
    for char in source:
        small = char.lower()
        if before and before in VNI_BASES and small in VNI_MARKS:
            letters.append(VNI_MARKS[small])
            before = ""
            continue
        letter = VNI_LETTERS.get(small, small)
        letters.append(letter if char == small else letter.upper())
        before = small
    return letters


DECODERS = (_windows_1258, _tcvn3, _vni)
