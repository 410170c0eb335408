"""A campaign comes to an office, which takes its steps; the province sees it on the board. In a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from web.browser import LOOKS, chromium, faults, look, sideways, sign_in
from web.conftest import DATABASE
from web.processes import Site

pytestmark = pytest.mark.journey

LAUNCH = (
    "from django.utils import timezone; from thidua_web.accounts.models import User; "
    "from thidua_web.campaigns.models import *; from thidua_web.campaigns.actions.launches import launch, prepare; "
    "ReviewedFact.objects.filter(document__unit__code='UBND').update(verdict='accepted'); at = timezone.now(); "
    "plan = PlanDocument.objects.get(name='ke-hoach-tinh-minh-giang.docx'); by = User.objects.get(username='lanhdao'); "
    "launch(edition=prepare(document=plan, by=by, at=at).edition, by=by, at=at); "
    # The demo's own plan of the office is there already; here it begins from nothing, a month ago.
    "import datetime; long_ago = at - datetime.timedelta(days=45); "
    "Deployment.objects.update(sent_at=long_ago, moved_at=long_ago, received_at=None, plan=None, planned_at=None); "
    "print(Campaign.objects.get(number='18/KH-UBND').pk)"
)
OWN_PLAN = """SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG
Số: 77/KH-SNNMT

KẾ HOẠCH
Triển khai phong trào thi đua chào mừng 35 năm Ngày tái lập tỉnh

I. TỔ CHỨC THỰC HIỆN
1. Các phòng, đơn vị trực thuộc báo cáo kết quả về Sở trước ngày 10 tháng 12 năm 2026.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with Site(tmp_path_factory.mktemp("board"), server_database=DATABASE) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def board(site: Site) -> str:
    """The address of the province's board."""
    return f"/phong-trao/{site.run(LAUNCH).splitlines()[-1]}/trien-khai/"


def test_an_office_takes_its_steps_and_the_province_sees_where_it_stands(
    browser: Browser, site: Site, board: str
) -> None:
    with look(browser) as context:
        page = context.new_page()
        sign_in(page, site, "vanthu.so", "/")
        page.get_by_role("link", name=re.compile("Xác nhận đã nhận.*35 năm")).click()
        page.get_by_role("button", name="Xác nhận đã nhận").dblclick()
        expect(page.get_by_role("heading", name="Đã nhận, chưa có kế hoạch")).to_be_visible()
        file = {"name": "ke-hoach-so.txt", "mimeType": "text/plain", "buffer": OWN_PLAN.encode()}
        page.get_by_label("Tệp kế hoạch triển khai của đơn vị").set_input_files(file)
        page.get_by_role("button", name="Nộp kế hoạch triển khai").click()
        expect(page.get_by_role("heading", name="Triển khai phong trào thi đua chào mừng")).to_be_visible(
            timeout=60_000
        )
        page.goto(f"{site.url}{board}")
        expect(page.get_by_role("heading", name="Có kế hoạch, chưa phát động")).to_be_visible()
        page.get_by_text("Ghi đã phát động bằng văn bản giấy").click()
        page.get_by_label("Ngày phát động").fill("02/11/2026")
        page.get_by_label("Số, ký hiệu văn bản").fill("77/KH-SNNMT")
        page.get_by_role("button", name="Ghi đã phát động").click()
        expect(page.get_by_text("Đã ghi ngày phát động.")).to_be_visible()
    with look(browser) as context:
        page = context.new_page()
        sign_in(page, site, "vanthu", board)
        page.get_by_role("link", name="Bản đồ nhiệt").click()
        page.locator("svg.heat a", has_text="Sở Nông nghiệp và Môi trường: Đã phát động").click()
        row = page.locator(".board-table tbody tr")
        expect(row).to_have_count(1)
        expect(row).to_contain_text("văn bản giấy 77/KH-SNNMT")
        row.get_by_role("link", name="Xem kế hoạch").click()
        expect(page.get_by_role("heading", name="Triển khai phong trào thi đua chào mừng")).to_be_visible()
    said = "SELECT count(*) FROM journal_journalline WHERE act = 'deployment.received' AND label LIKE %s"
    assert site.rows(said, "%35 năm%") == [(1,)]


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_board_the_map_and_the_gates_look_right(
    browser: Browser, site: Site, board: str, scheme: str, width: int
) -> None:
    with look(browser, scheme, width) as context:
        page = context.new_page()
        for user in ("vanthu", "vanthu.xa"):
            context.clear_cookies()
            sign_in(page, site, user)
            for more in ("", "ban-do/", "dieu-kien/"):
                page.goto(f"{site.url}{board}{more}")
                assert (sideways(page), faults(page)) == (0, []), (user, more)
