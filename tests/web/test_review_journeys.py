"""From a plan's file to a launched campaign in a real browser: with the mouse alone, with the keyboard alone, by two
people at once, and with the server killed in the middle.
"""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from thidua_web.demo.build import plan_text
from thidua_web.demo.files import docx_from_text
from web.browser import LOOKS, chromium, faults, look, sideways, sign_in
from web.conftest import CI, DATABASE
from web.processes import Site
from web.test_journeys import NAMES, SHARED, drop, open_when_read

pytestmark = pytest.mark.journey

PROVINCES_AND_OFFICES = (
    "an-giang-57",
    "bac-kan-van-phong",
    "hau-giang-du-thao",
    "thai-nguyen-dai-hoi",
    "tra-vinh-128",
)
OWN = ("ke-hoach-tinh", "ke-hoach-so")
# What differs between plans does not differ between databases: on PostgreSQL our own two suffice.
PLANS = OWN if DATABASE else (*PROVINCES_AND_OFFICES, *OWN)
# Kinds whose first field takes words.
WORDED = ("deadlines", "targets", "criteria", "subjects", "tasks", "recipients")


def text_of(name: str) -> str:
    if name in OWN:
        return plan_text(name)
    if name not in NAMES:
        (pytest.fail if CI else pytest.skip)(f"no plans at {SHARED}")
    return (SHARED / f"{name}.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page in a browser session of its own, signed in."""
    contexts = []

    def act(site: Site, user: str, width: int = 1440) -> Page:
        context = look(browser, width=width)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, site, user)
        return page

    yield act
    for context in contexts:
        context.close()


def send(page: Page, site: Site, name: str, text: str) -> None:
    page.goto(f"{site.url}/ke-hoach/")
    drop(page, (name, docx_from_text(text)))
    expect(page.get_by_text("Đã nhận 1 tệp.")).to_be_visible()
    open_when_read(page, name)
    ready(page)


def ready(page: Page) -> None:
    expect(page.locator("#review[data-ready]")).to_have_count(1)


def decided(page: Page) -> tuple[int, int]:
    progress = page.locator("#meter progress")
    return int(progress.get_attribute("value") or 0), int(progress.get_attribute("max") or 0)


def expect_decided(page: Page, at_least: int) -> None:
    page.wait_for_function("n => document.querySelector('#meter progress').value >= n", arg=at_least)


def all_decided(page: Page) -> bool:
    done, total = decided(page)
    return done == total


# With the mouse ------------------------------------------------------------------------------------------------------


def correct_by_mouse(page: Page, row: Locator, mark: str) -> None:
    key = row.get_attribute("id")
    row.locator('[data-do="edit"]').click()
    form = row.locator("form")
    field = form.locator("textarea, input[type=text]").first
    field.fill(f"{field.input_value()} {mark}")
    form.get_by_role("button", name="Ghi lại và chấp nhận").click()
    expect(page.locator(f"#{key}.v-corrected")).to_contain_text(mark)


def add_by_mouse(page: Page) -> None:
    line = page.locator("#sheet p:not(.title)", has_text=re.compile(r"\w{3}.{40}")).nth(3)
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    assert box
    y = box["y"] + 12
    page.mouse.move(box["x"] + 4, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 220, y, steps=6)
    page.mouse.up()
    page.locator(".add-here").click()
    page.locator("#id_kind").select_option("movements")
    page.get_by_role("button", name="Tiếp tục").click()
    page.locator("#fact-form").get_by_role("button", name="Thêm dữ kiện").click()
    expect(page.locator("li.fact.v-added")).to_have_count(1)


def review_by_mouse(page: Page) -> None:
    rows = page.locator(", ".join(f"li.fact[data-kind={kind}]" for kind in WORDED))
    keys = [row.get_attribute("id") for row in rows.all()[:4]]
    for number, key in enumerate(keys[:3], 1):
        correct_by_mouse(page, page.locator(f"#{key}"), f"(sửa {number})")
    page.locator(f"#{keys[3]}").locator('[data-do="reject"]').click()
    expect(page.locator(f"#{keys[3]}.v-rejected")).to_have_count(1)
    add_by_mouse(page)
    while not all_decided(page):
        before, _ = decided(page)
        page.locator('.group-head button[value^="accept_kind"]').first.click()
        expect_decided(page, before + 1)


# With the keyboard ---------------------------------------------------------------------------------------------------


def tab_to(page: Page, selector: str, *, back: bool = False, most: int = 60) -> None:
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{selector} is not reached within {most} stops")


def correct_by_keys(page: Page, mark: str) -> None:
    before, _ = decided(page)
    page.keyboard.press("s")
    expect(page.locator("li.fact form")).to_have_count(1)
    page.keyboard.press("End")
    page.keyboard.type(f" {mark}")
    tab_to(page, "form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("li.v-corrected", has_text=mark)).to_have_count(1)
    expect_decided(page, before + 1)


def next_worded(page: Page) -> None:
    """On to the next open fact whose first field takes words; a day would not."""
    for _ in range(99):
        page.keyboard.press("n")
        if page.evaluate(
            "['targets', 'deadlines', 'tasks'].includes(document.activeElement.closest('li').dataset.kind)"
        ):
            return
    raise AssertionError("no fact to correct")


def add_by_keys(page: Page) -> None:
    page.keyboard.press("Enter")  # from the fact to its words
    page.keyboard.press("ArrowDown")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("t")
    expect(page.locator("#fact-add")).to_be_visible()
    page.keyboard.type("Phong trào")  # a list is chosen from by typing
    tab_to(page, "form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#fact-form")).to_be_visible()
    tab_to(page, "form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("li.fact.v-added")).to_have_count(1)


def review_by_keys(page: Page) -> None:
    page.keyboard.press("Tab")
    tab_to(page, "#next-pending")
    page.keyboard.press("Enter")
    for number in range(1, 4):
        next_worded(page)
        correct_by_keys(page, f"(sửa {number})")
    page.keyboard.press("n")
    before, _ = decided(page)
    page.keyboard.press("x")
    expect_decided(page, before + 1)
    add_by_keys(page)
    while not all_decided(page):
        before, _ = decided(page)
        page.keyboard.press("n")
        page.keyboard.press("Shift+A")
        expect_decided(page, before + 1)


REVIEWS = {"mouse": review_by_mouse, "keyboard": review_by_keys}


# From the review to the launched campaign ----------------------------------------------------------------------------


def use(way: str, wanted: Locator) -> None:
    """Press a button or follow a link, with the mouse or by Tab and Enter."""
    if way == "mouse":
        wanted.click()
        return
    for _ in range(200):
        if wanted.evaluate("one => one === document.activeElement"):
            wanted.page.keyboard.press("Enter")
            return
        wanted.page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by Tab")


def press(page: Page, way: str, role: str, name: str) -> None:
    use(way, page.get_by_role(role, name=re.compile(f"^{name}")).first)  # type: ignore[arg-type]


def subscribe(page: Page, way: str) -> icalendar.Calendar:
    """Make the calendar of the campaign, and read it as a calendar program does: without signing in."""
    press(page, way, "button", "Đưa vào lịch của tôi")
    expect(page).to_have_url(re.compile("/lich/#lich-"))
    address = page.locator(f"#{page.url.partition('#')[2]}").get_by_label("Địa chỉ của lịch").input_value()
    with urllib.request.urlopen(address) as answer:
        return icalendar.Calendar.from_ical(answer.read())


# Each plan is reviewed in both ways; in CI, whose time is short, our own two in one way each.
EACH_WAY = list(zip(OWN, REVIEWS, strict=True)) if CI else list(product(PLANS, REVIEWS))


@pytest.mark.parametrize(("name", "way"), EACH_WAY)
def test_a_plan_becomes_a_campaign(open_page: Callable[..., Page], site: Site, name: str, way: str) -> None:
    clerk = open_page(site, "vanthu")
    send(clerk, site, f"{name}-{way}.docx", text_of(name) + f"\nBản thử {way}.\n")
    REVIEWS[way](clerk)
    clerk.reload()
    ready(clerk)
    assert all_decided(clerk)
    verdicts = ("corrected", "rejected", "added")
    assert tuple(clerk.locator(f"li.fact.v-{one}").count() for one in verdicts) == (3, 1, 1)
    assert faults(clerk) == []
    press(clerk, way, "link", "Chuẩn bị phát động")
    press(clerk, way, "button", "Trình lãnh đạo phát động")
    expect(clerk.get_by_role("heading", name="Chờ lãnh đạo phát động")).to_be_visible()
    expect(clerk.get_by_role("button", name=re.compile("^Phát động"))).to_have_count(0)

    head = open_page(site, "lanhdao")
    head.goto(clerk.url)
    press(head, way, "button", "Phát động phong trào")
    expect(head).to_have_url(re.compile(r"/phong-trao/\d+/$"))
    assert faults(head) == []
    expect(head.get_by_role("heading", name="Dòng thời gian")).to_be_visible()
    expect(head.locator("svg.timeline, .phases").first).to_be_attached()
    rows = head.locator(".duties-table tbody tr")
    assert rows.count() > 0

    words = head.locator('a[href*="/van-ban/1/#w-"]').first
    href = words.get_attribute("href") or ""
    use(way, words)
    expect(head).to_have_url(re.compile(re.escape(href)))
    expect(head.locator(f"[id='{href.partition('#')[2]}']")).to_have_count(1)

    head.go_back()
    calendar = subscribe(head, way)
    events = calendar.walk("VEVENT")
    assert events
    assert all(event["DTSTART"].dt and str(event["DESCRIPTION"]) for event in events)
    assert len({str(event["UID"]) for event in events}) == len(events)


# Two people, a lost line, a killed server ---------------------------------------------------------------------------


def test_two_people_at_once_see_each_other_and_none_overwrites(open_page: Callable[..., Page], site: Site) -> None:
    first = open_page(site, "vanthu")
    send(first, site, "hai-người.docx", plan_text("ke-hoach-tinh") + "\nHai người.\n")
    second = open_page(site, "thamdinh")
    second.goto(first.url)
    ready(second)
    first.locator('#f-targets-1 [data-do="accept"]').click()
    expect(first.locator("#f-targets-1.v-accepted")).to_have_count(1)
    expect(second.locator("#f-targets-1.v-accepted")).to_contain_text("Nguyễn Thị Mai Anh", timeout=15_000)
    second.evaluate("document.dispatchEvent = () => true")  # nothing more may wake the watch before the next act
    stale = second.locator('#f-targets-2 [data-do="reject"]')
    value = stale.get_attribute("value")
    first.locator('#f-targets-2 [data-do="accept"]').click()
    expect(first.locator("#f-targets-2.v-accepted")).to_have_count(1)
    second.evaluate(
        """value => { const button = document.querySelector('#f-targets-2 [data-do="reject"]');
                      button.value = value; button.click(); }""",
        value,
    )
    expect(second.locator("#said")).to_contain_text("Nguyễn Thị Mai Anh vừa thay đổi")
    expect(second.locator("#f-targets-2.v-accepted")).to_have_count(1)


@pytest.fixture
def own_site(tmp_path: Path, site: Site) -> Iterator[Site]:
    """A server that may be killed without hurting the others."""
    server_database = site.database.rsplit("/", 1)[0] + "/postgres" if site.database else ""
    with Site(tmp_path, server_database=server_database) as running:
        yield running


def test_a_server_killed_in_the_middle_loses_nothing(open_page: Callable[..., Page], own_site: Site) -> None:
    page = open_page(own_site, "vanthu")
    send(page, own_site, "đứt.docx", plan_text("ke-hoach-tinh") + "\nĐứt.\n")
    page.locator('#f-targets-1 [data-do="accept"]').click()
    expect(page.locator("#f-targets-1.v-accepted")).to_have_count(1)
    own_site.kill_server()
    page.locator('#f-targets-2 [data-do="accept"]').click()
    page.locator('#f-targets-3 [data-do="reject"]').click()
    expect(page.locator("#said")).to_contain_text("Sẽ tự gửi lại; 2 việc còn chờ.", timeout=20_000)
    own_site.start_server()
    expect(page.locator("#f-targets-3.v-rejected")).to_have_count(1, timeout=40_000)
    expect(page.locator("#f-targets-2.v-accepted")).to_have_count(1)
    page.locator('#f-targets-4 [data-do="edit"]').click()
    field = page.locator("#f-targets-4 form input[type=text]").first
    field.fill("Bản nháp chưa gửi")
    own_site.kill_server()
    page.locator('#f-targets-5 [data-do="accept"]').click()
    expect(page.locator("#said")).to_contain_text("1 việc còn chờ")
    page.close()
    own_site.start_server()
    again = page.context.new_page()
    again.goto(f"{own_site.url}/ke-hoach/")
    open_when_read(again, "đứt.docx")
    expect(again.locator("#f-targets-5.v-accepted")).to_have_count(1)  # what waited was sent by the new page
    again.locator('#f-targets-4 [data-do="edit"]').click()
    expect(again.locator("#f-targets-4 form input[type=text]").first).to_have_value("Bản nháp chưa gửi")
    assert decided(again)[0] == 4


def test_a_double_click_is_one_act(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(site, "vanthu")
    send(page, site, "đúp.docx", plan_text("ke-hoach-tinh") + "\nĐúp.\n")
    page.locator('.group-head button[value^="accept_kind:targets"]').dblclick()
    expect(page.locator("li.fact.v-accepted[data-kind=targets]")).to_have_count(10)
    page.locator("#undo").click()
    expect(page.locator("li.fact.v-pending[data-kind=targets]")).to_have_count(10)


# Amended, without scripting -----------------------------------------------------------------------------------------


def accept_all(page: Page) -> None:
    while not all_decided(page):
        before, _ = decided(page)
        page.locator('.group-head button[value^="accept_kind"]').first.click()
        expect_decided(page, before + 1)


def test_an_amendment_of_a_launched_plan_shows_its_difference(open_page: Callable[..., Page], site: Site) -> None:
    text = plan_text("ke-hoach-tinh").replace("Số: 18/KH-UBND", "Số: 71/KH-UBND")
    clerk, head = open_page(site, "vanthu"), open_page(site, "lanhdao", width=390)
    send(clerk, site, "gốc.docx", text)
    accept_all(clerk)
    press(clerk, "mouse", "link", "Chuẩn bị phát động")
    press(clerk, "mouse", "button", "Trình lãnh đạo phát động")
    head.goto(clerk.url)
    press(head, "mouse", "button", "Phát động phong trào")
    expect(head).to_have_url(re.compile(r"/phong-trao/\d+/$"))
    clerk.goto(head.url)

    changed = text.replace("71/KH", "72/KH").replace("ngày 30 tháng 10 năm 2026", "ngày 15 tháng 11 năm 2026")
    changed = changed.replace("c) Hoàn thành xóa 350 nhà tạm, nhà dột nát.\n", "c) Trồng mới 500 ha rừng.\n")
    clerk.get_by_text("Gửi văn bản sửa đổi").click()
    clerk.get_by_label("thay thế toàn bộ kế hoạch đang thực hiện").check()
    clerk.get_by_label("Tệp văn bản sửa đổi").set_input_files(
        {"name": "sửa-đổi.docx", "mimeType": "", "buffer": docx_from_text(changed)}
    )
    clerk.get_by_role("button", name="Gửi và đọc").click()
    expect(clerk.locator("#review")).to_be_visible(timeout=60_000)
    ready(clerk)
    done, total = decided(clerk)
    assert done > total / 2  # what the amendment repeats was decided before
    assert done < total
    accept_all(clerk)
    press(clerk, "mouse", "link", "Chuẩn bị phát động")
    press(clerk, "mouse", "button", "Trình lãnh đạo phát động")
    head.goto(clerk.url)
    changes = head.locator("section", has=head.get_by_role("heading", name=re.compile("^Điều thay đổi")))
    expect(changes.locator("del", has_text="30/10/2026")).to_have_count(1)
    expect(changes.locator("ins", has_text="15/11/2026")).to_have_count(1)
    expect(changes.locator("del", has_text="nhà tạm")).not_to_have_count(0)
    expect(changes.locator("ins", has_text="rừng")).not_to_have_count(0)
    assert faults(head) == []
    press(head, "mouse", "button", "Ban hành sửa đổi")
    expect(head).to_have_url(re.compile(r"/phong-trao/\d+/$"))
    expect(head.get_by_text("15/11/2026").first).to_be_attached()
    expect(head.locator("main", has_text="30/10/2026")).to_have_count(0)
    assert faults(head) == []


def test_without_javascript_a_plan_is_reviewed_too(browser: Browser, site: Site) -> None:
    context = look(browser, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "vanthu.so")
    content = docx_from_text(plan_text("ke-hoach-so") + "\nKhông kịch bản.\n")
    page.set_input_files("input[type=file]", {"name": "tay.docx", "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Gửi và đọc").click()
    expect(page.locator("tr", has_text="tay.docx").locator(".state-read")).to_be_visible(timeout=60_000)
    page.locator("tr", has_text="tay.docx").get_by_role("link").click()
    page.locator('#f-deadlines-1 [data-do="accept"]').click()
    expect(page.locator("#f-deadlines-1.v-accepted")).to_be_in_viewport()
    page.locator('#f-deadlines-2 [data-do="edit"]').click()
    page.get_by_label("Hạn", exact=True).fill("31/02/2026")
    page.get_by_role("button", name="Ghi lại và chấp nhận").click()
    expect(page.get_by_role("alert")).to_contain_text("“31/02/2026” không phải là một ngày")
    page.get_by_label("Hạn", exact=True).fill("28/02/2026")
    page.get_by_role("button", name="Ghi lại và chấp nhận").click()
    expect(page.locator("#f-deadlines-2.v-corrected")).to_contain_text("28/02/2026")
    page.get_by_role("link", name="Thêm dữ kiện").click()
    page.get_by_label("Chữ trong văn bản").fill("Trạm quan trắc nước tự động sông Minh")
    page.get_by_label("Loại dữ kiện").select_option("projects")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Thêm dữ kiện").click()
    expect(page.locator("li.fact.v-added")).to_have_count(1)
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator("li.fact.v-added")).to_have_count(0)
    page.locator('button[value^="accept_kind:targets"]').click()
    expect(page.locator('button[value^="accept_kind:targets"]')).to_have_count(0)
    context.close()


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_axe_finds_nothing_while_forms_are_open(browser: Browser, site: Site, scheme: str, width: int) -> None:
    context = look(browser, scheme, width)
    page = context.new_page()
    sign_in(page, site, "vanthu.so")
    open_when_read(page, "ke-hoach-so-minh-giang.pdf")
    ready(page)
    page.locator('li.v-pending[data-kind=deadlines] [data-do="edit"]').first.click()
    expect(page.locator("li.fact form")).to_be_visible()
    page.evaluate(
        """() => { const line = [...document.querySelectorAll('#sheet p')].find((one) => one.textContent.length > 60);
                   getSelection().selectAllChildren(line); }"""
    )
    page.locator("#add-fact").click()
    expect(page.locator("#fact-add")).to_be_visible()
    assert (faults(page), sideways(page)) == ([], 0)
    context.close()
