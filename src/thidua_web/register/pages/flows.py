"""The chart of a reform: old units on the left, what goes on for them on the right; drawn here, so that it prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua.vietnamese.collation import Key, collation_key
from thidua_web.register.models import UnitKind
from thidua_web.register.reshaping import Shape

KINDS = {kind.value: place for place, kind in enumerate(UnitKind)}


class Fate(models.TextChoices):
    """What becomes of a unit, in a word that stands in its box."""

    ENDED = "ended", _("kết thúc")
    BEGUN = "begun", _("thành lập")
    CHANGED = "changed", _("thay đổi")
    RECEIVES = "receives", _("tiếp nhận")
    STAYS = "stays", _("tiếp tục")


class Node(NamedTuple):
    code: str
    name: str
    fate: Fate


@dataclass
class Flow:
    """Units that have to do with one another: each of `lines` leads from an old one to a new one, by place.

    `main` are those lines on which what runs goes.
    """

    old: list[Node] = field(default_factory=list)
    new: list[Node] = field(default_factory=list)
    lines: list[tuple[int, int, bool]] = field(default_factory=list)
    kind: str = ""

    @property
    def order(self) -> tuple[int, Key]:
        return KINDS.get(self.kind, 0), collation_key((self.new or self.old)[0].name)

    @property
    def rows(self) -> list[tuple[Node, list[tuple[Node, bool]]]]:
        """For the table: every old unit with the new ones, and whether what runs goes there."""
        return [
            (node, [(self.new[to], main) for from_, to, main in self.lines if from_ == place])
            for place, node in enumerate(self.old)
        ]


def flows(shape: Shape, names: Mapping[str, str]) -> list[Flow]:
    """By kind and name, as officials list units. Units that only follow the one above them are left out."""
    begun = {one.code: one.after.name for one in shape.begun}
    changed = {one.code: one for one in shape.changed if not one.follows}
    ended = {one.code: one for one in shape.ended}
    going = {code: one.successors for code, one in ended.items()}
    staying = (set(changed) | shape.heirs) - set(begun)
    going |= {code: (code,) for code in staying}
    found = []
    for codes in _parts(going):
        flow = Flow(kind=_kind(codes, ended, changed))
        right = list(dict.fromkeys(to for code in codes for to in going[code]))
        right.sort(key=lambda code: collation_key(_after(code, begun, changed, names)))
        for code in sorted(codes, key=lambda code: collation_key(_before(code, ended, changed, names))):
            fate = Fate.ENDED if code in ended else Fate.STAYS
            flow.old.append(Node(code, _before(code, ended, changed, names), fate))
        for code in right:
            fate = Fate.BEGUN if code in begun else Fate.CHANGED if code in changed else Fate.RECEIVES
            flow.new.append(Node(code, _after(code, begun, changed, names), fate))
        place = {code: n for n, code in enumerate(right)}
        for n, node in enumerate(flow.old):
            flow.lines.extend((n, place[to], first == 0) for first, to in enumerate(going[node.code]))
        found.append(flow)
    return sorted(found, key=lambda flow: flow.order)


def _kind(codes: Iterable[str], ended: Mapping, changed: Mapping) -> str:
    """Of the highest of them."""
    known = [one.before.kind for code in codes if (one := ended.get(code) or changed.get(code))]
    return min(known, key=lambda kind: KINDS.get(kind, 0), default="")


def _before(code: str, ended: Mapping, changed: Mapping, names: Mapping[str, str]) -> str:
    one = ended.get(code) or changed.get(code)
    return one.before.name if one else names.get(code, code)


def _after(code: str, begun: Mapping[str, str], changed: Mapping, names: Mapping[str, str]) -> str:
    one = changed.get(code)
    return begun.get(code) or (one.after.name if one else names.get(code, code))


def _parts(going: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Old units that share a new one, directly or through others, belong together."""
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while root.setdefault(key, key) != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for code, successors in going.items():
        for to in successors:
            root[find(f"<{code}")] = find(f">{to}")
    parts: dict[str, list[str]] = {}
    for code in going:
        parts.setdefault(find(f"<{code}"), []).append(code)
    return list(parts.values())


# Drawing --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Size:
    """In units of the drawing: the whole width, that of a box, letters in a line, heights."""

    width: int
    box: int
    letters: int
    line: int
    small: int


WIDE = Size(width=960, box=400, letters=46, line=20, small=17)
NARROW = Size(width=340, box=148, letters=19, line=16, small=14)
PAD, BETWEEN, APART = 8, 8, 20


class Box(NamedTuple):
    x: int
    y: int
    width: int
    height: int
    fate: Fate
    lines: list[tuple[int, str]]
    word_at: int
    node: Node


class Curve(NamedTuple):
    d: str
    main: bool


@dataclass
class Drawing:
    size: Size
    height: int = 0
    boxes: list[Box] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)


def drawing(some: Iterable[Flow], size: Size) -> Drawing:
    made = Drawing(size)
    top = APART // 2
    for flow in some:
        top += _draw(made, flow, top) + APART
    made.height = top
    return made


def _draw(made: Drawing, flow: Flow, top: int) -> int:
    """One flow from `top` on; how high it is. The lower column stands in the middle of the higher one."""
    size = made.size
    columns = [(flow.old, 1), (flow.new, size.width - size.box - 1)]
    heights = [sum(_height(node, size) + BETWEEN for node in nodes) - BETWEEN for nodes, _x in columns]
    whole = max(heights)
    boxes = []
    for (nodes, x), height in zip(columns, heights, strict=True):
        y = top + (whole - height) // 2
        column = []
        for node in nodes:
            column.append(_box(node, x, y, size))
            y += column[-1].height + BETWEEN
        boxes.append(column)
    for from_, to, main in flow.lines:
        made.curves.append(_curve(boxes[0][from_], boxes[1][to], main=main) if boxes[1] else Curve("", main))
    made.boxes += [*boxes[0], *boxes[1]]
    return whole


def _lines(node: Node, size: Size) -> list[str]:
    return wrap(node.name, size.letters) or [node.code]


def _height(node: Node, size: Size) -> int:
    return len(_lines(node, size)) * size.line + size.small + 2 * PAD


def _box(node: Node, x: int, y: int, size: Size) -> Box:
    lines = [(y + PAD + (n + 1) * size.line - 5, text) for n, text in enumerate(_lines(node, size))]
    height = _height(node, size)
    return Box(x, y, size.box, height, node.fate, lines, y + height - PAD - 2, node)


def _curve(left: Box, right: Box, *, main: bool) -> Curve:
    x1, y1 = left.x + left.width, left.y + left.height // 2
    x2, y2 = right.x, right.y + right.height // 2
    middle = (x1 + x2) // 2
    return Curve(f"M{x1} {y1} C{middle} {y1} {middle} {y2} {x2 - 5} {y2}", main)
