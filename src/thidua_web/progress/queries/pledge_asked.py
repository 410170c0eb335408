"""Whom a campaign asks for a pledge, by the words of its plan and the register."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import msgspec
from django.db.models import Count, Max

from thidua.plans.campaign import ConditionItem, Party, PledgeRule
from thidua.plans.reading import Condition
from thidua.progress.pledging import Rule, conditions_for, rules_for
from thidua_web.campaigns.addressees import Register
from thidua_web.campaigns.models import Campaign, DutyUnit, Edition
from thidua_web.campaigns.queries.campaigns import frozen_parts
from thidua_web.campaigns.queries.launches import register_of
from thidua_web.campaigns.stages import EditionState
from thidua_web.register.models import Unit, UnitKind, UnitPeriod

KINDS = {kind: place for place, kind in enumerate(UnitKind.values)}
EVERYBODY = Party(name="", group="all")
Reaching = Mapping[str, Sequence[Party]]
"""By the key of a rule or a condition, those of its parties that reach a unit."""


class Listed(NamedTuple):
    """A unit as a list of thousands holds it."""

    pk: int
    name: str
    kind: str
    folded: str


@dataclass(frozen=True)
class Asked:
    """The plan's rules on pledges, what pledges must keep to, and by unit what of it is put to that unit.

    `units` are those that are asked for a pledge. Where the plan has no rule, or one that is put to nobody by name,
    whoever has a duty is asked. `listed` are they by level, then by name.
    """

    rules: Sequence[PledgeRule]
    conditions: Sequence[ConditionItem]
    reaching: Mapping[int, Reaching]
    units: frozenset[int]
    listed: Sequence[Listed] = ()

    def rules_of(self, unit: int) -> tuple[Rule, ...]:
        return rules_for(self.rules, self.reaching.get(unit, {}))

    def conditions_of(self, unit: int) -> tuple[Condition, ...]:
        return conditions_for(self.conditions, self.reaching.get(unit, {}))

    def key_of(self, quote: str) -> str:
        """Of the rule or condition with these words; "" where there is none."""
        return next((item.key for item in (*self.rules, *self.conditions) if item.words.quote == quote), "")


class Newest(NamedTuple):
    """Which plan a campaign stands on now, since when, and where its words stand."""

    pk: int
    launched_at: datetime.datetime
    number: int
    document: int


def newest_edition(campaign: int) -> Newest | None:
    launched = Edition.objects.filter(campaign=campaign, state=EditionState.LAUNCHED)
    found = launched.order_by("-launched_at", "-number").values_list("pk", "launched_at", "number", "document_id")
    return next((Newest(*row) for row in found[:1]), None)


def asked(campaign: Campaign, *, on: datetime.date, edition: Newest | None = None) -> Asked:
    """A register of thousands is walked through once for every edition and every change of it, not for every page.

    `edition`: the newest one, where it is at hand.
    """
    valid = Unit.objects.valid(on=on).aggregate(n=Count("pk"), last=Max("pk"))
    periods = UnitPeriod.objects.aggregate(last=Max("pk"))["last"]
    edition = edition or newest_edition(campaign.pk)
    return _asked(campaign.pk, campaign.unit_id, edition, on, (valid["n"], valid["last"], periods))


@lru_cache(maxsize=64)
def _asked(campaign: int, owner: int, edition: object, on: datetime.date, marks: object) -> Asked:
    """`edition` and `marks` say which state of plan and register this is the answer for."""
    frozen = frozen_parts(campaign)
    rules = msgspec.convert(frozen["pledges"], list[PledgeRule])
    every = msgspec.convert(frozen["conditions"], list[ConditionItem])
    conditions = [one for one in every if one.condition.kind != "gate"]
    items = [*rules, *conditions]
    register = register_of(owner, on=on) if any(one.parties for one in items) else Register(owner, ())
    reaching = _reaching(items, register)
    keys = {rule.key for rule in rules}
    units = {unit for unit, here in reaching.items() if not keys.isdisjoint(here)}
    if not units or any(not rule.parties for rule in rules):
        duties = _with_duties(campaign, on)
        units |= duties
        for rule in rules:
            if not rule.parties:
                for unit in duties:
                    reaching.setdefault(unit, {})[rule.key] = (EVERYBODY,)
    units.discard(owner)
    return Asked(rules, conditions, reaching, frozenset(units), listed(units))


def listed(units: Collection[int]) -> list[Listed]:
    rows = Unit.objects.filter(pk__in=units).order_by("sort_text", "pk").values_list("pk", "name", "kind", "folded")
    return sorted((Listed(*row) for row in rows), key=lambda unit: KINDS.get(unit.kind, len(KINDS)))


def _reaching(
    items: Sequence[PledgeRule | ConditionItem], register: Register
) -> dict[int, dict[str, tuple[Party, ...]]]:
    found: dict[int, dict[str, tuple[Party, ...]]] = {}
    for item in items:
        for party in item.parties:
            for body in register.reach(party).units:
                here = found.setdefault(body.pk, {})
                here[item.key] = (*here.get(item.key, ()), party)
    return found


def _with_duties(campaign: int, on: datetime.date) -> frozenset[int]:
    duties = DutyUnit.objects.filter(duty__campaign=campaign, duty__ended_by__isnull=True)
    valid = Unit.objects.valid(on=on).filter(pk__in=duties.values("unit_id"))
    return frozenset(valid.values_list("pk", flat=True))
