"""Sends the letters that wait: one sender at a time, each letter once, nothing lost while the mail server is away.

A letter is claimed when the connection stands and just before its words go out. What the server refuses for now waits
and is tried again, later each time; what it refuses for good, and what could not go out for three days, stays and is
shown to the administrator. A sender that was killed in the very act leaves its letter `unsure`.
"""

from __future__ import annotations

import datetime
import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_noop

from thidua_web.notices.letters import message_of
from thidua_web.notices.models import Letter, LetterState, PostOffice
from thidua_web.notices.queries import THE_OFFICE

Clock = Callable[[], datetime.datetime]
HOLD = datetime.timedelta(minutes=1)
LONGEST_WAIT = datetime.timedelta(days=3)
# How long after the first, second… failure it is tried again; from then on the last of them.
PAUSES = tuple(datetime.timedelta(seconds=seconds) for seconds in (30, 60, 120, 300, 600))
# A letter that a server that answers puts off so often is given up.
MOST_TRIES = 8
TOO_OLD = gettext_noop("Không gửi được trong ba ngày")


def send_waiting(*, clock: Clock) -> int:
    """Send what is due. Returns how many went out; 0 where another sends just now, or the server is away."""
    if not _take_office(clock()):
        return 0
    try:
        return _send_all(clock)
    finally:
        PostOffice.objects.filter(pk=THE_OFFICE).update(held_until=None)


def _take_office(now: datetime.datetime) -> bool:
    PostOffice.objects.get_or_create(pk=THE_OFFICE)
    free = Q(held_until__isnull=True) | Q(held_until__lt=now)
    due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    taken = bool(PostOffice.objects.filter(free, due, pk=THE_OFFICE).update(held_until=now + HOLD))
    if taken:
        # Whoever held it before was killed: of what was in hand nobody knows.
        Letter.objects.filter(state=LetterState.SENDING).update(state=LetterState.UNSURE, settled_at=now)
    return taken


def _send_all(clock: Clock) -> int:
    now = clock()
    old = _waiting().filter(made_at__lt=now - LONGEST_WAIT)
    old.update(state=LetterState.GIVEN_UP, settled_at=now, answer=TOO_OLD)
    if not _due(now).exists():
        return 0
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _note_failure(error, clock())
        return 0
    try:
        return _send_over(connection, clock)
    finally:
        connection.close()


def _send_over(connection: Any, clock: Clock) -> int:
    """Until nothing is due or the connection breaks."""
    sent = 0
    for key in list(_due(clock()).order_by("id").values_list("pk", flat=True)):
        outcome = _send_one(key, connection, clock)
        if outcome is None:
            break
        sent += outcome
        PostOffice.objects.filter(pk=THE_OFFICE).update(held_until=clock() + HOLD)
    return sent


def _send_one(key: int, connection: Any, clock: Clock) -> bool | None:
    """Whether it went out; None where the connection is gone."""
    letter = Letter.objects.select_related("user", "notice").get(pk=key)
    message = message_of(letter)
    if message is None:
        _settle(key, LetterState.NEEDLESS, clock())
        return False
    if not _waiting().filter(pk=key).update(state=LetterState.SENDING, tries=F("tries") + 1):
        return False
    try:
        _hand_over(message, connection)
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        if not isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
            _put_off(key, letter.tries + 1, error, clock())
            _note_failure(error, clock())
            return None
        _refused(key, letter.tries + 1, error, clock())
        return False
    _settle(key, LetterState.SENT, clock())
    PostOffice.objects.filter(pk=THE_OFFICE).update(
        last_sent_at=clock(), failures=0, failing_since=None, next_try_at=None, answer=""
    )
    return True


def _hand_over(message: EmailMultiAlternatives, connection: Any) -> None:
    message.connection = connection
    message.send()


def _refused(key: int, tries: int, error: Exception, now: datetime.datetime) -> None:
    """The server answered: for now (4xx) or for good (5xx)."""
    if _code(error) >= 500 or tries >= MOST_TRIES:
        _settle(key, LetterState.REFUSED, now, describe(error))
    else:
        _put_off(key, tries, error, now)


def _put_off(key: int, tries: int, error: Exception, now: datetime.datetime) -> None:
    later = now + PAUSES[min(tries, len(PAUSES)) - 1]
    Letter.objects.filter(pk=key).update(state=LetterState.WAITING, next_try_at=later, answer=describe(error))


def _settle(key: int, state: LetterState, now: datetime.datetime, answer: str = "") -> None:
    Letter.objects.filter(pk=key).update(state=state, settled_at=now, answer=answer)


def _note_failure(error: Exception, now: datetime.datetime) -> None:
    office = PostOffice.objects.get(pk=THE_OFFICE)
    office.failures += 1
    office.failing_since = office.failing_since or now
    office.next_try_at = now + PAUSES[min(office.failures, len(PAUSES)) - 1]
    office.answer = describe(error)
    office.save(update_fields=["failures", "failing_since", "next_try_at", "answer"])


def describe(error: Exception) -> str:
    """The kind of failure and the server's code; never its words, which may quote an address."""
    code = _code(error)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _code(error: Exception) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _ in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _waiting() -> QuerySet[Letter]:
    return Letter.objects.filter(state=LetterState.WAITING)


def _due(now: datetime.datetime) -> QuerySet[Letter]:
    return _waiting().filter(next_try_at__lte=now)


def is_due(now: datetime.datetime) -> bool:
    """Whether somebody should begin to send: cheap, asked every few seconds."""
    if not _due(now).exists() and not Letter.objects.filter(state=LetterState.SENDING).exists():
        return False
    office = PostOffice.objects.filter(pk=THE_OFFICE).first()
    if office is None:
        office, _ = PostOffice.objects.get_or_create(pk=THE_OFFICE)
    held = office.held_until is not None and office.held_until >= now
    return not held and (office.next_try_at is None or office.next_try_at <= now)
