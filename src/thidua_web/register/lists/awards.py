"""Lists of awards of before. What is past keeps its words; a unit gets no award after its last day."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from thidua.findings import Finding, Outcome
from thidua.register.units_in_time import UnitInTime, UnitPeriod, may_be_awarded
from thidua.vietnamese.folding import search_key
from thidua_web.register.lists.changes import Change, Json, update
from thidua_web.register.lists.places import Place
from thidua_web.register.lists.planner import Plan, Said, day
from thidua_web.register.lists.ratings import subject_of
from thidua_web.register.lists.subjects import Subject, SubjectPlanner
from thidua_web.register.models import AwardRecord, ListKind
from thidua_web.register.queries import known

FILLED = ("merit", "decision", "decided_on", "issuer", "golden_number")


class AwardsPlanner(SubjectPlanner):
    """The same award is known by whom, title, year and decision; the rest fills what is not known yet."""

    kind = ListKind.AWARDS
    label_of = ("title", "full_name", "unit_name", "unit_code", "year")
    of_people = frozenset({"person"})
    of_households = frozenset({"household"})
    twice_in_sheet = "place.same_award"

    def against(self, place: Place, values: Json) -> Finding | None:
        year = values.get("year")
        if not isinstance(year, int):
            return None
        decided = day(values.get("decided_on"))
        on = decided or (datetime.date(year, 1, 1) if year > place.valid_from.year else place.valid_from)
        period = UnitPeriod(name=place.name, kind=place.kind, parent=None, start=place.valid_from, end=place.valid_to)
        finding = may_be_awarded(UnitInTime(code=place.code, periods=(period,)), on)
        return finding if finding.outcome is not Outcome.MET else None

    def key(self, values: Json, target: int) -> tuple[object, ...]:
        return (*self.about(values, target), *_alike(values))

    def plan(self, rows: Sequence[Said]) -> list[Plan]:
        about = [self.about(row.values, row.target) for row in rows]
        people = {pk for kind, pk in about if kind == "person"}
        households = known.households_numbered({pk for kind, pk in about if kind == "household"})
        there = known.awards_of(
            people=people, units={pk for kind, pk in about if kind == "unit"}, households=households
        )
        homes = {("person", pk): unit for pk, unit in known.units_of_people(people).items()}
        homes |= {("household", pk): one.unit_id for pk, one in households.items()}
        names = {("person", pk): name for pk, name in known.names_of_people(people).items()}
        names |= {("household", pk): one.name for pk, one in households.items()}
        return [
            self._changes(row.values, subject, there.get(subject, []), homes, names)
            for row, subject in zip(rows, about, strict=True)
        ]

    def _changes(
        self,
        values: Json,
        subject: Subject,
        there: list[AwardRecord],
        homes: Mapping[Subject, int],
        names: Mapping[Subject, str],
    ) -> list[Change]:
        same = _same(values, there)
        if same is not None:
            change = update("award", same, {key: values[key] for key in FILLED if key in values})
            return [change] if change is not None else []
        kind, pk = subject
        on = day(values.get("decided_on")) or datetime.date(values["year"], 12, 31)
        unit = self.places.by_id.get(values.get("unit") or (pk if kind == "unit" else homes.get(subject, 0)))
        unit_name = unit.name_on(on) if unit else ""
        said = values.get("full_name") if kind == "person" else ""
        now = {
            f"{kind}_id": pk,
            "title": values["title"],
            "year": values["year"],
            **{key: values.get(key, None if key == "decided_on" else "") for key in FILLED},
            "recipient_name": unit_name if kind == "unit" else said or names.get(subject, ""),
            "unit_name": unit_name,
        }
        return [Change(model="award", now=now)]

    def twice(self, rows: Sequence[tuple[int, Sequence[Change]]]) -> Collection[int]:
        """Recorded by somebody else meanwhile."""
        new = {number: changes[0].now for number, changes in rows if changes and changes[0].makes}
        there = known.awards_of(
            people={now["person_id"] for now in new.values() if "person_id" in now},
            units={now["unit_id"] for now in new.values() if "unit_id" in now},
            households={now["household_id"] for now in new.values() if "household_id" in now},
        )
        return {number for number, now in new.items() if _same(now, there.get(subject_of(now), [])) is not None}


def _alike(values: Json) -> tuple[Any, ...]:
    return (
        search_key(values.get("title", "")),
        values.get("year"),
        search_key(values.get("decision", "")),
        search_key(values.get("merit", "")),
    )


def _same(values: Json, there: Sequence[AwardRecord]) -> AwardRecord | None:
    """Of the same title and year; where both name a decision, the same; where neither does, the same merit."""
    title, year, decision, merit = _alike(values)
    for row in there:
        if row.year != year or search_key(row.title) != title:
            continue
        known_decision, known_merit = search_key(row.decision), search_key(row.merit)
        if decision and known_decision:
            if decision == known_decision and (not merit or not known_merit or merit == known_merit):
                return row
        elif not merit or not known_merit or merit == known_merit:
            return row
    return None
