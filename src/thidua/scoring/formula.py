"""A formula as a tree: what it speaks of, its exact outcome or what that lacks. `parsing` reads, `wording` tells."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from msgspec import Struct

Sign = Literal["+", "-", "*", "/"]
Comparison = Literal[">=", "<=", ">", "<", "="]
Values = Mapping[str, Decimal | None]


class Number(Struct, frozen=True):
    """`percent`: written as 90%, held as 0.9."""

    value: Decimal
    percent: bool = False


class Name(Struct, frozen=True):
    key: str


class Standard(Struct, frozen=True):
    """The criterion's full points."""


class Negative(Struct, frozen=True):
    item: Node


class Binary(Struct, frozen=True):
    sign: Sign
    left: Node
    right: Node


class Call(Struct, frozen=True):
    name: Literal["min", "max"]
    items: tuple[Node, ...]


class Step(Struct, frozen=True):
    left: Node
    comparison: Comparison
    right: Node
    result: Node


class Choice(Struct, frozen=True):
    """The result of the first step that holds, else `otherwise`."""

    steps: tuple[Step, ...]
    otherwise: Node


Node = Number | Name | Standard | Negative | Binary | Call | Choice


def names_in(node: Node) -> frozenset[str]:
    """Keys of all inputs that a formula speaks of."""
    match node:
        case Name(key):
            return frozenset((key,))
        case Number() | Standard():
            return frozenset()
        case Negative(item):
            return names_in(item)
        case Binary(_, left, right):
            return names_in(left) | names_in(right)
        case Call(_, items):
            return frozenset().union(*map(names_in, items))
        case Choice(steps, otherwise):
            parts = (part for step in steps for part in (step.left, step.right, step.result))
            return names_in(otherwise).union(*map(names_in, parts))


class Lack(Struct, frozen=True):
    """Why a formula has no outcome: inputs without a value, or a division by zero (the divisor in words)."""

    missing: frozenset[str] = frozenset()
    divided_by: tuple[Node, ...] = ()


def evaluate(node: Node, values: Values, standard: Decimal) -> Fraction | Lack:  # noqa: PLR0911 - one a kind of node
    """The exact outcome, or what it lacks. Branches that are not taken need no values."""
    match node:
        case Number(value):
            return Fraction(value)
        case Name(key):
            value_of = values.get(key)
            return Lack(frozenset((key,))) if value_of is None else Fraction(value_of)
        case Standard():
            return Fraction(standard)
        case Negative(item):
            outcome = evaluate(item, values, standard)
            return outcome if isinstance(outcome, Lack) else -outcome
        case Binary(sign, left, right):
            return _reckon(sign, right, evaluate(left, values, standard), evaluate(right, values, standard))
        case Call(name, items):
            return _extreme(name, [evaluate(item, values, standard) for item in items])
        case Choice():
            taken = branch(node, values, standard)
            return taken if isinstance(taken, Lack) else evaluate(taken[1], values, standard)


def branch(choice: Choice, values: Values, standard: Decimal) -> tuple[Step | None, Node] | Lack:
    """The step that holds (None: none of them) and its result; a Lack where a condition before it is unknown."""
    for step in choice.steps:
        left, right = evaluate(step.left, values, standard), evaluate(step.right, values, standard)
        if isinstance(left, Lack) or isinstance(right, Lack):
            return _joined([left, right])
        if _holds(left, step.comparison, right):
            return step, step.result
    return None, choice.otherwise


def _holds(left: Fraction, comparison: Comparison, right: Fraction) -> bool:
    match comparison:
        case ">=":
            return left >= right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case "<":
            return left < right
        case "=":
            return left == right


def _reckon(sign: Sign, divisor: Node, left: Fraction | Lack, right: Fraction | Lack) -> Fraction | Lack:
    by_zero = [Lack(divided_by=(divisor,))] if sign == "/" and right == 0 else []
    if isinstance(left, Lack) or isinstance(right, Lack) or by_zero:
        return _joined([left, right, *by_zero])
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right


def _extreme(name: str, outcomes: list[Fraction | Lack]) -> Fraction | Lack:
    known = [outcome for outcome in outcomes if isinstance(outcome, Fraction)]
    if len(known) < len(outcomes):
        return _joined(outcomes)
    return min(known) if name == "min" else max(known)


def _joined(outcomes: list[Fraction | Lack]) -> Lack:
    lacks = [outcome for outcome in outcomes if isinstance(outcome, Lack)]
    missing = frozenset[str]().union(*(lack.missing for lack in lacks))
    return Lack(missing, tuple(node for lack in lacks for node in lack.divided_by))
