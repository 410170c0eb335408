"""Who is nominated and who passes, group by group, with what the numbers can and cannot say.

A share comes with its Wilson interval: between which shares the true one lies, 95 times in 100, were these cases drawn
from many. Under `SMALLEST` cases no share is told, for one person more or less would turn it. What nobody recorded is a
group of its own and never counts as a no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import sqrt
from typing import Literal

from msgspec import Struct

from thidua.findings import Finding, met, unknown

SMALLEST = 10
NOT_RECORDED = ""
_Z = 1.959963984540054
"""Of the normal distribution, 95 % within."""

Said = Literal["apart", "overlap", "small"]


class Row(Struct, frozen=True, kw_only=True):
    """A nomination that was nominated; `passed` is None while it is open. `groups` by dimension ("post": "leader");
    a dimension that is absent or "" was not recorded.
    """

    passed: bool | None
    groups: Mapping[str, str] = {}


class GroupShare(Struct, frozen=True, kw_only=True):
    """Of a group so many were nominated, of these so many decided, of these passed.

    `share`, `low` and `high` are fractions of the decided; None where fewer than `SMALLEST` were, and then `small`.
    `group` "" are those of whom it was not recorded.
    """

    dimension: str
    group: str
    nominated: int
    decided: int
    passed: int
    share: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def small(self) -> bool:
        return self.decided < SMALLEST

    @property
    def open(self) -> int:
        return self.nominated - self.decided


def shares(rows: Iterable[Row], dimensions: Sequence[str] = ()) -> tuple[GroupShare, ...]:
    """By dimension, in the order given (else as the rows name them), the largest group first, not recorded last."""
    kept = list(rows)
    names = dimensions or tuple(dict.fromkeys(name for row in kept for name in row.groups))
    return tuple(share for name in names for share in _of_dimension(kept, name))


def _of_dimension(rows: Sequence[Row], dimension: str) -> list[GroupShare]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.groups.get(dimension, NOT_RECORDED), []).append(row)
    found = [_share(dimension, group, members) for group, members in groups.items()]
    return sorted(found, key=lambda one: (one.group == NOT_RECORDED, -one.nominated, one.group))


def _share(dimension: str, group: str, rows: Sequence[Row]) -> GroupShare:
    decided = sum(row.passed is not None for row in rows)
    passed = sum(row.passed is True for row in rows)
    whole = GroupShare(dimension=dimension, group=group, nominated=len(rows), decided=decided, passed=passed)
    if whole.small:
        return whole
    low, high = wilson(passed, decided)
    return GroupShare(
        dimension=dimension, group=group, nominated=len(rows), decided=decided, passed=passed,
        share=passed / decided, low=low, high=high,
    )  # fmt: skip


def wilson(passed: int, decided: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), within 0 and 1. Raises ValueError without any case."""
    if not 0 <= passed <= decided or not decided:
        raise ValueError(f"{passed} of {decided}")
    share, z2 = passed / decided, _Z * _Z
    middle = (share + z2 / (2 * decided)) / (1 + z2 / decided)
    half = _Z * sqrt(share * (1 - share) / decided + z2 / (4 * decided * decided)) / (1 + z2 / decided)
    low = 0.0 if passed == 0 else max(0.0, middle - half)
    high = 1.0 if passed == decided else min(1.0, middle + half)
    return low, high


# --- What may be said of two groups -----------------------------------------------------------------------------------


def compared(one: GroupShare, other: GroupShare) -> Finding:
    """What the numbers of two groups say. It decides nothing, and never says that two groups are treated alike."""
    params: dict[str, object] = {"group": one.group, "other": other.group}
    if one.share is None or other.share is None or other.low is None or one.high is None:
        few = min(one.decided, other.decided)
        return unknown("nominations.fairness_small", None, **params, few=few, smallest=SMALLEST)
    params |= {"share": _percent(one.share), "other_share": _percent(other.share)}
    if overlaps(one, other):
        return unknown("nominations.fairness_overlap", None, **params)
    return met("nominations.fairness_apart", None, **params)


def overlaps(one: GroupShare, other: GroupShare) -> bool | None:
    """Whether the intervals share a value; None where one of them has too few cases."""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return None
    return one.low <= other.high and other.low <= one.high


def comparisons(found: Sequence[GroupShare]) -> tuple[Finding, ...]:
    """Every two groups of a dimension that were recorded, as sentences."""
    pairs = combinations([one for one in found if one.group != NOT_RECORDED], 2)
    return tuple(compared(one, other) for one, other in pairs if one.dimension == other.dimension)


def not_recorded(found: Sequence[GroupShare], dimension: str) -> Finding | None:
    """How many of a dimension nobody recorded; None where all are."""
    absent = next((one for one in found if one.dimension == dimension and one.group == NOT_RECORDED), None)
    if absent is None:
        return None
    total = sum(one.nominated for one in found if one.dimension == dimension)
    return unknown("nominations.fairness_not_recorded", None, count=absent.nominated, total=total)


def _percent(share: float) -> int:
    return round(100 * share)
