"""The units before a reform and after it, as two trees: what it touches is marked, what it leaves alone is folded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from thidua.vietnamese.collation import collation_key
from thidua_web.register.pages.flows import KINDS, Fate
from thidua_web.register.reshaping import Place, Shape

# A tree with no more of what is touched is opened whole.
MOST_OPEN = 40


@dataclass
class Twig:
    """A unit with what stands below it; `note` says where it went or came from. `alike` are those left alone.

    `n` counts what is touched below it; `opened`: shown from the start.
    """

    code: str
    name: str
    fate: Fate | None = None
    note: str = ""
    below: list[Twig] = field(default_factory=list)
    alike: list[Twig] = field(default_factory=list)
    n: int = 0
    opened: bool = False

    @property
    def touched(self) -> bool:
        return self.fate is not None or bool(self.below)


def two_trees(before: Mapping[str, Place], after: Mapping[str, Place], shape: Shape) -> tuple[list[Twig], list[Twig]]:
    """Each from the topmost units down; trees that the reform does not touch are left out."""
    ended = {one.code: one for one in shape.ended}
    changed = {one.code: one for one in shape.changed}
    begun = {one.code for one in shape.begun}

    def went(code: str) -> tuple[Fate | None, str]:
        if code in ended:
            return Fate.ENDED, "; ".join(_name(after, to) for to in ended[code].successors)
        return (Fate.CHANGED, "") if code in changed else (None, "")

    def came(code: str) -> tuple[Fate | None, str]:
        if code in begun:
            return Fate.BEGUN, ""
        if code in changed:
            was = changed[code].before
            return Fate.CHANGED, was.name if was.name != changed[code].after.name else ""
        return (Fate.RECEIVES, "") if code in shape.heirs else (None, "")

    return _tree(before, went), _tree(after, came)


def _name(places: Mapping[str, Place], code: str) -> str:
    return places[code].name if code in places else code


def _tree(places: Mapping[str, Place], fate_of) -> list[Twig]:  # type: ignore[no-untyped-def]
    below: dict[str, list[str]] = {}
    for code, place in places.items():
        below.setdefault(place.parent if place.parent in places else "", []).append(code)

    def grow(code: str) -> Twig:
        fate, note = fate_of(code)
        twigs = [grow(one) for one in sorted(below.get(code, ()), key=lambda one: _order(places[one]))]
        twig = Twig(code, places[code].name, fate, note)
        twig.below = [one for one in twigs if one.touched]
        twig.alike = [one for one in twigs if not one.touched]
        twig.n = sum(one.n + (one.fate is not None) for one in twig.below)
        return twig

    roots = [grow(code) for code in sorted(below.get("", ()), key=lambda one: _order(places[one]))]
    roots = [root for root in roots if root.touched]
    for root in roots:
        _open(root, everything=root.n <= MOST_OPEN)
    return roots


def _open(twig: Twig, *, everything: bool) -> None:
    twig.opened = True
    for one in twig.below if everything else ():
        _open(one, everything=True)


def _order(place: Place) -> tuple[int, object]:
    return KINDS.get(place.kind, 0), collation_key(place.name)
