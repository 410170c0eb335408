"""Who passes, group by group: Wilson's intervals, few cases, and what nobody recorded."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.explain import sentence
from thidua.nominations.fairness import (
    SMALLEST,
    GroupShare,
    Row,
    compared,
    comparisons,
    not_recorded,
    overlaps,
    shares,
    wilson,
)

Z = 1.959963984540054


def rows(dimension: str, group: str, passed: int, decided: int, still_open: int = 0) -> list[Row]:
    groups = {dimension: group} if group else {}
    answers = [True] * passed + [False] * (decided - passed) + [None] * still_open
    return [Row(passed=answer, groups=groups) for answer in answers]


def group(share: tuple[GroupShare, ...], name: str) -> GroupShare:
    return next(one for one in share if one.group == name)


@pytest.mark.parametrize(
    ("passed", "decided", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (0, 20, 0.0, 0.1611), (20, 20, 0.8389, 1.0), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_those_of_the_books(passed: int, decided: int, low: float, high: float) -> None:
    """81 of 263 and 1 of 29: Newcombe, Two-sided confidence intervals for the single proportion, 1998."""
    assert wilson(passed, decided) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_at_its_ends_the_share_is_just_believable(case: tuple[int, int]) -> None:
    """Wilson's ends solve (p - share)² = z² p (1 - p) / n."""
    passed, decided = case
    low, high = wilson(passed, decided)

    assert 0 <= low <= passed / decided <= high <= 1
    for end in (low, high):
        assert abs(end - passed / decided) == pytest.approx(Z * sqrt(end * (1 - end) / decided), abs=1e-9)


@given(st.integers(1, 40), st.integers(2, 20))
def test_more_cases_of_one_share_say_more(passed: int, times: int) -> None:
    low, high = wilson(passed, 40)
    lower, higher = wilson(passed * times, 40 * times)

    assert higher - lower < high - low


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_passing_and_not_passing_mirror_each_other(case: tuple[int, int]) -> None:
    passed, decided = case
    low, high = wilson(passed, decided)

    assert wilson(decided - passed, decided) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(("passed", "decided"), [(0, 0), (3, 2), (-1, 5)])
def test_no_share_without_cases(passed: int, decided: int) -> None:
    with pytest.raises(ValueError, match=f"{passed} of {decided}"):
        wilson(passed, decided)


def test_groups_are_counted_apart_and_what_is_open_is_not_decided() -> None:
    found = shares([*rows("post", "leader", 30, 40, 5), *rows("post", "direct", 60, 120)])

    leaders, direct = group(found, "leader"), group(found, "direct")
    assert [one.group for one in found] == ["direct", "leader"]
    assert (leaders.nominated, leaders.decided, leaders.open, leaders.passed) == (45, 40, 5, 30)
    assert (leaders.share, direct.share) == (0.75, 0.5)


def test_what_nobody_recorded_is_no_no() -> None:
    found = shares([*rows("ethnic", "minority", 10, 20), *rows("ethnic", "", 3, 30), *rows("post", "leader", 1, 2)])

    unrecorded = group(tuple(one for one in found if one.dimension == "ethnic"), "")
    told = not_recorded(found, "ethnic")
    assert unrecorded.nominated == 32
    assert group(found, "minority").nominated == 20
    assert told is not None
    assert sentence(told) == "32 trên 52 trường hợp chưa ghi thuộc nhóm nào; không tính là “không”."
    assert not_recorded(shares(rows("post", "leader", 1, 2)), "post") is None


def test_under_ten_no_share_is_told() -> None:
    found = shares([*rows("sex", "women", 4, SMALLEST - 1), *rows("sex", "men", 5, SMALLEST)])

    women, men = group(found, "women"), group(found, "men")
    assert (women.small, women.share, women.low, women.high) == (True, None, None, None)
    assert (men.small, men.share) == (False, 0.5)
    assert overlaps(women, men) is None
    assert compared(women, men).code == "nominations.fairness_small"
    assert "Chỉ có 9 trường hợp" in sentence(compared(women, men))


def test_intervals_that_overlap_prove_nothing() -> None:
    found = shares([*rows("post", "leader", 12, 20), *rows("post", "direct", 50, 100)])

    told = comparisons(found)

    assert [one.code for one in told] == ["nominations.fairness_overlap"]
    assert "cũng không chứng minh là như nhau" in sentence(told[0])


def test_intervals_that_are_apart_are_told_without_a_cause() -> None:
    found = shares([*rows("post", "leader", 95, 100), *rows("post", "direct", 50, 100), *rows("post", "", 1, 50)])

    told = comparisons(found)

    assert [one.code for one in told] == ["nominations.fairness_apart"]
    assert "Số liệu không nói vì sao" in sentence(told[0])


def test_groups_of_two_dimensions_are_not_compared() -> None:
    assert comparisons(shares([*rows("post", "leader", 9, 20), *rows("sex", "women", 9, 20)])) == ()


def test_dimensions_stand_as_they_are_asked_for() -> None:
    told = shares([Row(passed=True, groups={"a": "x", "b": "y"})], ["b", "a", "c"])

    assert [(one.dimension, one.group) for one in told] == [("b", "y"), ("a", "x"), ("c", "")]
