"""What is asked of whom, what is shown to the people, what they say: lists, and what waits."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from thidua.law.statute import Provision
from thidua.nominations.clock import Step, StepLimit, limits_for
from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign
from thidua_web.journal.holding import until_next_act
from thidua_web.law.linking import basis_href
from thidua_web.law.queries import current_law
from thidua_web.nominations.models import (
    ConflictDeclaration,
    Consultation,
    ConsultationItem,
    Nomination,
    Objection,
    Publication,
    PublicationItem,
)
from thidua_web.nominations.queries.barring import HANDS, barred_among
from thidua_web.nominations.queries.offers import award_title
from thidua_web.nominations.stages import UNDER_APPRAISAL, NominationState
from thidua_web.register.models import Unit

MOST_LISTED = 200

# --- Which nominations ------------------------------------------------------------------------------------------------


def open_for(unit: Unit) -> QuerySet[Nomination]:
    """Those that the unit appraises now."""
    rows = Nomination.objects.filter(to_unit=unit, state__in=UNDER_APPRAISAL)
    return rows.select_related("unit", "submission__campaign").defer("sections").order_by("award", "sort_text", "pk")


def campaigns_among(unit: Unit) -> list[Campaign]:
    rows = Nomination.objects.filter(to_unit=unit, state__in=UNDER_APPRAISAL, submission__campaign__isnull=False)
    return list(Campaign.objects.filter(pk__in=rows.order_by().values("submission__campaign")).order_by("-pk"))


def awards_among(unit: Unit, on: datetime.date) -> list[tuple[str, str]]:
    rows = Nomination.objects.filter(to_unit=unit, state__in=UNDER_APPRAISAL).order_by()
    return sorted(
        ((code, award_title(code, on)) for code in rows.values_list("award", flat=True).distinct()),
        key=lambda one: one[1],
    )


# --- What the law asks ------------------------------------------------------------------------------------------------


def limit_of(rows: Sequence[Nomination], on: datetime.date, step: Step) -> StepLimit:
    """The days for a step: the longest that the law gives for one of the awards, the best read first."""
    law = current_law()
    kinds = {(row.award, row.merit) for row in rows} or {("", "")}
    found = [limits_for(law, award, on, step, merit)[0] for award, merit in sorted(kinds)]  # type: ignore[arg-type]
    return max(found, key=lambda one: (not one.borrowed, one.days))


class Asks(NamedTuple):
    """A rule that asks for publication, and how many of the nominations it is about."""

    text: str
    citation: str
    href: str
    verified: bool
    n: int


def publication_asked(rows: Sequence[Nomination], on: datetime.date) -> list[Asks]:
    found = []
    for rule in current_law().rules(Provision, on):
        entry = rule.entry
        if not isinstance(entry, Provision) or entry.topic != "publication":
            continue
        n = sum(1 for row in rows if not entry.awards or row.award in entry.awards)
        if n:
            basis = rule.basis(on)
            found.append(Asks(entry.text, basis.citation, basis_href(basis), basis.verified, n))
    return found


# --- Consultations ----------------------------------------------------------------------------------------------------


def consultations() -> QuerySet[Consultation]:
    counts = {"n": Count("items"), "answered": Count("items", filter=~Q(items__answer=""))}
    return Consultation.objects.select_related("unit__parent", "asked", "by").annotate(**counts).order_by("-at", "-pk")


def consultations_of(unit: Unit) -> QuerySet[Consultation]:
    """Those that run first, by their last day."""
    return consultations().filter(unit=unit).order_by(F("closed_at").desc(nulls_first=True), "due_on", "pk")


def asked_of(unit: Unit) -> QuerySet[Consultation]:
    """What the unit, or one that it goes on for, was asked and has not answered whole."""
    rows = consultations().filter(Q(asked=unit) | Q(asked__heir=unit), closed_at__isnull=True)
    return rows.filter(Exists(ConsultationItem.objects.filter(consultation=OuterRef("pk"), answer=""))).order_by(
        "due_on", "pk"
    )


def running(unit: Unit, on: datetime.date) -> QuerySet[Consultation]:
    """Those of the unit that wait to be ended: answered whole, or past their day."""
    rows = consultations().filter(unit=unit, closed_at__isnull=True)
    unanswered = Exists(ConsultationItem.objects.filter(consultation=OuterRef("pk"), answer=""))
    return rows.filter(Q(due_on__lt=on) | ~unanswered).order_by("due_on", "pk")


def items_of(row: Consultation) -> QuerySet[ConsultationItem]:
    rows = ConsultationItem.objects.filter(consultation=row).select_related(
        "nomination__unit", "nomination__submission__campaign"
    )
    return rows.defer("nomination__sections").order_by("nomination__award", "nomination__sort_text", "pk")


# --- Publications -----------------------------------------------------------------------------------------------------


def publications_of(unit: Unit) -> QuerySet[Publication]:
    # Two counts over two tables would multiply each other.
    counts = {"n": Count("items", distinct=True), "objected": Count("objections", distinct=True)}
    return Publication.objects.filter(unit=unit).annotate(**counts).order_by("-since", "-pk")


def shown_in(row: Publication) -> QuerySet[PublicationItem]:
    """Who is in it, but for those that were withdrawn since."""
    rows = PublicationItem.objects.filter(publication=row).exclude(nomination__state=NominationState.WITHDRAWN)
    return (
        rows.select_related("nomination__unit", "nomination__submission__campaign")
        .defer("nomination__sections")
        .order_by("nomination__award", "nomination__subject", "nomination__sort_text", "pk")
    )


def public(pk: int, on: datetime.date) -> Publication | None:
    """One that may be read by everybody on the day."""
    return _open_on(on).filter(pk=pk).first()


def all_public(on: datetime.date) -> list[Publication]:
    """Those that may be read by everybody on the day and hold somebody, the first to end first; `n` is how many."""
    stands = Count("items", filter=~Q(items__nomination__state=NominationState.WITHDRAWN))
    return list(
        _open_on(on).annotate(n=stands).filter(n__gt=0).order_by("until", "unit__sort_text", "pk")[:MOST_LISTED]
    )


def _open_on(on: datetime.date) -> QuerySet[Publication]:
    rows = Publication.objects.select_related("unit__parent")
    return rows.filter(since__lte=on, until__gte=on, withdrawn_at__isnull=True)


# --- Objections -------------------------------------------------------------------------------------------------------


def objections_of(unit: Unit, user: User, on: datetime.date) -> list[Objection]:
    """Those not handled first; none about a nomination that the reader has a conflict of interest with."""
    hands = [f"nomination__{hand}" for hand in HANDS]
    rows = Objection.objects.filter(nomination__to_unit=unit).select_related(
        "nomination__unit", "publication", "handled_by", *hands
    )
    found = list(
        rows.defer("words", "sealed_sender", "answer", "nomination__sections").order_by("finding", "-at")[:MOST_LISTED]
    )
    shut = barred_among(user, [row.nomination for row in found], on)
    return sorted((row for row in found if row.nomination_id not in shut), key=lambda row: bool(row.finding))


@until_next_act
def objections_open(unit: Unit) -> int:
    """From the objections to their nominations: a sum has no index, and that of the desk would be walked instead."""
    rows = Objection.objects.filter(finding="").alias(desk=F("nomination__to_unit") + 0)
    return rows.filter(desk=unit.pk).count()


# --- Conflicts --------------------------------------------------------------------------------------------------------


def declared_by(user: User) -> QuerySet[ConflictDeclaration]:
    rows = ConflictDeclaration.objects.filter(user=user, withdrawn_at__isnull=True)
    return rows.select_related(
        "nomination__unit", "nomination__to_unit", *(f"nomination__{hand}" for hand in HANDS)
    ).order_by("-at", "-pk")


def declaration(user: User, nomination: Nomination) -> ConflictDeclaration | None:
    return ConflictDeclaration.objects.filter(user=user, nomination=nomination, withdrawn_at__isnull=True).first()
