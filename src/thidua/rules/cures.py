"""For a test that is not met or not known: the records that would fill it. Whether they do, `what_if` tries."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct, structs

from thidua.findings import Outcome
from thidua.rules.assessing import Result
from thidua.rules.changing import Added, Change, Completed, Grouped, Replaced
from thidua.rules.facts import AnswerFact, Facts, HonourFact, MeasureFact, RatingFact, SpellFact, WorkFact
from thidua.rules.offers import Offer
from thidua.rules.predicates import Predicate, predicate
from thidua.rules.predicates.answers import (
    LAUNCHED,
    SUMMARISED,
    Confirmed,
    Judged,
    LaunchedCampaign,
    SummarisedCampaign,
    answer,
)
from thidua.rules.predicates.honours import Honoured, HonouredInARow, NotAlreadyAwarded
from thidua.rules.predicates.measures import MeasurePredicate, measure
from thidua.rules.predicates.offered import OfGroup
from thidua.rules.predicates.ratings import Rated
from thidua.rules.predicates.spells import REVIEWS, Existed, InBeing, NotDisciplined, NotUnderReview, Served
from thidua.rules.predicates.works import WorkRecognised
from thidua.rules.tally import Tally

Cured = tuple[Change, ...] | None
"""None: no change of facts fills it (a unit that is dissolved, a discipline that was, a merit commended before)."""


class _Test(Struct, frozen=True):
    """A test with the facts as they are now, other changes made."""

    tally: Tally
    outcome: Outcome
    offer: Offer
    facts: Facts
    on: datetime.date


def cure(result: Result, offer: Offer, facts: Facts, on: datetime.date) -> Cured:
    """() where the facts as they are now fill it already."""
    if result.criterion.test is None or result.part_of:
        return None
    asked = predicate(result.criterion.test)
    tally = asked.tally(facts, offer, on)
    outcome = asked.outcome(tally)
    if outcome is Outcome.MET:
        return ()
    filling = next((fill for kind, fill in _FILLING.items() if isinstance(asked, kind)), None)
    return filling(asked, _Test(tally, outcome, offer, facts, on)) if filling else None


def _lack(asked: Predicate, test: _Test) -> int:
    return asked.need - test.tally.sure


def _rated(asked: Rated, test: _Test) -> Cured:
    years = asked.window(test.facts, test.offer)
    if years is None:
        return (_anchor(asked.after, asked.years, test),)
    rows = {row.year: row for row in test.facts.ratings if row.track == asked.track}
    fits = {year for year, row in asked.fitting(test.facts, years).items() if not row.inherited}
    lacking = [year for year in reversed(years) if year not in fits]
    lacking.sort(key=lambda year: year in rows)  # years without a rating before those that would be rated anew
    new = [RatingFact(year=year, level=asked.level, track=asked.track) for year in lacking[: _lack(asked, test)]]
    return tuple(Replaced(rows[row.year], row) if row.year in rows else Added(row) for row in new)


def _anchor(after: tuple[str, ...], years: int, test: _Test) -> Change:
    """The award from which years are counted, at the latest year that is early enough."""
    return Added(HonourFact(award=after[0], year=test.offer.year - years, merit="yearly"))


def _honoured(asked: Honoured, test: _Test) -> Cured:
    span = asked.window(test.facts, test.offer)
    if span is None:
        return (_anchor(asked.after, asked.years or 0, test),)
    taken = {row.year for row in test.facts.honours if row.award in asked.awards}
    lack, first = _lack(asked, test), span.begins or span.last - 50
    years = [year for year in range(span.last, first - 1, -1) if year not in taken][:lack]
    merit = asked.merits[0] if asked.merits else "yearly"
    years += [span.last] * (lack - len(years))
    return tuple(Added(HonourFact(award=asked.awards[0], year=year, merit=merit)) for year in years)


def _in_a_row(asked: HonouredInARow, test: _Test) -> Cured:
    """The years that fill the gaps of the run which needs the fewest more."""
    own = {row.year for row in test.facts.honours if row.award in asked.awards and not row.inherited}
    ends = range(test.offer.year, test.offer.year - asked.slack - 1, -1)
    years = min((_gaps(asked, own, end) for end in ends), key=len)
    return tuple(Added(HonourFact(award=asked.awards[0], year=year, merit="yearly")) for year in years)


def _gaps(asked: HonouredInARow, own: set[int], end: int) -> list[int]:
    run = [end]
    while len(run) < asked.times:
        reach = range(run[-1] - 1, run[-1] - 1 - asked.gap, -1)
        run.append(next((year for year in reach if year in own), reach[-1]))
    return [year for year in run if year not in own]


def _works(asked: WorkRecognised, test: _Test) -> Cured:
    span = asked.window(test.facts, test.offer)
    if span is None:
        return (_anchor(asked.after, asked.years or 0, test),)
    return tuple(
        Added(WorkFact(kind=asked.kinds[0], year=span.last, scope=asked.scope, cited=_numbered(n)))
        for n in range(_lack(asked, test))
    )


def _numbered(n: int) -> str:
    """Two works of one year are two records."""
    return f"({n + 1})" if n else ""


def _not_disciplined(asked: NotDisciplined, test: _Test) -> Cured:
    if test.outcome is Outcome.NOT_MET or test.tally.used:
        return None
    return (Completed(("discipline",), test.offer.year - asked.years + 1),)


def _not_under_review(_: NotUnderReview, test: _Test) -> Cured:
    """What is open is concluded, without a violation; of what is silent all is at hand."""
    ended = tuple(
        Replaced(row, structs.replace(row, until=test.on, cleared=True))
        for row in test.tally.used
        if isinstance(row, SpellFact)
    )
    silent = tuple(kind for kind in REVIEWS if not test.facts.is_complete(kind, test.on.year))
    return (*ended, Completed(silent, test.on.year)) if silent else ended


def _not_awarded(_: Predicate, test: _Test) -> Cured:
    return None if test.tally.used else (Completed(("honours",), test.offer.year),)


def _served(asked: Served | Existed, test: _Test) -> Cured:
    """Service that is not on record may be; what is on record does not grow but by time."""
    if test.tally.used:
        return None
    day = min(test.on.day, 28) if test.on.month == 2 else test.on.day
    since = test.on.replace(year=test.on.year - asked.years, day=day)
    return (Added(SpellFact(kind="service" if isinstance(asked, Served) else "in_being", since=since)),)


def _in_being(_: Predicate, test: _Test) -> Cured:
    return None if test.tally.used else (Added(SpellFact(kind="in_being", since=test.on)),)


def _yes(question: str, test: _Test) -> Change:
    row = answer(test.facts, question, test.offer.year)
    new = AnswerFact(question=question, yes=True, year=row.year if row else test.offer.year)
    return Replaced(row, new) if row else Added(new)


def _confirmed(asked: Confirmed, test: _Test) -> Cured:
    questions = [f"confirmed.{body}" for body in asked.by]
    rows = {question: answer(test.facts, question, test.offer.year) for question in questions}
    return tuple(_yes(q, test) for q, row in rows.items() if row is None or row.inherited or not row.yes)


def _measured(asked: MeasurePredicate, test: _Test) -> Cured:
    key, op, bound = asked.test()
    value = bound + {">": 1, "<": -1}.get(op, 0)
    row = measure(test.facts, key, test.offer.year)
    new = MeasureFact(key=key, value=Decimal(value), year=row.year if row else test.offer.year)
    return (Replaced(row, new) if row else Added(new),)


def _grouped(asked: OfGroup, test: _Test) -> Cured:
    return (Grouped(asked.groups[0]),) if test.outcome is Outcome.UNKNOWN else None


# Of the first kind that fits; what is not named here no change of facts fills.
_FILLING: Mapping[type, Callable[[Any, _Test], Cured]] = {
    Rated: _rated,
    Honoured: _honoured,
    HonouredInARow: _in_a_row,
    NotAlreadyAwarded: _not_awarded,
    WorkRecognised: _works,
    NotDisciplined: _not_disciplined,
    NotUnderReview: _not_under_review,
    Served: _served,
    Existed: _served,
    InBeing: _in_being,
    Judged: lambda asked, test: (_yes(asked.question, test),),
    LaunchedCampaign: lambda _, test: (_yes(LAUNCHED, test),),
    SummarisedCampaign: lambda _, test: (_yes(SUMMARISED, test),),
    Confirmed: _confirmed,
    MeasurePredicate: _measured,
    OfGroup: _grouped,
}
