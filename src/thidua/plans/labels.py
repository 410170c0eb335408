"""Numbering labels ("Phần I", "Điều 2.", "1.2.", "a)", "-") at the beginning of a line or a paragraph.

Nghị định 30/2020/NĐ-CP, Phụ lục I orders them: phần, chương, mục, điều, khoản, điểm; plans also count with "I.", "1.1."
and bullets. Patterns read folded text (no marks, lower case).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from thidua.vietnamese.normal import Normal

_ORDINAL = r"(?:[ivx]+|\d+|mot|hai|nhat|ba|tu|bon|nam|sau|bay|tam|chin|muoi)"
_CLOCK = r"\d{1,2}\s?[h:g]\s?\d{0,2}"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("part", rf"(?:phan|chuong)\s+(?:thu\s+)?{_ORDINAL}\b[.:\s-]*"),
        ("article", r"dieu \d{1,3}\s*[.:]\s*"),
        ("upper", r"[a-h]\s?[./)-]\s*(?=\S)"),
        ("roman", r"[ivx]{1,5}\s?[.)/:-]+\s*(?=[^\W\d_]|[“\"(])"),
        ("decimal3", r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s*(?=[^\d\s/%])"),
        ("decimal2", r"\d{1,2}\.\d{1,2}[.)-]?\s+(?=[^\d\s/%]|\d+\s?%)|\d{1,2}\.\d{1,2}\.\s*(?=[^\d\s/%])"),
        ("arabic", r"\d{1,2}\s?[.)/]\s*(?=[^\d\s])|\d{1,2}\s?-\s+(?=[^\d\s]|\d+ ?%)"),
        ("paren", r"\(\d{1,2}\)\s*|\([a-z]\)\s*"),
        ("letter", r"[a-z]\d?\s?(?:[)./]\s*|-\s)(?=\S)"),
        ("bullet", r"[-•●▪■◦○➢➤❖✓✔⮚*·»]\s*(?=\S)|o\s(?=[a-z])"),
        ("clock", rf"{_CLOCK}(?:\s?-\s?{_CLOCK})?\s?:\s+(?=\S)"),
        ("plus", r"\++\s*(?=\S)"),
    )
)
# How deep a kind stands: a paragraph belongs under the last one of a lower rank. "caps" and "title" are headings
# without a number.
RANKS = {
    "part": 0,
    "upper": 0.5,
    "caps": 0.7,
    "roman": 1,
    "article": 2,
    "arabic": 3,
    "title": 3.5,
    "decimal2": 4,
    "decimal3": 5,
    "letter": 6,
    "paren": 6.5,
    "bullet": 7,
    "clock": 7,
    "plus": 8,
}
PLAIN_RANK = 9


class Label(NamedTuple):
    """Kind (a key of `RANKS`) and end of a label; "", 0 where there is none."""

    kind: str
    end: int


def label_of(normal: Normal) -> Label:
    """The label that a text begins with."""
    label = _label_at(normal, 0)
    if label.kind != "bullet":
        return label
    # A converter's bullet before the true label ("- 1. Phổ biến", "- + Đối với") says nothing.
    inner = _label_at(normal, label.end)
    return inner if inner.kind else label


def _label_at(normal: Normal, start: int) -> Label:
    for kind, pattern in _PATTERNS:
        match = pattern.match(normal.folded, start)
        if match and _is_written_so(kind, match, normal.text):
            return Label(kind, match.end())
    return Label("", 0)


def _is_written_so(kind: str, match: re.Match[str], text: str) -> bool:
    """Whether the capitals, which folding hides, are those of the kind."""
    first = text[match.start()]
    match kind:
        case "part":
            return first.isupper() and len(match.group()) < 20
        case "upper":
            heading = " ".join(text[match.end() :].split(" ")[:3])
            return first.isupper() and heading.isupper()
        case "roman":
            return first.isupper()
        case "letter":
            return first.islower() or ")" in match.group()
        case _:
            return True
