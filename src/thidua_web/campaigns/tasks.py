"""Background tasks of campaigns; see config/queue.py for when they run."""

from __future__ import annotations

import logging
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from thidua_web.campaigns import reminders, step_reminders
from thidua_web.campaigns.actions import plans as actions
from thidua_web.campaigns.models import PlanDocument
from thidua_web.config.logs import describe

log = logging.getLogger("thidua.campaigns")


def read_plan(document_id: int) -> bool:
    """Read a document once, however often and wherever this is called. True where this call settled it."""
    run = actions.begin_reading(document_id=document_id, at=timezone.now())
    if run is None:
        return False
    document = PlanDocument.objects.select_related("file", "unit").get(pk=document_id)
    with kept_alive(document_id, run):
        try:
            return actions.read_document(document=document, run=run, clock=timezone.now)
        except DatabaseError:
            raise
        except Exception:
            # The queue stores and logs what a task raises, and the message of an exception may quote the document.
            kind, _, trace = sys.exc_info()
            log.error("document %s could not be read:\n%s", document_id, describe(kind, trace))
            return actions.give_up(
                document_id=document_id, run=run, at=timezone.now(), code="reading_failed", params={}
            )


def recover_readings() -> int:
    return actions.recover_lost(at=timezone.now())


def remind_of_duties() -> int:
    return reminders.remind(at=timezone.now()) + step_reminders.remind(at=timezone.now())


@contextmanager
def kept_alive(document_id: int, run: uuid.UUID) -> Iterator[None]:
    """Renew the lease from a thread while the reading works."""
    done = threading.Event()
    beat = threading.Thread(target=_beat, args=(document_id, run, done), daemon=True)
    beat.start()
    try:
        yield
    finally:
        done.set()
        beat.join()


def _beat(document_id: int, run: uuid.UUID, done: threading.Event) -> None:
    try:
        while not done.wait(settings.READING_LEASE_SECONDS / 4):
            try:
                actions.renew_lease(document_id=document_id, run=run, at=timezone.now())
            except DatabaseError:
                log.warning("lease of document %s could not be renewed", document_id)
    finally:
        connection.close()
