"""A simulated province of sixty units carries out the plans of Trà Vinh, Hậu Giang and Thái Nguyên: deployed, pledged,
reported over four quarters, two departments merged in between, a bloc scored. What its database holds at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from web.conftest import DATABASE
from web.province_site import ProvinceSite

FINANCE, PLANNING = "S02", "S03"
STILL = {"S13", "D5"}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    with ProvinceSite(tmp_path_factory.mktemp("province"), server_database=DATABASE) as site:
        yield site.found()


def test_there_are_sixty_units_and_every_one_is_reached_by_the_first_plan_or_one_below_it(found: Any) -> None:
    assert (found["units"], found["reached"]) == (60, 59)


def test_tra_vinhs_plan_asks_for_twenty_targets_and_more(found: Any) -> None:
    assert found["targets"] == 22


def test_the_board_knows_how_far_everybody_came_with_tra_vinhs_plan(found: Any) -> None:
    """25 units were sent it, of which one has ended; two never moved, one only received it."""
    assert found["deployed"]["tv"] == {
        "sent": 24, "received": 22, "planned": 6, "launched": 17, "reported": 21, "summarised": 0,
    }  # fmt: skip


def test_hau_giangs_two_phases_each_have_their_days_by_level(found: Any) -> None:
    """The hundred days of the districts begin when their first phase ends, not with those of the communes."""
    assert found["phases"] == [
        ["Cấp cơ sở", "2024-07-01", "2025-01-20"],
        ["Cấp huyện và tương đương", "2024-07-01", "2025-03-21"],
        ["Cấp cơ sở", "2025-01-21", "2025-04-30"],
        ["Cấp huyện và tương đương", "2025-03-22", "2025-06-30"],
    ]


def test_no_enterprise_pledges_less_than_in_2023(found: Any) -> None:
    """The first one wanted to, was refused and raised it; the act of its clerk is asserted while the year is played."""
    assert found["floor"] == [[f"D{number}", 6, 0, "accepted"] for number in range(5)]


def test_who_did_not_launch_or_not_sum_up_is_barred_by_hau_giangs_gate(found: Any) -> None:
    assert found["gate"] == {"S12": "gate.no_launch", "S13": "gate.no_summary", "D5": "gate.several"}


def test_thai_nguyens_plan_runs_on_three_levels(found: Any) -> None:
    """Of each level: campaigns, units that they were sent to, units that launched one of their own."""
    assert found["levels"] == [[1, 49, 15], [5, 25, 10], [10, 0, 0]]


def test_every_pledge_is_accepted_and_districts_have_taken_up_those_of_their_communes(found: Any) -> None:
    pledges = found["pledges"]
    assert {state for state, *_ in pledges.values()} == {"accepted"}
    assert STILL.isdisjoint(pledges)
    assert [pledges[f"H{number}"] for number in range(5)] == [["accepted", 22, 7, 5]] * 5
    assert pledges["S08"] == ["accepted", 6, 10, 9]


def test_the_merged_department_goes_on_with_what_both_had_taken_on(found: Any) -> None:
    """Shares of the campaign that both had pledged at the same height are one, and so is what has no number; other
    targets and works are two.
    """
    heir = found["heir"]
    assert heir["works"] == [
        "Công trình 1 chào mừng đại hội, Sở Kế hoạch và Đầu tư",
        "Công trình 1 chào mừng đại hội, Sở Tài chính",
    ]
    assert (heir["from"], heir["closed"]) == ([PLANNING], True)
    assert found["pledges"][FINANCE] == ["accepted", 7, 2, 0]
    assert PLANNING not in found["pledges"]


def test_each_department_keeps_the_reports_that_it_sent_itself(found: Any) -> None:
    """The one that ended on 28/02/2025 had sent the first, the merged one sends all four."""
    assert (found["heir"]["old_reports"], found["heir"]["reports"]) == (1, 4)


def test_four_quarters_came_in_with_who_was_late_and_who_is_missing(found: Any) -> None:
    assert found["coming"] == [
        {"on_time": 21, "missing": 3},
        {"on_time": 20, "late": 1, "missing": 3},
        {"on_time": 19, "late": 1, "missing": 4},
        {"on_time": 21, "missing": 3},
    ]


def test_the_sum_of_each_target_counts_who_reached_it(found: Any) -> None:
    """One district came to nine tenths of everything; what must be more than 95% is not reached by 95%."""
    totals = found["totals"]
    assert totals["Tốc độ tăng trưởng GRDP năm 2024, 2025 và nhiệm kỳ 2020 - 2025 đạt"] == [17, 17, 16]
    assert totals["Hằng năm tạo việc làm mới cho"] == [9, 9, 8]
    assert totals["Tỷ lệ bao phủ bảo hiểm y tế so với dân số đạt"] == [5, 5, 0]
    assert totals["Tỷ lệ thất nghiệp"] == [5, 5, 5]


def test_works_that_were_finished_before_their_day_are_listed_for_commendation(found: Any) -> None:
    """Of the twelve departments that finished on 15/08 what was due on 31/08."""
    assert found["ahead"] == 12


def test_the_bloc_is_ranked_and_the_chain_of_tie_breakers_decides_between_equals(found: Any) -> None:
    """Construction and finance have 18 points each and the same for the economy; more models of good work decide.

    A peer had doubted two points of trade, the standing body took one of them. The department that ended has no rank.
    """
    assert found["ranks"] == [
        ["Sở Nội vụ", 1, "20.00"],
        ["Sở Xây dựng", 2, "18.00"],
        ["Sở Tài chính", 3, "18.00"],
        ["Sở Công Thương", 4, "16.50"],
        ["Sở Nông nghiệp và Phát triển nông thôn", 5, "16.00"],
        ["Sở Y tế", 6, "13.00"],
    ]
    assert found["state"] == "published"


def test_every_report_was_signed_once_nothing_waits_and_the_journal_verifies(found: Any) -> None:
    """22 units in the first quarter, then 21, one of them once less; 20 of one district's communes; 22 to sum up."""
    assert found["signed"] == 22 + 21 + 20 + 21 + 4 * 5 + 22
    assert (found["waiting"], found["faults"]) == (0, [])
