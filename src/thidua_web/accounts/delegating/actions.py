"""Every write to delegations. A refusal is a ValidationError by field whose words are for the screen."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from thidua_web.accounts.access import Role
from thidua_web.accounts.delegating.queries import LENDABLE, LONGEST, colleagues
from thidua_web.accounts.managing import letters
from thidua_web.accounts.managing.letters import Period, tell
from thidua_web.accounts.models import Delegation, Membership, User
from thidua_web.journal.actions import record


@transaction.atomic
def lend(  # noqa: PLR0913 - what a delegation is
    *,
    post: Membership,
    to: User,
    first: datetime.date,
    last: datetime.date,
    reason: str,
    by: User,
    at: datetime.datetime,
    on: datetime.date,
) -> Delegation:
    """`by` lends the own role `post` to a colleague from `first` to `last` (both included, at most 90 days).

    Raises ValidationError: a role that is not lent, days that have passed or are too many, a colleague who is none,
    who holds the role, or another one to whom it is lent on one of these days.
    """
    held = Membership.objects.select_for_update(of=("self",)).select_related("unit").get(pk=post.pk, user=by)
    if held.role not in LENDABLE:
        raise ValidationError({"post": gettext("Vai trò này không ủy quyền được.")})
    _refuse_days(held, first, last, on)
    if not colleagues([held.unit], on=max(first, on), but=by).filter(pk=to.pk).exists():
        said = gettext(
            "Người này không làm việc ở đơn vị ấy, cấp trên hay cấp dưới của đơn vị, hoặc không nhận ủy quyền."
        )
        raise ValidationError({"to": said})
    _refuse_held(held, to, first, last)
    _refuse_overlap(held, by, first, last)
    row = Delegation.objects.create(
        giver=by, to=to, unit=held.unit, role=held.role, reason=reason, valid_from=first, valid_to=last, given_at=at
    )
    said_ = {"giver": by.full_name, "role": Role(row.role).label, "unit": row.unit.name}
    tell(to, letters.LENT, **said_, period=Period(first, last))
    _note("delegation.given", row, by, at, {"from": first.isoformat(), "days": (last - first).days + 1})
    return row


def _refuse_days(held: Membership, first: datetime.date, last: datetime.date, on: datetime.date) -> None:
    if first < on:
        raise ValidationError({"first": gettext("Ngày này đã qua: việc đã làm không ủy quyền lùi được.")})
    if last < first:
        raise ValidationError({"last": gettext("Ngày cuối đứng trước ngày bắt đầu.")})
    latest = first + datetime.timedelta(days=LONGEST - 1)
    if last > latest:
        said = gettext("Ủy quyền nhiều nhất %(days)d ngày, ở đây là đến hết %(latest)s.")
        raise ValidationError({"last": said % {"days": LONGEST, "latest": letters.said_of(latest)}})
    if held.valid_from > first:
        said = gettext("Bạn giữ vai trò này từ ngày %(day)s.")
        raise ValidationError({"first": said % {"day": letters.said_of(held.valid_from)}})
    if held.valid_to is not None and held.valid_to < last:
        said = gettext("Bạn chỉ giữ vai trò này đến hết ngày %(day)s.")
        raise ValidationError({"last": said % {"day": letters.said_of(held.valid_to)}})


def _refuse_held(held: Membership, to: User, first: datetime.date, last: datetime.date) -> None:
    same = Membership.objects.filter(user=to, unit=held.unit_id, role=held.role, valid_from__lte=last)
    if same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first)).exists():
        raise ValidationError({"to": gettext("Người này đã giữ chính vai trò ấy ở đơn vị.")})


def _refuse_overlap(held: Membership, by: User, first: datetime.date, last: datetime.date) -> None:
    """One role acts through one person at a time."""
    there = Delegation.objects.filter(
        giver=by, unit=held.unit_id, role=held.role, revoked_at__isnull=True, valid_from__lte=last, valid_to__gte=first
    )
    if row := there.select_related("to").first():
        said = gettext("Vai trò này đã ủy quyền cho %(name)s %(period)s. Hãy thu hồi trước, hoặc chọn ngày khác.")
        raise ValidationError(said % {"name": row.to.full_name, "period": Period(row.valid_from, row.valid_to)})


@transaction.atomic
def take_back(*, delegation: Delegation, by: User, at: datetime.datetime) -> bool:
    """The giver takes the role back, or the other gives it back, at once. False where that was done."""
    rows = Delegation.objects.filter(pk=delegation.pk, revoked_at__isnull=True)
    if not rows.update(revoked_at=at):
        return False
    said = {"giver": delegation.giver.full_name, "role": Role(delegation.role).label, "unit": delegation.unit.name}
    if by.pk == delegation.giver_id:
        tell(delegation.to, letters.TAKEN_BACK, **said)
    else:
        tell(delegation.giver, letters.GIVEN_BACK, **said | {"to": delegation.to.full_name})
    _note("delegation.revoked", delegation, by, at, {})
    return True


def _note(act: str, row: Delegation, by: User, at: datetime.datetime, details: dict[str, object]) -> None:
    record(
        act=act,
        by=by,
        at=at,
        unit_id=row.unit_id,
        subject=("delegation", row.pk),
        label=f"{row.giver.full_name} → {row.to.full_name}",
        details={"role": row.role, "giver": row.giver_id, "to": row.to_id, **details},
    )
