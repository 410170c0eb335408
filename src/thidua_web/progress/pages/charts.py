"""Charts of a campaign's progress, drawn here so that they print: places and words, no request, no database.

Every drawing is made for a wide window and for a phone; what it shows stands in a table too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from thidua.progress import targets
from thidua_web.campaigns.pages.wording import say_day
from thidua_web.config.addresses import address
from thidua_web.progress.pages.bullets import Bullet, bullet
from thidua_web.progress.pages.report_list import Gathered
from thidua_web.progress.pages.reports import say_result
from thidua_web.progress.queries.report_list import TONES, Coming, Period, Total
from thidua_web.register.models import Unit

WIDE, NARROW = 720, 320
LETTER = 7.2
"""How wide a letter is about, in units of the drawing."""


@dataclass(frozen=True)
class Label:
    """Words on a mark, kept within the drawing."""

    x: str
    y: int | str
    anchor: str
    words: str
    kind: str


@dataclass(frozen=True)
class BulletDrawing:
    name: str
    bullet: Bullet
    labels: tuple[Label, ...]

    @property
    def svg(self) -> SafeString:
        """The bar, its marks and their words."""
        bar, width = self.bullet, self.bullet.width
        base = f'<path class="bullet-base" d="M{bar.baseline_x} 15v24"/>' if bar.baseline is not None else ""
        return _svg(
            f'class="chart {self.name}" viewBox="0 0 {width} 70" width="{width}" height="70"',
            f'<rect class="bullet-ground" x="0" y="18" width="{width}" height="18"/>'
            f'<rect class="bullet-value" x="{bar.bar_x}" y="22" width="{bar.bar_width}" height="10"/>'
            f'{base}<path class="bullet-aim" d="M{bar.aim_x} 14v26"/>{"".join(map(_text, self.labels))}',
        )


def _text(label: Label) -> str:
    place = f'x="{label.x}" y="{label.y}" text-anchor="{label.anchor}"'
    return f'<text class="label-{label.kind}" {place}>{escape(label.words)}</text>'


def _svg(head: str, drawn: str) -> SafeString:
    """`drawn` is of numbers and of words that were escaped. What it shows is told beside it."""
    return mark_safe(f'<svg {head} aria-hidden="true" focusable="false">{drawn}</svg>')  # noqa: S308


@dataclass(frozen=True)
class TargetChart:
    """One target over all units; no drawing where nothing is made of several results."""

    one: Gathered
    share: int | None
    drawings: tuple[BulletDrawing, ...]


def target_chart(one: Gathered) -> TargetChart:
    aim = targets.PledgedTarget(
        indicator=one.indicator,
        op=one.total.op if one.total.op in (">=", "<=") else "=",  # type: ignore[arg-type]
        value=one.aim,
        unit=one.measure or None,
        baseline=one.baseline,
    )
    share = targets.share(aim, one.value)
    drawings = tuple(
        _drawing(name, made, one)
        for name, width in (("wide", WIDE), ("narrow", NARROW))
        if (made := bullet(aim, one.value, width=width)) is not None
    )
    return TargetChart(one, None if share is None else int(share * 100), drawings)


def _drawing(name: str, made: Bullet, one: Gathered) -> BulletDrawing:
    labels = [_label(made.aim, 12, gettext("chỉ tiêu %(n)s") % {"n": one.said_aim}, "aim", made.width)]
    if made.value is not None:
        labels.append(_label(made.value, 50, one.said, "value", made.width))
    if made.baseline is not None:
        words = gettext("năm gốc %(n)s") % {"n": one.said_baseline}
        near = made.value is not None and abs(made.baseline - made.value) < LETTER * (len(words) + len(one.said)) / 1.6
        labels.append(_label(made.baseline, 66 if near else 50, words, "base", made.width))
    return BulletDrawing(name, made, tuple(label for label in labels if label))


def _label(x: float | None, y: int, words: str, kind: str, width: int) -> Label:
    place, half = x or 0.0, len(words) * LETTER / 2
    if place < half:
        return Label("0", y, "start", words, kind)
    if place > width - half:
        return Label(str(width), y, "end", words, kind)
    return Label(f"{place:.1f}", y, "middle", words, kind)


# Trends --------------------------------------------------------------------------------------------------------------

LINE_WIDTH, LINE_HEIGHT, SIDE, TOP, FOOT = 320, 166, 34, 26, 42
MOST_TRENDS = 24


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    said: str
    when: str
    anchor: str
    label_y: str
    labelled: bool


@dataclass(frozen=True)
class Trend:
    """What a target came to from day to day; `rows` is the table behind."""

    one: Gathered
    path: str
    dots: tuple[Dot, ...]
    aim_y: str
    aim_label_y: str
    rows: tuple[tuple[str, str], ...]

    @property
    def svg(self) -> SafeString:
        drawn = [f'<path class="trend-line" d="{self.path}"/>', *map(_dot, self.dots)]
        if self.one.aim is not None:
            aim = Label(str(LINE_WIDTH), self.aim_label_y, "end", self.one.said_aim, "aim")
            drawn.insert(0, f'<path class="trend-aim" d="M{SIDE} {self.aim_y}H{LINE_WIDTH - SIDE}"/>{_text(aim)}')
        size = f'viewBox="0 0 {LINE_WIDTH} {LINE_HEIGHT}" width="{LINE_WIDTH}" height="{LINE_HEIGHT}"'
        return _svg(f'class="chart" {size}', "".join(drawn))


def _dot(dot: Dot) -> str:
    value = Label(dot.x, dot.label_y, dot.anchor, dot.said, "value")
    when = Label(dot.x, LINE_HEIGHT - 4, "middle", dot.when, "when")
    said = _text(value) if dot.labelled else ""
    return f'<circle class="trend-dot" cx="{dot.x}" cy="{dot.y}" r="3.5"/>{said}{_text(when)}'


def trends(
    found: Sequence[Gathered], by_day: Mapping[tuple[object, ...], Mapping[int, Total]], periods: Sequence[Period]
) -> list[Trend]:
    """Of targets that have come to a number on two days at least."""
    made = []
    for one in found:
        own = "" if one.total.source else one.total.indicator
        days = by_day.get((one.total.source, own, one.total.measure), {})
        points = [(period, _value(one, days[period.day.pk])) for period in periods if period.day.pk in days]
        known = [(period, value) for period, value in points if value is not None]
        if len(known) > 1:
            made.append(_trend(one, known))
    return made[:MOST_TRENDS]


def _value(one: Gathered, total: Total) -> float | None:
    return Gathered(total, one.how)._of(total.values, total.valued) if one.how != "list" else None


def _trend(one: Gathered, points: Sequence[tuple[Period, float]]) -> Trend:
    numbers = [value for _period, value in points] + ([one.aim] if one.aim is not None else [])
    low, high = min(numbers), max(numbers)
    pad = (high - low) * 0.1 or abs(high) * 0.1 or 1.0
    low, high = low - pad, high + pad
    first, last = points[0][0].due, points[-1][0].due
    days = max((last - first).days, 1)

    def x(period: Period) -> float:
        return SIDE + (period.due - first).days / days * (LINE_WIDTH - 2 * SIDE)

    def y(value: float) -> float:
        return TOP + (high - value) / (high - low) * (LINE_HEIGHT - TOP - FOOT)

    dots = []
    for place, (period, value) in enumerate(points):
        ends = place in (0, len(points) - 1)
        # Where the line leads up the first word stands below it and the last above, so that it crosses neither.
        beside = points[1][1] if place == 0 else points[-2][1]
        below = beside > value
        dots.append(
            Dot(
                x=f"{x(period):.1f}",
                y=f"{y(value):.1f}",
                said=say_result(value, one.measure),
                when=f"{period.due:%d/%m}",
                anchor="start" if place == 0 else "end" if ends else "middle",
                label_y=f"{y(value) + 18 if below else y(value) - 8:.1f}",
                labelled=ends,
            )
        )
    path = " ".join(f"{'M' if not place else 'L'}{dot.x} {dot.y}" for place, dot in enumerate(dots))
    aim = y(one.aim) if one.aim is not None else 0.0
    rows = tuple((say_day(period.due), say_result(value, one.measure)) for period, value in points)
    return Trend(one, path, tuple(dots), f"{aim:.1f}", f"{max(aim - 5, 11):.1f}", rows)


# Units ---------------------------------------------------------------------------------------------------------------

BAR = 96


@dataclass(frozen=True)
class Square:
    """One unit in one period: its mark, a word for it, and the report it leads to ("": it is not asked for one)."""

    said: str
    mark: SafeString
    href: str


@dataclass(frozen=True)
class UnitRow:
    unit: Unit
    pledged: int
    reported: int
    reached: int
    bar: SafeString
    squares: tuple[Square, ...]

    @property
    def said(self) -> str:
        if not self.pledged:
            return ""
        return gettext("%(reached)s/%(n)s đạt") % {"reached": self.reached, "n": self.pledged}


NOT_ASKED = Square("", SafeString(), "")


def unit_row(
    unit: Unit, results: Mapping[int, Unit], came: Mapping[tuple[int, int], str], periods: Sequence[Period]
) -> UnitRow:
    result = results.get(unit.pk)
    pledged, reported, reached = (
        (result.pledged, result.reported, result.reached) if result is not None else (0, 0, 0)  # type: ignore[attr-defined]
    )
    squares = tuple(_square(came.get((period.day.pk, unit.pk)), period, unit) for period in periods)
    return UnitRow(unit, pledged, reported, reached, _bar(reached, pledged), squares)


def _bar(reached: int, pledged: int) -> SafeString:
    return _svg(
        f'class="reached-bar" viewBox="0 0 {BAR} 10" width="{BAR}" height="10"',
        f'<rect class="bullet-ground" width="{BAR}" height="10"/>'
        f'<rect class="bullet-value" width="{BAR * reached / pledged if pledged else 0:.1f}" height="10"/>',
    )


def _square(came: str | None, period: Period, unit: Unit) -> Square:
    if came is None:
        return NOT_ASKED
    word = Coming(came)
    said = str(word.label)
    return Square(said, mark(word), address("progress:report", period.day.pk, unit.pk))


@lru_cache(maxsize=20)
def mark(word: Coming) -> SafeString:
    """One of the shapes that the page holds; a word stands beside it."""
    use = f'<use href="#sq-{word.value.replace("_", "-")}"/>'
    return _svg(f'class="square-mark tone-{TONES[word]}" width="20" height="20"', use)
