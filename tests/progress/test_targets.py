"""A target and its result: cases in targets.toml, and what holds of all."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from thidua.explain import sentence
from thidua.findings import Outcome
from thidua.plans.reading import Target
from thidua.progress.targets import (
    PledgedTarget,
    check_target,
    from_plan,
    holds_for_each,
    is_share,
    judge,
    share,
)

CASES = tomllib.loads((Path(__file__).parent / "targets.toml").read_text("utf-8"))["case"]
DAY = datetime.date(2025, 7, 1)
NUMBERS = st.one_of(st.integers(-1000, 1000).map(float), st.floats(-1e9, 1e9))
TARGETS = st.builds(
    PledgedTarget,
    indicator=st.sampled_from(["Tỷ lệ hộ nghèo", ""]),
    op=st.sampled_from([">=", "<=", "=", "range"]),
    value=st.none() | NUMBERS,
    value_max=st.none() | NUMBERS,
    unit=st.sampled_from([None, "%", "hộ"]),
    baseline=st.none() | NUMBERS,
    base_year=st.none() | st.integers(2000, 2030),
    due=st.none() | st.dates(datetime.date(2024, 1, 1), datetime.date(2026, 12, 31)),
    strict=st.booleans(),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['target']['indicator'].strip()}-{case['is']}")
def test_a_target(case: dict[str, Any]) -> None:
    target = msgspec.convert(case["target"], PledgedTarget)
    finding = judge(target, case.get("value"), on=case["on"])

    assert finding.code == case["is"]
    assert "share" not in case or share(target, case["value"]) == pytest.approx(case["share"])
    assert [wrong.code for wrong in check_target(target)] == case.get("check", [])
    assert sentence(finding) == case.get("says", sentence(finding))
    assert sentence(finding, "en")


@settings(deadline=None)
@given(TARGETS, st.none() | NUMBERS, st.dates(datetime.date(2024, 1, 1), datetime.date(2026, 12, 31)))
def test_every_answer_has_its_sentence(target: PledgedTarget, value: float | None, day: datetime.date) -> None:
    for finding in (judge(target, value, on=day), *check_target(target)):
        assert sentence(finding, "vi")
        assert sentence(finding, "en")


@settings(deadline=None)
@given(TARGETS, st.none() | NUMBERS)
def test_all_the_way_is_done_where_it_is_reached_and_only_there(target: PledgedTarget, value: float | None) -> None:
    way = share(target, value)
    reached = judge(target, value, on=DAY).outcome is Outcome.MET

    assert (way is not None and way >= 1) == reached
    assert way is None or way >= 0


@settings(deadline=None)
@given(TARGETS, NUMBERS, NUMBERS)
def test_a_better_result_is_never_less_of_the_way(target: PledgedTarget, one: float, other: float) -> None:
    assume(target.op in (">=", "<="))
    worse, better = sorted((one, other), reverse=target.op == "<=")
    ways = share(target, worse), share(target, better)

    assert None in ways or ways[0] <= ways[1]


@settings(deadline=None)
@given(TARGETS, st.none() | NUMBERS)
def test_nobody_misses_a_target_before_its_day_is_over(target: PledgedTarget, value: float | None) -> None:
    on = target.due or datetime.date(2099, 1, 1)

    assert judge(target, value, on=on).outcome is not Outcome.NOT_MET


@settings(deadline=None)
@given(TARGETS)
def test_without_a_result_nothing_is_concluded(target: PledgedTarget) -> None:
    assert judge(target, None, on=datetime.date(2099, 1, 1)).outcome is Outcome.UNKNOWN


def test_where_no_way_can_be_measured_there_is_no_share() -> None:
    downwards = PledgedTarget(indicator="Tỷ lệ hộ nghèo", op="<=", value=2)
    kept = PledgedTarget(indicator="Xã có bác sĩ", op=">=", value=100, baseline=100)

    assert share(downwards, 2.5) is None
    assert share(kept, 98) is None
    assert share(PledgedTarget(indicator="Đạt chuẩn", op="="), 1) is None


def test_a_target_of_the_plan_is_taken_on_with_its_numbers() -> None:
    read = Target(quote="đạt 10 - 11%", span=(0, 12), indicator="GRDP", op="range", value=10, value_max=11, unit="%")

    assert from_plan(read, due=DAY) == PledgedTarget(
        indicator="GRDP", op="range", value=10, value_max=11, unit="%", due=DAY
    )


def test_what_all_reach_together_is_left_for_the_unit_to_say() -> None:
    read = Target(quote="200 cây xanh", span=(0, 12), indicator="Trồng mới", op=">=", value=200, unit="cây xanh")

    assert from_plan(read, due=DAY) == PledgedTarget(indicator="Trồng mới", op=">=", unit="cây xanh", due=DAY)


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [
        ("Hồ sơ giải quyết đúng hạn", "%"),
        ("Giảm tai nạn giao thông", "%/năm"),
        ("Tăng năng suất", "điểm phần trăm"),
        ("Giường bệnh", "giường/vạn dân"),
        ("Thu nhập", "triệu đồng/người/năm"),
        ("Thu nhập bình quân đầu người", "triệu đồng"),
        ("Tỷ lệ hộ nghèo", None),
        ("Tỉ lệ che phủ rừng", ""),
    ],
)
def test_shares_and_averages_hold_for_each_unit(indicator: str, unit: str | None) -> None:
    assert is_share(indicator, unit)
    assert holds_for_each(indicator, unit)


@pytest.mark.parametrize("indicator", ["Công trình mỗi xã, phường đăng ký", "Mô hình mới ở từng đơn vị"])
def test_what_is_asked_of_each_is_a_number_for_each_and_may_be_added_up(indicator: str) -> None:
    assert holds_for_each(indicator, "công trình")
    assert not is_share(indicator, "công trình")


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [
        ("Trồng mới", "cây xanh"),
        ("Trồng rừng", "ha/năm"),
        ("Doanh nghiệp thành lập mới", None),
        ("Công trình mới", "công trình"),
        ("Số xã có tỷ lệ hộ nghèo dưới 1%", "xã"),
        ("Tổng thu ngân sách", "tỷ đồng"),
    ],
)
def test_amounts_are_reached_together(indicator: str, unit: str | None) -> None:
    assert not holds_for_each(indicator, unit)
