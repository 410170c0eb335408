"""The language of formulas: cases in formulas.toml, and whatever else somebody may type."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.explain import LANGUAGES, say
from thidua.scoring.decimals import from_steps, in_words, parse_decimal, rounded, to_steps
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
    evaluate,
    names_in,
)  # fmt: skip
from thidua.scoring.parsing import LONGEST, FormulaError, parse
from thidua.scoring.wording import calculation_text, formula_text

CASES = tomllib.loads(Path(__file__).with_name("formulas.toml").read_text("utf-8"))["case"]
NUMBERS = st.decimals(min_value=-999, max_value=999, places=3)
NAMES = st.sampled_from(["a", "b", "ty_le", "x1"])
LEAVES = st.one_of(
    st.builds(Number, st.decimals(min_value=0, max_value=999, places=3)),
    st.builds(lambda percent: Number(Decimal(percent).scaleb(-2), percent=True), st.integers(0, 200)),
    st.builds(Name, NAMES),
    st.just(Standard()),
)


def _larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    steps = st.builds(Step, inner, st.sampled_from([">=", "<=", ">", "<", "="]), inner, inner)
    return st.one_of(
        st.builds(Negative, inner),
        st.builds(Binary, st.sampled_from(["+", "-", "*", "/"]), inner, inner),
        st.builds(Call, st.sampled_from(["min", "max"]), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Choice, st.lists(steps, min_size=1, max_size=2).map(tuple), inner),
    )


TREES = st.recursive(LEAVES, _larger, max_leaves=8)
VALUES = st.dictionaries(NAMES, st.one_of(st.none(), NUMBERS))
# Pieces of formulas in any order: nearer to real mistakes than any text.
PIECES = st.lists(
    st.sampled_from(
        ["a", "b", "1", "1,5", "1.000", "nếu", "thì", "còn lại", "còn", "chuẩn", "min", "(", ")", ";", ",", "+", "-",
         "×", "/", ">=", "=", "%", "if", "else", " ", "²", "đ", "٣", "0"]
    ),
    max_size=25,
).map(" ".join)  # fmt: skip


def _values(case: dict[str, Any]) -> dict[str, Decimal | None]:
    return {key: Decimal(value) for key, value in case["values"].items()}


def _of(expected: str) -> list[Any]:
    return [pytest.param(case, id=f"{case['formula']}-{n}") for n, case in enumerate(CASES) if expected in case]


@pytest.mark.parametrize("case", _of("is"))
def test_an_outcome(case: dict[str, Any]) -> None:
    assert evaluate(parse(case["formula"]), _values(case), Decimal(case["standard"])) == Fraction(case["is"])


@pytest.mark.parametrize("case", [*_of("missing"), *_of("zero")])
def test_what_is_lacking_is_unknown_and_named(case: dict[str, Any]) -> None:
    outcome = evaluate(parse(case["formula"]), _values(case), Decimal(case["standard"]))

    assert isinstance(outcome, Lack)
    assert sorted(outcome.missing) == case.get("missing", [])
    assert bool(outcome.divided_by) == case.get("zero", False)


@pytest.mark.parametrize("case", _of("words"))
def test_a_calculation_in_words(case: dict[str, Any]) -> None:
    assert calculation_text(parse(case["formula"]), _values(case), Decimal(case["standard"])) == case["words"]


@pytest.mark.parametrize("case", _of("text"))
def test_a_formula_as_one_would_write_it(case: dict[str, Any]) -> None:
    assert formula_text(parse(case["formula"])) == case["text"]


@pytest.mark.parametrize("case", _of("fault"))
def test_a_fault_names_its_place(case: dict[str, Any]) -> None:
    with pytest.raises(FormulaError) as raised:
        parse(case["formula"])

    assert (raised.value.code, raised.value.params["at"]) == (case["fault"], case["at"])
    assert all(say(raised.value.code, raised.value.params, language) for language in LANGUAGES)


def test_a_formula_has_a_longest() -> None:
    assert parse("+".join(["a"] * (LONGEST // 2)))
    with pytest.raises(FormulaError, match="formula_too_long"):
        parse("+".join(["a"] * LONGEST))


@given(tree=TREES, language=st.sampled_from(LANGUAGES))
def test_what_is_printed_reads_back_to_the_same_outcomes(tree: Node, language: str) -> None:
    text = formula_text(tree, language)
    if len(text) > LONGEST:
        return
    again = parse(text)

    assert formula_text(again, language) == text
    assert names_in(again) == names_in(tree)
    for a in (Decimal(0), Decimal("1.5"), None):
        values = {"a": a, "b": Decimal(-2), "ty_le": Decimal(90), "x1": Decimal("0.001")}
        assert evaluate(again, values, Decimal(10)) == evaluate(tree, values, Decimal(10))


@given(tree=TREES, values=VALUES)
def test_any_formula_has_an_outcome_or_says_what_it_lacks(tree: Node, values: dict[str, Decimal | None]) -> None:
    outcome = evaluate(tree, values, Decimal(10))

    if isinstance(outcome, Lack):
        assert outcome.missing or outcome.divided_by
        assert outcome.missing <= {name for name in names_in(tree) if values.get(name) is None}
    for language in LANGUAGES:
        assert calculation_text(tree, values, Decimal(10), language)


@given(text=st.one_of(PIECES, st.text(max_size=60), st.text(alphabet="ab1,.;()+-*/<>= ")))
def test_whatever_is_typed_is_a_formula_or_a_fault(text: str) -> None:
    try:
        said = formula_text(parse(text))
    except FormulaError as error:
        said = ""
        sentences = [say(error.code, error.params, language) for language in LANGUAGES]
    else:
        sentences = [said]

    assert all(sentences)
    assert not said or formula_text(parse(said)) == said


# --- Numbers


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,5", "1.5"), ("1.5", "1.5"), ("12.500", "12500"), ("1.234.567,8", "1234567.8"), ("0.125", "0.125"),
        ("−2", "-2"), ("+3", "3"), (" 1 000 ", "1000"), ("", None), ("1,2,3", None), ("1e5", None), ("NaN", None),
        ("10%", None), ("9999999999999999", None), ("٣", None), ("1.12345678901234", None),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(typed: str, number: str | None) -> None:
    assert parse_decimal(typed) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("value", "places", "rule", "points"),
    [
        ("2.345", 2, "half_up", "2.35"), ("-2.345", 2, "half_up", "-2.35"), ("2.345", 2, "half_even", "2.34"),
        ("2.355", 2, "half_even", "2.36"), ("2.349", 2, "down", "2.34"), ("-2.349", 2, "down", "-2.34"),
        ("1/3", 0, "half_up", "0"), ("1/2", 0, "half_up", "1"), ("2/3", 2, "half_even", "0.67"),
        ("9", 1, "down", "9.0"),
    ],
)  # fmt: skip
def test_points_are_rounded_by_the_rule(value: str, places: int, rule: Any, points: str) -> None:
    assert str(rounded(Fraction(value), places, rule)) == points


@given(number=NUMBERS)
def test_steps_and_points_are_two_ways_to_say_the_same(number: Decimal) -> None:
    assert from_steps(to_steps(number, 3), 3) == number
    assert parse_decimal(in_words(number, grouped=False)) == number


def test_points_off_the_grid_are_refused() -> None:
    with pytest.raises(ValueError, match="more than 1 decimals"):
        to_steps(Decimal("1.25"), 1)
