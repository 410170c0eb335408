"""Predicates on titles and awards that were given before."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any, ClassVar

from thidua.rules.facts import Facts, HonourFact, Merit
from thidua.rules.offers import Offer
from thidua.rules.predicates.base import Ceiling, Predicate, SinceAward, Span, unanchored
from thidua.rules.tally import Tally, count


class Honoured(SinceAward, frozen=True, kw_only=True):
    """Given one of `awards` at least `times` times: in the last `years` years, from `first` to `last`, or ever.

    `ago`: at least so many years before. `after`: in the unbroken time since one of these awards was given, at least
    `years` years ago: sure in the last `years`, further back only possible (`anchor_year`). `merits`: only for these
    kinds of merit (a campaign's or a sudden deed's result is no ground for a higher award by merit, Nghị định 152/2025
    Điều 4); one whose kind is not known is only possible.
    """

    name: ClassVar[str] = "honoured"
    awards: tuple[str, ...]
    times: int = 1
    first: int | None = None
    last: int | None = None
    ago: int = 0
    merits: tuple[Merit, ...] = ()

    @property
    def need(self) -> int:
        return self.times

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        span, widest = self.window(facts, offer), self.window(facts, offer, widest=True)
        if span is None or widest is None:
            return unanchored(facts)
        rows = [row for row in facts.honours if row.award in self.awards and row.year in widest]
        counted = [row for row in rows if not self.merits or row.merit in self.merits]
        unclear = [row for row in rows if self.merits and not row.merit and row not in counted]
        fitting = [row for row in counted if row.year in span]
        between = [row for row in counted if row.year not in span]
        return count(fitting, between + unclear, complete=facts.is_complete("honours", widest.begins))

    def recent(self, offer: Offer) -> Span:
        first = self.first if self.years is None else offer.year - self.years + 1
        return Span(first, min(self.last or offer.year, offer.year - self.ago))

    def params(self, offer: Offer) -> dict[str, Any]:
        last = min(self.last or offer.year, offer.year - self.ago)
        first = self.first if self.years is None or self.after else offer.year - self.years + 1
        return {
            "awards": self.awards, "need": self.times, "first": first, "last": last, "after": self.after,
            "merits": self.merits, "ago": self.ago,
        }  # fmt: skip


class HonouredInARow(Predicate, frozen=True, kw_only=True):
    """Given one of `awards` in `times` years running, the last of them at most `slack` years before the offer's.

    `gap`: how many years may lie from one to the next. A title that itself asks for three years is given every third,
    and two such titles are two times running all the same.
    """

    name: ClassVar[str] = "honoured_in_a_row"
    awards: tuple[str, ...]
    times: int
    slack: int = 1
    gap: int = 1

    def __post_init__(self) -> None:
        if self.gap < 1:
            raise ValueError("gap is a year at least")

    @property
    def need(self) -> int:
        return self.times

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        rows = [row for row in facts.honours if row.award in self.awards and row.year <= offer.year]
        own = {row.year for row in rows if not row.inherited}
        known_from = facts.complete.get("honours", offer.year + 1)
        ends = range(offer.year - self.slack, offer.year + 1)
        back = range(ends.start - (self.times - 1) * self.gap, offer.year + 1)
        maybe = {row.year for row in rows} | {year for year in back if year < known_from}
        sure = max(self._run(own, end) for end in ends)
        possible = max(self._run(maybe, end) for end in ends)
        used = tuple(sorted((row for row in rows if row.year in back), key=lambda row: row.year))
        missing = tuple(year for year in back if year < known_from and year not in own)
        return Tally(sure=sure, possible=possible, used=used, missing=missing)

    def _run(self, years: Collection[int], end: int) -> int:
        """How many times running up to `end`, at most as many as are asked for."""
        length, latest = 0, end if end in years else None
        while latest is not None and length < self.times:
            length, before = length + 1, range(latest - 1, latest - 1 - self.gap, -1)
            latest = next((year for year in before if year in years), None)
        return length


class NotAlreadyAwarded(Ceiling, frozen=True, kw_only=True):
    """This merit was not commended before: one deed, one award (Luật 06/2022/QH15 Điều 5 khoản 2 điểm c).

    Where the offer names its deed, any award for it counts. Else only the same award for the same year's work is surely
    for the same merit. Of campaigns, sudden deeds, long service and foreign relations there may be two in a year: the
    same award for the same kind of merit is only possible, and so is one of which the kind is not known.
    """

    name: ClassVar[str] = "not_already_awarded"

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        complete = facts.is_complete("honours", offer.year)
        same = [row for row in facts.honours if _is_for(row, offer)]
        maybe = [row for row in facts.honours if row not in same and _may_be_for(row, offer)]
        return count(same, maybe, complete=complete)


def _is_for(row: HonourFact, offer: Offer) -> bool:
    if offer.deed:
        return row.deed == offer.deed
    return _may_be_for(row, offer) and row.merit == offer.merit == "yearly"


def _may_be_for(row: HonourFact, offer: Offer) -> bool:
    if offer.deed or (row.award, row.year) != (offer.award, offer.year):
        return False
    return not (row.merit and offer.merit) or row.merit == offer.merit
