"""Which letter strings can be a Vietnamese syllable: onset, rime and tone by the rules of the spelling.

It knows what is possible, not what is a word: "hoạch" is a syllable, "hoach" is not (a rime closed by p, t, c, ch
bears sắc or nặng), "luu" is not (no such rime). Both placings of the tone mark are right: "hòa", "hoà".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import product

_ACUTE, _DOT_BELOW = "\u0301", "\u0323"
_TONES = ("", "\u0300", _ACUTE, "\u0309", "\u0303", _DOT_BELOW)
_STOPS = ("p", "t", "c", "ch")
_VOWELS = frozenset("aăâeêioôơuưy")


def _list(spellings: str) -> list[str]:
    return spellings.split()


# Rimes by the letter they begin with, since the spelling of c/k, g/gh, ng/ngh follows that letter.
_BACK_RIMES = _list(
    "a ac ach ai am an ang anh ao ap at au ay "
    "ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "o oc oi om on ong op ot oong ooc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt "
    "ư ưc ưi ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu"
)
_FRONT_RIMES = _list(
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu"
)
_GLIDE_RIMES = _list(
    "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet "
    "uân uâng uât uây uê uêch uênh uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu"
)
_AFTER_QU = _list(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eng eo et "
    "ê êch ên ênh êt i it in ip ôc ơ y ych yên yêt ynh yt yp"
)
_AFTER_GI = _list("ên êng êt êp êc")
_WITHOUT_ONSET = _list("y yêm yên yêng yêt yêu")

_ANY_VOWEL = _list("b ch d đ h l m n nh p ph r s t th tr v x kh")
_BEFORE_BACK = ["", "c", "g", "ng", "gi", *_ANY_VOWEL]
_BEFORE_FRONT = ["k", "gh", "ngh", *_ANY_VOWEL]
_BEFORE_GLIDE = ["", "ch", "d", "đ", "h", "kh", "l", "ng", "nh", "s", "t", "th", "tr", "x"]
_BEFORE_Y = _list("h k l m n s t th v")
# Borrowed or single words outside the regular combinations: xe buýt, vải voan, thùng phuy, noãn, ruy băng, góa.
_SINGLE = (("b", "uyt"), ("v", "oan"), ("ph", "uy"), ("n", "oan"), ("r", "uy"), ("g", "oa"), ("g", "in"), ("g", "i"))


def _bases() -> Iterator[tuple[str, str]]:
    yield from product(_BEFORE_BACK, _BACK_RIMES)
    yield from product(_BEFORE_FRONT, _FRONT_RIMES)
    yield from (("", rime) for rime in _FRONT_RIMES if not rime.startswith("iê"))
    yield from product(_BEFORE_GLIDE, _GLIDE_RIMES)
    yield from product(["qu"], _AFTER_QU)
    yield from product(["gi"], _AFTER_GI)
    yield from product(["gi"], ["e", "ê", "eo", "em", "en", "eng"])
    yield from product([""], _WITHOUT_ONSET)
    yield from product(_BEFORE_Y, ["y"])
    yield from _SINGLE


def _mark_places(rime: str) -> tuple[int, ...]:
    """Indexes in the rime that may carry the tone mark: one, or two where old and new usage differ (hòa, hoà)."""
    vowels = [i for i, letter in enumerate(rime) if letter in _VOWELS]
    shaped = [i for i in vowels if rime[i] in "ăâêôơư"]
    if shaped:
        return (shaped[-1],) if rime.startswith("ươ") else (shaped[0],)
    if len(vowels) < len(rime):
        return (vowels[-1],)
    if rime in ("oa", "oe", "uy"):
        return (0, 1)
    return (1,) if len(vowels) == 3 else (0,)


def _toned(onset: str, rime: str) -> Iterator[str]:
    for tone in (_ACUTE, _DOT_BELOW) if rime.endswith(_STOPS) else _TONES:
        for place in _mark_places(rime):
            yield unicodedata.normalize("NFC", onset + rime[: place + 1] + tone + rime[place + 1 :])


def _fold(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


SYLLABLES: frozenset[str] = frozenset(word for onset, rime in _bases() for word in _toned(onset, rime))
PLAIN_SYLLABLES: frozenset[str] = frozenset(_fold(onset + rime) for onset, rime in _bases())


def is_syllable(word: str) -> bool:
    """True where `word` (NFC, any case, with its marks) can be one Vietnamese syllable."""
    return word.lower() in SYLLABLES


def is_plain_syllable(word: str) -> bool:
    """True where `word` (lower case, no marks, đ written d) can be a syllable that lost its marks."""
    return word in PLAIN_SYLLABLES
