"""Every write to accounts."""

from __future__ import annotations

import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.crypto import salted_hmac

from thidua_web.accounts.access import Role
from thidua_web.accounts.models import Membership, SignInFailure, User
from thidua_web.register.models import Unit

FAILURES_ALLOWED = 10
FAILURE_WINDOW = datetime.timedelta(minutes=15)


@transaction.atomic
def give_role(*, user: User, unit: Unit, role: Role, on: datetime.date) -> Membership:
    """From `on` the user holds the role in the unit; one who holds it already keeps it."""
    held = Membership.objects.valid(on=on).filter(user=user, unit=unit, role=role).first()
    return held or Membership.objects.create(user=user, unit=unit, role=role, valid_from=on)


def note_failure(*, username: str, at: datetime.datetime) -> None:
    SignInFailure.objects.create(key=_key(username), at=at)


def too_many_failures(*, username: str, at: datetime.datetime) -> bool:
    return SignInFailure.objects.filter(key=_key(username), at__gt=at - FAILURE_WINDOW).count() >= FAILURES_ALLOWED


def forget_failures(*, username: str) -> None:
    SignInFailure.objects.filter(key=_key(username)).delete()


def _key(username: str) -> str:
    return salted_hmac("thidua.sign-in", username.casefold(), algorithm="sha256").hexdigest()


@transaction.atomic
def open_account(  # noqa: PLR0913 - what an account is
    *, username: str, full_name: str, password: str, unit: Unit, role: Role, on: datetime.date
) -> User:
    """Someone new who may sign in from `on`. Raises ValidationError for a weak password or a name that is taken."""
    user = User(username=username, full_name=full_name)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    give_role(user=user, unit=unit, role=role, on=on)
    return user
