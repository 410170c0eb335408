"""Confirmations of all nominees of a submission."""

from __future__ import annotations

from django.core.paginator import Page, Paginator

from thidua_web.nominations.models import Confirmation, Nomination, Submission
from thidua_web.nominations.queries.dossiers import WRITABLE
from thidua_web.nominations.stages import NominationState

ON_A_PAGE = 200


def nominees(submission: Submission, number: object) -> Page:
    """Those that stand, in the order of the list."""
    rows = submission.nominations.exclude(state=NominationState.WITHDRAWN).order_by("place", "pk")
    return Paginator(rows.defer("sections"), ON_A_PAGE).get_page(number)


def writable(rows: list[Nomination]) -> set[int]:
    keys = [row.pk for row in rows]
    return set(Nomination.objects.filter(WRITABLE, pk__in=keys).order_by().values_list("pk", flat=True))


def confirmations(rows: list[Nomination]) -> list[Confirmation]:
    return list(Confirmation.objects.filter(nomination__in=[row.pk for row in rows]).order_by("pk"))
