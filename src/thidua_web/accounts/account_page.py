"""What the pages of one's own account show."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext

from thidua_web.accounts.models import User

BROWSERS = (("Edg/", "Edge"), ("coc_coc_browser/", "Cốc Cốc"), ("OPR/", "Opera"), ("Firefox/", "Firefox"))
BROWSERS += (("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"))
SYSTEMS += (("Linux", "Linux"),)


@dataclass(frozen=True)
class OwnSession:
    id: int
    device: str
    address: str
    began: datetime.datetime
    seen: datetime.datetime
    is_this: bool


@dataclass(frozen=True)
class OwnAccount:
    has_password: bool
    email: str
    email_confirmed: bool
    has_app: bool
    passkeys: int
    has_recovery_codes: bool
    sessions: int
    linked: bool

    @property
    def has_second_factor(self) -> bool:
        return self.has_app or self.passkeys > 0


def own_account(user: User) -> OwnAccount:
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    address = EmailAddress.objects.filter(user=user, primary=True).first()
    return OwnAccount(
        has_password=user.has_usable_password(),
        email=address.email if address else user.email,
        email_confirmed=address is not None and address.verified,
        has_app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        has_recovery_codes=Authenticator.Type.RECOVERY_CODES in kinds,
        sessions=len(own_sessions(user, current="")),
        linked=SocialAccount.objects.filter(user=user).exists(),
    )


def own_sessions(user: User, *, current: str) -> list[OwnSession]:
    """Those that still run, the one with the key `current` first, then by when they were last used."""
    rows = list(UserSession.objects.filter(user=user))
    running = set(
        Session.objects.filter(
            session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    shown = [_shown(row, current) for row in rows if row.session_key in running]
    return sorted(shown, key=lambda one: (one.is_this, one.seen), reverse=True)


def _shown(row: UserSession, current: str) -> OwnSession:
    return OwnSession(
        id=row.pk,
        device=describe_device(row.user_agent),
        address=row.ip,
        began=row.created_at,
        seen=row.last_seen_at,
        is_this=row.session_key == current,
    )


def describe_device(agent: str) -> str:
    """'Chrome, Windows' out of what a browser says of itself; unknown ones by their first word."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    first = re.split(r"[/\s]", agent, maxsplit=1)[0][:40]
    return ", ".join(part for part in (browser or first, system) if part) or gettext("Chương trình không rõ")
