from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from thidua_web.accounts.models import User


class AccountBackend(AuthenticationBackend):
    """Signs in by name or e-mail address. Demo accounts, whose password everyone knows, work in demo mode only."""

    def user_can_authenticate(self, user: User | None) -> bool:
        return user is not None and may_sign_in(user)


def may_sign_in(user: User) -> bool:
    return user.is_active and (settings.DEMO or not user.is_demo)
