"""What the pages of reforms show: acts as sentences, what comes of them, what goes on where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua import explain
from thidua.findings import Finding
from thidua.register.acts import Act, Target
from thidua_web.register.forms.reforms import LABELS
from thidua_web.register.models import UnitKind
from thidua_web.register.reshaping import Changed, Shape
from thidua_web.register.signals import Foreseen, Outlook

MOST_LISTED = 60


@dataclass(frozen=True)
class ActLine:
    """`place`: which of the reform's acts it is, by which it is taken out again."""

    place: int
    label: str
    old: Sequence[str]
    new: Sequence[str]
    heir: str = ""


def act_lines(acts: Iterable[Act], names: Mapping[str, str]) -> list[ActLine]:
    return [_line(place, act, names) for place, act in enumerate(acts)]


def _line(place: int, act: Act, names: Mapping[str, str]) -> ActLine:
    heir = called(act.heirs[0], names) if act.heirs and len(act.new) != 1 else ""
    return ActLine(
        place=place,
        label=str(LABELS[act.act]),
        old=[called(code, names) for code in act.old],
        new=[_said(act, target, names) for target in act.new],
        heir=heir,
    )


def _said(act: Act, target: Target, names: Mapping[str, str]) -> str:
    """What the act says of a unit as it will be."""
    kind = str(UnitKind(target.kind).label) if target.kind in UnitKind.values else target.kind
    above = gettext("dưới %(parent)s") % {"parent": called(target.parent, names)} if target.parent else ""
    if act.act in ("move", "change_kind"):
        return above or kind
    whole = target.name if act.act == "rename" else called(target.code, names | _named(target))
    return ", ".join(part for part in (whole, kind, above) if part)


def _named(target: Target) -> dict[str, str]:
    return {target.code: target.name} if target.name else {}


def called(code: str, names: Mapping[str, str]) -> str:
    return f"{names[code]} ({code})" if names.get(code) else code


def sentences(findings: Iterable[Finding], language: str) -> list[str]:
    return list(dict.fromkeys(explain.sentence(finding, language) for finding in findings))


MOST_FAULTS = 200


def found(faults: Sequence[Finding], language: str) -> dict[str, Any]:
    """What is wrong with a list: where (a row and a column, or nowhere) and why; the first of so many."""
    lines = [
        (one.params.get("row"), one.params.get("column", ""), explain.sentence(one, language))
        for one in faults[:MOST_FAULTS]
    ]
    return {"faults": lines, "fault_number": len(faults), "more": len(faults) - len(lines)}


@dataclass(frozen=True)
class Group:
    """Units with the same fate; `rows` are (name, code, what is said of it), the first ones of `n`."""

    key: str
    title: str
    n: int
    rows: Sequence[tuple[str, str, str]]

    @property
    def more(self) -> int:
        return self.n - len(self.rows)


def outcome(shape: Shape, names: Mapping[str, str]) -> list[Group]:
    """Who ends, begins, changes; each group with its first units by name."""
    names = dict(names) | {one.code: one.after.name for one in (*shape.begun, *shape.changed)}
    ended = [
        (one.before.name, one.code, "; ".join(called(code, names) for code in one.successors)) for one in shape.ended
    ]
    begun = [(one.after.name, one.code, _place(one.after.kind, one.after.parent, names)) for one in shape.begun]
    changed = [(one.before.name, one.code, _change(one, names)) for one in shape.changed if not one.follows]
    following = [(one.before.name, one.code, _change(one, names)) for one in shape.changed if one.follows]
    groups = (
        ("ended", _("Kết thúc"), ended),
        ("begun", _("Thành lập"), begun),
        ("changed", _("Thay đổi"), changed),
        ("following", _("Theo đơn vị cấp trên"), following),
    )
    return [Group(key, str(title), len(rows), rows[:MOST_LISTED]) for key, title, rows in groups if rows]


def _place(kind: str, parent: str, names: Mapping[str, str]) -> str:
    label = str(UnitKind(kind).label) if kind in UnitKind.values else kind
    return f"{label}, {called(parent, names)}" if parent else label


def _change(one: Changed, names: Mapping[str, str]) -> str:
    said = []
    if one.before.name != one.after.name:
        said.append(one.after.name)
    if one.before.kind != one.after.kind:
        said.append(str(UnitKind(one.after.kind).label))
    if one.before.parent != one.after.parent:
        said.append(gettext("dưới %(parent)s") % {"parent": called(one.after.parent, names)})
    return ", ".join(said)


@dataclass(frozen=True)
class Going:
    """One kind of thing that goes on elsewhere: how many in all, and how many from which unit to which."""

    label: str
    n: int
    rows: Sequence[tuple[str, str, int]]
    named: Sequence[tuple[str, str, str]]

    @property
    def more(self) -> int:
        return self.n - sum(n for _from, _to, n in self.rows)


def going(outlook: Outlook, shape: Shape, names: Mapping[str, str], may: Callable[[str], bool]) -> list[Going]:
    """Only what there is any of; by name where whoever looks `may` see it."""
    names = dict(names) | {one.code: one.after.name for one in (*shape.begun, *shape.changed)}
    from_ = {one.pk: one.before.name for one in shape.ended}
    to = {one.pk: called(one.heir, names) if one.heir else gettext("không ai tiếp nhận") for one in shape.ended}
    lines = [line for line in outlook.lines if sum(line.counts.values())]
    return [_going(line, from_, to, named=may(line.permission)) for line in lines]


def _going(line: Foreseen, from_: Mapping[int, str], to: Mapping[int, str], *, named: bool) -> Going:
    counts = sorted(line.counts.items(), key=lambda row: -row[1])
    return Going(
        str(line.label),
        sum(line.counts.values()),
        [(from_[unit], to[unit], n) for unit, n in counts[:MOST_LISTED]],
        [(from_[unit], to[unit], text) for unit, text in (line.named if named else ())],
    )


def several_heads(outlook: Outlook, shape: Shape, keys: Mapping[str, int], names: Mapping[str, str]) -> list[Any]:
    """Units in which more than one person would hold the head's role, with their names."""
    names = dict(names) | {one.code: one.after.name for one in (*shape.begun, *shape.changed)}
    coming: dict[str, list[str]] = {}
    for one in shape.ended:
        if one.heir:
            coming.setdefault(one.heir, []).extend(outlook.heads.get(one.pk, ()))
    found = []
    for code, heads in sorted(coming.items()):
        own = outlook.heads.get(keys[code], ()) if code in keys else ()
        together = list(dict.fromkeys((*own, *heads)))
        if heads and len(together) > 1:
            found.append((called(code, names), together))
    return found
