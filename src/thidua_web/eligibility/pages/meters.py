"""How many a plan lets units propose, held against how many meet it now: a look ahead, before anybody is proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from django.utils.translation import gettext

from thidua.plans.campaign import Offer as PlanOffer
from thidua.rules.limits import Candidate, Meter, meters
from thidua.rules.plan_words.quotas import limits_of_plan
from thidua_web.campaigns.addressees import group_of
from thidua_web.eligibility.queries.cases import Case
from thidua_web.eligibility.queries.nominees import Place

SHOWN = 6


@dataclass(frozen=True)
class Shown:
    """`basis`: the plan's own words. `over`: more meet it than may be proposed."""

    words: str
    basis: str
    verified: bool
    over: bool


def shown(case: Case, met: Sequence[int], places: Mapping[int, Place]) -> list[Shown]:
    """The meters of the campaign's offer, those that are over first; nothing for an award of the law alone."""
    if case.row is None:
        return []
    plan_offer = msgspec.convert(case.row.terms, PlanOffer)
    limits = limits_of_plan(plan_offer.quotas, award=case.offer.award, plan=case.offer.plan)
    listed = [_candidate(key, places[key], case) for key in met if key in places]
    found = sorted(meters(limits, listed), key=lambda meter: (-meter.over, meter.left is None, meter.left or 0))
    return [_shown(meter) for meter in found[:SHOWN]]


def _candidate(key: int, place: Place, case: Case) -> Candidate:
    group = group_of(place.kind)
    subject, award = case.offer.subject, case.offer.award
    return Candidate(ref=str(key), subject=subject, units=place.names, group=group, award=award)


def _shown(meter: Meter) -> Shown:
    said = {"label": f"{meter.label} – {meter.unit}" if meter.unit else meter.label, "used": meter.used}
    said |= {"limit": meter.limit or 0, "over": meter.over, "left": meter.left or 0}
    if meter.limit is None:
        words = gettext("%(label)s: %(used)s đủ tiêu chuẩn; chưa tính được số tối đa.") % said
    elif meter.over:
        words = gettext("%(label)s: được đề nghị %(limit)s, có %(used)s đủ tiêu chuẩn, thừa %(over)s.") % said
    else:
        words = gettext("%(label)s: được đề nghị %(limit)s, có %(used)s đủ tiêu chuẩn.") % said
    return Shown(words, meter.basis.quote or "", meter.basis.verified, bool(meter.over))
