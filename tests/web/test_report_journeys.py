"""Reports in a real browser: saved as one writes over a broken line, signed on a phone, looked at, printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from web.browser import LOOKS, chromium, faults, look, sideways, sign_in
from web.processes import Site
from web.reported import PDF

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def laid(site: Site) -> dict[str, Any]:
    made = site.run("from web import report_site; print(report_site.lay('Phong trào thi đua báo cáo quý'))")
    return json.loads(made.splitlines()[-1])


def report_of(laid: dict[str, Any], day: int = 3) -> str:
    return f"/bao-cao/{laid['days'][day]}/{laid['unit']}/"


def open_as(browser: Browser, site: Site, user: str, path: str, **options: Any) -> Page:
    page = look(browser, **options).new_page()
    sign_in(page, site, user, path)
    return page


def signings(site: Site) -> int:
    return site.rows("SELECT count(*) FROM journal_journalline WHERE act = %s", "report.signed")[0][0]


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_contain_text("Đã lưu lúc", timeout=20_000)


def test_it_is_saved_as_one_writes_over_a_broken_line_then_signed_on_a_phone(
    browser: Browser, site: Site, laid: dict[str, Any]
) -> None:
    before = signings(site)
    page = open_as(browser, site, "vanthu.so", "/")
    page.locator(f"a[href='{report_of(laid)}']").first.click()
    first = page.get_by_label(re.compile("^Kết quả Tỷ lệ hồ sơ"))
    first.wait_for()
    page.wait_for_load_state()  # what is typed before the script listens is saved with the next key only
    first.fill("98,5")
    saved(page)
    expect(page.locator("[id^=judged-v] > span").first).to_contain_text("Đang thực hiện")

    page.context.set_offline(True)
    page.get_by_label("Kết quả nổi bật, cách làm hay").fill("Viết khi mất mạng")
    expect(page.locator("#saved")).to_contain_text("Mất kết nối", timeout=20_000)
    page.context.set_offline(False)
    saved(page)
    page.reload()
    expect(page.get_by_label("Kết quả nổi bật, cách làm hay")).to_have_value("Viết khi mất mạng")
    expect(first).to_have_value("98,5")

    first.fill("chín tám")
    expect(page.locator(".cell.wrong .field-error")).to_contain_text("không phải là số", timeout=20_000)
    first.fill("98,5")
    expect(page.locator(".cell.wrong")).to_have_count(0, timeout=20_000)

    page.get_by_role("button", name="Trình lãnh đạo ký").click()
    expect(page.get_by_text("chưa gửi được vì còn thiếu")).to_be_visible()
    for field in page.get_by_label(re.compile("^Kết quả (Số nhà|Tỷ lệ dịch vụ|Tỷ lệ đơn)")).all():
        field.fill("60")
    page.get_by_label(re.compile("^Lời, lý do Đơn vị đạt chuẩn")).fill("Đã được công nhận")
    for field in page.get_by_label(re.compile(r"^Đã làm \(%\)")).all():
        field.fill("70")
    page.locator("#files").set_input_files({"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.get_by_role("button", name="Lưu và nộp tệp").click()
    expect(page.get_by_role("link", name="quyet-dinh.pdf")).to_be_visible()
    page.get_by_role("button", name="Trình lãnh đạo ký").click()
    expect(page.get_by_text("Đã trình lãnh đạo ký.")).to_be_visible()
    page.context.close()

    phone = open_as(browser, site, "giamdoc.so", "/", width=390)
    phone.get_by_role("link", name="Xem và ký").first.click()
    assert sideways(phone) == 0
    phone.get_by_role("button", name=re.compile("^Ký và gửi")).dblclick()
    expect(phone.get_by_text("Đã ký và gửi báo cáo.").first).to_be_visible()
    phone.context.close()
    assert signings(site) == before + 1


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_pages_are_whole_in_every_look(
    browser: Browser, site: Site, laid: dict[str, Any], scheme: str, width: int
) -> None:
    campaign = f"/phong-trao/{laid['campaign']}/"
    page = open_as(browser, site, "giamdoc.so", report_of(laid, 2), scheme=scheme, width=width)
    assert (faults(page), sideways(page)) == ([], 0)
    page.context.close()
    page = open_as(browser, site, "vanthu", f"{campaign}tien-do/", scheme=scheme, width=width)
    for path in (f"{campaign}tien-do/", f"{campaign}bao-cao/", f"{campaign}bao-cao/vuot-tien-do/", report_of(laid, 1)):
        page.goto(f"{site.url}{path}")
        assert (path, faults(page), sideways(page)) == (path, [], 0)
    page.context.close()
