from __future__ import annotations

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from thidua_web.accounts.models import User


class AccountBackend(BaseBackend):
    """Signs in by username and password. Demo accounts, whose password everyone knows, work in demo mode only."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None
    ) -> User | None:
        if username is None or password is None:
            return None
        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            make_password(password)  # the answer takes as long as for a known name
            return None
        return user if user.check_password(password) and may_sign_in(user) else None

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.filter(pk=user_id).first()
        return user if user and may_sign_in(user) else None


def may_sign_in(user: User) -> bool:
    return user.is_active and (settings.DEMO or not user.is_demo)
