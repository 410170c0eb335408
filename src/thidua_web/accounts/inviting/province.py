"""Invited people who come through the province's single sign-on: their account opens without a password."""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialLogin
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve

from thidua.vietnamese.folding import search_key
from thidua_web.accounts.inviting import actions, queries
from thidua_web.accounts.models import Invitation, User


def welcome(login: SocialLogin, *, at: datetime.datetime) -> User | None:
    """Opens the account that an invitation awaits; None where there is none, or it opens nothing any more."""
    row = _of_link(login) or _of_address(login)
    if row is None:
        return None
    try:
        actions.refuse_spent(row, at)
        return actions.open_and_accept(
            invitation=row,
            username=_free_name(login, row),
            full_name=row.full_name or login.user.full_name or row.email,
            password=None,
            at=at,
        )
    except ValidationError:
        return None  # used up, or the address has an account: the page for strangers says what to do


def _of_link(login: SocialLogin) -> Invitation | None:
    """Whoever went there from the page of an invitation holds its link."""
    try:
        match = resolve(urlsplit(login.state.get("next") or "").path)
    except Resolver404:
        return None
    return queries.by_token(match.kwargs["token"]) if match.view_name == "accounts:accept" else None


def _of_address(login: SocialLogin) -> Invitation | None:
    """An invitation to an address that the province has checked."""
    checked = next((address.email for address in login.email_addresses if address.verified is True), None)
    rows = Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True, email__iexact=checked)
    return rows.select_related("unit", "by").order_by("-at").first() if checked else None


def _free_name(login: SocialLogin, row: Invitation) -> str:
    wish = login.user.username or row.email.split("@", 1)[0]
    plain = "".join(char for char in search_key(wish) if char.isalnum() or char in "._-")[:50]
    return queries.free_username(plain or "nguoi-dung")
