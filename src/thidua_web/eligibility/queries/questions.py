"""What the law asks a person to judge, and which figures it looks at: the choices of the forms, with their clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from thidua.law.criteria import Criterion, Principle, Standard, Subject, Test, cite
from thidua.law.law import national_law
from thidua.rules.predicates import predicate
from thidua.rules.predicates.measures import MeasurePredicate


class Asked(NamedTuple):
    """A question, or a figure, by its key: the clause that asks it in brief, and where that stands."""

    key: str
    text: str
    place: str
    award: str


class _Clause(NamedTuple):
    test: Test
    text: str
    place: str
    award: str


@cache
def questions(subject: Subject) -> Mapping[str, Asked]:
    """By key, in the order of the law; a question that several clauses ask stands under the first."""
    found: dict[str, Asked] = {}
    for clause in _clauses(subject):
        if clause.test.predicate == "judged":
            key = str(dict(clause.test.params)["question"])
            found.setdefault(key, Asked(key, clause.text, clause.place, clause.award))
    return found


@cache
def figures(subject: Subject) -> Mapping[str, Asked]:
    found: dict[str, Asked] = {}
    for clause in _clauses(subject):
        asked = predicate(clause.test)
        if isinstance(asked, MeasurePredicate):
            key = asked.test()[0]
            found.setdefault(key, Asked(key, clause.text, clause.place, clause.award))
    return found


def _clauses(subject: Subject) -> Iterator[_Clause]:
    law = national_law()
    for rule in (*law.rules(Standard), *law.rules(Principle)):
        entry = rule.entry
        if isinstance(entry, Standard | Principle) and subject in entry.subjects:
            award = entry.award if isinstance(entry, Standard) else ""
            for criterion in entry.all:
                yield from _within(criterion, entry.place, "", award)


def _within(criterion: Criterion, above: str, text: str, award: str) -> Iterator[_Clause]:
    place, text = cite(criterion.place, above), criterion.text or text
    if criterion.test is not None:
        yield _Clause(criterion.test, text, place, award)
    for part in criterion.parts:
        yield from _within(part, place, text, award)
