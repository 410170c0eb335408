"""The language of formulas: a small grammar of its own, read to a tree, reckoned exactly, told in words.

    formula    = "nếu" step {";" ["nếu"] step} ";" "còn lại" sum  |  sum
    step       = [sum] comparison sum "thì" sum          without a left side: the one of the step before
    sum        = product {("+" | "-") product}
    product    = factor {("*" | "/") factor}
    factor     = ["-"] (number ["%"] | name | "chuẩn" | ("min" | "max") "(" sum {";" sum} ")" | "(" formula ")")

Case and marks do not count: chuẩn, chuan, CHUẨN are one; in English if, then, else, standard. × is *,
: and ÷ are /. A comma between digits is a decimal comma, so what min and max take is parted by ";" or by a comma and
a space.
Nothing is evaluated by Python itself; length and depth are bounded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from thidua.errors import ThiduaError
from thidua.scoring.decimals import LARGEST
from thidua.scoring.formula import Binary, Call, Choice, Name, Negative, Node, Number, Standard, Step
from thidua.vietnamese.folding import fold

LONGEST = 400
DEEPEST = 20
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
RESERVED = frozenset(("neu", "thi", "con", "lai", "if", "then", "else", "min", "max", "chuan", "standard"))

_SAME: Mapping[str, str] = {"×": "*", ":": "/", "÷": "/", "≥": ">=", "≤": "<=", "==": "="}
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:[.,][0-9]+)?)|(?P<word>con[\s_]+lai\b|[a-z_][a-z0-9_]*)"
    r"|(?P<sign>>=|<=|==|[≥≤<>=+\-*×/:÷();,%]))"
)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_COMPARISONS = frozenset((">=", "<=", ">", "<", "="))


class FormulaError(ThiduaError):
    """A formula that cannot be read: `params` has `at`, the place (from 1) of the character, and what stands there."""


class _Token(NamedTuple):
    kind: Literal["number", "word", "sign", "end"]
    text: str
    at: int


def parse(text: str) -> Node:
    """The tree of a formula. Raises FormulaError with the place and what is wrong there."""
    if len(text) > LONGEST:
        raise FormulaError("scoring.formula_too_long", length=len(text), limit=LONGEST)
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[_Token]:
    folded = fold(unicodedata.normalize("NFC", text))
    tokens: list[_Token] = []
    at = 0
    while folded[at:].strip():
        found = _TOKEN.match(folded, at)
        if found is None:
            place = at + len(folded[at:]) - len(folded[at:].lstrip())
            raise FormulaError("scoring.formula_sign", at=place + 1, said=folded[place])
        kind = found.lastgroup
        assert kind in ("number", "word", "sign")  # noqa: S101 - the pattern has no other groups
        said = found[kind]
        tokens.append(_Token(kind, _plain(said), found.start(kind) + 1))  # type: ignore[arg-type]
        at = found.end()
    return [*tokens, _Token("end", "", len(text) + 1)]


def _plain(said: str) -> str:
    if said.startswith("con") and said.endswith("lai") and said not in ("con", "lai"):
        return "else" if re.fullmatch(r"con[\s_]+lai", said) else said
    words = {"neu": "if", "thi": "then", "chuan": "standard"}
    return words.get(said, _SAME.get(said, said))


class _Parser:
    """Recursive descent; `_depth` counts what is nested, so that no formula exhausts the stack."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._formula()
        if self._look.kind != "end":
            raise self._wrong("scoring.formula_trailing")
        return node

    @property
    def _look(self) -> _Token:
        return self._tokens[self._next]

    def _take(self, *texts: str) -> str | None:
        token = self._look
        if token.kind in ("word", "sign") and token.text in texts:
            self._next += 1
            return token.text
        return None

    def _need(self, text: str, code: str) -> None:
        if self._take(text) is None:
            raise self._wrong(code)

    def _wrong(self, code: str) -> FormulaError:
        token = self._look
        if token.kind == "end":
            return FormulaError("scoring.formula_ends", at=token.at)
        return FormulaError(code, at=token.at, said=token.text)

    def _formula(self) -> Node:
        return self._choice() if self._take("if") else self._sum()

    def _choice(self) -> Node:
        steps = [self._step(None)]
        self._need(";", "scoring.formula_step_end")
        while not self._take("else"):
            self._take("if")
            steps.append(self._step(steps[-1].left))
            self._need(";", "scoring.formula_step_end")
        return Choice(tuple(steps), self._sum())

    def _step(self, left: Node | None) -> Step:
        if left is None or self._look.text not in _COMPARISONS:
            left = self._sum()
        comparison = self._take(*_COMPARISONS)
        if comparison is None:
            raise self._wrong("scoring.formula_comparison")
        right = self._sum()
        self._need("then", "scoring.formula_then")
        return Step(left, comparison, right, self._sum())  # type: ignore[arg-type]

    def _sum(self) -> Node:
        node = self._product()
        while sign := self._take("+", "-"):
            node = Binary(sign, node, self._product())  # type: ignore[arg-type]
        return node

    def _product(self) -> Node:
        node = self._factor()
        while sign := self._take("*", "/"):
            node = Binary(sign, node, self._factor())  # type: ignore[arg-type]
        return node

    def _factor(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError("scoring.formula_too_deep", at=self._look.at, limit=DEEPEST)
        node = Negative(self._factor()) if self._take("-") else self._atom()
        self._depth -= 1
        return node

    def _atom(self) -> Node:
        token = self._look
        if token.kind == "number":
            return self._number(token)
        if self._take("("):
            node = self._formula()
            self._need(")", "scoring.formula_bracket")
            return node
        if self._take("standard"):
            return Standard()
        if name := self._take("min", "max"):
            return self._call(name)
        if token.kind != "word" or token.text in RESERVED or not NAME.fullmatch(token.text):
            raise self._wrong("scoring.formula_value")
        self._next += 1
        return Name(token.text)

    def _number(self, token: _Token) -> Node:
        self._next += 1
        if _GROUPED.fullmatch(token.text):
            raise FormulaError("scoring.formula_grouped", at=token.at, said=token.text)
        value = Decimal(token.text.replace(",", "."))
        if value > LARGEST or len(token.text) > 20:
            raise FormulaError("scoring.formula_number", at=token.at, said=token.text[:30])
        return Number(value.scaleb(-2), percent=True) if self._take("%") else Number(value)

    def _call(self, name: str) -> Node:
        at = self._look.at
        self._need("(", "scoring.formula_call")
        items = [self._sum()]
        while self._take(";", ","):
            items.append(self._sum())
        self._need(")", "scoring.formula_bracket")
        if len(items) < 2:
            raise FormulaError("scoring.formula_one_item", at=at, said=name)
        return Call(name, tuple(items))  # type: ignore[arg-type]
