"""The fixed cast: a province and one of its offices, one person for every role in the province, a stranger."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import make_password

from thidua_web.accounts.access import Role
from thidua_web.accounts.models import Membership, User
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Unit, UnitKind

LONG_AGO = datetime.date(2020, 1, 1)
PASSWORD = "mot-mat-khau-dai"


@dataclass
class Cast:
    province: Unit
    office: Unit
    users: dict[str, User]
    """By role in the province; "stranger" has no post, "neighbour" is the clerk of the office, "both" of both."""


def make_cast() -> Cast:
    province = create_unit(code="T", name="UBND tỉnh Thử", kind=UnitKind.PROVINCE, parent=None, valid_from=LONG_AGO)
    office = create_unit(code="T-1", name="Sở Thử", kind=UnitKind.DEPARTMENT, parent=province, valid_from=LONG_AGO)
    names = [*Role.values, "stranger", "neighbour", "both"]
    users = {user.username: user for user in User.objects.bulk_create(map(_user, names))}
    posts = [(role.value, province, role) for role in Role]
    posts += [("neighbour", office, Role.CLERK), ("both", office, Role.CLERK), ("both", province, Role.CLERK)]
    Membership.objects.bulk_create(
        Membership(user=users[name], unit=unit, role=role, valid_from=LONG_AGO) for name, unit, role in posts
    )
    return Cast(province, office, users)


def _user(name: str) -> User:
    """Everybody has the same password; it is hashed once, and made without the checks of a real one."""
    user = User(username=name, full_name=f"Người {name}", password=_hashed())
    user.fill_keys()
    return user


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


def make_user(name: str) -> User:
    user = _user(name)
    user.save()
    return user
