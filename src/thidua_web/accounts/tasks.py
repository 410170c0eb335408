"""Background tasks of accounts; see config/queue.py for when they run."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.utils import timezone

from thidua_web.accounts.actions import FAILURE_WINDOW
from thidua_web.accounts.models import SignInFailure


def remove_expired_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    SignInFailure.objects.filter(at__lt=timezone.now() - FAILURE_WINDOW).delete()
