"""From a reviewed plan to a campaign that everybody follows, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from web.browser import LOOKS, chromium, faults, look, sideways, sign_in
from web.conftest import DATABASE
from web.processes import Site

pytestmark = pytest.mark.journey

ACCEPT = (
    "from thidua_web.campaigns.models import *; "
    "ReviewedFact.objects.filter(document__unit__code='{unit}').update(verdict='accepted')"
)
LAUNCH = (
    ACCEPT + "; from django.utils import timezone; from thidua_web.accounts.models import User; "
    "from thidua_web.campaigns.actions.launches import launch, prepare; at = timezone.now(); "
    "plan = PlanDocument.objects.get(name='ke-hoach-tinh-minh-giang.docx'); by = User.objects.get(username='lanhdao'); "
    "launch(edition=prepare(document=plan, by=by, at=at).edition, by=by, at=at)"
)
AMEND = (
    "import io; from django.utils import timezone; from thidua_web.accounts.models import User; "
    "from thidua_web.campaigns.models import *; from thidua_web.campaigns.actions.plans import upload_plan; "
    "from thidua_web.campaigns.actions.launches import prepare; from thidua_web.campaigns.tasks import read_plan; "
    "from thidua_web.demo.build import plan_text; "
    "text = plan_text('ke-hoach-tinh').replace('99%', '99,5%').replace('30 tháng 10 năm', '15 tháng 12 năm'); "
    "text = text.replace('quyết định khen thưởng trước ngày 10 tháng 12 năm 2026', "
    "'quyết định khen thưởng chậm nhất 10 ngày sau khi có ý kiến của Tỉnh ủy'); "
    "by = User.objects.get(username='vanthu'); at = timezone.now(); "
    "campaign = Campaign.objects.get(number='18/KH-UBND'); "
    "plan = upload_plan(source=io.BytesIO(text.encode()), name='sua-doi.txt', unit=campaign.unit, by=by, at=at, "
    "amends=campaign).document; read_plan(plan.pk); "
    "ReviewedFact.objects.filter(document=plan).update(verdict='accepted'); plan.refresh_from_db(); "
    "prepare(document=plan, by=by, at=at); print(plan.pk)"
)

AMEND_IN_PART = (
    "import io; from django.utils import timezone; from thidua_web.accounts.models import User; "
    "from thidua_web.campaigns.models import *; from thidua_web.campaigns.actions.plans import upload_plan; "
    "from thidua_web.campaigns.tasks import read_plan; by = User.objects.get(username='vanthu'); "
    "text = 'KẾ HOẠCH\\nSửa đổi, bổ sung Kế hoạch số 18/KH-UBND\\n\\n"
    "1. Sở Nội vụ tập huấn chậm nhất 10 ngày sau khi nhận được hướng dẫn.\\n'; "
    "campaign = Campaign.objects.get(number='18/KH-UBND'); "
    "plan = upload_plan(source=io.BytesIO(text.encode()), name='mot-phan.txt', unit=campaign.unit, by=by, "
    "at=timezone.now(), amends=campaign, amends_in_part=True).document; read_plan(plan.pk); "
    "ReviewedFact.objects.filter(document=plan).update(verdict='accepted'); print(plan.pk)"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own: what is launched here would be closed for the journeys of reviewers."""
    with Site(tmp_path_factory.mktemp("campaigns"), server_database=DATABASE) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def campaign(site) -> str:
    """The province's demo plan, launched; the address of its page."""
    site.run(LAUNCH.format(unit="UBND"))
    rows = site.rows("SELECT id FROM campaigns_campaign WHERE number = %s", "18/KH-UBND")
    return f"{site.url}/phong-trao/{rows[0][0]}/"


def plan_of(site, unit: str) -> str:
    rows = site.rows(
        "SELECT d.id FROM campaigns_plandocument d JOIN register_unit u ON u.id = d.unit_id WHERE u.code = %s",
        unit,
    )
    return f"{site.url}/ke-hoach/{rows[0][0]}/"


def test_a_head_on_a_phone_without_javascript_launches_in_two_clicks(browser: Browser, site, campaign: str) -> None:
    site.run(ACCEPT.format(unit="SNNMT"))
    context = look(browser, "light", 390, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "giamdoc.so")
    page.goto(f"{plan_of(site, 'SNNMT')}phat-dong/")
    page.get_by_role("button", name="Chuẩn bị phát động").click()
    page.get_by_role("button", name="Phát động phong trào").click()
    expect(page.get_by_role("heading", name="Dòng thời gian")).to_be_visible()
    expect(page.get_by_role("link", name="18/KH-UBND").first).to_be_visible()
    assert sideways(page) == 0
    context.close()


def test_a_unit_below_finds_its_duty_and_marks_it(browser: Browser, site, campaign: str) -> None:
    context = look(browser)
    page = context.new_page()
    sign_in(page, site, "vanthu.xa")
    page.get_by_role("link", name="Phong trào", exact=True).click()
    page.locator(".desk .lead a").first.click()
    duties = page.locator(".duties-table tbody tr")
    before = duties.count()
    assert before > 0
    duties.first.get_by_role("button", name="Đánh dấu đã làm").click()
    expect(duties.first.get_by_role("button", name="Hoàn tác")).to_be_visible()
    page.locator(".tabs a", has_text="Đã làm").or_(page.locator(".tabs a", has_text="Tất cả")).first.click()
    expect(page.locator(".duties-table")).to_be_visible()
    context.close()


def test_a_deadline_leads_to_its_words_on_paper(browser: Browser, site, campaign: str) -> None:
    context = look(browser)
    page = context.new_page()
    sign_in(page, site, "vanthu.so")
    page.goto(campaign)
    link = page.locator(".duties-table .lead a").first
    key = (link.get_attribute("href") or "").rpartition("#w-")[2]
    link.click()
    expect(page.locator(f"[data-of~={key}]").first).to_be_in_viewport()
    context.close()


def test_labels_of_the_timeline_never_touch(browser: Browser, site, campaign: str) -> None:
    """The estimate of letters that the geometry works with against a browser's own measure."""
    measure = """() => {
        const boxes = [...document.querySelectorAll(".timeline .band text, .timeline .flag text, .timeline .flag path")]
            .map((one) => one.getBoundingClientRect());
        const meet = (a, b) =>
            a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4;
        return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => meet(a, b))).length;
    }"""
    for width in (705, 1100, 1440):
        context = look(browser, "light", width)
        page = context.new_page()
        sign_in(page, site, "lanhdao")
        page.goto(campaign)
        assert page.locator(".timeline .flag").count() > 3
        assert page.evaluate(measure) == 0
        context.close()


def test_on_a_phone_the_timeline_is_a_list(browser: Browser, site, campaign: str) -> None:
    context = look(browser, "light", 390)
    page = context.new_page()
    sign_in(page, site, "lanhdao")
    page.goto(campaign)
    expect(page.locator("svg.timeline")).to_be_hidden()
    expect(page.locator(".flag-list li").first).to_be_visible()
    context.close()


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_owner_follows_a_duty_to_the_units_that_have_not_done_it(
    browser: Browser, site, campaign: str, scheme: str, width: int
) -> None:
    context = look(browser, scheme, width)
    page = context.new_page()
    sign_in(page, site, "lanhdao")
    page.goto(campaign + "nhiem-vu/")
    page.get_by_role("link", name="33 đơn vị đã làm").first.click()
    expect(page.get_by_role("heading", name="Chưa làm")).to_be_visible()
    assert page.locator(".unit-names li").count() > 20
    assert (faults(page), sideways(page)) == ([], 0)
    context.close()


PAGES = {
    "campaign": "",
    "duties": "nhiem-vu/",
    "paper": "van-ban/1/",
    "list": "../",
}


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("user", ["vanthu", "vanthu.so"])
def test_axe_finds_nothing(
    browser: Browser, site, campaign: str, kind: str, user: str, scheme: str, width: int
) -> None:
    context = look(browser, scheme, width)
    page: Page = context.new_page()
    sign_in(page, site, user)
    page.goto(campaign + PAGES[kind])
    assert (faults(page), sideways(page)) == ([], 0)
    context.close()


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_axe_finds_nothing_on_the_way_to_a_launch(
    browser: Browser, site, amendment: str, scheme: str, width: int
) -> None:
    context = look(browser, scheme, width)
    page = context.new_page()
    sign_in(page, site, "lanhdao")
    page.goto(amendment)
    expect(page.get_by_role("button", name="Ban hành sửa đổi")).to_be_visible()
    page.get_by_text("Trả lại để sửa").click()
    assert (faults(page), sideways(page)) == ([], 0)
    context.close()


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_a_clerk_without_javascript_says_what_an_amendment_repeals(
    browser: Browser, site, amendment_in_part: str, scheme: str, width: int
) -> None:
    context = look(browser, scheme, width, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "vanthu")
    page.goto(amendment_in_part)
    section = page.get_by_role("region", name="Nội dung bãi bỏ")
    if not section.get_by_text("bãi bỏ 1 trong").count():
        section.locator("summary", has_text="Chỉ tiêu").click()
        section.get_by_label("Hoàn thành xóa").check()
        section.get_by_role("button", name="Lưu nội dung bãi bỏ").click()
    expect(page.get_by_role("region", name="Điều thay đổi").locator("del", has_text="Hoàn thành xóa")).to_be_visible()
    assert sideways(page) == 0
    context.close()


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_axe_finds_nothing_where_an_amendment_repeals_and_days_are_set(
    browser: Browser, site, amendment_in_part: str, scheme: str, width: int
) -> None:
    context = look(browser, scheme, width)
    page = context.new_page()
    sign_in(page, site, "vanthu")
    page.goto(amendment_in_part)
    for summary in page.locator(".repeals summary").all():
        summary.click()
    expect(page.get_by_role("button", name="Lưu ngày")).to_be_visible()
    assert (faults(page), sideways(page)) == ([], 0)
    context.close()


@pytest.fixture(scope="module")
def amendment_in_part(site, campaign: str) -> str:
    """Everything of it is decided; it is not with the head yet."""
    return f"{site.url}/ke-hoach/{site.run(AMEND_IN_PART).splitlines()[-1]}/phat-dong/"


@pytest.fixture(scope="module")
def amendment(site, campaign: str) -> str:
    """It lies with the head: another target, another day, and a day that it leaves open."""
    return f"{site.url}/ke-hoach/{site.run(AMEND).splitlines()[-1]}/phat-dong/"
