from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import middleware as auth
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRefresh

from thidua_web.accounts import second_factor
from thidua_web.accounts.access import Access
from thidua_web.accounts.queries import access_of

CHOSEN_UNIT = "chosen_unit"
HAS_SECOND_FACTOR = "has_second_factor"
LAST_SEEN = "last_seen"
SEEN_EVERY = 300

Answer = Callable[[HttpRequest], HttpResponseBase]


class LoginRequiredMiddleware(auth.LoginRequiredMiddleware):
    """Part of a page asked for after the session ended: the whole page is loaded again, and leads to signing in."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.headers.get("HX-Request") == "true":
            return HttpResponseClientRefresh()
        return super().handle_no_permission(request, view_func)


class AccessMiddleware:
    """Gives every request `access`, worked out when first asked for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.access = SimpleLazyObject(lambda: _access(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _access(request: HttpRequest) -> Access:
    if not request.user.is_authenticated:
        return Access()
    return access_of(request.user, on=timezone.localdate(), chosen=request.session.get(CHOSEN_UNIT))


class SecondFactorMiddleware:
    """Who must have a second factor sets one up before anything else."""

    OPEN = frozenset(
        {
            "mfa_index",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_view_recovery_codes",
            "mfa_download_recovery_codes",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "account_reauthenticate",
            "account_logout",
            "health",
            "set_language",
        }
    )

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        if not request.user.is_authenticated or not self._misses_one(request):
            return None
        match = request.resolver_match
        if match is None or match.view_name in self.OPEN or not getattr(view[0], "login_required", True):
            return None
        if request.headers.get("HX-Request") == "true":
            return HttpResponseClientRefresh()
        return redirect("mfa_index")

    def _misses_one(self, request: HttpRequest) -> bool:
        if settings.SECOND_FACTOR == "optional" or request.session.get(HAS_SECOND_FACTOR) == request.user.pk:
            return False
        roles = frozenset(post.role for post in request.access.posts)  # type: ignore[attr-defined]
        if not second_factor.demanded_of_roles(roles):
            return False
        if not second_factor.factors_of(request.user).exists():
            return True
        request.session[HAS_SECOND_FACTOR] = request.user.pk
        return False


class LastSeenMiddleware:
    """Notes every five minutes that a session is in use, and from where."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        seen = request.session.get(LAST_SEEN)
        if seen is not None and time.time() - seen > SEEN_EVERY and request.user.is_authenticated:
            request.session[LAST_SEEN] = time.time()
            UserSession.objects.create_from_request(request)
        return answer
