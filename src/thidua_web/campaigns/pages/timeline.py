"""The geometry of a timeline: phases as bands by level, deadlines as flags, today as a line.

Places are shares of the width (percent), text is measured in pixels for the narrowest drawing there is: what does not
overlap there overlaps nowhere, and letters stay the same size however wide the page.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext, ngettext

WIDTH = 640
ROW = 26
HEAD = 44
LEVEL = 22
FOOT = 24
GAP = 10
MOST_ROWS = 9
LONGEST_LABEL = 170
SHORTEST_BAND = 4
FLAG = 18
TICK = 24

STATES = ("late", "soon", "later", "past", "done")


@dataclass(frozen=True)
class Band:
    """A phase; a day that the plan does not fix is None and the band runs open to the edge."""

    key: str
    label: str
    start: datetime.date | None
    end: datetime.date | None
    level: str = ""


@dataclass(frozen=True)
class Flag:
    """What is due on a day; flags too close to each other become one of `count`, up to `last`."""

    day: datetime.date
    label: str
    state: str = "later"
    count: int = 1
    last: datetime.date | None = None


@dataclass(frozen=True)
class Tick:
    x: float
    text: str
    strong: bool = False

    @property
    def at(self) -> str:
        return percent(self.x)


@dataclass(frozen=True)
class Mark:
    """A band or a flag in its place: `x`, `width` in percent; the text begins `dx` pixels from `text_x` percent.

    `left`, `right` is what it takes of its row, in pixels of the narrowest drawing.
    """

    x: float
    width: float
    text: str
    title: str
    anchor: str
    text_x: float
    dx: int
    left: float
    right: float
    state: str = ""
    inside: bool = False
    key: str = ""
    y: int = 0

    @property
    def at(self) -> str:
        return percent(self.x)

    @property
    def wide(self) -> str:
        return percent(self.width)

    @property
    def text_at(self) -> str:
        return percent(self.text_x)

    @property
    def middle(self) -> int:
        """Where its letters stand."""
        return self.y + ROW // 2 + 2


@dataclass(frozen=True)
class Drawing:
    height: int
    ticks: tuple[Tick, ...]
    years: tuple[Tick, ...]
    levels: tuple[tuple[int, str], ...]
    bands: tuple[Mark, ...]
    flags: tuple[Mark, ...]
    today: float | None
    today_text: str
    today_anchor: str

    @property
    def today_at(self) -> str:
        return percent(self.today or 0)

    @property
    def foot(self) -> int:
        return self.height - FOOT


@dataclass(frozen=True)
class Axis:
    """From the first of a month."""

    start: datetime.date
    end: datetime.date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def at(self, day: datetime.date) -> float:
        """Where a day begins, in percent, never outside."""
        return min(100.0, max(0.0, 100 * (day - self.start).days / self.days))

    def after(self, day: datetime.date) -> float:
        return self.at(day + datetime.timedelta(days=1)) if day < datetime.date.max else 100.0


NARROW = frozenset("iljtfrI.,:;'|()!-/ ")
WIDE = frozenset("mwMWĐ%—")


def text_width(text: str) -> float:
    """Pixels of a text at 12 px, rather too many than too few."""
    return sum(4.2 if char in NARROW else 11.5 if char in WIDE else 9.0 if char.isupper() else 7.3 for char in text)


def cut(text: str, width: float) -> str:
    """As much of the text as fits, with "…" where something is left out."""
    if text_width(text) <= width:
        return text
    room = width - text_width("…")
    kept = ""
    for char in text:
        room -= text_width(char)
        if room < 0:
            break
        kept += char
    return f"{kept.rstrip(' ,;.')}…" if kept else ""


def draw(bands: Sequence[Band], flags: Sequence[Flag], *, today: datetime.date) -> Drawing | None:
    """None where nothing has a day."""
    days = [day for band in bands for day in (band.start, band.end) if day] + [flag.day for flag in flags]
    if not days:
        return None
    axis = axis_over(days, today)
    levels, placed, bottom = _bands(bands, axis)
    marks = _place_flags(flags, axis)
    flag_marks, bottom = _stack(marks, bottom + (6 if placed and marks else 0))
    now = axis.at(today) if axis.start <= today <= axis.end else None
    return Drawing(
        height=bottom + FOOT,
        ticks=tuple(_ticks(axis)),
        years=tuple(_years(axis)),
        levels=levels,
        bands=placed,
        flags=flag_marks,
        today=now,
        today_text=f"{today:%d/%m/%Y}",
        today_anchor="end" if now is not None and now > 50 else "start",
    )


def axis_over(days: Sequence[datetime.date], today: datetime.date) -> Axis:
    """From the first of a month to the last of one, or a little on: a flag on the last day needs room for its pole.

    Today is taken in where it is near.
    """
    first, last = min(days), max(days)
    near = datetime.timedelta(days=max(31, (last - first).days // 6))
    if first - near <= today <= last + near:
        first, last = min(first, today), max(last, today)
    start, end = first.replace(day=1), _next_month(last.replace(day=1)) - datetime.timedelta(days=1)
    return Axis(start, max(end, last + datetime.timedelta(days=2 + (last - start).days // 50)))


def _next_month(first: datetime.date, step: int = 1) -> datetime.date:
    months = first.year * 12 + first.month - 1 + step
    return datetime.date(months // 12, months % 12 + 1, 1)


def _months(axis: Axis, step: int) -> Iterator[datetime.date]:
    """The first days of every `step`-th month of the year, or of every so many years."""
    day = axis.start
    while day <= axis.end:
        if (day.year * 12 + day.month - 1) % step == 0:
            yield day
        if (day.year, day.month) == (datetime.MAXYEAR, 12):
            return
        day = _next_month(day)


def _ticks(axis: Axis) -> Iterator[Tick]:
    """Months where they have room, else quarters; years stand in a row of their own."""
    for step, room in ((1, 32), (3, 32)):
        if axis.days / 30 / step * room <= WIDTH:
            for day in _months(axis, step):
                if _px(axis.at(day)) > WIDTH - TICK:
                    return
                month = gettext("T%(month)s") % {"month": day.month}
                text = month if step == 1 else f"Q{(day.month + 2) // 3}"
                yield Tick(axis.at(day), text, strong=day.month == 1)
            return


def _years(axis: Axis) -> Iterator[Tick]:
    step = next((n for n in (1, 2, 5, 10, 20, 50) if axis.days / 365 / n * 44 <= WIDTH), 100)
    shown = list(_months(axis, 12 * step))
    if not shown or axis.at(shown[0]) / 100 * WIDTH > 44:
        shown.insert(0, axis.start)
    for day in shown:
        if axis.at(day) / 100 * WIDTH <= WIDTH - 40 or len(shown) == 1:
            yield Tick(axis.at(day), str(day.year), strong=True)


def _bands(bands: Sequence[Band], axis: Axis) -> tuple[tuple[tuple[int, str], ...], tuple[Mark, ...], int]:
    """Level by level, in the order of their first appearance; everybody's phases first, without a heading."""
    dated = [band for band in bands if band.start or band.end]
    levels = sorted(dict.fromkeys(band.level for band in dated), key=bool)
    headings: list[tuple[int, str]] = []
    placed: list[Mark] = []
    y = HEAD
    for level in levels:
        if level:
            headings.append((y, cut(level, WIDTH)))
            y += LEVEL
        marks, y = _stack([_band(band, axis) for band in dated if band.level == level], y)
        placed.extend(marks)
    return tuple(headings), tuple(placed), y


def _band(band: Band, axis: Axis) -> Mark:
    left = axis.at(band.start) if band.start else 0.0
    right = axis.after(band.end) if band.end else 100.0
    right = max(right, min(100.0, left + 100 * SHORTEST_BAND / WIDTH))
    left = min(left, right - 100 * SHORTEST_BAND / WIDTH)
    state = " ".join(name for name, day in (("open-start", band.start), ("open-end", band.end)) if day is None)
    mark = Mark(left, right - left, "", band.label, "start", left, 0, _px(left), _px(right), state, key=band.key)
    inside = _px(right) - _px(left) - 16
    if text_width(band.label) <= inside:
        return replace(mark, text=band.label, dx=8, inside=True)
    return _beside(mark, band.label, fallback=inside)


def _beside(mark: Mark, label: str, fallback: float = 0) -> Mark:
    """The text at the right of the mark or at its left, wherever more of it fits; within it where that is wider."""
    at_right, at_left = WIDTH - mark.right - 8, mark.left - 8
    if fallback >= max(at_right, at_left):
        return replace(mark, text=cut(label, fallback), dx=8, inside=True)
    label = cut(label, LONGEST_LABEL)
    if text_width(label) <= at_right or at_right >= at_left:
        text = cut(label, at_right)
        end = mark.right + 6 + text_width(text)
        return replace(mark, text=text, text_x=mark.x + mark.width, dx=6, right=end)
    text = cut(label, at_left)
    return replace(mark, text=text, anchor="end", dx=-6, left=mark.left - 6 - text_width(text))


def _px(percent: float) -> float:
    return percent * WIDTH / 100


def _place_flags(flags: Sequence[Flag], axis: Axis) -> list[Mark]:
    """Single flags where a few rows hold them, else flags that stand for all within a week, a month, a year ..."""
    for days in itertools.chain((0, 3, 7, 14, 31, 62, 92, 183, 366), itertools.count(732, 366)):
        marks = [_flag(flag, axis) for flag in merge(flags, days)]
        if len(_rows(marks)) <= MOST_ROWS or len(marks) <= 1:
            return marks
    raise AssertionError("one flag always fits")


def merge(flags: Iterable[Flag], days: int) -> list[Flag]:
    """Flags no more than `days` after the first of their heap become one, with the worst state among them."""
    heaps: list[list[Flag]] = []
    for flag in sorted(flags, key=lambda flag: flag.day):
        if heaps and (flag.day - heaps[-1][0].day).days <= days:
            heaps[-1].append(flag)
        else:
            heaps.append([flag])
    return [_heap(heap) for heap in heaps]


def _heap(heap: Sequence[Flag]) -> Flag:
    first = heap[0]
    if len(heap) == 1:
        return first
    worst = min((flag.state for flag in heap), key=STATES.index)
    return replace(first, state=worst, count=sum(flag.count for flag in heap), last=heap[-1].day)


def flag_text(flag: Flag) -> str:
    """ "30/10 Gửi hồ sơ", or "10/12–15/12 · 3 việc"."""
    days = f"{flag.day:%d/%m}"
    if flag.count == 1:
        return f"{days} {flag.label}"
    last = f"–{flag.last:%d/%m}" if flag.last and flag.last != flag.day else ""
    more = ngettext("%(days)s · %(n)s việc", "%(days)s · %(n)s việc", flag.count)
    return more % {"days": days + last, "n": flag.count}


def _flag(flag: Flag, axis: Axis) -> Mark:
    """The pennant and its words fly to the right, or to the left where there is more room."""
    x = axis.at(flag.day)
    place = _px(x)
    at_right, at_left = WIDTH - place - FLAG, place - FLAG
    label = cut(flag_text(flag), LONGEST_LABEL)
    mark = Mark(x, 0, "", flag_text(flag), "start", x, FLAG, place - 2, place + FLAG, flag.state)
    if text_width(label) <= at_right or at_right >= at_left:
        text = cut(label, at_right)
        return replace(mark, text=text, right=place + FLAG + text_width(text))
    text = cut(label, at_left)
    return replace(mark, text=text, anchor="end", dx=-FLAG, left=place - FLAG - text_width(text), right=place + 2)


def _rows(marks: Iterable[Mark]) -> list[list[Mark]]:
    """Each mark in the first row where it has room."""
    rows: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: (mark.left, -mark.width)):
        row = next((row for row in rows if row[-1].right + GAP <= mark.left), None)
        if row is None:
            rows.append([mark])
        else:
            row.append(mark)
    return rows


def _stack(marks: Sequence[Mark], y: int) -> tuple[tuple[Mark, ...], int]:
    rows = _rows(marks)
    placed = [replace(mark, y=y + number * ROW) for number, row in enumerate(rows) for mark in row]
    return tuple(placed), y + len(rows) * ROW


def percent(value: float) -> str:
    """For an attribute of SVG, whatever the language of the page."""
    return f"{value:.3f}%"
