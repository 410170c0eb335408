"""Every read of accounts."""

from __future__ import annotations

import datetime
from functools import cache

from thidua_web.accounts.access import Access, Post, Role
from thidua_web.accounts.models import Delegation, Membership, User
from thidua_web.journal.actions import Lender
from thidua_web.register.queries.units import inherited_by, standing


def access_of(user: User, *, on: datetime.date, chosen: int | None) -> Access:
    """The user's posts on a day; `chosen` is the unit picked in the page's head, else that of the oldest post."""
    held = Membership.objects.valid(on=on).filter(user=user).select_related("unit").order_by("id")
    own = tuple(Post(unit=row.unit, role=Role(row.role)) for row in held)
    posts = own + _delegated(user, on=on)
    current = next((post.unit for post in posts if post.unit.pk == chosen), posts[0].unit if posts else None)
    return Access(
        posts=posts,
        current=current,
        inherits=cache(lambda: inherited_by({post.unit.pk for post in posts})),
        standing=cache(standing),
        actor=user,
    )


def _delegated(user: User, *, on: datetime.date) -> tuple[Post, ...]:
    """Roles that others gave for a time, as long as they hold them themselves."""
    lent = Delegation.objects.valid(on=on).filter(to=user, revoked_at__isnull=True)
    if not (keys := list(lent.order_by().values_list("pk", flat=True))):
        return ()
    rows = Delegation.objects.in_force(on=on).filter(pk__in=keys).select_related("unit", "giver").order_by("id")
    return tuple(Post(row.unit, Role(row.role), Lender(row.giver_id, row.giver.full_name)) for row in rows)
