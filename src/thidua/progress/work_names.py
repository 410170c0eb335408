"""The name of a work taken apart: what kind it is, what it is called, its numbers, how many of what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from thidua.progress.work_words import LONGEST, Phrase, beginnings, marks_of, phrases, spelt_out, units
from thidua.vietnamese.folding import fold

Sort = Literal["generic", "levels", "kinds", "own", "plain", "number"]
WEIGHTS: dict[Sort, float] = {"generic": 0.1, "levels": 0.3, "kinds": 1.0, "own": 2.0, "plain": 0.7, "number": 1.5}
_COUNT_WEIGHT = 0.5
# Syllables of a province's name, which goes without saying within it.
_OF_PROVINCE = 2

_WORD = re.compile(r"\d+(?:[.,]\d+)*(?:[a-z](?![a-z\d]))?|[a-z]+\d+[a-z]?(?![a-z\d])|[a-z]+")
_UNIT_JOINED = re.compile(r"(?<=\d)(?=(?:km|m2|m3|m|ha)\b)")
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*[a-z]?|[a-z]{1,3}\d+[a-z]?")
_MEASURES = frozenset({"#km", "#m", "#m2", "#m3", "#ha"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7"}
_BEFORE_ROMAN = frozenset({"doan", "so", "khu", "dot", "hang", "cum", "khoi", "cap"})
_LETTERS = frozenset("abcdeghk")


class Token(Struct, frozen=True):
    """A word, or a phrase of the lexicon: folded, as written, its marks, what it is.

    A number has in `label` the word that it goes with ("cau" of "cầu số 3"), "year", "letter", or "#" and what it
    counts.
    """

    folded: str
    said: str
    marks: tuple[str, ...]
    sort: Sort
    label: str = ""

    @property
    def weight(self) -> float:
        if self.label.startswith("#"):
            return _COUNT_WEIGHT
        return WEIGHTS[self.sort] * (1.5 if self.sort == "kinds" and " " in self.folded else 1.0)


_NOTHING = Token("", "", (), "generic")


class WorkName(Struct, frozen=True):
    """`is_marked`: the name is written with marks, so that words that differ in them are other words. `folded` are its
    words without marks: whether two names share any is known before their tokens are gone through.
    """

    tokens: tuple[Token, ...]
    is_marked: bool
    folded: frozenset[str]

    def of(self, *sorts: Sort) -> tuple[Token, ...]:
        return tuple(token for token in self.tokens if token.sort in sorts)


class _Word(Struct, frozen=True):
    folded: str
    said: str
    is_capital: bool


@lru_cache(maxsize=50_000)
def take_apart(name: str) -> WorkName:
    """The tokens of a name, in order."""
    text = spelt_out(name)
    folded = fold(text)
    if _UNIT_JOINED.search(folded):
        text = _UNIT_JOINED.sub(" ", text)
        folded = fold(text)
    words = [_Word(m.group(), text[m.start() : m.end()], text[m.start()].isupper()) for m in _WORD.finditer(folded)]
    is_marked = any(word.said.lower() != word.folded for word in words)
    letters = [word for word in words if word.folded.isalpha() and len(word.folded) > 1]
    is_mixed = any(word.said.islower() for word in letters) and any(word.is_capital for word in letters)
    tokens = tuple(_tokens(words, is_marked, is_mixed))
    return WorkName(tokens, is_marked, frozenset(token.folded for token in tokens))


def _tokens(words: list[_Word], is_marked: bool, is_mixed: bool) -> Iterator[Token]:
    at, before, province = 0, _NOTHING, 0
    while at < len(words):
        number = _number(words, at, before)
        if number:
            yield number
            # What is measured, not counted ("50 ha", "2,5 km"), is told with its number.
            at += 2 if number.label in _MEASURES else 1
            continue
        length, phrase = _phrase(words, at, is_marked, is_mixed)
        taken = words[at : at + length]
        sort: Sort = phrase.sort if phrase else _sort_of(taken[0], words, at, is_mixed)
        folded, said = " ".join(word.folded for word in taken), " ".join(word.said for word in taken)
        province = _OF_PROVINCE if folded == "tinh" and sort == "levels" else province - 1 if sort == "own" else 0
        if sort == "own" and province >= 0:
            sort = "levels"
        token = Token(folded, said, tuple(marks_of(word.said) for word in taken), sort)
        yield token
        # "cầu số 3" and "cầu 3" are called by the same number.
        before = before if folded == "so" else token
        at += length


def _number(words: list[_Word], at: int, before: Token) -> Token | None:
    """`before`: the word or phrase that stands before it, "số" left out."""
    word = words[at]
    previous = words[at - 1].folded if at else ""
    value = _ROMAN.get(word.folded) if previous in _BEFORE_ROMAN else None
    if value is None and _NUMERAL.fullmatch(word.folded):
        value = word.folded.lstrip("0") or "0"
    if value is None and word.folded in _LETTERS and at and (word.said.isupper() or at + 1 == len(words)):
        return Token(word.folded, word.said, (), "number", "letter")
    if value is None:
        return None
    if _YEAR.fullmatch(value):
        return Token(value, word.said, (), "number", "year")
    follower = words[at + 1] if at + 1 < len(words) else None
    if follower and value.replace(",", "").replace(".", "").isdecimal() and _counts(before, previous, follower):
        return Token(value, f"{word.said} {follower.said}", (), "number", f"#{follower.folded}")
    label = before.folded.rpartition(" ")[2]
    return Token(value, f"{before.said} {word.said}".strip(), (), "number", label)


def _counts(before: Token, previous: str, follower: _Word) -> bool:
    """ "34 cống", "xây dựng 34 cống", "dài 5 km" count; "quốc lộ 53 cầu Ba Si" does not."""
    if follower.folded in units() and previous not in ("so", "doan"):
        return True
    is_kind = any(phrase.sort == "kinds" for phrase in phrases().get((follower.folded,), ()))
    is_open = before.sort == "generic"
    return (
        is_kind and (follower.said.isupper() or not follower.is_capital) and previous not in ("so", "doan") and is_open
    )


def _phrase(words: list[_Word], at: int, is_marked: bool, is_mixed: bool) -> tuple[int, Phrase | None]:
    """The longest phrase of the lexicon that begins here, and how many words it has."""
    if words[at].folded not in beginnings():
        return 1, None
    for length in range(min(LONGEST, len(words) - at), 0, -1):
        taken = words[at : at + length]
        for phrase in phrases().get(tuple(word.folded for word in taken), ()):
            if is_marked and phrase.marks != tuple(marks_of(word.said) for word in taken):
                continue
            if phrase.sort == "own" or not (is_mixed and _is_called(words, at, length)):
                return length, phrase
    return 1, None


def _is_called(words: list[_Word], at: int, length: int) -> bool:
    """Whether words of the lexicon are a name here: "huyện Cầu Kè", "sông Cầu", but not "Cầu Ba Si"."""
    taken = words[at : at + length]
    if at == 0 or not all(word.is_capital and not word.said.isupper() for word in taken):
        return False
    goes_on = at + length == len(words) or words[at + length].is_capital
    return length > 1 or words[at - 1].is_capital or (goes_on and not _opens(words, at))


def _opens(words: list[_Word], at: int) -> bool:
    """Whether all before it says little, so that a kind may well be written large: "Xây dựng Cầu Ba Si"."""
    return any(
        phrase.sort == "generic" and phrase.marks == tuple(marks_of(word.said) for word in before)
        for before in (words[:at], words[max(at - 2, 0) : at])
        for phrase in phrases().get(tuple(word.folded for word in before), ())
    )


def _sort_of(word: _Word, words: list[_Word], at: int, is_mixed: bool) -> Sort:
    """A word that the lexicon has not: a name where it is written large, or where nothing tells."""
    if not is_mixed:
        return "own"
    if at == 0:
        return "own" if len(words) > 1 and words[1].is_capital else "plain"
    return "own" if word.is_capital else "plain"
