"""The ranking with its reasons, what would change it, and the intervals as a drawing that prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
from django.utils.translation import gettext

from thidua.explain import sentence
from thidua.findings import Finding
from thidua.scoring.decimals import in_words
from thidua.scoring.parts import ScoringTable
from thidua.scoring.what_if import Doubt
from thidua_web.progress.pages.score_tables import language, say_points

# What a tie-breaker compares: points, or days.
COMPARED = frozenset({"value", "other"})
_POINTS = re.compile(r"-?\d+(?:\.\d+)?")
MOST_DRAWN, MOST_TOLD = 12, 200
ROW, TOP = 34, 26
LEFT, WIDTH, RIGHT = 330, 300, 130


class RankRow(NamedTuple):
    unit: int
    name: str
    rank: int
    total: str
    sections: list[str]
    bonus: str
    deducted: str
    shared: bool
    reasons: list[str]


class Apart(NamedTuple):
    """A unit that cannot be ranked yet."""

    unit: int
    name: str
    known: str
    span: str
    missing: list[str]


class RankingPage(NamedTuple):
    sections: list[str]
    rows: list[RankRow]
    apart: list[Apart]
    dissolved: list[str]
    adjusted: bool
    """Whether anybody has a bonus or a deduction."""


def ranking_page(result: Mapping[str, Any], table: ScoringTable) -> RankingPage:
    rows = [_row(row, table) for row in result["rows"]]
    return RankingPage(
        sections=[section.label for section in table.sections],
        rows=rows,
        apart=[_apart(one, table) for one in result["incomplete"]],
        dissolved=[one["name"] for one in result["dissolved"]],
        adjusted=any(Decimal(row["bonus"]) or Decimal(row["deducted"]) for row in result["rows"]),
    )


def _row(row: Mapping[str, Any], table: ScoringTable) -> RankRow:
    deducted = Decimal(row["deducted"])
    return RankRow(
        unit=row["unit"],
        name=row["name"],
        rank=row["rank"],
        total=say_exact(row["total"], table),
        sections=[say_exact(row["sections"][section.key], table) for section in table.sections],
        bonus=say_exact(row["bonus"], table) if Decimal(row["bonus"]) else "",
        deducted=say_exact(-deducted, table) if deducted else "",
        shared=row["shared"],
        reasons=[_sentence(finding) for finding in row["findings"]],
    )


def say_exact(value: Decimal | str, table: ScoringTable) -> str:
    """With all the places of the table: columns of points stand under each other."""
    return in_words(Decimal(value).quantize(Decimal(1).scaleb(-table.rounding.places)), language())


def _apart(one: Mapping[str, Any], table: ScoringTable) -> Apart:
    span = {"least": say_points(one["least"]), "most": say_points(one["most"])}
    return Apart(
        unit=one["unit"],
        name=one["name"],
        known=say_points(one["known"]),
        span=gettext("từ %(least)s đến %(most)s") % span,
        missing=[table.labels.get(key, key) for key in one["missing"]],
    )


def _sentence(finding: Mapping[str, Any]) -> str:
    """Points are kept as text, so that nothing of them is lost, and told as numbers."""
    params = {
        name: Decimal(value) if name in COMPARED and _POINTS.fullmatch(str(value)) else value
        for name, value in finding["params"].items()
    }
    return sentence(msgspec.convert({**finding, "params": params}, Finding), language())


# What if ------------------------------------------------------------------------------------------------------------


class Bar(NamedTuple):
    """A doubt as drawn: where the interval lies on the criterion's bounds, where it is counted now."""

    y: int
    label: str
    unit: str
    x: float
    width: float
    now: float
    least: str
    most: str
    ranks: str
    matters: bool


class Drawing(NamedTuple):
    bars: list[Bar]
    height: int
    width: int
    left: int
    right: int


class DoubtRow(NamedTuple):
    unit: int
    name: str
    criterion: str
    reason: str
    least: str
    most: str
    ranks: str
    others: str
    turns: str
    matters: bool
    first: bool


def doubt_rows(
    doubts: Iterable[Doubt], table: ScoringTable, names: Mapping[str, str]
) -> tuple[list[DoubtRow], list[DoubtRow]]:
    """Those that change an order, the weightiest first, and those that do not."""
    rows = [_doubt_row(doubt, table, names) for doubt in list(doubts)[:MOST_TOLD]]
    return [row for row in rows if row.matters], [row for row in rows if not row.matters]


def _doubt_row(doubt: Doubt, table: ScoringTable, names: Mapping[str, str]) -> DoubtRow:
    others = dict.fromkeys((*doubt.passes, *doubt.passed_by))
    turns = [say_points(value) for value in (doubt.turns_down, doubt.turns_up) if value is not None]
    return DoubtRow(
        unit=int(doubt.unit),
        name=names.get(doubt.unit, doubt.unit),
        criterion=table.labels.get(doubt.criterion, doubt.criterion),
        reason=say_reason(doubt.reason),
        least=say_points(doubt.least),
        most=say_points(doubt.most),
        ranks=say_ranks(doubt),
        others=", ".join(names.get(key, key) for key in others),
        turns=" · ".join(turns),
        matters=doubt.matters,
        first=doubt.first,
    )


def say_reason(reason: str) -> str:
    return {
        "evidence": gettext("chờ minh chứng"),
        "missing": gettext("thiếu điểm, số liệu"),
        "disagreement": gettext("các bên chấm chênh nhau"),
    }[reason]


def say_ranks(doubt: Doubt) -> str:
    if doubt.rank_least == doubt.rank_most:
        return gettext("hạng %(rank)s") % {"rank": doubt.rank_most}
    return gettext("hạng %(worst)s đến %(best)s") % {"worst": doubt.rank_least, "best": doubt.rank_most}


def drawing(doubts: Iterable[Doubt], table: ScoringTable, names: Mapping[str, str]) -> Drawing | None:
    """Those that change an order, the weightiest first; None where none does."""
    drawn = [doubt for doubt in doubts if doubt.matters][:MOST_DRAWN]
    if not drawn:
        return None
    bars = [_bar(number, doubt, table, names) for number, doubt in enumerate(drawn)]
    return Drawing(bars, TOP + ROW * len(bars), LEFT + WIDTH + RIGHT, LEFT, LEFT + WIDTH)


def _bar(number: int, doubt: Doubt, table: ScoringTable, names: Mapping[str, str]) -> Bar:
    low, high = table.by_key[doubt.criterion].bounds
    reach = high - low or Decimal(1)

    def place(value: Decimal) -> float:
        return round(LEFT + WIDTH * float((value - low) / reach), 1)

    least, most = place(doubt.least), place(doubt.most)
    return Bar(
        y=TOP + ROW * number,
        label=_short(table.labels.get(doubt.criterion, doubt.criterion), 44),
        unit=_short(names.get(doubt.unit, doubt.unit), 40),
        x=least,
        width=max(2.0, round(most - least, 1)),
        now=place(doubt.counted),
        least=say_points(doubt.least),
        most=say_points(doubt.most),
        ranks=say_ranks(doubt),
        matters=doubt.first,
    )


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
