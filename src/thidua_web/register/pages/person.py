"""The page of one person."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from thidua_web.register.forms.people import SensitiveForm
from thidua_web.register.models import Appointment, Person, Rating
from thidua_web.register.models.records import Track
from thidua_web.register.pages import records
from thidua_web.register.queries import person as queries
from thidua_web.register.queries import unit as unit_queries
from thidua_web.register.queries.household import headed_by
from thidua_web.register.sealing import SealBrokenError

HIDDEN = "••••"


@dataclass(frozen=True)
class Post:
    appointment: Appointment
    running: bool
    ahead: bool
    main: bool


def person_page(person: Person, *, on: datetime.date, rights: Mapping[str, bool]) -> dict[str, Any]:
    rated, awarded = rights["may_see_ratings"], rights["may_see_awards"]
    return {
        "masked": masked(person) if rights["may_see_sensitive"] else [],
        "person": person,
        "account": queries.account(person),
        "households": headed_by(person),
        "posts": [_post(row, person, on) for row in queries.posts(person)],
        "merges": queries.merges(person),
        "ratings": records.rating_rows(_ratings(person, rights), unit=person.unit) if rated else None,
        "awards": unit_queries.awards(person=person) if awarded else None,
    }


def _ratings(person: Person, rights: Mapping[str, bool]) -> list[Rating]:
    """A rating as a member of the Party tells that somebody is one, which is sensitive."""
    rows = unit_queries.ratings(person=person)
    return [row for row in rows if rights["may_see_sensitive"] or row.track != Track.PARTY]


def masked(person: Person) -> list[tuple[str, str]]:
    """Which sensitive data there are, and the end of the ID number, by which a clerk tells two people apart."""
    labels = {name: str(field.label) for name, field in SensitiveForm.base_fields.items()}
    try:
        known = queries.unsealed(person)
    except SealBrokenError:
        return [(label, gettext("không mở được")) for label in labels.values()]
    return [(label, _mask(name, known.get(name, ""))) for name, label in labels.items()]


def _mask(name: str, value: str) -> str:
    return f"{HIDDEN}{value[-4:]}" if name == "id_number" and value else HIDDEN if value else ""


def _post(row: Appointment, person: Person, on: datetime.date) -> Post:
    running = row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)
    main = running and row.unit_id == person.unit_id and row.position == person.position
    return Post(row, running, row.valid_from > on, main)
