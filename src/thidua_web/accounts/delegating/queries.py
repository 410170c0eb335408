"""Every read of delegations."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from thidua_web.accounts.access import PERMISSIONS, Role
from thidua_web.accounts.models import Delegation, Membership, User
from thidua_web.register.models import Unit
from thidua_web.register.queries.units import units_above

LENDABLE = PERMISSIONS["delegation.give"].roles
# Whoever watches over others, or runs the system, takes no part in cases: not for a time either.
APART = frozenset(Role) - LENDABLE
# Days, both ends included.
LONGEST = 90
MOST_LISTED = 300
MOST_SHOWN = 100


class DelegationState(models.TextChoices):
    """Where a delegation stands on a day."""

    RUNNING = "running", _("Đang có hiệu lực")
    COMING = "coming", _("Sắp đến")
    LAPSED = "lapsed", _("Đã thôi: người ủy quyền không còn giữ vai trò")
    OVER = "over", _("Đã hết hạn")
    TAKEN_BACK = "taken_back", _("Đã thu hồi")


def delegations_of(user: User) -> list[Delegation]:
    """All that the user gave or was given, the newest first."""
    rows = Delegation.objects.filter(Q(giver=user) | Q(to=user))
    return list(rows.select_related("giver", "to", "unit")[:MOST_SHOWN])


def state_of(row: Delegation, *, on: datetime.date, running: set[int]) -> DelegationState:
    """`running` are the keys of those that are in force on the day."""
    if row.revoked_at is not None:
        return DelegationState.TAKEN_BACK
    if row.valid_to < on:
        return DelegationState.OVER
    if row.valid_from > on:
        return DelegationState.COMING
    return DelegationState.RUNNING if row.pk in running else DelegationState.LAPSED


def running(rows: Sequence[Delegation], *, on: datetime.date) -> set[int]:
    return set(Delegation.objects.in_force(on=on).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))


def delegation(delegation_id: int, user: User) -> Delegation | None:
    """One that the user gave or was given."""
    rows = Delegation.objects.filter(Q(giver=user) | Q(to=user), pk=delegation_id)
    return rows.select_related("giver", "to", "unit").first()


def lendable(user: User, *, on: datetime.date) -> list[Membership]:
    """Roles of the user's own, of today and to come, that may be lent."""
    rows = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), user=user, role__in=LENDABLE)
    return list(rows.select_related("unit").order_by("valid_from", "pk"))


def colleagues(units: Sequence[Unit], *, on: datetime.date, but: User) -> QuerySet[User]:
    """Who works in one of the units, below it or above it, has an account that is open, and takes part in cases."""
    near = Q(pk__in=())
    for unit in units:
        near |= Q(unit__path__startswith=unit.path) | Q(unit__in=units_above(unit))
    theirs = Membership.objects.valid(on=on).filter(user=OuterRef("pk"))
    return (
        User.objects.filter(Exists(theirs.filter(near)), ~Exists(theirs.filter(role__in=APART)), is_active=True)
        .exclude(pk=but.pk)
        .order_by("sort_text", "pk")
    )
