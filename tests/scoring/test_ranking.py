"""Ranks: by total, by the chain of tie-breakers, shared where it is exhausted; who cannot be ranked stands apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring_tables import EXAMPLE, fields, judged, reported, scored, sheet, simple
from thidua.explain import LANGUAGES, sentence
from thidua.scoring.parts import TieBreaker
from thidua.scoring.points import Entry, Score, UnitFacts, score_sheet
from thidua.scoring.ranking import Ranking, rank, sort_key

CHAIN = (
    TieBreaker(by="criterion", of="a", label="Tiêu chí A"),
    TieBreaker(by="deductions"),
    TieBreaker(by="first_report"),
    TieBreaker(by="count", of="mo_hinh", label="Số mô hình"),
    TieBreaker(by="council"),
)
TABLE = simple("a", "b", "-tru", chain=CHAIN)


def ranked(*scores: Score, **more: Any) -> Ranking:
    return rank(scores, TABLE.tie_breakers, labels=TABLE.labels, **more)


def _ranks(ranking: Ranking) -> list[tuple[str, int]]:
    return [(row.unit, row.rank) for row in ranking.rows]


def _sentences(ranking: Ranking, unit: str) -> list[str]:
    return [sentence(finding) for finding in ranking.by_unit[unit].findings]


def test_units_stand_by_their_total() -> None:
    ranking = ranked(sheet(TABLE, "x", a=5, b=5), sheet(TABLE, "y", a=9, b=5), sheet(TABLE, "z", a=5, b=8, tru=1))

    assert _ranks(ranking) == [("y", 1), ("z", 2), ("x", 3)]
    assert [row.total for row in ranking.rows] == [14, 12, 10]
    assert all(row.findings == () for row in ranking.rows)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({"a": 8, "b": 2}, {"a": 7, "b": 3}, "hơn Y ở tiêu chí “Tiêu chí A”: 8,0 so với 7,0."),
        ({"a": 7, "b": 3}, {"a": 7, "b": 5, "tru": 2}, "hơn Y ở chỗ ít điểm trừ hơn: 0 so với 2,0."),
    ],
)
def test_of_equal_total_the_chain_decides_and_says_where(first: Any, second: Any, words: str) -> None:
    ranking = ranked(sheet(TABLE, "x", **first), sheet(TABLE, "y", **second), names={"y": "Y"})

    assert _ranks(ranking) == [("x", 1), ("y", 2)]
    assert _sentences(ranking, "x") == [f"Bằng tổng điểm, {words}"]
    assert _sentences(ranking, "y") == []


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (
            reported("2025-03-14"),
            reported("2025-03-15"),
            "ở báo cáo đầu tiên gửi sớm hơn: 14/03/2025 so với 15/03/2025",
        ),
        (reported("2025-03-14", mo_hinh=3), reported("2025-03-14", mo_hinh=2), "ở “Số mô hình”: 3 so với 2"),
        (reported("2025-03-14"), UnitFacts(), "chưa có báo cáo nào được ghi nhận"),
        (reported("2025-03-14", mo_hinh=0), reported("2025-03-14"), "chưa có số liệu “Số mô hình”"),
    ],
)
def test_facts_of_the_units_decide_further_down(first: UnitFacts, second: UnitFacts, words: str) -> None:
    ranking = ranked(sheet(TABLE, "x", second, a=5, b=5), sheet(TABLE, "y", first, a=5, b=5))

    assert _ranks(ranking) == [("y", 1), ("x", 2)]
    assert words in _sentences(ranking, "y")[0]


def test_where_the_chain_is_exhausted_the_rank_is_shared_and_the_next_left_out() -> None:
    ranking = ranked(*(sheet(TABLE, unit, a=a, b=5) for unit, a in (("x", 5), ("y", 9), ("z", 5), ("u", 1))))

    assert _ranks(ranking) == [("y", 1), ("x", 2), ("z", 2), ("u", 4)]
    assert [row.shared for row in ranking.rows] == [False, True, True, False]
    assert _sentences(ranking, "x") == [
        "Đồng hạng 2 với z: bằng nhau ở tổng điểm và ở mọi cách phân định; Hội đồng quyết định."
    ]
    assert rank([sheet(TABLE, u, a=1, b=1) for u in "xy"], ()).rows[0].findings[0].code == "scoring.rank_shared"


def test_a_unit_without_a_complete_score_is_not_last_but_apart() -> None:
    ranking = ranked(sheet(TABLE, "x", a=1, b=1), sheet(TABLE, "y", a=9, tru=1), names={"y": "Sở Y"})
    (apart,) = ranking.incomplete

    assert _ranks(ranking) == [("x", 1)]
    assert (apart.unit, apart.known, apart.least, apart.most, apart.missing) == ("y", 8, 8, 18, ("b",))
    assert sentence(apart.finding) == "Sở Y chưa xếp hạng được, còn 1 tiêu chí chưa có điểm: b."


def test_a_dissolved_unit_has_no_rank_and_takes_none() -> None:
    ranking = ranked(sheet(TABLE, "x", a=1, b=1), sheet(TABLE, "y", a=9, b=9), dissolved={"y"})

    assert (_ranks(ranking), ranking.dissolved) == ([("x", 1)], ("y",))


def test_two_sheets_of_one_unit_are_refused() -> None:
    with pytest.raises(ValueError, match="two scores for x"):
        ranked(sheet(TABLE, "x", a=1), sheet(TABLE, "x", a=2))


def test_the_example_ranks_by_its_sections_first() -> None:
    def entries(economy: str, emulation: str) -> dict[str, Any]:
        inputs = {"thu_ngan_sach": {"a": Decimal(100), "b": Decimal(economy)}}
        known = {c.key: judged(0) for c in EXAMPLE.criteria if c.formula == "judged" and c.kind == "standard"}
        figures = {
            c.key: Entry(inputs=inputs.get(c.key, {i.key: Decimal(1) for i in c.inputs}), evidence=True)
            for c in EXAMPLE.criteria
            if c.formula != "judged" and c.kind == "standard"
        }
        return known | figures | {"sinh_hoat_khoi": judged(emulation)}

    scores = [score_sheet(EXAMPLE, entries("90", "2"), unit="x"), score_sheet(EXAMPLE, entries("100", "1"), unit="y")]
    ranking = rank(scores, EXAMPLE.tie_breakers, labels=EXAMPLE.labels)

    assert scores[0].total == scores[1].total
    assert _ranks(ranking) == [("y", 1), ("x", 2)]
    assert "ở mục “Thực hiện các chỉ tiêu kinh tế - xã hội”" in _sentences(ranking, "y")[0]


# --- Properties


@settings(deadline=None)
@given(field=fields(), data=st.data())
def test_the_order_of_the_sheets_does_not_matter(field: Any, data: st.DataObject) -> None:
    scores = scored(*field)
    shuffled = data.draw(st.permutations(scores))

    assert rank(shuffled, field[0].chain) == rank(scores, field[0].chain)


@settings(deadline=None)
@given(field=fields())
def test_equals_share_a_rank_and_nobody_else_does(field: Any) -> None:
    table, _ = field
    scores = scored(*field)
    keys = {score.unit: sort_key(score, table.chain) for score in scores}
    ranking = rank(scores, table.chain)
    for row in ranking.rows:
        assert row.rank == 1 + sum(keys[other] > keys[row.unit] for other in keys)
        assert row.shared == (sum(keys[other] == keys[row.unit] for other in keys) > 1)
        assert all(sentence(finding, language) for finding in row.findings for language in LANGUAGES)


@settings(deadline=None)
@given(field=fields(), data=st.data())
def test_more_points_never_lower_a_rank(field: Any, data: st.DataObject) -> None:
    table, sheets = field
    before = rank(scored(table, sheets), table.chain).by_unit["u0"].rank
    key = data.draw(st.sampled_from(["a", "b", "thuong", "tru"]))
    change = data.draw(st.integers(1, 3)) * (-1 if key == "tru" else 1)
    sheets[0][key] = max(0, sheets[0][key] + change)

    assert rank(scored(table, sheets), table.chain).by_unit["u0"].rank <= before
