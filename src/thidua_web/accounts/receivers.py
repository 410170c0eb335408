"""What follows signing in and its changes: a line in the journal that knows no password, and sessions that end."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as second
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as linked
from django.contrib.auth import signals as django_auth
from django.http import HttpRequest
from django.utils import timezone

from thidua_web.accounts.actions import end_sessions
from thidua_web.accounts.middleware import LAST_SEEN
from thidua_web.accounts.models import User
from thidua_web.journal.actions import record

FACTORS = {Authenticator.Type.TOTP: "app", Authenticator.Type.WEBAUTHN: "passkey"}


def connect() -> None:
    """Called once when the apps are ready."""
    for signal, receiver in (
        (account.user_logged_in, signed_in),
        (account.password_changed, changed("account.password_changed")),
        (account.password_set, changed("account.password_set")),
        (account.password_reset, changed("account.password_reset")),
        (account.email_changed, changed("account.email_changed")),
        (django_auth.user_login_failed, failed),
        (django_auth.user_logged_out, changed("account.signed_out")),
        (second.authentication_failed, changed("account.second_factor_failed")),
        (second.authenticator_added, factor("account.second_factor_added")),
        (second.authenticator_removed, factor("account.second_factor_removed")),
        (second.authenticator_reset, factor("account.recovery_codes_made")),
        (linked.social_account_added, joined("account.linked")),
        (linked.social_account_removed, joined("account.unlinked")),
    ):
        signal.connect(receiver, weak=False)
    for signal in (account.password_changed, account.password_reset):
        signal.connect(end_other_sessions, weak=False)


def note(act: str, user: User | None, **details: Any) -> None:
    subject = ("user", user.pk) if user else ("", "")
    label = user.username if user else ""
    record(act=act, by=user, at=timezone.now(), subject=subject, label=label, details=details)


def signed_in(sender: Any, request: HttpRequest, user: User, **rest: Any) -> None:
    request.session[LAST_SEEN] = time.time()
    ways = [
        record.get("type") or record["method"] for record in request.session.get("account_authentication_methods", [])
    ]
    note("account.signed_in", user, ways=ways)


def failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **rest: Any) -> None:
    """A name that nobody has is not kept: it may be a password typed into the wrong field."""
    known = User.objects.filter(username__iexact=credentials.get("username") or "").first()
    subject = ("user", known.pk) if known else ("", "")
    address = get_adapter().get_client_ip(request) if request else ""
    label = known.username if known else ""
    record(
        act="account.sign_in_failed",
        by=None,
        at=timezone.now(),
        subject=subject,
        label=label,
        details={"from": address},
    )


def end_other_sessions(sender: Any, request: HttpRequest, user: User, **rest: Any) -> None:
    """Whoever knew the old password is out, and out of the list."""
    here = request.session.session_key if request.user == user else None
    end_sessions(user=user, by=user, at=timezone.now(), keep=here)


def changed(act: str) -> Any:
    def receive(sender: Any, user: User | None = None, **rest: Any) -> None:
        if user is not None:
            note(act, user)

    return receive


def factor(act: str) -> Any:
    def receive(sender: Any, user: User, authenticator: Authenticator, **rest: Any) -> None:
        kind = FACTORS.get(authenticator.type)
        if kind or act != "account.second_factor_removed":
            note(act if kind else "account.recovery_codes_made", user, **({"kind": kind} if kind else {}))

    return receive


def joined(act: str) -> Any:
    def receive(sender: Any, request: HttpRequest, **rest: Any) -> None:
        given = rest.get("sociallogin") or rest["socialaccount"]
        note(act, given.user)

    return receive
