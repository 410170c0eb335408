"""Pages of signing in and of one's own account, looked at: light and dark, wide and narrow, nothing that axe finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from web.browser import LOOKS, chromium, faults, look, sideways
from web.comers import enter, newcomer, set_up_app
from web.test_passkeys import Device

pytestmark = pytest.mark.looks
OUTSIDE = (
    "/dang-nhap/",
    "/dang-nhap/ngung/",
    "/dang-nhap/mot-lan/da-huy/",
    "/quen-mat-khau/",
    "/quen-mat-khau/da-gui/",
    "/dat-lai-mat-khau/1-sai/",
    "/dat-lai-mat-khau/xong/",
    "/xac-nhan-thu/sai/",
)
BARE = ("/tai-khoan/", "/tai-khoan/hai-buoc/", "/tai-khoan/hai-buoc/ung-dung/", "/tai-khoan/khoa/")
FULL = (
    "/tai-khoan/",
    "/tai-khoan/mat-khau/",
    "/tai-khoan/thu-dien-tu/",
    "/tai-khoan/phien/",
    "/tai-khoan/lien-ket/",
    "/tai-khoan/khoa/",
    "/tai-khoan/khoa/them/",
    "/tai-khoan/hai-buoc/",
    "/tai-khoan/hai-buoc/ung-dung/go/",
    "/tai-khoan/hai-buoc/ma-khoi-phuc/",
    "/tai-khoan/hai-buoc/ma-khoi-phuc/lap-lai/",
    "/tai-khoan/xac-nhan-lai/",
    "/tai-khoan/xac-nhan-lai/ma/",
    "/tai-khoan/xac-nhan-lai/khoa/",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def wrong_with(page: Page, door: Any, paths: tuple[str, ...]) -> list[str]:
    found = []
    for path in paths:
        page.goto(f"{door.url}{path}")
        found += [f"{path}: {fault}" for fault in faults(page)]
        found += [f"{path}: {wide} px too wide"] if (wide := sideways(page)) > 0 else []
    return found


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_nothing_is_wrong_to_look_at(browser: Browser, door: Any, scheme: str, width: int) -> None:
    name = newcomer(door, f"nhin-{scheme}-{width}", email=f"nhin-{scheme}-{width}@thu.gov.vn")
    with look(browser, scheme, width) as context:
        page = context.new_page()
        Device(page)
        wrong = wrong_with(page, door, OUTSIDE)
        enter(page, door, name, "sai")
        page.get_by_role("alert").first.wait_for()
        wrong += faults(page)
        enter(page, door, name)
        page.wait_for_url(f"{door.url}/tai-khoan/")
        wrong += wrong_with(page, door, BARE)
        set_up_app(page, door)
        page.goto(f"{door.url}/tai-khoan/khoa/them/")
        page.get_by_role("button", name="Tạo khóa").click()
        page.wait_for_url(f"{door.url}/tai-khoan/hai-buoc/")
        wrong += wrong_with(page, door, FULL)
        context.clear_cookies()
        enter(page, door, name)
        page.wait_for_url("**/dang-nhap/hai-buoc/")
        wrong += faults(page)
    assert wrong == []
