"""What keeps a nomination from being recommended, and what whoever recommends it must speak of."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from thidua.findings import Finding, Outcome, not_met, unknown
from thidua.nominations.silence import silence
from thidua_web.nominations.models import (
    Claim,
    ConsultationItem,
    Nomination,
    Objection,
    Override,
    PublicationItem,
    Silence,
)
from thidua_web.nominations.queries import publishing
from thidua_web.nominations.queries.checking import Checked

NEVER = frozenset(
    f"nominations.{code}"
    for code in (
        "criterion_not_met", "deed_commended", "award_held", "award_proposed", "case_pending", "unit_dissolved",
        "unit_not_in_being", "award_not_for_individual", "award_not_for_collective", "award_not_for_household",
        "confirmation_refused",
    )
)  # fmt: skip
"""Defects with which nobody is recommended, whatever is said for it; the others are the appraiser's to weigh."""


@dataclass(frozen=True)
class Against:
    """`forbids`: with these nobody is recommended. `open`: whoever recommends says why nevertheless."""

    forbids: tuple[Finding, ...] = ()
    open: tuple[Finding, ...] = ()


def against(nomination: Nomination, known: Checked, on: datetime.date) -> Against:
    """Five queries beside the checks; one more where the law asks for a publication."""
    waiting = (
        *_overrides(nomination), *_objections(nomination), *_opinions(nomination, on), *_publications(nomination, on),
    )  # fmt: skip
    unmet = tuple(_clauses(known))
    found = tuple(one for one in known.findings if one.outcome is Outcome.NOT_MET and one.code in NEVER)
    rest = tuple(one for one in known.findings if one not in found)
    return Against(
        forbids=(*waiting, *found, *unmet), open=(*rest, *_claims(nomination), *publishing.missing(nomination, on))
    )


def _clauses(known: Checked) -> Iterator[Finding]:
    """The whole is not met although no check says so by itself."""
    told = any(one.outcome is Outcome.NOT_MET and one.code in NEVER for one in known.findings)
    if known.assessment is not None and known.assessment.outcome is Outcome.NOT_MET and not told:
        yield not_met("appraising.standard_not_met")


def _overrides(nomination: Nomination) -> Iterator[Finding]:
    rows = Override.objects.filter(nomination=nomination, agreed__isnull=True, withdrawn_at__isnull=True)
    for row in rows.select_related("by"):
        yield unknown("appraising.override_waits", None, clause=row.clause, by=row.by.full_name)


def _objections(nomination: Nomination) -> Iterator[Finding]:
    count = Objection.objects.filter(nomination=nomination, finding="").count()
    if count:
        yield unknown("appraising.objection_open", None, n=count)


def _opinions(nomination: Nomination, on: datetime.date) -> Iterator[Finding]:
    """A body that was asked and has not answered, unless its asking was closed or its silence is consent."""
    rows = ConsultationItem.objects.filter(nomination=nomination, answer="", consultation__closed_at__isnull=True)
    for row in rows.select_related("consultation"):
        asked = row.consultation
        if asked.silence == Silence.AGREES and on > asked.due_on:
            continue
        found = silence(asked_on=asked.asked_on, due=asked.due_on, on=on)
        yield unknown("appraising.opinion_awaited", None, body=asked.asked_name, **found.params)


def _publications(nomination: Nomination, on: datetime.date) -> Iterator[Finding]:
    rows = PublicationItem.objects.filter(
        nomination=nomination, publication__withdrawn_at__isnull=True, publication__until__gte=on
    )
    for row in rows.select_related("publication"):
        yield unknown("appraising.publication_runs", None, title=row.publication.title, until=row.publication.until)


def _claims(nomination: Nomination) -> Iterable[Finding]:
    count = Claim.objects.filter(nomination=nomination, verdict="").count()
    return (unknown("appraising.claims_unjudged", None, n=count),) if count else ()
