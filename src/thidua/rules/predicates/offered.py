"""Predicates on the offer itself and on what kind of nominee it is for."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from thidua.rules.facts import Facts, Merit
from thidua.rules.offers import Offer
from thidua.rules.predicates.base import Predicate
from thidua.rules.tally import Tally, yes_no


class InMovement(Predicate, frozen=True, kw_only=True):
    """Offered in a movement launched by one of these levels, run for at least `years`, at one of these ends."""

    name: ClassVar[str] = "in_movement"
    launched_by: tuple[Literal["state", "province", "district", "unit"], ...]
    years: int = 0
    at: tuple[Literal["running", "review", "summary"], ...] = ("running", "review", "summary")

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        movement = offer.movement
        if movement is None:
            return yes_no(False)
        fits = movement.launched_by in self.launched_by and movement.stage in self.at
        return yes_no(fits and movement.years >= self.years)


class ForMerit(Predicate, frozen=True, kw_only=True):
    """The offer is for one of these kinds of merit (loại hình khen thưởng, Luật 06/2022/QH15 Điều 8)."""

    name: ClassVar[str] = "for_merit"
    kinds: tuple[Merit, ...]

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        return yes_no(offer.merit in self.kinds if offer.merit else None)


class OfGroup(Predicate, frozen=True, kw_only=True):
    """The nominee belongs to one of these groups: staff, worker, farmer, leader, business, armed, village…"""

    name: ClassVar[str] = "of_group"
    groups: tuple[str, ...]

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        return yes_no(None if facts.groups is None else not facts.groups.isdisjoint(self.groups))
