"""What waits for a unit's people, and what they watch: the reads of the page "Việc của tôi"."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import models
from django.db.models import Case, Count, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber

from thidua_web.campaigns.models import (
    Campaign,
    DutyDay,
    DutyDone,
    Edition,
    Phase,
    PlanDocument,
    Question,
    ReviewedFact,
)
from thidua_web.campaigns.models.reviews import VerdictChoice
from thidua_web.campaigns.queries.plans import HEAVY
from thidua_web.campaigns.stages import SOON, EditionState, PlanState

AHEAD = datetime.timedelta(days=30)
# What could not be read and was left lying that long is no work any more.
GIVEN_UP = datetime.timedelta(days=30)


class Nearness(models.TextChoices):
    LATE = "late"
    SOON = "soon"
    AHEAD = "ahead"


def duties_open(unit_id: int, *, on: datetime.date) -> list[DutyDay]:
    """The unit's days of duty that it has not done, until a month ahead, by `due`.

    A duty that recurs comes once a `nearness`, with its first day; `times` counts its days there, `last` is the last.
    """
    same = {"partition_by": [F("duty_id"), F("nearness")]}
    near = Case(
        When(due__lt=on, then=Value(Nearness.LATE)),
        When(due__lte=on + SOON, then=Value(Nearness.SOON)),
        default=Value(Nearness.AHEAD),
        output_field=models.CharField(),
    )
    return list(
        _days_in_force()
        .filter(duty__addressed__unit_id=unit_id, due__lte=on + AHEAD)
        .exclude(done__unit_id=unit_id)
        .annotate(nearness=near)
        .annotate(
            nth=Window(RowNumber(), order_by=[F("due"), F("pk")], **same),
            times=Window(Count("pk"), **same),
            last=Window(Max("due"), **same),
        )
        .filter(nth=1)
        .select_related("duty__campaign__unit")
        .order_by("due", "pk")
    )


def duties_done(unit_id: int, *, since: datetime.datetime) -> list[DutyDone]:
    """What the unit has said to be done since then, the newest first."""
    done = DutyDone.objects.filter(unit_id=unit_id, at__gte=since, day__ended_by__isnull=True)
    return list(done.filter(day__duty__ended_by__isnull=True).select_related("day__duty", "by").order_by("-at", "-pk"))


def plans_unfinished(unit_id: int, *, at: datetime.datetime) -> list[PlanDocument]:
    """Plans that nobody has prepared for launch yet, with the number of facts in review (`facts_all`) and of those
    that nobody has decided on (`facts_left`); and plans that lately could not be read.
    """
    facts = ReviewedFact.objects.filter(document=OuterRef("pk")).order_by().values("document")
    unread = Q(state=PlanState.UNREADABLE, settled_at__gt=at - GIVEN_UP)
    return list(
        PlanDocument.objects.filter(unread | Q(state=PlanState.READ, result__isnull=False))
        .filter(unit_id=unit_id, edition__isnull=True)
        .annotate(facts_all=_count(facts), facts_left=_count(facts.filter(verdict=VerdictChoice.PENDING)))
        .select_related("result")
        .defer(*HEAVY)
        .order_by("settled_at", "pk")
    )


def editions_waiting(unit_id: int) -> list[Edition]:
    """What lies with the head, and what came back from there."""
    return list(
        Edition.objects.filter(campaign__unit_id=unit_id, state__in=(EditionState.PREPARED, EditionState.RETURNED))
        .select_related("campaign", "document__result", "prepared_by", "returned_by")
        .defer("reading", "plan", *(f"document__{field}" for field in HEAVY))
        .order_by("prepared_at", "pk")
    )


def questions_open(unit_id: int) -> list[Question]:
    """Days that the unit's running campaigns left open."""
    return list(
        Question.objects.filter(document__edition__campaign__unit_id=unit_id, answered_at__isnull=True)
        .filter(document__edition__state=EditionState.LAUNCHED)
        .select_related("document__edition__campaign")
        .defer("document__edition__reading", "document__edition__plan")
        .order_by("document__edition__launched_at", "pk")
    )


def campaigns_running(units: Sequence[int], *, on: datetime.date) -> list[Campaign]:
    """Launched by one of the units and not over, each with its next deadline (`next_due`, `next_what`)."""
    days = _days_in_force().filter(duty__campaign=OuterRef("pk"), due__gte=on).order_by("due", "pk")
    return list(
        Campaign.objects.filter(Q(end__isnull=True) | Q(end__gte=on), unit_id__in=units, launched_at__isnull=False)
        .annotate(next_due=Subquery(days.values("due")[:1]), next_what=Subquery(days.values("duty__what")[:1]))
        .select_related("unit")
        .order_by(F("end").asc(nulls_last=True), "pk")
    )


def phases_ahead(units: Sequence[int], *, on: datetime.date) -> list[Phase]:
    """Phases that begin within a month."""
    return list(
        Phase.objects.in_force()
        .filter(campaign__unit_id__in=units, campaign__launched_at__isnull=False, start__gt=on, start__lte=on + AHEAD)
        .select_related("campaign__unit")
        .order_by("start", "pk")
    )


def _days_in_force() -> QuerySet[DutyDay]:
    return DutyDay.objects.in_force().filter(duty__ended_by__isnull=True, duty__campaign__launched_at__isnull=False)


def _count(facts: QuerySet) -> Coalesce:
    return Coalesce(Subquery(facts.annotate(n=Count("pk")).values("n")), 0)
