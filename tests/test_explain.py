"""Sentences out of the catalogue: both languages, dates and numbers as people write them."""

import ast
import datetime
import string
from decimal import Decimal
from pathlib import Path

import pytest

import thidua
from thidua.explain import LANGUAGES, catalogue, say, sentence
from thidua.findings import Finding, Outcome
from thidua.plans.checks import CHECKS

PARAMS = {"name": "Quốc khánh", "years": 80, "origin": "1945-09-02", "date": "2024-09-02", "expected": "2025-09-02"}


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_code_has_both_languages_with_the_same_placeholders(code: str) -> None:
    entry = catalogue()[code]

    assert sorted(entry) == sorted(LANGUAGES)
    assert fields(entry["vi"]) == fields(entry["en"])


def test_every_check_has_its_sentence() -> None:
    assert {item.code for item in CHECKS} - set(catalogue()) == set()


def test_every_code_that_the_core_raises_has_its_sentence() -> None:
    """Codes are the literal first argument of errors and findings."""
    makers = {"not_met", "unknown", "_missing", "UnreadableError", "InvalidReadingError", "ThiduaError"}
    codes = set()
    for file in Path(thidua.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers and node.args:
                codes |= {a.value for a in node.args[:2] if isinstance(a, ast.Constant) and "." in str(a.value)}
    codes = {code for code in codes if code.replace(".", "").replace("_", "").isalpha()}

    assert codes - set(catalogue()) == set()
    assert len(codes) > len(CHECKS)


def test_dates_are_written_day_first_whether_dates_or_iso_words() -> None:
    words = say("anniversary.years", PARAMS | {"date": datetime.date(2024, 9, 2), "counted": 79})

    assert words == (
        "“Quốc khánh”: từ 02/09/1945 đến 02/09/2024 là 79 năm, không phải 80 năm như kế hoạch ghi. "
        "Nếu đúng là 80 năm thì phải ghi 02/09/2025. Đề nghị sửa ngày hoặc số năm."
    )


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        (12000, "vi", "12.000"),
        (12000, "en", "12,000"),
        (1234.5, "vi", "1.234,5"),
        (1234.5, "en", "1,234.5"),
        (80.0, "vi", "80"),
        (2025, "vi", "2.025"),
        (Decimal("1234.50"), "vi", "1.234,50"),
        (Decimal("9.0"), "en", "9.0"),
    ],
)
def test_numbers_are_written_as_the_language_does(value: float | Decimal, language: str, words: str) -> None:
    text = say("target.over_hundred", {"indicator": "x", "value": value}, language)

    assert f" {words}%" in text


def test_lists_are_joined_by_commas() -> None:
    words = say("quota.contradicts", {"unit": "Xã", "of": "cá nhân", "numbers": [1, 2]})

    assert words == "Xã: số lượng cá nhân được ghi khác nhau: 1, 2. Đề nghị thống nhất một số."


def test_a_missing_placeholder_is_an_error_and_not_a_hole() -> None:
    with pytest.raises(KeyError):
        say("anniversary.years", {"name": "Quốc khánh"})


def test_a_code_that_nobody_wrote_a_sentence_for_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("nothing.of_the_kind", {})


def test_an_outcome_takes_its_own_sentence_where_there_is_one() -> None:
    not_met = Finding(code="content.time", outcome=Outcome.NOT_MET)
    unknown = Finding(code="content.time", outcome=Outcome.UNKNOWN)
    only_one = Finding(code="form.number", outcome=Outcome.UNKNOWN)

    assert sentence(not_met) == catalogue()["content.time"]["vi"]
    assert sentence(unknown) == catalogue()["content.time.unknown"]["vi"]
    assert sentence(only_one) == catalogue()["form.number"]["vi"]


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_of_three_outcomes_may_have_its_own(outcome: Outcome, language: str) -> None:
    found = Finding(code="rules.launched_campaign", outcome=outcome)

    assert sentence(found, language) == catalogue()[f"rules.launched_campaign.{outcome}"][language]
