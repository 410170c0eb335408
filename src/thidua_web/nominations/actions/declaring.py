"""Somebody says that they should not judge a nomination, and takes it back."""

from __future__ import annotations

import datetime

from django.db import transaction

from thidua_web.accounts.models import User
from thidua_web.nominations import consulting_news as news
from thidua_web.nominations.actions.moving import note
from thidua_web.nominations.models import ConflictDeclaration, ConflictKind, Nomination


@transaction.atomic
def declare(
    *, nomination: Nomination, kind: str, words: str, by: User, at: datetime.datetime
) -> tuple[ConflictDeclaration, bool]:
    """The declaration, and whether it is new. Raises ValueError for kin without saying how."""
    if kind == ConflictKind.KIN and not words.strip():
        raise ValueError("kin says how")
    row, new = ConflictDeclaration.objects.get_or_create(
        user=by, nomination=nomination, withdrawn_at=None, defaults={"kind": kind, "words": words, "at": at}
    )
    if not new:
        return row, False
    if nomination.appraiser_id == by.pk:
        news.tell_of_conflict(nomination, row.pk, by, at=at)
    note("conflict.declared", nomination, unit_id=nomination.to_unit_id, by=by, at=at, kind=kind)
    return row, True


@transaction.atomic
def withdraw(*, nomination: Nomination, by: User, at: datetime.datetime) -> bool:
    rows = ConflictDeclaration.objects.filter(user=by, nomination=nomination, withdrawn_at=None)
    if not rows.update(withdrawn_at=at):
        return False
    note("conflict.withdrawn", nomination, unit_id=nomination.to_unit_id, by=by, at=at)
    return True
