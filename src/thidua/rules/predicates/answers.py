"""Predicates on what people judged and papers confirm."""

from __future__ import annotations

import datetime
from typing import ClassVar

from thidua.rules.facts import AnswerFact, Facts
from thidua.rules.offers import Offer
from thidua.rules.predicates.base import Predicate
from thidua.rules.tally import Tally, yes_no

LAUNCHED, SUMMARISED = "campaign.launched", "campaign.summarised"


def answer(facts: Facts, question: str, year: int) -> AnswerFact | None:
    """The answer for the year, else the one that holds for any."""
    found = {row.year: row for row in facts.answers if row.question == question and row.year in (year, None)}
    return found.get(year) or found.get(None)


def _answered(facts: Facts, question: str, offer: Offer) -> Tally:
    row = answer(facts, question, offer.year)
    if row is None:
        return yes_no(None, missing=(question,))
    if row.inherited:
        return yes_no(None, row)
    return yes_no(row.yes, row)


class Judged(Predicate, frozen=True, kw_only=True):
    """A person judged, with evidence, that the clause is met; nothing else can decide it."""

    name: ClassVar[str] = "judged"
    question: str

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        return _answered(facts, self.question, offer)


class Confirmed(Predicate, frozen=True, kw_only=True):
    """Each of these bodies confirmed that duties are fulfilled: tax, social_insurance, police, environment…"""

    name: ClassVar[str] = "confirmed"
    by: tuple[str, ...]

    @property
    def need(self) -> int:
        return len(self.by)

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        each = {body: _answered(facts, f"confirmed.{body}", offer) for body in self.by}
        return Tally(
            sure=sum(item.sure for item in each.values()),
            possible=sum(item.possible for item in each.values()),
            used=tuple(row for item in each.values() for row in item.used),
            missing=tuple(body for body, item in each.items() if item.sure < item.possible),
        )


class LaunchedCampaign(Predicate, frozen=True, kw_only=True):
    """The nominee, or its unit, launched the campaign."""

    name: ClassVar[str] = "launched_campaign"

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        return _answered(facts, LAUNCHED, offer)


class SummarisedCampaign(Predicate, frozen=True, kw_only=True):
    """The nominee, or its unit, summed the campaign up."""

    name: ClassVar[str] = "summarised_campaign"

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        return _answered(facts, SUMMARISED, offer)
