"""Quotas that a submission's nominees count against, with what other units lodged before."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from thidua.rules.limits import Candidate, Limit, Meter, meters
from thidua.vietnamese.folding import search_key
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
    own = candidates(rows)
    here = own or candidates([Nomination(submission=submission, unit=submission.unit)])
    limits = [limit for limit in limits_of(asked, on) if _names_one(limit, here)]
    if not limits:
        return ()
    names = {one.units[0] for one in own if one.units} | {submission.unit.name}
    found = meters(limits, [*counted_elsewhere(submission, limits, names), *own])
    return tuple(one for one in found if not one.unit or one.unit in names)


def _names_one(limit: Limit, here: Sequence[Candidate]) -> bool:
    """A limit of other units, by their names, is none of this submission's."""
    named = {search_key(name) for name in limit.names}
    return not named or any(search_key(name) in named for one in here for name in one.units)
