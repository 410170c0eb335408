"""The page of one person."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thidua_web.register.models import Appointment, Person
from thidua_web.register.pages import records
from thidua_web.register.queries import person as queries
from thidua_web.register.queries import unit as unit_queries


@dataclass(frozen=True)
class Post:
    appointment: Appointment
    running: bool
    ahead: bool
    main: bool


def person_page(person: Person, *, on: datetime.date, rights: Mapping[str, bool]) -> dict[str, Any]:
    return {
        "person": person,
        "account": queries.account(person),
        "posts": [_post(row, person, on) for row in queries.posts(person)],
        "merges": queries.merges(person),
        "ratings": records.rating_rows(unit_queries.ratings(person=person)) if rights["may_see_ratings"] else None,
        "awards": unit_queries.awards(person=person) if rights["may_see_awards"] else None,
    }


def _post(row: Appointment, person: Person, on: datetime.date) -> Post:
    running = row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)
    main = running and row.unit_id == person.unit_id and row.position == person.position
    return Post(row, running, row.valid_from > on, main)
