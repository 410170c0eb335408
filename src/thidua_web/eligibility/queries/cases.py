"""What may be asked: an award of the law, or one that a running campaign offers with criteria of its own."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from django.db.models import Q
from msgspec import structs

from thidua.law.awards import Award, awards, find_award
from thidua.law.criteria import Standard, Subject
from thidua.law.law import Law
from thidua.plans.campaign import ConditionItem
from thidua.plans.campaign import Offer as PlanOffer
from thidua.rules.facts import Merit, Movement
from thidua.rules.from_plan import Asked, Own, Source, asked_of, named_in, own_of, read_offer
from thidua.rules.offers import Offer
from thidua_web.campaigns.addressees import group_of
from thidua_web.campaigns.models import Campaign
from thidua_web.campaigns.models import Offer as OfferRow
from thidua_web.campaigns.stages import EditionState
from thidua_web.config.bulk import batched
from thidua_web.register.models import Unit, UnitKind

LAUNCHERS: Mapping[str, Any] = {UnitKind.PROVINCE: "province", UnitKind.DISTRICT: "district"}
MOST_OFFERS = 60


@dataclass(frozen=True)
class Case:
    """An offer of the core on a day. `row` is the campaign's offer, where it is one of a campaign, and `asked` what its
    plan asks of whom; `offer` has all of it, for nobody in particular (`case_at`).
    """

    offer: Offer
    on: datetime.date
    title: str
    row: OfferRow | None = None
    asked: tuple[Asked, ...] = ()

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


def title_of(award: Award, on: datetime.date, *, province: str = "") -> str:
    """As a heading: some names begin with a small letter in the law."""
    name = award.name_on(on, province=province)
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
    asked = read_offer(plan_offer, _conditions(campaign), Source(key=str(campaign.pk)))
    offer = Offer(
        award=award.code,
        subject=subject,
        year=(min(campaign.end, on) if campaign.end else on).year,
        merit="campaign",
        movement=_movement(campaign, on),
        criteria=asked_of(asked, subject),
        plan=campaign.number or campaign.title,
    )
    return Case(offer, on, title_of(award, on), row, asked)


# --- Where somebody stands --------------------------------------------------------------------------------------------


def case_at(case: Case, path: str) -> Case:
    """As its plan asks it of somebody in the unit of this path."""
    return by_place(case, [path])[path]


def by_place(case: Case, paths: Iterable[str]) -> Mapping[str, Case]:
    """By the path of a nominee's unit: without what the plan asks of other bodies. At most one query; places that are
    asked the same have one case.
    """
    if not case.asked:
        return dict.fromkeys(paths, case)
    made: dict[Own, Case] = {}
    found, named = {}, named_in(case.asked)
    for path, (group, names) in _units(set(paths)).items():
        own = own_of(named, group, names)
        if own not in made:
            criteria = asked_of(case.asked, case.offer.subject, own)
            made[own] = replace(case, offer=structs.replace(case.offer, criteria=criteria))
        found[path] = made[own]
    return found


def _units(paths: Collection[str]) -> dict[str, tuple[str | None, tuple[str, ...]]]:
    """The unit's kind as plans address it, its name and those of the units above it."""
    if not paths:
        return {}
    lines = {path: [int(part) for part in reversed(path.split("/")) if part] for path in paths}
    wanted = sorted({key for line in lines.values() for key in line})
    units: dict[int, tuple[str, str]] = {}
    for part in batched(wanted):
        rows = Unit.objects.filter(pk__in=part).values_list("pk", "name", "kind")
        units |= {pk: (name, kind) for pk, name, kind in rows}
    return {
        path: (group_of(units[line[0]][1]), tuple(units[key][0] for key in line if key in units))
        for path, line in lines.items()
        if line and line[0] in units
    }


# --- Of a campaign ----------------------------------------------------------------------------------------------------


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
