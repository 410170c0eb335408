"""People who come to the door in a real browser, each with an account of their own that no other test uses."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

from playwright.sync_api import Page

from web.browser import PASSWORD


def newcomer(door: Any, name: str, *, email: str = "", verified: bool = True, role: str = "clerk") -> str:
    """Opens an account in the province of the demo; its name is handed back."""
    door.run(
        "from thidua_web.accounts.actions import open_account; from thidua_web.accounts.access import Role; "
        "from thidua_web.register.models import Unit; import datetime; "
        "from allauth.account.models import EmailAddress; "
        f"user = open_account(username={name!r}, full_name='Người {name}', password={PASSWORD!r}, "
        f"unit=Unit.objects.get(code='UBND'), role=Role({role!r}), on=datetime.date(2026, 1, 1)); "
        f"user.email = {email!r}; user.save(); "
        f"{email!r} and EmailAddress.objects.create(user=user, email={email!r}, primary=True, verified={verified!r})"
    )
    return name


def enter(page: Page, door: Any, name: str, password: str = PASSWORD, then: str = "/tai-khoan/") -> None:
    """Fills in name and password; where that leads is the test's."""
    page.goto(f"{door.url}/dang-nhap/?next={then}")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def code_now(secret: str, at: float | None = None) -> str:
    """What an authenticator app shows (RFC 6238), worked out here and not by the library under test."""
    counter = struct.pack(">Q", int((at or time.time()) // 30))
    digest = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def set_up_app(page: Page, door: Any) -> str:
    """Turns the authenticator app on and hands back its secret; ends on the recovery codes."""
    page.goto(f"{door.url}/tai-khoan/hai-buoc/ung-dung/")
    page.get_by_text("Gõ khóa bằng tay").click()
    secret = re.sub(r"\s", "", page.locator(".secret").inner_text())
    page.get_by_label("Mã trong ứng dụng").fill(code_now(secret))
    page.get_by_role("button", name="Bật").click()
    page.wait_for_url("**/ma-khoi-phuc/")
    return secret
