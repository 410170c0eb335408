"""What would have sufficed, how far off it is, and what to ask for.

A part of an `all` that is not met is missing; of an `any` the nearest alternative is. A way that belongs to another
kind of nominee, merit or movement (`ELSEWHERE`) is no way for this one and comes last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from thidua.findings import Outcome
from thidua.rules.assessing import Assessment, Result
from thidua.rules.predicates import predicate

ELSEWHERE = frozenset({"of_group", "for_merit", "in_movement"})
"""Predicates that say for whom or for what a clause is meant: nothing that a nominee could still do."""

ANSWERED = frozenset({"judged", "confirmed", "launched_campaign", "summarised_campaign"})
"""Predicates that somebody answers: where the answer was no, a way is further off than where something is short."""


class Nearness(Struct, frozen=True, order=True):
    """How far off, the nearest first: nothing that speaks against comes before anything that does.

    Tests meant for others, tests that somebody answered with no, other tests not met, tests not known, and how many
    times, years or works are short in all.
    """

    elsewhere: int = 0
    refused: int = 0
    not_met: int = 0
    unknown: int = 0
    short: int = 0

    def __add__(self, other: Nearness) -> Nearness:
        return Nearness(
            self.elsewhere + other.elsewhere,
            self.refused + other.refused,
            self.not_met + other.not_met,
            self.unknown + other.unknown,
            self.short + other.short,
        )

    @property
    def tests(self) -> int:
        """How many tests are missing on the nearest way."""
        return self.elsewhere + self.refused + self.not_met + self.unknown


class Need(Struct, frozen=True, kw_only=True):
    """What is missing: one `result`, or parts of which all are needed, or with `choice` one. The nearest come first."""

    distance: Nearness
    result: Result | None = None
    parts: tuple[Need, ...] = ()
    choice: bool = False

    def leaves(self) -> Iterator[Result]:
        """The results on the nearest way."""
        if self.result is not None:
            yield self.result
        for part in self.parts[:1] if self.choice else self.parts:
            yield from part.leaves()


def needed(found: Assessment | Result) -> Need | None:
    """What would have sufficed; None where it is met."""
    if found.outcome is Outcome.MET:
        return None
    if isinstance(found, Assessment):
        return _all(found.results)
    if found.part_of == "any" and found.parts:
        return _any(found.parts)
    if found.part_of == "all" and found.parts:
        return _all(found.parts)
    return Need(distance=_distance(found), result=found)


def nearness(assessment: Assessment) -> Nearness:
    """For "who nearly": sort by it; `Nearness()` is met."""
    need = needed(assessment)
    return need.distance if need else Nearness()


def missing(assessment: Assessment) -> tuple[Result, ...]:
    """Tests to ask evidence for: not known, on ways still open. Nothing where the answer is no whatever comes.

    What stands in several places is asked once, and so are years of which two tests need the rating.
    """
    found: dict[object, Result] = {}
    for result in _open(assessment.results, assessment.outcome):
        test, absent = result.criterion.test, result.tally.missing if result.tally else ()
        found.setdefault((test.predicate, absent) if test and absent else test, result)
    return tuple(found.values())


def _open(results: Iterable[Result], above: Outcome) -> Iterator[Result]:
    if above is not Outcome.UNKNOWN:
        return
    for result in results:
        if result.outcome is Outcome.UNKNOWN and result.finding is not None:
            yield result
        yield from _open(result.parts, result.outcome)


def _all(results: Iterable[Result]) -> Need | None:
    parts = tuple(need for need in map(needed, results) if need is not None)
    if len(parts) == 1:
        return parts[0]
    return Need(distance=sum((part.distance for part in parts), Nearness()), parts=parts)


def _any(results: Iterable[Result]) -> Need | None:
    ways = sorted((need for need in map(needed, results) if need is not None), key=lambda need: need.distance)
    own = [way for way in ways if not way.distance.elsewhere] or ways
    return own[0] if len(own) == 1 else Need(distance=own[0].distance, parts=tuple(own), choice=True)


def _distance(result: Result) -> Nearness:
    """Of a test, of a `not`, or of another award of which no standard is known."""
    unknown = result.outcome is Outcome.UNKNOWN
    test = result.criterion.test
    if test is not None and test.predicate in ELSEWHERE and not unknown:
        return Nearness(elsewhere=1)
    if test is not None and test.predicate in ANSWERED and not unknown:
        return Nearness(refused=1)
    return Nearness(not_met=int(not unknown), unknown=int(unknown), short=_short(result))


def _short(result: Result) -> int:
    if result.criterion.test is None or result.tally is None:
        return 1
    asked = predicate(result.criterion.test)
    return max(1, result.tally.sure if asked.is_ceiling else asked.need - result.tally.sure)
