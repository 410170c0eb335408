"""Journeys through the product in a real browser, with a real server and worker behind it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from thidua_web.demo.build import plan_text
from thidua_web.demo.files import docx_from_text, pdf_from_text
from web.browser import LOOKS, chromium, faults, look, sideways, sign_in

pytestmark = pytest.mark.journey

SHARED = Path(os.environ.get("THIDUA_SHARED", Path(__file__).parents[3] / "shared")) / "plans"
NAMES = sorted(path.stem for path in SHARED.glob("*.txt"))
MAKERS: dict[str, Callable[[str], bytes]] = {"docx": docx_from_text, "pdf": pdf_from_text}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = look(browser)
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: said.append(str(error)))
    yield tab
    context.close()
    assert said == []


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    """Drop files on the page as a person does with the mouse."""
    data = [{"name": name, "bytes": list(content)} for name, content in files]
    carried = page.evaluate_handle(
        """files => {
            const transfer = new DataTransfer();
            files.forEach(({name, bytes}) => transfer.items.add(new File([new Uint8Array(bytes)], name)));
            return transfer;
        }""",
        data,
    )
    page.dispatch_event("form.drop", "dragover", {"dataTransfer": carried})
    page.dispatch_event("form.drop", "drop", {"dataTransfer": carried})


def open_when_read(page: Page, name: str) -> None:
    row = page.locator("tr", has_text=name)
    expect(row.locator(".state-read")).to_be_visible(timeout=60_000)
    with page.expect_navigation():  # until the page's script runs, its links are plain ones
        row.get_by_role("link").click()


def unlike(text: str, mark: str) -> str:
    """The demo's own text as another document, so that it is not recognised as one sent before."""
    return text.replace("Số: 18/KH-UBND", f"Số: {mark}/KH-UBND")


def test_dropping_a_docx_and_a_pdf_shows_their_facts_beside_the_words(page: Page, site) -> None:
    sign_in(page, site, "vanthu")
    text = plan_text("ke-hoach-tinh")
    drop(page, ("thả.docx", docx_from_text(unlike(text, "21"))), ("thả.pdf", pdf_from_text(unlike(text, "22"))))
    expect(page.get_by_text("Đã nhận 2 tệp.")).to_be_visible()
    expect(page.locator("tr", has_text="thả.pdf").locator(".state-read")).to_be_visible(timeout=60_000)
    open_when_read(page, "thả.docx")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Phát động phong trào thi đua đặc biệt")
    expect(page.locator("#f-deadlines-1")).to_be_visible()
    expect(page.locator(".check-fault")).not_to_have_count(0)


def test_choosing_a_file_by_keyboard_alone(page: Page, site, tmp_path: Path) -> None:
    sign_in(page, site, "vanthu")
    file = tmp_path / "phím.docx"
    file.write_bytes(docx_from_text(unlike(plan_text("ke-hoach-tinh"), "23")))
    page.locator("input[type=file]").focus()
    page.set_input_files("input[type=file]", file)
    expect(page.locator("form.drop output")).to_have_text("phím.docx")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Gửi và đọc")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("tr", has_text="phím.docx").locator(".state-read")).to_be_visible(timeout=60_000)


def test_a_fact_leads_to_its_words_and_the_words_to_the_fact(page: Page, site) -> None:
    sign_in(page, site, "vanthu")
    open_when_read(page, "ke-hoach-tinh-minh-giang.docx")
    fact = page.locator("#f-targets-5 > a")
    fact.focus()
    page.keyboard.press("Enter")
    words = page.locator("[data-of~=targets-5]").first
    expect(words).to_be_in_viewport()
    expect(words).to_be_focused()
    expect(words).to_have_class(re.compile("chosen"))
    page.keyboard.press("Enter")
    expect(fact).to_be_focused()
    expect(fact).to_be_in_viewport()


def test_every_check_leads_to_its_words(page: Page, site) -> None:
    sign_in(page, site, "vanthu")
    open_when_read(page, "ke-hoach-tinh-minh-giang.docx")
    links = page.locator(".check .words a")
    assert links.count() > 0
    for link in links.all():
        link.click()
        assert page.evaluate("document.getElementById(location.hash.slice(1)) !== null")
        expect(page.locator(".mark.chosen").first).to_be_in_viewport()


def test_the_planted_mistakes_of_the_demo_are_found(page: Page, site) -> None:
    sign_in(page, site, "vanthu")
    open_when_read(page, "ke-hoach-tinh-minh-giang.docx")
    expect(page.locator(".check-fault", has_text="79 năm")).to_have_count(1)
    expect(page.locator(".check-fault", has_text="91 ngày")).to_have_count(1)


def test_without_javascript_everything_works(browser: Browser, site) -> None:
    context = look(browser, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "vanthu.so")
    content = docx_from_text(unlike(plan_text("ke-hoach-tinh"), "24"))
    page.set_input_files("input[type=file]", {"name": "không-js.docx", "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Gửi và đọc").click()
    expect(page.locator("tr", has_text="không-js.docx").locator(".state-read")).to_be_visible(timeout=60_000)
    page.locator("tr", has_text="không-js.docx").get_by_role("link").click()
    page.locator("#f-targets-5 > a").click()
    expect(page.locator("#w-targets-5 + .mark, #w-targets-5 ~ .mark").first).to_be_in_viewport()
    assert page.url.endswith("#w-targets-5")
    page.goto(f"{site.url}/ke-hoach/")
    page.set_input_files("input[type=file]", {"name": "lại.docx", "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Gửi và đọc").click()
    expect(page.get_by_text("Đã có.")).to_be_visible()
    context.close()


def test_the_same_file_twice_is_recognised(page: Page, site) -> None:
    sign_in(page, site, "vanthu")
    content = docx_from_text(unlike(plan_text("ke-hoach-tinh"), "25"))
    drop(page, ("một.docx", content))
    expect(page.get_by_text("Đã nhận 1 tệp.")).to_be_visible()
    drop(page, ("hai.docx", content))
    expect(page.get_by_text("Đã có.")).to_be_visible()
    expect(page.locator(".outcomes").get_by_role("link", name="một.docx")).to_be_visible()


def test_an_unreadable_file_says_why_and_what_to_do(page: Page, site) -> None:
    sign_in(page, site, "vanthu")
    drop(page, ("hỏng.pdf", b"%PDF-1.7\nhong" + os.urandom(8)), ("lạ.exe", b"MZ\x90\0" + os.urandom(99)))
    expect(page.locator(".note-late", has_text="lạ.exe")).to_be_visible()
    row = page.locator("tr", has_text="hỏng.pdf")
    expect(row.locator(".state-unreadable")).to_be_visible(timeout=60_000)
    row.get_by_role("link").click()
    expect(page.get_by_role("alert")).to_contain_text("hỏng.pdf")
    expect(page.get_by_role("button", name="Đọc lại")).to_be_visible()


def test_downloads_hold_what_was_read(page: Page, site) -> None:
    sign_in(page, site, "vanthu")
    open_when_read(page, "ke-hoach-tinh-minh-giang.docx")
    page.get_by_text("Tải về").click()
    for name, expected in (
        ("Tệp gốc", b"PK\x03\x04"),
        ("Lịch (iCalendar)", b"BEGIN:VCALENDAR"),
        ("Dữ kiện (JSON)", b"{\n"),
        ("Dữ kiện (TOML)", b""),
    ):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert Path(download.value.path()).read_bytes().startswith(expected)


PAGES = {
    "sign-in": "/dang-nhap/",
    "list": "/ke-hoach/",
    "plan": "first plan",
    "not-found": "/khong-co/",
    "forbidden": "forbidden",
    "home": "/",
    "calendars": "/lich/",
    "nothing-to-do": "/",
    "unreadable": "unreadable",
    "correcting": "first plan?key=deadlines-5",
    "adding": "first plan?",
    "adding-values": "first plan?quote=Nơi nhận:&kind=deadlines",
}


@pytest.fixture(scope="module")
def plans(site) -> dict[str, int]:
    """One plan that was read and one that could not be, by state."""
    site.run(
        "import io; from django.utils import timezone; from thidua_web.accounts.models import User; "
        "from thidua_web.register.models import Unit; from thidua_web.campaigns.actions.plans import upload_plan; "
        "from thidua_web.campaigns.tasks import read_plan; "
        "read_plan(upload_plan(source=io.BytesIO(b'%PDF-1.7 x'), name='hong.pdf', unit=Unit.objects.get(code='UBND'), "
        "by=User.objects.get(username='vanthu'), at=timezone.now()).document.pk)"
    )
    rows = site.rows("SELECT name, id FROM campaigns_plandocument")
    return {"first plan": dict(rows)["ke-hoach-tinh-minh-giang.docx"], "unreadable": dict(rows)["hong.pdf"]}


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(browser: Browser, site, plans: dict[str, int], kind: str, scheme: str, width: int) -> None:
    context = look(browser, scheme, width)
    page = context.new_page()
    if kind != "sign-in":
        sign_in(page, site, "quantri" if kind in ("forbidden", "nothing-to-do") else "vanthu")
    path = "/ke-hoach/" if kind == "forbidden" else PAGES[kind]
    name, asks, query = path.partition("?")
    if name in plans:
        path = f"/ke-hoach/{plans[name]}/" + (f"doi-chieu/sua/?{query}" if asks else "")
    page.goto(site.url + path)
    assert (faults(page), sideways(page)) == ([], 0)
    context.close()


def test_english_is_complete_on_the_plan_page(page: Page, site) -> None:
    sign_in(page, site, "vanthu")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Plans sent so far")).to_be_visible()
    page.locator("tr", has_text="ke-hoach-tinh-minh-giang.docx").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Checking the plan")).to_be_visible()
    assert faults(page) == []


def real_plans() -> list[tuple[str, str]]:
    """Every plan in every format; in CI, for time, one format a plan in turn."""
    every = list(product(NAMES, MAKERS))
    return (
        every
        if os.environ.get("CI") != "true"
        else [every[n * len(MAKERS) + n % len(MAKERS)] for n in range(len(NAMES))]
    )


@pytest.mark.looks
@pytest.mark.parametrize(
    ("name", "suffix"),
    real_plans() or [pytest.param("", "", marks=pytest.mark.skip(reason=f"no plans at {SHARED}"))],
)
def test_a_real_plan_made_into_a_file_is_read_and_shown(page: Page, site, name: str, suffix: str) -> None:
    sign_in(page, site, "vanthu.xa")
    drop(page, (f"{name}.{suffix}", MAKERS[suffix]((SHARED / f"{name}.txt").read_text(encoding="utf-8"))))
    expect(page.get_by_text("Đã nhận 1 tệp.")).to_be_visible()
    open_when_read(page, f"{name}.{suffix}")
    expect(page.locator(".fact").first).to_be_visible()
    assert page.locator(".sheet .mark").count() > 0
    for fact in page.locator(".fact > a").all()[:5]:
        fact.click()
        expect(page.locator(".mark.chosen").first).to_be_in_viewport()


def test_the_labelled_plans_are_there_in_ci() -> None:
    if os.environ.get("CI") != "true" and not NAMES:
        pytest.skip(f"no plans at {SHARED}")
    assert NAMES
