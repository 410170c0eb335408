"""What the page of a launch shows, put together from what was read; no request, no database."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils.translation import gettext

from thidua.findings import Finding
from thidua.plans.campaign import CampaignPlan
from thidua.plans.review import Meter
from thidua_web.campaigns.addressees import Reached, Register, reach_all
from thidua_web.campaigns.models import PlanReading
from thidua_web.campaigns.pages import parts
from thidua_web.campaigns.pages.facts import KIND_LABELS
from thidua_web.campaigns.pages.findings import Tone, tone

FIRST_DUTIES = 6
SERIOUS = (Tone.FAULT, Tone.DOUBT)


@dataclass(frozen=True)
class Amounts:
    """What the launch will make."""

    phases: int
    duties: int
    days: int
    units: int
    targets: int
    offers: int


@dataclass(frozen=True)
class Missing:
    """A kind of facts that is not decided yet."""

    label: str
    left: int
    total: int


def missing(meter: Meter) -> list[Missing]:
    return [
        Missing(str(KIND_LABELS[kind]), total - decided, total)
        for kind, (total, decided) in meter.kinds.items()
        if decided < total
    ]


def faults(result: PlanReading) -> list[tuple[Tone, int]]:
    """How many findings of the checks are serious and remain, whoever decided to launch with them."""
    counts = Counter(tone(finding) for finding in msgspec.convert(result.findings, tuple[Finding, ...]))
    return [(one, counts[one]) for one in SERIOUS if counts[one]]


def content(plan: CampaignPlan, register: Register, words: parts.WordsOf, *, today: datetime.date) -> Mapping[str, Any]:
    """The campaign as it would be."""
    reached = reach_all((party for duty in plan.duties for party in duty.parties), register)
    duties = [parts.duty(one, words) for one in sorted(parts.tracked(plan.duties), key=parts.first_day)]
    return {
        "amounts": amounts(plan, reached),
        "phases": [parts.phase(one, words, today) for one in plan.phases],
        "drawing": parts.timeline(plan.phases, parts.flags_of(plan.duties, today), today),
        "duties": duties[:FIRST_DUTIES],
        "more_duties": duties[FIRST_DUTIES:],
        "targets": [parts.target(one, words) for one in plan.targets],
        "works": [parts.work(one, words) for one in plan.works],
        "pledges": [parts.pledge(one, words) for one in plan.pledges],
        "conditions": [parts.condition(one, words) for one in plan.conditions],
        "offers": [parts.offer(one, words) for one in plan.offers],
        "reached": sorted(reached, key=lambda one: not one.units),
        "unreached": [one.party.name for one in reached if not one.units],
        "unaddressed": sum(not duty.parties for duty in parts.tracked(plan.duties)),
    }


def amounts(plan: CampaignPlan, reached: Sequence[Reached]) -> Amounts:
    return Amounts(
        phases=len(plan.phases),
        duties=len(parts.tracked(plan.duties)),
        days=sum(len(duty.days) for duty in plan.duties),
        units=len({body.pk for one in reached for body in one.units}),
        targets=len(plan.targets),
        offers=len(plan.offers),
    )


def in_short(made: Amounts) -> list[str]:
    """ "3 đợt thi đua", "12 nhiệm vụ với 34 ngày đến hạn, giao cho 39 đơn vị", ..."""
    values = {name: getattr(made, name) for name in Amounts.__dataclass_fields__}
    given = gettext("%(duties)d nhiệm vụ với %(days)d ngày đến hạn, giao cho %(units)d đơn vị")
    kept = gettext("%(duties)d nhiệm vụ với %(days)d ngày đến hạn, chưa gắn được đơn vị nào")
    said = (
        (made.phases, gettext("%(phases)d đợt, mốc thời gian")),
        (made.duties, given if made.units else kept),
        (made.targets, gettext("%(targets)d chỉ tiêu")),
        (made.offers, gettext("%(offers)d hình thức khen thưởng")),
    )
    return [words % values for amount, words in said if amount]
