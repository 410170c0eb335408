"""People of Minh Giang and the accounts that show every role."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import User
from thidua_web.register.models import Person, Unit

PASSWORD = "MinhGiang2026"  # noqa: S105  (shown on the sign-in page; demo accounts work in demo mode only)
SINCE = datetime.date(2025, 7, 1)


class Account(NamedTuple):
    username: str
    full_name: str
    position: str
    unit: str
    role: Role


ACCOUNTS = (
    Account("vanthu", "Nguyễn Thị Mai Anh", "Chuyên viên", "UBND", Role.CLERK),
    Account("lanhdao", "Lê Minh Khải Hưng", "Chủ tịch Ủy ban nhân dân tỉnh", "UBND", Role.HEAD),
    Account("thamdinh", "Phạm Quốc Đạt", "Chuyên viên Ban Thi đua - Khen thưởng", "UBND", Role.APPRAISER),
    Account("thuky", "Đỗ Thùy Dương", "Thư ký Hội đồng Thi đua - Khen thưởng", "UBND", Role.COUNCIL_SECRETARY),
    Account("chutich", "Võ Thành Nhân", "Chủ tịch Hội đồng Thi đua - Khen thưởng", "UBND", Role.CHAIR),
    Account("uyvien", "Trương Hồng Phúc", "Ủy viên Hội đồng Thi đua - Khen thưởng", "UBND", Role.MEMBER),
    Account("truongkhoi", "Huỳnh Thị Kim Yến", "Trưởng Khối thi đua các sở", "UBND", Role.BLOC_HEAD),
    Account("kiemtra", "Ngô Đình Quang", "Thanh tra viên", "UBND", Role.AUDITOR),
    Account("quantri", "Bùi Công Vinh", "Quản trị hệ thống", "UBND", Role.ADMINISTRATOR),
    Account("vanthu.noivu", "Phan Thanh Oanh", "Chuyên viên Ban Thi đua - Khen thưởng", "SNV", Role.CLERK),
    Account("vanthu.so", "Trần Văn Ứng", "Chuyên viên Văn phòng Sở", "SNNMT", Role.CLERK),
    Account("giamdoc.so", "Trần Thị Ngọc Sương", "Giám đốc Sở", "SNNMT", Role.HEAD),
    Account("vanthu.xa", "Lý Ngọc Bích", "Công chức Văn hóa - Xã hội", "VS-01", Role.CLERK),
    Account("chutich.xa", "Đỗ Thị Xuân", "Chủ tịch Ủy ban nhân dân", "VS-01", Role.HEAD),
    Account("thamdinh2", "Lê Đức Giang", "Chuyên viên", "UBND", Role.APPRAISER),
)
# The appraiser works in two units, so that there is one to switch to.
SECOND_POSTS = (("thamdinh", "SNV", Role.APPRAISER),)


def make_accounts(units: dict[str, Unit]) -> None:
    """Those that are not there yet, or have no role yet."""
    there = set(User.objects.filter(memberships__isnull=False).values_list("username", flat=True))
    new = [account for account in ACCOUNTS if account.username not in there]
    password = make_password(PASSWORD) if new else ""
    users = {account.username: _make(account, units[account.unit], password) for account in new}
    for username, unit, role in SECOND_POSTS:
        if username in users:
            give_role(user=users[username], unit=units[unit], role=role, on=SINCE)


def make_administrator() -> User:
    """Who reorganises the units before anybody else is there; the rest of the account comes with the others."""
    account = next(one for one in ACCOUNTS if one.role is Role.ADMINISTRATOR)
    return User.objects.create(username=account.username, full_name=account.full_name, is_demo=True)


def _make(account: Account, unit: Unit, password: str) -> User:
    """Of whoever is there with that name and post, else of somebody new."""
    who: dict[str, Any] = {"full_name": account.full_name, "unit": unit, "position": account.position}
    person = Person.objects.filter(**who).first() or Person.objects.create(**who)
    said = {"full_name": account.full_name, "person": person, "password": password, "is_demo": True}
    user, _ = User.objects.update_or_create(username=account.username, defaults=said)
    give_role(user=user, unit=unit, role=account.role, on=SINCE)
    return user


def shown_accounts() -> dict[str, Any]:
    """What the sign-in page shows in demo mode."""
    names = dict(Unit.objects.filter(code__in={account.unit for account in ACCOUNTS}).values_list("code", "name"))
    accounts = [account._replace(unit=names.get(account.unit, account.unit)) for account in ACCOUNTS]
    return {"password": PASSWORD, "accounts": accounts}


def sign_in_help(address: str) -> str:
    """The same for a terminal."""
    shown = shown_accounts()["accounts"]
    width = max(len(account.username) for account in shown)
    rows = [f"  {account.username:<{width}}  {account.role.label}, {account.unit}" for account in shown]
    return "\n".join([f"Thidua: {address}", f"Mật khẩu chung của mọi tài khoản: {PASSWORD}", *rows])
