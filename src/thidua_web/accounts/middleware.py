from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import middleware as auth
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django_htmx.http import HttpResponseClientRefresh

from thidua_web.accounts.access import Access
from thidua_web.accounts.queries import access_of

CHOSEN_UNIT = "chosen_unit"


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

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.access = SimpleLazyObject(lambda: _access(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _access(request: HttpRequest) -> Access:
    if not request.user.is_authenticated:
        return Access()
    return access_of(request.user, on=timezone.localdate(), chosen=request.session.get(CHOSEN_UNIT))
