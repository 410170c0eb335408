"""Background work: the one place where the queue, its times and its schedule are set.

Why these numbers. A task that runs longer than `RETRY` would be handed out a second time, so `RETRY` lies above
`TIMEOUT`, and `TIMEOUT` above the longest honest reading (500 scanned pages at about one second each). Waiting that
long after a crash would be no service, so tasks that matter hold a lease of seconds in their own row, renewed while
they run; `RECOVERIES` are called every few seconds by the worker's main process and put back what has lost its lease.
Tasks are idempotent: handing one out twice does its work once.
"""

from __future__ import annotations

from typing import Any

TIMEOUT = 30 * 60
RETRY = 35 * 60
RECOVER_EVERY = 5

RECOVERIES = (
    "thidua_web.campaigns.tasks.recover_readings",
    "thidua_web.register.tasks.recover_lists",
    "thidua_web.notices.tasks.recover_letters",
    "thidua_web.nominations.batch_tasks.recover_batches",
)

# Name, function, hour of the day in local time (None: the one that the server's owner set for daily letters).
NIGHTLY = (
    ("nightly-reforms", "thidua_web.register.tasks.carry_out_due", 0),
    ("nightly-posts", "thidua_web.register.tasks.begin_posts", 0),
    ("nightly-files", "thidua_web.archive.tasks.remove_abandoned_files", 2),
    ("nightly-sessions", "thidua_web.accounts.tasks.remove_expired_sessions", 3),
    ("nightly-journal", "thidua_web.notices.tasks.verify_journal", 4),
    ("nightly-notices", "thidua_web.notices.tasks.nightly", 5),
    ("nightly-reminders", "thidua_web.campaigns.tasks.remind_of_duties", 6),
    ("nightly-score-reminders", "thidua_web.progress.tasks.remind_of_scores", 6),
    ("nightly-submission-reminders", "thidua_web.nominations.reminder_tasks.remind_of_submissions", 6),
    ("nightly-digests", "thidua_web.notices.tasks.write_digests", None),
)


def cluster(*, workers: int) -> dict[str, Any]:
    """The settings of django-q2."""
    return {
        "name": "thidua",
        "label": "Việc chạy nền",
        "orm": "default",
        "cache": "process",
        "workers": workers,
        "queue_limit": workers,
        "bulk": 1,
        "poll": 0.3,
        "timeout": TIMEOUT,
        "retry": RETRY,
        "max_attempts": 3,
        "ack_failures": True,
        "catch_up": False,
        # Reading runs the extraction in a child process; daemonic processes may not have children.
        "daemonize_workers": False,
        "recycle": 100,
        # A long list takes more, and Python keeps what it once took: another process goes on then (kilobytes).
        "max_rss": 200 * 1024,
        "save_limit": 200,
    }


def enqueue(function: str, *args: object) -> None:
    """Queue `function` (dotted path). Inside a transaction it is queued when, and only if, that commits."""
    from django_q.tasks import async_task  # django-q2 reads the settings when imported

    async_task(function, *args)


def take_back() -> None:
    """Hand out at once what a killed worker had in hand, instead of waiting for `RETRY`.

    Called when a worker starts. What another worker is doing just now is handed out too, and refused by its lease.
    """
    from django.utils import timezone
    from django_q.models import OrmQ  # needs the app registry

    now = timezone.now()
    OrmQ.objects.filter(lock__gt=now).update(lock=now)


def install_schedule() -> None:
    """Write the nightly tasks into the schedule; running it again changes nothing."""
    import datetime

    from django.conf import settings  # django-q2 reads this module when the settings are made
    from django.utils import timezone
    from django_q.models import Schedule  # needs the app registry

    now = timezone.localtime()
    for name, function, fixed in NIGHTLY:
        hour = settings.DIGEST_HOUR if fixed is None else fixed
        first = now.replace(hour=hour, minute=0, second=0, microsecond=0)
        if first <= now:
            first += datetime.timedelta(days=1)
        schedule, _ = Schedule.objects.get_or_create(
            name=name, defaults={"func": function, "schedule_type": Schedule.DAILY, "next_run": first}
        )
        if schedule.func != function or timezone.localtime(schedule.next_run).hour != hour:
            schedule.func, schedule.next_run = function, first
            schedule.save(update_fields=["func", "next_run"])
    Schedule.objects.filter(name__startswith="nightly-").exclude(name__in=[row[0] for row in NIGHTLY]).delete()
