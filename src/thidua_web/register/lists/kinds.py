"""The planner of each kind of list, and the permission that it asks for."""

from __future__ import annotations

import datetime

from thidua_web.register.lists.awards import AwardsPlanner
from thidua_web.register.lists.households import HouseholdsPlanner
from thidua_web.register.lists.people import PeoplePlanner
from thidua_web.register.lists.planner import Planner
from thidua_web.register.lists.ratings import RatingsPlanner
from thidua_web.register.lists.units import UnitsPlanner
from thidua_web.register.models import ImportRun, ListKind
from thidua_web.register.queries.known import places

PLANNERS: dict[str, type[Planner]] = {
    ListKind.UNITS: UnitsPlanner,
    ListKind.PEOPLE: PeoplePlanner,
    ListKind.HOUSEHOLDS: HouseholdsPlanner,
    ListKind.RATINGS: RatingsPlanner,
    ListKind.AWARDS: AwardsPlanner,
}
PERMISSIONS: dict[str, str] = {
    ListKind.UNITS: "unit.edit",
    ListKind.PEOPLE: "person.edit",
    ListKind.HOUSEHOLDS: "person.edit",
    ListKind.RATINGS: "rating.edit",
    ListKind.AWARDS: "award.edit",
    ListKind.REFORMS: "unit.reform",
}
# Who may look at the list as it is, and take it along.
SEEING: dict[str, str] = {
    ListKind.UNITS: "unit.see",
    ListKind.PEOPLE: "person.see",
    ListKind.HOUSEHOLDS: "person.see",
    ListKind.RATINGS: "rating.see",
    ListKind.AWARDS: "award.see",
    ListKind.REFORMS: "unit.reform",
}


def planner(run: ImportRun, *, today: datetime.date) -> Planner:
    return PLANNERS[run.kind](run, places(run.unit), today=today)
