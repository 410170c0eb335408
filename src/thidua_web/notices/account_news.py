"""Roles lent, taken back or run out, and invitations accepted: who is told what."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from thidua_web.accounts.models import Delegation, Invitation
from thidua_web.notices.actions import Told, notify_each

# Nights are caught up on for so long, and no further: nobody is told of what has been over for weeks.
LOOK_BACK = datetime.timedelta(days=7)


def tell_of_delegations(rows: Iterable[Delegation], *, at: datetime.datetime) -> int:
    """The one to whom it was given is told when it is given, and when it is over."""
    rows, today = list(rows), timezone.localdate(at)
    over = [row for row in rows if row.revoked_at is not None or row.valid_to < today]
    given = [row for row in rows if row not in over]
    new = notify_each((_given(row) for row in given), "delegation.given", at=at)
    return new + notify_each((_ended(row) for row in over), "delegation.ended", at=at)


def _given(row: Delegation) -> Told:
    params = _params(row) | {"first": row.valid_from.isoformat(), "last": row.valid_to.isoformat()}
    return Told(row.to_id, params, reverse("home"), f"delegation:{row.pk}:given")


def _ended(row: Delegation) -> Told:
    return Told(row.to_id, _params(row), reverse("home"), f"delegation:{row.pk}:ended")


def _params(row: Delegation) -> dict[str, str]:
    return {"by": row.giver.full_name, "role": row.role, "unit": row.unit.name}


def tell_of_invitations(rows: Iterable[Invitation], *, at: datetime.datetime) -> int:
    """Whoever invited is told that the other has come."""
    return notify_each((_accepted(row) for row in rows if row.accepted_by), "invitation.accepted", at=at)


def _accepted(row: Invitation) -> Told:
    who = row.accepted_by.full_name if row.accepted_by else row.full_name
    params = {"by": who, "role": row.role, "unit": row.unit.name}
    return Told(row.by_id, params, reverse("home"), f"invitation:{row.pk}:accepted")


def catch_up(*, at: datetime.datetime) -> int:
    """Every night: what ran out yesterday, and whatever was written past the signals."""
    since, today = at - LOOK_BACK, timezone.localdate(at)
    lent = Delegation.objects.filter(
        Q(given_at__gte=since) | Q(revoked_at__gte=since) | Q(valid_to__gte=today - LOOK_BACK, valid_to__lt=today)
    )
    come = Invitation.objects.filter(accepted_at__gte=since).select_related("accepted_by", "unit")
    new = tell_of_delegations(lent.select_related("giver", "unit"), at=at)
    return new + tell_of_invitations(come, at=at)
