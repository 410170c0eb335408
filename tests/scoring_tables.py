"""Scoring tables and sheets for tests: the example of a bloc, and small ones made up by hypothesis."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from thidua.scoring.parts import Criterion, Input, Rounding, ScoringTable, Section, TieBreaker
from thidua.scoring.points import Entry, Score, UnitFacts, score_sheet
from thidua.scoring.table import example_text, load_table

EXAMPLE_TEXT = example_text()
EXAMPLE = load_table(EXAMPLE_TEXT)

_LABELS = (
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=12)
    .filter(lambda text: "|" not in text)
    .map(lambda text: unicodedata.normalize("NFC", text))
)
_HALVES = st.integers(0, 20).map(lambda n: Decimal(n) / 2)


@st.composite
def tables(draw: st.DrawFn) -> ScoringTable:
    """Tables without a fault: sums that agree, formulas of their own inputs, a chain of whatever there is."""
    criteria = [_criterion(draw, n) for n in range(draw(st.integers(1, 5)))]
    sums: dict[str, Decimal] = {"s0": Decimal(0), "s1": Decimal(0)}
    for criterion in criteria:
        if criterion.kind == "standard":
            sums[criterion.section] += criterion.max_points
    sections = tuple(Section(key=key, label=draw(_LABELS), max_points=points) for key, points in sums.items())
    return ScoringTable(
        title=draw(_LABELS),
        total=draw(st.sampled_from([None, sum(sums.values(), Decimal(0))])),
        rounding=Rounding(places=draw(st.integers(1, 3)), rule=draw(st.sampled_from(["half_up", "half_even", "down"]))),
        bonus_cap=draw(st.none() | _HALVES),
        deduction_cap=draw(st.none() | _HALVES),
        sections=sections,
        criteria=tuple(criteria),
        tie_breakers=tuple(_chain(draw, criteria)),
    )


def _criterion(draw: st.DrawFn, number: int) -> Criterion:
    kind = draw(st.sampled_from(["standard", "standard", "bonus", "deduction"]))
    share = draw(st.sampled_from([0, 0, 10, 100])) if kind != "deduction" else 0
    formula = draw(st.sampled_from(["judged", "b/a × chuẩn", "nếu b/a ≥ 1 thì chuẩn; còn lại b"]))
    inputs = [] if formula == "judged" else [_input(draw, "a"), _input(draw, "b")]
    inputs += [Input(key="ks", label=draw(_LABELS), unit="%", source="survey")] if share else []
    points = draw(_HALVES)
    return Criterion(
        key=f"c{number}",
        section=draw(st.sampled_from(["s0", "s1"])) if kind == "standard" else draw(st.sampled_from(["", "s1"])),
        label=draw(_LABELS),
        max_points=points,
        formula=formula,
        inputs=tuple(inputs),
        evidence_required=draw(st.booleans()),
        kind=kind,
        cap=draw(st.sampled_from([None, points, points + 1])),
        survey_share=Decimal(share),
    )


def _input(draw: st.DrawFn, key: str) -> Input:
    sources = ["value", "target", "percent", "count", "yes_no"]
    return Input(key=key, label=draw(_LABELS), unit=draw(st.just("") | _LABELS), source=draw(st.sampled_from(sources)))


def _chain(draw: st.DrawFn, criteria: list[Criterion]) -> list[TieBreaker]:
    links = [
        TieBreaker(by="section", of="s0"),
        TieBreaker(by="criterion", of=criteria[0].key, label="hơn nhau"),
        TieBreaker(by="deductions"),
        TieBreaker(by="bonus"),
        TieBreaker(by="first_report"),
        TieBreaker(by="count", of="mo_hinh", label="mô hình", order=draw(st.sampled_from(["most", "fewest"]))),
    ]
    chosen = draw(st.lists(st.sampled_from(links), unique=True, max_size=4))
    return [*chosen, *draw(st.sampled_from([[], [TieBreaker(by="council")]]))]


def judged(points: str | int, *, evidence: bool = True) -> Entry:
    return Entry(judged=Decimal(points), evidence=evidence)


def simple(
    *criteria: str, chain: tuple[TieBreaker, ...] = (), places: int = 1, bonus_cap: Decimal | None = None
) -> ScoringTable:
    """A table of judged criteria of ten points each; "+x" is a bonus, "-x" a deduction."""
    kinds: Mapping[str, str] = {"+": "bonus", "-": "deduction"}
    parts = [(name.lstrip("+-"), kinds.get(name[0], "standard")) for name in criteria]
    standard = sum(kind == "standard" for _, kind in parts)
    return ScoringTable(
        title="Bảng",
        total=Decimal(10 * standard),
        rounding=Rounding(places=places),
        bonus_cap=bonus_cap,
        sections=(Section(key="muc", label="Mục", max_points=Decimal(10 * standard)),),
        criteria=tuple(
            Criterion(
                key=key, label=key, section="muc" if kind == "standard" else "", max_points=Decimal(10), kind=kind
            )
            for key, kind in parts
        ),
        tie_breakers=chain,
    )


def sheet(table: ScoringTable, unit: str, facts: UnitFacts | None = None, /, **points: str | int) -> Score:
    """A sheet of judged points, everything with its evidence."""
    entries = {key: judged(value) for key, value in points.items()}
    return score_sheet(table, entries, unit=unit, facts=facts)


def reported(day: str, **counts: int) -> UnitFacts:
    numbers = {key: Decimal(value) for key, value in counts.items()}
    return UnitFacts(first_report=datetime.date.fromisoformat(day), counts=numbers)


# --- Fields of units of few different points, so that ties are common

LINKS = (
    TieBreaker(by="criterion", of="a"),
    TieBreaker(by="section", of="muc"),
    TieBreaker(by="deductions"),
    TieBreaker(by="bonus"),
    TieBreaker(by="first_report"),
    TieBreaker(by="count", of="mo_hinh", label="Số mô hình"),
)
_POINTS = st.integers(0, 4)
_DAYS = st.sampled_from([None, "2025-03-14", "2025-03-15"])


@st.composite
def fields(draw: st.DrawFn, units: int = 6) -> tuple[ScoringTable, list[dict[str, Any]]]:
    """A table with any chain, and sheets of few different points, so that ties are common."""
    chain = tuple(draw(st.lists(st.sampled_from(LINKS), unique=True)))
    table = simple("a", "b", "+thuong", "-tru", chain=chain, bonus_cap=draw(st.sampled_from([None, Decimal(2)])))
    keys = [criterion.key for criterion in table.criteria]
    sheets: list[dict[str, Any]] = [{key: draw(_POINTS) for key in keys} for _ in range(draw(st.integers(1, units)))]
    for points in sheets:
        day, models = draw(_DAYS), draw(st.none() | st.integers(0, 1))
        points["facts"] = UnitFacts(
            first_report=reported(day).first_report if day else None,
            counts={} if models is None else {"mo_hinh": Decimal(models)},
        )
    return table, sheets


def scored(table: ScoringTable, sheets: list[dict[str, Any]]) -> list[Score]:
    return [
        sheet(table, f"u{n}", points["facts"], **{key: value for key, value in points.items() if key != "facts"})
        for n, points in enumerate(sheets)
    ]
