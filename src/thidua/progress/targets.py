"""A target with its number: whether it is whole, whether it is reached, how much of the way is done.

"At least" and "at most" say which way is good. "=" ("đạt 70%") and a range ("10 - 11%") do not: there the way leads
from the baseline to the number, and without a baseline a result off the number is a person's to judge, never guessed.
"""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from thidua.findings import Finding, met, not_met, unknown
from thidua.plans.reading import Op, Target
from thidua.vietnamese.folding import search_key

_BELOW_ONE = math.nextafter(1.0, 0.0)
_OF_TIME = ("nam", "thang", "quy", "tuan", "ngay")
_COUNTED = ("so ", "tong ")
_SHARES = (" ty le ", " ti le ", " binh quan ", " trung binh ")
# With its marks: without them it is "mới".
_EACH = re.compile(r"\b(?:mỗi|từng)\b", re.IGNORECASE)
_SIGNS = {(">=", False): "≥ ", (">=", True): "> ", ("<=", False): "≤ ", ("<=", True): "< "}


class PledgedTarget(Struct, frozen=True, kw_only=True):
    """What a unit takes on to reach by the end of `due`.

    Numbers are in `unit` and finite. A "range" runs from `value` to `value_max`; `strict` (of ">=" and "<=" alone)
    means that the number itself does not count ("trên 95%"). `baseline` is the result of `base_year`. A target without
    a number ("đạt chuẩn nông thôn mới") has only its words.
    """

    indicator: str
    op: Op
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    baseline: float | None = None
    base_year: int | None = None
    due: datetime.date | None = None
    strict: bool = False


def from_plan(target: Target, *, due: datetime.date | None = None) -> PledgedTarget:
    """A plan's target as a unit may take it on, to be changed by the unit.

    A number that holds for each unit is filled in; what all reach together ("200 cây xanh") is not: how much of it a
    unit takes on, only the unit can say. "đạt 70%" stays "=": the unit says whether more or less is good, or gives its
    baseline.
    """
    each = holds_for_each(target.indicator, target.unit)
    return PledgedTarget(
        indicator=target.indicator,
        op=target.op,
        value=target.value if each else None,
        value_max=target.value_max if each else None,
        unit=target.unit,
        due=due,
        strict=target.strict and target.op in (">=", "<="),
    )


def holds_for_each(indicator: str, unit: str | None) -> bool:
    """Whether a number in `unit` of this indicator is one that each unit reaches by itself: a share, or what the words
    ask of each ("mỗi xã"); else each has a part in what all reach together.
    """
    return is_share(indicator, unit) or _EACH.search(unicodedata.normalize("NFC", indicator)) is not None


def is_share(indicator: str, unit: str | None) -> bool:
    """Whether it is a part of a whole, or so much a head: such numbers are never added up.

    "%/năm" and "triệu đồng/người/năm" are; "ha/năm" is not: so much a year is still so much.
    """
    measure, *per = search_key(unit or "").split("/")
    if any(mark in measure for mark in ("%", "‰", "phan tram", "phan nghin")):
        return True
    if any(part.strip() and not part.strip().startswith(_OF_TIME) for part in per):
        return True
    words = search_key(indicator)
    return not words.startswith(_COUNTED) and any(name in f" {words} " for name in _SHARES)


def check_target(target: PledgedTarget) -> tuple[Finding, ...]:
    """What is wrong (not_met: it cannot be handed in) or doubtful (unknown: it can); empty where it is whole."""
    return tuple(_check(target))


def judge(target: PledgedTarget, value: float | None, *, on: datetime.date) -> Finding:
    """Whether `value`, the result known on the day `on`, reaches the target.

    met target.reached; not_met target.missed once `due` is over; unknown target.under_way before, target.not_reported
    without a result, target.no_number or target.direction_open where a person's word is needed.
    """
    if target.value is None:
        return unknown("target.no_number", indicator=target.indicator)
    if value is None:
        return unknown("target.not_reported", **_told(target))
    told = _told(target) | {"value": value}
    reached = _is_reached(target, value)
    if reached:
        return met("target.reached", **told)
    is_over = target.due is not None and on > target.due
    if is_over and reached is None:
        return unknown("target.direction_open", **told)
    return not_met("target.missed", **told, due=target.due) if is_over else unknown("target.under_way", **told)


def share(target: PledgedTarget, value: float | None) -> float | None:
    """How much of the way to the target is done: 0.0 none, 1.0 or more if and only if it is reached.

    The way begins at the baseline, at 0 where there is none and more is good; results behind the beginning count 0.
    None where no way can be measured: no number, no result, "at most" without a baseline, a baseline that is not on the
    near side of the number; these are 1.0 where the target is reached all the same.
    """
    if target.value is None or value is None:
        return None
    reached = _is_reached(target, value)
    way = _way(target, value)
    if way is None:
        return 1.0 if reached else None
    begin, end = way
    low, high = _bounds(target, target.value)
    if target.op == "range" and low <= value <= high:
        return 1.0
    done = max(0.0, (value - begin) / (end - begin))
    return max(1.0, done) if reached else min(_BELOW_ONE, done)


def is_worse_than_baseline(target: PledgedTarget) -> bool:
    """Whether the target aims at less than what the base year already gave (at more, where less is good)."""
    if target.value is None or target.baseline is None:
        return False
    if target.op == "<=":
        return target.value > target.baseline
    return _bounds(target, target.value)[1] < target.baseline


def _check(target: PledgedTarget) -> Iterator[Finding]:
    if not target.indicator.strip():
        yield not_met("target.no_indicator")
    if target.value is None:
        yield unknown("target.no_number", indicator=target.indicator)
    elif target.op == "range":
        yield from _check_range(target, target.value)
    if target.base_year is not None and target.baseline is None:
        yield unknown("target.no_baseline", indicator=target.indicator, year=str(target.base_year))
    if target.base_year is not None and target.due is not None and target.base_year > target.due.year:
        year = str(target.base_year)
        yield unknown("target.base_year_late", indicator=target.indicator, year=year, due=target.due)
    if target.value is None:
        return
    if target.op in (">=", "<=") and is_worse_than_baseline(target):
        yield unknown("target.behind_baseline", **_told(target), baseline=target.baseline)
    elif target.op in ("=", "range") and target.baseline is None:
        yield unknown("target.direction_unsaid", **_told(target))


def _check_range(target: PledgedTarget, low: float) -> Iterator[Finding]:
    if target.value_max is None:
        yield not_met("target.range_open", indicator=target.indicator, value=low)
    elif target.value_max < low:
        yield not_met("target.range_reversed", indicator=target.indicator, low=low, high=target.value_max)


def _is_reached(target: PledgedTarget, value: float) -> bool | None:
    """None where the way that is good is not known."""
    aim = target.value
    if aim is None:
        return None
    if target.op == ">=":
        return value > aim if target.strict else value >= aim
    if target.op == "<=":
        return value < aim if target.strict else value <= aim
    low, high = _bounds(target, aim)
    if low <= value <= high:
        return True
    if target.baseline is None or low <= target.baseline <= high:
        return None
    return value > high if target.baseline < low else value < low


def _bounds(target: PledgedTarget, aim: float) -> tuple[float, float]:
    other = target.value_max if target.op == "range" and target.value_max is not None else aim
    return min(aim, other), max(aim, other)


def _way(target: PledgedTarget, value: float) -> tuple[float, float] | None:
    """From where to where the way is measured for this result; None where there is none."""
    aim = target.value
    if aim is None:
        return None
    if target.op == ">=":
        begin = target.baseline or 0.0
        return (begin, aim) if begin < aim else None
    if target.baseline is None:
        return None
    if target.op == "<=":
        return (target.baseline, aim) if target.baseline > aim else None
    low, high = _bounds(target, aim)
    if target.baseline < low:
        return target.baseline, low if value < low else high
    return (target.baseline, high if value > high else low) if target.baseline > high else None


def _told(target: PledgedTarget) -> dict[str, Any]:
    """Placeholders "{least}{sign}{aim}{unit}": "≥ 70%", "10 – 11%", "= 2.500 doanh nghiệp"."""
    is_range = target.op == "range" and target.value_max is not None
    unit = target.unit or ""
    return {
        "indicator": target.indicator,
        "least": target.value if is_range else "",
        "sign": " – " if is_range else _SIGNS.get((target.op, target.strict), "= "),
        "aim": target.value_max if is_range else target.value,
        "unit": unit if unit.startswith(("%", "/")) or not unit else f" {unit}",
    }
