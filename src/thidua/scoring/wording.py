"""Formulas in words: as one writes them, and as they were reckoned: "45/50 × 10"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from thidua.scoring.decimals import in_words
from thidua.scoring.formula import (
    Binary,
    Call,
    Choice,
    Lack,
    Name,
    Negative,
    Node,
    Number,
    Standard,
    Step,
    Values,
    branch,
)

_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "if": "nếu",
        "then": "thì",
        "else": "còn lại",
        "standard": "chuẩn",
        "as": "vì",
        "none": "không bước nào đạt",
    },
    "en": {"if": "if", "then": "then", "else": "else", "standard": "standard", "as": "as", "none": "no step holds"},
}
_LIKE_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_SIGNS: Mapping[str, str] = {"+": " + ", "-": " − ", "*": " × ", "/": "/"}
_COMPARED: Mapping[str, str] = {">=": "≥", "<=": "≤"}
_RANK: Mapping[str, int] = {"+": 1, "-": 1, "*": 2, "/": 2}


def formula_text(node: Node, language: str = "vi") -> str:
    """The formula as one would write it in the language; reading it again gives the same tree."""
    return _Teller(language, None, None).tell(node)


def calculation_text(
    node: Node, values: Values, standard: Decimal, language: str = "vi", labels: Mapping[str, str] | None = None
) -> str:
    """The formula with its values put in, "45/50 × 10"; of a choice the step that holds. Missing: [the label]."""
    teller = _Teller(language, values, standard, labels or {})
    if not isinstance(node, Choice):
        return teller.tell(node)
    taken = branch(node, values, standard)
    if isinstance(taken, Lack):
        return teller.tell(node)
    step, result = taken
    words = _WORDS[language]
    reason = teller.condition(step) if step else words["none"]
    return f"{words['as']} {reason}: {calculation_text(result, values, standard, language, labels)}"


class _Teller:
    def __init__(
        self, language: str, values: Values | None, standard: Decimal | None, labels: Mapping[str, str] | None = None
    ) -> None:
        self._language = language
        self._words = _WORDS[language]
        self._values = values
        self._standard = standard
        self._labels = labels or {}

    def tell(self, node: Node, above: int = 0) -> str:  # noqa: PLR0911 - one a kind of node
        """`above`: how strongly the sign around it binds; weaker ones inside stand in brackets."""
        match node:
            case Number(value, percent):
                return self._percent(value) if percent else self._number(value)
            case Name(key):
                return self._name(key)
            case Standard():
                return self._words["standard"] if self._standard is None else self._number(self._standard)
            case Negative(item):
                return self._in_brackets(f"−{self.tell(item, 3)}", above > 0)
            case Binary(sign, left, right):
                rank = _RANK[sign]
                text = f"{self.tell(left, rank)}{_SIGNS[sign]}{self.tell(right, rank + 1)}"
                return self._in_brackets(text, rank < above)
            case Call(name, items):
                return f"{name}({'; '.join(self.tell(item, 1) for item in items)})"
            case Choice():
                return self._in_brackets(self._choice(node), above > 0)

    def condition(self, step: Step) -> str:
        compared = _COMPARED.get(step.comparison, step.comparison)
        return f"{self.tell(step.left, 1)} {compared} {self.tell(step.right, 1)}"

    def _choice(self, node: Choice) -> str:
        then = self._words["then"]
        steps = "; ".join(f"{self.condition(step)} {then} {self.tell(step.result, 1)}" for step in node.steps)
        return f"{self._words['if']} {steps}; {self._words['else']} {self.tell(node.otherwise, 1)}"

    def _name(self, key: str) -> str:
        if self._values is None:
            return key
        value = self._values.get(key)
        return f"[{self._labels.get(key, key)}]" if value is None else self._number(value)

    def _number(self, value: Decimal) -> str:
        text = in_words(value, self._language, grouped=self._values is not None)
        if self._values is None and _LIKE_THOUSANDS.fullmatch(text):
            text += "0"  # the reader would ask whether 1.125 is a thousand
        return self._in_brackets(text, value < 0)

    def _percent(self, value: Decimal) -> str:
        return f"{in_words(value.scaleb(2), self._language, grouped=self._values is not None)}%"

    @staticmethod
    def _in_brackets(text: str, needed: bool) -> str:
        return f"({text})" if needed else text
