"""Stable keys of an assessment's clauses, and clauses held to have another outcome than the facts say.

A key is the clause's place in the tree and a digest of where it stands and what it says: "1.2-3fa9c1d2". An analysis
or an override that was written for a clause is never read as one for another after the law or the plan has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, structs

from thidua.findings import Outcome
from thidua.law.criteria import Criterion
from thidua.rules.assessing import Assessment, Result
from thidua.rules.tally import all_of, any_of, negated

_DIGEST = 8

OWN_CHECKS = frozenset({"not_already_awarded", "in_being", "not_under_review", "confirmed"})
"""Predicates that have a check of their own (`thidua.nominations.checking`): said once, and nothing to analyse."""
OWN_QUESTIONS = frozenset({"GENERAL.no_pending_case"})

_RECORDED = frozenset({"not_disciplined", "launched_campaign", "summarised_campaign", "reported", "for_merit"})
"""Predicates on discipline, on what the unit did for the campaign, on the kind of merit: no merit of the nominee's."""


class Keyed(Struct, frozen=True, kw_only=True):
    """A clause with its key; `number` is its place alone ("1.2"), as `thidua.rules.explaining` numbers lines."""

    key: str
    number: str
    result: Result


def keyed(assessment: Assessment) -> tuple[Keyed, ...]:
    """Every clause in reading order."""
    return tuple(_keyed(assessment.results, ""))


def _keyed(results: Sequence[Result], above: str) -> Iterator[Keyed]:
    for place, result in enumerate(results, 1):
        number = f"{above}{place}"
        yield Keyed(key=key_of(result, number), number=number, result=result)
        yield from _keyed(result.parts, f"{number}.")


def at_the_top(assessment: Assessment) -> tuple[Keyed, ...]:
    """The clauses that stand for themselves, without what lies beneath."""
    return tuple(
        Keyed(key=key_of(result, str(place)), number=str(place), result=result)
        for place, result in enumerate(assessment.results, 1)
    )


def key_of(result: Result, number: str) -> str:
    """The key of a clause at a place."""
    basis = result.basis
    said = "\n".join((basis.citation, basis.quote or "", _brief(result.criterion)))
    return f"{number}-{hashlib.sha256(said.encode()).hexdigest()[:_DIGEST]}"


def _brief(criterion: Criterion) -> str:
    """What the clause says: its text, else the test it is, else that of its parts."""
    if criterion.text or criterion.test is not None:
        return criterion.text or repr(criterion.test)
    return " ".join((*criterion.meets, *(_brief(part) for part in criterion.parts)))


def to_analyse(assessment: Assessment) -> tuple[Keyed, ...]:
    """The clauses that a review meeting speaks of, one by one: those at the top, without what records answer."""
    return tuple(item for item in at_the_top(assessment) if not _is_of_records(item.result))


def _is_of_records(result: Result) -> bool:
    tests = list(result.tests())
    return bool(tests) and all(_has_check(test.criterion) or _is_recorded(test.criterion) for test in tests)


def _is_recorded(criterion: Criterion) -> bool:
    test = criterion.test
    if test is None:
        return False
    return test.predicate in _RECORDED or str(dict(test.params).get("question", "")).startswith("GENERAL.")


def is_own(result: Result) -> bool:
    """Whether every test beneath has a check of its own."""
    tests = list(result.tests())
    return bool(tests) and all(_has_check(test.criterion) for test in tests)


def _has_check(criterion: Criterion) -> bool:
    test = criterion.test
    if test is None:
        return False
    return test.predicate in OWN_CHECKS or dict(test.params).get("question") in OWN_QUESTIONS


# --- Overrides --------------------------------------------------------------------------------------------------------

Overrides = Mapping[str, tuple[Outcome, str]]
"""By key: the outcome that a clause is held to have, and why."""


def overridden(assessment: Assessment, overrides: Overrides) -> Assessment:
    """The assessment with these outcomes, and with what follows from them upwards. Keys that are not there do nothing.

    Facts, sentences and what lies beneath a clause stay as they were found: an override says how a clause is held,
    not what the records say. The reason stands in the finding's params, under `overridden`, where there is a finding.
    """
    if not overrides:
        return assessment
    results = tuple(_held(result, f"{place}", overrides) for place, result in enumerate(assessment.results, 1))
    return structs.replace(assessment, results=results, outcome=all_of(result.outcome for result in results))


def _held(result: Result, number: str, overrides: Overrides) -> Result:
    held = overrides.get(key_of(result, number))
    if held is not None:
        return _set(result, *held)
    if not result.parts:
        return result
    parts = tuple(_held(part, f"{number}.{place}", overrides) for place, part in enumerate(result.parts, 1))
    outcomes = [part.outcome for part in parts]
    outcome = negated(outcomes[0]) if result.part_of == "not" else _JOINS[result.part_of](outcomes)
    return structs.replace(result, parts=parts, outcome=outcome)


_JOINS = {"all": all_of, "any": any_of}


def _set(result: Result, outcome: Outcome, reason: str) -> Result:
    if result.finding is None:
        return structs.replace(result, outcome=outcome)
    params = result.finding.params | {"overridden": reason}
    finding = structs.replace(result.finding, outcome=outcome, params=params)
    return structs.replace(result, outcome=outcome, finding=finding)
