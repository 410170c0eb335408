"""Appraised lists, what belongs into them, and what came of nominations group by group."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from thidua_web.nominations.models import AppraisedList, ListState, Nomination, Opinion
from thidua_web.nominations.stages import CONCLUDED, NominationState
from thidua_web.register.models import Unit

MOST_TOLD = 20
RECOMMENDED = Q(nominations__state=NominationState.RECOMMENDED)


def lists_of(unit: Unit) -> QuerySet[AppraisedList]:
    rows = AppraisedList.objects.filter(to_unit=unit).select_related("campaign", "signed_by")
    return rows.annotate(recommended=Count("nominations", filter=RECOMMENDED), whole=Count("nominations")).order_by(
        "-made_at", "-pk"
    )


def to_sign(unit: int) -> list[AppraisedList]:
    """Drafts that hold somebody, the oldest first."""
    held = Nomination.objects.filter(listed=OuterRef("pk"))
    rows = AppraisedList.objects.filter(Exists(held), to_unit=unit, state=ListState.DRAFT).select_related("made_by")
    return list(rows.order_by("made_at", "pk")[:MOST_TOLD])


def fitting(row: AppraisedList) -> QuerySet[Nomination]:
    """Concluded, in no list, of the campaign; without one, of the year and no campaign."""
    rows = Nomination.objects.filter(to_unit=row.to_unit_id, state__in=CONCLUDED, listed=None)
    if row.campaign_id:
        return rows.filter(submission__campaign=row.campaign_id)
    return rows.filter(submission__campaign=None, year=row.year)


def listed(row: AppraisedList) -> QuerySet[Nomination]:
    """The recommended first, by award, then by name."""
    rows = Nomination.objects.filter(listed=row).select_related("unit").defer("sections")
    return rows.order_by("-state", "award", "subject", "sort_text", "pk")


def opinions_of(rows: QuerySet[Nomination] | list[Nomination]) -> Mapping[int, Opinion]:
    """The newest that stands, by nomination."""
    found = Opinion.objects.filter(nomination__in=[row.pk for row in rows], undone_at__isnull=True)
    return {one.nomination_id: one for one in found.order_by("at", "pk")}
