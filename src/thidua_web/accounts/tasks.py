"""Background tasks of accounts; see config/queue.py for when they run."""

from __future__ import annotations

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.utils import timezone


def remove_expired_sessions() -> None:
    """And what is only about them: the list of devices, and counts of failed sign-ins."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    _remove_expired_counts()


def _remove_expired_counts() -> None:
    """Django removes them only when the table is full."""
    table = connection.ops.quote_name(cache.cache_model_class._meta.db_table)
    expired = f"DELETE FROM {table} WHERE expires < %s"  # noqa: S608 - the name is the setting's
    with connection.cursor() as cursor:
        cursor.execute(expired, [connection.ops.adapt_datetimefield_value(timezone.now())])
