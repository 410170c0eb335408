"""Who may do what, on one screen. What is not listed is not allowed.

A role is held in a unit for a time (`Membership`); a permission is asked for together with the unit of the object.
Strangers to a unit get 404, so that they do not learn what exists; members without the permission get 403.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from thidua_web.register.models import Unit


class Role(models.TextChoices):
    CLERK = "clerk", _("Chuyên viên thi đua")
    HEAD = "head", _("Lãnh đạo đơn vị")
    APPRAISER = "appraiser", _("Chuyên viên thẩm định")
    COUNCIL_SECRETARY = "council_secretary", _("Thư ký Hội đồng")
    CHAIR = "chair", _("Chủ tịch Hội đồng")
    MEMBER = "member", _("Ủy viên Hội đồng")
    BLOC_HEAD = "bloc_head", _("Trưởng cụm, khối thi đua")
    AUDITOR = "auditor", _("Người kiểm tra")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


EVERYONE = frozenset(Role)
PREPARERS = frozenset({Role.CLERK, Role.HEAD, Role.APPRAISER})

PERMISSIONS: dict[str, frozenset[Role]] = {
    "plan.see": EVERYONE - {Role.ADMINISTRATOR},
    "plan.upload": PREPARERS,
    "plan.stop_reading": PREPARERS,
    "plan.read_again": PREPARERS,
    "plan.download": EVERYONE - {Role.ADMINISTRATOR},
    "plan.review": PREPARERS,
    "campaign.see": EVERYONE - {Role.ADMINISTRATOR},
    "campaign.prepare": PREPARERS,
    "campaign.launch": frozenset({Role.HEAD}),
    "campaign.answer": PREPARERS,
    "duty.mark": frozenset({Role.CLERK, Role.HEAD}),
    "calendar.subscribe": EVERYONE - {Role.ADMINISTRATOR, Role.AUDITOR},
}


@dataclass(frozen=True)
class Post:
    """One role of the signed-in user in one unit, valid today."""

    unit: Unit
    role: Role


@dataclass(frozen=True)
class Access:
    """What the signed-in user may do today. `current` is the unit chosen in the page's head, None without any post."""

    posts: tuple[Post, ...] = ()
    current: Unit | None = None

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple({post.unit.pk: post.unit for post in self.posts}.values())

    @property
    def roles_here(self) -> tuple[Role, ...]:
        return tuple(post.role for post in self.posts if post.unit == self.current)

    @property
    def sees_plans(self) -> bool:
        return self.current is not None and self.may("plan.see", self.current.pk)

    def may(self, permission: str, unit_id: int | None) -> bool:
        allowed = PERMISSIONS[permission]
        return any(post.unit.pk == unit_id and post.role in allowed for post in self.posts)

    def require(self, permission: str, unit_id: int | None) -> None:
        """Http404 for a stranger to the unit, PermissionDenied for a member who may not."""
        if not any(post.unit.pk == unit_id for post in self.posts):
            raise Http404
        if not self.may(permission, unit_id):
            raise PermissionDenied(permission)
