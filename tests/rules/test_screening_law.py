"""The national law over a register at once: each award, for each kind of nominee, as it is judged one by one."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest
from test_screening import same

from nominees import GROUPS, KINDS, MERITS, SPELLS
from thidua.findings import Outcome
from thidua.law.criteria import Criterion, Standard, Subject
from thidua.law.criteria import Test as Asked
from thidua.law.law import national_law
from thidua.rules.assessing import criteria_of
from thidua.rules.facts import (
    FORMS,
    LEVELS,
    SCOPES,
    AnswerFact,
    Facts,
    HonourFact,
    MeasureFact,
    Movement,
    RatingFact,
    SpellFact,
    WorkFact,
)
from thidua.rules.offers import Offer
from thidua.rules.predicates import predicate
from thidua.rules.predicates.measures import MeasurePredicate

DAYS = (datetime.date(2024, 3, 1), datetime.date(2025, 11, 20), datetime.date(2026, 11, 20))
PEOPLE = 30


def asked_on(on: datetime.date) -> list[tuple[str, Subject]]:
    pairs = {(r.entry.award, who) for r in national_law().rules(Standard, on) for who in r.entry.subjects}
    return sorted(pairs)


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_every_award_of_every_kind_of_nominee_is_judged_the_same(on: datetime.date) -> None:
    seen: Counter[Outcome] = Counter()
    for award, subject in asked_on(on):
        dice = random.Random(f"{award} {subject} {on}")
        words = Words(award, subject, on)
        movement = Movement(launched_by=dice.choice(["state", "province"]), years=dice.randint(0, 6))
        offered = {"merit": dice.choice(MERITS), "movement": dice.choice([None, movement])}
        offer = Offer(award=award, subject=subject, year=on.year, **offered)
        seen.update(same(national_law(), offer, [words.person(dice) for _ in range(PEOPLE)], on))
    assert min(seen[outcome] for outcome in Outcome) > 20


class Words:
    """The names that the standards of an award use, so that facts say something about it."""

    def __init__(self, award: str, subject: Subject, on: datetime.date) -> None:
        self.award, self.subject, self.on = award, subject, on
        tests = list(self._tests(award, set()))
        params = [dict(test.params) for test in tests]
        self.awards = sorted({award, *_named(params, "awards", "after", "or_awards")})
        self.groups = sorted({*GROUPS, *_named(params, "groups")})
        self.questions = sorted({p["question"] for p in params if "question" in p} | {"campaign.launched"})
        self.questions += [f"confirmed.{body}" for body in _named(params, "by")]
        asked = [predicate(test) for test in tests]
        self.keys = sorted({one.test()[0] for one in asked if isinstance(one, MeasurePredicate)})

    def _tests(self, award: str, seen: set[str]) -> Iterable[Asked]:
        seen.add(award)
        for rule in national_law().standards(award, self.subject, self.on):
            for criterion in criteria_of(rule):
                yield from criterion.tests()
                for other in [code for node in _nodes(criterion) for code in node.meets if code not in seen]:
                    yield from self._tests(other, seen)

    def person(self, dice: random.Random) -> Facts:
        """A record as good as most: with every fact at random nobody would ever meet anything."""
        good, year = dice.random(), self.on.year
        lucky = lambda: dice.random() < good  # noqa: E731 (a draw with this person's luck)
        doubted = lambda: dice.random() < 0.1  # noqa: E731
        level = lambda: LEVELS[-1] if lucky() else dice.choice(LEVELS)  # noqa: E731
        kinds = [kind for kind in ("honours", "works", *SPELLS) if dice.random() < 0.8]
        return Facts(
            subject=self.subject,
            groups=None if doubted() else frozenset(dice.sample(self.groups, 2)),
            ratings=tuple(
                RatingFact(year=y, track=track, level=level(), inherited=doubted())
                for y in range(year - 12, year + 1)
                for track in ("state", "party")
                if not doubted()
            ),
            honours=tuple(
                HonourFact(award=code, year=y, merit=dice.choice(MERITS), inherited=doubted())
                for code in self.awards
                for y in range(year - 15, year + 1)
                if dice.random() < good / 2
            ),
            works=tuple(
                WorkFact(kind=kind, year=y, scope=dice.choice(SCOPES), inherited=doubted())
                for kind in KINDS
                for y in range(year - 4, year + 1)
                if dice.random() < good / 2
            ),
            spells=tuple(self._spell(dice, kind) for kind in SPELLS if lucky() == (kind in ("service", "in_being"))),
            answers=tuple(
                AnswerFact(question=question, yes=lucky(), year=dice.choice([None, year]), inherited=doubted())
                for question in self.questions
                if not doubted()
            ),
            measures=tuple(
                MeasureFact(key=key, value=Decimal(dice.choice([0, 1, 70, 100])), year=dice.choice([None, year]))
                for key in self.keys
                if not doubted()
            ),
            complete={kind: dice.choice([0, year - 5, year]) for kind in kinds},
        )

    def _spell(self, dice: random.Random, kind: Any) -> SpellFact:
        since = self.on - datetime.timedelta(days=dice.randint(0, 365 * 35))
        until = dice.choice([None, since + datetime.timedelta(days=dice.randint(0, 365 * 35))])
        return SpellFact(kind=kind, since=since, until=until, form=dice.choice(FORMS), cleared=dice.random() < 0.3)


def _named(params: list[dict[str, Any]], *names: str) -> set[str]:
    return {value for one in params for name in names for value in one.get(name, ())}


def _nodes(criterion: Criterion) -> Iterable[Criterion]:
    yield criterion
    for part in criterion.parts:
        yield from _nodes(part)
