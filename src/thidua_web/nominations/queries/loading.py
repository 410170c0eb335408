"""One submission, one nomination, with what every page about them reads."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from thidua_web.accounts.models import User
from thidua_web.config.lookup import only
from thidua_web.nominations.models import Nomination, Submission

NOMINEE = ("person__unit", "collective", "household__unit")


def nominations() -> QuerySet[Nomination]:
    return Nomination.objects.select_related(
        *NOMINEE, "unit", "to_unit", "submission__campaign__unit", "submission__round",
        "submission__prepared_by", "submission__signed_by", "offer__campaign__unit",
        "appraiser", "deed", "listed",
    )  # fmt: skip


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
