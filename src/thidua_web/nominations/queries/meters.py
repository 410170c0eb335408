"""Quotas that a submission's nominees count against, with what other units lodged before."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from thidua.rules.limits import Meter, meters
from thidua_web.eligibility.queries.cases import Case
from thidua_web.nominations.models import Nomination, Submission
from thidua_web.nominations.queries.submission_values import candidates, counted_elsewhere, limits_of


def meters_of(
    submission: Submission, rows: Sequence[Nomination], on: datetime.date, case: Case | None = None
) -> tuple[Meter, ...]:
    """`rows` are those that stand; `case`: an offer of which nobody may stand in it yet."""
    asked = list(rows)
    if case is not None:
        asked.append(Nomination(submission=submission, unit=submission.unit, award=case.offer.award, offer=case.row))
    limits = limits_of(asked, on)
    if not limits:
        return ()
    own = candidates(rows)
    names = {one.units[0] for one in own if one.units} | {submission.unit.name}
    found = meters(limits, [*counted_elsewhere(submission, limits, names), *own])
    return tuple(one for one in found if not one.unit or one.unit in names)
