"""Predicates on annual quality ratings."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from thidua.rules.facts import LEVELS, Facts, HonourFact, RatingFact, Record, Track
from thidua.rules.offers import Offer
from thidua.rules.predicates.base import Predicate, anchor_year, meets
from thidua.rules.tally import UNBOUNDED, Tally

AskedLevel = Literal["excellent", "good", "done"]


class Rated(Predicate, frozen=True, kw_only=True):
    """Rated `level` or better in each of the last `years` years, or of `first` to `last`; or in `at_least` of them.

    A year without a rating is none: but maternity leave counts as time worked, so a year that has none because of it
    is open still. `or_awards`: a year in which one of these was given counts as well. `after`: in the unbroken time
    since one of these awards was given, at least `years` years ago: sure in the last `years`, further back only
    possible (`anchor_year`); `at_least` must be said.
    """

    name: ClassVar[str] = "rated"
    level: AskedLevel
    track: Track = "state"
    years: int = 1
    first: int | None = None
    last: int | None = None
    at_least: int | None = None
    after: tuple[str, ...] = ()
    or_awards: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.first is None) != (self.last is None) or (self.after and self.at_least is None):
            raise ValueError("first goes with last, after with at_least")
        if self.after and self.first is not None:
            raise ValueError("after goes with years, not with first")

    @property
    def need(self) -> int:
        if self.at_least is not None:
            return self.at_least
        return self.years if self.first is None or self.last is None else self.last - self.first + 1

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        sure_years, years = self.window(facts, offer), self.window(facts, offer, widest=True)
        if sure_years is None or years is None:
            possible = 0 if facts.is_complete("honours", 0) else UNBOUNDED
            return Tally(sure=0, possible=possible, unanchored=True)
        fits, known = self.fitting(facts, years), self._rated(facts)
        missing = tuple(year for year in years if year not in known and year not in fits)
        sure = sum(not row.inherited for year, row in fits.items() if year in sure_years)
        used = tuple(fits.get(year) or known[year] for year in years if year in fits or year in known)
        return Tally(sure=sure, possible=len(fits) + len(missing), used=used, missing=missing)

    def window(self, facts: Facts, offer: Offer, *, widest: bool = False) -> range | None:
        """The years that are sure, or the `widest` possible; None where the award to begin from was not given."""
        recent = self.recent(offer)
        if not self.after:
            return recent
        anchor = anchor_year(facts, self.after, offer.year - self.years)
        if anchor is None:
            return None
        return range(anchor + 1, recent.stop) if widest else recent

    def recent(self, offer: Offer) -> range:
        """The years asked for, whatever must have been given before them."""
        if self.first is not None and self.last is not None:
            return range(self.first, self.last + 1)
        return range(offer.year - self.years + 1, offer.year + 1)

    def _rated(self, facts: Facts) -> Mapping[int, RatingFact]:
        """By year what is settled."""
        rows = {row.year: row for row in facts.ratings if row.track == self.track}
        return {year: row for year, row in rows.items() if row.level != "unrated" or not on_maternity(facts, year)}

    def fitting(self, facts: Facts, years: range) -> Mapping[int, Record]:
        """By year what counts; a year's own record before an inherited one."""
        least = LEVELS.index(self.level)
        rows: list[RatingFact | HonourFact] = [
            *(row for row in facts.ratings if row.track == self.track and LEVELS.index(row.level) >= least),
            *(row for row in facts.honours if row.award in self.or_awards),
        ]
        rows.sort(key=lambda row: row.inherited, reverse=True)
        return {row.year: row for row in rows if row.year in years}

    def params(self, offer: Offer) -> dict[str, Any]:
        first = self.first or offer.year - self.years + 1
        return {
            "level": self.level, "track": self.track, "first": first, "last": self.last or offer.year,
            "need": self.need, "after": self.after, "or_awards": self.or_awards,
        }  # fmt: skip


def on_maternity(facts: Facts, year: int) -> bool:
    """Whether maternity leave fell into the year (Nghị định 90/2020/NĐ-CP, as amended: it is time worked)."""
    begin, end = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return any(s.kind == "maternity" and meets(s, begin, end) for s in facts.spells)
