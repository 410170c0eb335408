"""What a reform makes of the units: who begins, changes and ends, who goes on with what runs, and what is wrong.

All acts of a reform take effect at once: their old units are those of the day before, their new ones those of the day
itself, and the order in which acts are written changes nothing. What hangs below a unit that ends follows its heir,
except where the unit was split: then each must be told where it goes. Nothing here writes; the plan is looked at first.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from thidua.findings import Finding, Outcome, not_met, unknown
from thidua.register.acts import Act, Target
from thidua.register.units_in_time import UnitInTime, UnitPeriod, check_kind, districts_left


class Standing(Struct, frozen=True, kw_only=True):
    """A unit from the day of the reform on. `follows`: only because the unit above it ended."""

    code: str
    name: str
    kind: str
    parent: str | None
    follows: bool = False


class Ending(Struct, frozen=True, kw_only=True):
    """`last` is the last day. `successors` took over its work, the `heir` also what runs."""

    code: str
    last: datetime.date
    successors: tuple[str, ...]
    heir: str | None


class ReformPlan(Struct, frozen=True, kw_only=True):
    """By code, in the order of codes. A plan with a fault (`not_met`) must not be carried out."""

    on: datetime.date
    begins: tuple[Standing, ...] = ()
    changes: tuple[Standing, ...] = ()
    endings: tuple[Ending, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def faulty(self) -> bool:
        return any(finding.outcome is Outcome.NOT_MET for finding in self.findings)


def plan_reform(units: Mapping[str, UnitInTime], acts: Iterable[Act], on: datetime.date) -> ReformPlan:
    """What `acts` make of `units` (by code) on the day `on`, with every fault and doubt."""
    return _Planning(units, acts, on).plan()


def carry_out(units: Mapping[str, UnitInTime], plan: ReformPlan) -> dict[str, UnitInTime]:
    """The units after the reform; periods that go on are closed the day before. Raises ValueError for a faulty plan."""
    if plan.faulty:
        raise ValueError("a plan with faults is not carried out")
    after = dict(units)
    last = plan.on - datetime.timedelta(days=1)
    for standing in plan.changes:
        unit = after[standing.code]
        now = msgspec.structs.replace(_period(standing, plan.on), end=unit.end)
        after[standing.code] = msgspec.structs.replace(unit, periods=(*_closed(unit, last), now))
    for standing in plan.begins:
        after[standing.code] = UnitInTime(code=standing.code, periods=(_period(standing, plan.on),))
    for end in plan.endings:
        unit = after[end.code]
        after[end.code] = msgspec.structs.replace(
            unit, periods=_closed(unit, end.last), successors=end.successors, heir=end.heir
        )
    return after


def _closed(unit: UnitInTime, last: datetime.date) -> tuple[UnitPeriod, ...]:
    return (*unit.periods[:-1], msgspec.structs.replace(unit.periods[-1], end=last))


def _period(standing: Standing, start: datetime.date) -> UnitPeriod:
    return UnitPeriod(name=standing.name, kind=standing.kind, parent=standing.parent, start=start)


class _Planning:
    """One reform on the way from acts to a plan; collects findings as it goes."""

    def __init__(self, units: Mapping[str, UnitInTime], acts: Iterable[Act], on: datetime.date) -> None:
        self._units = units
        self._acts = sorted(acts, key=msgspec.json.encode)
        self._on = on
        self._last = on - datetime.timedelta(days=1)
        self._findings: list[Finding] = []
        # By code: the act that ends a unit; what is said of units that begin or change, with the acts that say it.
        self._ending: dict[str, Act] = {}
        self._said: dict[str, list[tuple[Target, Act]]] = {}

    def plan(self) -> ReformPlan:
        for act in self._acts:
            if self._may_stand(act):
                self._take(act)
        for code, act in ((code, act) for code, said in self._said.items() for _, act in said):
            self._check_target(code, act)
        endings = [self._ended(code) for code in sorted(self._ending)]
        begins = [standing for code in sorted(self._said) if (standing := self._begun(code))]
        changes = {standing.code: standing for code in self._said if (standing := self._changed(code))}
        changes |= {standing.code: standing for standing in self._followers(changes)}
        self._check(endings, begins, changes)
        return ReformPlan(
            on=self._on,
            begins=tuple(begins),
            changes=tuple(changes[code] for code in sorted(changes)),
            endings=tuple(endings),
            findings=tuple(self._findings),
        )

    # ------------------------------------------------------------------------------------------ reading the acts

    def _may_stand(self, act: Act) -> bool:
        """Whether the act can be looked at further; what is wrong with its old units is told here."""
        faults = [fault for code in dict.fromkeys(act.old) if (fault := self._fault_of_old(code))]
        codes = {target.code for target in act.new}
        if act.act == "merge" and set(act.old) <= codes:
            faults.append(not_met("reform.merge_into_itself", None, unit=self._label(act.old[0])))
        if act.act == "split" and len(codes) < 2:
            faults.append(not_met("reform.split_into_one", None, unit=self._label(act.old[0])))
        if act.act == "merge" and len(set(act.old)) == 1 and not codes & set(self._units):
            self._doubt("reform.merge_of_one", unit=self._label(act.old[0]))
        for fault in faults:
            self._add(fault)
        return not faults

    def _fault_of_old(self, code: str) -> Finding | None:
        unit = self._units.get(code)
        label = self._label(code)
        if unit is None:
            begins_now = any(code == target.code for act in self._acts for target in act.new if code not in act.old)
            return not_met("reform.begins_now" if begins_now else "reform.no_unit", None, unit=label)
        if unit.end is not None:
            return not_met("reform.ended_before", None, unit=label, last=unit.end)
        if unit.start >= self._on:
            return not_met("reform.not_begun", None, unit=label, start=unit.start)
        if unit.periods[-1].start >= self._on:
            return not_met("reform.changed_later", None, unit=label, start=unit.periods[-1].start)
        return None

    def _take(self, act: Act) -> None:
        staying = {target.code for target in act.new}
        for code in act.old:
            if code in staying:
                continue
            if code in self._ending:
                self._fault("reform.ended_twice", unit=self._label(code))
            else:
                self._ending[code] = act
        for target in act.new:
            self._said.setdefault(target.code, []).append((target, act))

    # ------------------------------------------------------------------------------------------------ who goes on

    def _ended(self, code: str) -> Ending:
        act = self._ending[code]
        heir = self._heir(code)
        if heir is None:
            self._fault("reform.no_heir", unit=self._label(code))
        elif act.act == "dissolve" and not act.heirs:
            self._doubt("reform.heir_is_parent", unit=self._label(code), heir=self._label(heir))
        if act.act == "split":
            self._check_main(act)
        successors = [target.code for target in act.new] or ([heir] if heir else [])
        ordered = sorted(dict.fromkeys(successors), key=lambda successor: (successor != heir, successor))
        if heir is not None and not act.new:
            self._check_successor(code, heir)
        return Ending(code=code, last=self._last, successors=tuple(ordered), heir=heir)

    def _check_main(self, act: Act) -> None:
        mains = [code for code in act.heirs if code in {target.code for target in act.new}]
        unit = self._label(act.old[0])
        if len(act.heirs) > 1:
            self._fault("reform.two_mains", unit=unit, mains=[self._label(code) for code in act.heirs])
        elif act.heirs and not mains:
            self._fault("reform.main_not_new", unit=unit, main=self._label(act.heirs[0]))

    def _heir(self, code: str, seen: frozenset[str] = frozenset()) -> str | None:
        """Who takes over what runs in a unit that ends. Without a word about it: the unit above a dissolved one."""
        act = self._ending[code]
        if act.act == "merge":
            return act.new[0].code
        if act.heirs:
            return act.heirs[0]
        if act.act == "split" or code in seen:
            return None
        parent = self._units[code].periods[-1].parent
        return self._heir(parent, seen | {code}) if parent in self._ending else parent

    def _check_target(self, code: str, act: Act) -> None:
        """What goes on or begins by a merger or a split is there on that day and is what it is thought to be."""
        if act.act not in ("merge", "split"):
            return
        self._check_successor(act.old[0], code)
        unit = self._units.get(code)
        name = next(target.name for target in act.new if target.code == code)
        if unit is not None and unit.valid(self._on) and name not in ("", unit.name) and code not in act.old:
            self._doubt("reform.code_taken", unit=self._label(code), name=name)

    def _check_successor(self, code: str, successor: str) -> None:
        unit = self._units.get(successor)
        names = {"unit": self._label(code), "successor": self._label(successor)}
        if successor in self._ending:
            self._fault("reform.successor_ends", **names)
        elif unit is None:
            if successor not in self._said:
                self._fault("reform.no_successor", **names)
        elif not unit.valid(self._on):
            self._fault("reform.successor_not_valid", **names)

    # ----------------------------------------------------------------------------------------- who begins, changes

    def _begun(self, code: str) -> Standing | None:
        if code in self._units:
            return None
        first = self._units[self._said[code][0][1].old[0]].periods[-1]
        name, kind, parent = (self._word(code, field) for field in ("name", "kind", "parent"))
        if not name:
            self._fault("reform.no_name", unit=code)
        return Standing(
            code=code, name=name or code, kind=kind or first.kind, parent=parent or self._above(first.parent)
        )

    def _changed(self, code: str) -> Standing | None:
        """A unit that goes on under another name, kind or parent; None where nothing of it changes."""
        if code not in self._units or code in self._ending:
            self._check_ends_and_changes(code)
            return None
        unit = self._units[code]
        now = unit.periods[-1]
        name, kind, parent = (self._word(code, field) for field in ("name", "kind", "parent"))
        standing = Standing(code=code, name=name or now.name, kind=kind or now.kind, parent=parent or now.parent)
        if (standing.name, standing.kind, standing.parent) == (now.name, now.kind, now.parent):
            return None
        if unit.valid(self._on) and now.start >= self._on:
            self._fault("reform.changed_later", unit=self._label(code), start=now.start)
        return standing

    def _check_ends_and_changes(self, code: str) -> None:
        if code in self._ending and any(act.act in ("rename", "move", "change_kind") for _, act in self._said[code]):
            self._fault("reform.ends_and_changes", unit=self._label(code))

    def _word(self, code: str, field: str) -> str | None:
        """What the acts say of one thing; two that differ are a fault."""
        said = list(dict.fromkeys(value for target, _ in self._said[code] if (value := getattr(target, field))))
        if len(said) > 1:
            self._fault(f"reform.two_{field}s", unit=self._label(code), said=said)
        return said[0] if said else None

    def _above(self, parent: str | None) -> str | None:
        """Who stands where the parent stood: its heir once it ends; a split parent is told later as ending."""
        if parent is None or parent not in self._ending or self._ending[parent].act == "split":
            return parent
        return self._heir(parent)

    def _followers(self, changes: Mapping[str, Standing]) -> Iterator[Standing]:
        """Units whose parent ends and of whom no act says where they go."""
        for code, unit in self._units.items():
            now = unit.periods[-1]
            over = unit.end is not None and unit.end < self._on
            if now.parent not in self._ending or over or code in self._ending:
                continue
            changed = changes.get(code)
            if changed is not None and changed.parent != now.parent:
                continue
            parent = self._above(now.parent)
            if parent == now.parent:
                self._fault("reform.orphan", unit=self._label(code), parent=self._label(now.parent or ""))
                continue
            if now.start >= self._on:
                self._fault("reform.changed_later", unit=self._label(code), start=now.start)
            base = changed or Standing(code=code, name=now.name, kind=now.kind, parent=None)
            yield msgspec.structs.replace(base, parent=parent, follows=changed is None)

    # -------------------------------------------------------------------------------------------- what comes of it

    def _check(self, endings: Sequence[Ending], begins: Sequence[Standing], changes: Mapping[str, Standing]) -> None:
        parents = {code: unit.periods[-1].parent for code, unit in self._units.items() if unit.valid(self._on)}
        parents = {code: parent for code, parent in parents.items() if code not in self._ending}
        parents |= {standing.code: standing.parent for standing in (*begins, *changes.values())}
        for standing in (*begins, *changes.values()):
            self._check_place(standing, parents)
            against = check_kind(standing.kind, self._on)
            was = self._units.get(standing.code)
            if against is not None and (was is None or was.periods[-1].kind != standing.kind):
                self._findings.append(msgspec.structs.replace(against, params=against.params | {"unit": standing.name}))
        self._check_heads(endings)
        self._check_districts(endings, changes)

    def _check_place(self, standing: Standing, parents: Mapping[str, str | None]) -> None:
        parent = standing.parent
        if parent is None:
            return
        names = {"unit": self._label(standing.code), "parent": self._label(parent)}
        if parent in self._ending:
            self._fault("reform.parent_ends", **names)
        elif parent not in parents:
            self._fault("reform.no_parent", **names)
        else:
            circle = _circle(standing.code, parents)
            if circle:
                self._fault("reform.circle", units=[self._label(code) for code in circle])

    def _check_heads(self, endings: Sequence[Ending]) -> None:
        heads: dict[str, list[int]] = {}
        for end in endings:
            if end.heir is not None:
                heads.setdefault(end.heir, []).extend(self._units[end.code].heads)
        for code, coming in sorted(heads.items()):
            own = self._units[code].heads if code in self._units else ()
            several = sorted({*own, *coming})
            if len(several) > 1:
                self._doubt("reform.several_heads", unit=self._label(code), count=len(several), heads=several)

    def _check_districts(self, endings: Sequence[Ending], changes: Mapping[str, Standing]) -> None:
        gone = {end.code for end in endings} | set(changes)
        left = districts_left({code: unit for code, unit in self._units.items() if code not in gone}, self._on)
        if left is not None:
            self._findings.append(left)

    # ------------------------------------------------------------------------------------------------------ words

    def _label(self, code: str) -> str:
        """The name with the code behind it; of a unit that begins, the name that it will bear."""
        unit = self._units.get(code)
        name = unit.name if unit else next((target.name for target, _ in self._said.get(code, ()) if target.name), "")
        return f"{name} ({code})" if name else code

    def _fault(self, code: str, **params: Any) -> None:
        self._add(not_met(code, None, **params))

    def _doubt(self, code: str, **params: Any) -> None:
        self._add(unknown(code, None, **params))

    def _add(self, finding: Finding) -> None:
        if finding not in self._findings:
            self._findings.append(finding)


def _circle(code: str, parents: Mapping[str, str | None]) -> list[str]:
    """The units above a unit, where they lead back to it."""
    above: list[str] = []
    current: str | None = code
    while current is not None and current not in above:
        above.append(current)
        current = parents.get(current)
    return [*above, code] if current == code else []
