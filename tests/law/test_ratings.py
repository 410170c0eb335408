"""Which scheme rated whom when, and how many may be the best."""

from __future__ import annotations

import datetime
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.explain import sentence
from thidua.findings import Outcome
from thidua.law.ratings import check_caps, level_of, levels, rating_schemes, scheme_for
from thidua.register.kinds import sheet_kinds

SCHEMES = {scheme.code: scheme for scheme in rating_schemes()}
CIVIL, PARTY, PARTY_BEFORE = SCHEMES["nd-335-2025"], SCHEMES["qd-366-tw"], SCHEMES["qd-124-tw"]


@pytest.mark.parametrize(
    ("track", "who", "on", "code"),
    [
        ("state", "civil_servant", 2025, "nd-90-2020"),
        ("state", "civil_servant", datetime.date(2025, 12, 31), "nd-90-2020"),
        ("state", "civil_servant", datetime.date(2026, 1, 1), "nd-335-2025"),
        ("state", "agency", 2026, "nd-335-2025"),
        ("state", "public_employee", 2025, "nd-90-2020"),
        ("state", "public_employee", 2026, "nd-233-2026"),
        ("state", "public_employee", datetime.date(2026, 3, 1), None),
        ("state", "person", 2025, "nd-90-2020"),
        ("state", "person", 2026, None),
        ("state", "unit", 2025, None),
        ("state", "unit", 2026, None),
        ("party", "person", 2024, "qd-124-tw"),
        ("party", "person", 2025, "qd-366-tw"),
        ("party", "party_unit", datetime.date(2025, 8, 29), "qd-124-tw"),
        ("party", "unit", datetime.date(2025, 8, 30), "qd-366-tw"),
        ("party", "unit", 2022, None),
        ("party", "civil_servant", 2025, None),
    ],
)
def test_who_is_rated_under_which_scheme(track, who, on, code) -> None:
    scheme = scheme_for(track, who, on)

    assert (scheme.code if scheme else None) == code


def test_no_two_schemes_rule_the_same_people_on_one_day() -> None:
    for one, other in combinations(rating_schemes(), 2):
        if one.track == other.track and set(one.who) & set(other.who):
            assert not one.in_force(other.since)
            assert not other.in_force(one.since)


def test_the_four_levels_are_those_of_the_list_of_ratings() -> None:
    choices = sheet_kinds()["ratings"].by_key["level"].choices

    assert [(level.code, level.name) for level in levels()] == [(choice.code, choice.label) for choice in choices]


@pytest.mark.parametrize(
    ("points", "level"),
    [
        (100, "excellent"),
        (90, "excellent"),
        (89.99, "good"),
        (70, "good"),
        (69, "done"),
        (50, "done"),
        (49, "not_done"),
    ],
)
def test_points_reach_a_level(points: float, level: str) -> None:
    assert level_of(points, CIVIL) == level_of(points, PARTY) == level


def test_a_scheme_without_points_gives_none() -> None:
    assert level_of(95, SCHEMES["nd-90-2020"]) is None


@pytest.mark.parametrize(
    ("counts", "exceptional", "code"),
    [
        ({"excellent": 4, "good": 20}, False, "rating.cap_kept"),
        ({"excellent": 4, "good": 19, "done": 50}, False, "rating.cap_needs_exception"),
        ({"excellent": 5, "good": 20}, False, "rating.cap_needs_exception"),
        ({"excellent": 5, "good": 20}, True, "rating.cap_kept"),
        ({"excellent": 6, "good": 20}, False, "rating.cap_exceeded"),
        ({"excellent": 6, "good": 20}, True, "rating.cap_exceeded"),
        ({"excellent": 1, "done": 100}, False, "rating.cap_exceeded"),
        ({"good": 20}, False, "rating.none_excellent"),
        ({}, False, "rating.none_excellent"),
    ],
)
def test_the_cap_counts_against_those_rated_good_and_not_against_all(counts, exceptional, code) -> None:
    (finding,) = check_caps(counts, CIVIL, exceptional=exceptional)

    assert finding.code == code
    assert finding.basis is not None
    assert finding.basis.verified
    assert all(sentence(finding, language) for language in ("vi", "en"))


def test_the_sentence_says_how_many_of_whom() -> None:
    (finding,) = check_caps({"excellent": 6, "good": 22}, CIVIL)

    assert sentence(finding).startswith(
        "6 được xếp hoàn thành xuất sắc, quá 20% của 22 được xếp: Hoàn thành tốt nhiệm vụ (nhiều nhất 4)."
    )


def test_a_cap_that_is_not_verified_or_not_known_says_so() -> None:
    (before,) = check_caps({"excellent": 2, "good": 8}, PARTY_BEFORE)
    (open_,) = check_caps({"excellent": 2, "good": 8}, SCHEMES["nd-233-2026"])
    (as_party,) = check_caps({"excellent": 2, "good": 8}, SCHEMES["nd-90-2020"])

    assert before.basis is not None
    assert not before.basis.verified
    assert (before.code, open_.code, as_party.code) == ("rating.cap_kept", "rating.cap_open", "rating.cap_as_party")
    assert open_.outcome is as_party.outcome is Outcome.UNKNOWN
    assert all(sentence(finding, "en") for finding in (before, open_, as_party))


@pytest.mark.parametrize("counts", [{"excellent": -1}, {"best": 1}])
def test_what_counts_no_levels_is_a_mistake_of_the_caller(counts) -> None:
    with pytest.raises(ValueError, match="levels"):
        check_caps(counts, CIVIL)


@settings(deadline=None)
@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_one_more_rated_excellent_never_mends_and_one_more_rated_good_never_spoils(excellent, good, done) -> None:
    def kept(**counts: int) -> bool:
        return check_caps({"done": done} | counts, CIVIL)[0].outcome is Outcome.MET

    now = kept(excellent=excellent, good=good)
    assert now or not kept(excellent=excellent + 1, good=good)
    assert not now or kept(excellent=excellent, good=good + 1)
