"""Who may do something in which unit, those to whom the role was lent among them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection

from thidua_web.accounts.access import PERMISSIONS, Role
from thidua_web.accounts.models import Delegation, Membership
from thidua_web.register.models import Unit

CHUNK = 500


def who_may(permission: str, units: Collection[int], *, on: datetime.date) -> dict[int, set[int]]:
    """Keys of users by unit; what a permission reaches below is not counted. Two queries for up to 500 units."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    roles, wanted = PERMISSIONS[permission].roles, sorted(units)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        held = Membership.objects.valid(on=on).filter(unit__in=part, role__in=roles, user__is_active=True)
        lent = Delegation.objects.in_force(on=on).filter(unit__in=part, role__in=roles, to__is_active=True)
        for unit, user in (*held.values_list("unit_id", "user_id"), *lent.values_list("unit_id", "to_id")):
            found[unit].add(user)
    return dict(found)


def at_the_top(role: Role, *, on: datetime.date) -> set[int]:
    """Who holds the role in a unit that stands under none."""
    tops = Unit.objects.valid(on=on).filter(parent__isnull=True)
    held = Membership.objects.valid(on=on).filter(unit__in=tops, role=role, user__is_active=True)
    return set(held.values_list("user_id", flat=True))
