"""Counting with what is known: from a sure number to a possible one, and what follows for a bound.

Every predicate of the rules counts something. What is recorded and fits counts as sure; what may be missing from the
records, or may not count, is only possible. The three outcomes (Kleene) follow from the two numbers alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from thidua.findings import Outcome
from thidua.rules.facts import Record

UNBOUNDED = 1_000_000
"""Possible where records may be missing without end."""


class Tally(Struct, frozen=True, kw_only=True):
    """`used` are the records that were counted, `missing` the years or things that are not known.

    `unanchored`: the award from which years are counted is not on record, so nothing could be.
    """

    sure: int
    possible: int
    used: tuple[Record, ...] = ()
    missing: tuple[str | int, ...] = ()
    unanchored: bool = False

    def at_least(self, need: int) -> Outcome:
        if self.sure >= need:
            return Outcome.MET
        return Outcome.NOT_MET if self.possible < need else Outcome.UNKNOWN

    def at_most(self, bound: int) -> Outcome:
        if self.possible <= bound:
            return Outcome.MET
        return Outcome.NOT_MET if self.sure > bound else Outcome.UNKNOWN


def count(fitting: Iterable[Record], doubtful: Iterable[Record] = (), *, complete: bool = True) -> Tally:
    """`fitting` count unless they are inherited; `doubtful` ones are possible; without `complete` any number is."""
    rows, doubts = tuple(fitting), tuple(doubtful)
    sure = sum(not row.inherited for row in rows)
    possible = len(rows) + len(doubts) if complete else UNBOUNDED
    return Tally(sure=sure, possible=possible, used=rows + doubts)


def yes_no(known: bool | None, *used: Record, missing: tuple[str | int, ...] = ()) -> Tally:
    """A single question as a count of one."""
    return Tally(sure=int(known is True), possible=int(known is not False), used=used, missing=missing)


def all_of(outcomes: Iterable[Outcome]) -> Outcome:
    found = set(outcomes)
    if Outcome.NOT_MET in found:
        return Outcome.NOT_MET
    return Outcome.UNKNOWN if Outcome.UNKNOWN in found else Outcome.MET


def any_of(outcomes: Iterable[Outcome]) -> Outcome:
    found = set(outcomes)
    if Outcome.MET in found:
        return Outcome.MET
    return Outcome.UNKNOWN if Outcome.UNKNOWN in found else Outcome.NOT_MET


def negated(outcome: Outcome) -> Outcome:
    return {Outcome.MET: Outcome.NOT_MET, Outcome.NOT_MET: Outcome.MET}.get(outcome, Outcome.UNKNOWN)
