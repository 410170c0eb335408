"""Points of a criterion (cases in points.toml), of a sheet, and of the three who give them."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring_tables import EXAMPLE, judged, reported, sheet, simple, tables
from thidua.explain import LANGUAGES, sentence
from thidua.scoring.parts import ScoringTable
from thidua.scoring.points import Entry, score_criterion, score_sheet
from thidua.scoring.sources import compare, settle_sheet, settled

CASES = tomllib.loads(Path(__file__).with_name("points.toml").read_text("utf-8"))["case"]
VALUES = st.none() | st.decimals(min_value=-5, max_value=120, places=1)


def _number(case: dict[str, Any], key: str) -> Decimal | None:
    return Decimal(case[key]) if key in case else None


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case['criterion']}" for n, case in enumerate(CASES)])
def test_points_of_a_criterion(case: dict[str, Any]) -> None:
    inputs = {key: Decimal(value) for key, value in case.get("inputs", {}).items()}
    points = score_criterion(
        EXAMPLE.by_key[case["criterion"]], inputs, _number(case, "judged"), evidence=case.get("evidence", True)
    )

    assert points.points == _number(case, "points")
    assert (points.least, points.most) == (
        (points.points, points.points) if "points" in case else (Decimal(case["least"]), Decimal(case["most"]))
    )
    assert [finding.code for finding in points.findings] == case.get("findings", [])
    assert all(sentence(finding, language) for finding in points.findings for language in LANGUAGES)
    if "words" in case:
        assert points.working.in_words() == case["words"]


def test_points_keep_the_decimals_of_the_table() -> None:
    points = score_criterion(EXAMPLE.by_key["thu_ngan_sach"], {"a": Decimal(2), "b": Decimal(1)})

    assert str(points.points) == "5.00"
    assert points.working.in_words("en") == "1/2 × 10 = 5.00"


def test_what_is_claimed_without_evidence_is_told() -> None:
    points = score_criterion(EXAMPLE.by_key["chuyen_doi_so"], {}, Decimal(5), evidence=False)

    assert (points.points, points.claimed, points.in_doubt) == (None, 5, True)


def _entries(draw: st.DrawFn, table: ScoringTable) -> dict[str, Entry]:
    return {
        criterion.key: Entry(
            inputs={part.key: draw(VALUES) for part in criterion.inputs},
            judged=draw(VALUES),
            evidence=draw(st.booleans()),
        )
        for criterion in table.criteria
    }


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_the_total_is_the_sum_of_the_points(data: st.DataObject) -> None:
    table = data.draw(tables())
    score = score_sheet(table, _entries(data.draw, table))
    sums = {"standard": Decimal(0), "bonus": Decimal(0), "deduction": Decimal(0)}
    for key, points in score.by_criterion.items():
        criterion = table.by_key[key]
        low, high = criterion.bounds
        assert low <= points.least <= points.most <= high
        assert points.points is None or points.least == points.points == points.most
        assert all(sentence(finding, language) for finding in points.findings for language in LANGUAGES)
        assert all(points.working.in_words(language) for language in LANGUAGES)
        sums[criterion.kind] += points.points or 0

    bonus = min(sums["bonus"], Decimal(10**6) if table.bonus_cap is None else table.bonus_cap)
    deducted = min(-sums["deduction"], Decimal(10**6) if table.deduction_cap is None else table.deduction_cap)
    assert score.known == sums["standard"] + bonus - deducted
    assert score.total == (None if score.missing else score.known)
    assert score.least <= score.known <= score.most or score.missing


def test_bonus_and_deductions_are_capped_by_the_table() -> None:
    table = simple("a", "+b", "+c", bonus_cap=Decimal(5))
    score = sheet(table, "x", a=8, b=4, c=3)

    assert (score.total, score.bonus) == (13, 5)
    assert [finding.code for finding in score.findings] == ["scoring.bonus_capped"]
    assert sentence(score.findings[0]) == "Điểm thưởng cộng lại 7,0, bảng cho nhiều nhất 5; tính 5."


def test_a_sheet_with_a_hole_has_no_total_but_a_range() -> None:
    score = sheet(simple("a", "b", "-c"), "x", a=8, c=2)

    assert (score.total, score.known, score.least, score.most, score.missing) == (None, 6, 6, 16, ("b",))
    assert score.by_section == {"muc": 8}


def test_an_entry_for_no_criterion_is_told() -> None:
    score = score_sheet(simple("a"), {"a": judged(8), "z": judged(1)})

    assert (score.total, [finding.code for finding in score.findings]) == (8, ["scoring.strange_criterion"])


# --- Three sources


def test_the_standing_body_counts_before_the_peers_and_they_before_the_unit() -> None:
    table = simple("a", "b", "c", "+d")
    own = sheet(table, "x", a=9, b=8, c=7)
    peer = sheet(table, "x", a=8, b=8)
    standing = sheet(table, "x", a="8.5")
    score = settle_sheet(table, own, peer, standing)

    assert {key: (part.points, part.source) for key, part in score.by_criterion.items()} == {
        "a": (Decimal("8.5"), "standing"),
        "b": (8, "peer"),
        "c": (7, "own"),
        "d": (0, None),
    }
    assert score.total == Decimal("23.5") == sum(part.points for part in score.by_criterion.values())
    assert [(key, part.least, part.most) for key, part in score.by_criterion.items() if part.in_doubt] == [("a", 8, 9)]


def test_what_nobody_gave_is_missing() -> None:
    table = simple("a", "b")
    score = settle_sheet(table, sheet(table, "x", a=9), sheet(table, "x", a=9), None)

    assert score.missing == ("b",)


def test_a_difference_within_the_tolerance_is_no_doubt() -> None:
    table = simple("a")
    own, peer = sheet(table, "x", a=9), sheet(table, "x", a="8.5")

    assert not settle_sheet(table, own, peer, tolerance=Decimal("0.5")).by_criterion["a"].in_doubt
    assert compare(table, own, peer, tolerance=Decimal("0.5")) == ()


def test_a_reviewer_who_misses_evidence_leaves_it_open() -> None:
    table = EXAMPLE
    own = score_sheet(table, {"chuyen_doi_so": judged(5)}, unit="x")
    standing = score_sheet(table, {"chuyen_doi_so": judged(4, evidence=False)}, unit="x")
    part = settle_sheet(table, own, None, standing).by_criterion["chuyen_doi_so"]

    assert (part.points, part.claimed, part.least, part.most, part.source) == (None, 4, 0, 4, "standing")


def test_disagreements_come_by_their_weight_on_the_total() -> None:
    table = simple("a", "b", "+c", "d", bonus_cap=Decimal(1))
    own = sheet(table, "x", a=9, b=9, c=8, d=5)
    peer = sheet(table, "x", a=8, b=6, c=2, d=5)
    standing = sheet(table, "x", a=8)
    found = compare(table, own, peer, standing)

    assert [(d.criterion, d.size, d.weight, d.settled_by) for d in found] == [
        ("b", 3, 3, "peer"),
        ("c", 6, 1, "peer"),
        ("a", 1, 1, "standing"),
    ]
    assert sentence(found[0].finding) == "b: điểm chênh nhau 3,0 (thấp nhất 6,0, cao nhất 9,0)."


def test_facts_of_the_unit_come_along() -> None:
    table = simple("a")
    own = sheet(table, "x", reported("2025-03-20", mo_hinh=3), a=1)
    standing = sheet(table, "x", reported("2025-03-14", mo_hinh=2), a=1)
    score = settle_sheet(table, own, None, standing)

    assert (str(score.first_report), score.counts) == ("2025-03-14", {"mo_hinh": 2})


def test_nobodys_points_cannot_be_settled() -> None:
    with pytest.raises(ValueError, match="nobody"):
        settled(None)
    with pytest.raises(ValueError, match="nobody"):
        settle_sheet(simple("a"), None)
