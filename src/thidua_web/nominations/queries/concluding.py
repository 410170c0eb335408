"""What keeps a nomination from being recommended, and what whoever recommends it must speak of."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from thidua.findings import Finding, Outcome, not_met, unknown
from thidua.nominations.silence import silence
from thidua_web.nominations.models import ConsultationItem, Nomination, Objection, PublicationItem, Silence
from thidua_web.nominations.queries import publishing
from thidua_web.nominations.queries.cases import Asked
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


def against(nomination: Nomination, known: Checked, said: Asked, on: datetime.date) -> Against:
    """One query, where the law asks for a publication; `said` is who was asked and who spoke up."""
    waiting = (
        *_overrides(known), *_objections(said.objections), *_opinions(said.consultations, on),
        *_publications(said.publications, on),
    )  # fmt: skip
    unmet = tuple(_clauses(known))
    found = tuple(one for one in known.findings if one.outcome is Outcome.NOT_MET and one.code in NEVER)
    rest = tuple(one for one in known.findings if one not in found)
    return Against(
        forbids=(*waiting, *found, *unmet), open=(*rest, *_claims(known), *publishing.missing(nomination, on))
    )


def _clauses(known: Checked) -> Iterator[Finding]:
    """The whole is not met although no check says so by itself."""
    told = any(one.outcome is Outcome.NOT_MET and one.code in NEVER for one in known.findings)
    if known.assessment is not None and known.assessment.outcome is Outcome.NOT_MET and not told:
        yield not_met("appraising.standard_not_met")


def _overrides(known: Checked) -> Iterator[Finding]:
    for row in known.overrides:
        if row.waits:
            yield unknown("appraising.override_waits", None, clause=row.clause, by=row.by.full_name)


def _objections(rows: Iterable[Objection]) -> Iterator[Finding]:
    count = sum(not row.finding for row in rows)
    if count:
        yield unknown("appraising.objection_open", None, n=count)


def _opinions(rows: Iterable[ConsultationItem], on: datetime.date) -> Iterator[Finding]:
    """A body that was asked and has not answered, unless its asking was closed or its silence is consent."""
    for row in rows:
        letter = row.consultation
        agrees = letter.silence == Silence.AGREES and on > letter.due_on
        if row.answer or letter.closed_at or agrees:
            continue
        found = silence(asked_on=letter.asked_on, due=letter.due_on, on=on)
        yield unknown("appraising.opinion_awaited", None, body=letter.asked_name, **found.params)


def _publications(rows: Iterable[PublicationItem], on: datetime.date) -> Iterator[Finding]:
    for row in rows:
        shown = row.publication
        if shown.withdrawn_at is None and shown.until >= on:
            yield unknown("appraising.publication_runs", None, title=shown.title, until=shown.until)


def _claims(known: Checked) -> Iterator[Finding]:
    count = sum(not claim.verdict for claim in known.sent.claims)
    if count:
        yield unknown("appraising.claims_unjudged", None, n=count)
