"""Every write to invitations. The token is in the letter alone; here is its digest."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.inviting.queries import OWN, holder_of, is_own
from thidua_web.accounts.inviting.reading import Guest
from thidua_web.accounts.inviting.tokens import digest_of, new_token
from thidua_web.accounts.models import Invitation, Membership, User
from thidua_web.journal.actions import record

LASTS = datetime.timedelta(days=7)
SEND = "thidua_web.accounts.inviting.letters.send"


@transaction.atomic
def invite(*, guests: Iterable[Guest], by: User, at: datetime.datetime, site: str) -> list[Invitation]:
    """Each gets a letter with a link to `site` ("https://thi-dua.gov.vn"). All of them, or none.

    Raises ValidationError for one's own address: an invitation to oneself would be a role given to oneself.
    """
    made = []
    for guest in guests:
        if is_own(guest.email, by):
            raise ValidationError(OWN, code="self")
        token = new_token()
        row = Invitation.objects.create(
            email=guest.email,
            full_name=guest.full_name,
            unit=guest.unit,
            role=guest.role,
            person=guest.person,
            digest=digest_of(token),
            by=by,
            at=at,
            expires_at=at + LASTS,
        )
        _send(row, token, site)
        made.append(row)
    for row in made:
        _note("account.invited", row, by, at)
    return made


@transaction.atomic
def send_again(*, invitation: Invitation, by: User, at: datetime.datetime, site: str) -> bool:
    """A new link, good for another seven days; the one before opens nothing. False once accepted or revoked."""
    row = _open(invitation)
    if row is None:
        return False
    token = new_token()
    row.digest, row.expires_at, row.sent_at, row.refusal = digest_of(token), at + LASTS, None, ""
    row.save(update_fields=["digest", "expires_at", "sent_at", "refusal"])
    _send(row, token, site)
    _note("invitation.sent_again", row, by, at)
    return True


@transaction.atomic
def revoke(*, invitation: Invitation, by: User, at: datetime.datetime) -> bool:
    """Its link opens nothing. False once accepted or revoked."""
    row = _open(invitation)
    if row is None:
        return False
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    _note("invitation.revoked", row, by, at)
    return True


@transaction.atomic
def accept(*, invitation: Invitation, user: User, at: datetime.datetime) -> Membership:
    """The role, from today; the address counts as confirmed. Accepted again by the same person, nothing changes.

    Raises ValidationError where the link is used up, and for the person who sent it.
    """
    row = Invitation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=invitation.pk)
    on = timezone.localdate(at)
    if row.accepted_by_id == user.pk:
        return Membership.objects.filter(user=user, unit=row.unit, role=row.role).latest("valid_from")
    refuse_spent(row, at)
    if row.by_id == user.pk:
        raise ValidationError(gettext("Bạn không thể nhận lời mời do chính mình gửi."), code="self")
    row.accepted_by, row.accepted_at = user, at
    row.save(update_fields=["accepted_by", "accepted_at"])
    given = give_role(user=user, unit=row.unit, role=Role(row.role), on=on)
    _know_person(row, user)
    confirm_address(user, row.email)
    record(
        act="invitation.accepted",
        by=user,
        at=at,
        unit_id=row.unit_id,
        subject=("invitation", row.pk),
        label=user.full_name,
        details={"role": row.role, "invited_by": row.by_id},
    )
    return given


def refuse_spent(row: Invitation, at: datetime.datetime) -> None:
    """Raises ValidationError with the reason why the link opens nothing any more."""
    if row.revoked_at is not None:
        raise ValidationError(gettext("Lời mời này đã bị thu hồi."), code="revoked")
    if row.accepted_at is not None:
        raise ValidationError(gettext("Lời mời này đã được dùng."), code="used")
    if row.expires_at <= at:
        raise ValidationError(gettext("Lời mời này đã hết hạn."), code="expired")
    if row.unit.valid_to is not None and row.unit.valid_to < timezone.localdate(at):
        raise ValidationError(gettext("%(unit)s đã kết thúc.") % {"unit": row.unit.name}, code="ended")


@transaction.atomic
def open_and_accept(
    *, invitation: Invitation, username: str, full_name: str, password: str | None, at: datetime.datetime
) -> User:
    """A new account for whoever holds the link; without a password where a single sign-on opens it.

    Raises ValidationError (by field) for a weak password, or a name or address that is taken.
    """
    if holder_of(invitation.email) is not None:
        raise ValidationError(gettext("Địa chỉ này đã có tài khoản. Hãy đăng nhập để nhận vai trò."), code="known")
    user = User(username=username, full_name=full_name, email=invitation.email)
    if password is None:
        user.set_unusable_password()
    else:
        _refuse_weak(password, user)
        user.set_password(password)
    user.full_clean()
    user.save()
    accept(invitation=invitation, user=user, at=at)
    return user


def confirm_address(user: User, email: str) -> None:
    """Whoever opened the link reads that mailbox; an address confirmed by another account stays theirs."""
    if holder_of(email) is not None:
        return
    row, _ = EmailAddress.objects.get_or_create(user=user, email=email.lower(), defaults={"verified": True})
    row.verified = True
    row.primary = not EmailAddress.objects.filter(user=user, primary=True).exclude(pk=row.pk).exists()
    row.save()
    if row.primary and user.email != row.email:
        user.email = row.email
        user.save(update_fields=["email"])


def _refuse_weak(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password1": error.messages}) from error


def _know_person(row: Invitation, user: User) -> None:
    """The person of the register that was invited, unless somebody has an account for them."""
    if row.person_id and user.person_id is None and not User.objects.filter(person=row.person_id).exists():
        user.person_id = row.person_id
        user.save(update_fields=["person"])


def _open(invitation: Invitation) -> Invitation | None:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.filter(pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True).first()


def _send(row: Invitation, token: str, site: str) -> None:
    from django_q.tasks import async_task  # noqa: PLC0415 - django-q2 reads the settings when imported

    # Queued if the transaction is kept; once it has run nobody keeps it, for the token is in it.
    async_task(SEND, row.pk, token, site, save=False)


def _note(act: str, row: Invitation, by: User, at: datetime.datetime) -> None:
    record(
        act=act,
        by=by,
        at=at,
        unit_id=row.unit_id,
        subject=("invitation", row.pk),
        label=row.full_name or row.email,
        details={"role": row.role},
    )
