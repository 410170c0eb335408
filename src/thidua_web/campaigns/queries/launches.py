"""Every read that a launch stands on: its edition, its answers, the plan as it is and as it would be."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from thidua.plans.campaign import Answer, CampaignPlan, Item
from thidua.plans.difference import amend, amended_keys, matches
from thidua.plans.launching import plan_campaign
from thidua_web.campaigns.addressees import Body, Register
from thidua_web.campaigns.models import Edition, PlanDocument, Question
from thidua_web.campaigns.queries.reviews import items_of
from thidua_web.campaigns.stages import EditionState
from thidua_web.register.models import Unit
from thidua_web.register.queries.units import former_names


class Source(NamedTuple):
    """Where the words of a part stand: the document, and the key in its review."""

    document: int
    key: str

    @property
    def name(self) -> str:
        """As forms and rows hold it; of a key alone another document may have one too."""
        return f"{self.document}/{self.key}"


class Standing(NamedTuple):
    """A campaign's plan after some of its editions.

    `sources` lead from the plan's keys to the words, `kept` to the words that the same part stood on one edition ago.
    """

    plan: CampaignPlan
    sources: Mapping[str, Source]
    kept: Mapping[str, Source]


def edition_of(document_id: int) -> Edition | None:
    return (
        Edition.objects.select_related("campaign", "document", "prepared_by", "launched_by", "returned_by")
        .defer("reading", "plan")
        .filter(document_id=document_id)
        .first()
    )


def launched_editions(campaign_id: int) -> list[Edition]:
    """The oldest launch first."""
    rows = Edition.objects.filter(campaign_id=campaign_id, state=EditionState.LAUNCHED)
    return list(rows.select_related("document").defer("reading", "plan").order_by("launched_at", "number"))


def edition_numbers(campaign_id: int) -> Mapping[int, int]:
    """Of every document its edition's number."""
    return dict(Edition.objects.filter(campaign_id=campaign_id).values_list("document_id", "number"))


def plan_of(document_id: int, questions: Iterable[Question]) -> CampaignPlan:
    """What a document alone becomes, with the days that people have set."""
    given = {row.key: Answer(start=row.start, end=row.end) for row in questions if row.answered_at}
    return plan_campaign(items_of(document_id), answers=given)


def prepared_plan_of(document_id: int) -> CampaignPlan:
    """Of a plan that was prepared: all its questions have rows."""
    return plan_of(document_id, Question.objects.filter(document=document_id))


def standing(campaign_id: int) -> Standing | None:
    """After all editions launched so far, with all answers; None before the first launch."""
    now: Standing | None = None
    for edition in launched_editions(campaign_id):
        now = follow(now, edition.document, prepared_plan_of(edition.document_id))
    return now


def standing_before(document: PlanDocument) -> Standing | None:
    """What the document amends, as it is now."""
    return standing(document.amends_id) if document.amends_id else None


def follow(before: Standing | None, document: PlanDocument, plan: CampaignPlan) -> Standing:
    """The campaign once this document's plan stands too: in the place of what there is, or as an amendment of it."""
    if before is not None and document.amends_in_part:
        return _amended(before, document, plan)
    own = {item.key: Source(document.pk, item.key) for item in items_in(plan)}
    same = matches(before.plan, plan) if before else {}
    return Standing(plan, own, {new: before.sources[old] for new, old in same.items()} if before else {})


def _amended(before: Standing, document: PlanDocument, part: CampaignPlan) -> Standing:
    """What the document states anew is not repealed, and what is not in force any more needs no repeal."""
    drop = {key for key, source in repealable(before, part).items() if source.name in document.repeals}
    keys = amended_keys(before.plan, part, drop=drop)
    plan = amend(before.plan, part, drop=drop)
    stays = {item.key: before.sources[item.key] for item in items_in(plan) if item.key in before.sources}
    restated = {whole: Source(document.pk, own) for own, whole in keys.items()}
    return Standing(plan, stays | restated, before.sources)


def repealable(before: Standing, part: CampaignPlan) -> Mapping[str, Source]:
    """The items in force that an amending document does not touch, and where their words stand."""
    touched = set(matches(before.plan, part).values())
    return {item.key: before.sources[item.key] for item in items_in(before.plan) if item.key not in touched}


def former_sources(before: Standing, document: PlanDocument, plan: CampaignPlan) -> Mapping[str, Source]:
    """For an item of an amending document, under its own key, the words that the same item stood on before."""
    same = amended_keys(before.plan, plan) if document.amends_in_part else matches(before.plan, plan)
    return {own: before.sources[old] for own, old in same.items() if old in before.sources}


def items_in(plan: CampaignPlan) -> Iterator[Item]:
    lists = (plan.phases, plan.duties, plan.targets, plan.works, plan.pledges, plan.conditions, plan.offers)
    for items in lists:
        yield from items


def register_of(unit_id: int, *, on: datetime.date) -> Register:
    valid = Unit.objects.valid(on=on).values_list("pk", "name", "kind", "parent_id")
    return Register(owner=unit_id, bodies=[Body(*row) for row in valid], former=former_names(on=on))
