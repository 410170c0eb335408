"""The inbox and the journal in a real browser: found, followed, put away; searched, opened, taken along; any width."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from web.browser import LOOKS, chromium, faults, look, sideways, sign_in
from web.processes import Site

pytestmark = pytest.mark.journey

TELL = """
import datetime
from django.utils import timezone
from thidua_web.accounts.models import User
from thidua_web.journal.verifying import check_journal
from thidua_web.notices.actions import notify
from thidua_web.notices.models import Letter, LetterState, Notice, PostOffice
now = timezone.now()
clerk = User.objects.get(username="vanthu.so")
near = {"what": "Báo cáo kết quả hằng tháng", "unit": "Sở Nông nghiệp và Môi trường", "due": "2026-11-27", "left": "3"}
notify([clerk.pk], "duty.near", near, href="/viec/", key="test-near", at=now)
notify([clerk.pk], "duty.late", near, href="/phong-trao/", key="test-late", at=now)
notify([clerk.pk], "launch.returned", {"by": "Trần Thị Ngọc Sương", "title": "Kế hoạch thi đua của Sở năm 2026",
    "reason": "Thiếu căn cứ, chưa ghi thời hạn báo cáo của các phòng"}, href="/ke-hoach/", key="test-back", at=now)
Notice.objects.filter(key="test-near").update(href="/phong-trao/")
check_journal(at=now, whole=True)
one = Notice.objects.filter(user=clerk).first()
Letter.objects.get_or_create(notice=one, defaults=dict(user=clerk, made_at=now, next_try_at=now, settled_at=now,
    state=LetterState.REFUSED, answer="SMTPRecipientsRefused 550"))
PostOffice.objects.update_or_create(pk=1, defaults=dict(failing_since=now, failures=3, answer="ConnectionRefusedError",
    next_try_at=now + datetime.timedelta(hours=2)))
"""


@pytest.fixture(scope="module")
def told(site: Site) -> Site:
    site.run(TELL)
    return site


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
    yield tab
    context.close()
    assert said == []


def test_a_clerk_finds_what_is_new_goes_there_and_puts_the_rest_away(page: Page, told: Site) -> None:
    sign_in(page, told, "vanthu.so", "/")
    bell = page.get_by_role("link", name="Thông báo")
    expect(bell).to_contain_text("chưa đọc")
    bell.click()
    before = page.get_by_role("button", name="Đã đọc:").count()
    page.get_by_role("link", name="Quá hạn từ 27/11/2026").click()
    expect(page).to_have_url(f"{told.url}/phong-trao/")
    page.goto(f"{told.url}/thong-bao/")
    expect(page.get_by_role("button", name="Đã đọc:")).to_have_count(before - 1)
    page.get_by_role("button", name="Đánh dấu đã đọc hết").click()
    expect(page.get_by_text("Không có thông báo chưa đọc.")).to_be_visible()
    expect(page.get_by_role("link", name="Thông báo")).not_to_contain_text("chưa đọc")


def test_how_mail_comes_is_chosen_and_kept(page: Page, told: Site) -> None:
    sign_in(page, told, "vanthu.so", "/thong-bao/cai-dat/")
    duties = page.get_by_role("group", name="Nhiệm vụ sắp đến hạn, quá hạn")
    duties.get_by_label("Không gửi thư").check()
    page.get_by_role("button", name="Lưu cách nhận thư").click()
    expect(page.get_by_text("Đã lưu cách nhận thư.")).to_be_visible()
    expect(page.get_by_role("group", name="Nhiệm vụ sắp đến hạn").get_by_label("Không gửi thư")).to_be_checked()


def test_an_auditor_searches_the_journal_opens_a_line_and_takes_it_along(page: Page, told: Site) -> None:
    sign_in(page, told, "kiemtra", "/")
    page.get_by_text("Mục khác").click()
    page.get_by_role("link", name="Nhật ký").click()
    expect(page.get_by_text("Nguyên vẹn đến dòng")).to_be_visible()
    page.get_by_label("việc", exact=True).select_option("campaign.launched")
    page.get_by_role("button", name="Lọc").click()
    # Other journeys on the same site launch campaigns too.
    expect(page.get_by_text("Trình phát động", exact=True).locator("visible=true")).to_have_count(0)
    expect(page.get_by_role("cell", name="Lê Minh Khải Hưng").first).to_be_visible()
    page.get_by_text("Chi tiết").first.click()
    expect(page.get_by_text("mọi việc trên đối tượng này").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert (download.value.suggested_filename, "Phát động phong trào" in text) == ("nhat-ky.csv", True)
    page.locator(".journal-table .object a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{told.url}/nhat-ky/?viec=journal.exported")
    expect(page.get_by_role("cell", name="Ngô Đình Quang").first).to_be_visible()


PAGES = (
    ("giamdoc.so", "/thong-bao/"),
    ("vanthu.so", "/thong-bao/"),
    ("vanthu.so", "/thong-bao/cai-dat/"),
    ("quantri", "/thong-bao/thu/"),
    ("kiemtra", "/nhat-ky/"),
    ("kiemtra", "/nhat-ky/?tim=khongcogi"),
)


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_they_are_fit_for_everybody_at_every_width(browser: Browser, told: Site, scheme: str, width: int) -> None:
    wrong: dict[str, object] = {}
    for user, path in PAGES:
        context = look(browser, scheme, width)
        tab = context.new_page()
        sign_in(tab, told, user, path)
        tab.goto(told.url + path)
        if found := [*faults(tab), *([f"{sideways(tab)} px too wide"] if sideways(tab) else [])]:
            wrong[f"{user} {path}"] = found
        context.close()
    assert wrong == {}
