"""The law by cases (cases/*.toml): each comes out as its officer wrote, and every clause has all three outcomes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest

from rules.case_files import OUTCOMES, Case, cases
from rules.test_screening import same
from thidua.findings import Outcome
from thidua.law.criteria import Criterion, Principle, Standard
from thidua.law.law import Rule, national_law
from thidua.rules.assessing import Assessment, NoStandardError, Result, criteria_of
from thidua.rules.explaining import explain, letter
from thidua.rules.sentences import sentence_of

CASES = dict(cases())
JUDGED = {name: case for name, case in CASES.items() if case.outcome}
NEVER_UNKNOWN = {"in_movement"}
"""An offer says itself in which movement it is made."""


@pytest.mark.parametrize("case", JUDGED.values(), ids=JUDGED)
def test_a_case(case: Case) -> None:
    assessment = case.assessed()
    found = {place: _at(assessment, place) for place in {*case.where, *case.says}}
    assert assessment.outcome is case.outcome, letter(assessment)
    assert {place: found[place].outcome for place in case.where} == {
        place: OUTCOMES[said] for place, said in case.where.items()
    }, letter(assessment)
    assert {place: sentence_of(found[place], assessment.offer, assessment.on) for place in case.says} == case.says


@pytest.mark.parametrize("case", [case for case in CASES.values() if not case.outcome], ids=lambda case: case.name)
def test_a_case_of_which_no_standard_is_known(case: Case) -> None:
    with pytest.raises(NoStandardError):
        case.assessed()


@pytest.mark.parametrize("case", JUDGED.values(), ids=JUDGED)
def test_a_case_is_told_in_both_languages(case: Case) -> None:
    assessment = case.assessed()
    for language in ("vi", "en"):
        told = explain(assessment, language)
        assert bool(told.needs) == (assessment.outcome is not Outcome.MET)
        assert not [line for line in letter(assessment, language).splitlines() if "  " in line.strip()]


def test_a_register_at_once_gives_every_case_the_same_answer() -> None:
    for case in JUDGED.values():
        same(case.law, case.offer, [case.facts], case.on)


def test_there_are_many_and_none_has_the_name_of_another() -> None:
    assert len(CASES) >= 150
    assert len({case.name for case in CASES.values()}) == len(CASES)


@pytest.mark.parametrize("outcome", Outcome)
def test_every_clause_of_the_national_law_comes_out_so_in_some_case(outcome: Outcome) -> None:
    lacking = [
        f"{name}: {criterion.text or criterion.test}"
        for key, (name, criterion) in _clauses().items()
        if outcome not in _seen()[key] and not _exempt(criterion, outcome)
    ]
    assert lacking == []


def _exempt(criterion: Criterion, outcome: Outcome) -> bool:
    asked = {test.predicate for test in criterion.tests()}
    return outcome is Outcome.UNKNOWN and bool(asked) and asked <= NEVER_UNKNOWN


@cache
def _clauses() -> dict[int, tuple[str, Criterion]]:
    """Every node of every tree by its identity: two clauses may say the same."""
    found = {}
    for rule in (*national_law().rules(Standard), *national_law().rules(Principle)):
        for criterion in criteria_of(rule):
            for node in _nodes(criterion):
                found[id(node)] = (_named(rule), node)
    return found


def _named(rule: Rule) -> str:
    award = rule.entry.award if isinstance(rule.entry, Standard) else "*"
    return f"{rule.statute.instrument} {rule.entry.place} {award}"


def _nodes(criterion: Criterion) -> Iterator[Criterion]:
    yield criterion
    for part in criterion.parts:
        yield from _nodes(part)


@cache
def _seen() -> dict[int, set[Outcome]]:
    """How each clause came out over all cases; the standard of another award stands for the clause that names it."""
    found: dict[int, set[Outcome]] = defaultdict(set)
    for case in JUDGED.values():
        for result in _results(case.assessed().results):
            found[id(result.criterion)].add(result.outcome)
    return found


def _results(results: tuple[Result, ...]) -> Iterator[Result]:
    for result in results:
        yield result
        inner = _results(result.parts)
        yield from (part for part in inner if part.criterion is not result.criterion)


def _at(assessment: Assessment, place: str) -> Result:
    """The first clause that stands there, or whose text begins so."""
    for result in _results(assessment.results):
        if result.basis.place == place or result.criterion.text.startswith(place):
            return result
    raise LookupError(f"nothing stands at {place}")
