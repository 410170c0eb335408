"""Background work of the register; see config/queue.py for when it runs."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from thidua_web.config.logs import describe
from thidua_web.register.actions import appointments, import_reading, import_writing, imports, reforms
from thidua_web.register.models import ImportRun, ImportState
from thidua_web.register.queries import reforms as queries

log = logging.getLogger("thidua.register")


def read_list(run_id: int) -> bool:
    """Read a list once, however often and wherever this is called. True where this call settled it."""
    return _work(run_id, ImportState.READING, import_reading.read)


def write_list(run_id: int) -> bool:
    return _work(run_id, ImportState.WRITING, import_writing.write)


def undo_list(run_id: int) -> bool:
    return _work(run_id, ImportState.UNDOING, import_writing.undo)


def recover_lists() -> int:
    return imports.recover_lost(at=timezone.now())


def _work(run_id: int, doing: ImportState, act: Callable[..., bool]) -> bool:
    token = imports.claim(run_id=run_id, doing=doing, at=timezone.now())
    if token is None:
        return False
    run = ImportRun.objects.select_related("file", "unit").get(pk=run_id)
    with kept_alive(run_id, token):
        try:
            return act(run=run, token=token, clock=timezone.now)
        except DatabaseError:
            raise
        except Exception:
            # The queue stores and logs what a task raises, and the message of an exception may quote the list.
            kind, _, trace = sys.exc_info()
            log.error("list %s failed:\n%s", run_id, describe(kind, trace))
            end = ImportState.UNREADABLE if doing is ImportState.READING else ImportState.STOPPED
            return imports.give_up(run_id=run_id, state=end, findings=[imports.failed(run.name)])


@contextmanager
def kept_alive(run_id: int, token: str) -> Iterator[None]:
    """Renew the lease from a thread while the work goes on."""
    done = threading.Event()
    beat = threading.Thread(target=_beat, args=(run_id, token, done), daemon=True)
    beat.start()
    try:
        yield
    finally:
        done.set()
        beat.join()


def _beat(run_id: int, token: str, done: threading.Event) -> None:
    try:
        while not done.wait(settings.READING_LEASE_SECONDS / 4):
            try:
                imports.renew(run_id=run_id, token=token, at=timezone.now())
            except DatabaseError:
                log.warning("lease of list %s could not be renewed", run_id)
    finally:
        connection.close()


def carry_out_reform(reform_id: int) -> bool:
    """A reform that somebody ordered for today or before. True where it is done now, by this call or another."""
    reform = queries.reform(reform_id)
    if reform is None:
        return False
    return reforms.carry_out(reform=reform, at=timezone.now(), today=timezone.localdate()).done


def begin_posts() -> int:
    """Main posts that were written ahead begin on their day."""
    return appointments.begin_main_posts(on=timezone.localdate())


def carry_out_due() -> int:
    """Every reform whose day has come, those of days on which no worker ran too. How many were done."""
    return sum(carry_out_reform(reform.pk) for reform in queries.due(today=timezone.localdate()))
