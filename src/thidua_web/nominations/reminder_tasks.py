"""What is said in the background; see config/queue.py for when."""

from __future__ import annotations

from django.utils import timezone

from thidua_web.nominations import submission_reminders


def remind_of_submissions() -> int:
    return submission_reminders.remind(at=timezone.now())
