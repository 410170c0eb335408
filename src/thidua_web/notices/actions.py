"""Every write to notices. Said again, nothing is said twice."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction

from thidua_web.accounts.models import User
from thidua_web.config.queue import enqueue
from thidua_web.notices.kinds import BY_MAIL, KINDS, Group, say
from thidua_web.notices.models import How, Letter, LetterState, Notice, NoticeChoice

SEND_LETTERS = "thidua_web.notices.tasks.send_letters"
CHUNK = 500


class Told(NamedTuple):
    """What one person is told; `key` names what it is about, `href` is an address of this site."""

    user_id: int
    params: Mapping[str, Any]
    href: str
    key: str


def notify(  # noqa: PLR0913 - what a notice is
    users: Iterable[int], kind: str, params: Mapping[str, Any], *, href: str, key: str, at: datetime.datetime
) -> int:
    """Tell these users (by number) the same. Returns how many had not been told."""
    return notify_each((Told(user, params, href, key) for user in sorted(set(users))), kind, at=at)


@transaction.atomic
def notify_each(told: Iterable[Told], kind: str, *, at: datetime.datetime) -> int:
    """Tell each their own. A fixed number of queries for every 500; letters are queued with them, or not at all."""
    new = 0
    for rows in _chunks({(row.user_id, row.key): row for row in told}):
        new += _tell(rows, kind, at)
    return new


def _chunks(rows: Mapping[tuple[int, str], Told]) -> Iterator[list[Told]]:
    values = list(rows.values())
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def _tell(rows: list[Told], kind: str, at: datetime.datetime) -> int:
    users, keys = {row.user_id for row in rows}, {row.key for row in rows}
    there = Notice.objects.filter(user__in=users, key__in=keys)
    known = set(there.values_list("user_id", "key"))
    new = [row for row in rows if (row.user_id, row.key) not in known]
    if not new:
        return 0
    ways = _ways(kind, {row.user_id for row in new})
    notices = [_notice(row, kind, ways[row.user_id], at) for row in new]
    # Somebody who says the same at this very moment comes first or last; either way it stands there once.
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    if How.AT_ONCE in ways.values():
        _write_letters(users, keys, at)
    return len(new)


def _notice(row: Told, kind: str, how: str, at: datetime.datetime) -> Notice:
    say(kind, row.params)  # a place in the words without its value is found here, not by the reader
    return Notice(
        user_id=row.user_id,
        kind=kind,
        params=dict(row.params),
        href=row.href,
        key=row.key,
        how=how,
        at=at,
        told_at=at if how == How.AT_ONCE else None,
    )


def _ways(kind: str, users: Collection[int]) -> dict[int, str]:
    """How each wants it by mail; who has no address gets none."""
    group = KINDS[kind].group
    ways = dict.fromkeys(users, BY_MAIL[group])
    ways |= dict(NoticeChoice.objects.filter(user__in=users, group=group).values_list("user_id", "how"))
    if KINDS[kind].always:
        ways = dict.fromkeys(users, How.AT_ONCE.value)
    if not settings.EMAIL_HOST:
        return dict.fromkeys(users, How.NONE.value)
    without = set(User.objects.filter(pk__in=users, email="").values_list("pk", flat=True))
    return {user: How.NONE.value if user in without else how for user, how in ways.items()}


def _write_letters(users: Collection[int], keys: Collection[str], at: datetime.datetime) -> None:
    rows = Notice.objects.filter(user__in=users, key__in=keys, how=How.AT_ONCE, letter__isnull=True)
    letters = [
        Letter(user_id=user, notice_id=notice, made_at=at, next_try_at=at)
        for notice, user in rows.values_list("pk", "user_id")
    ]
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    if letters:
        enqueue(SEND_LETTERS)


def settle(*, keys: Collection[str], at: datetime.datetime) -> int:
    """What these were about is done: nobody need read or be sent them any more."""
    return Notice.objects.filter(key__in=keys, read_at__isnull=True).update(read_at=at)


def mark_read(*, notice: Notice, at: datetime.datetime) -> None:
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)


def mark_all_read(*, user: User, upto: int, at: datetime.datetime) -> int:
    """What was on the page; what came since stays unread."""
    return Notice.objects.filter(user=user, pk__lte=upto, read_at__isnull=True).update(read_at=at)


@transaction.atomic
def choose(*, user: User, choices: Mapping[Group, How]) -> None:
    """How each group comes by mail from now on; what waits for the daily letter follows."""
    rows = [NoticeChoice(user=user, group=group, how=how) for group, how in choices.items()]
    NoticeChoice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "group"], update_fields=["how"]
    )
    waiting = Notice.objects.filter(user=user, read_at__isnull=True, told_at__isnull=True)
    for group, how in choices.items():
        kinds = [name for name, kind in KINDS.items() if kind.group == group]
        later = How.DAILY if how != How.NONE else How.NONE
        waiting.filter(kind__in=kinds).exclude(how=later).update(how=later)


def send_again(*, letter: Letter, at: datetime.datetime) -> bool:
    """Somebody who knows that it did not arrive has it sent once more. False where it is on its way or was sent."""
    standing = Letter.objects.filter(pk=letter.pk, state__in=Letter.STANDING)
    waiting = standing.update(state=LetterState.WAITING, next_try_at=at, made_at=at, tries=0, settled_at=None)
    if waiting:
        enqueue(SEND_LETTERS)
    return bool(waiting)


def send_all_again(*, at: datetime.datetime) -> int:
    """Everything that was refused or given up; not what may have arrived. Returns how many letters."""
    standing = Letter.objects.filter(state__in=(LetterState.REFUSED, LetterState.GIVEN_UP))
    waiting = standing.update(state=LetterState.WAITING, next_try_at=at, made_at=at, tries=0, settled_at=None)
    if waiting:
        enqueue(SEND_LETTERS)
    return waiting


def remove_old(*, before: datetime.datetime) -> int:
    """Notices that were read before then, with their letters."""
    Letter.objects.filter(day__isnull=False, settled_at__lt=before).delete()
    return Notice.objects.filter(read_at__lt=before).delete()[0]
