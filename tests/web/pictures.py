"""Pictures of the real pages for the documents: `PYTHONPATH=tests python -m web.pictures docs/images [NAME…]`.

Starts the demo in a temporary folder, launches one of its plans on the way as its people would, and takes each page
at the width of a desk or of a phone.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from labelled import shared
from web.browser import chromium, look, quit_chromium, sign_in
from web.processes import Site


def main(folder: Path, *names: str) -> None:
    """All pictures, or those named."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = {name: SHOTS[name] for name in names} if names else SHOTS
    with tempfile.TemporaryDirectory() as place, Site(Path(place), server_database="") as site, chromium() as browser:
        load_wordings(site)
        for name, (do, user, scheme, width) in chosen.items():
            with visit(browser, site, user, scheme, width) as page:
                do(page)
                page.screenshot(path=folder / f"{name}.png")


def load_wordings(site: Site) -> None:
    """The exact words of public instruments, where they are at hand."""
    for file in sorted((shared() / "facts/texts").glob("*.txt")):
        call = f"load_text(instrument=parse_text(body).number, name={file.name!r}, body=body, at=timezone.now())"
        site.run(
            "from pathlib import Path\nfrom django.utils import timezone\nfrom thidua.law.texts import parse_text\n"
            f"from thidua_web.law.actions import load_text\nbody = Path({str(file)!r}).read_text('utf-8')\n{call}"
        )


@contextmanager
def visit(browser: Browser, site: Site, user: str, scheme: str, width: int) -> Iterator[Page]:
    context = look(browser, scheme, width)
    page = context.new_page()
    sign_in(page, site, user)
    yield page
    context.close()


def enter(page: Page, name: str) -> None:
    """By the strip at the top; a phone opens it first."""
    if (entries := page.get_by_role("button", name="Các mục")).is_visible():
        entries.click()
    page.get_by_role("navigation", name="Chính").get_by_role("link", name=name, exact=True).click()


def home(page: Page) -> None:
    enter(page, "Việc của tôi")
    page.locator(".work-now .line").first.wait_for()


def plans(page: Page) -> None:
    enter(page, "Kế hoạch")


def review(page: Page) -> None:
    """The plan that is under review."""
    plans(page)
    page.locator(".plans .name a").first.click()
    page.locator("#review[data-ready]").wait_for()


def words(page: Page) -> None:
    review(page)
    page.locator("#f-deadlines-1 > a").click()


def half(page: Page) -> None:
    """The first fact that is still open, under those that are decided."""
    review(page)
    page.get_by_role("button", name="Chưa đối chiếu").click()


def correct(page: Page) -> None:
    """One fact chosen, its form open."""
    review(page)
    page.locator("#f-deadlines-1 > a").focus()
    page.keyboard.press("s")
    page.locator("#f-deadlines-1 form").wait_for()


def prepare(page: Page) -> None:
    """Everything accepted, the plan laid before the head."""
    review(page)
    while page.locator("[value^=accept_kind]").count():
        before = page.locator("[value^=accept_kind]").count()
        page.locator("[value^=accept_kind]").first.click()
        expect(page.locator("[value^=accept_kind]")).to_have_count(before - 1)
    page.get_by_role("link", name="Chuẩn bị phát động").click()
    page.locator(".case-acts").wait_for()


def before_head(page: Page) -> None:
    prepare(page)
    page.locator(".case-acts form button[type=submit]").first.click()
    page.locator(".case-acts").wait_for()


def campaign(page: Page) -> None:
    enter(page, "Phong trào")
    page.locator(".desk .lead a").first.click()
    page.get_by_role("heading", name="Dòng thời gian").wait_for()


def board(page: Page) -> None:
    campaign(page)
    page.get_by_role("link", name="Triển khai", exact=True).click()
    page.get_by_role("heading", name="Từng đơn vị").wait_for()


def look_up(page: Page, name: str) -> None:
    page.get_by_text("Mục khác").click()
    enter(page, name)


def ranking(page: Page) -> None:
    """Of a bloc that the standing body has not settled yet."""
    look_up(page, "Cụm, khối")
    page.get_by_role("link", name="Chấm điểm", exact=True).click()
    page.locator("main table a").first.click()
    page.get_by_role("link", name="Xếp hạng tạm tính, điểm còn ngờ").click()


def calendars(page: Page) -> None:
    home(page)
    page.get_by_role("link", name="Đưa các thời hạn vào lịch").click()
    page.get_by_role("button", name="Tạo lịch thời hạn").click()


def law_award(page: Page) -> None:
    look_up(page, "Pháp luật")
    page.get_by_label("vào ngày").fill("10/12/2025")
    page.get_by_role("button", name="Xem").click()
    page.get_by_role("link", name="Bằng khen của Bộ, ban, ngành, tỉnh", exact=True).click()
    page.get_by_role("heading", name="Tiêu chuẩn").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#standards').scrollIntoView()")


def who_may(page: Page) -> None:
    enter(page, "Đề nghị ai?")
    page.get_by_label("có thể đề nghị", exact=True).select_option("CSTDCS")
    page.get_by_label("xét vào ngày").fill("10/12/2025")
    page.get_by_role("button", name="Xem", exact=True).click()
    page.locator(".open-desk").wait_for()


def law_instruments(page: Page) -> None:
    look_up(page, "Pháp luật")
    page.get_by_role("link", name="Văn bản", exact=True).click()


def law_changes(page: Page) -> None:
    look_up(page, "Pháp luật")
    page.get_by_role("link", name="Thay đổi", exact=True).click()
    page.get_by_label("Từ ngày").fill("30/06/2025")
    page.get_by_label("đến ngày").fill("31/12/2025")
    page.get_by_role("button", name="Xem").click()


def appraisal_desk(page: Page) -> None:
    enter(page, "Thẩm định")
    page.locator(".appraisal-desk").wait_for()


def appraised(page: Page) -> None:
    """The dossier that is late."""
    appraisal_desk(page)
    page.locator(".appraisal-desk tbody tr").first.get_by_role("link").first.click()
    page.locator("#preview a[href^='/ho-so/']").first.click()
    page.locator(".clauses").first.wait_for()


def dossier(page: Page) -> None:
    enter(page, "Đề nghị")
    page.get_by_role("link", name="môi trường").first.click()
    page.get_by_role("link", name="Thạch Bảo Long").click()
    page.locator("a[href$='/soan/']").first.click()
    page.locator("form[data-draft]").wait_for()


def submission(page: Page) -> None:
    enter(page, "Đề nghị")
    page.get_by_role("link", name="môi trường").first.click()


DESK, PHONE = 1440, 390
# In this order: the plan that is laid before the head here is the one that they find afterwards.
SHOTS: dict[str, tuple[Callable[[Page], None], str, str, int]] = {
    "ke-hoach": (plans, "vanthu", "light", DESK),
    "viec-cua-toi": (home, "vanthu.so", "light", DESK),
    "doi-chieu": (review, "vanthu", "light", DESK),
    "doi-chieu-toi": (words, "vanthu", "dark", DESK),
    "doi-chieu-dien-thoai": (words, "vanthu", "light", PHONE),
    "doi-chieu-do-dang": (half, "vanthu.so", "light", DESK),
    "sua-du-kien": (correct, "vanthu", "light", DESK),
    "phong-trao": (campaign, "vanthu", "light", DESK),
    "phong-trao-dien-thoai": (campaign, "vanthu.xa", "light", PHONE),
    "trien-khai": (board, "vanthu", "light", DESK),
    "xep-hang": (ranking, "vanthu", "light", DESK),
    "de-nghi": (who_may, "vanthu", "light", DESK),
    "ban-tham-dinh": (appraisal_desk, "thamdinh", "light", DESK),
    "tham-dinh": (appraised, "thamdinh", "light", DESK),
    "dot-de-nghi": (submission, "vanthu.so", "light", DESK),
    "soan-ho-so": (dossier, "vanthu.so", "light", DESK),
    "phap-luat": (law_award, "vanthu", "light", DESK),
    "phap-luat-van-ban": (law_instruments, "vanthu", "light", DESK),
    "phap-luat-thay-doi": (law_changes, "vanthu", "light", DESK),
    "lich": (calendars, "vanthu.so", "light", DESK),
    "chuan-bi": (prepare, "vanthu", "light", DESK),
    "cho-lanh-dao": (before_head, "vanthu", "light", DESK),
    "viec-cua-lanh-dao": (home, "lanhdao", "light", PHONE),
}


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
    quit_chromium()
