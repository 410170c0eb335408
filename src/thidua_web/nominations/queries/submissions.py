"""Every read of submissions that lists and pages of the proposing unit need."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, F, Max, Min, Q, QuerySet, Value, When

from thidua_web.campaigns.models import Campaign, Offer
from thidua_web.nominations.models import GateException, Nomination, Round, Submission
from thidua_web.nominations.queries.loading import nominations
from thidua_web.nominations.stages import NominationState, SubmissionState
from thidua_web.register.models import Unit

ON_A_PAGE = 30
NOMINEES_ON_A_PAGE = 50
STANDS = ~Q(state=NominationState.WITHDRAWN)


@dataclass(frozen=True)
class Filter:
    """`below`: those of units below instead of the own ones."""

    below: bool = False
    state: str = ""
    year: int | None = None
    words: str = ""


def listed(units: QuerySet[Unit], asked: Filter) -> QuerySet[Submission]:
    """Of these units: drafts first, by their last day, then what was sent, the newest first."""
    rows = Submission.objects.filter(unit__in=units)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.year:
        rows = rows.filter(year=asked.year)
    if asked.words:
        rows = rows.filter(Q(title__icontains=asked.words) | Q(nominations__name__icontains=asked.words)).distinct()
    order = Case(When(state=SubmissionState.SUBMITTED, then=Value(1)), default=Value(0))
    rows = rows.select_related("unit", "to_unit", "campaign").annotate(order=order)
    return rows.order_by("order", F("lodged_on").desc(nulls_last=True), F("due_on").asc(nulls_last=True), "-pk")


def award_counts(keys: Collection[int]) -> Mapping[int, Counter[str]]:
    """By submission, how many for which award."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Nomination.objects.filter(STANDS, submission__in=keys).order_by()
    for submission, award, n in rows.values_list("submission", "award").annotate(n=Count("pk")):
        found[submission][award] = n
    return found


def state_counts(keys: Collection[int]) -> Mapping[int, Counter[str]]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Nomination.objects.filter(submission__in=keys).order_by()
    for submission, state, n in rows.values_list("submission", "state").annotate(n=Count("pk")):
        found[submission][state] = n
    return found


def nominees(submission: Submission, *, award: str = "", state: str = "", words: str = "") -> QuerySet[Nomination]:
    """In the order of the tờ trình; those that were withdrawn stand last."""
    rows = nominations().filter(submission=submission)
    if award:
        rows = rows.filter(award=award)
    if state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(folded__contains=words)
    last = Case(When(STANDS, then=Value(0)), default=Value(1))
    return rows.annotate(last=last).order_by("last", "place", "pk")


def standing(submission: Submission) -> list[Nomination]:
    """All that stand, in order, light: what counts and meters ask. Two queries for one as for five thousand."""
    rows = list(Nomination.objects.filter(STANDS, submission=submission).defer("sections").order_by("place", "pk"))
    offers = Offer.objects.in_bulk({row.offer_id for row in rows if row.offer_id})
    for row in rows:
        row.submission, row.unit = submission, submission.unit
        if row.offer_id:
            row.offer = offers[row.offer_id]
    return rows


def exceptions(submission: Submission) -> list[GateException]:
    rows = submission.exceptions.select_related("asked_by", "decided_by")
    return list(rows.order_by("-asked_at", "-pk"))


def exception(pk: int) -> GateException | None:
    rows = GateException.objects.select_related(
        "submission__unit", "submission__to_unit", "submission__campaign", "asked_by", "decided_by"
    )
    return rows.filter(pk=pk).first()


# --- Rounds -----------------------------------------------------------------------------------------------------------


def rounds_open(units: Collection[int], on: datetime.date) -> list[Round]:
    """Rounds of these units that take nominations now."""
    rows = Round.objects.filter(to_unit__in=units, closed_at=None, opens_on__lte=on)
    return list(rows.select_related("to_unit", "campaign").order_by(F("due_on").asc(nulls_last=True), "-pk"))


def rounds_of(unit: Unit) -> QuerySet[Round]:
    """All of a unit, the open ones first; with how many are prepared and were sent in each."""
    sent = Q(submissions__state=SubmissionState.SUBMITTED)
    begun = Q(submissions__isnull=False) & ~sent
    rows = Round.objects.filter(to_unit=unit).select_related("campaign", "made_by", "to_unit")
    counted = rows.annotate(
        preparing=Count("submissions", filter=begun, distinct=True),
        sent=Count("submissions", filter=sent, distinct=True),
        shut=Case(When(closed_at=None, then=Value(0)), default=Value(1)),
    )
    return counted.order_by("shut", "-opens_on", "-pk")


def round_(pk: int) -> Round | None:
    return Round.objects.select_related("to_unit", "campaign").filter(pk=pk).first()


# --- A campaign -------------------------------------------------------------------------------------------------------


def of_campaign(campaign: Campaign, units: QuerySet[Unit] | None, to_unit: int | None) -> QuerySet[Submission]:
    """Those of units in reach; for who appraises also what was sent to it. `units` None: nobody's own."""
    seen = Q(pk__in=())
    if units is not None:
        seen |= Q(unit__in=units)
    if to_unit is not None:
        seen |= Q(to_unit=to_unit, state=SubmissionState.SUBMITTED)
    rows = Submission.objects.filter(seen, campaign=campaign).select_related("unit", "to_unit", "campaign")
    order = Case(When(state=SubmissionState.SUBMITTED, then=Value(1)), default=Value(0))
    return rows.annotate(order=order).order_by("order", "unit__sort_text", "pk")


# --- "Việc của tôi" ---------------------------------------------------------------------------------------------------


def waiting_to_be_signed(unit: Unit) -> list[Submission]:
    rows = Submission.objects.filter(unit=unit, state=SubmissionState.PRESENTED)
    return list(rows.select_related("presented_by", "to_unit").annotate(n=Count("nominations", filter=_OF_IT)))


_OF_IT = ~Q(nominations__state=NominationState.WITHDRAWN)


def drafts(unit: Unit) -> list[Submission]:
    """What is being prepared; `reason` tells what came back from the head."""
    rows = Submission.objects.filter(unit=unit, state=SubmissionState.DRAFT).select_related("returned_by", "to_unit")
    return list(rows.annotate(n=Count("nominations", filter=_OF_IT)).order_by(F("due_on").asc(nulls_last=True), "pk"))


def come_back(unit: Unit) -> list[Submission]:
    """Sent ones some of whose nominations were returned (`returned`, since `back_on`), or asked about (`asked`)."""
    back = Q(nominations__state=NominationState.RETURNED)
    asked = Q(nominations__state=NominationState.ASKED)
    rows = Submission.objects.filter(unit=unit, state=SubmissionState.SUBMITTED).filter(back | asked)
    return list(
        rows.select_related("to_unit").annotate(
            returned=Count("nominations", filter=back, distinct=True),
            asked=Count("nominations", filter=asked, distinct=True),
            back_on=Max("nominations__sent_back__on", filter=back),
            answer_by=Min("nominations__requests__due_on", filter=asked & Q(nominations__requests__answered_at=None)),
        )
    )


def exceptions_waiting(to_unit: Unit) -> list[GateException]:
    rows = GateException.objects.filter(submission__to_unit=to_unit, granted=None)
    return list(rows.select_related("submission__unit", "asked_by").order_by("asked_at"))


def rounds_not_begun(unit: Unit, above: Collection[int], on: datetime.date) -> list[Round]:
    """Open rounds of units above in which this one has begun nothing."""
    begun = Submission.objects.filter(unit=unit, round__isnull=False).values("round")
    rows = Round.objects.filter(to_unit__in=above, closed_at=None, opens_on__lte=on).exclude(to_unit=unit)
    return list(rows.exclude(pk__in=begun).select_related("to_unit").order_by("due_on", "pk")[:10])
