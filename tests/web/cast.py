"""The fixed cast: a province and one of its offices, one person for every role in the province, a stranger."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import User
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
    users = {role.value: make_user(role.value) for role in Role}
    users |= {name: make_user(name) for name in ("stranger", "neighbour", "both")}
    for role in Role:
        give_role(user=users[role.value], unit=province, role=role, on=LONG_AGO)
    give_role(user=users["neighbour"], unit=office, role=Role.CLERK, on=LONG_AGO)
    give_role(user=users["both"], unit=office, role=Role.CLERK, on=LONG_AGO)
    give_role(user=users["both"], unit=province, role=Role.CLERK, on=LONG_AGO)
    return Cast(province, office, users)


def make_user(name: str) -> User:
    user = User(username=name, full_name=f"Người {name}")
    user.set_password(PASSWORD)
    user.save()
    return user
