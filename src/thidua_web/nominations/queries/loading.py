"""One submission, one nomination, with what every page about them reads."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Prefetch, QuerySet

from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign, Offer
from thidua_web.config.lookup import only
from thidua_web.nominations.models import Nomination, Submission

ALWAYS = ("unit", "to_unit", "person__unit", "submission__prepared_by", "submission__signed_by")
SELDOM = ("collective", "household__unit", "submission__round", "appraiser", "deed", "listed")


def nominations() -> QuerySet[Nomination]:
    """What most have comes joined; the rest by queries of its own, asked where somebody has it: PostgreSQL plans twenty
    joins for longer than it runs all of these.
    """
    campaign = Prefetch("submission__campaign", Campaign.objects.select_related("unit"))
    offer = Prefetch("offer", Offer.objects.select_related("campaign__unit"))
    return Nomination.objects.select_related(*ALWAYS).prefetch_related(*SELDOM, campaign, offer)


def nomination(pk: int) -> Nomination | None:
    return only(nominations().filter(pk=pk))


def nominations_of(keys: Collection[int]) -> list[Nomination]:
    return list(nominations().filter(pk__in=keys))


def submission(pk: int) -> Submission | None:
    rows = Submission.objects.select_related(
        "unit__parent", "to_unit__parent", "campaign__unit", "round", "prepared_by", "signed_by"
    )
    return only(rows.filter(pk=pk))


def code_of(nomination: Nomination) -> str:
    """How the core calls the nominee: "person-17"."""
    if nomination.person_id:
        return f"person-{nomination.person_id}"
    if nomination.collective_id:
        return f"unit-{nomination.collective_id}"
    return f"household-{nomination.household_id}"


def code_of_user(user: User | None) -> str:
    """That of the person in the register whose account it is; of the account alone where none is known."""
    if user is None:
        return ""
    return f"person-{user.person_id}" if user.person_id else f"user-{user.pk}"


def nominee_id(nomination: Nomination) -> int:
    return nomination.person_id or nomination.collective_id or nomination.household_id or 0
