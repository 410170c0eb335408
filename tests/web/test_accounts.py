"""Other people's accounts as an administrator has them: found, locked, opened, helped in; never their cases."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_q.models import OrmQ
from playwright.sync_api import Browser, Page

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.managing import actions
from thidua_web.accounts.managing.queries import ON_A_PAGE
from thidua_web.accounts.models import Invitation, Membership, User
from thidua_web.journal.models import JournalLine
from web.browser import LOOKS, chromium, faults, look, sideways, sign_in
from web.cast import LONG_AGO, PASSWORD, Cast, make_user
from web.comers import enter, newcomer, set_up_app
from web.inviting import invited


@pytest.fixture
def administrator(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["administrator"])
    return client


def desk(client: Client, query: str = "") -> list[str]:
    """Names on the desk, in their order."""
    page = client.get(f"/nguoi-dung/?{query}").content.decode()
    return re.findall(r'<td class="lead"><a [^>]+>([^<]+)</a>', page)


def test_everybody_with_a_role_within_reach_stands_on_the_desk_by_name(administrator: Client, cast: Cast) -> None:
    shown = desk(administrator)
    assert len(shown) == len(Role) + 2
    assert "Người stranger" not in shown
    assert shown[:3] == ["Người administrator", "Người appraiser", "Người auditor"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("tim=nguoi head", ["Người bloc_head", "Người head"]),
        ("tim=NEIGH", ["Người neighbour"]),
        ("tim=thu@co.quan", ["Người chair"]),
        ("vai_tro=clerk", ["Người both", "Người clerk", "Người neighbour"]),
        ("vai_tro=clerk&don_vi=T-1", ["Người both", "Người neighbour"]),
        ("don_vi=so thu", ["Người both", "Người neighbour"]),
        ("hai_buoc=co", ["Người head"]),
        ("trang_thai=locked", ["Người member"]),
        ("trang_thai=no_role", ["Người auditor"]),
        ("tim=khong-co-ai", []),
    ],
)
def test_it_is_searched_and_filtered(administrator: Client, cast: Cast, query: str, names: list[str]) -> None:
    TOTP.activate(cast.users["head"], generate_totp_secret())
    User.objects.filter(username="member").update(is_active=False)
    Membership.objects.filter(user=cast.users["auditor"]).update(valid_to=datetime.date(2021, 1, 1))
    cast.users["chair"].email = "Thu@co.quan.vn"
    cast.users["chair"].save()
    assert desk(administrator, query) == names


def test_fifty_stand_on_a_page_and_the_address_leads_on(administrator: Client, cast: Cast) -> None:
    for number in range(ON_A_PAGE):
        give_role(user=make_user(f"p{number:03}"), unit=cast.province, role=Role.CLERK, on=LONG_AGO)
    assert (len(desk(administrator)), len(desk(administrator, "trang=2"))) == (ON_A_PAGE, len(Role) + 2)
    page = administrator.get("/nguoi-dung/?vai_tro=clerk").content.decode()
    assert 'href="/nguoi-dung/?vai_tro=clerk&amp;trang=2"' in page


def test_the_desk_asks_the_database_as_often_for_many_as_for_one(administrator: Client, cast: Cast) -> None:
    counts = []
    for names in ([], ["a", "b"]):
        for name in names:
            give_role(user=make_user(name), unit=cast.office, role=Role.HEAD, on=LONG_AGO)
        with CaptureQueriesContext(connection) as asked:
            administrator.get("/nguoi-dung/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_of_an_account_says_since_when_what_and_how_it_is_entered(administrator: Client, cast: Cast) -> None:
    page = administrator.get(f"/nguoi-dung/{cast.users['head'].pk}/").content.decode()
    for said in ("Lãnh đạo đơn vị", "UBND tỉnh Thử", "từ 01/01/2020", "Chưa bật", "Chưa có"):
        assert said in page


def test_a_locked_account_is_out_at_once_and_comes_back_unlocked(administrator: Client, cast: Cast) -> None:
    user, other = cast.users["clerk"], Client()
    assert other.post("/dang-nhap/", {"login": "clerk", "password": PASSWORD}).status_code == 302
    assert other.get("/ke-hoach/").status_code == 200
    assert UserSession.objects.filter(user=user).count() == 1
    page = administrator.post(f"/nguoi-dung/{user.pk}/khoa/", follow=True).content.decode()
    assert ("Đã khóa." in page, "Mở khóa tài khoản" in page) == (True, True)
    assert other.get("/ke-hoach/").status_code == 302
    assert not UserSession.objects.filter(user=user).exists()
    assert other.post("/dang-nhap/", {"login": "clerk", "password": PASSWORD})["Location"] == "/dang-nhap/ngung/"
    assert user.memberships.get().valid_to is None, "the role stays"
    administrator.post(f"/nguoi-dung/{user.pk}/mo-khoa/")
    assert other.post("/dang-nhap/", {"login": "clerk", "password": PASSWORD}).status_code == 302
    assert other.get("/ke-hoach/").status_code == 200
    acts = list(JournalLine.objects.filter(subject=str(user.pk), act__contains="lock").values_list("act", "actor"))
    by = cast.users["administrator"].pk
    assert sorted(acts) == [("account.locked", by), ("account.unlocked", by)]


def test_locked_twice_it_is_journaled_once(cast: Cast) -> None:
    said = {"user": cast.users["clerk"], "by": cast.users["administrator"], "at": timezone.now()}
    assert actions.lock(**said, on=timezone.localdate())
    assert not actions.lock(**said, on=timezone.localdate())
    assert (actions.unlock(**said), actions.unlock(**said)) == (True, False)
    assert JournalLine.objects.count() == 2


def test_who_is_locked_invites_nobody_any_more(cast: Cast) -> None:
    second = make_user("second")
    give_role(user=second, unit=cast.province, role=Role.ADMINISTRATOR, on=LONG_AGO)
    row, token = invited(cast, by=second)
    actions.lock(user=second, by=cast.users["administrator"], at=timezone.now(), on=timezone.localdate())
    assert Invitation.objects.get(pk=row.pk).revoked_at is not None
    assert Client().get(f"/loi-moi/{token}/").status_code == 410


def test_nobody_locks_or_resets_oneself_here(administrator: Client, cast: Cast) -> None:
    own = cast.users["administrator"]
    TOTP.activate(own, generate_totp_secret())
    for act, words in (("khoa", "tự khóa"), ("dat-lai-hai-buoc", "ở trang Tài khoản")):
        assert words in administrator.post(f"/nguoi-dung/{own.pk}/{act}/", follow=True).content.decode()
    own.refresh_from_db()
    assert (own.is_active, Authenticator.objects.filter(user=own).exists()) == (True, True)


def test_a_second_factor_is_reset_journaled_and_the_sessions_end(administrator: Client, cast: Cast) -> None:
    user, other = cast.users["head"], Client()
    other.post("/dang-nhap/", {"login": "head", "password": PASSWORD})
    assert other.get("/ke-hoach/").status_code == 200
    TOTP.activate(user, generate_totp_secret())
    page = administrator.post(f"/nguoi-dung/{user.pk}/dat-lai-hai-buoc/", follow=True).content.decode()
    assert "Đã đặt lại xác thực hai bước" in page
    assert not Authenticator.objects.filter(user=user).exists()
    assert other.get("/ke-hoach/").status_code == 302
    line = JournalLine.objects.filter(act="second_factor.reset").get()
    assert (line.subject, line.actor) == (str(user.pk), cast.users["administrator"].pk)
    administrator.post(f"/nguoi-dung/{user.pk}/dat-lai-hai-buoc/")
    assert JournalLine.objects.filter(act="second_factor.reset").count() == 1


def test_an_account_without_an_address_gets_no_letter_and_that_is_said(administrator: Client, cast: Cast) -> None:
    page = administrator.post(f"/nguoi-dung/{cast.users['head'].pk}/gui-dat-lai-mat-khau/", follow=True)
    assert "chưa có địa chỉ thư" in page.content.decode()
    assert (OrmQ.objects.count(), JournalLine.objects.count()) == (0, 0)


def test_an_administrator_sees_no_case_anywhere(
    administrator: Client, cast: Cast, upload: Any, docx_bytes: bytes
) -> None:
    """Every address that the administrator may read, with a real plan and campaign there: not one word of them."""
    from django.urls import URLPattern, get_resolver

    from thidua_web.campaigns.models import Campaign, PlanDocument
    from thidua_web.campaigns.tasks import read_plan

    document = upload(docx_bytes, "ke-hoach-bi-mat.docx").document
    read_plan(document.pk)
    Campaign.objects.create(unit=cast.province, title="Phong trào bí mật", number="99/KH-UBND")
    facts = PlanDocument.objects.get(pk=document.pk).facts.values_list("fact", flat=True)
    quotes = [fact["quote"][:30] for fact in facts if len(fact["quote"]) > 30]
    words = {"bí mật", "bi-mat", "99/KH-UBND", *quotes}
    assert len(words) > 5
    seen = []

    def every(patterns: Any, prefix: str = "") -> Iterator[str]:
        for one in patterns:
            route = prefix + str(one.pattern)
            yield from [route] if isinstance(one, URLPattern) else every(one.url_patterns, route)

    numbers = (document.pk, Campaign.objects.latest("pk").pk, cast.province.pk, cast.users["head"].pk)
    routes = every(get_resolver().url_patterns)
    for path in {"/" + re.sub(r"<[^>]+>", str(number), route): None for route in routes for number in numbers}:
        answer = administrator.get(path)
        if answer.status_code == 200 and not answer.streaming:
            seen.append(path)
            shown = answer.content.decode(errors="replace")
            assert [word for word in words if word in shown] == [], path
    assert {"/", "/nguoi-dung/", "/quyen/", "/nguoi-dung/loi-moi/"} <= set(seen)
    assert not [path for path in seen if path.startswith(("/ke-hoach", "/phong-trao", "/nhiem-vu", "/lich"))]


# In a real browser, with a real mail server ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with look(browser) as context:
        yield context.new_page()


def test_someone_who_lost_the_telephone_and_the_password_is_helped_in(browser: Browser, page: Page, door: Any) -> None:
    newcomer(door, "quantri-giup", role="administrator")
    name = newcomer(door, "bo-may", email="bo-may@thu.gov.vn")
    with look(browser) as context:
        theirs = context.new_page()
        enter(theirs, door, name)
        theirs.wait_for_url(f"{door.url}/tai-khoan/")
        set_up_app(theirs, door)

        enter(page, door, "quantri-giup", then="/nguoi-dung/?tim=bo-may")
        page.get_by_role("link", name="Người bo-may").click()
        assert (faults(page), sideways(page)) == ([], 0)
        page.get_by_role("button", name="Đặt lại xác thực hai bước").click()
        page.get_by_text("Đã đặt lại xác thực hai bước").wait_for()
        told = door.mail.letter_to("bo-may@thu.gov.vn", "Tài khoản của bạn").get_content()
        assert "đã được người quản trị đặt lại" in told
        page.get_by_role("button", name="Gửi thư đặt lại mật khẩu").click()
        page.get_by_text("Đã gửi đến bo-may@thu.gov.vn").wait_for()
        door.mail.letter_to("bo-may@thu.gov.vn", "Đặt lại mật khẩu")

        theirs.goto(f"{door.url}/tai-khoan/")
        theirs.wait_for_url("**/dang-nhap/**")
        enter(theirs, door, name)
        theirs.wait_for_url(f"{door.url}/tai-khoan/")
        assert theirs.get_by_text("Chưa bật").first.is_visible()


@pytest.mark.looks
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
@pytest.mark.parametrize(
    "path", ["/nguoi-dung/", "/nguoi-dung/moi/", "/nguoi-dung/loi-moi/", "/nguoi-dung/moi/danh-ba/"]
)
def test_its_pages_read_well(browser: Browser, site: Any, scheme: str, width: int, path: str) -> None:
    with look(browser, scheme, width) as context:
        page = context.new_page()
        sign_in(page, site, "quantri", path)
        assert (faults(page), sideways(page)) == ([], 0)


@pytest.mark.looks
def test_a_role_is_given_with_the_keyboard_alone(page: Page, door: Any) -> None:
    newcomer(door, "quantri-phim", role="administrator")
    newcomer(door, "duoc-giao")
    enter(page, door, "quantri-phim", then="/nguoi-dung/?tim=duoc-giao")
    page.get_by_role("link", name="Người duoc-giao").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Vai trò", exact=True).focus()
    for key in ("Lãnh", "Tab", "Tab", "Tab", "Tab", "Enter"):
        page.keyboard.press(key) if key in {"Tab", "Enter"} else page.keyboard.type(key)
    page.get_by_text("Đã giao cho Người duoc-giao vai trò Lãnh đạo đơn vị").wait_for()
