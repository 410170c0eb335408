"""Every read of accounts."""

from __future__ import annotations

import datetime

from thidua_web.accounts.access import Access, Post, Role
from thidua_web.accounts.models import Membership, User


def access_of(user: User, *, on: datetime.date, chosen: int | None) -> Access:
    """The user's posts on a day; `chosen` is the unit picked in the page's head, else that of the oldest post."""
    held = Membership.objects.valid(on=on).filter(user=user).select_related("unit").order_by("id")
    posts = tuple(Post(unit=row.unit, role=Role(row.role)) for row in held)
    current = next((post.unit for post in posts if post.unit.pk == chosen), posts[0].unit if posts else None)
    return Access(posts=posts, current=current)
