"""Lists of annual ratings of people, units, Party members and Party organisations."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from thidua.findings import Finding
from thidua.law.ratings import scheme_for
from thidua_web.register.lists.changes import Change, Json, update
from thidua_web.register.lists.places import Place, not_in_force
from thidua_web.register.lists.planner import Plan, Said
from thidua_web.register.lists.subjects import SubjectPlanner
from thidua_web.register.models import ListKind, Rating
from thidua_web.register.models.records import Track
from thidua_web.register.queries import known

PARTY = frozenset({"party_member", "party_unit"})


class RatingsPlanner(SubjectPlanner):
    """One level for whom, a year and a track; the list's level replaces another one."""

    kind = ListKind.RATINGS
    of_people = frozenset({"person", "party_member"})

    def against(self, place: Place, values: Json) -> Finding | None:
        year = values.get("year")
        if not isinstance(year, int):
            return None
        return not_in_force(place, datetime.date(year, 1, 1), datetime.date(year, 12, 31))

    def key(self, values: Json, target: int) -> tuple[object, ...]:
        return (*self.about(values, target), values.get("year"), _track(values))

    def plan(self, rows: Sequence[Said]) -> list[Plan]:
        about = [self.about(row.values, row.target) for row in rows]
        there = known.ratings_of(
            people={pk for kind, pk in about if kind == "person"},
            units={pk for kind, pk in about if kind == "unit"},
            years={row.values["year"] for row in rows},
        )
        homes = known.units_of_people({pk for kind, pk in about if kind == "person"})
        return [
            self._changes(row.values, *subject, there.get((*subject, row.values["year"], _track(row.values))), homes)
            for row, subject in zip(rows, about, strict=True)
        ]

    def _changes(
        self, values: Json, kind: str, subject: int, there: Rating | None, homes: dict[int, int]
    ) -> list[Change]:
        said = {key: values[key] for key in ("level", "paper", "decided_on") if key in values}
        scheme = scheme_for(_track(values), kind, values["year"])  # type: ignore[arg-type]
        if there is not None:
            said |= {"scheme": scheme.code} if scheme and there.level != said["level"] else {}
            change = update("rating", there, said)
            return [change] if change is not None else []
        unit = self.places.by_id.get(values.get("unit") or (homes.get(subject, 0) if kind == "person" else subject))
        now = {
            f"{kind}_id": subject,
            "track": _track(values),
            "year": values["year"],
            "level": values["level"],
            "scheme": scheme.code if scheme else "",
            "unit_name": unit.name_on(datetime.date(values["year"], 12, 31)) if unit else "",
            "paper": values.get("paper", ""),
            "decided_on": values.get("decided_on"),
        }
        return [Change(model="rating", now=now)]

    def twice(self, rows: Sequence[tuple[int, Sequence[Change]]]) -> Collection[int]:
        """Rated by somebody else meanwhile."""
        new = {number: changes[0].now for number, changes in rows if changes and changes[0].makes}
        there = known.ratings_of(
            people={now["person_id"] for now in new.values() if "person_id" in now},
            units={now["unit_id"] for now in new.values() if "unit_id" in now},
            years={now["year"] for now in new.values()},
        )
        return {number for number, now in new.items() if (*subject_of(now), now["year"], now["track"]) in there}


def _track(values: Json) -> str:
    return Track.PARTY.value if values.get("who") in PARTY else Track.STATE.value


def subject_of(now: Json) -> tuple[str, int]:
    if "household_id" in now:
        return "household", now["household_id"]
    return ("person", now["person_id"]) if "person_id" in now else ("unit", now["unit_id"])
