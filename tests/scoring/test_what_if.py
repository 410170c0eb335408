"""What if a doubtful point fell: against trying every value, one by one."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring_tables import EXAMPLE, fields, judged, scored, sheet, simple
from thidua.explain import LANGUAGES, sentence
from thidua.scoring.decimals import from_steps, to_steps
from thidua.scoring.parts import ScoringTable, TieBreaker
from thidua.scoring.points import Score, UnitFacts, score_sheet
from thidua.scoring.ranking import rank
from thidua.scoring.sources import settle_sheet
from thidua.scoring.what_if import Doubt, smallest_change, smallest_changes, what_if

CHAIN = (TieBreaker(by="criterion", of="a"),)


def test_a_point_in_quarrel_that_would_change_the_first_place() -> None:
    table = simple("a", "b", chain=CHAIN)
    quarrel = settle_sheet(table, sheet(table, "x", a=9, b=8), None, sheet(table, "x", a=9, b=6))
    (doubt,) = what_if(table, [quarrel, sheet(table, "y", a=9, b=7), sheet(table, "z", a=1, b=1)])

    assert (doubt.unit, doubt.criterion, doubt.reason) == ("x", "b", "disagreement")
    assert (doubt.counted, doubt.rank, doubt.rank_least, doubt.rank_most) == (6, 2, 2, 1)
    assert (doubt.passes, doubt.passed_by, doubt.turns_up, doubt.turns_down) == (("y",), (), 7, None)
    assert (doubt.first, doubt.touches("y"), doubt.touches("z")) == (True, True, False)
    assert sentence(doubt.finding) == (
        "b: từ 6,0 đến 8,0 điểm thì đơn vị đứng từ hạng 2 đến hạng 1 (đang tính hạng 2)."
    )


def test_a_point_in_quarrel_that_changes_nothing() -> None:
    table = simple("a", "b", chain=CHAIN)
    quarrel = settle_sheet(table, sheet(table, "x", a=9, b=8), None, sheet(table, "x", a=9, b=6))
    (doubt,) = what_if(table, [quarrel, sheet(table, "y", a=1, b=1)])

    assert not doubt.matters
    assert (doubt.turns_up, doubt.turns_down, doubt.first) == (None, None, False)


def test_evidence_that_is_missing_counts_nothing_until_it_is_there() -> None:
    def entries(points: str, *, evidence: bool) -> dict[str, Any]:
        return {"chuyen_doi_so": judged(points, evidence=evidence)}

    scores = [
        score_sheet(EXAMPLE, entries("5", evidence=False), unit="x"),
        score_sheet(EXAMPLE, entries("3", evidence=True), unit="y"),
    ]
    doubts = {(doubt.unit, doubt.criterion): doubt for doubt in what_if(EXAMPLE, scores)}
    evidence, missing = doubts["x", "chuyen_doi_so"], doubts["x", "thu_ngan_sach"]

    assert (evidence.reason, evidence.counted, evidence.most, evidence.rank, evidence.rank_most) == (
        "evidence", 0, 5, 2, 1,
    )  # fmt: skip
    assert (missing.reason, missing.least, missing.most) == ("missing", 0, 10)


def test_the_smallest_change_says_how_little_and_where() -> None:
    table = simple("a", "b", chain=CHAIN)
    scores = [sheet(table, "x", a=5, b=10), sheet(table, "y", a=7, b=9), sheet(table, "z", a=4, b="10.0")]
    change = smallest_change(table, scores, "x")

    # One point on a draws level with y, which has more in a still; there is no room on b. To fall level with z is no
    # other rank yet.
    assert (change.rank, change.up, change.up_rank, change.up_on) == (2, Decimal("1.1"), 1, ("a",))
    assert (change.down, change.down_rank, change.down_on) == (Decimal("1.1"), 3, ("a", "b"))


def test_the_first_can_only_fall_and_the_only_one_not_at_all() -> None:
    table = simple("a")
    alone = smallest_change(table, [sheet(table, "x", a=5)], "x")

    assert (alone.rank, alone.up, alone.up_on, alone.down, alone.down_on) == (1, None, (), None, ())
    with pytest.raises(KeyError):
        smallest_change(table, [], "x")


# --- Against brute force


def _with_doubts(table: ScoringTable, scores: list[Score], draw: st.DrawFn) -> list[Score]:
    """Some points in quarrel, some not given at all."""
    settled = []
    for score in scores:
        own = {key: abs(part.points or 0) for key, part in score.by_criterion.items()}
        other = {key: draw(st.integers(0, 4)) for key in draw(st.sets(st.sampled_from(sorted(own)), max_size=2))}
        lost = draw(st.sets(st.sampled_from(["a", "b"]), max_size=1))
        facts = UnitFacts(first_report=score.first_report, counts=score.counts)
        mine = sheet(table, score.unit, facts, **{k: v for k, v in own.items() if k not in lost})
        settled.append(settle_sheet(table, mine, None, sheet(table, score.unit, facts, **other)))
    return settled


def _counted(scores: list[Score]) -> dict[str, dict[str, Decimal]]:
    return {
        score.unit: {
            key: part.least if part.points is None else part.points for key, part in score.by_criterion.items()
        }
        for score in scores
    }


def _ranks(table: ScoringTable, scores: list[Score], points: Mapping[str, Mapping[str, Decimal]]) -> dict[str, int]:
    facts = {score.unit: UnitFacts(first_report=score.first_report, counts=score.counts) for score in scores}
    sheets = [
        sheet(table, unit, facts[unit], **{key: abs(value) for key, value in own.items()})
        for unit, own in points.items()
    ]
    return {row.unit: row.rank for row in rank(sheets, table.chain).rows}


def _order(ranks: Mapping[str, int], unit: str) -> dict[str, int]:
    return {other: (place > ranks[unit]) - (place < ranks[unit]) for other, place in ranks.items() if other != unit}


def _tried(
    table: ScoringTable, scores: list[Score], unit: str, key: str, ends: tuple[Decimal, Decimal]
) -> Iterator[tuple[Decimal, dict[str, int]]]:
    places = table.rounding.places
    low, high = (to_steps(end, places) for end in ends)
    for steps in range(low, high + 1):
        points = _counted(scores)
        points[unit][key] = from_steps(steps, places)
        yield points[unit][key], _ranks(table, scores, points)


def _agrees(doubt: Doubt, table: ScoringTable, scores: list[Score], first: int) -> None:
    before = _ranks(table, scores, _counted(scores))
    order = _order(before, doubt.unit)
    tried = list(_tried(table, scores, doubt.unit, doubt.criterion, (doubt.least, doubt.most)))
    changed = {
        value: {o for o, sign in _order(ranks, doubt.unit).items() if sign != order[o]} for value, ranks in tried
    }
    up = {value: others for value, others in changed.items() if value > doubt.counted and others}
    down = {value: others for value, others in changed.items() if value < doubt.counted and others}
    top = {unit: place for unit, place in before.items() if place <= first}

    assert doubt.rank == before[doubt.unit]
    assert (doubt.rank_least, doubt.rank_most) == (tried[0][1][doubt.unit], tried[-1][1][doubt.unit])
    assert set(doubt.passes) == set().union(*up.values())
    assert set(doubt.passed_by) == set().union(*down.values())
    assert (doubt.turns_up, doubt.turns_down) == (min(up, default=None), max(down, default=None))
    assert doubt.matters == bool(up or down)
    assert doubt.first == any({u: p for u, p in ranks.items() if p <= first} != top for _, ranks in tried)


@settings(deadline=None, max_examples=40)
@given(field=fields(units=4), data=st.data())
def test_what_if_agrees_with_trying_every_value(field: Any, data: st.DataObject) -> None:
    table = field[0]
    scores = _with_doubts(table, scored(*field), data.draw)
    first = data.draw(st.integers(1, 3))
    doubts = what_if(table, scores, first=first)

    assert {(d.unit, d.criterion) for d in doubts} == {
        (score.unit, key) for score in scores for key, part in score.by_criterion.items() if part.in_doubt
    }
    assert [doubt.first for doubt in doubts] == sorted((doubt.first for doubt in doubts), reverse=True)
    for doubt in doubts[:4]:
        _agrees(doubt, table, scores, first)
        assert all(sentence(doubt.finding, language) for language in LANGUAGES)


@settings(deadline=None, max_examples=15)
@given(field=fields(units=4))
def test_the_smallest_change_agrees_with_trying_every_value(field: Any) -> None:
    table = field[0]
    scores = scored(*field)
    change = smallest_change(table, scores, "u0")
    ups: dict[str, Decimal] = {}
    downs: dict[str, Decimal] = {}
    for criterion in table.criteria:
        now = _counted(scores)["u0"][criterion.key]
        for value, ranks in _tried(table, scores, "u0", criterion.key, criterion.bounds):
            if ranks["u0"] < change.rank:
                ups[criterion.key] = min(ups.get(criterion.key, Decimal(99)), value - now)
            if ranks["u0"] > change.rank:
                downs[criterion.key] = min(downs.get(criterion.key, Decimal(99)), now - value)

    assert change.up == min(ups.values(), default=None)
    assert change.down == min(downs.values(), default=None)
    assert set(change.up_on) == {key for key, more in ups.items() if more == change.up}
    assert set(change.down_on) == {key for key, less in downs.items() if less == change.down}


def test_sixty_units_and_sixty_criteria_are_quick() -> None:
    """Every point in quarrel; the bound is wide, for a busy machine: measured, it takes about a tenth of it."""
    keys = [f"c{n}" for n in range(60)]
    table = simple(*keys, places=2, chain=(TieBreaker(by="criterion", of="c1"), TieBreaker(by="section", of="muc")))
    own = [sheet(table, f"u{n}", **{key: (n * 7 + m) % 10 for m, key in enumerate(keys)}) for n in range(60)]
    peer = [sheet(table, f"u{n}", **{key: (n * 3 + m) % 10 for m, key in enumerate(keys)}) for n in range(60)]
    scores = [settle_sheet(table, mine, theirs) for mine, theirs in zip(own, peer, strict=True)]
    start = time.process_time()
    doubts = what_if(table, scores)
    asked = time.process_time()
    changes = smallest_changes(table, scores)

    assert len(doubts) > 2500
    assert len(changes) == 60
    assert asked - start < 5
    assert time.process_time() - asked < 5


def test_only_the_points_of_some_units_are_asked_for() -> None:
    table = simple("a", "b")
    own = [sheet(table, f"u{n}", a=n, b=5) for n in range(4)]
    peer = [sheet(table, f"u{n}", a=n + 1, b=4) for n in range(4)]
    scores = [settle_sheet(table, mine, theirs) for mine, theirs in zip(own, peer, strict=True)]
    every = what_if(table, scores)
    assert what_if(table, scores, units={"u1", "u3"}) == tuple(one for one in every if one.unit in ("u1", "u3"))
    assert what_if(table, scores, units=()) == ()
