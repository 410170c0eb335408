"""A second factor: an app that shows codes, codes to come back with, and who must have one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from playwright.sync_api import Browser, Page

from thidua_web.journal.models import JournalLine
from web.browser import chromium, look
from web.cast import PASSWORD, Cast
from web.comers import code_now, enter, newcomer, set_up_app

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with look(browser) as context:
        yield context.new_page()


def sign_in(client: Client, name: str) -> Any:
    return client.post("/dang-nhap/", {"login": name, "password": PASSWORD})


def give_app(cast: Cast, name: str) -> str:
    secret = generate_totp_secret()
    TOTP.activate(cast.users[name], secret)
    return secret


def test_an_app_is_set_up_and_asked_for_from_then_on(page: Page, door: Any) -> None:
    name = newcomer(door, "hai-buoc")
    enter(page, door, name)
    page.wait_for_url(f"{door.url}/tai-khoan/")
    secret = set_up_app(page, door)
    assert page.locator(".codes li").count() == 10

    page.context.clear_cookies()
    enter(page, door, name)
    page.wait_for_url("**/hai-buoc/")
    page.get_by_label("Mã xác thực").fill("000000")
    page.get_by_role("button", name="Xác nhận").click()
    assert "Mã chưa đúng" in page.get_by_role("alert").first.inner_text()
    page.get_by_label("Mã xác thực").fill(code_now(secret))
    page.get_by_role("button", name="Xác nhận").click()
    page.wait_for_url(f"{door.url}/tai-khoan/")
    assert page.get_by_text("Người hai-buoc").first.is_visible()


def test_the_phone_is_lost_and_a_recovery_code_lets_in_once(page: Page, door: Any) -> None:
    name = newcomer(door, "mat-may")
    enter(page, door, name)
    page.wait_for_url(f"{door.url}/tai-khoan/")
    set_up_app(page, door)
    code = page.locator(".codes code").first.inner_text()

    for lets_in in (True, False):
        page.context.clear_cookies()
        enter(page, door, name)
        page.get_by_label("Mã xác thực").fill(code)
        page.get_by_role("button", name="Xác nhận").click()
        if lets_in:
            page.wait_for_url(f"{door.url}/tai-khoan/")
        else:
            assert "Mã chưa đúng" in page.get_by_role("alert").first.inner_text()


def test_the_recovery_codes_can_be_taken_along(page: Page, door: Any) -> None:
    enter(page, door, newcomer(door, "cat-ma"))
    page.wait_for_url(f"{door.url}/tai-khoan/")
    set_up_app(page, door)
    shown = page.locator(".codes code").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert (download.value.suggested_filename, [code for code in shown if code in text]) == ("ma-khoi-phuc.txt", shown)


def test_without_the_code_nobody_is_in(client: Client, cast: Cast) -> None:
    give_app(cast, "clerk")
    assert sign_in(client, "clerk")["Location"] == "/dang-nhap/hai-buoc/"
    assert client.get("/ke-hoach/")["Location"].startswith("/dang-nhap/?next=")


def test_one_code_serves_once(client: Client, cast: Cast) -> None:
    code = code_now(give_app(cast, "clerk"))
    sign_in(client, "clerk")
    assert client.post("/dang-nhap/hai-buoc/", {"code": code})["Location"] == "/"
    seen_over_the_shoulder = Client()
    sign_in(seen_over_the_shoulder, "clerk")
    assert seen_over_the_shoulder.post("/dang-nhap/hai-buoc/", {"code": code}).status_code == 200


def test_codes_cannot_be_guessed(client: Client, cast: Cast) -> None:
    secret = give_app(cast, "clerk")
    sign_in(client, "clerk")
    for _ in range(10):
        client.post("/dang-nhap/hai-buoc/", {"code": "000000"})
    page = client.post("/dang-nhap/hai-buoc/", {"code": code_now(secret)}).content.decode()
    assert "đợi 15 phút" in page


def test_secrets_are_sealed_where_they_lie(cast: Cast) -> None:
    secret = give_app(cast, "clerk")
    stored = Authenticator.objects.get(user=cast.users["clerk"]).data["secret"]
    assert (secret in stored, TOTP(Authenticator.objects.get()).validate_code(code_now(secret))) == (False, True)


def test_turning_it_on_and_off_asks_who_is_there(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["clerk"])
    for path in ("ung-dung/", "ma-khoi-phuc/lap-lai/"):
        answer = client.get(f"/tai-khoan/hai-buoc/{path}")
        assert answer["Location"].startswith("/tai-khoan/xac-nhan-lai/?next=")


def test_who_just_signed_in_is_not_asked_again(client: Client, cast: Cast) -> None:
    sign_in(client, "clerk")
    assert client.get("/tai-khoan/hai-buoc/ung-dung/").status_code == 200


@pytest.mark.parametrize(
    ("demand", "sent"),
    [("optional", set()), ("leaders", {"head", "chair", "council_secretary", "administrator"}), ("everyone", {"*"})],
)
def test_who_must_have_one_sets_it_up_before_anything_else(
    client: Client, cast: Cast, settings: Any, demand: str, sent: set[str]
) -> None:
    settings.SECOND_FACTOR = demand
    for name in ("clerk", "head", "chair", "council_secretary", "administrator", "auditor"):
        client.force_login(cast.users[name])
        led = client.get("/tai-khoan/").headers.get("Location") == "/tai-khoan/hai-buoc/"
        assert led == (bool(sent & {name, "*"})), name


def test_until_then_only_setting_it_up_is_open(client: Client, cast: Cast, settings: Any) -> None:
    settings.SECOND_FACTOR = "everyone"
    sign_in(client, "clerk")
    shut = ("/", "/ke-hoach/", "/tai-khoan/", "/tai-khoan/thu-dien-tu/", "/lich/", "/phong-trao/")
    assert {client.get(path).headers.get("Location") for path in shut} == {"/tai-khoan/hai-buoc/"}
    open_ = ("/tai-khoan/hai-buoc/", "/tai-khoan/hai-buoc/ung-dung/", "/tai-khoan/khoa/them/")
    assert [client.get(path).status_code for path in open_] == [200] * 3
    assert "cần xác thực hai bước" in client.get("/tai-khoan/hai-buoc/").content.decode()
    part = client.get("/ke-hoach/", headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true"
    give_app(cast, "clerk")
    assert client.get("/ke-hoach/").status_code == 200


def test_who_must_have_one_keeps_the_last(client: Client, cast: Cast, settings: Any) -> None:
    settings.SECOND_FACTOR = "leaders"
    secret = give_app(cast, "head")
    sign_in(client, "head")
    client.post("/dang-nhap/hai-buoc/", {"code": code_now(secret)})
    page = client.post("/tai-khoan/hai-buoc/ung-dung/go/").content.decode()
    assert ("thêm cách khác trước" in page, Authenticator.objects.filter(type="totp").count()) == (True, 1)
    settings.SECOND_FACTOR = "optional"
    client.post("/tai-khoan/hai-buoc/ung-dung/go/")
    assert not Authenticator.objects.exists()


def test_the_journal_tells_of_factors_and_of_failures(client: Client, cast: Cast) -> None:
    secret = give_app(cast, "clerk")
    sign_in(client, "clerk")
    client.post("/dang-nhap/hai-buoc/", {"code": "000000"})
    client.post("/dang-nhap/hai-buoc/", {"code": code_now(secret)})
    client.post("/tai-khoan/hai-buoc/ung-dung/go/")
    acts = list(JournalLine.objects.order_by("number").values_list("act", "details"))
    assert acts == [
        ("account.second_factor_failed", {}),
        ("account.signed_in", {"ways": ["password", "totp"]}),
        ("account.second_factor_removed", {"kind": "app"}),
    ]
