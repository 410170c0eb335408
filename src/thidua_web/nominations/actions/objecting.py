"""What somebody says against a nomination comes in and is handled. Who it is stays sealed all the while."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.journal.actions import record
from thidua_web.nominations import consulting_news as news
from thidua_web.nominations.models import Nomination, Objection, Publication
from thidua_web.register.sealing import seal


@dataclass(frozen=True)
class Heard:
    """`channel`: "web" from the public page, else how it reached the office."""

    words: str
    channel: str
    name: str = ""
    contact: str = ""


def owner_of(objection_id: int) -> str:
    """Whose data are sealed, as the sealed text says it."""
    return f"objection:{objection_id}"


@transaction.atomic
def receive(  # noqa: PLR0913 - what came in, about what, when
    *,
    nomination: Nomination,
    heard: Heard,
    received_on: datetime.date,
    by: User | None,
    at: datetime.datetime,
    publication: Publication | None = None,
) -> tuple[Objection, bool]:
    """The objection, and whether it is new: the same words on a day the same way are the one that is there.

    `by` is None where a citizen sent it.
    """
    Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    said: dict[str, Any] = {
        "nomination": nomination, "publication": publication, "words": heard.words, "channel": heard.channel,
        "received_on": received_on,
    }  # fmt: skip
    known = Objection.objects.filter(**said).first()
    if known is not None:
        return known, False
    row = Objection.objects.create(**said, recorded_by=by, at=at)
    if heard.name or heard.contact:
        # The seal names its row, so the row comes first.
        row.sealed_sender = seal({"name": heard.name, "contact": heard.contact}, owner=owner_of(row.pk))
        row.save(update_fields=["sealed_sender"])
    news.tell_of_objection(row, by, at=at)
    _journal("objection.received", row, by, at, channel=heard.channel)
    return row, True


@transaction.atomic
def handle(*, objection: Objection, finding: str, answer: str, by: User, at: datetime.datetime) -> bool:
    """What was found, and what is answered; False where somebody had handled it. Raises ValueError for no answer."""
    if not finding or not answer.strip():
        raise ValueError("an objection is handled with a finding and an answer")
    rows = Objection.objects.filter(pk=objection.pk, finding="")
    if not rows.update(finding=finding, answer=answer, handled_by=by, handled_at=at):
        return False
    news.settle_objection(objection, at=at)
    _journal("objection.handled", objection, by, at, finding=finding)
    return True


def _journal(act: str, row: Objection, by: User | None, at: datetime.datetime, **details: Any) -> None:
    """Neither words nor names; the number of the objection leads whoever may to the rest."""
    label = f"{row.pk}/{timezone.localdate(row.at).year}"
    unit = row.nomination.to_unit_id
    record(act=act, by=by, at=at, unit_id=unit, subject=("objection", row.pk), label=label, details=details)
