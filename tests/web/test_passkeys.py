"""Passkeys in a real browser with an authenticator of its own: as second step, and instead of the password."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import Browser, CDPSession, Page

from web.browser import chromium, look
from web.cast import PASSWORD, Cast
from web.comers import enter, newcomer

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


class Device:
    """A phone that answers at once, or one that refuses."""

    def __init__(self, page: Page, *, able: bool = True) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        made = self.session.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": able,
                    "hasUserVerification": able,
                    "isUserVerified": able,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        self.id = made["authenticatorId"]

    def held(self) -> list[dict[str, Any]]:
        return self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with look(browser) as context:
        yield context.new_page()


def add_passkey(page: Page, door: Any, *, alone: bool, name: str = "Máy ở cơ quan") -> None:
    page.goto(f"{door.url}/tai-khoan/khoa/them/")
    page.get_by_label("Tên của khóa").fill(name)
    page.get_by_label("Đăng nhập chỉ bằng khóa này").set_checked(alone)
    page.get_by_role("button", name="Tạo khóa").click()
    page.wait_for_url("**/ma-khoi-phuc/")


def test_a_passkey_signs_in_without_a_password(page: Page, door: Any) -> None:
    device = Device(page)
    enter(page, door, newcomer(door, "khoa-mot"))
    page.wait_for_url(f"{door.url}/tai-khoan/")
    add_passkey(page, door, alone=True)
    assert [key["isResidentCredential"] for key in device.held()] == [True]

    page.context.clear_cookies()
    page.goto(f"{door.url}/dang-nhap/?next=/tai-khoan/khoa/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url(f"{door.url}/tai-khoan/khoa/")
    assert "Máy ở cơ quan" in page.locator("main").inner_text()
    assert "dùng lần cuối" in page.locator("main").inner_text()


def test_an_old_key_is_the_second_step_after_the_password(page: Page, door: Any) -> None:
    Device(page, able=False)
    name = newcomer(door, "khoa-hai")
    enter(page, door, name)
    page.wait_for_url(f"{door.url}/tai-khoan/")
    add_passkey(page, door, alone=False)

    page.context.clear_cookies()
    enter(page, door, name)
    page.wait_for_url("**/hai-buoc/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url(f"{door.url}/tai-khoan/")


def test_a_device_without_the_key_is_told_what_else_to_do(page: Page, door: Any) -> None:
    Device(page)
    page.goto(f"{door.url}/dang-nhap/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.get_by_text("dùng mật khẩu.").wait_for()
    assert page.url.endswith("/dang-nhap/")


def test_a_key_that_was_removed_opens_nothing(page: Page, door: Any) -> None:
    Device(page)
    enter(page, door, newcomer(door, "khoa-ba"))
    page.wait_for_url(f"{door.url}/tai-khoan/")
    add_passkey(page, door, alone=True)
    page.goto(f"{door.url}/tai-khoan/khoa/")
    page.get_by_role("link", name="Đổi tên").click()
    page.get_by_label("Tên của khóa").fill("Máy cũ")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Gỡ Máy cũ").click()
    page.get_by_role("button", name="Gỡ khóa").click()
    page.get_by_text("Chưa có khóa nào.").wait_for()

    page.context.clear_cookies()
    page.goto(f"{door.url}/dang-nhap/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.get_by_role("alert").filter(has_text="Mã chưa đúng").wait_for()


def test_who_is_there_can_be_asked_by_passkey(page: Page, door: Any) -> None:
    Device(page)
    enter(page, door, newcomer(door, "khoa-bon"))
    page.wait_for_url(f"{door.url}/tai-khoan/")
    add_passkey(page, door, alone=True)
    page.goto(f"{door.url}/tai-khoan/xac-nhan-lai/khoa/?next=/tai-khoan/khoa/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url(f"{door.url}/tai-khoan/khoa/")


@pytest.fixture
def anothers(cast: Cast) -> int:
    return Authenticator.objects.create(user=cast.users["head"], type="webauthn", data={"name": "Khóa"}).pk


@pytest.mark.parametrize("act", ["go", "ten"])
def test_anothers_passkey_is_not_there(client: Client, cast: Cast, anothers: int, act: str) -> None:
    client.post("/dang-nhap/", {"login": "clerk", "password": PASSWORD})
    path = f"/tai-khoan/khoa/{anothers}/{act}/"
    assert [client.get(path).status_code, client.post(path, {"name": "Của tôi"}).status_code] == [404, 404]
    assert Authenticator.objects.get().data["name"] == "Khóa"
