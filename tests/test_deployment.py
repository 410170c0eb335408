"""How a campaign comes down to a unit: cases in deployment.toml, and what holds of all."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.deployment import (
    EXPECTATIONS,
    STEPS,
    Expectation,
    Standing,
    Step,
    gate,
    lapses,
    step_reached,
    steps_asked,
    steps_left_out,
    still,
    with_plan,
)
from thidua.explain import catalogue, sentence
from thidua.findings import Outcome

FILE = tomllib.loads((Path(__file__).parent / "deployment.toml").read_text("utf-8"))
QUOTE = "không tổ chức phát động, tổng kết đợt thi đua và khen thưởng theo thẩm quyền thì không đề nghị khen thưởng"
DAYS = st.dates(datetime.date(2024, 1, 1), datetime.date(2026, 12, 31))
STANDINGS = st.builds(Standing, **{step.value: st.none() | DAYS for step in STEPS})


@pytest.mark.parametrize("case", FILE["case"], ids=lambda case: f"{case.get('step', 'none')} on {case['on']}")
def test_a_unit(case: dict[str, Any]) -> None:
    standing = msgspec.convert(case["standing"], Standing)
    rest = still(standing, on=case["on"])
    late = lapses(standing, on=case["on"])

    assert step_reached(standing, on=case["on"]) == case.get("step")
    assert list(steps_left_out(standing, on=case["on"])) == case.get("skipped", [])
    assert (rest.working_days if rest else None) == case.get("still")
    assert [finding.code for finding in late] == case.get("lapses", [])
    assert "says" not in case or sentence(late[0]) == case["says"]


@pytest.mark.parametrize("case", FILE["gate"], ids=lambda case: f"{case['is']}-{case['outcome']}")
def test_a_gate(case: dict[str, Any]) -> None:
    standing = msgspec.convert(case["standing"], Standing)
    requires = case.get("requires", ["launched", "summarised"])
    finding = gate(standing, QUOTE, requires=requires, on=case["on"], by=datetime.date(2025, 7, 11))

    assert (finding.code, finding.outcome) == (case["is"], case["outcome"])
    assert finding.basis
    assert finding.basis.quote == QUOTE
    assert sentence(finding) == case.get("says", sentence(finding))
    assert sentence(finding, "en")


def test_a_day_that_the_plan_names_comes_with_its_words() -> None:
    named = Expectation(step=Step.LAUNCHED, by=datetime.date(2024, 7, 19), quote="đến hết ngày 19 tháng 7 năm 2024")
    late = lapses(Standing(sent=datetime.date(2024, 7, 1)), on=datetime.date(2024, 7, 23), expectations=[named])

    assert [finding.code for finding in late] == ["deployment.not_launched_by_plan"]
    assert late[0].basis
    assert late[0].basis.quote == named.quote
    assert sentence(late[0]) == "Chưa phát động, quá 2 ngày làm việc so với ngày 19/07/2024 mà kế hoạch ghi."


@pytest.mark.parametrize(
    ("what", "steps"),
    [
        ("gửi kế hoạch về Sở Thử", ["planned"]),
        ("Ban hành kế hoạch triển khai thực hiện", ["planned"]),
        ("xây dựng, ban hành kế hoạch cụ thể của cơ quan, đơn vị", ["planned"]),
        ("Gửi văn bản, kế hoạch triển khai phong trào", ["planned"]),
        ("Xây dựng kế hoạch tổ chức phát động phong trào", ["planned"]),
        ("xây dựng kế hoạch, tổ chức phát động, ký giao ước thi đua", ["planned", "launched"]),
        ("Tổ chức phát động đợt thi đua", ["launched"]),
        ("phát động xong", ["launched"]),
        ("hoàn thành việc tổ chức phát động ở cơ sở", ["launched"]),
        ("Phát động và đăng ký tham gia thi đua", ["launched"]),
        ("báo cáo kết quả thực hiện kế hoạch", []),
        ("Tổng kết, gửi kế hoạch triển khai năm sau", []),
        ("tham mưu Ủy ban nhân dân tỉnh ban hành kế hoạch", []),
        ("Góp ý dự thảo kế hoạch", []),
        ("xây dựng kế hoạch đầu tư công", []),
        ("xây dựng kế hoạch kiểm tra", []),
        ("hoàn thành kế hoạch sản xuất năm", []),
        ("đăng ký thi đua hưởng ứng phong trào do tỉnh phát động", []),
        ("tham dự lễ phát động", []),
        ("gửi bản đăng ký thi đua", []),
    ],
)
def test_which_steps_a_duty_asks_for(what: str, steps: list[str]) -> None:
    assert list(steps_asked(what)) == steps


def test_a_plan_s_first_day_for_a_step_goes_before_the_installation_s() -> None:
    early, later = (Expectation(step=Step.PLANNED, by=datetime.date(2024, 7, day), quote=f"{day}") for day in (5, 19))

    assert with_plan([later, early], EXPECTATIONS) == (EXPECTATIONS[0], early, EXPECTATIONS[2])
    assert with_plan([], EXPECTATIONS) == EXPECTATIONS


def test_every_step_has_its_sentences() -> None:
    codes = {f"deployment.not_{step}{by}" for step in STEPS for by in ("", "_by_plan")}

    assert codes - set(catalogue()) == set()


@settings(deadline=None)
@given(STANDINGS, DAYS)
def test_what_is_expected_is_said_in_both_languages(standing: Standing, on: datetime.date) -> None:
    every = [Expectation(step=step, within=5) for step in STEPS[1:]]

    for finding in lapses(standing, on=on, expectations=[*every, *EXPECTATIONS]):
        assert finding.outcome is Outcome.NOT_MET
        assert finding.params["days"] >= 0
        assert sentence(finding, "vi")
        assert sentence(finding, "en")


@settings(deadline=None)
@given(STANDINGS, DAYS)
def test_a_lapse_stays_until_the_step_or_a_later_one_is_taken(standing: Standing, on: datetime.date) -> None:
    tomorrow = on + datetime.timedelta(days=1)
    today, next_ = ({finding.code for finding in lapses(standing, on=day)} for day in (on, tomorrow))

    assert today <= next_ or any(standing.day(step) == tomorrow for step in STEPS)


@settings(deadline=None)
@given(STANDINGS, DAYS)
def test_nothing_rests_before_it_is_sent_or_after_it_is_summed_up(standing: Standing, on: datetime.date) -> None:
    rest = still(standing, on=on)

    if standing.summarised and standing.summarised <= on:
        assert rest is None
    if rest:
        assert rest.since <= on
        assert standing.day(rest.step) == rest.since
        assert rest.since == max(day for step in STEPS if (day := standing.day(step)) and day <= on)


@settings(deadline=None)
@given(STANDINGS, DAYS, DAYS)
def test_before_the_last_day_nobody_is_barred(standing: Standing, on: datetime.date, by: datetime.date) -> None:
    finding = gate(standing, QUOTE, on=on, by=by)

    assert finding.outcome is not Outcome.NOT_MET or on > by
    assert gate(standing, QUOTE).outcome is not Outcome.NOT_MET
