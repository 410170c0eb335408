"""A register at once gives the answers that one nominee after the other gets."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from msgspec import structs

from nominees import FACTS, OFFERS, ON, PARAMS, asking, concerned, statutes
from thidua.findings import Outcome
from thidua.law.criteria import Criterion
from thidua.law.criteria import Test as Asked
from thidua.law.law import Law
from thidua.law.statute import Statute
from thidua.rules.assessing import Assessment, Result, assess
from thidua.rules.facts import Facts, SpellFact
from thidua.rules.offers import Offer
from thidua.rules.predicates import PREDICATES
from thidua.rules.screening import Column, register_of, screen
from thidua.rules.screening.columns import counted

SAID = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNKNOWN}
PEOPLE = st.lists(FACTS, min_size=1, max_size=8)
QUIETLY = partial(settings, deadline=None, suppress_health_check=list(HealthCheck))


@given(statute=statutes(), offer=OFFERS, people=PEOPLE)
@QUIETLY(max_examples=60)
def test_every_outcome_and_every_count_is_that_of_one_nominee(
    statute: Statute, offer: Offer, people: list[Facts]
) -> None:
    same(Law([statute]), offer, people, ON)


@pytest.mark.parametrize("name", sorted(PARAMS))
@given(data=st.data())
@QUIETLY(max_examples=15)
def test_each_predicate_counts_the_same(name: str, data: st.DataObject) -> None:
    asked = data.draw(st.lists(asking(name), min_size=1, max_size=6))
    offer = structs.replace(data.draw(OFFERS), criteria=tuple(Criterion(test=test) for test in asked), award="NONE")
    same(Law([]), offer, data.draw(st.lists(concerned(name), min_size=1, max_size=15)), ON)


def test_posts_that_join_overlap_or_leave_a_day_between_them_are_served_the_same() -> None:
    first, second = datetime.date(2015, 11, 20), datetime.date(2020, 7, 2)
    ends = [None, *(second + datetime.timedelta(days=days) for days in range(-3, 3))]
    people = [
        Facts(spells=(SpellFact(kind="service", since=first, until=end), SpellFact(kind="service", since=second)))
        for end in ends
    ]
    asked = [Criterion(test=Asked("served", {"years": 10, "unbroken": unbroken})) for unbroken in (True, False)]
    offer = Offer(award="NONE", subject="individual", year=2025, criteria=tuple(asked))
    assert set(same(Law([]), offer, people, ON)) == {Outcome.MET, Outcome.NOT_MET}


def same(law: Law, offer: Offer, people: list[Facts], on: datetime.date) -> list[Outcome]:
    """The outcomes of the whole, if everything is as it is for one nominee."""
    screening = screen(offer, register_of(enumerate(people)), law, on)
    rows = {row["id"]: row for row in screening.frame(counts=True).iter_rows(named=True)}
    assert sorted(rows) == [number for number, facts in enumerate(people) if facts.subject == offer.subject]
    for number, row in rows.items():
        assessment = assess(offer, people[number], law, on)
        assert told(row, screening.results) == expected(assessment), people[number]
    return [SAID[row["outcome"]] for row in rows.values()]


def told(row: dict, columns: tuple[Column, ...]) -> dict:
    outcomes = {column.name: SAID[row[column.name]] for result in columns for column in result.all()}
    tests = [column.name for result in columns for column in result.all() if column.asked]
    return {
        "outcome": SAID[row["outcome"]],
        "near": (row["not_met"], row["unknown"]),
        "outcomes": outcomes,
        "counts": {name: (row[f"{name}.sure"], row[f"{name}.possible"]) for name in tests},
    }


def expected(assessment: Assessment) -> dict:
    results = dict(named(assessment.results))
    outcomes = [result.outcome for result in assessment.results]
    return {
        "outcome": assessment.outcome,
        "near": (outcomes.count(Outcome.NOT_MET), outcomes.count(Outcome.UNKNOWN)),
        "outcomes": {name: result.outcome for name, result in results.items()},
        "counts": {name: (r.tally.sure, r.tally.possible) for name, r in results.items() if r.tally},
    }


def named(results: tuple[Result, ...], above: str = "") -> Iterator[tuple[str, Result]]:
    for place, result in enumerate(results):
        yield f"{above}{place}", result
        yield from named(result.parts, f"{above}{place}.")


def test_every_predicate_has_its_column() -> None:
    unknown = counted.dispatch(object)
    assert [name for name, kind in PREDICATES.items() if counted.dispatch(kind) is unknown] == []
    assert PARAMS.keys() == PREDICATES.keys()
