"""How many may still be proposed, which limit binds, what is over, what is not known (limits.toml)."""

from __future__ import annotations

import datetime
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelled import corpora, gold
from thidua.explain import catalogue, sentence
from thidua.findings import Outcome
from thidua.law.criteria import Subject
from thidua.law.law import Law
from thidua.law.ratings import rating_schemes
from thidua.law.statute import parse_statute
from thidua.plans.reading import Quota
from thidua.rules.limits import (
    Candidate,
    Limit,
    Meter,
    finding,
    limits_of_law,
    meters,
    next_one,
    rating_meter,
    room_finding,
)
from thidua.rules.plan_words.quotas import limits_of_plan, limits_of_shares

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("limits.toml").read_text("utf-8"))["case"]


def candidate(row: list[str], ref: str = "") -> Candidate:
    unit, group, subject, *marks = row
    return Candidate(
        ref=ref,
        subject=subject,  # type: ignore[arg-type]
        units=(unit,) if unit else (),
        group=None if group == "?" else group,
        groups=None if "?" in marks else frozenset(marks),
    )


def limits(case: dict[str, Any]) -> tuple[Limit, ...]:
    quotas = [Quota(quote=unit, span=(0, 1), unit=unit, max=most, of=of) for unit, most, of in case.get("quotas", [])]
    return (*limits_of_plan(quotas), *limits_of_shares(case.get("shares", [])))


def listed(case: dict[str, Any]) -> list[Candidate]:
    return [candidate(row, str(n)) for n, row in enumerate(case["listed"])]


def numbers(case: dict[str, Any]) -> dict[tuple[str, str], int]:
    return {(unit, name): number for unit, name, number in case.get("numbers", [])}


def shown(meter: Meter) -> list[object]:
    bound = "?" if meter.limit is None else meter.limit
    return [meter.unit or meter.label, meter.used, meter.possible, bound, meter.outcome.value]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_limits_are_live_meters(case: dict[str, Any]) -> None:
    assert [shown(meter) for meter in meters(limits(case), listed(case), numbers(case))] == case["meters"]


@pytest.mark.parametrize(
    ("case", "asked"),
    [(case, asked) for case in CASES for asked in case.get("next", [])],
    ids=lambda value: value["name"] if isinstance(value, dict) else "",
)
def test_whether_one_more_fits(case: dict[str, Any], asked: list[Any]) -> None:
    row, outcome, left, *label = asked
    room = next_one(limits(case), listed(case), candidate(row), numbers(case))

    assert (room.outcome.value, "?" if room.left is None else room.left) == (outcome, left)
    assert [meter.label for meter in room.meters if meter.binding] == label or not label


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_meters_have_their_sentence(case: dict[str, Any], language: str) -> None:
    for meter in meters(limits(case), listed(case), numbers(case)):
        assert sentence(finding(meter), language)
    for row, *_ in case.get("next", []):
        assert sentence(room_finding(next_one(limits(case), listed(case), candidate(row))), language)


def test_too_many_are_told_with_their_number() -> None:
    case = next(case for case in CASES if case["name"] == "vượt số lượng")
    (meter,) = meters(limits(case), listed(case))

    assert (meter.over, meter.left) == (1, 0)
    assert sentence(finding(meter)) == (
        "Sở Tài chính: tập thể: đề nghị 2, chỉ được 1, vượt 1. Đề nghị rút bớt 1 trường hợp."
    )


def test_every_sentence_of_the_catalogue_can_be_reached() -> None:
    said = set()
    for case in CASES:
        found = [finding(meter) for meter in meters(limits(case), listed(case), numbers(case))]
        rooms = [
            next_one(limits(case), listed(case), candidate(row), numbers(case)) for row, *_ in case.get("next", [])
        ]
        said |= {one.code for one in (*found, *map(room_finding, rooms))}
    said |= {room_finding(next_one((), (), candidate(["Xã A", "communes", "individual"]))).code}
    said |= {finding(meters([Limit(code="a", label="b", most=2)], [])[0]).code}
    reached = Limit(code="a", label="b", percent=Decimal(10), of="nominated.individual", at_least=True)
    said |= {finding(meters([reached], [candidate(["Xã A", "communes", "individual"])])[0]).code}

    assert said == {code for code in catalogue() if code.startswith("limits.") and not code.endswith(".unknown")}


# --- Law --------------------------------------------------------------------------------------------------------------

CEILING = """
instrument = "91/2017/NĐ-CP"
mark = "memory"

[[ceiling]]
awards = ["CSTDCS"]
percent = 15
of = "LDTT"
place = "khoản 3 Điều 9"
since = 2017-10-01
until = 2023-12-31
text = "Chiến sĩ thi đua cơ sở không quá 15% số Lao động tiên tiến của đơn vị"
"""


def test_a_ceiling_of_law_holds_on_its_days_alone() -> None:
    law = Law([parse_statute(CEILING)])
    before = limits_of_law(law, datetime.date(2023, 12, 20), ["CSTDCS"])
    one = Candidate(ref="1", subject="individual", units=("Sở A",), award="CSTDCS")

    assert limits_of_law(law, datetime.date(2024, 1, 10)) == ()
    (meter,) = meters(before, [one], {("Sở A", "LDTT"): 27})
    assert (meter.limit, meter.left, meter.basis.place, meter.basis.verified) == (4, 3, "khoản 3 Điều 9", False)
    (open_meter,) = meters(before, [one])
    assert sentence(finding(open_meter)).endswith("(LDTT).")


def test_another_award_does_not_count_against_a_ceiling() -> None:
    law = Law([parse_statute(CEILING)])
    other = Candidate(ref="1", subject="individual", units=("Sở A",), award="LDTT")
    assert meters(limits_of_law(law, datetime.date(2023, 12, 20)), [other]) == ()


def test_the_cap_on_excellent_ratings_is_a_meter() -> None:
    scheme = next(scheme for scheme in rating_schemes() if scheme.cap.share and scheme.cap.of)
    rated = dict.fromkeys(scheme.cap.of, 0) | {"good": 10}
    meter = rating_meter(rated | {"excellent": 1}, scheme)

    assert (
        meter.limit == sum((rated | {"excellent": 1}).get(code, 0) for code in scheme.cap.of) * scheme.cap.share // 100
    )
    assert meter.left == meter.limit - 1


# --- Plans ------------------------------------------------------------------------------------------------------------


def labelled_quotas() -> list[list[Quota]]:
    documents = [*gold(), *(one for many in corpora().values() for one in many)]
    return [
        [
            Quota(quote=q.get("quote") or q["unit"], span=(0, 1), unit=q["unit"], max=q["max"], of=q["of"])
            for q in quotas
        ]
        for document in documents
        if (quotas := document.labels.get("quotas"))
    ]


def test_every_labelled_quota_is_a_limit_with_its_number() -> None:
    found = labelled_quotas()
    assert sum(map(len, found)) > 200
    for quotas in found:
        for quota, limit in zip(quotas, limits_of_plan(quotas), strict=True):
            assert quota.max == (limit.percent if quota.of.startswith("%") else limit.most)
            assert limit.label.startswith(quota.unit)
            assert limit.per != "named" or limit.names


def test_a_department_whose_name_sounds_like_each_is_one_department() -> None:
    """Môi trường, mỗi trường: folded alike, told apart by their marks."""
    (limit,) = limits_of_plan([Quota(quote="x", span=(0, 1), unit="Sở Nông nghiệp và Môi trường", max=2, of="tập thể")])
    assert (limit.per, limit.names) == ("named", ("Sở Nông nghiệp và Môi trường",))


PARTIES = limits_of_plan(
    [
        Quota(quote=unit, span=(0, 1), unit=unit, max=most, of="cá nhân")
        for unit, most in (
            ("Đảng bộ Quân sự tỉnh", 2),
            ("Chi, Đảng bộ sở, ban, ngành, đoàn thể tỉnh, cơ quan ngân hàng, doanh nghiệp, hợp tác xã", 1),
            ("Cơ quan, đơn vị được giao chủ trì thực hiện các Đề án", 2),
        )
    ]
)


@pytest.mark.parametrize(
    ("unit", "group", "many", "outcomes"),
    [
        ("Đảng bộ Quân sự tỉnh", "party", 2, ["met", "met"]),
        ("Đảng bộ Quân sự tỉnh", "party", 3, ["not_met", "unknown"]),
        ("Sở Y tế", "departments", 1, ["met", "met"]),
        ("Sở Y tế", "departments", 2, ["unknown", "met"]),
        ("Sở Y tế", "departments", 3, ["not_met", "unknown"]),
        ("Đảng bộ Sở Y tế", "party", 2, ["unknown", "met"]),
        ("Chi bộ Công ty Mía đường", "party", 3, ["not_met", "unknown"]),
        ("Công ty Mía đường", "enterprises", 3, ["not_met", "unknown"]),
        ("Xã Tân Lộc", "communes", 9, ["unknown"]),
    ],
)
def test_a_party_organisation_counts_by_its_body_and_a_leading_one_may_have_more(
    unit: str, group: str, many: int, outcomes: list[str]
) -> None:
    rows = [candidate([unit, group, "individual"], str(n)) for n in range(many)]
    found = [meter.outcome.value for meter in meters(PARTIES, rows) if meter.possible]
    assert found == outcomes


def test_whether_one_more_fits_where_the_unit_may_be_a_leading_one() -> None:
    row = candidate(["Sở Y tế", "departments", "individual"])
    outcomes = [next_one(PARTIES, [row] * many, row).outcome.value for many in (0, 1, 2)]
    assert outcomes == ["met", "unknown", "not_met"]


SUBJECTS: list[Subject] = ["individual", "collective", "household"]
CANDIDATES = st.builds(
    Candidate,
    ref=st.text(max_size=3),
    subject=st.sampled_from(SUBJECTS),
    units=st.sampled_from([("Xã A",), ("Phường B",), ("Sở C",), ()]),
    group=st.sampled_from(["communes", "departments", None]),
    groups=st.sampled_from([frozenset({"leader"}), frozenset(), None]),
)
LIMITS = st.builds(
    Limit,
    code=st.just("a"),
    label=st.just("b"),
    most=st.integers(0, 4),
    subjects=st.sampled_from([frozenset(), frozenset({"individual"})]),
    marks=st.sampled_from([frozenset(), frozenset({"leader"})]),
    per=st.sampled_from(["unit", "all"]),
    group=st.sampled_from([None, "communes", "all"]),
)


@settings(deadline=None)
@given(limit=LIMITS, listed=st.lists(CANDIDATES, max_size=8), one=CANDIDATES)
def test_one_more_fits_just_where_the_list_with_it_keeps_the_limit(
    limit: Limit, listed: list[Candidate], one: Candidate
) -> None:
    fits = next_one([limit], listed, one).outcome
    place = one.units[0] if one.units and limit.per == "unit" else ""
    after = [meter for meter in meters([limit], [*listed, one]) if meter.unit in ("", place)]
    before = [meter for meter in meters([limit], listed) if meter.unit in ("", place)]
    counted = sum(meter.possible for meter in after) > sum(meter.possible for meter in before)

    if fits is Outcome.MET:
        assert all(meter.outcome is Outcome.MET for meter in after) or not counted
    if fits is Outcome.NOT_MET:
        assert any(meter.outcome is Outcome.NOT_MET for meter in after)
