"""docs/reference/scoring.md tells every choice of a table, its formulas can be read, its example is reckoned so."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec import structs

from scoring_tables import judged
from thidua.explain import sentence
from thidua.scoring.decimals import RoundingRule, in_words
from thidua.scoring.parsing import DEEPEST, LONGEST, parse
from thidua.scoring.parts import (
    Criterion,
    CriterionKind,
    Input,
    InputSource,
    Order,
    Rounding,
    Section,
    TieBreaker,
    TieBy,
)
from thidua.scoring.points import Entry, Score, score_sheet
from thidua.scoring.ranking import rank
from thidua.scoring.rows import HEADERS
from thidua.scoring.table import load_table
from thidua.scoring.what_if import what_if

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "scoring.md").read_text(encoding="utf-8")
TABLE = load_table(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[0])


@pytest.mark.parametrize("choices", [InputSource, CriterionKind, TieBy, Order, RoundingRule])
def test_every_choice_is_told(choices: Any) -> None:
    assert [choice for choice in get_args(choices) if f"`{choice}`" not in PAGE] == []


@pytest.mark.parametrize("part", [Section, Criterion, Input, TieBreaker, Rounding])
def test_every_field_is_told(part: type) -> None:
    fields = [field.name for field in structs.fields(part) if field.name != "inputs"]

    assert [field for field in fields if f"`{field}`" not in PAGE] == []


def test_every_formula_of_the_page_can_be_read() -> None:
    section = PAGE.partition("## Công thức")[2].partition("## ")[0]
    formulas = re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)

    assert len(formulas) > 5
    assert all(parse(formula) for formula in formulas)
    assert f"{LONGEST} ký tự" in section
    assert f"{DEEPEST} lớp" in section


def test_every_column_of_the_sheet_is_told() -> None:
    assert ", ".join(HEADERS) in " ".join(PAGE.split())


def _scores() -> list[Score]:
    def entries(target: int, result: int, percent: int, points: str, *, evidence: bool = True) -> dict[str, Entry]:
        return {
            "thu": Entry(inputs={"a": Decimal(target), "b": Decimal(result)}),
            "giai_ngan": Entry(inputs={"p": Decimal(percent)}),
            "phong_trao": judged(points, evidence=evidence),
        }

    return [
        score_sheet(TABLE, entries(100, 95, 96, "7"), unit="Xã A"),
        score_sheet(TABLE, entries(100, 110, 91, "7.4"), unit="Xã B"),
        score_sheet(TABLE, entries(100, 100, 98, "8", evidence=False), unit="Xã C"),
    ]


def test_the_example_is_reckoned_as_the_page_says() -> None:
    for score in _scores():
        cells = [part.working.in_words() for part in score.by_criterion.values()]
        total = f" {in_words(score.total)} |" if score.total is not None else " |"
        assert f"| {score.unit} | {' | '.join(cells)} |{total}" in PAGE


def test_the_example_is_ranked_as_the_page_says() -> None:
    scores = _scores()
    ranking = rank(scores, TABLE.tie_breakers, labels=TABLE.labels)
    (apart,) = ranking.incomplete
    (doubt,) = what_if(TABLE, scores)

    assert [(row.unit, row.rank) for row in ranking.rows] == [("Xã A", 1), ("Xã B", 2)]
    assert f"Xã A hạng 1. {sentence(ranking.rows[0].findings[0])}" in PAGE
    assert sentence(scores[1].findings[0]).partition(": ")[2] in PAGE
    assert f"{sentence(apart.finding)} Chấm 8" in PAGE
    assert f"tổng từ {in_words(apart.least)} đến {in_words(apart.most)}" in PAGE
    assert doubt.turns_up is not None
    assert f"chỉ cần {in_words(doubt.turns_up)} điểm" in PAGE
    assert (set(doubt.passes), doubt.rank_most, doubt.first) == ({"Xã A", "Xã B"}, 1, True)
