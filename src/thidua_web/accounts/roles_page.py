"""The one screen of who may do what: every permission by every role, and what each role is for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from thidua_web.accounts.access import PERMISSIONS, Access, Role

PURPOSES: dict[Role, Promise] = {
    Role.CLERK: _("Lo việc thi đua hằng ngày của đơn vị: nộp và đối chiếu kế hoạch, trình, theo dõi, giữ danh bạ."),
    Role.HEAD: _("Đứng tên cho đơn vị: phát động, trả lại, ký; xem được nhật ký."),
    Role.APPRAISER: _("Thẩm định hồ sơ của cấp dưới và chuẩn bị kế hoạch ở cơ quan thường trực."),
    Role.COUNCIL_SECRETARY: _("Lo việc của Hội đồng: giấy mời, biên bản, kết quả; ghi khen thưởng đã có."),
    Role.CHAIR: _("Chủ trì Hội đồng và ký kết quả của Hội đồng."),
    Role.MEMBER: _("Xem hồ sơ đưa ra Hội đồng và bỏ phiếu."),
    Role.BLOC_HEAD: _("Điều hành cụm, khối thi đua: chấm điểm, xếp hạng."),
    Role.AUDITOR: _("Xem mọi hồ sơ và nhật ký, không ghi được gì."),
    Role.ADMINISTRATOR: _("Lo máy và người dùng: mời, giao vai trò, khóa tài khoản, giữ danh bạ; không xem hồ sơ."),
}


@dataclass(frozen=True)
class Column:
    """A role; `places` are the own units in which it is held today, with who lent it."""

    role: Role
    purpose: Promise
    places: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    label: Promise
    below: bool
    allowed: tuple[tuple[Column, bool], ...]


def columns(access: Access) -> list[Column]:
    return [
        Column(role, PURPOSES[role], tuple(post.unit.name for post in access.posts if post.role == role))
        for role in Role
    ]


def lines(shown: Collection[Column]) -> list[Line]:
    return [
        Line(one.label, one.below, tuple((column, column.role in one.roles) for column in shown))
        for one in PERMISSIONS.values()
    ]


@require_safe
def permissions(request: HttpRequest) -> HttpResponse:
    shown = columns(request.access)  # type: ignore[attr-defined]
    return render(request, "accounts/permissions.html", {"columns": shown, "lines": lines(shown)})
