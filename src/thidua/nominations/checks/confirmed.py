"""Confirmations by other bodies that duties are fulfilled: asked for, answered, not too old."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping

from thidua.explain import catalogue, say
from thidua.findings import Basis, Finding, Outcome
from thidua.nominations.checks.case import LANGUAGES, Case, ask, defect
from thidua.nominations.values import Confirmation
from thidua.rules.facts import AnswerFact

Make = Callable[..., Finding]
_PAPER = "xac_nhan_nghia_vu"


def confirmations(case: Case) -> Iterator[Finding]:
    """By body, in the order in which the rules name them. The newest answer counts."""
    if any(paper.code == _PAPER for paper in case.nomination.papers):
        return
    listed = _asked(case)
    for body, basis in listed.items():
        yield from _of_body(case, body, basis, defect)
    for body, basis in _asked_by_criteria(case).items():
        if body not in listed:
            yield from _of_body(case, body, basis, ask)


def _asked(case: Case) -> dict[str, Basis]:
    """Of the dossier's list; "" where it names no body."""
    return {
        body: paper.basis for paper in case.needed if paper.held_by == "confirmation" for body in paper.bodies or ("",)
    }


def _asked_by_criteria(case: Case) -> dict[str, Basis]:
    """Of criteria that are not met without it: what is not there is not known."""
    found: dict[str, Basis] = {}
    for result in case.assessment.results if case.assessment else ():
        for test in result.tests() if result.outcome is not Outcome.MET else ():
            asked = test.criterion.test
            if asked is not None and asked.predicate == "confirmed" and test.outcome is not Outcome.MET:
                found |= {body: test.basis for body in dict(asked.params)["by"] if body not in found}
    return found


def _of_body(case: Case, body: str, basis: Basis, missing: Make) -> Iterator[Finding]:
    words = _words(body)
    given = [one for one in case.nomination.confirmations if body in ("", one.body)]
    answered = sorted((one for one in given if one.yes is not None), key=_day)
    fact = _on_record(case, body)
    if answered:
        yield from _answered(case, answered[-1], basis, words)
    elif fact is not None and fact.yes:
        return
    elif fact is not None:
        yield defect("confirmation_refused", basis, **words)
    elif given:
        yield ask("confirmation_awaited", basis, **words)
    else:
        yield missing("confirmation_missing", basis, **words)


def _answered(case: Case, newest: Confirmation, basis: Basis, words: Mapping[str, object]) -> Iterator[Finding]:
    if not newest.yes:
        yield defect("confirmation_refused", basis, **words)
    elif newest.answered_on is not None and newest.answered_on.year < case.nomination.year:
        yield defect("confirmation_old", basis, **words, answered=newest.answered_on, year=str(case.nomination.year))


def _day(one: Confirmation) -> datetime.date:
    return one.answered_on or one.asked_on or datetime.date.min


def _on_record(case: Case, body: str) -> AnswerFact | None:
    """What the register holds of the year, or of any; a year's own answer stands above."""
    said = [fact for fact in case.nomination.facts.answers if body and fact.question == f"confirmed.{body}"]
    of_year = [fact for fact in said if fact.year == case.nomination.year]
    return next(iter(of_year), next((fact for fact in said if fact.year is None), None))


def _words(body: str) -> dict[str, object]:
    code = f"rules.words.body.{body}" if f"rules.words.body.{body}" in catalogue() else "nominations.some_body"
    return {"body": {language: say(code, {}, language) for language in LANGUAGES}}
