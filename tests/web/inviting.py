"""Invitations whose link a test knows."""

from __future__ import annotations

import datetime

from django.utils import timezone

from thidua_web.accounts.access import Role
from thidua_web.accounts.inviting import actions
from thidua_web.accounts.inviting.reading import Guest
from thidua_web.accounts.inviting.tokens import digest_of, new_token
from thidua_web.accounts.models import Invitation
from web.cast import Cast

SITE = "http://testserver/"


def invited(
    cast: Cast,
    email: str = "moi@coquan.gov.vn",
    *,
    role: Role = Role.CLERK,
    name: str = "Đặng Thị Mới",
    at: datetime.datetime | None = None,
    **other: object,
) -> tuple[Invitation, str]:
    """Somebody invited into the province by its administrator, and the token that only the letter holds."""
    guest = Guest(name, email, role, other.get("unit", cast.province), other.get("person"))
    by = other.get("by", cast.users["administrator"])
    (row,) = actions.invite(guests=[guest], by=by, at=at or timezone.now(), site=SITE)
    token = new_token()
    Invitation.objects.filter(pk=row.pk).update(digest=digest_of(token))
    row.refresh_from_db()
    return row, token
