"""The register in a real browser: found by keyboard, without JavaScript, on a phone; an act from its page and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from web.browser import LOOKS, chromium, faults, look, sideways, sign_in

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = look(browser)
    tab = context.new_page()
    said: list[str] = []
    # A form that is shown again with its errors answers 422, which Chromium counts among the errors.
    odd = ("error",)
    tab.on("console", lambda one: said.append(one.text) if one.type in odd and "422" not in one.text else None)
    tab.on("pageerror", lambda error: said.append(str(error)))
    yield tab
    context.close()
    assert said == []


def unit_path(site, code: str) -> str:
    return f"/don-vi/{site.rows('SELECT id FROM register_unit WHERE code = %s', code)[0][0]}/"


def person_path(site, name: str) -> str:
    return f"/nguoi/{site.rows('SELECT id FROM register_person WHERE full_name = %s ORDER BY id', name)[0][0]}/"


def test_a_clerk_finds_a_unit_by_keyboard_and_opens_it(page: Page, site) -> None:
    sign_in(page, site, "vanthu", then="/don-vi/")
    page.get_by_label("Đơn vị có chữ").focus()
    page.keyboard.type("so noi vu")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 đơn vị")
    page.get_by_role("link", name="Sở Nội vụ").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sở Nội vụ")
    page.go_back()
    expect(page.get_by_label("Đơn vị có chữ")).to_have_value("so noi vu")


def test_the_tree_opens_a_branch_where_it_stands(page: Page, site) -> None:
    sign_in(page, site, "vanthu", then="/don-vi/?kieu=cay")
    expect(page.get_by_role("link", name="Phòng Tổ chức, biên chế")).to_have_count(0)
    page.locator("li", has=page.get_by_role("link", name="Sở Nội vụ")).locator("summary", has_text="Sở Nội vụ").click()
    expect(page.get_by_role("link", name="Phòng Tổ chức, biên chế")).to_be_visible()
    assert faults(page) == []


def test_units_are_proposed_while_one_writes(page: Page, site) -> None:
    sign_in(page, site, "vanthu", then="/nguoi/")
    page.get_by_label("ở đơn vị (và cấp dưới)").press_sequentially("noi vu")
    expect(page.locator("datalist option[value='Sở Nội vụ (SNV)']")).to_have_count(1)
    page.get_by_label("ở đơn vị (và cấp dưới)").fill("Sở Nội vụ (SNV)")
    page.get_by_role("button", name="Lọc").click()
    expect(page.get_by_role("link", name="Phan Thanh Oanh")).to_be_visible()


def test_a_person_is_added_appointed_rated_and_commended(page: Page, site) -> None:
    sign_in(page, site, "vanthu", then=unit_path(site, "STP"))
    page.get_by_role("link", name="Thêm người").click()
    page.get_by_label("Họ và tên").fill("Nguyễn Trần Hành Trình")
    page.get_by_label("Ngày sinh").fill("1988")
    expect(page.get_by_label("Đơn vị", exact=True)).to_have_value("Sở Tư pháp (STP)")
    page.get_by_role("button", name="Thêm người").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nguyễn Trần Hành Trình")
    page.get_by_role("link", name="Ghi chức vụ mới").click()
    page.get_by_label("Đơn vị", exact=True).fill("Thanh tra tỉnh")
    page.get_by_label("Chức vụ").fill("Phó Chánh Thanh tra")
    page.get_by_role("button", name="Ghi chức vụ").click()
    expect(page.locator(".case-head")).to_contain_text("Phó Chánh Thanh tra, Thanh tra tỉnh")
    page.get_by_role("link", name="Ghi xếp loại một năm").click()
    page.get_by_label("Năm", exact=True).fill("2025")
    page.get_by_label("Hoàn thành tốt nhiệm vụ").check()
    page.get_by_role("button", name="Ghi xếp loại").click()
    expect(page.get_by_role("cell", name="Hoàn thành tốt nhiệm vụ")).to_be_visible()
    page.get_by_role("link", name="Ghi khen thưởng đã có").click()
    page.get_by_label("Danh hiệu, hình thức khen thưởng").fill("Lao động tiên tiến")
    page.get_by_label("Năm", exact=True).fill("2025")
    page.get_by_role("button", name="Ghi khen thưởng").click()
    expect(page.locator(".honours")).to_contain_text("Lao động tiên tiến")


def test_an_ended_district_refuses_an_award_of_later(page: Page, site) -> None:
    sign_in(page, site, "vanthu", then=unit_path(site, "H-VS"))
    expect(page.get_by_role("note")).to_contain_text("Đơn vị đã kết thúc ngày 30/06/2025.")
    page.get_by_role("link", name="Ghi khen thưởng có trước ngày kết thúc").click()
    page.get_by_label("Danh hiệu, hình thức khen thưởng").fill("Cờ thi đua")
    page.get_by_label("Năm", exact=True).fill("2025")
    page.get_by_label("Ngày quyết định").fill("01/07/2025")
    page.get_by_role("button", name="Ghi khen thưởng").click()
    expect(page.get_by_role("alert")).to_contain_text("30/06/2025")
    assert faults(page) == []
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Ngày quyết định")).to_be_focused()


def test_a_head_opens_sensitive_data_and_sees_them_masked_elsewhere(page: Page, site) -> None:
    person = site.rows("SELECT person_id FROM register_sensitivedata ORDER BY person_id")[0][0]
    sign_in(page, site, "lanhdao", then=f"/nguoi/{person}/")
    expect(page.get_by_text("••••").first).to_be_visible()
    page.get_by_role("button", name="Xem, sửa dữ liệu nhạy cảm").click()
    assert page.get_by_label("Số định danh cá nhân (CCCD)").input_value().startswith("099")
    assert "099" not in page.url


def test_two_rows_are_merged_and_parted_again(page: Page, site) -> None:
    site.run(
        "from thidua_web.register.models import Person, Unit; unit = Unit.objects.get(code='STP'); "
        "[Person.objects.create(full_name='Phùng Gộp Thử', unit=unit, code=code) for code in ('G1', 'G2')]"
    )
    sign_in(page, site, "vanthu", then=person_path(site, "Phùng Gộp Thử"))
    page.get_by_role("link", name="Gộp với bản ghi trùng").click()
    page.get_by_role("link", name="Phùng Gộp Thử").last.click()
    expect(page.get_by_role("row", name="Mã")).to_contain_text("khác nhau")
    assert faults(page) == []
    page.get_by_label("Vì sao là một người").fill("nhập hai lần")
    page.get_by_role("button", name="Gộp thành một người").click()
    expect(page.get_by_text("Đã gộp “Phùng Gộp Thử” vào người này.")).to_be_visible()
    page.goto(f"{site.url}/nguoi/gop/")
    page.get_by_role("button", name="Tách ra Phùng Gộp Thử").click()
    expect(page.get_by_text("Đã tách “Phùng Gộp Thử” ra như trước khi gộp.")).to_be_visible()


def test_without_javascript_everything_works(browser: Browser, site) -> None:
    context = look(browser, width=390, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "vanthu", then="/don-vi/?kieu=cay")
    branch = page.locator("li", has=page.get_by_role("link", name="Sở Tài chính")).last
    branch.locator("summary").click()
    branch.get_by_role("link", name="Mở Sở Tài chính").click()
    expect(page.get_by_role("link", name="Phòng Quản lý ngân sách")).to_be_visible()
    page.goto(f"{site.url}/don-vi/")
    page.get_by_label("Đơn vị có chữ").fill("cong thuong")
    page.get_by_role("button", name="Lọc").click()
    page.get_by_role("link", name="Sở Công Thương").click()
    page.get_by_role("button", name="Các mục").click()
    page.get_by_role("navigation", name="Chính").get_by_role("link", name="Người").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Người")
    context.close()


def test_on_a_phone_the_head_is_one_row_and_its_menu_opens(browser: Browser, site) -> None:
    context = look(browser, width=390)
    page = context.new_page()
    sign_in(page, site, "vanthu.so", then="/nguoi/")
    assert page.locator(".brand-row").bounding_box()["height"] <= 64
    expect(page.get_by_role("link", name="Phong trào")).to_be_hidden()
    page.get_by_role("button", name="Các mục").click()
    expect(page.get_by_role("link", name="Phong trào")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Phong trào")).to_be_hidden()
    context.close()


PAGES = {
    "units": "/don-vi/",
    "tree": "/don-vi/?kieu=cay",
    "no-units": "/don-vi/?tim=khongco",
    "wrong-filter": "/don-vi/?ngay=sai&thuoc=khongco",
    "past": "/don-vi/?ngay=01/06/2025&trang_thai=tat-ca",
    "unit": "unit:SNV",
    "ended-unit": "unit:H-VS",
    "new-unit": "/don-vi/moi/",
    "correct-unit": "unit:SNV:sua/",
    "rate-unit": "unit:SNV:xep-loai/",
    "people": "/nguoi/",
    "nobody": "/nguoi/?tim=khongco",
    "person": "person::",
    "new-person": "/nguoi/moi/",
    "change-person": "person::sua/",
    "new-post": "person::chuc-vu/moi/",
    "award-person": "person::khen-thuong/",
    "merge-choose": "person::gop/",
    "merges": "/nguoi/gop/",
}


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_axe_finds_nothing(browser: Browser, site, scheme: str, width: int) -> None:
    context = look(browser, scheme, width)
    page = context.new_page()
    sign_in(page, site, "vanthu", then="/don-vi/")
    found = {}
    for name, path in PAGES.items():
        kind, _, rest = path.partition(":")
        code, _, more = rest.partition(":")
        home = {"unit": lambda code=code: unit_path(site, code), "person": lambda: person_path(site, "Trần Văn Ứng")}
        page.goto(site.url + (home[kind]() + more if kind in home else path))
        found[name] = (faults(page), sideways(page))
    context.close()
    assert {name: what for name, what in found.items() if what != ([], 0)} == {}


def test_english_is_complete(page: Page, site) -> None:
    sign_in(page, site, "vanthu", then="/don-vi/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Units")
    page.get_by_role("link", name="Sở Nội vụ").first.click()
    expect(page.get_by_role("heading", name="What can be done now")).to_be_visible()
    assert faults(page) == []
