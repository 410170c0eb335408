"""Every check on cases that an officer can read and write: a sound plan, one change, what must be found.

The cases are TOML files beside two sound plans (`cases/mau-cap-xa.txt` carries out `cases/mau-cap-tinh.txt`); their
heads tell how to write one.
"""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.readings import reading_of
from thidua.explain import LANGUAGES, sentence
from thidua.findings import Finding, Outcome
from thidua.plans.checks import CHECKS, check
from thidua.plans.read import read_text

FOLDER = Path(__file__).parent / "cases"
ON = datetime.date(2026, 11, 21)
CHILD = (FOLDER / "mau-cap-xa.txt").read_text("utf-8")
PARENT = (FOLDER / "mau-cap-tinh.txt").read_text("utf-8")
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(file.read_text("utf-8"))["case"]
]


def findings_of(case: dict[str, Any]) -> list[Finding]:
    text = case.get("text", CHILD)
    for old, new in case.get("swap", []):
        assert old in text, f"the sound plan has no “{old}”"
        text = text.replace(old, new)
    reading = read_text(text)
    if "facts" in case:
        facts = reading_of(case["facts"], text)
        reading = msgspec.structs.replace(reading, **{kind: getattr(facts, kind) for kind in case["facts"]})
    parent = read_text(PARENT) if case.get("parent") else None
    found = check(reading, text, parent=parent, on=ON)
    return [f for f in found if f.code in case.get("only", [f.code])]


def as_written(finding: Finding) -> str:
    return finding.code + ("?" if finding.outcome is Outcome.UNKNOWN else "")


@pytest.mark.parametrize("case", CASES)
def test_a_case_finds_what_it_says_and_nothing_else(case: dict[str, Any]) -> None:
    found = findings_of(case)

    expected = [line.split(" | ") for line in case["found"]]
    assert [as_written(finding) for finding in found] == [code for code, _ in expected]
    for finding, (_, words) in zip(found, expected, strict=True):
        pointed = [" ".join(evidence.quote.split()) for evidence in finding.facts_used]
        assert any(words in quote for quote in pointed), pointed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_every_finding_of_a_case_becomes_a_sentence(case: dict[str, Any], language: str) -> None:
    for finding in findings_of(case):
        words = sentence(finding, language)
        assert "{" not in words
        assert "None" not in words
        assert words[-1] == "."


@pytest.mark.parametrize(("text", "parent"), [(CHILD, PARENT), (CHILD, None), (PARENT, None)])
def test_a_sound_plan_has_no_findings(text: str, parent: str | None) -> None:
    above = read_text(parent) if parent else None

    assert check(read_text(text), text, parent=above, on=ON) == ()


def test_every_check_has_a_case_that_it_catches() -> None:
    caught = {line.split(" | ")[0].rstrip("?") for case in CASES for line in case.values[0]["found"]}

    assert caught == {item.code for item in CHECKS}


def test_a_finding_carries_the_code_and_severity_of_its_check_and_words_of_the_text() -> None:
    text = CHILD.replace("Số: 08/KH-UBND", "Số: 8/KH-UBND").replace("02/9/2026)", "02/9/2025)")
    severities = {item.code: item.severity.value for item in CHECKS}

    found = check(read_text(text), text, on=ON)

    assert [(f.code, f.params["severity"]) for f in found] == [
        ("anniversary.years", severities["anniversary.years"]),
        ("form.number_padded", severities["form.number_padded"]),
    ]
    assert all(evidence.quote == text[slice(*evidence.span)] for f in found for evidence in f.facts_used)


def test_codes_are_named_once() -> None:
    codes = [item.code for item in CHECKS]

    assert sorted(set(codes)) == sorted(codes)


def test_findings_survive_storage_as_json() -> None:
    text = CHILD.replace("02/9/2026)", "02/9/2025)").replace("đợt thi đua 200 ngày", "đợt thi đua 180 ngày")
    found = check(read_text(text), text, on=ON)

    stored = msgspec.json.decode(msgspec.json.encode(found), type=tuple[Finding, ...])

    assert [sentence(f) for f in stored] == [sentence(f) for f in found]


@settings(deadline=None)
@given(cuts=st.lists(st.tuples(st.integers(0, len(CHILD)), st.integers(0, 60)), max_size=6), line=st.text(max_size=80))
def test_any_damaged_plan_can_be_checked_and_findings_point_at_its_words(
    cuts: list[tuple[int, int]], line: str
) -> None:
    text = CHILD
    for start, length in cuts:
        text = text[:start] + text[start + length :]
    text = f"{text[:400]}\n{line}\n{text[400:]}"

    for finding in check(read_text(text), text, parent=read_text(PARENT), on=ON):
        assert all(evidence.quote == text[slice(*evidence.span)] for evidence in finding.facts_used)
        assert sentence(finding)


@pytest.mark.parametrize("text", ["", " \n\n ", "|||", "Số:", "ngày tháng năm", "\x00\ufeff", "KẾ HOẠCH", "a" * 5000])
def test_next_to_nothing_can_be_checked(text: str) -> None:
    errors = [f.code for f in check(read_text(text), text, on=ON) if f.params["severity"] == "error"]

    assert errors == []
