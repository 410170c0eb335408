"""Three provinces' plans in a real browser, each from the campaign's offers to the signed list of the appraisal."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from web.browser import chromium, look, sideways, sign_in
from web.conftest import DATABASE
from web.processes import Site
from web.province_site import PLANS
from web.reported import PDF

pytestmark = pytest.mark.journey
AWARD = "Bằng khen"
NAME, CHAIR, SECRETARY = "Nguyễn Đức Hạnh", "Trần Thị Ngọc Sương", "Trần Văn Ứng"
HEADS = ("giamdoc.so", "lanhdao")
ACHIEVED = "Tổ chức phòng trừ rầy nâu trên 6.400 ha lúa, mở 46 lớp hướng dẫn tại ruộng cho 3.900 hộ, lập 18 tổ. " * 4


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with Site(tmp_path_factory.mktemp("nominated"), server_database=DATABASE) as site:
        yield site


class People:
    """A window each, without JavaScript: what is told is told by the pages themselves. Heads sign on a phone."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.pages: dict[str, Page] = {}

    def __call__(self, user: str, path: str) -> Page:
        if user not in self.pages:
            width = 390 if user in HEADS else 1440
            self.pages[user] = look(self.browser, width=width, java_script_enabled=False).new_page()
            self.pages[user].set_default_timeout(20_000)
            sign_in(self.pages[user], self.site, user, path)
        self.pages[user].goto(f"{self.site.url}{path}")
        assert user not in HEADS or sideways(self.pages[user]) <= 0
        return self.pages[user]

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


@pytest.fixture
def people(browser: Browser, province: Site) -> Iterator[People]:
    made = People(browser, province)
    yield made
    made.close()


@pytest.mark.parametrize("plan", ["bac-kan-van-phong", "hau-giang-du-thao", "an-giang-57"])
def test_from_the_offers_of_a_plan_to_the_signed_list(people: People, province: Site, plan: str) -> None:
    path = PLANS / f"{plan}.txt"
    if not path.exists():
        pytest.skip(f"no {path}")
    said = province.run(f"from web import nomination_site; print(nomination_site.launch({str(path)!r}))")
    campaign = int(said.splitlines()[-1])
    submission = begin(people, campaign)
    case = choose(people, province, submission)
    write(people, case)
    meet(people, submission, case, analysed=plan.startswith("bac-kan"))
    submit(people, submission)
    appraise(people, case)
    conclude(people, province, campaign, case, recommended=not plan.startswith("hau-giang"))


def begin(people: People, campaign: int) -> str:
    page = people("vanthu.so", f"/dot-de-nghi/moi/?phong-trao={campaign}")
    page.get_by_role("button", name="Tiếp: chọn người, tập thể").click()
    page.wait_for_url(re.compile(r"/dot-de-nghi/\d+/"))
    found = re.search(r"/dot-de-nghi/\d+/", page.url)
    assert found is not None
    return found[0]


def choose(people: People, site: Site, submission: str) -> str:
    """Who could be proposed, and who nearly; one of them is taken."""
    page = people("vanthu.so", f"{submission}chon/")
    option = page.locator('#desk_giai option[value^="muc-"]', has_text=AWARD).first
    page.locator("#desk_giai").select_option(option.get_attribute("value"))
    page.locator("#desk_tim").fill(NAME)
    page.get_by_role("button", name="Xem", exact=True).click()
    page.get_by_label(f"Chọn {NAME}").check()
    page.get_by_role("button", name=re.compile("Đưa người đã chọn")).click()
    expect(page.get_by_text("Đã thêm 1 đề nghị")).to_be_visible()
    number = submission.strip("/").split("/")[-1]
    key = site.rows(f"SELECT id FROM nominations_nomination WHERE submission_id = {number}")[0][0]
    return f"/ho-so/{key}/"


def write(people: People, case: str) -> None:
    page = people("vanthu.so", f"{case}soan/")
    page.get_by_label(re.compile("^Tóm tắt")).fill("Phòng trừ rầy nâu trên 6.400 ha lúa hè thu")
    page.get_by_label(re.compile("^Quyền hạn")).fill("Phụ trách Chi cục")
    page.get_by_label(re.compile("^Kết quả đã đạt")).fill(ACHIEVED)
    row = page.locator("#rows-w .ahead")
    row.locator("textarea").fill("46 lớp hướng dẫn tại ruộng")
    row.locator("input[type=file]").set_input_files(
        [{"name": "quyet-dinh.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    )
    page.get_by_role("button", name="Lưu và nộp tệp đã chọn").click()
    expect(page.get_by_text("quyet-dinh.pdf").first).to_be_visible()


def meet(people: People, submission: str, case: str, *, analysed: bool) -> None:
    """One presides, one keeps the minutes; Bắc Kạn's plan asks them to go through every criterion."""
    for place, (name, part) in enumerate(((CHAIR, "chair"), (SECRETARY, "secretary"))):
        page = people("vanthu.so", f"{submission}hop/")
        if not place:
            page.get_by_label("Ngày họp").fill("20/11/2026")
            page.get_by_label("Địa điểm").fill("Phòng họp số 2")
            page.get_by_label("Tổng số thành viên").fill("2")
        row = page.locator("#rows-p .ahead")
        row.locator('input[name$="name"]').fill(name)
        row.locator('select[name$="part"]').select_option(part)
        page.get_by_role("button", name="Lưu", exact=True).click()
    page = people("vanthu.so", f"{submission}hop/bieu-quyet/")
    for place, count in enumerate(("2", "0", "0")):
        page.locator(".vote-table tbody input").nth(place).fill(count)
    page.get_by_role("button", name="Lưu", exact=True).click()
    if analysed:
        gate = people("vanthu.so", submission).locator("main")
        expect(gate).to_contain_text("tiêu chuẩn")
    page = people("vanthu.so", f"{submission}hop/{case.split('/')[2]}/")
    for field in page.locator(".meeting-criterion textarea").all():
        field.fill("Hội nghị đối chiếu minh chứng và nhất trí: đạt.")
    page.get_by_role("button", name="Lưu", exact=True).click()


def submit(people: People, submission: str) -> None:
    """What stands in the way is excepted by the head above, with reason; then the unit's head signs."""
    except_all(people, submission)
    page = people("vanthu.so", submission)
    page.get_by_role("button", name="Trình lãnh đạo ký").click()
    page = people("giamdoc.so", submission)
    page.locator("main input[name=number]").fill("120/TTr-SNNMT")
    page.get_by_role("button", name=re.compile("^Ký, trình")).click()
    expect(page.get_by_role("heading", name="Đã trình")).to_be_visible()


def except_all(people: People, submission: str) -> None:
    """A plan of last year: its last day is past, and who asks says why."""
    page = people("vanthu.so", submission)
    expect(page.locator(".gate-stop p.muted", has_text="Không ai được cho ngoại lệ")).to_have_count(0)
    while page.locator(".gate-stop details").count():
        stop = page.locator(".gate-stop details").first
        stop.locator("summary").click()
        stop.locator("textarea").fill("Kế hoạch đã qua hạn, xin trình bổ sung.")
        stop.get_by_role("button", name="Gửi xin ngoại lệ").click()
        page = people("vanthu.so", submission)
    links = page.locator("section[aria-labelledby=exceptions-title] a").all()
    for address in [link.get_attribute("href") or "" for link in links]:
        answer = people("lanhdao", address)
        answer.locator("main textarea").fill("Cho phép, vì kế hoạch thực hiện kéo dài.")
        answer.get_by_role("button", name="Cho phép trình").click()


def appraise(people: People, case: str) -> None:
    """Two have it before them: the first takes it in, the other is told. Then more is asked for, and comes."""
    first, second = people("thamdinh", case), people("thamdinh2", case)
    first.get_by_role("button", name="Tiếp nhận hồ sơ").click()
    second.get_by_role("button", name="Tiếp nhận hồ sơ").click()
    expect(second.get_by_role("button", name="Tiếp nhận hồ sơ")).to_have_count(0)
    expect(second.locator("main")).to_contain_text("Phạm Quốc Đạt")
    page = people("thamdinh", f"{case}bo-sung/")
    page.locator("form textarea").first.fill("Bổ sung biên bản nghiệm thu mô hình.")
    page.get_by_role("button", name=re.compile("^Gửi yêu cầu")).click()
    page = people("vanthu.so", f"{case}soan/bo-sung/")
    expect(page.locator("main")).to_contain_text("Bổ sung biên bản nghiệm thu mô hình.")
    page.locator("form textarea").first.fill("Đã bổ sung biên bản ngày 12/11.")
    page.get_by_role("button", name="Gửi bổ sung").click()


def conclude(people: People, site: Site, campaign: int, case: str, *, recommended: bool) -> None:
    """By Hậu Giang's criteria, whatever was excepted at the gate, this nominee may not be recommended, and is told."""
    page = people("thamdinh", case)
    page.locator(".claim-verdict select").first.select_option("proved")
    page.get_by_role("button", name="Ghi kết luận về thành tích").click()
    page = people("thamdinh", f"{case}de-nghi/")
    if not recommended:
        expect(page.get_by_role("heading", name="Chưa đề nghị được")).to_be_visible()
        page = people("thamdinh", f"{case}khong-de-nghi/")
    page.locator("main form textarea").first.fill("Đã đối chiếu hồ sơ, minh chứng với tiêu chuẩn của kế hoạch.")
    page.locator("main form button.button[type=submit]").first.click()
    number = case.split("/")[2]
    state = f"SELECT state FROM nominations_nomination WHERE id = {number}"
    assert site.rows(state)[0][0] == ("recommended" if recommended else "not_recommended")
    page = people("thamdinh", "/ket-qua-tham-dinh/")
    page.get_by_label(re.compile("^Tên")).fill(f"Kết quả thẩm định phong trào {campaign}")
    page.locator("select[name=campaign]").select_option(str(campaign))
    page.get_by_role("button", name="Lập danh sách").click()
    expect(page.locator("main")).to_contain_text(NAME)
    address = page.url.removeprefix(site.url)
    page = people("lanhdao", address)
    page.locator("main input[name=number]").fill("45/BC-BTĐKT")
    page.get_by_role("button", name=re.compile("^Ký danh sách")).click()
    signed = site.rows(f"SELECT state FROM nominations_appraisedlist WHERE campaign_id = {campaign}")
    assert [row[0] for row in signed] == ["signed"]
