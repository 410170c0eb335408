"""What is known of one nominee. Records come from a register with the words to cite them by; nothing is asked here.

Silence is not a no: `complete` says from which year on all records of a kind are at hand. What lies before, or of a
kind that is not named there, may be missing, and then a count has a lower and an upper bound (`thidua.rules.tally`).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, TypeVar

from msgspec import Struct

from thidua.law.criteria import Subject

Level = Literal["excellent", "good", "done", "not_done", "unrated"]
Track = Literal["state", "party"]
Merit = Literal["yearly", "campaign", "sudden", "service", "foreign", ""]
WorkKind = Literal["initiative", "science", "combat", "invention"]
Scope = Literal["base", "province", "nation"]
SpellKind = Literal[
    "discipline", "inspection", "investigation", "complaint", "maternity", "leave", "service", "in_being"
]

LEVELS: tuple[Level, ...] = ("unrated", "not_done", "done", "good", "excellent")
SCOPES: tuple[Scope, ...] = ("base", "province", "nation")
FORMS = ("reprimand", "warning", "demotion", "removal", "dismissal")
"""Discipline, the mildest first: khiển trách, cảnh cáo, hạ bậc lương hoặc giáng chức, cách chức, thôi việc."""


class Record(Struct, frozen=True, kw_only=True):
    """`cited`: the paper it stands on. `ref`: the register's row. `inherited`: earned by a unit that was merged in.

    Whether a successor may count what was inherited is not settled by any text that was read, so it counts as possible.
    """

    cited: str = ""
    ref: str = ""
    inherited: bool = False


class RatingFact(Record, frozen=True, kw_only=True):
    """A year's quality rating. "unrated": known to have none (worked less than six months)."""

    year: int
    level: Level
    track: Track = "state"


class HonourFact(Record, frozen=True, kw_only=True):
    """A title or an award. `merit` is the kind of merit it was for, "" where not known; `deed` names that merit."""

    award: str
    year: int
    merit: Merit = ""
    deed: str = ""


class WorkFact(Record, frozen=True, kw_only=True):
    """An initiative or scientific work recognised with this scope. `used_for`: an award it counted for already."""

    kind: WorkKind
    year: int
    scope: Scope = "base"
    used_for: str = ""


class SpellFact(Record, frozen=True, kw_only=True):
    """What lasted from a day to a day, both included; None: not ended. `form` is one of FORMS for a discipline.

    `cleared`: an inspection or complaint that ended without finding a violation.
    """

    kind: SpellKind
    since: datetime.date
    until: datetime.date | None = None
    form: str = ""
    cleared: bool = False


class AnswerFact(Record, frozen=True, kw_only=True):
    """What a person judged, or a paper confirms: yes or no to a question. Without a year it holds for any."""

    question: str
    yes: bool
    year: int | None = None


class MeasureFact(Record, frozen=True, kw_only=True):
    """A measured value, at most four decimals. Without a year it holds for any."""

    key: str
    value: Decimal
    year: int | None = None


R = TypeVar("R", bound=Record)


class Facts(Struct, frozen=True, kw_only=True):
    """All that is known of one nominee. `groups`: leader, worker, farmer, business, armed…; None where not known.

    `complete`: the first year from which all records are at hand, by "honours", "works" or a kind of spell.
    Raises ValueError for two ratings of a year and track, or two answers or values for one question and year.
    """

    subject: Subject = "individual"
    groups: frozenset[str] | None = None
    ratings: tuple[RatingFact, ...] = ()
    honours: tuple[HonourFact, ...] = ()
    works: tuple[WorkFact, ...] = ()
    spells: tuple[SpellFact, ...] = ()
    answers: tuple[AnswerFact, ...] = ()
    measures: tuple[MeasureFact, ...] = ()
    complete: Mapping[str, int] = {}

    def __post_init__(self) -> None:
        _once([(item.year, item.track) for item in self.ratings])
        _once([(item.question, item.year) for item in self.answers])
        _once([(item.key, item.year) for item in self.measures])

    def is_complete(self, kind: str, first_year: int) -> bool:
        """Whether all records of a kind are at hand from this year on."""
        return kind in self.complete and self.complete[kind] <= first_year


def _once(keys: list[tuple[object, object]]) -> None:
    if len(keys) != len(set(keys)):
        raise ValueError("two facts say the same thing")


class Movement(Struct, frozen=True, kw_only=True):
    """The campaign an award is offered in: by whom launched, for how many whole years, at which of its ends it is."""

    launched_by: Literal["state", "province", "district", "unit"]
    years: int = 0
    stage: Literal["running", "review", "summary"] = "summary"
    key: str = ""
