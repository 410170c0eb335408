"""A target with its result as one bar: where it began, how far it is, where it should come to. Drawn here."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.progress.targets import PledgedTarget

ROOM = 1.08
"""The scale ends a little behind the last mark."""


@dataclass(frozen=True)
class Bullet:
    """Places on the bar in units of the drawing, `width` wide; None where there is no such mark."""

    width: int
    value: float | None
    aim: float | None
    aim_end: float | None
    baseline: float | None
    zero: float

    @property
    def bar(self) -> tuple[float, float]:
        """Where the bar of the value begins, and how wide it is."""
        value = self.zero if self.value is None else self.value
        return min(self.zero, value), abs(value - self.zero)

    @property
    def bar_x(self) -> str:
        return _at(self.bar[0])

    @property
    def bar_width(self) -> str:
        return _at(self.bar[1])

    @property
    def aim_x(self) -> str:
        return _at(self.aim or 0)

    @property
    def aim_width(self) -> str:
        return _at(max((self.aim_end or 0) - (self.aim or 0), 0))

    @property
    def baseline_x(self) -> str:
        return _at(self.baseline or 0)


def _at(place: float) -> str:
    return f"{place:.1f}"


def bullet(target: PledgedTarget, value: float | None, *, width: int = 240) -> Bullet | None:
    """None where nothing can be measured: a target without a number."""
    if target.value is None:
        return None
    end = target.value_max if target.op == "range" else None
    known = [0.0, *(number for number in (target.value, end, target.baseline, value) if number is not None)]
    low, high = min(known), max(known)
    span = (high - low) * ROOM or 1.0
    if low < 0:
        low, span = low - (high - low) * (ROOM - 1), (high - low) * (2 * ROOM - 1)

    def place(number: float | None) -> float | None:
        return None if number is None else (number - low) / span * width

    return Bullet(
        width=width,
        value=place(value),
        aim=place(target.value),
        aim_end=place(end),
        baseline=place(target.baseline),
        zero=place(0.0) or 0.0,
    )
