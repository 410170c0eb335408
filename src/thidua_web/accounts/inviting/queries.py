"""Every read of invitations."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.vietnamese.folding import search_key
from thidua_web.accounts.inviting.reading import Guest
from thidua_web.accounts.inviting.tokens import digest_of
from thidua_web.accounts.models import Invitation, User
from thidua_web.register.models import Person, Unit

ON_A_PAGE = 50
MOST_PEOPLE = 300
OWN = _("Đây là địa chỉ của chính bạn: không ai tự giao vai trò cho mình.")


class InvitationState(models.TextChoices):
    """Where an invitation stands; the order is that of the page."""

    REFUSED = "refused", _("Không gửi được")
    WAITING = "waiting", _("Chờ nhận")
    EXPIRED = "expired", _("Hết hạn")
    ACCEPTED = "accepted", _("Đã nhận")
    REVOKED = "revoked", _("Đã thu hồi")


@dataclass(frozen=True)
class InvitationPage:
    rows: Sequence[Invitation]
    total: int
    page: int
    pages: int


def state_of(row: Invitation, at: datetime.datetime) -> InvitationState:
    if row.accepted_at is not None:
        return InvitationState.ACCEPTED
    if row.revoked_at is not None:
        return InvitationState.REVOKED
    if row.expires_at <= at:
        return InvitationState.EXPIRED
    return InvitationState.REFUSED if row.refusal else InvitationState.WAITING


def _in_state(state: str, at: datetime.datetime) -> Q:
    open_ = Q(accepted_at__isnull=True, revoked_at__isnull=True)
    return (
        {
            InvitationState.ACCEPTED: Q(accepted_at__isnull=False),
            InvitationState.REVOKED: Q(accepted_at__isnull=True, revoked_at__isnull=False),
            InvitationState.EXPIRED: open_ & Q(expires_at__lte=at),
            InvitationState.REFUSED: open_ & Q(expires_at__gt=at) & ~Q(refusal=""),
            InvitationState.WAITING: open_ & Q(expires_at__gt=at, refusal=""),
        }.get(InvitationState(state), Q())
        if state
        else Q()
    )


def within(paths: list[str]) -> QuerySet[Invitation]:
    wanted = Q(pk__in=())
    for path in paths:
        wanted |= Q(unit__path__startswith=path)
    return Invitation.objects.filter(wanted)


def invitations(paths: list[str], *, state: str, words: str, page: int, at: datetime.datetime) -> InvitationPage:
    """The newest first."""
    rows = within(paths).filter(_in_state(state, at))
    for word in search_key(words).split()[:8]:
        rows = rows.filter(folded__contains=word)
    total = rows.count()
    pages = max(1, -(-total // ON_A_PAGE))
    page = min(max(1, page), pages)
    start = (page - 1) * ON_A_PAGE
    shown = rows.select_related("unit", "by", "accepted_by")[start : start + ON_A_PAGE]
    return InvitationPage(list(shown), total, page, pages)


def invitation(invitation_id: int) -> Invitation | None:
    return Invitation.objects.filter(pk=invitation_id).select_related("unit").first()


def by_token(token: str) -> Invitation | None:
    return Invitation.objects.filter(digest=digest_of(token)).select_related("unit", "by").first()


def holder_of(email: str) -> User | None:
    """Whose confirmed address this is."""
    row = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    return row.user if row else None


def is_own(email: str, user: User) -> bool:
    own = {user.email.casefold(), *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
    return email.casefold() in own


def already_invited(guests: Sequence[Guest], *, at: datetime.datetime) -> dict[tuple[str, str, int], Invitation]:
    """Open invitations of the same address for the same role in the same unit, by the key of the guest."""
    rows = Invitation.objects.filter(
        _in_state(InvitationState.WAITING, at), email__in={guest.email for guest in guests}
    )
    return {(row.email.casefold(), row.role, row.unit_id): row for row in rows}


def people_to_invite(unit: Unit, words: str) -> list[Person]:
    """The unit's people of the register who have no account and no open invitation, by name."""
    rows = Person.objects.filter(unit=unit, merged_into__isnull=True, user__isnull=True)
    for word in search_key(words).split()[:8]:
        rows = rows.filter(folded__contains=word)
    return list(rows.order_by("sort_text", "id")[:MOST_PEOPLE])


def free_username(wish: str) -> str:
    """`wish`, or with a number after it where somebody has it."""
    taken = {
        name.lower() for name in User.objects.filter(username__istartswith=wish).values_list("username", flat=True)
    }
    if wish.lower() not in taken:
        return wish
    return next(f"{wish}{number}" for number in range(2, len(taken) + 3) if f"{wish}{number}".lower() not in taken)
