"""A bloc in a real browser: made, scored by its members, ranked and published; with JavaScript and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from web.browser import LOOKS, chromium, faults, look, sideways, sign_in
from web.scorings import PDF, TABLE

pytestmark = pytest.mark.journey
NAME = "Khối thi đua thử chấm"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for context in opened:
        context.close()


def test_a_bloc_is_made_scored_ranked_and_published(
    browser: Browser, contexts: list[BrowserContext], site, tmp_path: Path
) -> None:
    def tab(user: str, then: str, **options: object) -> Page:
        contexts.append(look(browser, **options))
        page = contexts[-1].new_page()
        sign_in(page, site, user, then=then)
        return page

    table = tmp_path / "bang.toml"
    table.write_text(TABLE, encoding="utf-8")
    proof = tmp_path / "minh-chung.pdf"
    proof.write_bytes(PDF)

    appraiser = tab("thamdinh", "/cum-khoi/moi/")
    make_bloc(appraiser)
    scoring = open_scoring(appraiser, table)

    clerk = tab("vanthu.noivu", "/")
    clerk.get_by_role("link", name="Tự chấm điểm: Chấm điểm thử", exact=True).click()
    score_with_javascript(clerk, proof)

    plain = tab("vanthu.so", scoring, java_script_enabled=False, width=390)
    score_without_javascript(plain, proof)

    appraiser.goto(scoring)
    appraiser.get_by_role("button", name="Bỏ qua chấm chéo").click()
    head = tab("lanhdao", scoring)
    head.get_by_role("button", name="Công bố và khóa kết quả").click()
    expect(head.get_by_text("Đã công bố và khóa kết quả.")).to_be_visible()

    plain.goto(f"{scoring}xep-hang/")
    rows = plain.locator(".ranks tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Sở Nội vụ")
    expect(rows.nth(0)).to_contain_text("17,00")
    assert sideways(plain) == 0
    clerk.goto(f"{scoring}xep-hang/")
    assert faults(clerk) == []
    with clerk.expect_download() as caught:
        clerk.get_by_role("link", name="PDF").click()
    assert Path(caught.value.path()).read_bytes().startswith(b"%PDF-")


def make_bloc(page: Page) -> None:
    """From its name to its members, found by code and by typing."""
    page.get_by_label("Tên cụm, khối").fill(NAME)
    page.get_by_role("button", name="Lập cụm, khối").click()
    page.get_by_label("Đơn vị", exact=True).fill("SNV\nSNNMT")
    page.get_by_role("button", name="Thêm thành viên").click()
    expect(page.get_by_text("Đã thêm 2 đơn vị.")).to_be_visible()


def open_scoring(page: Page, table: Path) -> str:
    """Its address."""
    page.get_by_role("link", name="Chấm điểm của cụm, khối").click()
    page.get_by_role("link", name="Mở chấm điểm").first.click()
    expect(page.get_by_label("Cụm, khối", exact=True)).to_have_value(page.url.rpartition("=")[2])
    page.get_by_label("Tên gọi").fill("Chấm điểm thử")
    page.get_by_label("Tệp bảng điểm").set_input_files(table)
    page.get_by_role("button", name="Soát và xem trước bảng điểm").click()
    expect(page.get_by_text("b/a × chuẩn")).to_be_visible()
    page.get_by_role("button", name="Mở chấm điểm").click()
    expect(page.get_by_text("Đã mở chấm điểm.")).to_be_visible()
    return page.url


def score_with_javascript(page: Page, proof: Path) -> None:
    """What is typed is saved and reckoned at once; a file takes nothing unsaved with it."""
    page.get_by_label("a. Chỉ tiêu").wait_for()
    page.wait_for_load_state()  # what is typed before the script listens is saved with the next key only
    page.get_by_label("a. Chỉ tiêu").fill("50")
    page.get_by_label("b. Kết quả").fill("45")
    expect(page.get_by_text("45/50 × 10 = 9,00")).to_be_visible()
    expect(page.locator("#saved")).to_contain_text("Đã lưu lúc")
    lose_an_answer(page)
    page.get_by_label("b. Kết quả").fill("40")
    expect(page.locator("#saved")).to_contain_text("Mất kết nối")
    page.get_by_label("b. Kết quả").fill("45")
    expect(page.locator("#saved")).to_contain_text("Đã lưu lúc", timeout=10_000)
    expect(page.get_by_text("45/50 × 10 = 9,00")).to_be_visible()
    points = page.locator("#points-phong_trao")
    points.fill("12")
    expect(page.get_by_text("Điểm từ 0 đến 10.")).to_be_visible()
    points.fill("8")
    line = page.locator("#line-phong_trao")
    line.get_by_text("Thêm minh chứng").click()
    line.get_by_label("Tệp minh chứng").set_input_files(proof)
    line.get_by_role("button", name="Gửi tệp").click()
    expect(page.get_by_text("Đã nhận 1 minh chứng.")).to_be_visible()
    expect(points).to_have_value("8")
    expect(page.locator("#score-total")).to_have_text("17")
    assert faults(page) == []
    page.get_by_role("button", name="Gửi phiếu tự chấm").click()
    expect(page.get_by_text("Đã gửi phiếu chấm.")).to_be_visible()


def lose_an_answer(page: Page) -> None:
    """The next save arrives, but what the server says does not: its own words are no stranger's."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/luu/", lose, times=1)


def score_without_javascript(page: Page, proof: Path) -> None:
    """On a phone: the buttons do it."""
    page.get_by_role("link", name="Tự chấm").click()
    assert sideways(page) == 0
    page.get_by_label("a. Chỉ tiêu").fill("50")
    page.get_by_label("b. Kết quả").fill("40")
    page.locator("#points-phong_trao").fill("8")
    page.get_by_role("button", name="Lưu").first.click()
    line = page.locator("#line-phong_trao")
    line.get_by_text("Thêm minh chứng").click()
    line.get_by_label("Tệp minh chứng").set_input_files(proof)
    line.get_by_role("button", name="Gửi tệp").click()
    page.get_by_role("button", name="Gửi phiếu tự chấm").click()
    expect(page.get_by_text("Đã gửi phiếu chấm.")).to_be_visible()


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_every_page_of_a_scoring_holds_in_each_look(browser: Browser, site, scheme: str, width: int) -> None:
    """The demo's bloc, waiting for the standing body."""
    scoring, bloc = site.rows("SELECT id, bloc_id FROM progress_scoring WHERE state = 'standing' ORDER BY id")[0]
    unit = site.rows("SELECT unit_id FROM progress_scoresheet WHERE scoring_id = %s ORDER BY id", scoring)[0][0]
    context = look(browser, scheme, width)
    page = context.new_page()
    sign_in(page, site, "thamdinh", then="/cum-khoi/")
    found = {}
    scored = f"/cham-diem/{scoring}/"
    for address in (
        "/cum-khoi/",
        "/cum-khoi/moi/",
        f"/cum-khoi/{bloc}/",
        f"/cum-khoi/{bloc}/thanh-vien/them/",
        f"/cum-khoi/{bloc}/thanh-vien/rut/",
        "/cham-diem/mo/",
        scored,
        f"{scored}{unit}/",
        f"{scored}xep-hang/",
    ):
        page.goto(f"{site.url}{address}")
        found[address] = (faults(page), sideways(page))
    context.close()
    assert {address: what for address, what in found.items() if what != ([], 0)} == {}
