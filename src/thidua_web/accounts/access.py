"""Who may do what, on one screen. What is not listed is not allowed.

A role is held in a unit for a time (`Membership`); a permission is asked for together with the unit of the object.
Strangers to a unit get 404, so that they do not learn what exists; members without the permission get 403.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thidua_web.journal.actions import Actor, Lender
from thidua_web.register.models import Unit
from thidua_web.register.queries.units import Standing, units_above


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
SEEING = EVERYONE - {Role.ADMINISTRATOR}
PREPARERS = frozenset({Role.CLERK, Role.HEAD, Role.APPRAISER})
KEEPERS = frozenset({Role.CLERK, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Permission:
    """The roles that have it; `below`: also in every unit below the one in which the role is held."""

    label: Promise
    roles: frozenset[Role]
    below: bool = False


PERMISSIONS: dict[str, Permission] = {
    "plan.see": Permission(_("Xem kế hoạch"), SEEING, below=True),
    "plan.upload": Permission(_("Nộp kế hoạch, bản sửa đổi"), PREPARERS),
    "plan.stop_reading": Permission(_("Dừng đọc kế hoạch"), PREPARERS),
    "plan.read_again": Permission(_("Đọc lại kế hoạch"), PREPARERS),
    "plan.download": Permission(_("Tải tệp gốc và kết quả đọc"), SEEING, below=True),
    "plan.review": Permission(_("Đối chiếu kế hoạch"), PREPARERS),
    "campaign.see": Permission(_("Xem phong trào"), SEEING, below=True),
    "campaign.prepare": Permission(_("Trình phát động"), PREPARERS),
    "campaign.launch": Permission(_("Phát động, trả lại"), frozenset({Role.HEAD})),
    "campaign.answer": Permission(_("Ấn định ngày để ngỏ"), PREPARERS),
    "duty.mark": Permission(_("Ghi việc đã làm"), frozenset({Role.CLERK, Role.HEAD})),
    "deployment.see": Permission(_("Xem bảng triển khai"), SEEING, below=True),
    "deployment.act": Permission(_("Xác nhận đã nhận, đã phát động"), frozenset({Role.CLERK, Role.HEAD})),
    "pledge.see": Permission(_("Xem đăng ký thi đua"), SEEING, below=True),
    "pledge.edit": Permission(_("Soạn đăng ký thi đua"), frozenset({Role.CLERK, Role.HEAD})),
    "pledge.submit": Permission(_("Gửi đăng ký thi đua"), frozenset({Role.CLERK, Role.HEAD})),
    "pledge.decide": Permission(_("Chấp nhận, trả lại đăng ký của cấp dưới"), PREPARERS),
    "report.see": Permission(_("Xem báo cáo"), SEEING, below=True),
    "report.edit": Permission(_("Soạn báo cáo, nộp minh chứng"), frozenset({Role.CLERK, Role.HEAD})),
    "report.sign": Permission(_("Ký gửi báo cáo"), frozenset({Role.HEAD})),
    "report.return": Permission(_("Trả lại báo cáo của cấp dưới"), PREPARERS),
    "bloc.see": Permission(_("Xem cụm, khối thi đua"), EVERYONE, below=True),
    "bloc.edit": Permission(_("Lập, sửa cụm, khối thi đua"), frozenset({Role.CLERK, Role.APPRAISER})),
    "score.see": Permission(_("Xem chấm điểm"), SEEING, below=True),
    "score.own": Permission(_("Tự chấm điểm đơn vị mình"), frozenset({Role.CLERK, Role.HEAD})),
    "score.peer": Permission(_("Chấm chéo trong cụm, khối"), frozenset({Role.CLERK, Role.HEAD, Role.BLOC_HEAD})),
    "score.standing": Permission(_("Chấm điểm thường trực"), frozenset({Role.CLERK, Role.APPRAISER})),
    "score.lead": Permission(_("Mở, chuyển bước chấm điểm"), frozenset({Role.APPRAISER, Role.HEAD})),
    "score.assign": Permission(_("Phân công chấm chéo"), frozenset({Role.APPRAISER, Role.HEAD, Role.BLOC_HEAD})),
    "score.publish": Permission(_("Công bố, khóa kết quả chấm điểm"), frozenset({Role.HEAD})),
    "calendar.subscribe": Permission(_("Đăng ký lịch"), SEEING - {Role.AUDITOR}),
    "unit.see": Permission(_("Xem đơn vị"), EVERYONE, below=True),
    "unit.edit": Permission(_("Lập, sửa đơn vị"), KEEPERS, below=True),
    "unit.reform": Permission(_("Sắp xếp lại đơn vị"), frozenset({Role.ADMINISTRATOR}), below=True),
    "person.see": Permission(_("Xem người, hộ gia đình"), EVERYONE, below=True),
    "person.edit": Permission(_("Thêm, sửa người, hộ gia đình; gộp, tách người"), KEEPERS, below=True),
    "person.sensitive": Permission(
        _("Xem, sửa dữ liệu nhạy cảm"), frozenset({Role.CLERK, Role.HEAD, Role.APPRAISER}), below=True
    ),
    "rating.see": Permission(_("Xem xếp loại hằng năm"), SEEING, below=True),
    "rating.edit": Permission(_("Ghi xếp loại hằng năm"), frozenset({Role.CLERK}), below=True),
    "award.see": Permission(_("Xem khen thưởng đã có"), SEEING, below=True),
    "award.edit": Permission(_("Ghi khen thưởng đã có"), frozenset({Role.CLERK, Role.COUNCIL_SECRETARY}), below=True),
    "fact.see": Permission(_("Xem dữ kiện xét khen thưởng"), SEEING, below=True),
    "fact.edit": Permission(_("Ghi, rút dữ kiện xét khen thưởng"), frozenset({Role.CLERK}), below=True),
    "fact.sensitive": Permission(_("Xem kỷ luật, thanh tra, khiếu nại"), PREPARERS, below=True),
    "eligibility.see": Permission(_("Xem ai có thể được đề nghị"), PREPARERS, below=True),
    "nomination.see": Permission(_("Xem hồ sơ đề nghị khen thưởng"), SEEING, below=True),
    "nomination.edit": Permission(_("Lập hồ sơ, ghi họp xét, trình lãnh đạo"), frozenset({Role.CLERK, Role.HEAD})),
    "nomination.submit": Permission(_("Ký trình, rút đề nghị"), frozenset({Role.HEAD})),
    "nomination.round": Permission(_("Mở, đóng đợt nhận hồ sơ"), PREPARERS),
    "nomination.except": Permission(_("Cho phép trình ngoại lệ"), frozenset({Role.HEAD})),
    "appraisal.see": Permission(
        _("Xem bàn thẩm định"), frozenset({Role.APPRAISER, Role.HEAD, Role.COUNCIL_SECRETARY, Role.AUDITOR})
    ),
    "appraisal.act": Permission(_("Tiếp nhận, trả lại, kết luận hồ sơ"), frozenset({Role.APPRAISER})),
    "appraisal.agree": Permission(_("Đồng ý thay đổi kết quả xét"), frozenset({Role.APPRAISER, Role.HEAD})),
    "appraisal.sign": Permission(_("Ký danh sách kết quả thẩm định"), frozenset({Role.HEAD})),
    "consultation.answer": Permission(_("Trả lời lấy ý kiến"), frozenset({Role.CLERK, Role.HEAD})),
    "objection.handle": Permission(_("Xem, xử lý ý kiến phản ánh"), frozenset({Role.APPRAISER, Role.HEAD})),
    "conflict.declare": Permission(
        _("Khai xung đột lợi ích với hồ sơ khen thưởng"),
        frozenset({Role.APPRAISER, Role.HEAD, Role.COUNCIL_SECRETARY, Role.CHAIR, Role.MEMBER}),
    ),
    "account.manage": Permission(_("Mời, giao vai trò, khóa tài khoản"), frozenset({Role.ADMINISTRATOR}), below=True),
    "delegation.give": Permission(_("Ủy quyền vai trò của mình"), SEEING - {Role.AUDITOR}),
    "mail.see": Permission(_("Xem tình trạng gửi thư"), frozenset({Role.ADMINISTRATOR})),
    "journal.see": Permission(_("Xem nhật ký"), frozenset({Role.AUDITOR, Role.HEAD}), below=True),
}


@dataclass(frozen=True)
class Post:
    """One role of the signed-in user in one unit, valid today; `lender` where another person delegated it."""

    unit: Unit
    role: Role
    lender: Lender | None = None

    @property
    def given_by(self) -> str:
        return self.lender.full_name if self.lender else ""


def _alone(unit_id: int) -> Standing:
    return Standing(frozenset({unit_id}), frozenset())


def _key(unit: Unit | int) -> int:
    return unit.pk if isinstance(unit, Unit) else unit


def _nothing() -> Mapping[int, int]:
    return {}


@dataclass(frozen=True)
class Access:
    """What the signed-in user may do today. `current` is the unit chosen in the page's head, None without any post.

    `inherits` gives the ended units whose work goes on in one of the own units, `standing` says where any unit stands;
    both ask the database, so they are asked only where the own posts do not answer. `actor` is told by `require` whose
    role it is that lets them in, so that the journal can say it.
    """

    posts: tuple[Post, ...] = ()
    current: Unit | None = None
    inherits: Callable[[], Mapping[int, int]] = _nothing
    standing: Callable[[int], Standing] = _alone
    actor: Actor | None = field(default=None, compare=False, repr=False)

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple({post.unit.pk: post.unit for post in self.posts}.values())

    @property
    def roles_here(self) -> tuple[Role, ...]:
        return tuple(post.role for post in self.posts if post.unit == self.current)

    @property
    def posts_here(self) -> tuple[Post, ...]:
        return tuple(post for post in self.posts if post.unit == self.current)

    @property
    def sees_plans(self) -> bool:
        return self.may_here("plan.see")

    @property
    def sees_units(self) -> bool:
        return bool(self.paths("unit.see"))

    @property
    def sees_blocs(self) -> bool:
        return bool(self.paths("bloc.see"))

    @property
    def sees_scorings(self) -> bool:
        return bool(self.paths("score.see"))

    @property
    def sees_people(self) -> bool:
        return bool(self.paths("person.see"))

    @property
    def sees_eligibility(self) -> bool:
        return bool(self.paths("eligibility.see"))

    @property
    def sees_nominations(self) -> bool:
        return bool(self.paths("nomination.see"))

    @property
    def sees_appraisal(self) -> bool:
        return self.may_here("appraisal.see")

    @property
    def handles_objections(self) -> bool:
        return self.may_here("objection.handle")

    @property
    def reforms_units(self) -> bool:
        return bool(self.paths("unit.reform"))

    @property
    def manages_accounts(self) -> bool:
        return bool(self.paths("account.manage"))

    @property
    def lends_roles(self) -> bool:
        return bool(self.paths("delegation.give"))

    @property
    def lent_here(self) -> tuple[Post, ...]:
        """Roles in the current unit that are somebody else's."""
        return tuple(post for post in self.posts_here if post.lender)

    @property
    def sees_journal(self) -> bool:
        return self.may_here("journal.see")

    def may_here(self, permission: str) -> bool:
        return self.may(permission, self.current)

    def may(self, permission: str, unit: Unit | int | None) -> bool:
        """In the unit itself or, where the permission reaches below, from a unit above it.

        Of a unit at hand that nobody goes on for, the database is not asked: its path says where it stands.
        """
        return self._may(self.posts, permission, unit)

    def _may(self, posts: Collection[Post], permission: str, unit: Unit | int | None) -> bool:
        if unit is None:
            return False
        allowed = PERMISSIONS[permission]
        holding = {post.unit.pk for post in posts if post.role in allowed.roles}
        if not holding or _key(unit) in holding or self._heir(unit) in holding:
            return bool(holding)
        return allowed.below and not holding.isdisjoint(self._above(unit))

    def _heir(self, unit: Unit | int) -> int | None:
        """Which of the own units goes on for it."""
        return None if isinstance(unit, Unit) and unit.heir_id is None else self.inherits().get(_key(unit))

    def _above(self, unit: Unit | int) -> Collection[int]:
        if isinstance(unit, Unit) and unit.heir_id is None:
            return units_above(unit)
        return self.standing(_key(unit)).above

    def require(self, permission: str, unit: Unit | int | None) -> None:
        """Http404 for a stranger to the unit and to those above it, PermissionDenied for a member who may not."""
        if self.may(permission, unit):
            if self.actor is not None:
                self.actor.acts_for = self.lender(permission, unit)
            return
        if unit is None or self._is_stranger(unit):
            raise Http404
        raise PermissionDenied(permission)

    def lender(self, permission: str, unit: Unit | int | None) -> Lender | None:
        """Who lent the role that allows it; None where a role of one's own does."""
        lent = [post for post in self.posts if post.lender]
        if not lent or self._may([post for post in self.posts if not post.lender], permission, unit):
            return None
        return next((post.lender for post in lent if self._may([post], permission, unit)), None)

    def _is_stranger(self, unit: Unit | int) -> bool:
        places = {place.pk for place in self.units}
        if _key(unit) in places or self._heir(unit) is not None:
            return False
        return places.isdisjoint(self._above(unit))

    def ids(self, permission: str) -> frozenset[int]:
        """Own units in which the permission is held, and the ended ones that they go on for."""
        holding = {post.unit.pk for post in self.posts if post.role in PERMISSIONS[permission].roles}
        return frozenset(holding | {ended for ended, heir in self.inherits().items() if heir in holding})

    def reach(self, permission: str) -> QuerySet[Unit]:
        """Every unit for which the permission is held, ended ones too: for lists."""
        if not PERMISSIONS[permission].below:
            return Unit.objects.filter(pk__in=self.ids(permission))
        return Unit.objects.within(self.paths(permission))

    def may_in(self, permission: str, unit: Unit) -> bool:
        """As `may`, for a unit at hand: it asks the database nothing, and leaves out what was inherited."""
        held = [post.unit for post in self.posts if post.role in PERMISSIONS[permission].roles]
        below = PERMISSIONS[permission].below
        return unit in held or (below and any(unit.path.startswith(top.path) for top in held))

    def at_the_top(self, permission: str) -> bool:
        """Held in a unit that stands under none: what belongs to no unit is seen from there."""
        return any(post.unit.parent_id is None for post in self.posts if post.role in PERMISSIONS[permission].roles)

    def paths(self, permission: str) -> list[str]:
        """Paths of the own units in which the permission is held: `Unit.objects.within(paths)` is its whole reach."""
        return sorted({post.unit.path for post in self.posts if post.role in PERMISSIONS[permission].roles})
