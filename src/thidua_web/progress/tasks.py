"""What is done in the background."""

from __future__ import annotations

from django.utils import timezone

from thidua_web.progress import score_reminders


def remind_of_scores() -> int:
    return score_reminders.remind(at=timezone.now())
