"""The instruments as bars over the years, drawn here so that they print; the table behind tells the same."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from thidua.law.instruments import Instrument

TOP = 26
# A window's drawing has the numbers left of the bars, a phone's above them: width, where bars begin, height of a row.
SIZES = {"wide": (960, 178, 30), "narrow": (358, 0, 46)}


@dataclass(frozen=True)
class Bar:
    """`open_end`: no last day is known. `dim`: not in force on the day shown."""

    instrument: Instrument
    x: float
    y: int
    width: float
    open_end: bool
    dim: bool


@dataclass(frozen=True)
class Drawing:
    name: str
    width: int
    height: int
    left: int
    bars: tuple[Bar, ...]
    years: tuple[tuple[float, int], ...]
    today: float


def drawings(rows: Sequence[Instrument], on: datetime.date, years: range) -> tuple[Drawing, ...]:
    """For a window and for a phone; bars are cut at the first and the last of the years."""
    return tuple(_drawing(name, rows, on, years) for name in SIZES)


def _drawing(name: str, rows: Sequence[Instrument], on: datetime.date, years: range) -> Drawing:
    width, left, row = SIZES[name]

    def x(day: datetime.date) -> float:
        begin, end = datetime.date(years.start, 1, 1), datetime.date(years.stop, 1, 1)
        share = (min(max(day, begin), end) - begin).days / (end - begin).days
        return round(left + share * (width - left), 1)

    bars = tuple(
        Bar(
            one,
            x(one.in_force or datetime.date(years.start, 1, 1)),
            TOP + place * row,
            max(3.0, round(x(one.until or datetime.date.max) - x(one.in_force or datetime.date.min), 1)),
            one.until is None,
            not in_force(one, on),
        )
        for place, one in enumerate(rows)
    )
    step = 1 if left else 2
    marks = tuple((x(datetime.date(year, 1, 1)), year) for year in years[::step])
    return Drawing(name, width, TOP + len(rows) * row + 6, left, bars, marks, x(on))


def in_force(one: Instrument, on: datetime.date) -> bool:
    return one.in_force is not None and one.in_force <= on and (one.until is None or on <= one.until)
