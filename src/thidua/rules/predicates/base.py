"""What a predicate is: parameters as data, a count out of the facts, a bound on it."""

from __future__ import annotations

import datetime
from abc import abstractmethod
from typing import Any, ClassVar

from msgspec import Struct, structs

from thidua.findings import Outcome
from thidua.rules.facts import Facts, SpellFact
from thidua.rules.offers import Offer
from thidua.rules.tally import UNBOUNDED, Tally


class Predicate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, cache_hash=True):
    """Counts something of a nominee (`tally`) and holds it against `need`: a floor, or a ceiling where `is_ceiling`.

    `name` is how data call it. The same predicate over a whole register is in `thidua.rules.screening`.
    """

    name: ClassVar[str]
    is_ceiling: ClassVar[bool] = False

    @property
    def need(self) -> int:
        return 1

    @abstractmethod
    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally: ...

    def outcome(self, tally: Tally) -> Outcome:
        return tally.at_most(self.need) if self.is_ceiling else tally.at_least(self.need)

    def params(self, offer: Offer) -> dict[str, Any]:
        """For the sentence: the parameters as data say them; subclasses put years in the place of lengths."""
        return structs.asdict(self)


class Ceiling(Predicate, frozen=True, kw_only=True):
    """A predicate that allows none."""

    is_ceiling: ClassVar[bool] = True

    @property
    def need(self) -> int:
        return 0


class Span(Struct, frozen=True):
    """Years from `first` to `last`, both included; `first` is None where it reaches back without end."""

    first: int | None
    last: int

    def __contains__(self, year: int) -> bool:
        return year <= self.last and (self.first is None or self.first <= year)

    @property
    def begins(self) -> int:
        """The year from which records must be complete."""
        return 0 if self.first is None else self.first


def anchor_year(facts: Facts, awards: tuple[str, ...], at_the_latest: int) -> int | None:
    """The first year, not after `at_the_latest`, in which one of the awards was given.

    "Since then without a break for five years or more up to the proposal, and in that time twice …": the time ends with
    the offer's year and is five years long at least, so what lies in the last five counts for sure. Whether it is
    longer is not recorded, but it never reaches behind the first award: what lies further back is only possible.
    """
    return min((h.year for h in facts.honours if h.award in awards and h.year <= at_the_latest), default=None)


class SinceAward(Predicate, frozen=True, kw_only=True):
    """Counts in a span of years; with `after`, behind one of these awards that was given at least `years` years ago."""

    years: int | None = None
    after: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.after and self.years is None:
            raise ValueError("after goes with years")

    @abstractmethod
    def recent(self, offer: Offer) -> Span:
        """The years asked for, whatever else must have been given before them."""

    def window(self, facts: Facts, offer: Offer, *, widest: bool = False) -> Span | None:
        """The years that are sure, or the `widest` possible; None where the award to begin from was not given."""
        recent = self.recent(offer)
        if not self.after or self.years is None:
            return recent
        anchor = anchor_year(facts, self.after, offer.year - self.years)
        if anchor is None:
            return None
        return Span(anchor + 1, recent.last) if widest else recent


def unanchored(facts: Facts) -> Tally:
    """Nothing is counted where the award to begin from is not known."""
    return Tally(sure=0, possible=0 if facts.is_complete("honours", 0) else UNBOUNDED, unanchored=True)


def meets(spell: SpellFact, begin: datetime.date, end: datetime.date) -> bool:
    """Whether a spell and the days from `begin` to `end`, both included, have a day in common."""
    return spell.since <= end and (spell.until is None or begin <= spell.until)
