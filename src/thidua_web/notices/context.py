"""How much is unread, for the head of every page: asked once a request, and only where it is shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from thidua_web.notices.queries import unread_count


def notices(request: HttpRequest) -> dict[str, Any]:
    if not hasattr(request, "unread_notices"):
        request.unread_notices = SimpleLazyObject(lambda: _count(request))  # type: ignore[attr-defined]
    return {"unread_notices": request.unread_notices}  # type: ignore[attr-defined]


def _count(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return unread_count(user) if user is not None and user.is_authenticated else 0
