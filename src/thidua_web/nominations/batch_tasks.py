"""Background work on batches; see config/queue.py for when it runs."""

from __future__ import annotations

from django.utils import timezone

from thidua_web.nominations.actions import batches
from thidua_web.nominations.models import BatchState


def run_batch(batch_id: int) -> bool:
    """Carry it out once, however often and wherever this is called. True where this call ended it."""
    return batches.work(batch_id, BatchState.RUNNING)


def undo_batch(batch_id: int) -> bool:
    return batches.work(batch_id, BatchState.UNDOING)


def recover_batches() -> int:
    return batches.recover_lost(at=timezone.now())
