"""What people are told of their accounts by mail, in Vietnamese whatever language the administrator reads."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from thidua_web.accounts import mail
from thidua_web.accounts.models import User

ROLE_GIVEN = gettext_lazy("Bạn được giao vai trò %(role)s ở %(unit)s, %(period)s.")
ROLE_ENDED = gettext_lazy("Bạn thôi giữ vai trò %(role)s ở %(unit)s từ ngày %(day)s.")
LOCKED = gettext_lazy("Tài khoản của bạn đã bị khóa. Mọi phiên đăng nhập đã kết thúc.")
UNLOCKED = gettext_lazy("Tài khoản của bạn đã được mở khóa: bạn đăng nhập được như trước.")
SECOND_FACTOR_RESET = gettext_lazy(
    "Xác thực hai bước của tài khoản đã được người quản trị đặt lại. Mọi phiên đăng nhập đã kết thúc. Hãy đăng nhập "
    "bằng mật khẩu rồi thiết lập lại. Nếu bạn không đề nghị việc này, hãy báo ngay cho người quản trị."
)
LENT = gettext_lazy("%(giver)s ủy quyền cho bạn vai trò %(role)s ở %(unit)s %(period)s.")
TAKEN_BACK = gettext_lazy("%(giver)s đã thu hồi việc ủy quyền vai trò %(role)s ở %(unit)s.")
GIVEN_BACK = gettext_lazy("%(to)s đã trả lại vai trò %(role)s ở %(unit)s mà bạn ủy quyền.")


def tell(user: User, text: Promise, **said: Any) -> None:
    """A letter to the person, where the account has an address; sent when the act is kept."""
    if not user.email:
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject = gettext("[Thidua] Tài khoản của bạn")
        body = gettext("Kính gửi %(name)s,\n\n%(text)s\n\nThidua\n") % {
            "name": user.full_name,
            "text": str(text) % {name: said_of(value) for name, value in said.items()},
        }
    mail.send_later(subject=subject, body=body, to=[user.email])


def said_of(value: Any) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, datetime.date) else str(value)


class Period:
    """From a day to a day, said in the language of whoever reads it."""

    def __init__(self, first: datetime.date, last: datetime.date | None) -> None:
        self.first, self.last = first, last

    def __str__(self) -> str:
        days = {"first": said_of(self.first), "last": said_of(self.last) if self.last else ""}
        if self.last is None:
            return gettext("từ ngày %(first)s") % days
        if self.first == self.last:
            return gettext("trong ngày %(first)s") % days
        return gettext("từ ngày %(first)s đến hết ngày %(last)s") % days
