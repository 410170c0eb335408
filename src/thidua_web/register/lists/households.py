"""Lists of households: which one each row is, and what becomes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from thidua.findings import Finding, met, not_met, unknown
from thidua.register.sheets import Row
from thidua.vietnamese.folding import search_key
from thidua_web.register.lists.changes import CandidateFacts, Change, Json, Staged, faulty, outcome_of, plain, update
from thidua_web.register.lists.people import numbers
from thidua_web.register.lists.places import Place, not_in_force
from thidua_web.register.lists.planner import Plan, Planner, Said
from thidua_web.register.models import Household, ListKind, RowOutcome
from thidua_web.register.models.households import HOUSING
from thidua_web.register.queries import known

FILLED = ("head_name", "head_sex", "address", "code", "valid_from", "valid_to")
DOUBT = "doubt.household"


class HouseholdsPlanner(Planner):
    """A household is known by its number in the register, by its code in the commune, or by head and address there.

    One whose head has the same name, and of whose address less is known, is a doubt that a person settles.
    """

    kind = ListKind.HOUSEHOLDS
    label_of = ("head_name", "address", "unit_name", "unit_code")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._first: dict[tuple[object, ...], int] = {}
        self._homes = Homes()
        self._looked_at: set[int] = set()

    def stage(self, rows: Sequence[Row]) -> list[Staged]:
        said = [(row, self.split(row)[0]) for row in rows]
        found = [self._place(row.number, values) for row, values in said]
        communes = {place.id for place, _ in found if place is not None} - self._looked_at
        self._homes.add(known.households_of(communes))
        self._looked_at |= communes
        exported = known.households_numbered(numbers(values for _, values in said))
        return [
            self._meet(row, values, findings, exported)
            for (row, values), (_, findings) in zip(said, found, strict=True)
        ]

    def _place(self, number: int, values: Json) -> tuple[Place | None, list[Finding]]:
        """The commune, and what speaks against writing for it."""
        key = "unit_code" if "unit_code" in values else "unit_name"
        place, fault = self.places.find(values)
        if place is not None:
            values["unit"] = place.id
            gone = not_in_force(place, self.today, self.today)
            other = None if place.kind in HOUSING else not_met("place.not_housing", name=place.name)
            fault = fault or gone or other
        return place, [self.at(number, key, fault)] if fault is not None else []

    def _meet(self, row: Row, values: Json, against: list[Finding], exported: Mapping[int, Household]) -> Staged:
        findings = [*row.findings, *against]
        if faulty(findings) or "unit" not in values:
            return self.staged(row.number, values, {}, findings)
        target = self._exported(values, exported) or self._homes.surely(values)
        first = self._first.setdefault(_key(values, target), row.number)
        if first != row.number:
            findings.append(self.at(row.number, "head_name", not_met("place.same_household", first=str(first))))
            return self.staged(row.number, values, {}, findings, target=target.pk if target else None)
        alike = [] if target else self._homes.perhaps(values)
        if alike:
            findings.insert(0, self.at(row.number, "head_name", unknown(DOUBT)))
            shown = [CandidateFacts(one.pk, 50, _reasons(one, values)) for one in alike]
            return self.staged(row.number, values, {}, findings, candidates=shown, doubt=DOUBT)
        changes = _changes(values, target)
        staged = self.staged(row.number, values, {}, findings, target=target.pk if target else None, changes=changes)
        if staged.outcome not in (RowOutcome.FAULT, RowOutcome.DOUBT):
            staged.outcome = outcome_of(changes, new=target is None)
        return staged

    def _exported(self, values: Json, exported: Mapping[int, Household]) -> Household | None:
        """By the register's number; the number alone, over other words, proves nothing."""
        text = str(values.get("register_number", ""))
        found = exported.get(int(text)) if text.isdecimal() else None
        if found is None or not self.places.within(found.unit_id):
            return None
        said = ((getattr(found, name), values.get(name) or "") for name in ("head_name", "code", "address"))
        return found if any(there and search_key(there) == search_key(new) for there, new in said) else None

    def plan(self, rows: Sequence[Said]) -> list[Plan]:
        there = Household.objects.in_bulk([row.target for row in rows if row.target is not None])
        return [
            not_met("write.changed_since")
            if row.target is not None and row.target not in there
            else _changes(row.values, there.get(row.target or 0))
            for row in rows
        ]

    def twice(self, rows: Sequence[tuple[int, Sequence[Change]]]) -> Collection[int]:
        """Added by somebody else meanwhile."""
        new = {number: changes[0].now for number, changes in rows if changes and changes[0].makes}
        there = Homes(self.since("household").filter(unit__in={now["unit_id"] for now in new.values()}))
        return {number for number, now in new.items() if there.surely({**now, "unit": now["unit_id"]}) is not None}


class Homes:
    """Households of the communes that rows name, by what they are known by: a code, the head's name, the address."""

    def __init__(self, rows: Iterable[Household] = ()) -> None:
        self.coded: dict[tuple[int, str], Household] = {}
        self.named: dict[tuple[int, str], list[Household]] = defaultdict(list)
        self.add(rows)

    def add(self, rows: Iterable[Household]) -> None:
        for row in rows:
            if row.code:
                self.coded[row.unit_id, row.code.casefold()] = row
            self.named[row.unit_id, search_key(row.head_name)].append(row)

    def surely(self, values: Json) -> Household | None:
        code = str(values.get("code") or "")
        if code and (found := self.coded.get((values["unit"], code.casefold()))) is not None:
            return found
        place = search_key(values.get("address") or "")
        same = [row for row in self._bearing(values) if place and search_key(row.address) == place]
        return same[0] if len(same) == 1 else None

    def meant(self, unit: int, code: str, name: str) -> list[Household]:
        """By the code where there is one, else by the head's name."""
        if code:
            found = self.coded.get((unit, code.casefold()))
            return [found] if found is not None else []
        return list(self.named.get((unit, search_key(name)), ()))

    def perhaps(self, values: Json) -> list[Household]:
        """Of the same head: all but those that are said to live elsewhere."""
        place = search_key(values.get("address") or "")
        return [row for row in self._bearing(values) if not place or search_key(row.address) in ("", place)]

    def _bearing(self, values: Json) -> list[Household]:
        """Of that name, but for those whose code is another."""
        code = str(values.get("code") or "").casefold()
        found = self.named.get((values["unit"], search_key(values["head_name"])), [])
        return [row for row in found if not (code and row.code and row.code.casefold() != code)]


def _key(values: Json, target: Household | None) -> tuple[object, ...]:
    if target is not None:
        return (target.pk,)
    code = str(values.get("code") or "").casefold()
    named = (search_key(values["head_name"]), search_key(values.get("address") or ""))
    return (values["unit"], code) if code else (values["unit"], *named)


def _reasons(row: Household, values: Json) -> list[Json]:
    reasons = [met("match.same_head", name=row.head_name)]
    if not row.address or not values.get("address"):
        reasons.append(unknown("match.address_unknown"))
    return [msgspec.to_builtins(reason) for reason in reasons]


def _changes(values: Json, target: Household | None) -> list[Change]:
    """Empty cells take nothing away."""
    said = {name: values[name] for name in FILLED if name in values} | {"unit_id": values["unit"]}
    if target is not None:
        change = update("household", target, said)
        return [change] if change is not None else []
    empty = {name: None if name.startswith("valid_") else "" for name in FILLED}
    return [Change(model="household", now={name: plain(value) for name, value in (empty | said).items()})]
