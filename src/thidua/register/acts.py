"""Acts of a reform as data, and how the rows of a list of acts become them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec
from msgspec import Struct

ActKind = Literal["rename", "move", "change_kind", "merge", "split", "dissolve"]


class Target(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A unit as it is from the day of the reform on; what is empty stays as it was, or as the first old unit's."""

    code: str
    name: str = ""
    kind: str = ""
    parent: str | None = None


class Act(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One act. `old` are units by code as they stand the day before, `new` what stands from the day on.

    rename, move, change_kind: `old` has one code and `new` the same code. merge: several into one, which may be one of
    them. split: one into several; where it is one of them it goes on and the others begin beside it. dissolve: `new` is
    empty. `heirs` should have one code: who takes over what runs (split, dissolve).

    Raises ValueError (msgspec.ValidationError on decoding) where an act has not the units that it needs.
    """

    act: ActKind
    old: tuple[str, ...]
    new: tuple[Target, ...] = ()
    heirs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        one_old = len(self.old) == 1
        fits = {
            "merge": len(self.new) == 1 and bool(self.old),
            "split": one_old and bool(self.new),
            "dissolve": not self.new and bool(self.old),
        }.get(self.act, one_old and [target.code for target in self.new] == list(self.old))
        if not fits:
            raise ValueError(f"{self.act}: old {self.old} and new {[target.code for target in self.new]} do not fit")


def acts_of(rows: Iterable[Mapping[str, Any]]) -> dict[datetime.date, tuple[Act, ...]]:
    """The acts of a list (`reforms` in kinds.toml), by their day. Rows of one merger or one split are one act.

    Rows are values without faults, as `thidua.register.sheets` gives them.
    """
    days: dict[datetime.date, dict[tuple[Any, ...], Act]] = {}
    for row in rows:
        acts = days.setdefault(row["on"], {})
        act = _act(row)
        key = _one_act(act)
        acts[key] = _joined(acts[key], act) if key in acts else act
    return {day: tuple(acts.values()) for day, acts in sorted(days.items())}


def _act(row: Mapping[str, Any]) -> Act:
    kind, old = row["act"], tuple(row["old_codes"])
    code = row.get("new_code", "")
    heirs = (code,) if code and (kind == "dissolve" or row.get("main")) else ()
    if kind == "dissolve":
        return Act(act=kind, old=old, heirs=heirs)
    target = Target(
        code=code if kind in ("merge", "split") else old[0],
        name=row.get("new_name", ""),
        kind=row.get("new_kind", ""),
        parent=row.get("new_parent_code"),
    )
    return Act(act=kind, old=old, new=(target,), heirs=heirs if kind == "split" else ())


def _one_act(act: Act) -> tuple[Any, ...]:
    if act.act == "merge":
        return "merge", act.new[0].code
    if act.act == "split":
        return "split", act.old
    return act.act, act.old, act.new


def _joined(one: Act, more: Act) -> Act:
    """Of a merger the old units, of a split the new ones; a later row completes what an earlier one left out."""
    new = {target.code: target for target in one.new}
    for target in more.new:
        new[target.code] = _completed(new[target.code], target) if target.code in new else target
    return Act(
        act=one.act,
        old=tuple(dict.fromkeys((*one.old, *more.old))),
        new=tuple(new.values()),
        heirs=tuple(dict.fromkeys((*one.heirs, *more.heirs))),
    )


def _completed(one: Target, more: Target) -> Target:
    return msgspec.structs.replace(
        one, name=one.name or more.name, kind=one.kind or more.kind, parent=one.parent or more.parent
    )
