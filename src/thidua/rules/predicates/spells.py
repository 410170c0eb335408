"""Predicates on what lasts: discipline, cases under review, service, a unit's being."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from thidua.rules.facts import FORMS, Facts, SpellFact, SpellKind
from thidua.rules.offers import Offer
from thidua.rules.predicates.base import Ceiling, Predicate, meets
from thidua.rules.tally import Tally, count, yes_no

_DAY = datetime.timedelta(days=1)
REVIEWS: tuple[SpellKind, ...] = ("inspection", "investigation", "complaint")


class NotDisciplined(Ceiling, frozen=True, kw_only=True):
    """Under no discipline of `form` or a graver one within the last `years` years of merit, and not on the day."""

    name: ClassVar[str] = "not_disciplined"
    form: Literal["reprimand", "warning", "demotion", "removal", "dismissal"] = "reprimand"
    years: int = 1

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        begin = datetime.date(offer.year - self.years + 1, 1, 1)
        rows = [s for s in facts.spells if s.kind == "discipline" and meets(s, begin, on)]
        grave = [s for s in rows if s.form in FORMS and FORMS.index(s.form) >= FORMS.index(self.form)]
        doubtful = [s for s in rows if s.form not in FORMS]
        return count(grave, doubtful, complete=facts.is_complete("discipline", begin.year))

    def params(self, offer: Offer) -> dict[str, Any]:
        return {"form": self.form, "first": offer.year - self.years + 1}


class NotUnderReview(Ceiling, frozen=True, kw_only=True):
    """On the day no inspection, investigation or complaint is open (Nghị định 152/2025 Điều 4 khoản 4)."""

    name: ClassVar[str] = "not_under_review"

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        opened = [s for s in facts.spells if s.kind in REVIEWS and not s.cleared and meets(s, on, on)]
        return count(opened, complete=all(facts.is_complete(kind, on.year) for kind in REVIEWS))


class Served(Predicate, frozen=True, kw_only=True):
    """At least `years` whole years of service up to the day; interrupted service is added up.

    `unbroken`: only the longest service that nothing interrupted; from one post straight to the next is no break.
    """

    name: ClassVar[str] = "served"
    years: int
    unbroken: bool = False

    @property
    def need(self) -> int:
        return self.years

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        spells = tuple(s for s in facts.spells if s.kind == "service" and s.since <= on)
        each = [whole_months(*run) for run in _runs(spells, on)]
        months = max(each, default=0) if self.unbroken else sum(each)
        known = bool(spells) or facts.is_complete("service", 0)
        return Tally(sure=months // 12, possible=months // 12 if known else self.years, used=spells)


class InBeing(Predicate, frozen=True, kw_only=True):
    """The nominee is there on the day: a unit that was dissolved is given no award (Thông tư 15/2025/TT-BNV)."""

    name: ClassVar[str] = "in_being"

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        spells = tuple(s for s in facts.spells if s.kind == "in_being")
        return yes_no(any(meets(s, on, on) for s in spells) if spells else None, *spells)


class Existed(Predicate, frozen=True, kw_only=True):
    """Built up for at least `years` whole years up to the day, since the earliest day on record."""

    name: ClassVar[str] = "existed"
    years: int

    @property
    def need(self) -> int:
        return self.years

    def tally(self, facts: Facts, offer: Offer, on: datetime.date) -> Tally:
        spells = tuple(s for s in facts.spells if s.kind == "in_being" and s.since <= on)
        if not spells:
            return Tally(sure=0, possible=self.years)
        own = [s.since for s in spells if not s.inherited]
        sure = whole_months(min(own), on) // 12 if own else 0
        return Tally(sure=sure, possible=whole_months(min(s.since for s in spells), on) // 12, used=spells)


def _runs(spells: Iterable[SpellFact], on: datetime.date) -> list[tuple[datetime.date, datetime.date]]:
    """First days and days behind the last of what joins or overlaps, the earliest first, up to the day."""
    runs: list[tuple[datetime.date, datetime.date]] = []
    for spell in sorted(spells, key=lambda s: s.since):
        end = on if spell.until is None else min(spell.until + _DAY, on)
        if runs and spell.since <= runs[-1][1]:
            begin, latest = runs.pop()
            runs.append((begin, max(latest, end)))
        else:
            runs.append((spell.since, end))
    return runs


def whole_months(since: datetime.date, until: datetime.date) -> int:
    """Whole months from a day to a day, the last not counted: 31/01 to 28/02 is none."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(0, months - (until.day < since.day))
