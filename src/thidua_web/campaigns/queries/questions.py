"""Every read of open and answered questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from thidua.plans.campaign import CampaignPlan
from thidua_web.campaigns.models import PlanDocument, Question
from thidua_web.campaigns.queries.launches import Standing, former_sources, plan_of, standing_before
from thidua_web.campaigns.stages import EditionState

ANSWER = ("start", "end", "basis", "answered_by", "answered_at")


def asked(document: PlanDocument, before: Standing | None) -> list[Question]:
    """What a plan asks that is not launched yet, whether it has rows or not.

    An answer given to this document stays; else one given to the same question before an amendment (`before` is what
    the document amends).
    """
    plan = plan_of(document.pk, ())
    known = {row.key: row for row in document.questions.select_related("answered_by")}
    former = _answered_before(document, before, plan)
    rows = {}
    for question in plan.questions:
        key = question.key
        rows[key] = known.get(key) or Question(document=document, key=key, **former.get(key, {}))
        rows[key].question = msgspec.to_builtins(question)
    return list(rows.values())


def _answered_before(
    document: PlanDocument, before: Standing | None, plan: CampaignPlan
) -> Mapping[str, dict[str, Any]]:
    """Answers to the questions of earlier editions, under the keys that the same items have now."""
    if before is None:
        return {}
    rows = Question.objects.filter(document__edition__campaign=document.amends_id, answered_at__isnull=False)
    given = {(row.document_id, row.key): row for row in rows.select_related("answered_by")}
    former = former_sources(before, document, plan)
    return {own: {name: getattr(given[old], name) for name in ANSWER} for own, old in former.items() if old in given}


def questions_of_campaign(campaign_id: int) -> Sequence[Question]:
    """All of the editions launched so far, open ones first."""
    rows = Question.objects.filter(
        document__edition__campaign_id=campaign_id, document__edition__state=EditionState.LAUNCHED
    )
    return sorted(rows.select_related("answered_by"), key=lambda row: (row.answered_at is not None, row.pk))


def question(document: PlanDocument, key: str) -> Question | None:
    """What the document asks under this key; None where it asks that no more."""
    launched = Question.objects.filter(document=document, document__edition__state=EditionState.LAUNCHED)
    if row := launched.filter(key=key).first():
        return row
    if PlanDocument.objects.filter(pk=document.pk, edition__state=EditionState.LAUNCHED).exists():
        return None
    return next((row for row in asked(document, standing_before(document)) if row.key == key), None)
