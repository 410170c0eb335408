"""Equals are put in order by grounds of law and plan, each place with its reason (preferring.toml)."""

from __future__ import annotations

import datetime
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.explain import sentence
from thidua.law.law import national_law
from thidua.rules.preferring import (
    GROUPS,
    Equal,
    Ground,
    Place,
    grounds_of_law,
    grounds_of_plan,
    has,
    preferred_order,
)

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("preferring.toml").read_text("utf-8"))["case"]


def ordered(case: dict[str, Any]) -> tuple[Place, ...]:
    standing = [[Equal(ref=ref, subject="individual", known=known) for ref, known in tied] for tied in case["standing"]]
    grounds = [Ground(group=group, text="") for group in case["grounds"]]
    return preferred_order(standing, grounds, ranked=case.get("ranked", False))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_equals_are_ordered_with_reasons(case: dict[str, Any]) -> None:
    places = ordered(case)
    assert [[place.ref, place.place, *place.open_with] for place in places] == case["order"]
    for place in places:
        assert place.reasons
        for language in ("vi", "en"):
            assert all(sentence(reason, language) for reason in place.reasons)


def test_a_collective_with_seven_women_in_ten_is_preferred() -> None:
    at, below = (Equal(ref="a", subject="collective", women=Decimal(share)) for share in ("70", "69.99"))
    assert (has(at, "women_collective"), has(below, "women_collective")) == (True, False)
    assert has(Equal(ref="a", subject="collective"), "women_collective") is None
    assert has(at, "women") is False


def test_the_law_of_the_day_says_whom_to_prefer() -> None:
    """Nghị định 98/2023 Điều 4, then Nghị định 152/2025 Điều 4; before 2024 nothing that is known."""
    before, first, then = (
        {ground.group: ground for ground in grounds_of_law(national_law(), day)}
        for day in (datetime.date(2023, 6, 1), datetime.date(2024, 6, 1), datetime.date(2025, 9, 1))
    )
    assert "women" not in before
    assert first["women"].basis.instrument == "98/2023/NĐ-CP"
    assert then["women_collective"].basis.instrument == "152/2025/NĐ-CP"
    assert set(then) <= set(GROUPS)


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("ưu tiên lao động nữ", ["women"]),
        ("ưu tiên công nhân, nông dân, người trực tiếp lao động, sản xuất", ["direct"]),
        ("ưu tiên người công tác ở vùng sâu, vùng xa, biên giới, hải đảo", ["border"]),
        ("ưu tiên nữ, người dân tộc thiểu số", ["women", "ethnic_minority"]),
        ("quan tâm công chức không giữ chức vụ lãnh đạo", ["not_leader"]),
        ("chú trọng tập thể nhỏ, người trực tiếp lao động", ["small_collective", "direct"]),
        ("ưu tiên điển hình mới", ["plan.uu_tien_dien_hinh_moi"]),
    ],
)
def test_a_plans_words_say_whom_to_prefer(words: str, groups: list[str]) -> None:
    found = grounds_of_plan([words], "12/KH-UBND")
    assert [ground.group for ground in found] == groups
    assert {ground.basis.quote for ground in found} == {words}


KNOWN = st.fixed_dictionaries({}, optional={"women": st.booleans(), "direct": st.booleans(), "leader": st.booleans()})
TIED = st.lists(st.lists(KNOWN, min_size=1, max_size=4), max_size=4).map(
    lambda rows: [
        [Equal(ref=f"{i}.{j}", subject="individual", known=known) for j, known in enumerate(row)]
        for i, row in enumerate(rows)
    ]
)
GROUNDS = [Ground(group=group, text="") for group in ("women", "direct", "not_leader")]


@settings(deadline=None)
@given(standing=TIED, ranked=st.booleans())
def test_who_is_not_tied_is_never_reordered(standing: list[list[Equal]], ranked: bool) -> None:
    places = preferred_order(standing, GROUNDS, ranked=ranked)
    groups = [int(place.ref.split(".")[0]) for place in places]

    assert groups == sorted(groups)
    assert sorted(place.ref for place in places) == sorted(one.ref for tied in standing for one in tied)
    assert all(place.place <= n for n, place in enumerate(places, 1))


@settings(deadline=None)
@given(standing=TIED, ranked=st.booleans())
def test_open_is_open_for_both_and_within_a_tie(standing: list[list[Equal]], ranked: bool) -> None:
    places = {place.ref: place for place in preferred_order(standing, GROUNDS, ranked=ranked)}
    for place in places.values():
        assert all(place.ref in places[other].open_with for other in place.open_with)
        assert {other.split(".")[0] for other in place.open_with} <= {place.ref.split(".")[0]}
