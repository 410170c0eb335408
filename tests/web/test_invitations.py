"""Invitations: pasted, sent by a real mail server, accepted in a real browser, and what their links refuse."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ
from playwright.sync_api import Browser, Page

from thidua_web.accounts.access import Role
from thidua_web.accounts.inviting import actions, letters
from thidua_web.accounts.models import Invitation, User
from thidua_web.journal.models import JournalLine
from thidua_web.register.models import Person
from web.browser import chromium, faults, look, sideways
from web.cast import Cast, make_user
from web.comers import enter, newcomer
from web.inviting import SITE, invited
from web.mail_server import MailServer, link_in

NEW_PASSWORD = "Song-Tien-chay-mai-7"
ACCOUNT = {"full_name": "Đặng Thị Mới", "username": "moi", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}


def paste(client: Client, text: str) -> str:
    return client.post("/nguoi-dung/moi/nhieu-nguoi/", {"lines": text}, follow=True).content.decode()


@pytest.fixture
def administrator(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["administrator"])
    return client


def test_many_are_invited_at_once_from_pasted_lines(administrator: Client, cast: Cast) -> None:
    page = paste(
        administrator,
        "Họ và tên; Thư; Vai trò; Mã đơn vị\n"
        "Đặng Thị Mới; Moi@CoQuan.gov.vn; Chuyên viên thi đua; T-1\n"
        "\n"
        "Lê Văn Hai\thai@coquan.gov.vn\tLãnh đạo\tSở Thử\n"
        "Trần Ba; ba@coquan.gov.vn; thu ky hoi dong;\n",
    )
    assert "Đã mời 3 người." in page
    rows = Invitation.objects.order_by("pk").values_list("full_name", "email", "role", "unit__code")
    assert list(rows) == [
        ("Đặng Thị Mới", "moi@coquan.gov.vn", "clerk", "T-1"),
        ("Lê Văn Hai", "hai@coquan.gov.vn", "head", "T-1"),
        ("Trần Ba", "ba@coquan.gov.vn", "council_secretary", "T"),
    ]
    assert [line.act for line in JournalLine.objects.all()] == ["account.invited"] * 3
    assert OrmQ.objects.count() == 3


def test_all_errors_are_told_at_once_by_line_and_nobody_is_invited(administrator: Client, cast: Cast) -> None:
    cast.users["administrator"].email = "vinh@coquan.gov.vn"
    cast.users["administrator"].save()
    invited(cast, "doi@coquan.gov.vn")
    text = (
        "Một; khong-phai-thu; Chuyên viên thi đua; T\n"
        "; hai@coquan.gov.vn; Vua; T-9\n"
        "Ba, ba@coquan.gov.vn\n"
        "Bốn; bon@coquan.gov.vn; Chuyên viên; T\n"
        "Năm; nam@coquan.gov.vn; Lãnh đạo đơn vị; T\n"
        "Năm nữa; NAM@coquan.gov.vn; Lãnh đạo đơn vị; T\n"
        "Vinh; Vinh@coquan.gov.vn; Lãnh đạo đơn vị; T\n"
        "Đợi; doi@coquan.gov.vn; Chuyên viên thi đua; T\n"
    )
    page = paste(administrator, text)
    told = re.findall(r"<li><strong>Dòng (\d+):</strong> ([^<]+)</li>", page)
    assert [(int(line), words[:22]) for line, words in told] == [
        (1, "Địa chỉ thư “khong-pha"),
        (2, "Chưa ghi họ tên."),
        (2, "Không rõ vai trò “Vua”"),
        (2, "Không có đơn vị nào có" if "Có phải" in dict(told)["2"] else "Không có đơn vị “T-9” "),
        (3, "Cần 3 hoặc 4 phần cách"),
        (4, "Không rõ vai trò “Chuy"),
        (6, "Trùng với dòng 5."),
        (7, "Đây là địa chỉ của chí"),
        (8, "doi@coquan.gov.vn đã đ"),
    ]
    assert "Có 9 chỗ cần sửa; chưa ai được mời." in page
    assert "; hai@coquan.gov.vn; Vua; T-9" in page, "what was pasted is still there"
    assert Invitation.objects.count() == 1


def test_whether_an_address_has_an_account_is_told_to_nobody(administrator: Client, cast: Cast) -> None:
    """Of two pages that invite, one to an account's address, nothing but the name differs; nor do the letters."""
    EmailAddress.objects.create(user=cast.users["stranger"], email="co@coquan.gov.vn", verified=True, primary=True)
    pages = []
    for name in ("co", "khong"):
        paste(administrator, f"Người Mới; {name}@coquan.gov.vn; Chuyên viên thi đua; T")
        page = administrator.get(f"/nguoi-dung/loi-moi/?tim={name}@coquan").content.decode()
        pages.append(
            re.sub(rf"{name}@|csrf\w+\" value=\"\w+|loi-moi/\d+", "", page).split("<table")[1].split("</table")[0]
        )
    assert pages[0] == pages[1]


def test_from_the_register_people_without_an_account_are_invited(administrator: Client, cast: Cast) -> None:
    here = Person.objects.create(full_name="Phạm Thị Có", unit=cast.office, position="Chuyên viên")
    Person.objects.create(full_name="Vũ Văn Chưa", unit=cast.office)
    known = Person.objects.create(full_name="Người Đã Có", unit=cast.office)
    User.objects.filter(pk=cast.users["neighbour"].pk).update(person=known)
    address = "/nguoi-dung/moi/danh-ba/?don_vi=T-1"
    page = administrator.get(address).content.decode()
    assert ("Phạm Thị Có" in page, "Vũ Văn Chưa" in page, "Người Đã Có" in page) == (True, True, False)
    wrong = administrator.post(address, {f"email-{here.pk}": "sai", f"role-{here.pk}": "head"})
    assert (wrong.status_code, "Thư điện tử của Phạm Thị Có:" in wrong.content.decode()) == (422, True)
    nobody = administrator.post(address, {}).content.decode()
    assert "Chưa ghi địa chỉ thư của ai." in nobody or "csrf" in nobody
    administrator.post(address, {f"email-{here.pk}": "co@coquan.gov.vn", f"role-{here.pk}": "head"})
    row = Invitation.objects.get()
    assert (row.person, row.role, row.unit, row.full_name) == (here, "head", cast.office, "Phạm Thị Có")
    user = actions.open_and_accept(
        invitation=row, username="co", full_name="Phạm Thị Có", password=NEW_PASSWORD, at=timezone.now()
    )
    assert user.person == here


def test_the_database_and_the_queue_after_sending_hold_no_token(cast: Cast, settings: Any) -> None:
    with MailServer() as mail:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", mail.port, False
        row, token = invited(cast)
        letters.send(row.pk, token, SITE)
        letter = mail.letter_to("moi@coquan.gov.vn")
        letters.send(row.pk, token, SITE)
        letters.send(row.pk, "khac", SITE)
    assert len(mail.letters) == 1, "handed out twice, it is sent once"
    row.refresh_from_db()
    assert (link_in(letter), row.sent_at is not None) == (f"http://testserver/loi-moi/{token}/", True)
    assert token not in str(list(Invitation.objects.values()))
    body = letter.get_content()
    for said in ("Người administrator mời", "Vai trò: Chuyên viên thi đua", "Đơn vị: UBND tỉnh Thử", "một lần, đến"):
        assert said in body


def test_what_the_mail_server_says_stands_beside_the_invitation(
    administrator: Client, cast: Cast, settings: Any
) -> None:
    with MailServer() as mail:
        mail.refuse = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", mail.port, False
        row, token = invited(cast)
        letters.mail.PAUSES, kept = (0,), letters.mail.PAUSES
        try:
            letters.send(row.pk, token, SITE)
        finally:
            letters.mail.PAUSES = kept
    page = administrator.get("/nguoi-dung/loi-moi/?trang_thai=refused").content.decode()
    assert ("Không gửi được" in page, "451 Try again later" in page) == (True, True)


def test_a_new_account_gets_the_role_and_a_confirmed_address_and_is_signed_in(client: Client, cast: Cast) -> None:
    _row, token = invited(cast)
    page = client.get(f"/loi-moi/{token}/").content.decode()
    assert ("Chuyên viên thi đua" in page, 'value="moi"' in page, "Đặng Thị Mới" in page) == (True, True, True)
    answer = client.post(f"/loi-moi/{token}/", ACCOUNT)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    user = User.objects.get(username="moi")
    held = user.memberships.get()
    assert (held.unit, held.role, held.valid_from) == (cast.province, "clerk", timezone.localdate())
    assert EmailAddress.objects.get(user=user).verified
    assert "Đặng Thị Mới" in client.get("/ke-hoach/").content.decode()
    assert [line.act for line in JournalLine.objects.order_by("number")] == [
        "account.invited",
        "invitation.accepted",
        "account.signed_in",
    ]
    assert client.get(f"/loi-moi/{token}/")["Location"] == "/", "one's own link leads home"
    assert Client().get(f"/loi-moi/{token}/").status_code == 410


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"username": "Clerk"}, "Tên này đã có người dùng. Còn trống: Clerk2."),
        ({"username": "có dấu cách"}, "Chỉ dùng chữ, số"),
        ({"password1": "ngan", "password2": "ngan"}, "quá ngắn"),
        ({"password2": "khac-han-mat-khau"}, "Hai lần nhập khác nhau."),
        ({"full_name": " "}, "Chưa ghi họ tên."),
    ],
)
def test_what_is_wrong_is_told_and_the_link_still_works(client: Client, cast: Cast, said: dict, words: str) -> None:
    _row, token = invited(cast)
    answer = client.post(f"/loi-moi/{token}/", ACCOUNT | said)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not User.objects.filter(email="moi@coquan.gov.vn").exists()
    assert client.post(f"/loi-moi/{token}/", ACCOUNT).status_code == 302


def test_someone_with_an_account_signs_in_and_takes_the_role_to_it(client: Client, cast: Cast) -> None:
    user = cast.users["stranger"]
    EmailAddress.objects.create(user=user, email="moi@coquan.gov.vn", verified=True, primary=True)
    _row, token = invited(cast, role=Role.HEAD)
    page = client.get(f"/loi-moi/{token}/").content.decode()
    assert ("đã có tài khoản" in page, 'name="password1"' in page) == (True, False)
    assert client.post(f"/loi-moi/{token}/", ACCOUNT).status_code == 200, "no second account for the same address"
    client.force_login(user)
    assert "Bạn đang đăng nhập là Người stranger" in client.get(f"/loi-moi/{token}/").content.decode()
    assert not user.memberships.exists(), "looking takes nothing"
    client.post(f"/loi-moi/{token}/")
    assert user.memberships.get().role == "head"


def test_the_one_who_invites_cannot_accept(client: Client, cast: Cast) -> None:
    administrator = cast.users["administrator"]
    _row, token = invited(cast, role=Role.HEAD)
    client.force_login(administrator)
    answer = client.post(f"/loi-moi/{token}/")
    assert (answer.status_code, "do chính mình gửi" in answer.content.decode()) == (422, True)
    assert administrator.memberships.count() == 1
    administrator.email = "vinh@coquan.gov.vn"
    administrator.save()
    with pytest.raises(ValidationError, match="chính bạn"):
        invited(cast, "Vinh@coquan.gov.vn")


@pytest.mark.parametrize(
    ("what", "words"), [("expired", "đã hết hạn"), ("revoked", "đã bị thu hồi"), ("used", "đã được dùng")]
)
def test_a_spent_link_says_why_and_opens_nothing(client: Client, cast: Cast, what: str, words: str) -> None:
    now = timezone.now()
    row, token = invited(cast, at=now - datetime.timedelta(days=7, minutes=1) if what == "expired" else now)
    if what == "revoked":
        assert actions.revoke(invitation=row, by=cast.users["administrator"], at=now)
        assert not actions.revoke(invitation=row, by=cast.users["administrator"], at=now)
    if what == "used":
        actions.accept(invitation=row, user=cast.users["stranger"], at=now)
    for answer in (client.get(f"/loi-moi/{token}/"), client.post(f"/loi-moi/{token}/", ACCOUNT)):
        assert (answer.status_code, words in answer.content.decode()) == (410, True)
    assert not User.objects.filter(username="moi").exists()
    assert client.get("/loi-moi/khong-co-that/").status_code == 404


def test_sent_again_the_link_before_is_dead(administrator: Client, cast: Cast) -> None:
    row, token = invited(cast, at=timezone.now() - datetime.timedelta(days=8))
    page = administrator.post(f"/nguoi-dung/loi-moi/{row.pk}/gui-lai/", follow=True).content.decode()
    assert "Đang gửi lại đến moi@coquan.gov.vn" in page
    row.refresh_from_db()
    assert row.expires_at > timezone.now() + datetime.timedelta(days=6)
    assert Client().get(f"/loi-moi/{token}/").status_code == 404


def test_the_log_keeps_no_token() -> None:
    import logging

    from thidua_web.config.logs import SafeFormatter

    record = logging.LogRecord(
        "django", logging.ERROR, "f.py", 1, "Internal Server Error: /loi-moi/bi-mat_x/", (), None
    )
    assert "bi-mat" not in SafeFormatter().format(record)


def test_guessing_is_slowed_down(cast: Cast) -> None:
    client = Client(REMOTE_ADDR="203.0.113.9")
    answers = [client.post("/loi-moi/doan-mo/").status_code for _ in range(61)]
    assert (set(answers[:60]), answers[60]) == ({404}, 429)


def test_a_person_of_the_register_is_given_to_one_account_only(cast: Cast) -> None:
    person = Person.objects.create(full_name="Đặng Thị Mới", unit=cast.province)
    first, _ = invited(cast, "a@coquan.gov.vn", person=person)
    second, _ = invited(cast, "b@coquan.gov.vn", person=person)
    users = [make_user(name) for name in ("a", "b")]
    for row, user in zip((first, second), users, strict=True):
        actions.accept(invitation=row, user=user, at=timezone.now())
    assert [User.objects.get(pk=user.pk).person for user in users] == [person, None]


def test_the_page_asks_the_database_as_often_for_three_as_for_one(
    administrator: Client, cast: Cast, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for names in (["a"], ["b", "c"]):
        for name in names:
            invited(cast, f"{name}@coquan.gov.vn")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            administrator.get("/nguoi-dung/loi-moi/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


# In a real browser, with a real mail server ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with look(browser) as context:
        yield context.new_page()


def test_from_the_administrators_page_to_ones_own_work(browser: Browser, page: Page, door: Any) -> None:
    newcomer(door, "quantri-moi", role="administrator")
    enter(page, door, "quantri-moi", then="/nguoi-dung/moi/")
    page.wait_for_url("**/nguoi-dung/moi/")
    page.get_by_label("Mỗi người một dòng").fill("Cao Thị Thư; thu.cao@minhgiang.vn; Chuyên viên thi đua; UBND")
    page.get_by_role("button", name="Gửi các lời mời").click()
    page.get_by_text("Đã mời 1 người.").wait_for()
    letter = door.mail.letter_to("thu.cao@minhgiang.vn", "Lời mời")

    with look(browser) as context:
        guest = context.new_page()
        guest.goto(link_in(letter))
        assert guest.get_by_label("Tên đăng nhập").input_value() == "thu.cao"
        assert (faults(guest), sideways(guest)) == ([], 0)
        guest.get_by_label("Mật khẩu", exact=True).fill(NEW_PASSWORD)
        guest.get_by_label("Nhập lại mật khẩu").fill(NEW_PASSWORD)
        guest.get_by_role("button", name="Mở tài khoản và bắt đầu").click()
        guest.get_by_role("heading", name="Việc của tôi").wait_for()
        assert guest.get_by_text("Cao Thị Thư").first.is_visible()

    page.goto(f"{door.url}/nguoi-dung/loi-moi/")
    row = page.get_by_role("row", name="Cao Thị Thư")
    assert "Đã nhận" in row.inner_text()
    page.goto(f"{door.url}/nguoi-dung/?tim=cao thu")
    page.get_by_role("link", name="Cao Thị Thư").click()
    page.get_by_role("heading", name="Vai trò đang giữ").wait_for()
    assert "Chuyên viên thi đua" in page.locator(".role-list").first.inner_text()
