"""Every write to accounts."""

from __future__ import annotations

import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from thidua_web.accounts.access import Role
from thidua_web.accounts.models import Membership, User
from thidua_web.journal.actions import record
from thidua_web.register.models import Unit


@transaction.atomic
def give_role(*, user: User, unit: Unit, role: Role, on: datetime.date) -> Membership:
    """From `on` the user holds the role in the unit; one who holds it already keeps it."""
    held = Membership.objects.valid(on=on).filter(user=user, unit=unit, role=role).first()
    return held or Membership.objects.create(user=user, unit=unit, role=role, valid_from=on)


@transaction.atomic
def end_sessions(*, user: User, by: User, at: datetime.datetime, keep: str | None, only: int | None = None) -> int:
    """The user's session with the number `only`, else all; never the one with the key `keep`. How many ended."""
    running = UserSession.objects.filter(user=user).exclude(session_key=keep or "")
    ending = list(running.filter(pk=only) if only is not None else running)
    for session in ending:
        session.end()
        record(act="account.session_ended", by=by, at=at, subject=("user", user.pk), label=user.username)
    return len(ending)


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
