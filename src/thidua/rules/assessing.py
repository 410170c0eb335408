"""One nominee against everything an award asks, explained down to each clause and each fact used."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from msgspec import Struct

from thidua.findings import Basis, Finding, Outcome
from thidua.law.criteria import Criterion, Standard, cite
from thidua.law.law import Law, Rule
from thidua.rules.facts import Facts, Record
from thidua.rules.offers import Offer
from thidua.rules.predicates import Predicate, predicate
from thidua.rules.tally import Tally, all_of, any_of, negated


class Result(Struct, frozen=True, kw_only=True):
    """How a criterion came out. A test has a `finding` and its `tally`, what is made of parts has `parts`.

    `part_of`: "all", "any" or "not", how the parts make the outcome.
    """

    criterion: Criterion
    outcome: Outcome
    basis: Basis
    finding: Finding | None = None
    tally: Tally | None = None
    parts: tuple[Result, ...] = ()
    part_of: str = ""

    @property
    def records(self) -> tuple[Record, ...]:
        """Facts used, without repetition, in the order they were met."""
        own = self.tally.used if self.tally else ()
        return tuple(dict.fromkeys((*own, *(row for part in self.parts for row in part.records))))

    def tests(self) -> Iterator[Result]:
        """The results of all tests beneath, in reading order."""
        if self.finding is not None:
            yield self
        for part in self.parts:
            yield from part.tests()


class Assessment(Struct, frozen=True, kw_only=True):
    """`results` stand in the order of the law, then local regulations, then the plan. All of them must be met."""

    offer: Offer
    on: datetime.date
    outcome: Outcome
    results: tuple[Result, ...]

    def tests(self) -> Iterator[Result]:
        for result in self.results:
            yield from result.tests()


class NoStandardError(LookupError):
    """The law that is known asks nothing for this award of this kind of nominee on this day: it cannot be judged."""


class _Frame(Struct, frozen=True):
    """What stays the same down one tree."""

    offer: Offer
    facts: Facts
    law: Law
    on: datetime.date


def assess(offer: Offer, facts: Facts, law: Law, on: datetime.date) -> Assessment:
    """Whether the nominee meets the award under the law of the day on which the dossier was lodged.

    Raises NoStandardError where nothing is known to be asked, ValueError where offer and facts are of two kinds.
    """
    if offer.subject != facts.subject:
        raise ValueError(f"an offer to {offer.subject}, facts of {facts.subject}")
    rules = standards_for(offer, law, on)
    frame = _Frame(offer, facts, law, on)
    results = (*_of_law(frame, rules), *_of_plan(frame))
    return Assessment(offer=offer, on=on, outcome=all_of(r.outcome for r in results), results=results)


def standards_for(offer: Offer, law: Law, on: datetime.date) -> tuple[Rule, ...]:
    """What the law asks for the offer; what its plan adds stands in the offer. Raises NoStandardError."""
    rules = law.standards(offer.award, offer.subject, on)
    if not any(isinstance(rule.entry, Standard) for rule in rules) and not offer.criteria:
        raise NoStandardError(f"{offer.award} {offer.subject} {on}")
    return rules


def _of_law(frame: _Frame, rules: Iterable[Rule]) -> Iterator[Result]:
    for rule in rules:
        for criterion in criteria_of(rule):
            yield _judge(frame, criterion, rule, "")


def criteria_of(rule: Rule) -> tuple[Criterion, ...]:
    """What an entry asks; nothing where it is of a kind that asks nothing."""
    return getattr(rule.entry, "all", ())


def _of_plan(frame: _Frame) -> Iterator[Result]:
    for criterion in frame.offer.criteria:
        yield _judge(frame, criterion, None, "")


def _judge(frame: _Frame, criterion: Criterion, rule: Rule | None, above: str) -> Result:
    """`above` is the citation of the nodes around, without that of the entry."""
    place = cite(criterion.place, above) if criterion.place else above
    basis = _basis(frame, criterion, rule, place)
    if criterion.test is not None:
        return _tested(frame, criterion, predicate(criterion.test), basis)
    if criterion.meets:
        parts = tuple(_other_award(frame, criterion, code, basis) for code in criterion.meets)
        return _joined(criterion, parts, "any", basis)
    parts = tuple(_judge(frame, part, rule, place) for part in criterion.parts)
    return _joined(criterion, parts, "all" if criterion.all else "any" if criterion.any else "not", basis)


def _basis(frame: _Frame, criterion: Criterion, rule: Rule | None, place: str) -> Basis:
    if rule is None:
        return Basis(instrument=frame.offer.plan or None, quote=criterion.quote or None, verified=True)
    return rule.basis(frame.on, criterion, place)


def _tested(frame: _Frame, criterion: Criterion, asked: Predicate, basis: Basis) -> Result:
    tally = asked.tally(frame.facts, frame.offer, frame.on)
    outcome = asked.outcome(tally)
    params = asked.params(frame.offer) | {"sure": tally.sure, "possible": tally.possible, "missing": tally.missing}
    finding = Finding(code=f"rules.{asked.name}", outcome=outcome, params=params, basis=basis)
    return Result(criterion=criterion, outcome=outcome, basis=basis, finding=finding, tally=tally)


def _other_award(frame: _Frame, criterion: Criterion, code: str, basis: Basis) -> Result:
    """The standard of another award, without the principles, which are asked once."""
    rules = [r for r in frame.law.standards(code, frame.offer.subject, frame.on) if isinstance(r.entry, Standard)]
    parts = tuple(_of_law(frame, rules))
    outcome = all_of(part.outcome for part in parts) if parts else Outcome.UNKNOWN
    return Result(criterion=criterion, outcome=outcome, basis=basis, parts=parts, part_of="all")


def _joined(criterion: Criterion, parts: tuple[Result, ...], part_of: str, basis: Basis) -> Result:
    outcomes = [part.outcome for part in parts]
    outcome = negated(outcomes[0]) if part_of == "not" else (all_of if part_of == "all" else any_of)(outcomes)
    return Result(criterion=criterion, outcome=outcome, basis=basis, parts=parts, part_of=part_of)
