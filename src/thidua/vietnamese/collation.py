"""The order of a Vietnamese dictionary, for lists of names."""

from __future__ import annotations

import re
import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_RANKS = {letter: rank for rank, letter in enumerate(ALPHABET)}
_TONE = re.compile("[" + "".join(TONES) + "]")
_WORDS = re.compile(r"\d+|[^\W\d_]+")

Key = tuple[tuple[tuple[int, ...], int], ...]


def collation_key(text: str) -> Key:
    """Syllable by syllable: first its letters (ă after a, đ after d), then its tone (huyền, hỏi, ngã, sắc, nặng).

    Numbers stand before letters and by their value ("Khối 2" before "Khối 10"); case and signs count for nothing.
    """
    return tuple(_syllable(word) for word in _WORDS.findall(unicodedata.normalize("NFC", text).casefold()))


def _syllable(word: str) -> tuple[tuple[int, ...], int]:
    if word.isdecimal():
        return (-1, int(word)), 0
    marks = unicodedata.normalize("NFD", word)
    tone = _TONE.search(marks)
    letters = unicodedata.normalize("NFC", _TONE.sub("", marks))
    ranks = tuple(_RANKS.get(letter, len(ALPHABET) + ord(letter)) for letter in letters)
    return ranks, TONES.index(tone.group()) if tone else 0
