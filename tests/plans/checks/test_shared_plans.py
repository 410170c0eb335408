"""The checks over the ten shared plans against a written list of what an officer would find there."""

from __future__ import annotations

import datetime
import os
import tomllib
from pathlib import Path

import pytest

from labelled import Labelled, gold
from noise import NOISES, make_noisy
from plans.readings import read_once, reading_of
from thidua.findings import Finding, Outcome
from thidua.plans.checks import check

ON = datetime.date(2026, 11, 21)
PLANS = gold()
EXPECTED = tomllib.loads((Path(__file__).parent / "shared-plans.toml").read_text("utf-8"))
# False alarms and misses that the reader's own mistakes may add over the ten plans together.
ALLOWED = 4

pytestmark = pytest.mark.skipif(
    not PLANS and os.environ.get("CI") != "true", reason="labelled plans are not here; set THIDUA_SHARED"
)


def as_written(finding: Finding) -> str:
    return finding.code + ("?" if finding.outcome is Outcome.UNKNOWN else "")


def expected_codes(plan: Labelled) -> list[str]:
    return [line.split(" | ")[0] for line in EXPECTED[plan.name]["found"]]


def test_the_shared_plans_are_here() -> None:
    assert sorted(plan.name for plan in PLANS) == sorted(EXPECTED)


@pytest.mark.parametrize("plan", [pytest.param(plan, id=plan.name) for plan in PLANS])
def test_labels_give_exactly_the_written_findings(plan: Labelled) -> None:
    found = check(reading_of(plan.labels, plan.text), plan.text, on=ON)

    assert [as_written(finding) for finding in found] == expected_codes(plan)
    for finding, line in zip(found, EXPECTED[plan.name]["found"], strict=True):
        words = line.split(" | ")[1]
        assert any(words in " ".join(evidence.quote.split()) for evidence in finding.facts_used), line


def test_the_reader_adds_hardly_a_false_alarm_and_misses_hardly_a_finding() -> None:
    alarms, misses = [], []
    for plan in PLANS:
        found = [as_written(f) for f in check(read_once(plan.text), plan.text, on=ON)]
        expected = expected_codes(plan)
        alarms += [f"{plan.name}: {code}" for code in found if found.count(code) > expected.count(code)]
        misses += [f"{plan.name}: {code}" for code in expected if expected.count(code) > found.count(code)]

    assert len(alarms) <= ALLOWED, alarms
    assert len(misses) <= ALLOWED, misses


def test_an_giang_gives_two_anniversaries_a_year_early() -> None:
    plan = next(plan for plan in PLANS if plan.name == "an-giang-57")

    found = [f for f in check(read_once(plan.text), plan.text, on=ON) if f.code == "anniversary.years"]

    assert [(f.params["date"], f.params["years"], f.params["counted"], f.params["expected"]) for f in found] == [
        ("2024-09-02", 80, 79, "2025-09-02"),
        ("2024-11-22", 193, 192, "2025-11-22"),
    ]


def test_hau_giang_counts_a_hundred_days_where_there_are_a_hundred_and_one() -> None:
    plan = next(plan for plan in PLANS if plan.name == "hau-giang-du-thao")

    found = [f for f in check(read_once(plan.text), plan.text, on=ON) if f.code == "period.days"]

    assert [(f.params["claimed"], f.params["counted"], f.params["start"], f.params["end"]) for f in found] == [
        (100, 101, datetime.date(2025, 3, 22), datetime.date(2025, 6, 30))
    ]


@pytest.mark.parametrize("noise", [name for name in NOISES if name != "clean"])
def test_noise_adds_no_error(noise: str) -> None:
    """What spoils letters, spaces and lines may be told as such, but makes no date, quota or body wrong."""
    alarms = []
    for plan in PLANS:
        clean = [f.code for f in check(read_once(plan.text), plan.text, on=ON) if f.params["severity"] == "error"]
        text = make_noisy(plan, noise).text
        for finding in check(read_once(text), text, on=ON):
            if finding.params["severity"] == "error" and finding.code not in clean:
                alarms.append((plan.name, finding.code, finding.params))

    assert alarms == []
