"""The one door to the journal."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction

from thidua.journal import Line, seal
from thidua.vietnamese.folding import search_key
from thidua_web.journal.models import JournalHead, JournalLine

THE_HEAD = 1


class Actor(Protocol):
    """Whoever acts: an account."""

    pk: Any
    full_name: Any


@transaction.atomic
def record(  # noqa: PLR0913 - what a line of the journal is
    *,
    act: str,
    by: Actor | None,
    at: datetime.datetime,
    unit_id: int | None = None,
    subject: tuple[str, object] = ("", ""),
    label: str = "",
    details: Mapping[str, Any] | None = None,
    on_behalf_of: int | None = None,
) -> JournalLine:
    """Seal one act onto the journal, in the transaction of the act itself: both are kept, or neither.

    `act` is a code ("campaign.launched"), `subject` what it was done to ("campaign", 17), `label` its name for people.
    `by` is None for what the system does by itself. `details` hold JSON values, never sensitive data. Call it last in
    an act: writers take turns from here to the end of the transaction.
    """
    JournalHead.objects.get_or_create(pk=THE_HEAD)
    head = JournalHead.objects.select_for_update().get(pk=THE_HEAD)
    row = JournalLine(
        number=head.number + 1,
        at=at,
        act=act,
        actor=by.pk if by else None,
        actor_name=str(by.full_name)[:120] if by else "",
        on_behalf_of=on_behalf_of,
        unit=unit_id,
        subject_kind=subject[0],
        subject=str(subject[1]),
        label=label[:250],
        details=dict(details or {}),
    )
    row.folded = search_key(f"{row.actor_name} {row.label}")
    row.seal = seal(line_of(row), head.seal, journal_key())
    row.save(force_insert=True)
    JournalHead.objects.filter(pk=THE_HEAD).update(number=row.number, seal=row.seal)
    return row


def line_of(row: JournalLine) -> Line:
    """What is sealed of a row: all of it but what is only there to search by."""
    return Line(
        number=row.number,
        at=row.at,
        act=row.act,
        actor=row.actor,
        on_behalf_of=row.on_behalf_of,
        unit=row.unit,
        subject_kind=row.subject_kind,
        subject_key=row.subject,
        details={"actor_name": row.actor_name, "label": row.label, "details": row.details},
    )


def journal_key() -> bytes:
    return settings.JOURNAL_KEY.encode()
