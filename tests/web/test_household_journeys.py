"""A commune's clerk in a real browser: a household is added, judged, and may be proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from web.browser import LOOKS, chromium, faults, look, sideways, sign_in

pytestmark = pytest.mark.journey

DESK = "/co-the-de-nghi/?loai=ho-gia-dinh&giai=GDVH&nam=2025"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def test_a_household_is_added_judged_and_listed_among_those_who_may_be_proposed(browser: Browser, site) -> None:
    with look(browser) as context:
        page = context.new_page()
        sign_in(page, site, "vanthu.xa", "/ho-gia-dinh/")
        expect(page.locator("table")).to_contain_text("Hộ bà Nguyễn Thị Sáu")
        page.get_by_role("link", name="Thêm hộ gia đình").click()
        page.get_by_label("Họ và tên chủ hộ").fill("Nguyễn Thị Sáu")
        page.get_by_label("Xã, phường, đặc khu").fill("VS-01")
        page.get_by_label("Nơi ở").fill("ấp 5")
        page.get_by_role("button", name="Thêm hộ gia đình").click()
        expect(page.get_by_role("alert")).to_contain_text("Có thể hộ này đã có trong sổ")
        page.get_by_label("Họ và tên chủ hộ").fill("Phạm Thị Mười")
        page.get_by_label("Giới tính của chủ hộ").select_option("female")
        page.get_by_role("button", name="Vẫn thêm").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Hộ bà Phạm Thị Mười")
        page.get_by_role("link", name="Dữ kiện xét khen thưởng").click()
        for question in ("GDVH.law_abiding", "GDVH.active", "GDVH.happy", "GENERAL.no_pending_case"):
            page.get_by_role("link", name="Ghi kết luận").click()
            page.get_by_label("Tiêu chuẩn").select_option(question)
            page.get_by_label("Có, đáp ứng").check()
            page.get_by_label("Căn cứ để kết luận").fill("Ấp 5 họp bình xét")
            page.get_by_label("Năm").fill("2025")
            page.get_by_role("button", name="Ghi dữ kiện").click()
            expect(page.get_by_role("status")).to_contain_text("Đã ghi dữ kiện")
        page.goto(f"{site.url}{DESK}&ket_qua=dat&tim=muoi")
        row = page.locator("table.open-desk tbody tr")
        expect(row).to_contain_text(re.compile("Hộ bà Phạm Thị Mười.*Đủ tiêu chuẩn", re.DOTALL))
        row.get_by_role("link", name="Hộ bà Phạm Thị Mười").click()
        expect(page.locator("#letter-text")).to_have_value(re.compile("Gia đình văn hóa"))


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_every_page_holds_in_each_look(browser: Browser, site, scheme: str, width: int) -> None:
    household = site.rows("SELECT id FROM register_household WHERE code = 'VS-H-0112'")[0][0]
    commune = site.rows("SELECT id FROM register_unit WHERE code = 'VS-01'")[0][0]
    own = f"/ho-gia-dinh/{household}/"
    addresses = (
        "/ho-gia-dinh/", "/ho-gia-dinh/?tim=khong+co", "/ho-gia-dinh/moi/", own, f"{own}sua/", f"{own}khen-thuong/",
        f"{own}du-kien/", f"{own}du-kien/thanh-tra/", f"{own}de-nghi/", f"{own}de-nghi/GDVH/?nam=2025",
        DESK, f"/don-vi/{commune}/", "/nguoi/", "/danh-ba/",
    )  # fmt: skip
    with look(browser, scheme, width) as context:
        page = context.new_page()
        sign_in(page, site, "vanthu.xa")
        for address in addresses:
            page.goto(f"{site.url}{address}")
            assert (address, faults(page), sideways(page)) == (address, [], 0)
