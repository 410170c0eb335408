"""The daily letter: on working days, to whoever has something new and wants it that way."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from thidua.plans.working_days import due_day
from thidua_web.config.queue import enqueue
from thidua_web.notices.actions import SEND_LETTERS
from thidua_web.notices.models import How, Letter, Notice


@transaction.atomic
def write_digests(*, at: datetime.datetime) -> int:
    """One letter a person a day, where something unread has not been told by letter yet. Returns how many."""
    day = timezone.localdate(at)
    if due_day(day) != day:
        return 0
    new = Notice.objects.filter(how=How.DAILY, read_at__isnull=True, told_at__isnull=True, at__lte=at)
    new = new.filter(user__is_active=True).exclude(user__email="")
    users = sorted(set(new.values_list("user_id", flat=True)))
    had = set(Letter.objects.filter(day=day, user__in=users).values_list("user_id", flat=True))
    letters = [Letter(user_id=user, day=day, made_at=at, next_try_at=at) for user in users if user not in had]
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    new.filter(user__in=[letter.user_id for letter in letters]).update(told_at=at)
    if letters:
        enqueue(SEND_LETTERS)
    return len(letters)
