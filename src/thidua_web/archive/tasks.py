"""Background tasks of the archive; see config/queue.py for when they run."""

from __future__ import annotations

import datetime
import logging

from django.utils import timezone

from thidua_web.archive.actions import remove_abandoned

KEEP_ABANDONED = datetime.timedelta(days=1)


def remove_abandoned_files() -> int:
    removed = remove_abandoned(before=timezone.now() - KEEP_ABANDONED)
    logging.getLogger("thidua.archive").info("removed %d abandoned files", removed)
    return removed
