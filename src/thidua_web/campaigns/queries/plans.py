"""Every read of plan documents that a page needs."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from thidua.plans.reading import Reading
from thidua_web.campaigns.models import PlanDocument, PlanReading
from thidua_web.campaigns.stages import EditionState
from thidua_web.register.queries.units import units_above

HEAVY = ("result__raw", "result__reading", "result__findings", "result__pages")
MOST_LISTED = 200


def plans_of(unit_id: int) -> Sequence[PlanDocument]:
    """The unit's newest documents, each with the summary of its reading."""
    return list(_with_result().defer(*HEAVY).filter(unit_id=unit_id)[:MOST_LISTED])


def _with_result() -> QuerySet[PlanDocument]:
    return PlanDocument.objects.select_related("result", "uploaded_by")


def plan(document_id: int) -> PlanDocument | None:
    """A document with its reading."""
    return (
        PlanDocument.objects.select_related("result", "unit", "file", "uploaded_by", "parent__unit", "parent__result")
        .defer(*(f"parent__{field}" for field in HEAVY))
        .filter(pk=document_id)
        .first()
    )


def result_of(document: PlanDocument) -> PlanReading | None:
    return getattr(document, "result", None)


def plan_carried_out(document: PlanDocument, reading: Reading) -> PlanReading | None:
    """The plan of a unit above that this one names among its bases or citations; the nearest unit's, the newest."""
    if document.parent_id is not None:
        return PlanReading.objects.filter(document_id=document.parent_id).first()
    named = {cited.number for cited in (*reading.legal_basis, *reading.cited_documents) if cited.number}
    above = units_above(document.unit)
    found = PlanReading.objects.filter(number__in=named, document__unit__in=above).select_related("document")
    return min(found.order_by("-read_at"), key=lambda result: above.index(result.document.unit_id), default=None)


def plan_of_campaign(campaign_id: int) -> PlanDocument | None:
    """The document that plans which carry the campaign out are checked against: the newest that states the whole."""
    rows = PlanDocument.objects.filter(edition__campaign_id=campaign_id, edition__state=EditionState.LAUNCHED)
    return rows.exclude(amends_in_part=True).order_by("-edition__launched_at", "-edition__number").first()
