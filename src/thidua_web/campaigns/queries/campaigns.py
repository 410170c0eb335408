"""Every read of launched campaigns: whose they are, who may see them, what they hold."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from thidua_web.campaigns.models import Campaign, DutyDay, Edition, Offer, Phase, Target
from thidua_web.campaigns.queries.plans import HEAVY
from thidua_web.campaigns.stages import EditionState
from thidua_web.config.lookup import only
from thidua_web.register.models import Unit
from thidua_web.register.queries.units import inherited_by, units_above

MOST_LISTED = 200


def lineage(units: Iterable[Unit]) -> set[int]:
    """The units, all above them, and the ended ones that these go on for: what they launched, their people see."""
    line = upwards(units)
    return line | set(inherited_by(line))


def upwards(units: Iterable[Unit]) -> set[int]:
    """The units and all above them: their paths say it, no database is asked."""
    return {pk for unit in units for pk in (unit.pk, *units_above(unit))}


def campaign(campaign_id: int) -> Campaign | None:
    """A launched campaign."""
    rows = Campaign.objects.select_related("unit", "parent__unit").filter(launched_at__isnull=False)
    return only(rows.filter(pk=campaign_id))


def unlaunched_document(campaign_id: int, *, units: Collection[int]) -> int | None:
    """The plan of a campaign that is not launched yet, for those inside its unit."""
    rows = Edition.objects.filter(campaign_id=campaign_id, campaign__launched_at__isnull=True)
    return rows.filter(campaign__unit_id__in=units).values_list("document_id", flat=True).first()


def campaigns_seen(*, lines: Collection[int], own: Collection[int], today: datetime.date) -> Sequence[Campaign]:
    """Launched by one of the units, running ones first; inside a unit also what it prepares.

    Each with the number of its `duties` and of its days ahead, its next deadline, and the plan of its first edition.
    """
    days = DutyDay.objects.in_force().filter(duty__ended_by__isnull=True, duty__campaign=OuterRef("pk"))
    ahead = days.filter(due__gte=today).order_by("due", "pk")
    counted = days.order_by().values("duty__campaign")
    launched = Q(unit_id__in=lines, launched_at__isnull=False)
    return list(
        Campaign.objects.filter(launched | Q(unit_id__in=own, launched_at__isnull=True))
        .annotate(
            next_due=Subquery(ahead.values("due")[:1]),
            next_what=Subquery(ahead.values("duty__what")[:1]),
            duties=Coalesce(Subquery(counted.annotate(n=Count("duty", distinct=True)).values("n")), 0),
            days_ahead=Coalesce(Subquery(counted.filter(due__gte=today).annotate(n=Count("pk")).values("n")), 0),
            document=Subquery(
                Edition.objects.filter(campaign=OuterRef("pk")).order_by("number").values("document")[:1]
            ),
            order=Case(
                When(launched_at__isnull=True, then=Value(0)),
                When(end__lt=today, then=Value(2)),
                default=Value(1),
            ),
        )
        .select_related("unit", "parent__unit")
        .order_by("order", F("end").asc(nulls_last=True), "-launched_at", "-pk")[:MOST_LISTED]
    )


def editions(campaign_id: int) -> list[Edition]:
    """All that were launched, the newest last, each with its document."""
    return list(
        Edition.objects.filter(campaign_id=campaign_id, state=EditionState.LAUNCHED)
        .select_related("document__result", "document__uploaded_by", "document__file", "prepared_by", "launched_by")
        .defer("plan", "reading", *(f"document__{field}" for field in HEAVY))
        .order_by("launched_at", "number")
    )


def editions_under_way(campaign_id: int) -> list[Edition]:
    """Amendments that are not launched yet."""
    rows = Edition.objects.filter(campaign_id=campaign_id).exclude(state=EditionState.LAUNCHED)
    return list(rows.select_related("document__result").defer("plan", "reading", *(f"document__{f}" for f in HEAVY)))


def edition_launched(campaign_id: int, number: int) -> Edition | None:
    rows = Edition.objects.filter(campaign_id=campaign_id, number=number, state=EditionState.LAUNCHED)
    return rows.select_related("document__result", "campaign__unit", "launched_by").defer("plan", "reading").first()


def plans_up_to(edition: Edition) -> list[Mapping[str, object]]:
    """The plans frozen by this launch and the one before it, the older first."""
    rows = Edition.objects.filter(campaign_id=edition.campaign_id, launched_at__lte=edition.launched_at)
    return list(rows.order_by("-launched_at", "-number").values_list("plan", flat=True)[:2])[::-1]


FROZEN = {
    "works": "plan__works",
    "pledges": "plan__pledges",
    "conditions": "plan__conditions",
    "legal_basis": "reading__legal_basis",
    "cited_documents": "reading__cited_documents",
}


def frozen_parts(campaign_id: int) -> dict[str, Any]:
    """What the newest edition froze and no row holds; the rest of it, thousands of duties, stays in the database."""
    rows = Edition.objects.filter(campaign_id=campaign_id, state=EditionState.LAUNCHED)
    found = rows.order_by("-launched_at", "-number").values_list(*FROZEN.values()).first()
    return {name: part or [] for name, part in zip(FROZEN, found or (None,) * len(FROZEN), strict=True)}


def phases(campaign_id: int) -> list[Phase]:
    return list(Phase.objects.in_force().filter(campaign_id=campaign_id))


def targets(campaign_id: int) -> list[Target]:
    return list(Target.objects.in_force().filter(campaign_id=campaign_id))


def offers(campaign_id: int) -> list[Offer]:
    return list(Offer.objects.in_force().filter(campaign_id=campaign_id))


def children(campaign_id: int) -> list[Campaign]:
    rows = Campaign.objects.filter(parent_id=campaign_id, launched_at__isnull=False)
    return list(rows.select_related("unit").order_by("unit__name", "pk"))
