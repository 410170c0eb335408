"""A unit pledges in a real browser: saved as it is written, through a lost connection, in two tabs, with a double
click; and the unit above accepts.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from web.browser import LOOKS, chromium, faults, look, sideways, sign_in
from web.conftest import DATABASE
from web.processes import Site

pytestmark = pytest.mark.journey

LAUNCH = (
    "import uuid; from django.utils import timezone; from thidua_web.accounts.models import User; "
    "from thidua_web.campaigns.models import *; from thidua_web.campaigns.actions.launches import launch, prepare; "
    "from thidua_web.progress.actions import pledges as acts; from thidua_web.progress.queries import pledges as q; "
    "from thidua_web.register.models import Unit; at = timezone.now(); by = User.objects.get(username='lanhdao'); "
    "plan = PlanDocument.objects.get(name='ke-hoach-tinh-minh-giang.docx'); "
    "ReviewedFact.objects.filter(document=plan).update(verdict='accepted'); "
    "launch(edition=prepare(document=plan, by=by, at=at).edition, by=by, at=at); "
    "campaign = Campaign.objects.get(number='18/KH-UBND'); "
    "other = Unit.objects.filter(kind='department').exclude(memberships__user__username='vanthu.so').first(); "
    "rows = [q.target_values(row) | {'value': row.source.value} for row in q.first_targets(campaign)]; "
    "work = {'token': uuid.uuid4(), 'name': 'Xây dựng cầu Ba Si xã Tân Lộc', 'finish_due': timezone.localdate()}; "
    "draft = acts.Draft(rows, [work]); "
    "acts.save(campaign=campaign, unit=other, draft=draft, seen=0, token=uuid.uuid4(), by=by, at=at); "
    "pledge = q.pledge_of(campaign.pk, other.pk); "
    "acts.submit(pledge=pledge, seen=pledge.revision, by=by, at=at); "
    "unit = User.objects.get(username='vanthu.so').memberships.first().unit_id; "
    "print(f'{campaign.pk} {unit}')"
)
COUNT = (
    "from thidua_web.progress.models import *; from thidua_web.journal.models import *; "
    "print(PledgedWork.objects.filter(campaign={campaign}, pledge__unit={unit}).count(), "
    "JournalLine.objects.filter(act='pledge.submitted', unit={unit}, details__campaign={campaign}).count())"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own: what is launched here would be closed for the journeys of reviewers."""
    with Site(tmp_path_factory.mktemp("pledges"), server_database=DATABASE) as running:
        yield running


@pytest.fixture(scope="module")
def place(site: Site) -> tuple[str, str]:
    """Numbers of the campaign and of the unit."""
    campaign, unit = site.run(LAUNCH).split()[-2:]
    return campaign, unit


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def ready(page: Page) -> None:
    expect(page.locator("#pledge-form[data-ready]")).to_have_count(1)


def said(page: Page, words: str) -> None:
    expect(page.locator("#pledge-said")).to_contain_text(words, timeout=20_000)


def new_work(page: Page, name: str) -> None:
    row = page.locator("#rows-w fieldset.ahead")
    row.locator("textarea[name$='-name']").fill(name)


def test_a_unit_pledges_and_the_unit_above_accepts(browser: Browser, site: Site, place: tuple[str, str]) -> None:
    campaign, unit = place
    address = f"{site.url}/phong-trao/{campaign}/dang-ky/{unit}/"
    context = look(browser)
    page = context.new_page()
    sign_in(page, site, "vanthu.so")
    page.goto(address)
    ready(page)
    write_with_a_likeness_and_a_wrong_day(page)
    lose_the_line(context, page, address)
    lose_the_answer(page, address)
    other = save_in_two_tabs(context, page, address)

    # A double click hands in once.
    other.get_by_role("button", name="Gửi đăng ký lên").dblclick()
    expect(other.get_by_text("Đã gửi đăng ký.")).to_be_visible()
    expect(other.get_by_text("Từ thẻ thứ hai")).to_be_visible()
    assert site.run(COUNT.format(unit=unit, campaign=campaign)).split()[-2:] == ["3", "1"]
    context.close()
    accept_beside_the_list(browser, site, campaign, unit)


def write_with_a_likeness_and_a_wrong_day(page: Page) -> None:
    """Saved as it is written, and what looks like it is. What all reach together waits for a number."""
    for number in page.locator("#rows-t fieldset:not(.ahead) input[name$='-value']").all():
        if not number.input_value():
            number.fill("10")
    new_work(page, "Cầu Ba Si, Tân Lộc")
    expect(page.locator("#rows-w .alike").first).to_contain_text("Xây dựng cầu Ba Si xã Tân Lộc")
    said(page, "Đã lưu lúc")
    row = page.locator("#rows-w fieldset").first
    row.get_by_label("Khác với công trình đã có ở chỗ nào").fill("Cầu cho người đi bộ")
    row.locator("input[name$='-finish_due']").fill("32/13/2026")
    said(page, "trừ 1 ô ghi chưa đúng")
    row.locator("input[name$='-finish_due']").fill("30/11/2026")
    expect(page.locator("#rows-w .field-error")).to_have_count(0, timeout=20_000)


def lose_the_line(context: BrowserContext, page: Page, address: str) -> None:
    """What is written stays in the browser, and goes when the line is back, even after a new start."""
    for name in ("Trạm bơm Láng Thé", "Nhà văn hóa ấp Một"):
        context.set_offline(offline=True)
        new_work(page, name)
        said(page, "Mất kết nối")
        context.set_offline(offline=False)
        if name.startswith("Nhà"):
            page.goto(address)
            ready(page)
        said(page, "Đã lưu lúc")
    page.goto(address)
    ready(page)
    names = [one.input_value() for one in page.locator("#rows-w textarea[name$='-name']").all()]
    assert [name for name in names if name] == ["Cầu Ba Si, Tân Lộc", "Trạm bơm Láng Thé", "Nhà văn hóa ấp Một"]


def lose_the_answer(page: Page, address: str) -> None:
    """What arrived without the page's knowing is its own, and no stranger's that would have to be looked at."""
    page.route("**/luu/", lambda route: (route.fetch(), route.abort()), times=1)
    page.locator("#id_note").fill("Đã tới nơi mà trang không hay")
    said(page, "Mất kết nối")
    page.goto(address)
    ready(page)
    expect(page.locator("#id_note")).to_have_value("Đã tới nơi mà trang không hay")
    expect(page.get_by_role("button", name="Dùng bản viết dở")).to_be_hidden()


def save_in_two_tabs(context: BrowserContext, page: Page, address: str) -> Page:
    """The second is told, and takes its own draft after it has looked."""
    other = context.new_page()
    other.goto(address)
    ready(other)
    page.locator("#id_note").fill("Từ thẻ thứ nhất")
    said(page, "Đã lưu lúc")
    other.locator("#id_note").fill("Từ thẻ thứ hai")
    said(other, "Chưa lưu: đăng ký đã được lưu ở thẻ khác")
    other.goto(address)
    ready(other)
    expect(other.locator("#id_note")).to_have_value("Từ thẻ thứ nhất")
    other.get_by_role("button", name="Dùng bản viết dở").click()
    said(other, "Đã lưu lúc")
    page.close()
    return other


def accept_beside_the_list(browser: Browser, site: Site, campaign: str, unit: str) -> None:
    context = look(browser)
    page = context.new_page()
    sign_in(page, site, "vanthu")
    page.goto(f"{site.url}/phong-trao/{campaign}/dang-ky/?tinh_trang=submitted")
    page.locator(f".pledges-table a[href='/phong-trao/{campaign}/dang-ky/{unit}/']").click()
    expect(page.locator("#preview")).to_contain_text("Trạm bơm Láng Thé")
    page.locator("#preview").get_by_role("button", name="Chấp nhận").click()
    expect(page.get_by_text("Đã chấp nhận đăng ký.")).to_be_visible()
    context.close()


def test_without_javascript_it_has_one_save_button(browser: Browser, site: Site, place: tuple[str, str]) -> None:
    campaign, _ = place
    context = look(browser, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, "vanthu")
    page.goto(f"{site.url}/phong-trao/{campaign}/")
    top = site.run(
        f"from thidua_web.campaigns.models import *; print(Campaign.objects.get(pk={campaign}).unit_id)"
    ).split()[-1]
    page.goto(f"{site.url}/phong-trao/{campaign}/dang-ky/{top}/")
    new_work(page, "Đường tránh trung tâm")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã lưu đăng ký.")).to_be_visible()
    expect(page.locator("#rows-w fieldset")).to_have_count(2)
    context.close()


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_axe_finds_nothing(browser: Browser, site: Site, place: tuple[str, str], scheme: str, width: int) -> None:
    campaign, unit = place
    found = []
    for user, acts in (("vanthu", ("", f"{unit}/", "giong-nhau/", "tong-hop/")), ("vanthu.so", (f"{unit}/",))):
        context = look(browser, scheme, width)
        page = context.new_page()
        sign_in(page, site, user)
        for act in acts:
            page.goto(f"{site.url}/phong-trao/{campaign}/dang-ky/{act}")
            found.append((act, faults(page), sideways(page)))
        context.close()
    assert [one for one in found if one[1:] != ([], 0)] == []
