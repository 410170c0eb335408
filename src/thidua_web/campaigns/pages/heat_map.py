"""Where nothing moves: a cell for every unit, by level and by the unit above, patterned by the step that it reached.

The drawing is made as text, cell by cell: thousands of them through a template would take longer than all the rest.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from thidua.deployment import STEPS, Step
from thidua.plans.working_days import working_days_after
from thidua_web.campaigns.pages.board import STILL_FROM
from thidua_web.campaigns.pages.wording import say_number
from thidua_web.campaigns.queries.board import LEVEL_OF, REACHED, Cell, Level

WIDTH = 1080
HEAD = 22
GAP = 14
LEVEL_HEAD = 34
# Up to so many units the cells are so large; the numbers stand in them while they can be read.
SIZES = ((160, 36), (900, 24))
SMALLEST = 13
# A letter of a group's name, and the room that a name gets at most.
LETTER, NAME = 7, 210
MOST_LISTED = 40

LEGEND: Mapping[Step, Promise] = {
    Step.SENT: _("vạch chéo đậm"),
    Step.RECEIVED: _("vạch chéo đôi"),
    Step.PLANNED: _("chấm"),
    Step.LAUNCHED: _("vạch ngang nhạt"),
    Step.REPORTED: _("nền nhạt"),
    Step.SUMMARISED: _("ô trống"),
}


class Spot(NamedTuple):
    """A unit with where it stands and for how many working days nothing has moved (None: all is done)."""

    cell: Cell
    step: Step
    quiet: int | None


class Group(NamedTuple):
    """Units of one level under one unit above."""

    level: Level
    parent: str
    spots: Sequence[Spot]


@dataclass(frozen=True)
class Map:
    """`lines` are the table behind the drawing; `worst` have stood still longest, each with its step in words."""

    drawing: SafeString
    lines: SafeString
    worst: Sequence[tuple[Spot, str]]
    units: int
    still: int
    numbered: bool


def heat_map(cells: Iterable[Cell], parents: Mapping[int, str], *, on: datetime.date, board: str) -> Map:
    """`board` is the address of the board, where every cell leads to its unit."""
    spots = [_spot(cell, on) for cell in cells]
    groups = _groups(spots, parents)
    size = next((size for most, size in SIZES if len(spots) <= most), SMALLEST)
    standing = [spot for spot in spots if _stands(spot)]
    worst = sorted(standing, key=lambda spot: (-(spot.quiet or 0), STEPS.index(spot.step)))
    return Map(
        drawing=_draw(groups, size, board),
        lines=mark_safe("".join(_line(group) for group in groups)),  # noqa: S308 - names are escaped one by one
        worst=[(spot, str(REACHED[spot.step])) for spot in worst[:MOST_LISTED]],
        units=len(spots),
        still=len(standing),
        numbered=size > SMALLEST,
    )


def _spot(cell: Cell, on: datetime.date) -> Spot:
    """As `thidua.deployment.step_reached` and `still` say it, without a value made for each of thousands."""
    far = max(place for place, day in enumerate(cell.days) if day is not None)
    if far == len(STEPS) - 1:
        return Spot(cell, STEPS[far], None)
    since = max(day for day in cell.days if day is not None)
    return Spot(cell, STEPS[far], working_days_after(since, on))


def _stands(spot: Spot) -> bool:
    return spot.quiet is not None and spot.quiet >= STILL_FROM


def _groups(spots: Iterable[Spot], parents: Mapping[int, str]) -> list[Group]:
    found: dict[tuple[str, int | None], list[Spot]] = {}
    for spot in spots:
        found.setdefault((LEVEL_OF[spot.cell.kind].value, spot.cell.parent), []).append(spot)
    order = {level.value: place for place, level in enumerate(Level)}
    keys = sorted(found, key=lambda key: (order[key[0]], -len(found[key]), parents.get(key[1] or 0, "")))
    return [Group(Level(level), parents.get(parent or 0, ""), found[level, parent]) for level, parent in keys]


def _line(group: Group) -> str:
    """A line of the table: the level and the unit above, how many units, how many at every step, the stillest."""
    reached = Counter(spot.step for spot in group.spots)
    numbers = [
        (gettext("Đơn vị"), len(group.spots)),
        *((str(REACHED[step]), reached[step]) for step in STEPS),
        (gettext("Lâu nhất, ngày làm việc"), max((spot.quiet or 0 for spot in group.spots), default=0)),
    ]
    cells = "".join(
        f'<td class="num" data-label="{escape(label, quote=True)}">{say_number(n)}</td>' for label, n in numbers
    )
    parent = f'<span class="muted small">{escape(group.parent)}</span>' if group.parent else ""
    return f'<tr><th scope="row">{escape(str(group.level.label))}{parent}</th>{cells}</tr>'


# The drawing ----------------------------------------------------------------------------------------------------------


class Box(NamedTuple):
    """Where a group is drawn: its upper left corner, its cells in a row, and how large it is."""

    x: int
    y: int
    columns: int
    width: int
    height: int


def _draw(groups: Sequence[Group], size: int, board: str) -> SafeString:
    """Groups from left to right while they fit, a level beginning a line of its own."""
    parts: list[str] = []
    alone = Counter(group.level for group in groups)
    y, x, high, level = 0, 0, 0, None
    for group in groups:
        if group.level is not level:
            y, x, high, level = y + high + (GAP if high else 0), 0, 0, group.level
            parts.append(f'<text class="heat-level" x="0" y="{y + 20}">{escape(str(level.label))}</text>')
            y += LEVEL_HEAD
        columns, width, height = _shape(group, size, alone=alone[group.level] == 1)
        if x and x + width > WIDTH:
            y, x, high = y + high + GAP, 0, 0
        parts += _draw_group(group, Box(x, y, columns, width, height), size, board)
        x, high = x + width + GAP, max(high, height)
    label = escape(gettext("Bản đồ nhiệt: mỗi ô là một đơn vị"), quote=True)
    height = y + high + 4
    return mark_safe(  # noqa: S308 - names are escaped one by one
        f'<svg class="heat" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="group"'
        f' aria-label="{label}">{PATTERNS}{"".join(parts)}</svg>'
    )


def _shape(group: Group, size: int, *, alone: bool) -> tuple[int, int, int]:
    """Cells in a row, width and height: eight rows of cells or fewer; as wide as its name, or the page if it is alone
    in its level.
    """
    n, most = len(group.spots), WIDTH // size
    named = min(len(group.parent) * LETTER, NAME) if group.parent else 0
    columns = most if alone else min(most, max(-(-n // 8), named // size, 1))
    columns = min(columns, n)
    return columns, max(columns * size, named), -(-n // columns) * size + (HEAD if group.parent else 0)


def _draw_group(group: Group, box: Box, size: int, board: str) -> list[str]:
    parts, y = [], box.y
    if group.parent:
        letters = max(box.width, NAME) // LETTER if group.parent else 0
        name = group.parent if len(group.parent) <= letters else f"{group.parent[: letters - 1]}…"
        parts.append(f'<text class="heat-parent" x="{box.x}" y="{y + 14}">{escape(name)}</text>')
        y += HEAD
    for place, spot in enumerate(group.spots):
        row, column = divmod(place, box.columns)
        parts.append(_draw_spot(spot, box.x + column * size, y + row * size, size - 2, board))
    return parts


def _draw_spot(spot: Spot, x: int, y: int, side: int, board: str) -> str:
    number = ""
    if side > SMALLEST and spot.quiet is not None:
        number = f'<text x="{x + side // 2}" y="{y + side // 2 + 4}">{spot.quiet}</text>'
    strong = ' class="stands"' if _stands(spot) else ""
    return (
        f'<a href="{board}?don_vi={spot.cell.unit}"><rect{strong} x="{x}" y="{y}" width="{side}" height="{side}"'
        f' fill="url(#h-{spot.step})"/>{number}<title>{escape(say(spot))}</title></a>'
    )


def say(spot: Spot) -> str:
    """ "Sở Y tế: Đã nhận, chưa có kế hoạch; 12 ngày làm việc không chuyển động"."""
    words = f"{spot.cell.name}: {REACHED[spot.step]}"
    return f"{words}; {say_quiet(spot.quiet)}" if spot.quiet is not None else words


def say_quiet(days: int) -> str:
    return ngettext("%(n)d ngày làm việc không chuyển động", "%(n)d ngày làm việc không chuyển động", days) % {
        "n": days
    }


def _pattern(step: Step, marks: str) -> str:
    return (
        f'<pattern id="h-{step}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect class="h-ground" width="8" height="8"/>{marks}</pattern>'
    )


_MARKS = {
    Step.SENT: '<path class="h-mark" d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke-width="3"/>',
    Step.RECEIVED: '<path class="h-mark" d="M0 8l8-8M0 0l8 8" stroke-width="1.2"/>',
    Step.PLANNED: '<circle class="h-dot" cx="2" cy="2" r="1.3"/><circle class="h-dot" cx="6" cy="6" r="1.3"/>',
    Step.LAUNCHED: '<path class="h-mark" d="M0 4h8" stroke-width="1.4"/>',
    Step.REPORTED: "",
    Step.SUMMARISED: "",
}
PATTERNS = (
    "<defs>"
    + "".join(_pattern(step, marks).replace('class="h-', f'class="h-{step} h-') for step, marks in _MARKS.items())
    + "</defs>"
)


class Key(NamedTuple):
    """A line of the legend: the step in words, how it looks, a small drawing of it."""

    label: str
    look: str
    swatch: SafeString


def legend() -> list[Key]:
    return [Key(str(REACHED[step]), str(LEGEND[step]), _swatch(step)) for step in STEPS]


def _swatch(step: Step) -> SafeString:
    return mark_safe(  # noqa: S308 - of our own words
        f'<svg class="heat-key" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">'
        f'<rect x="1" y="1" width="22" height="22" fill="url(#h-{step})"/></svg>'
    )
