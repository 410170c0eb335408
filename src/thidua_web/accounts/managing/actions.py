"""Every write to other people's accounts. A refusal is a ValidationError whose words are for the screen."""

from __future__ import annotations

import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import end_sessions, open_account
from thidua_web.accounts.managing import letters
from thidua_web.accounts.managing.letters import Period, tell
from thidua_web.accounts.models import Invitation, Membership, User
from thidua_web.journal.actions import record
from thidua_web.register.models import Unit

ONE_DAY = datetime.timedelta(days=1)
LAST_ADMINISTRATOR = gettext_lazy(
    "Đây là người quản trị cuối cùng của %(unit)s. Hãy giao vai trò quản trị cho một người khác trước."
)


@transaction.atomic
def open_by_command(  # noqa: PLR0913 - what an account is
    *, username: str, full_name: str, email: str, password: str, unit: Unit, role: Role, at: datetime.datetime
) -> User:
    """The first account of a server, or one more, by whoever runs the machine. The address is not confirmed yet.

    Raises ValidationError for a weak password, a name that is taken, or an address that is none.
    """
    user = open_account(
        username=username, full_name=full_name, password=password, unit=unit, role=role, on=timezone.localdate(at)
    )
    if email:
        user.email = email.lower()
        user.full_clean()
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    record(
        act="account.opened",
        by=None,
        at=at,
        unit_id=unit.pk,
        subject=("user", user.pk),
        label=user.full_name,
        details={"role": role.value},
    )
    return user


@transaction.atomic
def give_role(  # noqa: PLR0913 - what a role is
    *,
    user: User,
    unit: Unit,
    role: Role,
    first: datetime.date,
    last: datetime.date | None,
    by: User,
    at: datetime.datetime,
    on: datetime.date,
) -> Membership:
    """The role from `first` to `last` (both included; None: until it is ended). Given again, it stays as it is.

    Raises ValidationError: to oneself, in the past, in a unit that has ended, over days on which it is held already.
    """
    if user.pk == by.pk:
        raise ValidationError(
            gettext("Không ai tự giao vai trò cho mình: việc này phải do một người quản trị khác làm."), code="self"
        )
    same = Membership.objects.filter(user=user, unit=unit, role=role)
    if held := same.filter(valid_from=first, valid_to=last).first():
        return held
    _refuse_days(unit, first, last, on)
    _refuse_overlap(same, first, last)
    given = Membership.objects.create(user=user, unit=unit, role=role, valid_from=first, valid_to=last)
    tell(user, letters.ROLE_GIVEN, role=role.label, unit=unit.name, period=Period(first, last))
    note("role.given", user, by, at, unit_id=unit.pk, **said(given))
    return given


def _refuse_days(unit: Unit, first: datetime.date, last: datetime.date | None, on: datetime.date) -> None:
    if first < on:
        raise ValidationError({"first": gettext("Ngày bắt đầu đã qua. Vai trò được giao từ hôm nay trở đi.")})
    if last is not None and last < first:
        raise ValidationError({"last": gettext("Ngày cuối đứng trước ngày bắt đầu.")})
    if unit.valid_to is not None and unit.valid_to < first:
        raise ValidationError(
            {
                "unit": gettext("%(unit)s đã kết thúc ngày %(day)s.")
                % {"unit": unit.name, "day": f"{unit.valid_to:%d/%m/%Y}"}
            }
        )


def _refuse_overlap(same: QuerySet[Membership], first: datetime.date, last: datetime.date | None) -> None:
    over = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first))
    if last is not None:
        over = over.filter(valid_from__lte=last)
    if held := over.order_by("valid_from").first():
        raise ValidationError(
            gettext("Người này đã giữ vai trò ấy %(period)s.") % {"period": Period(held.valid_from, held.valid_to)}
        )


@transaction.atomic
def end_role(*, membership: Membership, first_without: datetime.date, by: User, at: datetime.datetime) -> bool:
    """From `first_without` the role is held no more. A role that has not begun by then goes as if never given.

    False where it ends before that day anyway. Raises ValidationError for the unit's last administrator.
    """
    every = _administrators() if membership.role == Role.ADMINISTRATOR else []
    row = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("unit", "user")
        .filter(pk=membership.pk)
        .first()
    )
    if row is None or (row.valid_to is not None and row.valid_to < first_without):
        return False
    if row.role == Role.ADMINISTRATOR:
        _keep_one(row, every, first_without)
    if first_without <= row.valid_from:
        row.delete()
    else:
        row.valid_to = first_without - ONE_DAY
        row.save(update_fields=["valid_to"])
    tell(row.user, letters.ROLE_ENDED, role=Role(row.role).label, unit=row.unit.name, day=first_without)
    note("role.ended", row.user, by, at, unit_id=row.unit_id, role=row.role, first_without=first_without.isoformat())
    return True


@transaction.atomic
def lock(*, user: User, by: User, at: datetime.datetime, on: datetime.date, unit_id: int | None = None) -> bool:
    """The account may not sign in; its sessions end, and the invitations it sent out with them. False if it is.

    Raises ValidationError for oneself and for a unit's last administrator.
    """
    if user.pk == by.pk:
        raise ValidationError(gettext("Bạn không thể tự khóa tài khoản của mình."), code="self")
    every = _administrators()
    for row in every:
        if row.user_id == user.pk and row.valid_from <= on <= _until(row):
            _keep_one(row, every, on)
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        return False
    ended = end_sessions(user=user, by=by, at=at, keep=None)
    open_ = Invitation.objects.filter(by=user, accepted_at__isnull=True, revoked_at__isnull=True)
    revoked = open_.update(revoked_at=at)
    tell(user, letters.LOCKED)
    note("account.locked", user, by, at, unit_id=unit_id, sessions=ended, invitations_revoked=revoked)
    return True


@transaction.atomic
def unlock(*, user: User, by: User, at: datetime.datetime, unit_id: int | None = None) -> bool:
    """The account may sign in again. False if it may."""
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        return False
    tell(user, letters.UNLOCKED)
    note("account.unlocked", user, by, at, unit_id=unit_id)
    return True


@transaction.atomic
def reset_second_factor(*, user: User, by: User, at: datetime.datetime, unit_id: int | None = None) -> bool:
    """Somebody lost the telephone: the second factor and its recovery codes go, the sessions end, the person is told.

    False where there is none. Raises ValidationError for oneself: one's own has a page that asks who is there.
    """
    if user.pk == by.pk:
        raise ValidationError(gettext("Xác thực hai bước của chính bạn thì đổi ở trang Tài khoản."), code="self")
    gone, _ = Authenticator.objects.filter(user=user).delete()
    if not gone:
        return False
    ended = end_sessions(user=user, by=by, at=at, keep=None)
    tell(user, letters.SECOND_FACTOR_RESET)
    note("second_factor.reset", user, by, at, unit_id=unit_id, sessions=ended)
    return True


def note(act: str, user: User, by: User, at: datetime.datetime, *, unit_id: int | None, **details: object) -> None:
    record(act=act, by=by, at=at, unit_id=unit_id, subject=("user", user.pk), label=user.full_name, details=details)


def _administrators() -> list[Membership]:
    """Every administrator's role, locked in one order, so that two who end each other take turns."""
    rows = Membership.objects.select_for_update(of=("self",)).filter(role=Role.ADMINISTRATOR)
    return list(rows.select_related("unit", "user").order_by("pk"))


def _keep_one(ending: Membership, every: list[Membership], on: datetime.date) -> None:
    """Somebody else who may sign in holds the role there, or above, on `on` and as long as it would have been held."""
    left = [
        row
        for row in every
        if row.user_id != ending.user_id
        and row.user.is_active
        and ending.unit.path.startswith(row.unit.path)
        and row.valid_from <= on
        and _until(row) >= max(_until(ending), on)
    ]
    if not left:
        raise ValidationError(LAST_ADMINISTRATOR % {"unit": ending.unit.name}, code="last")


def _until(row: Membership) -> datetime.date:
    return row.valid_to or datetime.date.max


def said(row: Membership) -> dict[str, object]:
    """A role as the journal keeps it."""
    last = row.valid_to.isoformat() if row.valid_to else None
    return {"role": row.role, "from": row.valid_from.isoformat(), "to": last}
