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


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LARGEST = len(_DIGITS) ** 2 - 3


def sort_text(text: str) -> str:
    """`collation_key` as one string of the characters 0-9a-z, which every database puts in the same order.

    A rank takes two characters, from "02"; "01" begins a number (its length, then its digits), "00" ends the letters
    of a syllable, and its tone follows.
    """
    return "".join(_coded(*syllable) for syllable in collation_key(text))


def person_sort_text(full_name: str) -> str:
    """Persons stand by given name, then by family and middle names, as officials list them."""
    words = full_name.split()
    return sort_text(" ".join(words[-1:] + words[:-1]))


def _coded(ranks: tuple[int, ...], tone: int) -> str:
    if ranks[:1] == (-1,):
        digits = str(ranks[1])
        return f"01{_pair(min(len(digits), _LARGEST))}{digits}"
    return "".join(_pair(2 + min(rank, _LARGEST)) for rank in ranks) + f"00{tone}"


def _pair(number: int) -> str:
    high, low = divmod(number, len(_DIGITS))
    return _DIGITS[high] + _DIGITS[low]
