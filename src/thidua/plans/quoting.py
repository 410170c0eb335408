"""Where a quotation stands in a raw text: as it is written there, or with other spaces, or in another Unicode form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from thidua.vietnamese.normal import Normal, join, normalise_line


def find_words(raw: str, quote: str, *, near: int | None = None) -> tuple[int, int] | None:
    """Span of `quote` in `raw`: the literal words, else with any white space between them, else in the normal form.

    Of several places the one that begins nearest to `near` (the first where None); None where it stands nowhere.
    """
    words = quote.split()
    if not words:
        return None
    for places in (_literal(raw, quote.strip()), _spaced(raw, words), _normal(raw, quote)):
        if span := _nearest(places, near):
            return span
    return None


def trim_span(raw: str, span: tuple[int, int]) -> tuple[int, int]:
    """`span` (cut to the text) without white space at its ends, widened to whole words; empty where it is blank."""
    start, end = max(span[0], 0), min(span[1], len(raw))
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    if start >= end:
        return start, start
    while start > 0 and _is_of_word(raw[start]) and _is_of_word(raw[start - 1]):
        start -= 1
    while end < len(raw) and _is_of_word(raw[end - 1]) and _is_of_word(raw[end]):
        end += 1
    return start, end


def _is_of_word(char: str) -> bool:
    return char.isalnum() or bool(unicodedata.combining(char))


def _nearest(places: Iterable[tuple[int, int]], near: int | None) -> tuple[int, int] | None:
    if near is None:
        return next(iter(places), None)
    return min(places, key=lambda span: abs(span[0] - near), default=None)


def _literal(raw: str, quote: str) -> Iterator[tuple[int, int]]:
    start = raw.find(quote)
    while start >= 0:
        yield start, start + len(quote)
        start = raw.find(quote, start + 1)


def _spaced(raw: str, words: list[str]) -> Iterator[tuple[int, int]]:
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    return (match.span() for match in pattern.finditer(raw))


def _normal(raw: str, quote: str) -> Iterator[tuple[int, int]]:
    text, words = _normalise(raw), _normalise(quote)
    if not words.text:
        return
    for start, end in _literal(text.text, words.text):
        yield text.span(start, end, raw)


def _normalise(raw: str) -> Normal:
    start = 0
    lines = []
    for line in raw.splitlines(keepends=True):
        lines.append(normalise_line(line, start))
        start += len(line)
    return join(lines)
