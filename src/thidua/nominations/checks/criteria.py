"""The standard of the award: clauses that are not met, and clauses of which something is missing."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.findings import Finding, Outcome
from thidua.nominations.checks.case import LANGUAGES, Case, ask, of
from thidua.nominations.criteria_keys import at_the_top, is_own
from thidua.rules.assessing import Result
from thidua.rules.phrases import text_of
from thidua.rules.sentences import sentence_of
from thidua.rules.sufficing import needed
from thidua.rules.tally import all_of, any_of, negated

TOLD = 3
"""Tests that one finding tells of; the assessment shows them all."""


def unmet_criteria(case: Case) -> Iterator[Finding]:
    """One finding for each clause at the top. What has a check of its own is told there, and not again here."""
    if case.assessment is None:
        return
    for item in at_the_top(case.assessment):
        if item.result.outcome is Outcome.MET or is_own(item.result):
            continue
        outcome = outcome_without_own(item.result)
        if outcome is not Outcome.MET:
            code = "criterion_not_met" if outcome is Outcome.NOT_MET else "criterion_unknown"
            params = {"number": item.number, "text": _text(item.result), "key": item.key} | _seen(case, item.result)
            yield of(outcome, code, item.result.basis, **params)


def no_standard(case: Case) -> Iterator[Finding]:
    if case.assessment is None and case.is_given_to_such:
        yield ask("no_standard", None)


def outcome_without_own(result: Result) -> Outcome:
    """How a clause comes out with everything that has a check of its own taken as met.

    A clause that somebody holds to be met, or not met, against its parts stays as it is held.
    """
    if is_own(result):
        return Outcome.MET
    if not result.parts or result.outcome is not _joined(result, [part.outcome for part in result.parts]):
        return result.outcome
    return _joined(result, [outcome_without_own(part) for part in result.parts])


def _joined(result: Result, outcomes: list[Outcome]) -> Outcome:
    if result.part_of == "not":
        return negated(outcomes[0])
    return all_of(outcomes) if result.part_of == "all" else any_of(outcomes)


def _text(result: Result) -> str:
    return text_of(result) or next((text for test in result.tests() if (text := text_of(test))), "")


def _seen(case: Case, result: Result) -> dict[str, object]:
    """What was found on the nearest way, by language."""
    need = needed(result)
    leaves = [leaf for leaf in need.leaves() if leaf.finding is not None and not is_own(leaf)] if need else []
    one, on = case.nomination, case.lodged
    said = {
        language: dict.fromkeys(sentence_of(leaf, one.offer, on, language) for leaf in leaves[:TOLD])
        for language in LANGUAGES
    }
    return {"seen": {language: " ".join(sentences) for language, sentences in said.items()}}
