"""Who must have a second factor: everyone, those who sign, count votes or run the system, or nobody."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from thidua_web.accounts.access import Role
from thidua_web.accounts.models import User
from thidua_web.accounts.queries import access_of

LEADERS = frozenset({Role.HEAD, Role.CHAIR, Role.COUNCIL_SECRETARY, Role.ADMINISTRATOR})


def factors_of(user: User) -> QuerySet[Authenticator]:
    """Recovery codes are a way back, not a factor of their own."""
    return Authenticator.objects.filter(user=user, type__in=(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN))


def demanded_of_roles(roles: frozenset[Role]) -> bool:
    if settings.SECOND_FACTOR == "leaders":
        return not roles.isdisjoint(LEADERS)
    return settings.SECOND_FACTOR == "everyone"


def is_demanded_of(user: User) -> bool:
    access = access_of(user, on=timezone.localdate(), chosen=None)
    return demanded_of_roles(frozenset(post.role for post in access.posts))
