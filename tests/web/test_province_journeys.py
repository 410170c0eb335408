"""The simulated province in a real browser: what the standing body, an auditor and a unit see at the end of the year,
and a unit that comes late.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from web.browser import chromium, faults, look, sideways, sign_in
from web.conftest import DATABASE
from web.province_site import ProvinceSite

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProvinceSite]:
    with ProvinceSite(tmp_path_factory.mktemp("province"), server_database=DATABASE) as made:
        made.start_server()
        yield made


@pytest.fixture(scope="module")
def places(site: ProvinceSite) -> dict[str, Any]:
    """Numbers of the campaigns, the scoring and some units."""
    return site.places()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Any]:
    """Somebody's page; whatever a script complains about fails the test."""
    contexts, said = [], []

    def act(site: ProvinceSite, user: str, width: int = 1440) -> Page:
        context = look(browser, width=width)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        sign_in(page, site, user, then="/")
        return page

    yield act
    for context in contexts:
        context.close()
    assert said == []


def visit(page: Page, site: ProvinceSite, path: str, *words: str) -> None:
    """The page answers, says these words, and nothing of it is wider than the window or out of reach."""
    answer = page.goto(site.url + path)
    assert answer is not None
    assert answer.status == 200, path
    text = " ".join(page.locator("main").inner_text().split())
    for said in words:
        assert said in text, (path, said)
    assert sideways(page) == 0, path
    assert faults(page) == [], path


def test_the_standing_body_looks_at_the_whole_year(open_page: Any, site: ProvinceSite, places: dict[str, Any]) -> None:
    tv, hg, tn, scoring = (places[name] for name in ("tv", "hg", "tn", "scoring"))
    page = open_page(site, "mg-clerk")
    visit(page, site, f"/phong-trao/{tv}/", "Đợt 01", "Đợt 02")
    visit(page, site, f"/phong-trao/{tv}/trien-khai/", "Thanh tra tỉnh", "24")
    visit(page, site, f"/phong-trao/{tv}/trien-khai/ban-do/")
    visit(page, site, f"/phong-trao/{tv}/dang-ky/", "Sở Tài chính")
    visit(page, site, f"/phong-trao/{tv}/dang-ky/tong-hop/")
    visit(page, site, f"/phong-trao/{tv}/dang-ky/giong-nhau/")
    visit(page, site, f"/phong-trao/{tv}/dang-ky/{places['S02']}/", "Sở Kế hoạch và Đầu tư", "Sở Tài chính")
    visit(page, site, f"/phong-trao/{tv}/bao-cao/", "Quá hạn, chưa gửi")
    visit(page, site, f"/phong-trao/{tv}/bao-cao/vuot-tien-do/", "Công trình 1 chào mừng đại hội, Sở Nội vụ")
    visit(page, site, f"/phong-trao/{tv}/tien-do/", "Hằng năm tạo việc làm mới cho", "Ủy ban nhân dân huyện Vàm Sen")
    visit(page, site, f"/bao-cao/{places['last_day']}/{places['H4']}/", "Đã gửi")
    visit(page, site, f"/phong-trao/{hg}/", "Cấp huyện và tương đương")
    visit(page, site, f"/phong-trao/{hg}/trien-khai/dieu-kien/", "Thanh tra tỉnh")
    visit(page, site, f"/phong-trao/{hg}/dang-ky/{places['D0']}/", "2023")
    visit(page, site, f"/phong-trao/{tn}/trien-khai/", "Ủy ban nhân dân huyện Long Hải")
    visit(page, site, f"/cham-diem/{scoring}/xep-hang/", "Sở Xây dựng", "16,5")
    visit(page, site, "/cum-khoi/", "Khối thi đua các sở tổng hợp")


def test_a_head_looks_at_the_own_unit_on_a_phone(open_page: Any, site: ProvinceSite, places: dict[str, Any]) -> None:
    """Of the district that came to nine tenths: what it took on, what it reported, what its communes did."""
    tv, unit = places["tv"], places["H4"]
    page = open_page(site, "h4-head", 390)
    visit(page, site, "/")
    visit(page, site, f"/phong-trao/{tv}/dang-ky/{unit}/", "chào mừng đại hội")
    visit(page, site, f"/bao-cao/{places['last_day']}/{unit}/", "Đã gửi", "90%")
    visit(page, site, f"/phong-trao/{tv}/tien-do/")
    visit(page, site, f"/phong-trao/{places['own_H4']}/trien-khai/", "phường Tân Lộc 5")


def test_an_auditor_reads_all_of_it_and_finds_nothing_to_press(
    open_page: Any, site: ProvinceSite, places: dict[str, Any]
) -> None:
    """But for carrying out a workbook, which the journal tells of."""
    page = open_page(site, "mg-auditor")
    for path in (
        f"/phong-trao/{places['tv']}/trien-khai/",
        f"/phong-trao/{places['tv']}/dang-ky/",
        f"/phong-trao/{places['tv']}/dang-ky/{places['S02']}/",
        f"/bao-cao/{places['last_day']}/{places['H4']}/",
        f"/cham-diem/{places['scoring']}/xep-hang/",
    ):
        page.goto(site.url + path)
        acts = page.locator("main form[method=post]:not([action$='excel/'])")
        assert acts.count() == 0, path
    visit(page, site, "/nhat-ky/?tim=Sở Tài chính", "Sở Tài chính")


def test_an_enterprise_comes_late_and_is_told_what_others_have(
    open_page: Any, site: ProvinceSite, places: dict[str, Any]
) -> None:
    """It had only received the campaign: it pledges after the day with a work that looks like another's, the province
    sees that it is late and accepts.
    """
    tv, unit = places["tv"], places["D4"]
    page = open_page(site, "d4-clerk")
    page.goto(f"{site.url}/phong-trao/{tv}/dang-ky/{unit}/")
    expect(page.locator("#pledge-form[data-ready]")).to_have_count(1)
    row = page.locator("#rows-w fieldset.ahead")
    row.locator("textarea[name$='-name']").fill("Công trình 1 chào mừng đại hội của Sở Tài chính")
    expect(page.locator("#rows-w .alike").first).to_contain_text("Sở Tài chính")
    expect(page.locator("#pledge-said")).to_contain_text("Đã lưu lúc", timeout=20_000)
    page.locator("#rows-w fieldset").first.get_by_label("Khác với công trình đã có ở chỗ nào").fill("Của doanh nghiệp")
    for part in page.locator("#rows-t fieldset:not(.ahead) input[name$='-value']").all():
        if not part.input_value():  # what all reach together is each unit's to say
            part.fill("5")
    page.locator("#id_note").fill("Đăng ký bổ sung")
    expect(page.locator("#pledge-said")).to_contain_text("Đã lưu lúc", timeout=20_000)
    page.get_by_role("button", name="Gửi đăng ký lên").click()
    expect(page.get_by_text("Đã gửi đăng ký.")).to_be_visible()

    above = open_page(site, "mg-clerk")
    above.goto(f"{site.url}/phong-trao/{tv}/dang-ky/{unit}/")
    expect(above.get_by_text("Đăng ký bổ sung")).to_be_visible()
    above.get_by_role("button", name="Chấp nhận đăng ký của").click()
    expect(above.get_by_text("Đã chấp nhận đăng ký.")).to_be_visible()
    assert site.found()["pledges"]["D4"][0] == "accepted"
