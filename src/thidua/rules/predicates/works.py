"""Predicates on initiatives and scientific works."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from thidua.rules.facts import SCOPES, Facts, Scope, WorkKind
from thidua.rules.offers import Offer
from thidua.rules.predicates.base import SinceAward, Span, unanchored
from thidua.rules.tally import Tally, count


class WorkRecognised(SinceAward, frozen=True, kw_only=True):
    """At least `times` initiatives or works of these kinds, recognised with this scope or a wider one.

    In the last `years` years where said; with `after`, in the unbroken time since one of these awards at least `years`
    years ago: sure in the last `years`, further back only possible (`anchor_year`).
    One work counts for one title only: what was used for another is left out, unless `used_too`.
    """

    name: ClassVar[str] = "work_recognised"
    kinds: tuple[WorkKind, ...]
    scope: Scope = "base"
    times: int = 1
    used_too: bool = False

    @property
    def need(self) -> int:
        return self.times

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        span, widest = self.window(facts, offer), self.window(facts, offer, widest=True)
        if span is None or widest is None:
            return unanchored(facts)
        least = SCOPES.index(self.scope)
        fitting = [
            row
            for row in facts.works
            if row.kind in self.kinds
            and SCOPES.index(row.scope) >= least
            and row.year in widest
            and (self.used_too or not row.used_for)
        ]
        between = [row for row in fitting if row.year not in span]
        fitting = [row for row in fitting if row.year in span]
        return count(fitting, between, complete=facts.is_complete("works", widest.begins))

    def recent(self, offer: Offer) -> Span:
        return Span(None if self.years is None else offer.year - self.years + 1, offer.year)

    def params(self, offer: Offer) -> dict[str, Any]:
        first = None if self.years is None or self.after else offer.year - self.years + 1
        return {
            "kinds": self.kinds, "scope": self.scope, "need": self.times, "first": first, "last": offer.year,
            "after": self.after, "used_too": self.used_too,
        }  # fmt: skip
