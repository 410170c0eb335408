"""Words that optical reading or typing spoilt. All places of one kind come as one finding."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from thidua.findings import Basis, Evidence, Finding
from thidua.plans.checks.plan import Plan, not_met
from thidua.vietnamese.folding import fold
from thidua.vietnamese.syllables import is_syllable

_SPELLING = Basis(quote="chính tả tiếng Việt", verified=True)
_UNICODE = Basis(
    instrument="Nghị định số 30/2020/NĐ-CP", place="Phụ lục I, Phần I, mục I, khoản 4 (TCVN 6909:2001)", verified=True
)
_WORD = re.compile(r"[^\W\d_]+")
_NOT_PROSE = re.compile(
    r"\[bookmark:[^\]\n]*\]|\S+@\S+|https?://\S+|www\.\S+|\S+\.(?:vn|com|gov|org|net)\b\S*|\S*\\\S*"
)
_ROMAN = re.compile(r"[IVXLC]+|[ivx]+")
_FOREIGN = re.compile(r"[^\W\d_]*[\u0370-\u03ff\u1f00-\u1fff\u0400-\u04ff]+[^\W\d_]*")
_PERSON = re.compile(r"\b[YAHK][ '’]$")
_TWICE = re.compile(
    r"\b(và|của|các|cho|với|trong|là|được|về|theo|đến|từ|tại|để|do|có|khi|này)\s+\1\b(?!\s*-)",
    re.IGNORECASE,
)


def check_syllables(plan: Plan) -> Iterable[Finding]:
    """Every word can be a Vietnamese syllable, or is an abbreviation, a name or a term that is none on purpose."""
    hidden = [match.span() for match in _NOT_PROSE.finditer(plan.raw)]
    words = [
        Evidence(kind="text", quote=match.group(), span=match.span())
        for match in re.finditer(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*", plan.raw)
        if _is_suspect(plan.raw, match) and not any(a <= match.start() < b for a, b in hidden)
    ]
    if words:
        yield not_met("spelling.syllable", _SPELLING, *words, words=_distinct(words), count=len(words))


def check_foreign_letters(plan: Plan) -> Iterable[Finding]:
    """No Greek or Cyrillic letter stands inside a Vietnamese word."""
    for match in _FOREIGN.finditer(plan.raw):
        words = Evidence(kind="text", quote=match.group(), span=match.span())
        letters = [c for c in match.group() if unicodedata.name(c, "").startswith(("GREEK", "CYRILLIC"))]
        yield not_met("spelling.foreign_letter", _UNICODE, words, word=match.group(), letters=letters)


def check_one_composition(plan: Plan) -> Iterable[Finding]:
    """Marks are either part of their letters or stand behind them: search and comparison fail where both are mixed."""
    loose = [m.span() for m in re.finditer(r"[^\W\d_]+(?:[\u0300-\u0323]+[^\W\d_]*)+", plan.raw)]
    if loose and re.search(r"[\u1ea0-\u1ef9]", plan.raw):
        words = [Evidence(kind="text", quote=plan.raw[a:b], span=(a, b)) for a, b in loose[:5]]
        yield not_met("spelling.composition", _UNICODE, *words, count=len(loose))


def check_fixed_words(plan: Plan) -> Iterable[Finding]:
    """Words that every plan uses bear their own marks."""
    words: list[Evidence] = []
    repairs: list[str] = []
    for match in _fixed_pattern().finditer(plan.flow.folded):
        right = _fixed()[match.group()]
        if not any(plan.lower.startswith(spelling, match.start()) for spelling in right):
            words.append(plan.words(plan.flow, *match.span()))
            repairs.append(f"“{plan.flow.text[slice(*match.span())]}” → “{right[0]}”")
    if words:
        yield not_met("spelling.marks", _SPELLING, *words, repairs=list(dict.fromkeys(repairs)), count=len(words))


def check_no_word_twice(plan: Plan) -> Iterable[Finding]:
    """ "và và", "của của"."""
    for match in _TWICE.finditer(plan.flow.text):
        words = plan.words(plan.flow, *match.span())
        yield not_met("spelling.twice", _SPELLING, words, words=words.quote)


@cache
def _allowed() -> frozenset[str]:
    return frozenset(word for line in _lines("words.txt") for word in line.split())


@cache
def _fixed() -> dict[str, list[str]]:
    """Right spellings of each phrase, the usual one first, by what is left of it without marks."""
    phrases = ([spelling.strip() for spelling in line.split("|")] for line in _lines("phrases.txt"))
    return {fold(spellings[0]): spellings for spellings in phrases}


@cache
def _fixed_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_fixed())})\b")


def _lines(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _is_suspect(raw: str, match: re.Match[str]) -> bool:
    word = unicodedata.normalize("NFC", match.group())
    if (
        len(word) <= 2
        or is_syllable(word)
        or _ROMAN.fullmatch(word)
        or word.lower() in _allowed()
        or _FOREIGN.search(word)
    ):
        return False
    if _PERSON.search(raw, max(0, match.start() - 3), match.start()):
        return False
    around = raw[max(0, match.start() - 1) : match.start()] + raw[match.end() : match.end() + 1]
    if any(c.isdigit() or c in "/&_" for c in around):
        return False
    return not _is_abbreviation(word, raw, match)


def _is_abbreviation(word: str, raw: str, match: re.Match[str]) -> bool:
    """Capitals inside ("UBND", "TTgCP", "VNeID", "XIV"); in a line of capitals only what has no vowel or is Roman."""
    if sum(c.isupper() for c in word) < 2 and not (len(word) <= 3 and word.isupper()):
        return False
    if not word.isupper() or _ROMAN.fullmatch(word):
        return True
    line = raw[raw.rfind("\n", 0, match.start()) + 1 : (raw.find("\n", match.end()) + 1 or len(raw) + 1) - 1]
    capitals = [w for w in _WORD.findall(line) if len(w) > 1]
    shouting = len(capitals) > 2 and sum(w.isupper() for w in capitals) > len(capitals) * 0.8
    vowels = sum(unicodedata.normalize("NFD", c)[0] in "AEIOUY" for c in word)
    return not shouting or not vowels or len(word) > 7


def _distinct(words: list[Evidence]) -> list[str]:
    return list(dict.fromkeys(f"“{word.quote}”" for word in words))
