"""Numbering of headings and points: I, II, III; 1, 2, 3; 1.1, 1.2; a, b, c, d, đ, e."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from thidua.findings import Finding
from thidua.plans.checks.plan import Plan, not_met
from thidua.vietnamese.normal import Normal

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = {"I": 1, "V": 5, "X": 10}
_BULLET = re.compile(r"[-+*•–]\s+")
_LABELS = (
    ("roman", re.compile(r"([IVX]{1,5})\s?[.)/-]\s*(?=[^\W\d_])")),
    ("decimal", re.compile(r"(\d{1,2})\.(\d{1,2})(?:[.)]\s+(?=\S)|[.)]?\s*(?=[^\d\s.,%/)]))")),
    ("arabic", re.compile(r"(\d{1,2})(?:[.)]\s+(?=\S)|\s?[.)]\s*(?=[^\d\s.,%/]))")),
    ("letter", re.compile(r"([a-zđ])\s?\)\s*(?=\S)")),
)  # fmt: skip
_RANKS = {"roman": 0, "arabic": 1, "decimal": 2, "letter": 3}


class Label(NamedTuple):
    """A numbering label: its kind, its place in the row, its words and line."""

    kind: str
    number: int
    text: str
    line: Normal
    end: int


def check_numbering_gap(plan: Plan) -> Iterable[Finding]:
    """No number or letter is left out."""
    for before, after in _rows(plan):
        if before.number + 1 < after.number <= before.number + 3:
            yield not_met(
                "numbering.gap", plan.clerical("Phụ lục I, Phần I, mục II, khoản 6 điểm đ"),
                plan.words(after.line, 0, after.end), before=before.text, after=after.text,
            )  # fmt: skip


def check_numbering_double(plan: Plan) -> Iterable[Finding]:
    """No number or letter stands twice."""
    for before, after in _rows(plan):
        if before.number == after.number:
            yield not_met(
                "numbering.double", plan.clerical("Phụ lục I, Phần I, mục II, khoản 6 điểm đ"),
                plan.words(after.line, 0, after.end), plan.words(before.line, 0, before.end), label=after.text,
            )  # fmt: skip


def _rows(plan: Plan) -> Iterator[tuple[Label, Label]]:
    """Each label with the one before it in its row; a higher heading begins all lower rows anew."""
    last: dict[str, Label] = {}
    for line in plan.lines:
        label = label_of(line)
        if label is None:
            continue
        before = last.get(label.kind)
        for kind in [kind for kind in last if _RANKS[kind] >= _RANKS[label.kind]]:
            del last[kind]
        last[label.kind] = label
        if before and (label.number > 1 or label.text == before.text) and not _nested(before, label):
            yield before, label


def _nested(before: Label, label: Label) -> bool:
    """Decimals of another heading ("1.2", "2.1"), or labels of another make ("1." in one list, "1)" in the next)."""
    if label.kind == "decimal":
        return before.text.split(".")[0] != label.text.split(".")[0]
    return before.text.strip()[-1] != label.text.strip()[-1]


def label_of(line: Normal) -> Label | None:
    bullet = _BULLET.match(line.text)
    start = bullet.end() if bullet else 0
    for kind, pattern in _LABELS:
        match = pattern.match(line.text, start)
        if match:
            return Label(kind, _number(kind, match), match.group().strip(), line, match.end())
    return None


def _number(kind: str, match: re.Match[str]) -> int:
    match kind:
        case "roman":
            return _roman(match[1])
        case "letter":
            return _LETTERS.find(match[1]) + 1
        case "decimal":
            return int(match[2])
    return int(match[1])


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    return sum(-v if any(w > v for w in values[i + 1 :]) else v for i, v in enumerate(values))
