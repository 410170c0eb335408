"""A province's single sign-on: a real OpenID provider in a process of its own, a real browser between the two."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from province.server import CLIENT, PASSWORD, SECRET
from web.browser import chromium, faults, look
from web.cast import Cast
from web.comers import enter, newcomer
from web.processes import Site, free_port, wait_for

pytestmark = pytest.mark.journey

MAI_ANH = "mai.anh@minhgiang.gov.vn"
SERVER = Path(__file__).parents[1] / "province" / "server.py"


class Province:
    """Starts and stops the provider."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.issuer = f"http://localhost:{self.port}/o"
        self.settings = {
            "THIDUA_OIDC_ISSUER": self.issuer,
            "THIDUA_OIDC_CLIENT_ID": CLIENT,
            "THIDUA_OIDC_CLIENT_SECRET": SECRET,
            "THIDUA_OIDC_NAME": "Cổng đăng nhập tỉnh Minh Giang",
        }

    def start(self, redirect: str) -> None:
        command = [sys.executable, str(SERVER), str(self.port), str(self.folder), redirect]
        # Its settings are its own: nothing of the product's reaches it.
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("THIDUA_", "DJANGO_"))}
        with (self.folder / "errors.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        wait_for(lambda: _answers(f"{self.issuer}/.well-known/openid-configuration"))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)

    def asked(self) -> str:
        return (self.folder / "requests.log").read_text(encoding="utf-8")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The product joined to the province."""
    from web.conftest import DATABASE

    province = Province(tmp_path_factory.mktemp("province"))
    site = Site(tmp_path_factory.mktemp("joined"), server_database=DATABASE, settings=province.settings)
    site.url = f"http://localhost:{site.port}"
    province.start(f"{site.url}/dang-nhap/mot-lan/tro-ve/")
    site.province = province
    with site:
        yield site
    province.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with look(browser) as context:
        yield context.new_page()


def go_to_province(page: Page, joined: Any, then: str = "/tai-khoan/") -> None:
    page.goto(f"{joined.url}/dang-nhap/?next={then}")
    page.get_by_role("link", name="Đăng nhập qua Cổng đăng nhập tỉnh Minh Giang").click()


def sign_in_there(page: Page, name: str, agree: bool = True) -> None:
    page.get_by_role("heading", name="Cổng đăng nhập tỉnh").wait_for()
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Vào").click()
    page.get_by_role("button", name="Đồng ý" if agree else "Không").click()


def links(joined: Any) -> list[tuple[str, str]]:
    return joined.rows(
        "SELECT u.username, s.extra_data FROM socialaccount_socialaccount s JOIN accounts_user u ON u.id = s.user_id"
    )


def test_a_known_and_confirmed_address_is_that_person(page: Page, joined: Any) -> None:
    newcomer(joined, "mai-anh", email=MAI_ANH)
    go_to_province(page, joined, "/tai-khoan/phien/")
    sign_in_there(page, "mai.anh")
    page.wait_for_url(f"{joined.url}/tai-khoan/phien/")
    assert page.get_by_text("Người mai-anh").first.is_visible()
    page.goto(f"{joined.url}/tai-khoan/lien-ket/")
    assert MAI_ANH in page.locator("main").inner_text()
    asked = joined.province.asked()
    steps = ("openid-configuration", "code_challenge_method=S256", "POST /o/token/", "jwks.json", "/o/userinfo/")
    assert [step for step in steps if step not in asked] == []


def test_once_linked_the_person_stays_the_same_even_with_another_address(page: Page, joined: Any) -> None:
    newcomer(joined, "nguoi-thu-hai", email="doi@thu.gov.vn")
    enter(page, joined, "nguoi-thu-hai", then="/tai-khoan/lien-ket/")
    page.get_by_role("link", name="Liên kết với Cổng đăng nhập tỉnh").click()
    sign_in_there(page, "tu.khai")
    page.get_by_text("Đã liên kết.").wait_for()
    page.context.clear_cookies()
    go_to_province(page, joined)
    sign_in_there(page, "tu.khai")
    page.wait_for_url(f"{joined.url}/tai-khoan/")
    assert page.get_by_text("Người nguoi-thu-hai").first.is_visible()
    page.goto(f"{joined.url}/tai-khoan/lien-ket/")
    page.get_by_role("button", name="Bỏ liên kết").click()
    page.get_by_text("Đã bỏ liên kết.").wait_for()
    assert "nguoi-thu-hai" not in [name for name, _ in links(joined)]


def test_a_stranger_is_told_whom_to_ask_and_no_account_is_opened(page: Page, joined: Any) -> None:
    before = joined.rows("SELECT count(*) FROM accounts_user")
    go_to_province(page, joined)
    sign_in_there(page, "nguoi.la")
    page.get_by_role("heading", name="Bạn chưa có tài khoản ở đây").wait_for()
    assert "người quản trị của đơn vị" in page.locator("main").inner_text()
    assert faults(page) == []
    assert joined.rows("SELECT count(*) FROM accounts_user") == before


def invite(joined: Any, email: str, token: str, *, days: int = 7) -> None:
    joined.run(
        "from thidua_web.accounts.models import *; from thidua_web.accounts.inviting.tokens import digest_of; "
        "from django.utils import timezone; import datetime; now = timezone.now(); "
        "from thidua_web.register.models import Unit; "
        f"Invitation.objects.create(email={email!r}, full_name='Trần Được Mời', role='clerk', "
        f"unit=Unit.objects.get(code='UBND'), digest=digest_of({token!r}), at=now, "
        f"by=User.objects.get(username='quantri'), expires_at=now + datetime.timedelta(days={days}))"
    )


def test_an_invited_address_that_the_province_checked_opens_its_account(page: Page, joined: Any) -> None:
    invite(joined, "duoc.moi@minhgiang.gov.vn", "la-thu-mot")
    go_to_province(page, joined)
    sign_in_there(page, "duoc.moi")
    page.wait_for_url(f"{joined.url}/tai-khoan/")
    assert "Trần Được Mời" in page.locator("main").inner_text()
    assert joined.rows(
        "SELECT u.username, m.role FROM accounts_user u JOIN accounts_membership m ON m.user_id = u.id "
        "WHERE u.email = %s AND u.password LIKE %s",
        "duoc.moi@minhgiang.gov.vn",
        "!%",
    ) == [("duoc.moi", "clerk")]


def test_who_holds_the_letter_opens_the_account_with_another_address(page: Page, joined: Any) -> None:
    invite(joined, "thu-rieng@thu.gov.vn", "la-thu-hai")
    page.goto(f"{joined.url}/loi-moi/la-thu-hai/")
    page.get_by_role("link", name="Cổng đăng nhập tỉnh Minh Giang").click()
    sign_in_there(page, "cam.thu")
    page.wait_for_url(f"{joined.url}/")
    page.context.clear_cookies()
    go_to_province(page, joined)
    sign_in_there(page, "cam.thu")
    page.wait_for_url(f"{joined.url}/tai-khoan/")


def test_an_invitation_that_ran_out_opens_nothing(page: Page, joined: Any) -> None:
    invite(joined, "qua.han@minhgiang.gov.vn", "la-thu-ba", days=-1)
    go_to_province(page, joined)
    sign_in_there(page, "qua.han")
    page.get_by_role("heading", name="Bạn chưa có tài khoản ở đây").wait_for()


@pytest.mark.parametrize(("there", "here"), [("tu.khai", True), ("nguoi.la", False)])
def test_an_address_that_nobody_checked_proves_nothing(page: Page, joined: Any, there: str, here: bool) -> None:
    """Neither one that the province did not check, nor one that somebody merely wrote into an account here."""
    newcomer(joined, f"ho-{there}", email=f"{there}@minhgiang.gov.vn", verified=here)
    go_to_province(page, joined)
    sign_in_there(page, there)
    page.get_by_role("heading", name="Bạn chưa có tài khoản ở đây").wait_for()


def test_who_says_no_there_is_back_at_the_door(page: Page, joined: Any) -> None:
    go_to_province(page, joined)
    sign_in_there(page, "mai.anh", agree=False)
    page.get_by_role("heading", name="Đã dừng đăng nhập").wait_for()


def test_an_answer_nobody_asked_for_is_refused(page: Page, joined: Any) -> None:
    page.goto(f"{joined.url}/dang-nhap/mot-lan/tro-ve/?code=abc&state=xyz")
    page.get_by_role("heading", name="chưa trả lời đúng").wait_for()


def test_another_site_cannot_start_it(joined: Any) -> None:
    request = urllib.request.Request(f"{joined.url}/dang-nhap/mot-lan/", headers={"Sec-Fetch-Site": "cross-site"})
    with urllib.request.urlopen(request) as answer:
        assert answer.url == f"{joined.url}/dang-nhap/"


def test_when_the_province_is_down_the_page_says_so(page: Page, joined: Any) -> None:
    joined.province.stop()
    try:
        page.goto(f"{joined.url}/dang-nhap/mot-lan/")
        page.get_by_role("heading", name="chưa trả lời đúng").wait_for()
    finally:
        (joined.province.folder / "province.sqlite3").unlink()
        joined.province.start(f"{joined.url}/dang-nhap/mot-lan/tro-ve/")


def test_without_a_province_there_is_no_button_and_nowhere_to_go(client: Client, cast: Cast) -> None:
    assert "Đăng nhập qua" not in client.get("/dang-nhap/").content.decode()
    assert client.get("/dang-nhap/mot-lan/")["Location"] == "/dang-nhap/"
    client.force_login(cast.users["clerk"])
    assert "Đăng nhập một lần" not in client.get("/tai-khoan/").content.decode()
