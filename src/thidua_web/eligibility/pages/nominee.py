"""One nominee: every award that is open now, and the whole judgement of one of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from thidua.findings import Outcome
from thidua.law.awards import awards
from thidua.law.criteria import Principle, Standard
from thidua.law.law import Law
from thidua.law.statute import Doubt
from thidua.rules.assessing import Assessment, NoStandardError, assess
from thidua.rules.changing import change_words
from thidua.rules.explaining import Line, explain, letter
from thidua.rules.facts import Facts
from thidua.rules.what_if import Step, next_steps
from thidua_web.eligibility.pages import desk
from thidua_web.eligibility.pages.desk import TONES, Row
from thidua_web.eligibility.queries.cases import Case
from thidua_web.eligibility.queries.standing import State, state_of
from thidua_web.law.linking import award_href, basis_href
from thidua_web.register.nominees import Nominee

AHEAD = 5
TEST_TONES = {"met": "met", "not_met": "fault", "unknown": "unknown"}


@dataclass(frozen=True)
class Award:
    """An award with how the nominee stands; `title` is what it is called that day, `campaign` where it is offered.

    `by_word`: no record speaks for it, so that everybody is as near to it.
    """

    title: str
    campaign: str
    row: Row
    by_word: bool


@dataclass(frozen=True)
class Standing:
    state: State
    tone: str
    awards: list[Award]

    @property
    def on_record(self) -> list[Award]:
        return [award for award in self.awards if not award.by_word]

    @property
    def by_word(self) -> list[Award]:
        return [award for award in self.awards if award.by_word]


SAYS_NOTHING = frozenset(
    {
        "judged", "confirmed", "for_merit", "of_group", "in_movement", "in_being",
        "not_already_awarded", "not_disciplined", "not_under_review", "members_not_disciplined",
    }
)  # fmt: skip
"""Predicates that are met by nearly everybody, or by a person's word alone."""


def _by_word(assessment: Assessment) -> bool:
    met = (result for result in assessment.tests() if result.outcome is Outcome.MET and result.criterion.test)
    return all(result.criterion.test.predicate in SAYS_NOTHING for result in met if result.criterion.test)


def standings(
    of: Nominee, cases: Iterable[Case], facts: Mapping[Any, Facts], law: Law, language: str
) -> list[Standing]:
    """Every award by how near it is; `facts` by the campaign, None for awards of the law alone."""
    found: dict[State, list[Award]] = {state: [] for state in State}
    for case in cases:
        known = facts[case.campaign.pk if case.campaign else None]
        try:
            assessment = assess(case.offer, known, law, case.on)
        except NoStandardError:
            continue
        row = desk.row(of, assessment, case, known, language)
        campaign = case.campaign.title if case.campaign else ""
        found[row.state].append(Award(case.title, campaign, row, not campaign and _by_word(assessment)))
    return [Standing(state, TONES[state], listed) for state, listed in found.items() if listed]


@dataclass(frozen=True)
class ShownLine:
    """A clause with its parts; `href` leads to its place in the law."""

    line: Line
    tone: str
    href: str
    lines: list[ShownLine]


@dataclass(frozen=True)
class ShownStep:
    """What would bring the award: `words` are the changes, `year` where it is another than asked."""

    words: list[str]
    year: int | None
    is_open: bool


def judgement(case: Case, facts: Facts, law: Law, language: str) -> dict[str, Any]:
    """Raises NoStandardError."""
    assessment = assess(case.offer, facts, law, case.on)
    told, state = explain(assessment, language), state_of(assessment)
    steps = next_steps(case.offer, facts, law, case.on, ahead=AHEAD) if state is not State.MET else ()
    return {
        "told": told,
        "state": state,
        "tone": TONES[state],
        "lines": [_shown(line) for line in told.lines],
        "letter": letter(assessment, language),
        "steps": [_step(step, case, language) for step in steps],
        "award_href": award_href(case.offer.award, case.on),
        "decided_by": _decided_by(case),
    }


def _decided_by(case: Case) -> str:
    found = awards().get(case.offer.award)
    return found.decided_on(case.on).by if found else ""


def _shown(line: Line) -> ShownLine:
    return ShownLine(
        line=line,
        tone="note" if line.aside else TEST_TONES[line.outcome],
        href=basis_href(line.basis),
        lines=[_shown(part) for part in line.lines],
    )


def _step(step: Step, case: Case, language: str) -> ShownStep:
    words = [change_words(change, step.on, language) for change in step.changes]
    return ShownStep(words, step.offer.year if step.offer.year != case.offer.year else None, step.is_open)


MOST_DAYS = 4


def dates(law: Law, on: datetime.date, today: datetime.date) -> list[datetime.date]:
    """Days to judge by at one press: today, and the last days before what is asked changed."""
    sinces = {rule.entry.since for kind in (Standard, Principle, Doubt) for rule in law.rules(kind)}
    before = sorted((since - datetime.timedelta(days=1) for since in sinces), reverse=True)
    days = [today, *(day for day in before if day < today and law_asks(law, day))]
    return [day for day in days if day != on][:MOST_DAYS]


def law_asks(law: Law, on: datetime.date) -> bool:
    return any(True for _ in law.rules(Standard, on))
