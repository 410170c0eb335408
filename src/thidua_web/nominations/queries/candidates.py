"""Who could be proposed in a submission: everybody at or below its unit against one award, nearest first."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from thidua.law.awards import Award
from thidua.law.criteria import Subject
from thidua.rules.assessing import NoStandardError
from thidua_web.campaigns.models import Offer as OfferRow
from thidua_web.eligibility.queries import cases, screened
from thidua_web.eligibility.queries.cases import Case
from thidua_web.eligibility.queries.screened import Filter
from thidua_web.eligibility.queries.stamp import stamp
from thidua_web.eligibility.queries.standing import State
from thidua_web.law.queries import current_law
from thidua_web.nominations.models import Kind, Nomination, Submission
from thidua_web.nominations.models.nominations import COLUMNS
from thidua_web.nominations.stages import NominationState
from thidua_web.register.models import UnitKind

AFTER_LONG_SERVICE = frozenset({"KNC"})
"""Given for years in a branch, not for what a submission is usually about."""
MERITS = {Kind.CAMPAIGN: "campaign", Kind.YEARLY: "yearly", Kind.SUDDEN: "sudden"}


@dataclass(frozen=True)
class Open:
    """What may be asked for in a submission: the campaign's offers with their cases, awards of the law, one chosen."""

    listed: list[Award]
    offered: list[tuple[OfferRow, Case]]
    case: Case | None


def open_cases(  # noqa: PLR0913 - what is asked
    submission: Submission, subject: Subject, *, wanted: str, year: int, merit: str, on: datetime.date
) -> Open:
    """`wanted` is an award's code, or "muc-17" for an offer; without one what the submission is likely about."""
    listed = _listed(submission, subject, on)
    offered = _offered(submission, subject, on)
    case = next((case for row, case in offered if wanted == f"muc-{row.pk}"), None)
    if case is None:
        codes = {award.code: award for award in listed}
        if wanted in codes:
            case = cases.case_of_law(codes[wanted], subject, year, on, _merit(submission, merit))
        elif offered:
            case = offered[0][1]
        elif listed:
            case = cases.case_of_law(_likely(submission, subject, listed), subject, year, on, _merit(submission, merit))
    return Open(listed, offered, case)


def _listed(submission: Submission, subject: Subject, on: datetime.date) -> list[Award]:
    """A sudden deed is commended; titles are for the work of a year."""
    found = cases.known_awards(subject, current_law(), on)
    return [award for award in found if submission.kind != Kind.SUDDEN or award.kind == "commendation"]


def _likely(submission: Submission, subject: Subject, listed: Sequence[Award]) -> Award:
    """What was chosen last, else the first of the level that decides where it goes: the law begins with the highest."""
    rows = Nomination.objects.filter(submission=submission, subject=subject).exclude(state=NominationState.WITHDRAWN)
    last = rows.order_by("-place").values_list("award", flat=True).first()
    level = "province" if submission.to_unit.kind == UnitKind.PROVINCE else "base"
    return min(listed, key=lambda one: (one.code != last, one.level != level, one.code in AFTER_LONG_SERVICE))


def _offered(submission: Submission, subject: Subject, on: datetime.date) -> list[tuple[OfferRow, Case]]:
    if submission.campaign_id is None:
        return []
    rows = OfferRow.objects.in_force().filter(campaign=submission.campaign_id).exclude(award="")
    found = rows.select_related("campaign__unit").order_by("place", "pk")
    return [(row, case) for row in found if (case := cases.case_of_campaign(row, subject, on)) is not None]


def _merit(submission: Submission, said: str) -> str:
    """A yearly submission may hold awards for long service too; the others are for what they are about."""
    return said if submission.kind == Kind.YEARLY and said else MERITS[Kind(submission.kind)]


def frame_of(case: Case, submission: Submission, *, unit: str, words: Sequence[str]) -> pl.DataFrame | None:
    """Everybody in reach; None where the law of the day asks nothing of such nominees."""
    try:
        whole = screened.screened(case, current_law(), stamp())
    except NoStandardError:
        return None
    return screened.within(whole, Filter([submission.unit.path], unit, words))


def keys_of(frame: pl.DataFrame, state: State | None) -> list[int]:
    found: list[int] = screened.ordered(frame, state)["id"].to_list()
    return found


def standing_in(submission: Submission, case: Case, keys: Collection[int]) -> set[int]:
    """Which of these stand in it for the award already."""
    column = COLUMNS[case.offer.subject]
    rows = Nomination.objects.filter(submission=submission, award=case.offer.award, **{f"{column}__in": keys})
    return set(rows.exclude(state=NominationState.WITHDRAWN).values_list(f"{column}_id", flat=True))
