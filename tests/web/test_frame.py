"""The strip at the top: one line on an office's screen whoever works there, everything reached without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from web.browser import chromium, look, sign_in
from web.processes import Site

pytestmark = pytest.mark.looks
ONE_LINE = 64
"""Pixels; two lines are about a hundred."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.mark.parametrize("user", ["lanhdao", "thamdinh"])
def test_all_entries_stand_in_one_line(browser: Browser, site: Site, user: str) -> None:
    page = look(browser, width=1440).new_page()
    sign_in(page, site, user, "/phap-luat/")
    for width in (1440, 1366):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator(".brand-strip").bounding_box()["height"] < ONE_LINE  # type: ignore[index]
    page.context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_what_is_looked_up_is_reached_without_scripts(browser: Browser, site: Site, width: int) -> None:
    page = look(browser, width=width, java_script_enabled=False).new_page()
    sign_in(page, site, "lanhdao", "/")
    page.get_by_role("button", name="Các mục").click() if width == 390 else page.get_by_text("Mục khác").click()
    entries = page.get_by_role("navigation", name="Chính")
    expect(entries.get_by_role("link", name="Nhật ký")).to_be_visible()
    entries.get_by_role("link", name="Pháp luật").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pháp luật")
    page.context.close()
