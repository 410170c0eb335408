"""The unit writes a nominee's dossier. Of two who save on top of the same revision one wins; what the other wrote is
shown to them and stored by nobody. Sent twice, it is saved once.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import F

from thidua_web.accounts.models import User
from thidua_web.nominations.actions.moving import note
from thidua_web.nominations.actions.report_prints import keep_prints
from thidua_web.nominations.models import Claim, DossierFile, Nomination
from thidua_web.nominations.queries.dossiers import WRITABLE, is_writable

CLAIM_FIELDS = ("words", "since", "until", "value")
A_SITTING = datetime.timedelta(minutes=30)
"""Saves of one person with less than this between them are one line of the journal."""


@dataclass(frozen=True)
class Draft:
    """All that the form holds. `sections` by the codes of the report; each claim has a `token` and CLAIM_FIELDS."""

    summary: str = ""
    position: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    sections: Mapping[str, str] = field(default_factory=dict)
    claims: Sequence[Mapping[str, Any]] = ()


class Saved(StrEnum):
    """What became of a save. Another: somebody saved meanwhile, perhaps in another tab. Closed: it was sent."""

    SAVED = "saved"
    ANOTHER = "another"
    CLOSED = "closed"


@transaction.atomic
def save(  # noqa: PLR0913 - who saves what, on top of what
    *, nomination: Nomination, draft: Draft, seen: int, token: uuid.UUID, by: User, at: datetime.datetime
) -> Saved:
    """Put the draft in the place of what the dossier holds. `seen` is the revision that it was written on."""
    before = Nomination.objects.values("edited_by", "edited_at").get(pk=nomination.pk)
    rows = Nomination.objects.filter(WRITABLE, pk=nomination.pk, revision=seen)
    moved = rows.update(
        revision=F("revision") + 1,
        edited_in=str(token),
        edited_by=by,
        edited_at=at,
        summary=draft.summary,
        position=draft.position,
        since=draft.since,
        until=draft.until,
        sections=dict(draft.sections),
    )
    nomination.refresh_from_db()
    if not moved:
        return _why_not(nomination, token)
    _write_claims(nomination, draft.claims)
    keep_prints(nomination)
    if before["edited_by"] != by.pk or at - before["edited_at"] > A_SITTING:
        note("nomination.edited", nomination, unit_id=nomination.unit_id, by=by, at=at)
    return Saved.SAVED


def _why_not(nomination: Nomination, token: uuid.UUID) -> Saved:
    if nomination.edited_in == str(token):
        return Saved.SAVED
    return Saved.ANOTHER if is_writable(nomination) else Saved.CLOSED


def _write_claims(nomination: Nomination, rows: Sequence[Mapping[str, Any]]) -> None:
    there = {claim.token: claim for claim in nomination.claims.all()}
    new, changed = [], []
    for place, values in enumerate(rows, 1):
        claim = there.pop(values["token"], None) or Claim(nomination=nomination, token=values["token"])
        if claim.pk and any(getattr(claim, name) != values[name] for name in CLAIM_FIELDS):
            _forget_verdict(claim)
        claim.place = place
        for name in CLAIM_FIELDS:
            setattr(claim, name, values[name])
        (changed if claim.pk else new).append(claim)
    Claim.objects.bulk_create(new)
    verdict = ("verdict", "verdict_note", "verdict_by", "verdict_at")
    Claim.objects.bulk_update(changed, [*CLAIM_FIELDS, "place", *verdict])
    _take_away(there.values())


def _forget_verdict(claim: Claim) -> None:
    """What was judged were other words."""
    claim.verdict, claim.verdict_note, claim.verdict_by, claim.verdict_at = "", "", None, None


def _take_away(claims: Any) -> None:
    """Its files stay in the dossier: somebody went to find them."""
    keys = [claim.pk for claim in claims]
    if keys:
        DossierFile.objects.filter(claim__in=keys).update(claim=None)
        Claim.objects.filter(pk__in=keys).delete()
