"""Every read of plan documents that a page needs."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from thidua_web.campaigns.models import PlanDocument, PlanReading

HEAVY = ("result__raw", "result__reading", "result__findings", "result__pages")
MOST_LISTED = 200


def plans_of(unit_id: int) -> Sequence[PlanDocument]:
    """The unit's newest documents, each with the summary of its reading."""
    return list(_with_result().defer(*HEAVY).filter(unit_id=unit_id)[:MOST_LISTED])


def _with_result() -> QuerySet[PlanDocument]:
    return PlanDocument.objects.select_related("result", "uploaded_by")


def plan(document_id: int, *, units: Sequence[int]) -> PlanDocument | None:
    """A document with its reading, where it belongs to one of the units."""
    return (
        PlanDocument.objects.select_related("result", "unit", "file", "uploaded_by", "parent")
        .filter(pk=document_id, unit_id__in=units)
        .first()
    )


def result_of(document: PlanDocument) -> PlanReading | None:
    return getattr(document, "result", None)
