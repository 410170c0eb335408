"""Works and their milestones: cases in works.toml, and what holds of all."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.explain import sentence
from thidua.findings import Outcome
from thidua.progress.works import PledgedWork, WorkState, ahead_days, check_work, state, work_state

CASES = tomllib.loads((Path(__file__).parent / "works.toml").read_text("utf-8"))["case"]
DAYS = st.dates(datetime.date(2024, 1, 1), datetime.date(2026, 12, 31))
WORKS = st.builds(
    PledgedWork,
    name=st.just("Cầu Ba Si"),
    milestone=st.sampled_from(["start", "finish", "both"]),
    start_due=st.none() | DAYS,
    finish_due=st.none() | DAYS,
    started_on=st.none() | DAYS,
    finished_on=st.none() | DAYS,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['work']['name']}-{case['is']}")
def test_a_work(case: dict[str, Any]) -> None:
    work = msgspec.convert(case["work"], PledgedWork)
    finding = state(work, on=case["on"])

    assert finding.code == case["is"]
    assert sentence(finding) == case.get("says", sentence(finding))
    assert ahead_days(work) == case.get("ahead")
    assert [wrong.code for wrong in check_work(work)] == case.get("check", [])


def test_every_state_is_among_the_cases() -> None:
    assert {case["is"] for case in CASES} == {f"work.{word}" for word in WorkState}


@settings(deadline=None)
@given(WORKS, DAYS)
def test_every_answer_has_its_sentence(work: PledgedWork, on: datetime.date) -> None:
    for finding in (state(work, on=on), *check_work(work)):
        assert sentence(finding, "vi")
        assert sentence(finding, "en")


@settings(deadline=None)
@given(WORKS, DAYS)
def test_ahead_and_late_agree_with_the_days(work: PledgedWork, on: datetime.date) -> None:
    word, days = work_state(work, on=on), ahead_days(work)

    if word.endswith("_ahead"):
        assert days is not None
        assert days > 0
    if word in (WorkState.STARTED_LATE, WorkState.FINISHED_LATE):
        assert days is not None
        assert days < 0


@settings(deadline=None)
@given(WORKS, DAYS)
def test_what_is_late_once_is_late_for_good(work: PledgedWork, on: datetime.date) -> None:
    if work.milestone != "both" and state(work, on=on).outcome is Outcome.NOT_MET:
        assert state(work, on=on + datetime.timedelta(days=400)).outcome is Outcome.NOT_MET
