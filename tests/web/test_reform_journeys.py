"""The reform of 01/07/2025 in a real browser: six hundred units out of an Excel table, before and after compared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from web import mekong, mekong_site
from web.browser import LOOKS, chromium, faults, look, sideways, sign_in
from web.conftest import DATABASE
from web.processes import Site

pytestmark = pytest.mark.journey

LIVING = "SELECT count(*) FROM register_unit WHERE valid_to IS NULL"
OLD, NEW = "Ủy ban nhân dân tỉnh Hậu Giang", "Ủy ban nhân dân thành phố Cần Thơ"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with mekong_site.site(tmp_path_factory.mktemp("mekong"), server_database=DATABASE) as made:
        made.run("from web.mekong_site import furnish; furnish()")
        yield made.started()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def page_of(browser: Browser, site: Site, user: str, address: str, **options: object) -> Page:
    page = look(browser, **options).new_page()
    sign_in(page, site, user, then=address)
    page.goto(f"{site.url}{address}")
    return page


@pytest.fixture(scope="module")
def reformed(browser: Browser, site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Out of the table, seen before, carried out by the worker while the page waits, undone, carried out again; all of
    it from the browser. The address of the reform.
    """
    table = tmp_path_factory.mktemp("table") / "sap-xep.xlsx"
    table.write_bytes(mekong.workbook())
    page = page_of(browser, site, "quantri", "/to-chuc-lai/")
    page.get_by_role("link", name="Nhập từ Excel").click()
    page.get_by_label("Tệp Excel").set_input_files(table)
    page.get_by_role("button", name="Đọc và soạn").click()
    see_what_it_will_do(page)
    carry_out(page)
    assert site.rows(LIVING) == [(208,)]
    page.get_by_role("button", name="Hoàn lại đợt sắp xếp này").click()
    expect(page.get_by_role("status")).to_contain_text("Đã hoàn lại")
    assert site.rows(LIVING) == [(607,)]
    assert site.rows("SELECT u.code FROM campaigns_campaign c JOIN register_unit u ON u.id = c.unit_id") == [("HG",)]
    page.get_by_role("button", name="Soạn lại từ các việc này").click()
    carry_out(page)
    return page.url.removeprefix(site.url)


def see_what_it_will_do(page: Page) -> None:
    acts = page.get_by_role("complementary", name="Có thể làm ngay")
    for line in ("502 đơn vị kết thúc", "103 đơn vị thành lập", "Phong trào đang chạy: 1", "Nhiệm vụ chưa xong: 742"):
        expect(acts.get_by_text(line, exact=True)).to_be_visible()
    assert (faults(page), sideways(page)) == ([], 0)
    page.get_by_role("link", name="So sánh trước và sau").click()
    before = page.locator(".two-trees > div").first
    expect(before).to_contain_text("Ngày 30/06/2025 607 đơn vị")
    expect(before.get_by_text(OLD)).to_be_visible()
    expect(page.locator("svg.flow-wide")).to_contain_text("kết thúc · HG")
    page.go_back()


def carry_out(page: Page) -> None:
    page.get_by_role("button", name="Thực hiện, hiệu lực từ 01/07/2025").click()
    expect(page.get_by_role("button", name="Hoàn lại đợt sắp xếp này")).to_be_visible(timeout=120_000)


def test_before_and_after_are_compared(browser: Browser, site: Site, reformed: str) -> None:
    page = page_of(browser, site, "quantri", f"{reformed}so-sanh/")
    before, after = page.locator(".two-trees > div").all()
    expect(before).to_contain_text("Ngày 30/06/2025 607 đơn vị")
    expect(before.get_by_text(OLD)).to_be_visible()
    expect(after).to_contain_text("Ngày 01/07/2025 208 đơn vị")
    expect(after).to_contain_text(NEW)
    expect(after).not_to_contain_text("Hậu Giang")
    assert site.rows(f"{LIVING} AND kind IN ('district', 'township')") == [(0,)]


def test_what_ran_goes_on_under_the_successor_and_the_paper_keeps_its_name(
    browser: Browser, site: Site, reformed: str
) -> None:
    page = page_of(browser, site, "lanhdao", "/phong-trao/")
    expect(page.get_by_role("main")).to_contain_text(f"{NEW} · phát động khi là {OLD}")
    page.get_by_role("main").get_by_role("link", name="Hậu Giang chung tay").click()
    expect(page.locator(".case-head")).to_contain_text(f"phát động khi là {OLD}")
    assert (faults(page), sideways(page)) == ([], 0)
    page.locator(".case-more").get_by_role("link", name="Hậu Giang chung tay").first.click()
    expect(page.get_by_role("main")).to_contain_text(OLD)
    expect(page.get_by_role("main")).to_contain_text("TỈNH HẬU GIANG")


def test_the_clerk_of_a_merged_commune_works_on_in_the_new_one(browser: Browser, site: Site, reformed: str) -> None:
    """What the old commune had done is not asked for again; the rest is, in the new one's name."""
    page = page_of(browser, site, "xa", "/")
    code = "SELECT u.name FROM register_unit u JOIN register_unit o ON o.heir_id = u.id WHERE o.code = 'HG-X000'"
    ((name,),) = site.rows(code)
    expect(page.get_by_role("main")).to_contain_text(name)
    asked = "SELECT count(*) FROM campaigns_dutyunit d JOIN register_unit u ON u.id = d.unit_id WHERE u.name = %s"
    assert site.rows(asked, name)[0][0] > 0
    kept = "SELECT count(*) FROM campaigns_dutydone d JOIN register_unit u ON u.id = d.unit_id WHERE u.code = 'HG-X000'"
    assert site.rows(kept) == [(1,)]


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
@pytest.mark.parametrize("address", ["/to-chuc-lai/", "{}", "{}so-sanh/", "/to-chuc-lai/tu-excel/"])
def test_its_pages_are_for_everybody(
    browser: Browser, site: Site, reformed: str, scheme: str, width: int, address: str
) -> None:
    page = page_of(browser, site, "quantri", address.format(reformed), scheme=scheme, width=width)
    assert (faults(page), sideways(page)) == ([], 0)
