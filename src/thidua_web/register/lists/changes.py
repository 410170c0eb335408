"""What a row of a list will do, as data: shown before, carried out, and taken back by the same engine for every kind.

A change is of one object: `id` None makes it, else `was` must still hold before `now` is set. Values are JSON; a
reference to what another row makes is "@" with that row's number. `row.target` is the object of the first change.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models
from msgspec import Struct, field

from thidua.findings import Finding, Outcome
from thidua_web.register.models import (
    Appointment,
    AwardRecord,
    Household,
    Person,
    Rating,
    RowOutcome,
    SensitiveData,
    Unit,
    UnitCode,
    UnitPeriod,
)

# In the order in which they are made; they are taken away the other way round.
MODELS: dict[str, type[models.Model]] = {
    "unit": Unit,
    "period": UnitPeriod,
    "code": UnitCode,
    "person": Person,
    "appointment": Appointment,
    "sensitive": SensitiveData,
    "household": Household,
    "rating": Rating,
    "award": AwardRecord,
}
Json = dict[str, Any]


class Change(Struct, omit_defaults=True):
    """`secret` names the sensitive fields that the row's sealed text sets; their values stand nowhere here.

    Once carried out, `id` is the object's number and `made` says that it was made.
    """

    model: str
    id: int | None = None
    was: Json = field(default_factory=dict)
    now: Json = field(default_factory=dict)
    secret: tuple[str, ...] = ()
    made: bool = False

    @property
    def makes(self) -> bool:
        return self.id is None


class CandidateFacts(Struct):
    """Somebody or some unit of the register that a row may mean; `reasons` are findings as JSON."""

    id: int
    score: int
    reasons: list[Json]


class Staged(Struct):
    """A row as it is kept: see ImportRow."""

    number: int
    outcome: str
    label: str = ""
    values: Json = field(default_factory=dict)
    secret: dict[str, str] = field(default_factory=dict)
    findings: list[Json] = field(default_factory=list)
    candidates: list[CandidateFacts] = field(default_factory=list)
    target: int | None = None
    doubt: str = ""
    changes: list[Change] = field(default_factory=list)


def reference(number: int) -> str:
    """What row `number` makes."""
    return f"@{number}"


def refers_to(value: object) -> int | None:
    return int(value[1:]) if isinstance(value, str) and value[:1] == "@" and value[1:].isdigit() else None


def update(model: str, obj: models.Model, now: Mapping[str, Any]) -> Change | None:
    """The change of those fields that differ; None where none does."""
    set_ = {name: plain(value) for name, value in now.items() if plain(getattr(obj, name)) != plain(value)}
    if not set_:
        return None
    return Change(model=model, id=obj.pk, was={name: plain(getattr(obj, name)) for name in set_}, now=set_)


def plain(value: Any) -> Any:
    """As JSON keeps it."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def outcome_of(changes: Sequence[Change], *, new: bool) -> str:
    if not changes:
        return RowOutcome.SAME
    return RowOutcome.NEW if new else RowOutcome.CHANGED


def faulty(findings: Iterable[Finding]) -> bool:
    return any(finding.outcome is Outcome.NOT_MET for finding in findings)
