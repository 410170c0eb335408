"""Whom a rating or an award is about: somebody or some unit that the register has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from thidua.findings import Finding, not_met, unknown
from thidua.register.matching import Candidate, Match, MatchOutcome, PeopleIndex, PersonFacts
from thidua.register.sheets import Row
from thidua_web.register.lists.changes import CandidateFacts, Json, Staged, faulty, outcome_of
from thidua_web.register.lists.households import Homes
from thidua_web.register.lists.people import numbered, numbers
from thidua_web.register.lists.places import Place
from thidua_web.register.lists.planner import Plan, Planner, Said, candidates_of, day, why
from thidua_web.register.models import RowOutcome
from thidua_web.register.queries import known

Subject = tuple[str, int]
"""("person", number), ("unit", number) or ("household", number)."""

# Together they name one person where only one comes near: a list of ratings seldom has births.
NAMED_HERE = {"match.same_name", "match.same_unit"}
SPOKEN_AGAINST = {"match.other_birth", "match.birth_slip", "match.other_identity", "match.other_code"}


class SubjectPlanner(Planner):
    """`of_people`, `of_households`: the values of the column "who" that mean a person, a household."""

    label_of = ("full_name", "unit_name", "unit_code", "year")
    of_people: frozenset[str]
    of_households: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._index: PeopleIndex | None = None
        self._numbered: dict[int, tuple[str, int]] = {}
        self._done: dict[tuple[object, ...], int] = {}
        self._homes = Homes()
        self._looked_at: set[int] = set()

    def stage(self, rows: Sequence[Row]) -> list[Staged]:
        said = [(row, self.split(row)[0]) for row in rows]
        self._numbered = known.people_numbered(numbers(values for _, values in said))
        staged = [self._meet(row, values) for row, values in said]
        clean = [one for one in staged if one.outcome == RowOutcome.SAME]
        plans = self.plan([Said(one.number, one.values, {}, one.target) for one in clean])
        for one, plan in zip(clean, plans, strict=True):
            self._settle(one, plan)
        return staged

    def _settle(self, one: Staged, plan: Plan) -> None:
        first = self._done.setdefault(self.key(one.values, one.target or 0), one.number)
        if first != one.number:
            plan = not_met(self.twice_in_sheet, first=str(first))
        if isinstance(plan, Finding):
            finding = self.at(one.number, "who", plan)
            again = self.staged(one.number, one.values, {}, [finding], target=one.target)
            one.outcome, one.findings = again.outcome, again.findings
            return
        one.changes = plan
        one.outcome = outcome_of(plan, new=any(change.makes for change in plan))

    twice_in_sheet = "place.same_subject"

    def key(self, values: Json, target: int) -> tuple[object, ...]:
        """By which two rows of a sheet are about the same."""
        raise NotImplementedError

    def about(self, values: Json, target: int | None) -> Subject:
        if values.get("who") in self.of_households:
            return "household", target or 0
        return ("person" if values.get("who") in self.of_people else "unit", target or 0)

    # ------------------------------------------------------------------------------------------------- who it is

    def _meet(self, row: Row, values: Json) -> Staged:
        findings = list(row.findings)
        place, fault = self.places.find(values)
        if place is not None:
            values["unit"] = place.id
        if values.get("who") in self.of_households:
            return self._household(row.number, values, findings, place, fault)
        if values.get("who") not in self.of_people:
            key = "unit_code" if "unit_code" in values else "unit_name"
            against = fault or (self.against(place, values) if place is not None else None)
            findings.extend([self.at(row.number, key, against)] if against is not None else ())
            return self.staged(row.number, values, {}, findings, target=place.id if place else None)
        return self._person(row.number, values, findings, fault)

    def _household(
        self, number: int, values: Json, findings: list[Finding], place: Place | None, fault: Finding | None
    ) -> Staged:
        """By its code, else by its head, of whom the commune must have but one."""
        if fault is not None:
            findings.append(self.at(number, "unit_code" if "unit_code" in values else "unit_name", fault))
        if place is None or faulty(findings):
            return self.staged(number, values, {}, findings)
        if place.id not in self._looked_at:
            self._homes.add(known.households_of({place.id}))
            self._looked_at.add(place.id)
        found = self._homes.meant(place.id, values.get("person_code", ""), values.get("full_name", ""))
        if len(found) != 1:
            code = "place.several_households" if found else "place.no_household"
            key = "full_name" if "full_name" in values else "person_code"
            findings.append(self.at(number, key, not_met(code, said=self._said(values))))
        return self.staged(number, values, {}, findings, target=found[0].pk if len(found) == 1 else None)

    def against(self, place: Place, values: Json) -> Finding | None:
        """Why nothing of the kind can be said of that unit then."""
        raise NotImplementedError

    def _person(self, number: int, values: Json, findings: list[Finding], fault: Finding | None) -> Staged:
        if faulty(findings) and not values.get("full_name") and not values.get("person_code"):
            return self.staged(number, values, {}, findings)
        exported = numbered(values, self._numbered)
        if exported is not None and self.places.within(self._numbered[exported][1]):
            return self.staged(number, values, {}, findings, target=exported)
        candidates = self._candidates(number, values)
        sure = _sure(candidates)
        if sure is not None:
            return self.staged(number, values, {}, findings, target=sure)
        key = "full_name" if "full_name" in values else "person_code"
        if not candidates:
            missing = fault or not_met("place.no_person", said=self._said(values))
            findings.append(self.at(number, key, missing))
            return self.staged(number, values, {}, findings)
        shown = _shown(candidates)
        findings.insert(0, self.at(number, key, unknown("doubt.several_people" if len(shown) > 1 else "doubt.person")))
        doubt = "doubt.several_people" if len(shown) > 1 else why(shown[0]) or "doubt.person"
        return self.staged(number, values, {}, findings, candidates=shown, doubt=doubt)

    def _candidates(self, number: int, values: Json) -> tuple[Candidate, ...]:
        if self._index is None:
            self._index = PeopleIndex(known.people_within(self.run.unit, identities=False))
        born = values.get("birth")
        facts = PersonFacts(
            key=number,
            name=values.get("full_name", ""),
            birth=day(born) if isinstance(born, str) else born,
            code=values.get("person_code", ""),
            units=(values["unit"],) if "unit" in values else (),
        )
        match = self._index.match(facts)
        if facts.name:
            return match.candidates
        coded = [one for one in match.candidates if any(reason.code == "match.same_code" for reason in one.reasons)]
        return tuple(Candidate(one.key, one.score, one.reasons, exact=len(coded) == 1) for one in coded)

    def _said(self, values: Json) -> str:
        said = " · ".join(str(values[key]) for key in ("full_name", "person_code", "unit_name") if values.get(key))
        return f"“{said}”"

    def plan(self, rows: Sequence[Said]) -> list[Plan]:
        raise NotImplementedError


def _sure(candidates: Sequence[Candidate]) -> int | None:
    """The one who is meant: exactly, or the only one of that name in that unit with nothing against it."""
    exact = [one.key for one in candidates if one.exact]
    if exact:
        return exact[0] if len(exact) == 1 else None
    here = [
        one.key
        for one in candidates
        if {reason.code for reason in one.reasons} >= NAMED_HERE
        and SPOKEN_AGAINST.isdisjoint(reason.code for reason in one.reasons)
    ]
    return here[0] if len(here) == 1 else None


def _shown(candidates: Sequence[Candidate]) -> list[CandidateFacts]:
    return candidates_of(Match(MatchOutcome.DOUBT, tuple(candidates)))
