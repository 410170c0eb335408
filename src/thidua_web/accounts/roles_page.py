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
    Role.CLERK: _("Lo việc thi đua hằng ngày của đơn vị: nộp, đối chiếu, trình kế hoạch; ghi việc đã làm; danh bạ."),
    Role.HEAD: _("Đứng tên cho đơn vị: phát động hoặc trả lại; xem nhật ký."),
    Role.APPRAISER: _("Chuẩn bị kế hoạch ở cơ quan thường trực và xem của mọi đơn vị cấp dưới."),
    Role.COUNCIL_SECRETARY: _("Theo dõi phong trào giúp Hội đồng và ghi khen thưởng đã có."),
    Role.CHAIR: _("Chủ tịch Hội đồng Thi đua - Khen thưởng: theo dõi phong trào và khen thưởng."),
    Role.MEMBER: _("Ủy viên Hội đồng: theo dõi phong trào và khen thưởng."),
    Role.BLOC_HEAD: _("Trưởng cụm, khối: theo dõi phong trào và khen thưởng."),
    Role.AUDITOR: _("Xem mọi hồ sơ và nhật ký của đơn vị và cấp dưới, không ghi được gì."),
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
