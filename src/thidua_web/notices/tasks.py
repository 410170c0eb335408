"""Background tasks of notices; see config/queue.py for when they run. Each may run twice, or a day late."""

from __future__ import annotations

import datetime
import hashlib
import json

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from thidua.journal import Head
from thidua_web.accounts.access import Role
from thidua_web.config.queue import enqueue
from thidua_web.journal.models import JournalCheck
from thidua_web.journal.verifying import check_journal, say_anchor
from thidua_web.notices import account_news, actions, digests, post_office
from thidua_web.notices.models import PostOffice
from thidua_web.notices.queries import THE_OFFICE
from thidua_web.notices.recipients import at_the_top

ASKED_EVERY = datetime.timedelta(seconds=20)
STUCK_AFTER = datetime.timedelta(minutes=30)
KEEP_READ = datetime.timedelta(days=400)
WHOLE_ON = 6  # Sunday


def send_letters() -> int:
    return post_office.send_waiting(clock=timezone.now)


def recover_letters() -> bool:
    """Called every few seconds: ask the queue now and then to send what waits, and tell the administrators where the
    server is away.
    """
    now = timezone.now()
    _tell_of_failure(now)
    if not post_office.is_due(now):
        return False
    idle = Q(asked_at__isnull=True) | Q(asked_at__lt=now - ASKED_EVERY)
    asking = bool(PostOffice.objects.filter(idle, pk=THE_OFFICE).update(asked_at=now))
    if asking:
        enqueue(actions.SEND_LETTERS)
    return asking


def _tell_of_failure(now: datetime.datetime) -> None:
    office = PostOffice.objects.filter(pk=THE_OFFICE, failing_since__lte=now - STUCK_AFTER).first()
    if office is None or office.failing_since is None:
        return
    since = timezone.localtime(office.failing_since)
    params = {"since": f"{since:%d/%m/%Y %H:%M}", "answer": office.answer}
    users = at_the_top(Role.ADMINISTRATOR, on=timezone.localdate(now))
    key = f"mail:{office.failing_since.isoformat()}"
    actions.notify(users, "mail.stuck", params, href=reverse("notices:mail"), key=key, at=now)


def write_digests() -> int:
    return digests.write_digests(at=timezone.now())


def nightly() -> None:
    now = timezone.now()
    account_news.catch_up(at=now)
    actions.remove_old(before=now - KEEP_READ)


def verify_journal() -> int:
    """What is new every night, all of it on Sundays; auditors are told of faults, and once a week of the anchor."""
    now = timezone.now()
    whole = timezone.localdate(now).weekday() == WHOLE_ON
    check = check_journal(at=now, whole=whole or not JournalCheck.objects.filter(whole=True).exists())
    tell_of_check(check, weekly=whole)
    return check.fault_count


def tell_of_check(check: JournalCheck, *, weekly: bool) -> int:
    """Of the same faults once, however often they are found."""
    auditors = at_the_top(Role.AUDITOR, on=timezone.localdate(check.at))
    href = reverse("journal:journal")
    if check.fault_count:
        found = json.dumps(check.faults, sort_keys=True).encode()
        key = f"journal:{hashlib.sha256(found).hexdigest()[:32]}"
        return actions.notify(auditors, "journal.fault", {"n": check.fault_count}, href=href, key=key, at=check.at)
    if not weekly or not check.last:
        return 0
    params = {"last": check.last, "anchor": say_anchor(Head(check.last, check.seal))}
    key = f"journal:week:{timezone.localdate(check.at).isoformat()}"
    return actions.notify(auditors, "journal.whole", params, href=href, key=key, at=check.at)
