"""Passwords changed by their owners, and set anew through a letter that a real mail server delivers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from web.browser import chromium, look
from web.cast import PASSWORD, Cast
from web.comers import enter, newcomer
from web.mail_server import link_in
from web.processes import wait_for

pytestmark = pytest.mark.journey

NEW = "Song-Tien-chay-mai-7"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with look(browser) as context:
        yield context.new_page()


def ask_for_letter(page: Page, door: Any, address: str) -> None:
    page.goto(f"{door.url}/dang-nhap/")
    page.get_by_role("link", name="Quên mật khẩu?").click()
    page.get_by_label("Địa chỉ thư điện tử").fill(address)
    page.get_by_role("button", name="Gửi liên kết").click()
    page.get_by_role("heading", name="Hãy mở hộp thư").wait_for()


def set_new(page: Page, password: str = NEW, again: str = NEW) -> None:
    page.get_by_label("Mật khẩu mới", exact=True).fill(password)
    page.get_by_label("Nhập lại mật khẩu mới").fill(again)
    page.get_by_role("button", name="Đặt mật khẩu").click()


def test_a_forgotten_password_is_set_anew_through_a_letter(page: Page, door: Any) -> None:
    name = newcomer(door, "hay-quen", email="hay-quen@thu.gov.vn")
    ask_for_letter(page, door, "hay-quen@thu.gov.vn")
    letter = door.mail.letter_to("hay-quen@thu.gov.vn")
    assert letter["Subject"] == "[Thidua] Đặt lại mật khẩu"
    assert "hay-quen" in letter.get_content()
    page.goto(link_in(letter))
    assert "dat-lai-mat-khau" in page.url
    assert "set-password" in page.url, "the secret does not stay in the address"
    set_new(page, "ngan", "ngan")
    assert "ít nhất 10 ký tự" in page.get_by_role("alert").inner_text()
    set_new(page, NEW, "khac-di-mot-chut")
    assert "chưa giống nhau" in page.get_by_role("alert").inner_text()
    set_new(page)
    page.get_by_role("heading", name="Đã đặt mật khẩu mới").wait_for()
    notice = door.mail.letter_to("hay-quen@thu.gov.vn", "Mật khẩu đã được đặt lại")
    assert "Nếu không phải bạn" in notice.get_content()
    enter(page, door, name, NEW)
    page.wait_for_url(f"{door.url}/tai-khoan/")

    page.goto(link_in(letter))
    page.get_by_role("heading", name="Liên kết này không dùng được nữa").wait_for()


def test_an_unknown_address_gets_the_same_answer_and_no_letter(page: Page, door: Any) -> None:
    sent = len(door.mail.letters)
    ask_for_letter(page, door, "khong-ai@thu.gov.vn")
    newcomer(door, "co-that", email="co-that@thu.gov.vn")
    ask_for_letter(page, door, "co-that@thu.gov.vn")
    door.mail.letter_to("co-that@thu.gov.vn")
    assert [one["To"] for one in door.mail.letters[sent:]] == ["co-that@thu.gov.vn"]


def test_a_mail_server_that_is_away_for_a_moment_is_asked_again(page: Page, door: Any) -> None:
    newcomer(door, "kien-nhan", email="kien-nhan@thu.gov.vn")
    door.mail.refuse = True
    try:
        ask_for_letter(page, door, "kien-nhan@thu.gov.vn")
        wait_for(lambda: door.mail.refused)
    finally:
        door.mail.refuse = False
    assert "Đặt lại" in door.mail.letter_to("kien-nhan@thu.gov.vn")["Subject"]


def test_the_queue_keeps_no_copy_of_a_link(page: Page, door: Any) -> None:
    newcomer(door, "kin-dao", email="kin-dao@thu.gov.vn")
    ask_for_letter(page, door, "kin-dao@thu.gov.vn")
    door.mail.letter_to("kin-dao@thu.gov.vn")
    assert door.rows("SELECT count(*) FROM django_q_task WHERE func = %s", "thidua_web.accounts.mail.send") == [(0,)]


def test_a_new_address_counts_once_the_letter_sent_there_is_answered(page: Page, door: Any) -> None:
    name = newcomer(door, "doi-thu", email="cu@thu.gov.vn")
    enter(page, door, name, then="/tai-khoan/thu-dien-tu/")
    page.get_by_label("Địa chỉ mới").fill("moi@thu.gov.vn")
    page.get_by_role("button", name="Gửi thư xác nhận").click()
    page.get_by_text("moi@thu.gov.vn đang chờ xác nhận").wait_for()
    assert "cu@thu.gov.vn" in page.locator("main").inner_text()
    page.goto(link_in(door.mail.letter_to("moi@thu.gov.vn", "Xác nhận")))
    page.get_by_role("button", name="Xác nhận").click()
    page.wait_for_url(f"{door.url}/tai-khoan/")
    assert "moi@thu.gov.vn" in page.locator("main").inner_text()
    assert "đã đổi" in door.mail.letter_to("cu@thu.gov.vn")["Subject"]


def test_one_may_sign_in_by_e_mail_address(page: Page, door: Any) -> None:
    newcomer(door, "bang-thu", email="bang-thu@thu.gov.vn")
    enter(page, door, "Bang-Thu@thu.gov.vn")
    page.wait_for_url(f"{door.url}/tai-khoan/")


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("sai", NEW, NEW, "Mật khẩu hiện tại chưa đúng"),
        (PASSWORD, NEW, "khac-di-mot-chut", "chưa giống nhau"),
        (PASSWORD, "ngan", "ngan", "ít nhất 10 ký tự"),
        (PASSWORD, "Người clerk", "Người clerk", "quá giống tên đăng nhập"),
        (PASSWORD, "password123", "password123", "quá phổ biến"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_vietnamese(
    client: Client, cast: Cast, old: str, new: str, again: str, said: str
) -> None:
    client.force_login(cast.users["clerk"])
    page = client.post("/tai-khoan/mat-khau/", {"oldpassword": old, "password1": new, "password2": again})
    assert said in page.content.decode()
    cast.users["clerk"].refresh_from_db()
    assert cast.users["clerk"].check_password(PASSWORD)


def test_what_leads_into_the_account_asks_who_is_there(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["clerk"])
    assert client.get("/tai-khoan/thu-dien-tu/")["Location"].startswith("/tai-khoan/xac-nhan-lai/")
    form = {"email": "ke-gian@thu.gov.vn", "action_add": "1"}
    assert client.post("/tai-khoan/thu-dien-tu/", form)["Location"].startswith("/tai-khoan/xac-nhan-lai/")


def test_nobody_opens_an_account_for_himself(client: Client, db: None) -> None:
    assert [client.get(path).status_code for path in ("/dang-ky/", "/accounts/signup/")] == [404, 404]
    from django.urls import NoReverseMatch, reverse

    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
