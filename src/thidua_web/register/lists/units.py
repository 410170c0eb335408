"""Lists of units: parents may stand in the same sheet, in any order; all rows are seen before any is kept."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from thidua.findings import Finding, Outcome, not_met, unknown
from thidua.register.matching import UnitFacts
from thidua.register.sheets import Row
from thidua.register.units_in_time import check_kind
from thidua_web.register.lists.changes import Change, Json, Staged, outcome_of, plain, reference, update
from thidua_web.register.lists.places import Place
from thidua_web.register.lists.planner import Plan, Planner, Said, candidates_of, day
from thidua_web.register.models import ListKind, RowOutcome, Unit, UnitCode
from thidua_web.register.models.units import CodeScheme
from thidua_web.register.queries import known
from thidua_web.register.queries.known import KnownUnit

ONE_DAY = datetime.timedelta(days=1)
BATCH = 1000
SCHEMES = tuple(CodeScheme.values)
# A name that is only near is no reason to ask where the codes differ: communes are named alike.
TOO_FAR = frozenset({"match.unit_name_near", "match.unit_name_place", "match.other_unit_name"})


Parent = int | str | Finding | None
"""A unit, what a row makes, why it cannot be, or None where it stays as it is."""


class _Seen(Struct):
    """A row of the sheet with the unit that it is, if the register has it; `staged` once it is settled."""

    row: Row
    values: Json
    findings: list[Finding]
    target: int | None = None
    staged: Staged | None = None


class UnitsPlanner(Planner):
    """The code says which unit a row is; without its code, the name may."""

    kind = ListKind.UNITS
    label_of = ("name", "code")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._seen: dict[int, _Seen] = {}
        self._by_code: dict[str, _Seen] = {}
        self._mentioned: set[int | None] = set()

    def stage(self, rows: Sequence[Row]) -> list[Staged]:
        for row in rows:
            values, _ = self.split(row)
            seen = _Seen(row, values, list(row.findings))
            self._seen[row.number] = seen
            if "code" in values:
                self._by_code.setdefault(values["code"].casefold(), seen)
        return []

    def finish(self) -> Iterator[list[Staged]]:
        """Parents before what stands below them, in which order they are written."""
        for seen in self._seen.values():
            self._recognise(seen)
        self._mentioned = {seen.target for seen in self._seen.values()}
        self._codes_taken()
        rings = self._rings()
        order = sorted(self._seen.values(), key=lambda seen: (self._depth(seen, rings), seen.row.number))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            details = known.unit_details({seen.target for seen in batch if seen.target is not None})
            for seen in batch:
                seen.staged = self._settle(seen, rings, details)
            yield [seen.staged for seen in batch if seen.staged is not None]

    # ------------------------------------------------------------------------------------------ which unit it is

    def _recognise(self, seen: _Seen) -> None:
        code = seen.values.get("code", "")
        place = self.places.by_code.get(code.casefold()) if code else None
        if place is None:
            return
        if self.places.within(place.id):
            seen.target = place.id
        else:
            seen.findings.append(self.at(seen.row.number, "code", not_met("place.unit_code_elsewhere", said=code)))

    def _candidates(self, seen: _Seen) -> Any:
        """Units of the same name or with the same other code, where the code is new."""
        facts = UnitFacts(
            key=seen.row.number,
            name=seen.values.get("name", ""),
            code=seen.values.get("code", ""),
            identifiers=tuple(seen.values[scheme] for scheme in SCHEMES if scheme in seen.values),
            parent=self._parent_known(seen),
        )
        match = self.places.match(facts)
        near = {
            one.key
            for one in match.candidates
            if TOO_FAR.isdisjoint(reason.code for reason in one.reasons)
            or any(reason.code == "match.same_identifier" for reason in one.reasons)
        }
        return candidates_of(match, near - self._mentioned)

    def _codes_taken(self) -> None:
        """Codes that others gave and that another unit has already."""
        given = [
            (scheme, seen.values[scheme], seen)
            for seen in self._seen.values()
            for scheme in SCHEMES
            if scheme in seen.values
        ]
        owners = known.owners_of_codes({code for _, code, _ in given})
        for scheme, code, seen in given:
            owner = owners.get((scheme, code))
            if owner is None or owner == seen.target or seen.target is None:
                continue
            finding = not_met("place.other_code_taken", said=code, name=self.places.name(owner))
            seen.findings.append(self.at(seen.row.number, scheme, finding))

    # ------------------------------------------------------------------------------------------------ what is above

    def _above(self, seen: _Seen) -> _Seen | None:
        """The row of the unit above, where it is in the sheet."""
        code = seen.values.get("parent_code", "")
        found = self._by_code.get(code.casefold()) if code else None
        return found if found is not seen else None

    def _rings(self) -> dict[int, list[str]]:
        """Rows that stand above each other in a ring, with the codes of the ring."""
        found: dict[int, list[str]] = {}
        safe: set[int] = set()
        for seen in self._seen.values():
            path: dict[int, str] = {}
            step: _Seen | None = seen
            while step is not None and step.row.number not in path and step.row.number not in safe:
                path[step.row.number] = step.values.get("code", "")
                step = self._above(step) if step.row.number not in found else None
            if step is not None and step.row.number in path:
                numbers = list(path)
                ring = numbers[numbers.index(step.row.number) :]
                found |= {key: [path[number] for number in ring] for key in ring}
            safe |= path.keys() - found.keys()
        return found

    def _depth(self, seen: _Seen, rings: Collection[int]) -> int:
        depth, step = 0, self._above(seen)
        while step is not None and step.row.number not in rings and depth < len(self._seen):
            depth, step = depth + 1, self._above(step)
        return depth

    def _parent_known(self, seen: _Seen) -> int | None:
        code = seen.values.get("parent_code", "")
        place = self.places.by_code.get(code.casefold()) if code else None
        return place.id if place else None

    def _set_parent(self, seen: _Seen, rings: Mapping[int, list[str]]) -> Finding | None:
        """Note in the values what stands above: a number, or a reference to its row. Answers with what is wrong."""
        if seen.row.number in rings:
            return not_met("place.ring", codes=rings[seen.row.number])
        code = seen.values.get("parent_code", "")
        if not code:
            parent: Parent = self.run.unit_id if seen.target is None else None
        else:
            place = self.places.by_code.get(code.casefold())
            parent = self._in_register(seen, place) if place is not None else self._in_sheet(seen, code)
        if isinstance(parent, Finding):
            return parent
        seen.values |= {"parent": parent} if parent is not None else {}
        return None

    def _in_register(self, seen: _Seen, place: Place) -> Parent:
        if self._is_above_already(seen.target, place.id):
            return None
        return self.places.outside(place) or place.id

    def _in_sheet(self, seen: _Seen, code: str) -> Parent:
        above = self._above(seen)
        if above is None:
            return not_met("place.no_parent", said=code)
        if above.staged is not None and above.staged.outcome == RowOutcome.FAULT:
            return not_met("place.faulty_parent", said=code, first=str(above.row.number))
        return reference(above.row.number)

    def _is_above_already(self, target: int | None, parent: int) -> bool:
        place = self.places.by_id.get(target) if target is not None else None
        return place is not None and place.parent == parent

    # ----------------------------------------------------------------------------------------- what becomes of it

    def _settle(self, seen: _Seen, rings: dict[int, list[str]], details: dict[int, KnownUnit]) -> Staged:
        number, values, findings = seen.row.number, seen.values, seen.findings
        wrong = self._set_parent(seen, rings)
        if wrong is not None:
            findings.append(self.at(number, "parent_code", wrong))
        place = self.places.by_id.get(seen.target) if seen.target is not None else None
        if place is not None:
            findings.extend(self._against(number, values, place, details[place.id]))
        elif "kind" in values:
            ended = check_kind(values["kind"], day(values.get("valid_to")) or self.today)
            findings.extend([self.at(number, "kind", ended)] if ended is not None else ())
        candidates = [] if seen.target is not None else self._candidates(seen)
        doubt = ""
        if candidates:
            findings.insert(0, self.at(number, "name", unknown("doubt.unit")))
            doubt = _why(candidates[0])
        staged = self.staged(number, values, {}, findings, target=seen.target, candidates=candidates, doubt=doubt)
        if staged.outcome == RowOutcome.SAME:
            staged.changes = self._changes(number, values, details.get(seen.target or 0))
            staged.outcome = outcome_of(staged.changes, new=seen.target is None)
        return staged

    def _against(self, number: int, values: Json, place: Place, unit: KnownUnit) -> Iterator[Finding]:
        last = day(values.get("valid_to"))
        if last is not None and last != unit.unit.valid_to:
            yield self.at(number, "valid_to", not_met("place.end_by_reform", name=place.name))
        first = day(values.get("valid_from"))
        if first is not None and first != unit.unit.valid_from and len(unit.periods) > 1:
            yield self.at(number, "valid_from", not_met("place.begins_after", name=place.name))

    def plan(self, rows: Sequence[Said]) -> list[Plan]:
        details = known.unit_details({row.target for row in rows if row.target is not None})
        return [
            not_met("write.changed_since")
            if row.target is not None and row.target not in details
            else self._changes(row.number, row.values, details.get(row.target or 0))
            for row in rows
        ]

    def _changes(self, number: int, values: Json, unit: KnownUnit | None) -> list[Change]:
        if unit is None:
            return self._new(number, values)
        said = {key: values[key] for key in ("code", "name", "kind") if key in values}
        said |= {"parent_id": values["parent"]} if "parent" in values else {}
        said |= {"valid_from": values["valid_from"]} if "valid_from" in values and len(unit.periods) < 2 else {}
        last = unit.periods[-1] if unit.periods else None
        in_period = {key: value for key, value in said.items() if key != "code"}
        changes = [
            update("unit", unit.unit, said),
            update("period", last, in_period) if last is not None else None,
            *self._codes(unit.unit.pk, values, unit.codes, new=False),
        ]
        return [change for change in changes if change is not None]

    def _new(self, number: int, values: Json) -> list[Change]:
        period = {
            "name": values["name"],
            "kind": values["kind"],
            "parent_id": values.get("parent", self.run.unit_id),
            "valid_from": values.get("valid_from") or self._first_day(values),
            "valid_to": values.get("valid_to"),
        }
        me = reference(number)
        return [
            Change(model="unit", now={"code": values["code"], **period}),
            Change(model="period", now={"unit_id": me, **period}),
            *self._codes(me, values, [], new=True),
        ]

    def _first_day(self, values: Json) -> str:
        last = day(values.get("valid_to"))
        return plain(min(last, self.today) if last else self.today)

    def _codes(self, unit: Any, values: Json, there: Sequence[UnitCode], *, new: bool) -> Iterator[Change]:
        """A code given anew: the one before ends the day before, and stays as what it was."""
        for scheme in SCHEMES:
            code = values.get(scheme)
            known_codes = [row for row in there if row.scheme == scheme]
            if not code or any(row.code == code and row.valid_to is None for row in known_codes):
                continue
            for row in known_codes:
                if row.valid_to is None:
                    ended = max(row.valid_from or self.today, self.today - ONE_DAY)
                    yield Change(model="code", id=row.pk, was={"valid_to": None}, now={"valid_to": plain(ended)})
            before = next((row for row in known_codes if row.code == code), None)
            if before is not None:
                yield Change(
                    model="code", id=before.pk, was={"valid_to": plain(before.valid_to)}, now={"valid_to": None}
                )
                continue
            begins = None if new or not known_codes else plain(self.today)
            yield Change(
                model="code",
                now={"unit_id": unit, "scheme": scheme, "code": code, "valid_from": begins, "valid_to": None},
            )

    def twice(self, rows: Sequence[tuple[int, Sequence[Change]]]) -> Collection[int]:
        """A code that another unit has got since."""
        new = {number: changes[0].now["code"] for number, changes in rows if changes and _makes_unit(changes[0])}
        taken = set(Unit.objects.filter(code__in=new.values()).values_list("code", flat=True))
        return {number for number, code in new.items() if code in taken}


def _makes_unit(change: Change) -> bool:
    return change.model == "unit" and change.makes


def _why(candidate: Any) -> str:
    """That the codes differ goes without saying: else there were no doubt."""
    codes = [reason["code"] for reason in candidate.reasons if reason["outcome"] != Outcome.MET]
    telling: Iterable[str] = (code for code in codes if code not in ("match.other_unit_code", "match.parent_unknown"))
    return next(iter(telling), "match.other_unit_code")
