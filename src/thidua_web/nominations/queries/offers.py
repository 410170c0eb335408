"""What each nomination is judged by: its award under the law of its day, with what its campaign adds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec
from msgspec import structs

from thidua.law.awards import awards
from thidua.plans.campaign import Offer as PlanOffer
from thidua.rules.offers import Offer
from thidua_web.campaigns.models import Offer as OfferRow
from thidua_web.eligibility.queries.cases import Case, by_place, case_of_campaign, case_of_law, title_of
from thidua_web.nominations.models import Nomination
from thidua_web.register.nominees import path_of

Key = tuple[int | None, str, str, int, str, datetime.date]
"""What is asked, of nobody in particular; then it is asked where the nominee stands."""


def judged_on(nomination: Nomination, on: datetime.date) -> datetime.date:
    """The day whose law counts: that of lodging, today while it is prepared."""
    return nomination.lodged_on or on


def cases_of(rows: Iterable[Nomination], on: datetime.date) -> dict[int, Case]:
    """By nomination; those with one offer and one day are made once."""
    made: dict[Key, Case] = {}
    rows_of: dict[Key, list[Nomination]] = {}
    for row in rows:
        day = judged_on(row, on)
        key = (row.offer_id, row.award, row.subject, row.year, row.merit, day)
        if key not in made:
            made[key] = _case(row, day)
        rows_of.setdefault(key, []).append(row)
    found = {}
    for key, together in rows_of.items():
        there = by_place(made[key], (path_of(row.nominee) for row in together))
        found |= {row.pk: _of_deed(there[path_of(row.nominee)], row) for row in together}
    return found


def _case(row: Nomination, day: datetime.date) -> Case:
    """A nomination for another award than its offer's, as a lowered one, is judged by the law, in the same movement."""
    offered = case_of_campaign(row.offer, row.subject, day) if row.offer else None  # type: ignore[arg-type]
    if offered is not None and offered.offer.award == row.award:
        return offered
    if row.award not in awards():
        offer = Offer(award=row.award, subject=row.subject, year=row.year, merit=row.merit)  # type: ignore[arg-type]
        return Case(offer, day, row.award, row.offer)
    plain = case_of_law(awards()[row.award], row.subject, row.year, day, row.merit)  # type: ignore[arg-type]
    if offered is None:
        return plain
    return Case(structs.replace(plain.offer, movement=offered.offer.movement), day, plain.title, row.offer)


def _of_deed(case: Case, row: Nomination) -> Case:
    deed = f"deed-{row.deed_id}" if row.deed_id else ""
    return replace(case, offer=structs.replace(case.offer, deed=deed)) if deed else case


def terms_of(rows: Sequence[Nomination]) -> dict[int, PlanOffer]:
    """The plan's clauses by the number of the campaign's offer."""
    offers: dict[int, OfferRow] = {row.offer_id: row.offer for row in rows if row.offer_id and row.offer}
    return {key: msgspec.convert(offer.terms, PlanOffer) for key, offer in offers.items()}


def award_title(code: str, on: datetime.date, *, province: str = "") -> str:
    """The award's name on a day, within a province as its papers have it; its code where the law knows none."""
    found = awards().get(code)
    return title_of(found, on, province=province) if found else code
