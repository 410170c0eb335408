"""A real Chromium, and what every page is held to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

# The first is Chromium without windows, menus and tabs of its own: the same pages for a third of the time.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Three workers, their servers and their browsers share two cores.
expect.set_options(timeout=20_000)

# Twenty minutes of CI have room for each scheme and each width once; elsewhere for all four.
LOOKS = [("light", 390), ("dark", 1440)]
if os.environ.get("CI") != "true":
    LOOKS += [("light", 1440), ("dark", 390)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSWORD = "MinhGiang2026"
RUNNING: list[tuple[Playwright, Browser]] = []


@contextmanager
def chromium() -> Iterator[Browser]:
    """The one of this process, started by the first to ask; windows left open are closed."""
    if not RUNNING or not RUNNING[0][1].is_connected():
        quit_chromium()
        RUNNING.append(_started())
    browser = RUNNING[0][1]
    try:
        yield browser
    finally:
        for context in browser.contexts:
            context.close()


def quit_chromium() -> None:
    """Nothing happens where none runs."""
    while RUNNING:
        play, browser = RUNNING.pop()
        browser.close()
        play.stop()


def _started() -> tuple[Playwright, Browser]:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed (Debian: chromium)")
        pytest.skip("Chromium is not installed (Debian: chromium)")
    play = sync_playwright().start()
    return play, play.chromium.launch(executable_path=program, args=ARGUMENTS)


def look(browser: Browser, scheme: str = "light", width: int = 1440, **options: Any) -> BrowserContext:
    height = 900 if width > 1000 else 844
    return browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="vi-VN",
        **options,
    )


# What a browser holds that has signed in at a site as somebody; every later window of theirs begins with it.
SIGNED_IN: dict[tuple[str, str], list[Any]] = {}


def sign_in(page: Page, site: Any, user: str, then: str = "/ke-hoach/") -> None:
    """By the form the first time, and again where that session has ended; `then` may be a whole address."""
    then = then.removeprefix(site.url)
    if kept := SIGNED_IN.get((site.url, user)):
        page.context.add_cookies(kept)
        page.goto(f"{site.url}{then}")
        if "/dang-nhap/" not in page.url:
            return
    page.goto(f"{site.url}/dang-nhap/?next={then}")
    page.get_by_label("Tên đăng nhập").fill(user)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda address: "dang-nhap" not in address)
    names = ("sessionid", "csrftoken")
    SIGNED_IN[site.url, user] = [one for one in page.context.cookies(site.url) if one["name"] in names]


def faults(page: Page) -> list[str]:
    """What axe finds, one line each. What is right is not described: that takes as long as finding it."""
    answer = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}"
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    page.locator("main").wait_for()  # a press may still be on its way to the next page
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
