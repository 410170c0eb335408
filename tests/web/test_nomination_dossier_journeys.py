"""A dossier in a real browser: typed over a lost line, a killed server and a second tab; evidence; looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from web.browser import LOOKS, chromium, faults, look, sideways, sign_in
from web.processes import Site
from web.reported import PDF, PNG

pytestmark = pytest.mark.journey
SLOW = 30_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def laid(site: Site) -> dict[str, Any]:
    made = site.run("from web import dossier_site; print(dossier_site.lay('Đề nghị khen thưởng năm của Sở'))")
    return json.loads(made.splitlines()[-1])


def said(page: Page, words: str) -> None:
    expect(page.locator("#dossier-said")).to_contain_text(words, timeout=SLOW)


def ready(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#dossier-form[data-ready]")).to_be_attached()


def section(page: Page, title: str) -> Any:
    return page.get_by_label(re.compile(f"^{title}"))


def test_it_is_typed_over_a_lost_line_a_killed_server_and_a_second_tab(
    browser: Browser, site: Site, laid: dict[str, Any]
) -> None:
    context = look(browser)
    page = context.new_page()
    address = f"{site.url}/ho-so/{laid['empty']}/soan/"
    sign_in(page, site, "vanthu.so", f"/ho-so/{laid['empty']}/soan/")
    ready(page, address)
    section(page, "Tóm tắt thành tích").fill("Đi đầu số hóa kho lưu trữ")
    said(page, "Đã lưu lúc")
    claim(page, "Số hóa 12.000 hồ sơ")
    said(page, "Đã lưu lúc")
    lose_the_line(context, page, address)
    kill_the_server(site, page, address)
    page = write_in_two_tabs(context, page, address)
    prove(page)
    context.close()


def claim(page: Page, words: str) -> None:
    page.locator("#rows-w .ahead textarea").fill(words)
    expect(page.locator("#rows-w .ahead")).to_have_count(1)


def lose_the_line(context: BrowserContext, page: Page, address: str) -> None:
    context.set_offline(offline=True)
    section(page, "Quyền hạn").fill("Viết khi mất mạng")
    said(page, "Mất kết nối")
    context.set_offline(offline=False)
    said(page, "Đã lưu lúc")
    ready(page, address)
    expect(section(page, "Quyền hạn")).to_have_value("Viết khi mất mạng")


def kill_the_server(site: Site, page: Page, address: str) -> None:
    """What is written while there is none waits, even when the page is left before it is back."""
    site.kill_server()
    try:
        section(page, "Biện pháp").fill("Viết khi máy chủ chết")
        claim(page, "Hướng dẫn 30 xã")
        said(page, "Mất kết nối")
    finally:
        site.start_server()
    ready(page, address)
    said(page, "Đã lưu lúc")
    ready(page, address)
    expect(section(page, "Biện pháp")).to_have_value("Viết khi máy chủ chết")
    words = [one.input_value() for one in page.locator("#rows-w textarea").all()]
    assert words == ["Số hóa 12.000 hồ sơ", "Hướng dẫn 30 xã", ""]


def write_in_two_tabs(context: BrowserContext, page: Page, address: str) -> Page:
    """The second is told, looks, and takes its own words."""
    other = context.new_page()
    ready(other, address)
    section(page, "Tóm tắt").fill("Từ thẻ thứ nhất")
    said(page, "Đã lưu lúc")
    section(other, "Tóm tắt").fill("Từ thẻ thứ hai")
    said(other, "Chưa lưu: hồ sơ đã được lưu ở thẻ khác")
    ready(other, address)
    expect(section(other, "Tóm tắt")).to_have_value("Từ thẻ thứ nhất")
    other.get_by_role("button", name="Dùng bản viết dở").click()
    said(other, "Đã lưu lúc")
    page.close()
    return other


def prove(page: Page) -> None:
    """Files of a claim go with what was typed a moment before; all of them are one press away, and drawn."""
    files = [
        {"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": PDF},
        {"name": "anh.png", "mimeType": "image/png", "buffer": PNG},
    ]
    page.locator("#rows-w fieldset").first.locator("input[type=file]").set_input_files(files)  # type: ignore[arg-type]
    section(page, "Hiệu quả").fill("Ba xã làm theo")
    page.get_by_role("button", name="Lưu và nộp tệp đã chọn").click()
    expect(page.get_by_text("Đã nhận “anh.png”.")).to_be_visible(timeout=SLOW)
    expect(section(page, "Hiệu quả")).to_have_value("Ba xã làm theo")
    page.get_by_role("link", name="Xem tất cả tệp").click()
    expect(page.locator(".file-card")).to_have_count(2)
    picture = page.locator(".file-card", has_text="anh.png").locator("img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=picture.element_handle())


def test_without_javascript_it_is_saved_by_its_button(browser: Browser, site: Site, laid: dict[str, Any]) -> None:
    context = look(browser, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "vanthu.so", f"/ho-so/{laid['full']}/soan/")
    section(page, "Công tác Đảng").fill("Đảng viên hoàn thành xuất sắc nhiệm vụ")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã lưu hồ sơ.")).to_be_visible()
    expect(section(page, "Công tác Đảng")).to_have_value("Đảng viên hoàn thành xuất sắc nhiệm vụ")
    context.close()


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_pages_are_whole_in_every_look(
    browser: Browser, site: Site, laid: dict[str, Any], scheme: str, width: int
) -> None:
    page = look(browser, scheme, width).new_page()
    at = f"/ho-so/{laid['full']}/soan/"
    sign_in(page, site, "vanthu.so", at)
    expect(page.locator(".repeat-lines")).to_contain_text("Lê Văn Sáu", timeout=SLOW)
    beside = page.locator(".repeat-lines a").get_attribute("href")
    for path in (
        at,
        f"{at}tep/",
        f"{at}xac-nhan/",
        f"{at}bao-cao/",
        f"/dot-de-nghi/{laid['submission']}/xac-nhan/",
        beside,
    ):
        page.goto(f"{site.url}{path}")
        assert (path, faults(page), sideways(page)) == (path, [], 0)
    page.context.close()
