"""A clerk and the question "who may be proposed?" in a real browser: from the list over a person's judgement to the
fact that was missing, and back to the list, where it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from web.browser import LOOKS, chromium, faults, look, sideways, sign_in

pytestmark = pytest.mark.journey

DESK = "/co-the-de-nghi/?giai=LDTT&loai=ca-nhan&nam=2025"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def counted(page: Page, tab: str) -> int:
    link = page.get_by_role("navigation", name="Theo kết quả").get_by_role("link", name=tab)
    return int(link.locator("b").inner_text().replace(".", ""))


def test_what_was_missing_is_written_and_counts_at_once(browser: Browser, site) -> None:
    with look(browser) as context:
        page = context.new_page()
        sign_in(page, site, "vanthu", DESK)
        waiting, met = counted(page, "Chờ người xét"), counted(page, "Đủ tiêu chuẩn")
        page.get_by_role("navigation", name="Theo kết quả").get_by_role("link", name="Chờ người xét").click()
        row = page.locator("table.open-desk tbody tr").first
        name = row.locator(".lead a").inner_text()
        expect(row).to_contain_text("Cần người xét")
        row.locator(".lead a").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Lao động tiên tiến")
        expect(page.locator("#letter-text")).to_have_value(re.compile("Lao động tiên tiến"))
        page.get_by_role("link", name="Ghi dữ kiện còn thiếu").click()
        page.get_by_role("link", name="Ghi kết luận").click()
        page.get_by_role("button", name="Ghi dữ kiện").click()
        expect(page.get_by_role("alert")).to_contain_text("Chưa chọn")
        for question in ("LDTT.spirit", "GENERAL.no_pending_case"):
            page.get_by_label("Tiêu chuẩn").select_option(question)
            page.get_by_label("Có, đáp ứng").check()
            page.get_by_label("Căn cứ để kết luận").fill("Hội nghị cuối năm nhất trí")
            page.get_by_label("Năm").fill("2025")
            page.get_by_role("button", name="Ghi dữ kiện").click()
            expect(page.get_by_role("status")).to_contain_text("Đã ghi dữ kiện")
            page.get_by_role("link", name="Ghi kết luận").click()
        page.goto(f"{site.url}{DESK}&ket_qua=dat&tim={name}")
        expect(page.locator("table.open-desk")).to_contain_text(name)
        page.goto(f"{site.url}{DESK}")
        assert (counted(page, "Chờ người xét"), counted(page, "Đủ tiêu chuẩn")) == (waiting - 1, met + 1)


def test_what_a_meeting_judged_is_written_for_the_page_and_taken_back(browser: Browser, site) -> None:
    with look(browser) as context:
        page = context.new_page()
        sign_in(page, site, "vanthu")
        page.goto(f"{site.url}{DESK}&ket_qua=cho-xet&don_vi=STP")
        chosen = page.locator('input[name="chon"]').count()
        page.get_by_label("Căn cứ để kết luận").fill("Hội nghị viên chức Sở Tư pháp")
        page.get_by_role("button", name="Ghi “đạt” cho những người được chọn").click()
        expect(page.get_by_role("status")).to_contain_text(f"cho {chosen} trường hợp")
        page.get_by_role("button", name=f"Hoàn lại {chosen} kết luận vừa ghi").click()
        expect(page.get_by_role("status")).to_contain_text(f"Đã hoàn lại {chosen} kết luận")


def test_the_list_comes_down_as_a_workbook(browser: Browser, site) -> None:
    with look(browser) as context:
        page = context.new_page()
        sign_in(page, site, "vanthu", DESK)
        with page.expect_download() as coming:
            page.get_by_role("button", name="Tải danh sách Excel").click()
        assert coming.value.suggested_filename.startswith("co-the-de-nghi-")


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_every_page_holds_in_each_look(browser: Browser, site, scheme: str, width: int) -> None:
    office = site.rows("SELECT id FROM register_unit WHERE code = 'SNNMT'")[0][0]
    person = site.rows("SELECT id FROM register_person WHERE unit_id = %s ORDER BY id", office)[0][0]
    inspected = site.rows("SELECT id FROM register_unit WHERE code = 'SXD'")[0][0]
    addresses = (
        DESK,
        "/co-the-de-nghi/?loai=tap-the&giai=TTLDTT&nam=2025&ket_qua=gan-dat",
        f"{DESK}&ket_qua=cho-xet",
        f"/nguoi/{person}/de-nghi/",
        f"/nguoi/{person}/de-nghi/CSTDBT/?nam=2025",
        f"/nguoi/{person}/du-kien/",
        f"/nguoi/{person}/du-kien/ky-luat-thanh-tra/",
        f"/don-vi/{inspected}/du-kien/",
        f"/don-vi/{inspected}/so-day-du/",
        f"/don-vi/{inspected}/de-nghi/TTLDTT/?nam=2025",
    )
    with look(browser, scheme, width) as context:
        page = context.new_page()
        sign_in(page, site, "vanthu")
        for address in addresses:
            page.goto(f"{site.url}{address}")
            assert (address, faults(page), sideways(page)) == (address, [], 0)
