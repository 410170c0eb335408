"""A unit's clerk says from which year on its records are complete."""

from __future__ import annotations

import datetime

from django.db import transaction

from thidua_web.accounts.models import User
from thidua_web.eligibility.models import Completeness
from thidua_web.journal.actions import record
from thidua_web.register.models import Unit


@transaction.atomic
def declare(  # noqa: PLR0913 - what such a word is
    *, unit: Unit, kind: str, from_year: int, reason: str, by: User, at: datetime.datetime
) -> Completeness:
    """The newest word counts, the one before is kept as taken back. The same again changes nothing."""
    rows = Completeness.objects.standing().select_for_update().filter(unit=unit, kind=kind)
    known = rows.first()
    if known is not None and (known.from_year, known.reason) == (from_year, reason):
        return known
    name = str(by.full_name)[:120]
    rows.update(withdrawn_at=at, withdrawn_by_name=name)
    row = Completeness.objects.create(unit=unit, kind=kind, from_year=from_year, reason=reason, by_name=name, at=at)
    _journal("completeness.declared", row, by, at)
    return row


@transaction.atomic
def withdraw(*, row: Completeness, by: User, at: datetime.datetime) -> bool:
    """False where it was taken back before."""
    rows = Completeness.objects.standing().filter(pk=row.pk)
    if not rows.update(withdrawn_at=at, withdrawn_by_name=str(by.full_name)[:120]):
        return False
    _journal("completeness.withdrawn", row, by, at)
    return True


def _journal(act: str, row: Completeness, by: User, at: datetime.datetime) -> None:
    details = {"kind": row.kind, "from_year": row.from_year, "reason": row.reason}
    subject = ("unit", row.unit_id)
    record(act=act, by=by, at=at, unit_id=row.unit_id, subject=subject, label=row.unit.name, details=details)
