"""Every read of notices."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count

from thidua_web.accounts.models import User
from thidua_web.notices.kinds import BY_MAIL, Group
from thidua_web.notices.models import Letter, LetterState, Notice, NoticeChoice, PostOffice

MOST_UNREAD = 200
ON_A_PAGE = 30
THE_OFFICE = 1


def unread_count(user: User) -> int:
    return Notice.objects.filter(user=user, read_at__isnull=True).count()


def unread(user: User) -> list[Notice]:
    return list(Notice.objects.filter(user=user, read_at__isnull=True).order_by("-id")[:MOST_UNREAD])


def read(user: User, *, before: int | None) -> tuple[list[Notice], bool]:
    """A page of what was read, the newest first, and whether there is more."""
    rows = Notice.objects.filter(user=user, read_at__isnull=False).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows[: ON_A_PAGE + 1])
    return page[:ON_A_PAGE], len(page) > ON_A_PAGE


def own_notice(notice_id: int, user: User) -> Notice | None:
    return Notice.objects.filter(pk=notice_id, user=user).first()


def choices_of(user: User) -> Mapping[str, str]:
    chosen = dict(NoticeChoice.objects.filter(user=user).values_list("group", "how"))
    return {group.value: chosen.get(group.value, BY_MAIL[group]) for group in Group}


def post_office() -> PostOffice:
    return PostOffice.objects.filter(pk=THE_OFFICE).first() or PostOffice(pk=THE_OFFICE)


def letter_counts() -> Mapping[str, int]:
    return dict(Letter.objects.order_by().values_list("state").annotate(n=Count("pk")))


def oldest_waiting() -> Letter | None:
    return Letter.objects.filter(state=LetterState.WAITING).order_by("made_at").first()


def letters_standing() -> list[Letter]:
    """Those that will not go out by themselves, the newest first."""
    return list(Letter.objects.filter(state__in=Letter.STANDING).select_related("user", "notice").order_by("-id")[:100])


def letter(letter_id: int) -> Letter | None:
    return Letter.objects.filter(pk=letter_id).first()
