"""The nominee: whether the award is given to such, under which name, whether in being, whether something is pending."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from thidua.findings import Basis, Finding, Outcome
from thidua.law.awards import awards
from thidua.nominations.checks.case import Case, ask, award_name, defect, of
from thidua.nominations.criteria_keys import OWN_QUESTIONS
from thidua.rules.assessing import Result
from thidua.rules.predicates.spells import REVIEWS


def not_for_such(case: Case) -> Iterator[Finding]:
    known = awards().get(case.nomination.award)
    if known is not None and not case.is_given_to_such:
        name = award_name(known.code, case.lodged)
        yield defect(f"award_not_for_{case.nomination.subject}", case.law_basis(known.place), award=name)


def other_name(case: Case) -> Iterator[Finding]:
    """Where the tone mark stands (hòa, hoà), capitals and spaces make no other name."""
    one = case.nomination
    if one.register_name and _same(one.name) != _same(one.register_name):
        yield defect("name_differs", None, name=one.name, register=one.register_name)


def _same(name: str) -> list[tuple[str, list[str]]]:
    """Each syllable: its letters, and its marks wherever they stand."""
    syllables = unicodedata.normalize("NFD", name).casefold().split()
    return [(_letters(one), sorted(mark for mark in one if unicodedata.combining(mark))) for one in syllables]


def _letters(syllable: str) -> str:
    return "".join(char for char in syllable if not unicodedata.combining(char))


def dissolved(case: Case) -> Iterator[Finding]:
    """A body that ended is given no award; whether it is in being may not be known."""
    one = case.nomination
    if one.subject != "collective":
        return
    tests = [test for test in _tests(case) if _predicate(test) == "in_being"]
    basis = tests[0].basis if tests else Basis(instrument="15/2025/TT-BNV", verified=False)
    if one.dissolved_on is not None and one.dissolved_on < case.on:
        yield defect("unit_dissolved", basis, name=one.name, ended=one.dissolved_on)
    elif any(test.outcome is Outcome.NOT_MET for test in tests):
        yield defect("unit_not_in_being", basis, name=one.name)
    elif any(test.outcome is Outcome.UNKNOWN for test in tests):
        yield ask("unit_not_in_being", basis, name=one.name)


def pending(case: Case) -> Iterator[Finding]:
    """Nobody is commended while something is being looked into; what nobody confirmed is asked for, once."""
    tests = [test for test in _tests(case) if _is_pending(test)]
    worst = next((test for test in tests if test.outcome is Outcome.NOT_MET), None)
    worst = worst or next((test for test in tests if test.outcome is Outcome.UNKNOWN), None)
    if worst is not None:
        yield of(worst.outcome, "case_pending", worst.basis)
    elif not tests and _opened(case):
        yield defect("case_pending", None)


def _opened(case: Case) -> bool:
    spells = (spell for spell in case.nomination.facts.spells if spell.kind in REVIEWS and not spell.cleared)
    return any(spell.since <= case.on and (spell.until is None or spell.until >= case.on) for spell in spells)


def _tests(case: Case) -> Iterator[Result]:
    if case.assessment is not None:
        yield from case.assessment.tests()


def _predicate(result: Result) -> str:
    return result.criterion.test.predicate if result.criterion.test is not None else ""


def _is_pending(result: Result) -> bool:
    test = result.criterion.test
    if test is None:
        return False
    return test.predicate == "not_under_review" or dict(test.params).get("question") in OWN_QUESTIONS
