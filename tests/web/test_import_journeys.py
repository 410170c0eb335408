"""A clerk sends a list with mistakes, settles what is doubtful, writes, mends the rest, and takes it all back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from python_calamine import load_workbook

from web.browser import LOOKS, chromium, faults, look, sideways, sign_in
from web.listing import workbook

pytestmark = pytest.mark.journey

KNOWN = [
    {"full_name": "Đặng Thị Thử Mai", "code": "TM1", "birth": "05/03/1985", "unit_code": "UBND", "position": "Kế toán"},
    {"full_name": "Đặng Văn Thử Bình", "code": "TM2", "birth": "1990", "unit_code": "UBND", "position": "Văn thư"},
]
MIXED = [
    KNOWN[0] | {"position": "Kế toán trưởng"},
    KNOWN[1],
    {"full_name": "Dang Van Thu Binh", "birth": "1990", "unit_code": "UBND", "position": "Lái xe"},
    {"full_name": "Đặng Thị Thử Mới", "code": "TM3", "birth": "1999", "unit_code": "UBND", "position": "Văn thư"},
    {"full_name": "Đặng Văn Thử Sai", "code": "TM4", "birth": "31/02/1990", "unit_code": "KHONG", "position": "Bảo vệ"},
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def clerk(browser: Browser, site: Any) -> Iterator[Page]:
    context = look(browser)
    page = context.new_page()
    sign_in(page, site, "vanthu", "/danh-ba/")
    yield page
    context.close()


def send(page: Page, site: Any, data: bytes, path: Path) -> None:
    path.write_bytes(data)
    page.goto(f"{site.url}/danh-ba/")
    page.get_by_label("Đây là danh sách").select_option("people")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Gửi và đọc").click()
    page.wait_for_url("**/danh-ba/*/")
    expect(page.locator(".list-preview")).to_be_visible(timeout=60_000)


def test_a_list_with_mistakes_is_written_mended_and_taken_back(clerk: Page, site: Any, tmp_path: Path) -> None:
    page = clerk
    send(page, site, workbook("people", KNOWN), tmp_path / "da-co.xlsx")
    page.get_by_role("button", name="Ghi 2 dòng").click()
    expect(page.get_by_text("Đã ghi 2 dòng")).to_be_visible(timeout=60_000)

    send(page, site, workbook("people", MIXED), tmp_path / "lan-hai.xlsx")
    expect(page.get_by_text("Cột C, Ngày sinh:")).to_be_visible()
    expect(page.get_by_text("Cột D, Mã đơn vị:")).to_be_visible()
    page.get_by_role("link", name="Thay đổi 1").click()
    expect(page.locator(".row-changes").first).to_contain_text("Kế toán trưởng")
    page.get_by_role("link", name="Có thể trùng 1").click()
    page.get_by_role("button", name="Dòng 4 là Đặng Văn Thử Bình này").click()
    expect(page.get_by_text("Là “Đặng Văn Thử Bình”")).to_be_visible()
    page.get_by_role("button", name="Ghi 3 dòng").click()
    expect(page.get_by_text("Đã ghi 3 dòng")).to_be_visible(timeout=60_000)

    with page.expect_download() as download:
        page.get_by_role("link", name="Tải 1 dòng cần sửa (Excel)").click()
    head, row = load_workbook(download.value.path()).get_sheet_by_index(0).to_python()
    assert "Không có đơn vị nào mang mã “KHONG”" in row[0]
    mended = dict(zip(head, row, strict=True)) | {"Mã đơn vị": "UBND", "Ngày sinh": "28/02/1990"}
    keys = {"Họ và tên *": "full_name", "Mã cán bộ": "code", "Ngày sinh": "birth", "Mã đơn vị": "unit_code"}
    send(page, site, workbook("people", [{key: mended[said] for said, key in keys.items()}]), tmp_path / "da-sua.xlsx")
    page.get_by_role("button", name="Ghi 1 dòng").click()
    expect(page.get_by_text("Đã ghi 1 dòng")).to_be_visible(timeout=60_000)
    assert site.rows("SELECT count(*) FROM register_person WHERE code LIKE %s", "TM%") == [(4,)]

    for _ in range(3):
        page.goto(f"{site.url}/danh-ba/")
        page.locator(".list-runs tr", has_text="Đã ghi").filter(has_not_text="Đã hoàn lại").locator("a").first.click()
        page.get_by_role("button", name="Hoàn lại").click()
        expect(page.get_by_text("Đã hoàn lại").first).to_be_visible(timeout=60_000)
    assert site.rows("SELECT count(*) FROM register_person WHERE code LIKE %s", "TM%") == [(0,)]


def test_a_template_is_downloaded_and_opens(clerk: Page) -> None:
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="Tải tệp mẫu: Người").click()
    assert load_workbook(download.value.path()).sheet_names[0] == "Người"

    with clerk.expect_download() as download:
        clerk.get_by_role("button", name="Tải danh sách hiện có: Đơn vị").click()
    assert len(load_workbook(io.BytesIO(download.value.path().read_bytes())).get_sheet_by_index(0).to_python()) > 3


def test_without_scripting_a_list_is_sent_and_read(browser: Browser, site: Any, tmp_path: Path) -> None:
    context = look(browser, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "vanthu", "/danh-ba/")
    path = tmp_path / "khong-js.xlsx"
    path.write_bytes(workbook("people", [KNOWN[0] | {"code": "NOJS"}]))
    page.get_by_label("Đây là danh sách").select_option("people")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Gửi và đọc").click()
    expect(page.get_by_role("button", name="Ghi 1 dòng")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Không ghi danh sách này").click()
    expect(page.get_by_text("Không dòng nào được ghi")).to_be_visible()
    context.close()


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_every_tab_holds_in_every_look(browser: Browser, site: Any, tmp_path: Path, scheme: str, width: int) -> None:
    context = look(browser, scheme, width)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    sign_in(page, site, "vanthu", "/danh-ba/")
    assert (faults(page), sideways(page)) == ([], 0)
    rows = [row | {"code": f"{row.get('code', '')}{scheme}{width}"} for row in MIXED]
    send(page, site, workbook("people", rows), tmp_path / f"{scheme}-{width}.xlsx")
    address = page.url.partition("?")[0]
    for tab in ("fault", "doubt", "new", "changed", "same"):
        page.goto(f"{address}?muc={tab}")
        assert (tab, faults(page), sideways(page)) == (tab, [], 0)
    page.get_by_role("button", name="Không ghi danh sách này").click()
    assert errors == []
    context.close()
