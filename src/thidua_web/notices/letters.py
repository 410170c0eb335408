"""The words of a mail: plain text and simple HTML, in Vietnamese. What is outside, the subject, names nobody."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from thidua_web.accounts.models import User
from thidua_web.notices.kinds import KINDS, say
from thidua_web.notices.models import How, Letter, Notice

MOST_IN_A_LETTER = 50


@dataclass(frozen=True)
class Line:
    text: str
    url: str
    at: datetime.datetime


def message_of(letter: Letter) -> EmailMultiAlternatives | None:
    """None where there is nothing to say any more: it was read meanwhile, or the address is gone."""
    user = letter.user
    if not user.email or not user.is_active:
        return None
    with translation.override("vi"):
        return _notice_letter(letter, letter.notice) if letter.notice else _digest(letter, user)


def _notice_letter(letter: Letter, notice: Notice) -> EmailMultiAlternatives | None:
    if notice.read_at is not None:
        return None
    return _message(letter, str(KINDS[notice.kind].subject), [_line(notice)], left=0)


def _digest(letter: Letter, user: User) -> EmailMultiAlternatives | None:
    """Everything unread that is wanted by mail, the newest first."""
    rows = Notice.objects.filter(user=user, read_at__isnull=True).exclude(how=How.NONE).order_by("-id")
    count = rows.count()
    if not count:
        return None
    subject = ngettext("%(n)s thông báo chưa đọc", "%(n)s thông báo chưa đọc", count) % {"n": count}
    lines = [_line(row) for row in rows[:MOST_IN_A_LETTER]]
    return _message(letter, subject, lines, left=count - len(lines))


def _line(notice: Notice) -> Line:
    return Line(say(notice.kind, notice.params), site(reverse("notices:follow", args=[notice.pk])), notice.at)


def _message(letter: Letter, subject: str, lines: Sequence[Line], *, left: int) -> EmailMultiAlternatives:
    context = {
        "lines": lines,
        "left": left,
        "name": letter.user.full_name,
        "inbox": site(reverse("notices:inbox")),
        "choices": site(reverse("notices:choices")),
    }
    message = EmailMultiAlternatives(
        f"Thidua: {subject}",
        render_to_string("notices/letter.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [letter.user.email],
        headers={"Message-ID": f"<{letter.message_id}@{_domain()}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("notices/letter.html", context), "text/html")
    return message


def site(path: str) -> str:
    return settings.SITE_URL + path


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
