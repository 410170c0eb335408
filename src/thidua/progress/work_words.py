"""Words in names of works: kinds, levels, words that say little, short forms. The data are in work_words.toml."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct

from thidua.vietnamese.folding import fold
from thidua.vietnamese.normal import LOOKALIKES

Sort = Literal["generic", "levels", "kinds", "own"]
LONGEST = 5
"""Syllables of the longest phrase."""

_SORTS: tuple[tuple[Sort, str], ...] = (
    ("generic", "generic"), ("levels", "levels"), ("kinds", "kinds"), ("own", "names"),
)  # fmt: skip
_LOOKALIKES = str.maketrans({one.upper(): latin.upper() for one, latin in LOOKALIKES.items()} | LOOKALIKES)


class Phrase(Struct, frozen=True):
    """Some words that belong together. `marks` hold every syllable's letters and marks, wherever these stand."""

    sort: Sort
    marks: tuple[str, ...]


def marks_of(syllable: str) -> str:
    """ "hoà" and "hòa" are spelt alike."""
    return _marks_of(syllable)


@lru_cache(maxsize=50_000)
def _marks_of(syllable: str) -> str:
    return "".join(sorted(unicodedata.normalize("NFD", syllable.lower())))


@cache
def phrases() -> Mapping[tuple[str, ...], tuple[Phrase, ...]]:
    """All phrases by their folded syllables; "cống" and "cổng" share these."""
    found: dict[tuple[str, ...], tuple[Phrase, ...]] = {}
    for sort, name in _SORTS:
        for words in _data()[name]:
            key = tuple(fold(words).split())
            found[key] = (*found.get(key, ()), Phrase(sort, tuple(map(marks_of, words.split()))))
    return MappingProxyType(found)


@cache
def beginnings() -> frozenset[str]:
    """The first syllables of all phrases."""
    return frozenset(key[0] for key in phrases())


@cache
def units() -> frozenset[str]:
    """What a number before it counts, folded, by its first syllable."""
    return frozenset(fold(words).split()[0] for words in _data()["units"])


def spelt_out(name: str) -> str:
    """A name composed, with Latin letters for their look-alikes and short forms in full; case and marks stay."""
    text = f" {unicodedata.normalize('NFC', name).translate(_LOOKALIKES)} "
    folded = fold(text)
    if not _any_short_form().search(folded):
        return text.strip()
    for pattern, full in _short_forms():
        found = list(pattern.finditer(folded))
        for short in reversed(found):
            text = text[: short.start()] + full + text[short.end() :]
        folded = fold(text) if found else folded
    return text.strip()


@cache
def _short_forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"\b(?:{short})(?![a-z])"), full) for short, full in _data()["short"])


@cache
def _any_short_form() -> re.Pattern[str]:
    """Most names have none of them, and are asked once."""
    return re.compile("|".join(pattern.pattern for pattern, _ in _short_forms()))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("thidua.progress").joinpath("work_words.toml").read_text("utf-8"))
