"""Letters of signing in, sent in the background. The letter holds a secret link, so the queue keeps no copy of it."""

from __future__ import annotations

import smtplib
import time

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

PAUSES = (0, 5, 30)
"""Seconds before each attempt: a mail server that restarts is back within half a minute."""


def send_later(*, subject: str, body: str, to: list[str]) -> None:
    from django_q.tasks import async_task  # noqa: PLC0415 - django-q2 reads the settings when imported

    transaction.on_commit(lambda: async_task("thidua_web.accounts.mail.send", subject, body, to, save=False))


def send(subject: str, body: str, to: list[str]) -> None:
    """Raises what the mail server answered when it refused three times."""
    for pause in PAUSES:
        time.sleep(pause)
        try:
            EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, to).send()
            return
        except (smtplib.SMTPException, OSError) as error:
            failed = error
    raise failed
