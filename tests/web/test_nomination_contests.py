"""Hậu Giang's plan where people get in each other's way, in a real browser: an enterprise waits for confirmations,
Party organisations for the last place of their quota, a day passes, two appraise one dossier.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from web.browser import chromium, look, sign_in
from web.conftest import DATABASE
from web.processes import Site
from web.province_site import PLANS
from web.reported import PDF

pytestmark = pytest.mark.journey
PLAN = PLANS / "hau-giang-du-thao.txt"
ENTERPRISE = "Công ty Cổ phần Mía đường Phụng Hiệp"
CONFIRMED = "Đối với doanh nghiệp hoặc cá nhân là Giám đốc doanh nghiệp trong hồ sơ khen thưởng phải có văn bản"
PARTY, CELLS, SUGAR = "DBQS", ("DBQS-1", "DBQS-2"), "MIA"
ABOVE, LETTER = "Thủ trưởng Ủy ban nhân dân tỉnh Minh Giang", "Công văn của Ban Thi đua - Khen thưởng"
QUOTA = "Đảng bộ Quân sự tỉnh xét chọn 02 cá nhân tiêu biểu xuất sắc."
OVER = "from web import contest_site; contest_site.let_it_end({pk})"
NOTE = ".claim-verdict textarea, .claim-verdict input[type=text]"
LONG = 20_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    if not PLAN.exists():
        pytest.skip(f"no {PLAN}")
    with Site(tmp_path_factory.mktemp("contests"), server_database=DATABASE) as site:
        yield site


@pytest.fixture(scope="module")
def laid(province: Site) -> dict[str, int]:
    said = province.run(f"from web import contest_site; print(contest_site.lay({str(PLAN)!r}))")
    return json.loads(said.splitlines()[-1])


class Windows:
    """Of one test: everybody signs in once, and may have several windows open."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.contexts: dict[str, Any] = {}

    def __call__(self, user: str, path: str) -> Page:
        new = user not in self.contexts
        if new:
            self.contexts[user] = look(self.browser)
        page = self.contexts[user].new_page()
        page.set_default_timeout(LONG)
        if new:
            sign_in(page, self.site, user, path)
        self.go(page, path)
        return page

    def go(self, page: Page, path: str) -> Page:
        if page.url != f"{self.site.url}{path}":
            page.goto(f"{self.site.url}{path}")
        return page

    def again(self, page: Page) -> Page:
        page.goto(page.url.partition("#")[0])
        return page


@pytest.fixture
def windows(browser: Browser, province: Site) -> Iterator[Windows]:
    made = Windows(browser, province)
    yield made
    for context in made.contexts.values():
        context.close()


def stops(page: Page) -> Locator:
    return page.locator(".gate-stop")


def nominee(site: Site, submission: int) -> int:
    return site.rows("SELECT id FROM nominations_nomination WHERE submission_id = %s ORDER BY place", submission)[0][0]


def day(ago: int) -> str:
    return f"{timezone.localdate() - datetime.timedelta(days=ago):%d/%m/%Y}"


# --- An enterprise ----------------------------------------------------------------------------------------------------


def test_an_enterprise_waits_for_its_confirmations_while_the_last_day_passes(
    windows: Windows, province: Site, laid: dict[str, int]
) -> None:
    submission = f"/dot-de-nghi/{laid['MIA']}/"
    key = nominee(province, laid["MIA"])
    clerk = windows("vanthu.mia", submission)
    expect(stops(clerk)).to_have_count(3)
    for words in ("cơ quan thuế", "bảo hiểm xã hội", "bảo hiểm y tế"):
        expect(stops(clerk).filter(has_text=words)).to_contain_text(CONFIRMED)
    ask_them(windows, clerk, key)
    hear_from_them(windows, clerk, key, submission)
    head = let_the_day_pass(windows, province, clerk, key, laid["MIA"])
    be_excepted(windows, clerk, submission, LETTER, "Chờ trả lời của cơ quan bảo hiểm.")
    head.get_by_role("button", name=re.compile("^Ký, trình")).click()
    expect(head.get_by_role("heading", name="Đã trình")).to_be_visible()
    hear_the_last(windows, appraise_it_twice(windows, key), key)
    conclude(windows, province, laid["campaign"], key)


def ask_them(windows: Windows, clerk: Page, key: int) -> None:
    """Three bodies that the plan names, and two that it does not. One of them should have answered by now."""
    windows.go(clerk, f"/ho-so/{key}/soan/xac-nhan/")
    wanted = clerk.locator(".acts-card", has_text="Quy định yêu cầu, chưa xin")
    expect(wanted.locator("li")).to_have_count(3)
    asked = (
        ("tax", "Thuế cơ sở 3"),
        ("social_insurance", "Bảo hiểm xã hội cơ sở Phụng Hiệp"),
        ("health_insurance", "Bảo hiểm xã hội tỉnh"),
        ("police", "Công an tỉnh"),
        ("environment", "Sở Nông nghiệp và Môi trường"),
    )
    for body, name in asked:
        ask_one(clerk, body, name)
    expect(wanted).to_have_count(0)
    expect(confirmation(clerk, "Bảo hiểm xã hội")).to_contain_text(f"quá hạn từ {day(3)}")
    expect(confirmation(clerk, "Cơ quan thuế")).to_contain_text("chờ trả lời")


def ask_one(clerk: Page, body: str, name: str) -> None:
    clerk.locator("#id_body").select_option(body)
    clerk.locator("#id_asked_of").fill(name)
    clerk.locator("#id_asked_on").fill(day(20))
    clerk.locator("#id_due_on").fill(day(3) if body == "social_insurance" else day(-5))
    clerk.get_by_role("button", name="Ghi đã gửi văn bản").click()
    expect(clerk.get_by_text("Đã ghi yêu cầu xác nhận.")).to_be_visible()


def confirmation(page: Page, body: str) -> Locator:
    """The newest of a body."""
    return page.locator(".confirmation", has=page.get_by_role("heading", name=body, exact=True)).last


def answer_one(page: Page, body: str, *, yes: bool, note: str = "") -> None:
    one = confirmation(page, body)
    if not one.locator("form.stack").is_visible():
        one.locator("summary").click()
    one.locator(f"input[value={'yes' if yes else 'no'}]").check()
    one.get_by_label("Ngày trả lời").fill(day(1))
    one.get_by_label("Số văn bản").fill("118/CV")
    one.get_by_label("Ghi chú").fill(note)
    one.locator("input[type=file]").set_input_files(
        [{"name": "tra-loi.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    )
    one.get_by_role("button", name="Ghi trả lời").click()
    expect(page.get_by_text("Đã ghi trả lời")).to_be_visible()


def hear_from_them(windows: Windows, clerk: Page, key: int, submission: str) -> None:
    """What is asked for does not stop; a body that says no does, and nobody excepts it. Asked again, it says yes."""
    page = f"/ho-so/{key}/soan/xac-nhan/"
    for body in ("Cơ quan thuế", "Công an", "Cơ quan quản lý môi trường"):
        answer_one(clerk, body, yes=True)
    answer_one(clerk, "Bảo hiểm y tế", yes=False, note="Còn nợ quý III")
    windows.go(clerk, submission)
    expect(stops(clerk)).to_have_count(1)
    expect(stops(clerk)).to_contain_text("bảo hiểm y tế")
    expect(stops(clerk)).to_contain_text(CONFIRMED)
    expect(stops(clerk)).to_contain_text("Không ai được cho ngoại lệ")
    windows.go(clerk, page)
    ask_one(clerk, "health_insurance", "Bảo hiểm xã hội tỉnh")
    answer_one(clerk, "Bảo hiểm y tế", yes=True, note="Đã nộp đủ")
    windows.go(clerk, submission)
    expect(stops(clerk)).to_have_count(0)
    expect(clerk.locator(".acts-card")).to_contain_text("Đủ điều kiện trình")


def let_the_day_pass(windows: Windows, site: Site, clerk: Page, key: int, submission: int) -> Page:
    """The clerk writes in the dossier, the head has the number in the field; then the last day is over."""
    head = windows("lanhdao.mia", f"/dot-de-nghi/{submission}/")
    expect(head.locator(".acts-card")).to_contain_text("Đủ điều kiện trình")
    head.locator("main input[name=number]").fill("15/TTr-MĐ")
    windows.go(clerk, f"/ho-so/{key}/soan/")
    site.run(OVER.format(pk=submission))
    summary = clerk.get_by_label(re.compile("^Tóm tắt"))
    summary.fill("Nộp ngân sách 212 tỷ đồng, vượt 18% kế hoạch")
    expect(clerk.locator("#dossier-said")).to_contain_text("Đã lưu lúc")
    for words in (f"Quá hạn 1 ngày ({day(1)})", LETTER, f"Muốn trình phải xin ngoại lệ ({ABOVE} cho phép)"):
        expect(clerk.locator("#dossier-checklist")).to_contain_text(words)
    windows.again(clerk)
    expect(summary).to_have_value("Nộp ngân sách 212 tỷ đồng, vượt 18% kế hoạch")
    head.get_by_role("button", name=re.compile("^Ký, trình")).click()
    expect(head.get_by_role("alert")).to_contain_text("Chưa có gì được gửi; mọi điều đã soạn còn nguyên.")
    expect(head.locator("main input[name=number]")).to_have_value("15/TTr-MĐ")
    expect(stops(head)).to_have_count(1)
    expect(stops(head)).to_contain_text(day(1))
    expect(stops(head)).to_contain_text(LETTER)
    expect(stops(head)).to_contain_text(ABOVE)
    return head


def be_excepted(windows: Windows, clerk: Page, submission: str, basis: str, why: str) -> None:
    """By the head of whoever appraises, asked by the clerk."""
    windows.go(clerk, submission)
    stops(clerk).locator("summary").click()
    stops(clerk).locator("textarea").fill(why)
    clerk.get_by_role("button", name="Gửi xin ngoại lệ").click()
    asked = clerk.locator("section[aria-labelledby=exceptions-title] a")
    above = windows("lanhdao", asked.get_attribute("href") or "")
    for words in (why, basis):
        expect(above.locator("main")).to_contain_text(words)
    above.locator("main textarea").fill("Cho phép trình; thẩm định sau.")
    above.get_by_role("button", name="Cho phép trình").click()
    windows.again(clerk)
    expect(clerk.locator(".gate-excepted")).to_contain_text("Cho phép trình; thẩm định sau.")
    expect(stops(clerk)).to_have_count(0)


def appraise_it_twice(windows: Windows, key: int) -> Page:
    """Both judge the claim. The second is told by whom it was judged, and what was written is still there."""
    case = f"/ho-so/{key}/"
    first = windows("thamdinh", case)
    first.get_by_role("button", name="Tiếp nhận hồ sơ").click()
    expect(first.locator(".claim-verdict select")).to_be_visible()
    second = windows("thamdinh2", case)
    second.locator(".claim-verdict select").select_option("took_part")
    second.locator(NOTE).fill("Công ty chỉ góp vốn.")
    judge(first, "proved")
    expect(first.get_by_text("Đã ghi kết luận về thành tích kê khai.")).to_be_visible()
    second.get_by_role("button", name="Ghi kết luận về thành tích").click()
    expect(second.locator("main")).to_contain_text("Phạm Quốc Đạt")
    expect(second.locator(".claim-verdict select")).to_have_value("took_part")
    expect(second.locator(NOTE)).to_have_value("Công ty chỉ góp vốn.")
    return first


def judge(page: Page, verdict: str) -> None:
    page.locator(".claim-verdict select").select_option(verdict)
    page.get_by_role("button", name="Ghi kết luận về thành tích").click()


def hear_the_last(windows: Windows, page: Page, key: int) -> None:
    """The late answer comes when the dossier was sent already: whoever appraises writes it down."""
    case = f"/ho-so/{key}/"
    windows.go(page, case)
    expect(waiting(page)).to_contain_text("Bảo hiểm xã hội")
    expect(waiting(page)).to_contain_text(f"Quá hạn từ {day(3)}")
    expect(checks(page)).to_contain_text("bảo hiểm xã hội")
    windows.go(page, f"{case}soan/xac-nhan/")
    answer_one(page, "Bảo hiểm xã hội", yes=True)
    windows.go(page, case)
    expect(waiting(page)).to_have_count(0)
    expect(checks(page)).not_to_contain_text("bảo hiểm xã hội")
    be_judged_as_an_enterprise(page)


def be_judged_as_an_enterprise(page: Page) -> None:
    """By five years of ratings, by production, by what it leads; by nothing that others are asked."""
    clauses = page.locator("section[aria-labelledby=criteria-title] > .clauses > li")
    rated = clauses.filter(has_text="Từ năm 2020 đến năm 2024, tổ chức Đảng liên tục")
    expect(rated).to_have_count(1)
    expect(rated.locator("> .clause-head .state")).to_have_text("Đạt")
    expect(rated).to_contain_text("Có ít nhất 03 năm hoàn thành xuất sắc nhiệm vụ")
    expect(clauses.filter(has_text="hoàn thành trên 80% các chỉ tiêu sản xuất, kinh doanh")).to_have_count(1)
    leads = clauses.filter(has_text="được giao chủ trì thực hiện đề án").filter(has_text="phối hợp thực hiện đề án")
    expect(leads.locator("> .clause-head .state")).to_have_text("Chưa rõ")
    for other in ("Nghị quyết Đại hội Đảng bộ huyện", "Nghị quyết Đại hội Đảng bộ xã", "được đánh giá là Đảng viên"):
        expect(clauses.filter(has_text=other)).to_have_count(0)


def checks(page: Page) -> Locator:
    return page.locator("section[aria-labelledby=checks-title]")


def waiting(page: Page) -> Locator:
    """Bodies that have not answered."""
    return page.locator("#confirmations-title + ul li", has_text=re.compile("chờ trả lời|quá hạn", re.IGNORECASE))


def conclude(windows: Windows, site: Site, campaign: int, key: int) -> None:
    """Recommended with its reasons, onto the list that the head signs."""
    page = windows("thamdinh", f"/ho-so/{key}/de-nghi/")
    page.locator("main form textarea").first.fill("Hội đồng đã đối chiếu từng tiêu chuẩn của kế hoạch; kèm biên bản.")
    page.get_by_role("button", name="Đề nghị Hội đồng xét").click()
    expect(page.get_by_text("Đã kết luận: đề nghị Hội đồng xét.")).to_be_visible()
    windows.go(page, "/ket-qua-tham-dinh/")
    page.get_by_label(re.compile("^Tên")).fill("Kết quả thẩm định chào mừng Đại hội")
    page.locator("select[name=campaign]").select_option(str(campaign))
    page.get_by_role("button", name="Lập danh sách").click()
    expect(page.locator("main")).to_contain_text(ENTERPRISE)
    above = windows("lanhdao", page.url.removeprefix(site.url))
    above.locator("main input[name=number]").fill("45/BC-BTĐKT")
    above.get_by_role("button", name=re.compile("^Ký danh sách")).click()
    expect(above.locator("main")).to_contain_text("45/BC-BTĐKT")
    assert site.rows("SELECT state FROM nominations_appraisedlist WHERE campaign_id = %s", campaign) == [("signed",)]


# --- Party organisations ----------------------------------------------------------------------------------------------


def test_two_party_cells_sign_for_the_last_place_of_a_quota(
    windows: Windows, province: Site, laid: dict[str, int]
) -> None:
    take_too_many(windows, laid["DBQS"])
    shorten_it(windows, laid["DBQS"])
    cell, head = sign_at_once(windows, laid)
    submission = f"/dot-de-nghi/{laid[cell]}/"
    clerk = windows(f"vanthu.{cell.lower()}", submission)
    be_excepted(windows, clerk, submission, QUOTA, "Người thứ ba cứu dân trong bão.")
    head.get_by_role("button", name=re.compile("^Ký, trình")).click()
    expect(head.get_by_role("heading", name="Đã trình")).to_be_visible()
    assert lodged(province, laid) == dict.fromkeys((PARTY, *CELLS), ("submitted", 1))


def take_too_many(windows: Windows, submission: int) -> None:
    """Three of two; the plan says so, in its own words. Two go, and one is sent."""
    page = f"/dot-de-nghi/{submission}/"
    clerk = windows("vanthu.dbqs", f"{page}chon/")
    for name in ("Lê Hoàng Phúc", "Đặng Minh Trí"):
        clerk.get_by_label(f"Chọn {name}").check()
    clerk.get_by_role("button", name=re.compile("Đưa người đã chọn")).click()
    expect(clerk.get_by_text("Đã thêm 2 đề nghị")).to_be_visible()
    windows.go(clerk, page)
    expect(stops(clerk).filter(has_text="Đảng bộ Quân sự tỉnh")).to_contain_text(QUOTA)
    expect(clerk.locator(".quota-meters")).not_to_contain_text("Đảng bộ Công an tỉnh")


def shorten_it(windows: Windows, submission: int) -> None:
    """Two go, and one is sent: one place is left."""
    page = f"/dot-de-nghi/{submission}/"
    clerk = windows("vanthu.dbqs", page)
    for name in ("Lê Hoàng Phúc", "Đặng Minh Trí"):
        clerk.get_by_label(f"Chọn {name}").check()
    clerk.get_by_role("button", name="Bỏ khỏi đề nghị").click()
    expect(clerk.get_by_text("Đã bỏ 2 đề nghị.")).to_be_visible()
    expect(stops(clerk)).to_have_count(0)
    head = windows("lanhdao.dbqs", page)
    sign(head, "1/TTr-ĐBQS")
    expect(head.get_by_role("heading", name="Đã trình")).to_be_visible()


def sign(head: Page, number: str) -> None:
    head.locator("main input[name=number]").fill(number)
    head.get_by_role("button", name=re.compile("^Ký, trình")).click()


def sign_at_once(windows: Windows, laid: dict[str, int]) -> tuple[str, Page]:
    """Both see that they would have the last place, and press at the same moment: one gets it. The other is told why,
    and has lost nothing; whose cell that is, and its head's window.
    """
    heads = {code: windows(f"lanhdao.{code.lower()}", f"/dot-de-nghi/{laid[code]}/") for code in CELLS}
    for page in heads.values():
        expect(page.locator(".quota-meters")).to_contain_text(QUOTA)
        expect(page.locator(".acts-card")).to_contain_text("Đủ điều kiện trình")
        page.locator("main input[name=number]").fill("7/TTr-CB")
    for page in heads.values():
        page.evaluate("""setTimeout(() => document.querySelector('form[action$="/ky/"] button').click(), 100)""")
    for page in heads.values():
        expect(sent(page).or_(page.get_by_role("alert"))).to_be_visible()
    told = [code for code, page in heads.items() if not sent(page).count()]
    assert len(told) == 1
    head = heads[told[0]]
    expect(head.get_by_role("alert")).to_contain_text("Chưa có gì được gửi; mọi điều đã soạn còn nguyên.")
    expect(stops(head)).to_have_count(1)
    for words in ("đề nghị 3, chỉ được 2", QUOTA, ABOVE):
        expect(stops(head)).to_contain_text(words)
    expect(head.locator("main input[name=number]")).to_have_value("7/TTr-CB")
    expect(head.locator(".nominees-desk tbody tr")).to_have_count(1)
    return told[0], head


def sent(page: Page) -> Locator:
    return page.get_by_role("heading", name="Đã trình")


def lodged(site: Site, laid: dict[str, int]) -> dict[str, tuple[str, int]]:
    """By unit the submission's state, and how many were lodged."""
    rows = site.rows(
        "SELECT s.id, s.state, count(n.id) FROM nominations_submission s JOIN nominations_nomination n"
        " ON n.submission_id = s.id AND n.state = 'lodged' GROUP BY s.id, s.state"
    )
    found = {key: (state, n) for key, state, n in rows}
    return {code: found[laid[code]] for code in (PARTY, *CELLS)}
