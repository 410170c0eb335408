"""Which of many nominations somebody may not judge; without all that a single one's conflicts are told from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from thidua.nominations import conflicts as core
from thidua.nominations import values
from thidua.rules.facts import Facts
from thidua.rules.offers import Offer
from thidua_web.accounts.models import User
from thidua_web.nominations.models import Attendee, Nomination, Part
from thidua_web.nominations.queries.conflicts import officer
from thidua_web.nominations.queries.loading import code_of, code_of_user

HANDS = ("submission__prepared_by", "submission__signed_by")
"""What the rows must come with."""


def barred_among(user: User, rows: Sequence[Nomination], on: datetime.date) -> set[int]:
    """Numbers of those that bar them: three queries for any number of rows, which come with HANDS selected.

    What only warns (a nominee of one's own unit, an interest that was declared) is told on the page of the case.
    """
    if not rows:
        return set()
    who, chairs = officer(user, list(rows), on), _chairs({row.submission_id for row in rows})
    return {row.pk for row in rows if core.barred(core.conflicts(who, _hands(row, chairs)))}


def _chairs(submissions: set[int]) -> dict[int, str]:
    rows = Attendee.objects.filter(meeting__submission__in=submissions, part=Part.CHAIR, person__isnull=False)
    return {key: f"person-{person}" for key, person in rows.values_list("meeting__submission_id", "person_id")}


def _hands(row: Nomination, chairs: Mapping[int, str]) -> values.Nomination:
    """Who it is and who had it in hand; nothing of its merits."""
    subject = row.subject
    offer = Offer(award=row.award, subject=subject, year=row.year)  # type: ignore[arg-type]
    return values.Nomination(
        ref=str(row.pk),
        nominee=code_of(row),
        name=row.name,
        subject=subject,  # type: ignore[arg-type]
        award=row.award,
        merit=row.merit,  # type: ignore[arg-type]
        year=row.year,
        offer=offer,
        facts=Facts(subject=subject),  # type: ignore[arg-type]
        prepared_by=code_of_user(row.submission.prepared_by),
        signed_by=code_of_user(row.submission.signed_by),
        chaired_by=chairs.get(row.submission_id, ""),
    )
