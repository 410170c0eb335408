"""What the checks said on a day, kept for whoever asks three years later."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.utils.translation import override

from thidua.findings import Finding
from thidua.rules.explaining import explain
from thidua_web.accounts.models import User
from thidua_web.nominations.models import Moment, Nomination, StoredAssessment
from thidua_web.nominations.queries.checking import Checked, checked_of

LANGUAGE = "vi"
"""Papers and records are Vietnamese, whatever the page was read in."""


def store(
    nomination: Nomination, *, moment: Moment, on: datetime.date, by: User | None, at: datetime.datetime
) -> StoredAssessment:
    return store_all([nomination], moment=moment, on=on, by=by, at=at)[0]


def store_all(  # noqa: PLR0913 - what is stored, and what spares the checks
    rows: Sequence[Nomination],
    *,
    moment: Moment,
    on: datetime.date,
    by: User | None,
    at: datetime.datetime,
    found: Mapping[int, Checked] | None = None,
) -> list[StoredAssessment]:
    """One for each, and what lists show of it; `found` spares the checks that were just made."""
    known = found or checked_of(rows, on)
    with override(LANGUAGE):
        made = StoredAssessment.objects.bulk_create(
            (_stored(row, known[row.pk], moment, on, by, at) for row in rows), batch_size=500
        )
    for row in rows:
        row.outcome, row.defects = known[row.pk].outcome, len(known[row.pk].defects)
    Nomination.objects.bulk_update(rows, ["outcome", "defects"], batch_size=500)
    return made


def _stored(  # noqa: PLR0913, PLR0917 - what a stored assessment is
    row: Nomination, known: Checked, moment: Moment, on: datetime.date, by: User | None, at: datetime.datetime
) -> StoredAssessment:
    return StoredAssessment(
        nomination=row,
        moment=moment,
        on=row.lodged_on or on,
        award=row.award,
        outcome=known.outcome,
        lines=lines_of(known),
        checks=checks_of(known.findings),
        made_by=by,
        made_at=at,
    )


def lines_of(known: Checked) -> Any:
    """The clauses in words, with bases and facts, as JSON."""
    return msgspec.to_builtins(explain(known.assessment, LANGUAGE)) if known.assessment else {}


def checks_of(findings: Sequence[Finding]) -> list[Any]:
    return [msgspec.to_builtins(one) for one in findings]
