"""The home page and the calendars in a real browser: marking and taking back, copying an address, reading it."""

from __future__ import annotations

import datetime
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from web.browser import chromium, faults, look, sideways, sign_in
from web.processes import Site

pytestmark = pytest.mark.journey

# Launched by the province as its people would, with a deadline for its departments in the next days.
LAUNCH = """
import io, time
from django.utils import timezone
from thidua_web.accounts.models import User
from thidua_web.register.models import Unit
from thidua_web.campaigns.actions import launches
from thidua_web.campaigns.actions.plans import upload_plan
from thidua_web.campaigns.models import PlanDocument, ReviewedFact
from thidua_web.campaigns.tasks import read_plan
clerk, head = (User.objects.get(username=name) for name in ("vanthu", "lanhdao"))
sent = upload_plan(source=io.BytesIO({text!r}.encode()), name="{name}", unit=Unit.objects.get(code="UBND"), by=clerk,
    at=timezone.now())
read_plan(sent.document.pk)
for _ in range(300):  # the site's own worker may have been quicker to take it up
    if PlanDocument.objects.get(pk=sent.document.pk).state == "read":
        break
    time.sleep(0.1)
ReviewedFact.objects.filter(document=sent.document).update(verdict="accepted")
plan = PlanDocument.objects.get(pk=sent.document.pk)
edition = launches.prepare(document=plan, by=clerk, at=timezone.now()).edition
launches.launch(edition=edition, by=head, at=timezone.now())
"""
PLAN = """Số: {number}/KH-UBND

KẾ HOẠCH
Phát động phong trào thi đua {number}

I. THỜI GIAN
Phong trào thi đua được thực hiện từ ngày {first} đến ngày {last}.

II. TỔ CHỨC THỰC HIỆN
1. Các sở, ban, ngành gửi danh sách dự tập huấn {number} về Sở Nội vụ trước ngày {due}.
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = look(browser, permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield tab
    context.close()
    assert said == []


def launch(site: Site, number: int) -> str:
    """What the departments must do, in the words of the page."""
    today = timezone.localdate()
    days = {"first": -9, "last": 90, "due": 3}
    written = {name: f"{today + datetime.timedelta(days=n):%d/%m/%Y}" for name, n in days.items()}
    text = PLAN.format(number=number, **written)
    site.run(f"exec({LAUNCH.format(text=text, name=f'{number}.txt')!r})")
    return f"tập huấn {number}"


def test_a_duty_is_marked_and_taken_back_in_its_place(page: Page, site: Site) -> None:
    what = launch(site, 801)
    sign_in(page, site, "vanthu.so", "/")
    line = page.locator(".work-now .line", has_text=what)
    line.get_by_role("button", name="Đánh dấu đã làm").click()
    expect(line.get_by_text("Trần Văn Ứng")).to_be_visible()
    back = line.get_by_role("button", name="Hoàn tác")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(line.get_by_role("button", name="Đánh dấu đã làm")).to_be_focused()
    page.keyboard.press("Enter")
    expect(back).to_be_visible()
    page.reload()
    expect(line).to_have_count(0)
    expect(page.locator(".done li", has_text=what).get_by_role("button", name="Hoàn tác")).to_be_visible()


def test_without_javascript_a_duty_is_marked_and_taken_back(browser: Browser, site: Site) -> None:
    what = launch(site, 802)
    context = look(browser, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "vanthu.so", "/")
    page.locator(".work-now .line", has_text=what).get_by_role("button", name="Đánh dấu đã làm").click()
    done = page.locator(".done li", has_text=what)
    expect(done).to_be_visible()
    assert page.url == f"{site.url}/"
    done.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".work-now .line", has_text=what)).to_be_visible()
    context.close()


def test_an_address_is_copied_and_read_by_a_calendar_program(page: Page, site: Site) -> None:
    what = launch(site, 803)
    sign_in(page, site, "vanthu.so", "/")
    page.get_by_role("link", name="Đưa các thời hạn vào lịch").click()
    page.get_by_role("button", name="Tạo lịch thời hạn").click()
    page.get_by_role("button", name="Chép địa chỉ").first.click()
    expect(page.get_by_role("button", name="Đã chép")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    with urllib.request.urlopen(address) as answer:
        calendar = answer.read().decode().replace("\r\n ", "")
    assert (calendar.startswith("BEGIN:VCALENDAR"), what in calendar) == (True, True)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(address.replace(".ics", "x.ics"))
    secret = address.rpartition("-")[2].removesuffix(".ics")
    assert secret not in (site.folder / "processes.log").read_text(errors="replace")
    assert (faults(page), sideways(page)) == ([], 0)
    page.get_by_text("Đổi địa chỉ hoặc ngừng").first.click()
    page.get_by_role("button", name="Ngừng").first.click()
    expect(page.get_by_text("Đã ngừng.")).to_be_visible()
    assert faults(page) == []
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(address)
