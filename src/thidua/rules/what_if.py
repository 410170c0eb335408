"""What if a fact were otherwise: which outcomes move; and which smallest change would bring an award.

`what_if` changes facts and compares. `next_steps` takes what is missing on each way (`thidua.rules.sufficing`), thinks
of the records that would fill it (`thidua.rules.cures`) and tries them: nothing is proposed that does not make the
award met, and nothing that it would be met without.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from msgspec import Struct, structs

from thidua.findings import Basis, Outcome
from thidua.law.law import Law
from thidua.rules.assessing import Assessment, Result, assess
from thidua.rules.changing import Change, changed, is_open, joined
from thidua.rules.cures import cure
from thidua.rules.facts import Facts
from thidua.rules.offers import Offer
from thidua.rules.sufficing import Need, needed

WAYS, ROUNDS, MOST = 24, 3, 5
"""Ways tried, nearest first; how often what a change brings to light is mended in turn; steps that are told."""


class Move(Struct, frozen=True, kw_only=True):
    """An outcome that is another after the changes: of an award, or with `text` and `basis` of one of its criteria."""

    offer: Offer
    before: Outcome
    after: Outcome
    text: str = ""
    basis: Basis | None = None


class Step(Struct, frozen=True, kw_only=True):
    """Changes that together make an award met, none of them idle, and the day on which.

    `clauses`: for each change the clause that it fills. `is_open`: all may still come or be found; else something that
    is settled would have to be otherwise.
    """

    offer: Offer
    on: datetime.date
    changes: tuple[Change, ...]
    clauses: tuple[str, ...]
    is_open: bool


def what_if(
    offers: Iterable[Offer], facts: Facts, law: Law, on: datetime.date, changes: Iterable[Change]
) -> tuple[Move, ...]:
    """What moves, each award before its criteria. Raises NoStandardError as `assess`, ValueError as `changed`."""
    otherwise = changed(facts, changes)
    return tuple(
        move for offer in offers for move in _moves(assess(offer, facts, law, on), assess(offer, otherwise, law, on))
    )


def _moves(before: Assessment, after: Assessment) -> Iterator[Move]:
    if before.outcome is not after.outcome:
        yield Move(offer=before.offer, before=before.outcome, after=after.outcome)
    old, new = chain.from_iterable(map(_clauses, before.results)), chain.from_iterable(map(_clauses, after.results))
    for was, now in zip(old, new, strict=True):
        if was.outcome is not now.outcome:
            text = was.criterion.text or was.criterion.quote
            yield Move(offer=before.offer, before=was.outcome, after=now.outcome, text=text, basis=was.basis)


def _clauses(result: Result) -> Iterator[Result]:
    """Every clause once: the standard of another award stands for the clause that names it."""
    yield result
    for part in result.parts:
        inner = _clauses(part)
        yield from islice(inner, 1, None) if part.criterion is result.criterion else inner


def next_steps(offer: Offer, facts: Facts, law: Law, on: datetime.date, *, ahead: int = 0) -> tuple[Step, ...]:
    """Single changes, or the smallest sets found, that make the award met: at most MOST, open and small ones first.

    With `ahead` the first year out of so many that has an open step, the offer and the day moved on together; a step
    without changes says that time alone brings it. Nothing where it is met, or no change of facts would do.
    """
    case = _Case(offer, facts, law, on)
    settled: tuple[Step, ...] = ()
    if case.need() is None:
        return ()
    for years in range(ahead + 1):
        steps = tuple(_steps(case.in_years(years)))[:MOST]
        if steps and steps[0].is_open:
            return steps
        settled = settled or steps
    return settled


class _Case(Struct, frozen=True):
    """What is asked, with the facts before any change."""

    offer: Offer
    facts: Facts
    law: Law
    on: datetime.date

    def in_years(self, years: int) -> _Case:
        day = min(self.on.day, 28) if self.on.month == 2 and years else self.on.day
        later = structs.replace(self.offer, year=self.offer.year + years)
        return _Case(later, self.facts, self.law, self.on.replace(year=self.on.year + years, day=day))

    def need(self, changes: tuple[Change, ...] = ()) -> Need | None:
        return needed(assess(self.offer, changed(self.facts, changes), self.law, self.on))


def _steps(case: _Case) -> list[Step]:
    need = case.need()
    if need is None:
        return [Step(offer=case.offer, on=case.on, changes=(), clauses=(), is_open=True)]
    found = {frozenset(step.changes): step for way in islice(_ways(case, need), WAYS) if (step := _mended(case, way))}
    return sorted(found.values(), key=lambda step: (not step.is_open, len(step.changes)))


def _ways(case: _Case, need: Need) -> Iterator[tuple[Result, ...]]:
    """Sets of tests that together would suffice and that a change of facts can fill, the nearest first.

    Where several alternatives are needed together, one of them is varied at a time.
    """
    if need.result is not None:
        if cure(need.result, case.offer, case.facts, case.on) is not None:
            yield (need.result,)
    elif need.choice:
        for part in need.parts:
            yield from _ways(case, part)
    else:
        yield from _varied([list(islice(_ways(case, part), WAYS)) for part in need.parts])


def _varied(ways: list[list[tuple[Result, ...]]]) -> Iterator[tuple[Result, ...]]:
    if not all(ways):
        return
    nearest = [options[0] for options in ways]
    yield tuple(chain.from_iterable(nearest))
    for place, options in enumerate(ways):
        for other in options[1:]:
            yield tuple(chain.from_iterable((*nearest[:place], other, *nearest[place + 1 :])))


def _mended(case: _Case, way: tuple[Result, ...]) -> Step | None:
    """Changes that fill a way, and what comes to light behind them; None where no change of facts does."""
    changes: tuple[Change, ...] = ()
    clauses: dict[Change, str] = {}
    for _ in range(ROUNDS):
        for result in way:
            cured = cure(result, case.offer, changed(case.facts, changes), case.on)
            if cured is None:
                return None
            changes = joined((*changes, *cured))
            text = result.criterion.text or result.criterion.quote
            clauses |= {change: text for change in changes if change not in clauses}
        need = case.need(changes)
        if need is None:
            return _step(case, _least(case, changes), clauses)
        way = tuple(need.leaves())
    return None


def _step(case: _Case, changes: tuple[Change, ...], clauses: dict[Change, str]) -> Step:
    opened = all(is_open(change, case.facts, case.on) for change in changes)
    told = tuple(clauses.get(change, "") for change in changes)
    return Step(offer=case.offer, on=case.on, changes=changes, clauses=told, is_open=opened)


def _least(case: _Case, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Without what it would be met without."""
    for change in changes:
        fewer = tuple(item for item in changes if item is not change)
        if case.need(fewer) is None:
            changes = fewer
    return changes
