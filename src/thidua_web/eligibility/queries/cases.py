"""What may be asked: an award of the law, or one that a running campaign offers with criteria of its own."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import Q

from thidua.law.awards import Award, awards, find_award
from thidua.law.criteria import Standard, Subject
from thidua.law.law import Law
from thidua.plans.campaign import ConditionItem
from thidua.plans.campaign import Offer as PlanOffer
from thidua.rules.facts import Merit, Movement
from thidua.rules.from_plan import Source, criteria_for
from thidua.rules.offers import Offer
from thidua_web.campaigns.models import Campaign
from thidua_web.campaigns.models import Offer as OfferRow
from thidua_web.campaigns.stages import EditionState
from thidua_web.register.models import UnitKind

LAUNCHERS: Mapping[str, Any] = {UnitKind.PROVINCE: "province", UnitKind.DISTRICT: "district"}
MOST_OFFERS = 60


@dataclass(frozen=True)
class Case:
    """An offer of the core on a day. `row` is the campaign's offer, where it is one of a campaign."""

    offer: Offer
    on: datetime.date
    title: str
    row: OfferRow | None = None

    @property
    def campaign(self) -> Campaign | None:
        return self.row.campaign if self.row else None


def known_awards(subject: Subject, law: Law, on: datetime.date) -> list[Award]:
    """Those of which the law of the day asks something, in its order."""
    asked = {r.entry.award for r in law.rules(Standard, on) if isinstance(r.entry, Standard) and _for(r.entry, subject)}
    return [award for award in awards().values() if award.code in asked]


def _for(entry: Standard, subject: Subject) -> bool:
    return subject in entry.subjects


def case_of_law(award: Award, subject: Subject, year: int, on: datetime.date, merit: Merit = "yearly") -> Case:
    return Case(Offer(award=award.code, subject=subject, year=year, merit=merit), on, title_of(award, on))


def title_of(award: Award, on: datetime.date) -> str:
    """As a heading: some names begin with a small letter in the law."""
    name = award.name_on(on)
    return name[:1].upper() + name[1:]


def offers(paths: list[str], above: list[int], on: datetime.date) -> list[OfferRow]:
    """Awards that campaigns offer which began and ended less than a year ago: of units at or below these paths, or
    above them.
    """
    reach = Q(campaign__unit__in=above)
    for path in paths:
        reach |= Q(campaign__unit__path__below=path)
    ended = on - datetime.timedelta(days=365)
    launched = Q(campaign__launched_at__isnull=False)
    rows = OfferRow.objects.in_force().filter(launched, reach, Q(campaign__end=None) | Q(campaign__end__gte=ended))
    return list(rows.exclude(award="").select_related("campaign__unit").order_by("-campaign_id", "place")[:MOST_OFFERS])


def case_of_campaign(row: OfferRow, subject: Subject, on: datetime.date) -> Case | None:
    """None where the plan names no award of the law, or one that such nominees are not given."""
    plan_offer = msgspec.convert(row.terms, PlanOffer)
    award = find_award(plan_offer.award, granted_by=plan_offer.granted_by or "")
    if award is None or subject not in award.subjects or plan_offer.for_ not in ("both", subject):
        return None
    campaign = row.campaign
    source = Source(key=str(campaign.pk))
    offer = Offer(
        award=award.code,
        subject=subject,
        year=(min(campaign.end, on) if campaign.end else on).year,
        merit="campaign",
        movement=_movement(campaign, on),
        criteria=criteria_for(plan_offer, subject, conditions=_conditions(campaign), source=source),
        plan=campaign.number or campaign.title,
    )
    return Case(offer, on, title_of(award, on), row)


def _movement(campaign: Campaign, on: datetime.date) -> Movement:
    years = 0
    if campaign.start and campaign.end:
        whole = campaign.end + datetime.timedelta(days=1)
        years = whole.year - campaign.start.year
        years -= (whole.month, whole.day) < (campaign.start.month, campaign.start.day)
    ended = campaign.end is not None and campaign.end <= on
    launched_by = LAUNCHERS.get(campaign.unit.kind, "unit")
    return Movement(launched_by=launched_by, years=years, stage="summary" if ended else "running", key=str(campaign.pk))


def _conditions(campaign: Campaign) -> list[Any]:
    edition = campaign.editions.filter(state=EditionState.LAUNCHED).order_by("-number").first()
    items = (edition.plan or {}).get("conditions", []) if edition else []
    return [msgspec.convert(item, ConditionItem).condition for item in items]
