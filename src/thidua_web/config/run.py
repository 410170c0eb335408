"""Starts the server and the worker; the `thidua` command and the service files call these."""

from __future__ import annotations

import ctypes
import ipaddress
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

SETTINGS = "thidua_web.config.settings"


class UnsafeStartError(Exception):
    """The configuration would expose people's data; the message says what to change."""


def prepare() -> None:
    """Set Django up once."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if not apps.ready:
        django.setup()


def refuse_unsafe_start(*, pages: bool = True) -> None:
    """Print what is doubtful; raises UnsafeStartError where the configuration is unsafe.

    A process that answers no request (`pages` false) leaves out what is checked of addresses: it would import every
    page of every app for it, half of the time of its start.
    """
    from django.core import checks
    from django.core.checks.registry import registry

    asked = [one for one in registry.get_checks() if pages or checks.Tags.urls not in one.tags]
    found = [message for check in asked for message in check(app_configs=None) if not message.is_silenced()]
    errors = [message for message in found if message.level >= checks.ERROR]
    if errors:
        raise UnsafeStartError("\n".join(f"{message.msg} {message.hint or ''} [{message.id}]" for message in errors))
    for message in found:
        print(f"{message.msg} [{message.id}]", file=sys.stderr)  # noqa: T201  (before logging has a reader)


def migrate() -> None:
    """Bring the database to this version and write the schedule."""
    from django.conf import settings
    from django.core.management import call_command

    prepare()
    if settings.SQLITE:
        Path(settings.DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    from thidua_web.config.queue import install_schedule

    install_schedule()


def collect_static() -> None:
    """Gather fonts, styles and scripts, unless nothing has changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    prepare()
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    sources = (Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([]))
    if not manifest.exists() or max(path.stat().st_mtime for path in sources) > manifest.stat().st_mtime:
        call_command("collectstatic", interactive=False, verbosity=0)


def run_server(*, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until stopped. Raises UnsafeStartError where the configuration is unsafe."""
    prepare()
    refuse_unsafe_start(pages=False)
    _refuse_strangers(host)
    collect_static()
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "thidua_web.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.SERVER_PROCESSES,
        blocking_threads=settings.SERVER_THREADS,
        log_level="warning",
        workers_kill_timeout=10,
    ).serve()


def _refuse_strangers(host: str) -> None:
    from django.conf import settings

    if settings.PRODUCTION:
        return
    with suppress(ValueError):
        if ipaddress.ip_address(host).is_loopback:
            return
    if host != "localhost":
        raise UnsafeStartError(
            f"Bản trình diễn và bản phát triển chỉ chạy trên máy này (127.0.0.1), không phải {host}. "
            "Chạy thật: THIDUA_MODE=production."
        )


def run_worker() -> None:
    """Do background work until stopped (SIGTERM and SIGINT finish the tasks in hand first)."""
    prepare()
    refuse_unsafe_start()
    from django.utils.module_loading import import_string
    from django_q.cluster import Cluster

    from thidua_web.config import queue

    die_with_parent_after_fork()
    recoveries = [import_string(path) for path in queue.RECOVERIES]
    queue.take_back()
    cluster = Cluster()
    cluster.start()
    while cluster.sentinel.is_alive():
        _recover(recoveries)
        cluster.sentinel.join(queue.RECOVER_EVERY)


def _recover(recoveries: list) -> None:
    import logging

    from django.db import DatabaseError, close_old_connections

    close_old_connections()
    for recover in recoveries:
        try:
            recover()
        except DatabaseError:
            # The database may be restarting; the next round comes in seconds.
            logging.getLogger("thidua.queue").exception("recovery failed")
            time.sleep(1)


def die_with_parent_after_fork() -> None:
    """Every process forked from now on dies with the one that forked it, so that `kill -9` leaves no strays.

    Linux only (prctl PR_SET_PDEATHSIG); elsewhere strays stay, and the leases keep their work from being done twice.
    """
    if sys.platform == "linux":
        os.register_at_fork(after_in_child=die_with_parent)


def die_with_parent() -> None:
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
