"""Signing in, out, and between units."""

from __future__ import annotations

import pytest
from django.test import Client

from thidua_web.accounts.models import User
from web.cast import PASSWORD, Cast


def sign_in(client: Client, name: str, password: str, after: str = ""):
    return client.post("/dang-nhap/", {"login": name, "password": password, "next": after})


def test_it_leads_where_one_wanted_to_go(client: Client, cast: Cast) -> None:
    assert sign_in(client, "clerk", PASSWORD, "/ke-hoach/")["Location"] == "/ke-hoach/"


def test_the_name_may_be_written_in_any_case(client: Client, cast: Cast) -> None:
    assert sign_in(client, "CLERK", PASSWORD).status_code == 302


def test_it_never_leads_to_another_site(client: Client, cast: Cast) -> None:
    assert sign_in(client, "clerk", PASSWORD, "https://example.com/")["Location"] == "/"


@pytest.mark.parametrize(("name", "password"), [("clerk", "sai"), ("khong-co", PASSWORD), ("clerk", "")])
def test_a_wrong_name_and_a_wrong_password_look_the_same(client: Client, cast: Cast, name: str, password: str) -> None:
    page = sign_in(client, name, password).content.decode()
    assert ("chưa đúng" in page) == bool(password)
    assert 'role="alert"' in page


def test_a_retired_account_is_refused_and_told_so(client: Client, cast: Cast) -> None:
    User.objects.filter(username="clerk").update(is_active=False)
    assert sign_in(client, "clerk", PASSWORD)["Location"] == "/dang-nhap/ngung/"
    assert "đã ngừng sử dụng" in client.get("/dang-nhap/ngung/").content.decode()
    assert client.get("/ke-hoach/").status_code == 302


def test_a_demo_account_is_refused_outside_the_demo(client: Client, cast: Cast, settings) -> None:
    User.objects.filter(username="clerk").update(is_demo=True)
    assert sign_in(client, "clerk", PASSWORD).status_code == 302
    settings.DEMO = False
    assert client.get("/ke-hoach/").status_code == 302
    assert sign_in(client, "clerk", PASSWORD)["Location"] == "/dang-nhap/ngung/"
    assert client.get("/ke-hoach/").status_code == 302


def test_signing_out_ends_the_session(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["clerk"])
    client.post("/dang-xuat/")
    assert client.get("/ke-hoach/").status_code == 302


def test_a_part_asked_for_after_the_session_ended_loads_the_whole_page_again(client: Client, db: None) -> None:
    answer = client.get("/ke-hoach/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"]) == (200, "true")


def test_one_can_switch_between_ones_own_units_only(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["both"])
    client.post("/doi-don-vi/", {"unit": cast.office.pk})
    assert "<p>Sở Thử</p>" in client.get("/ke-hoach/").content.decode()
    client.force_login(cast.users["clerk"])
    assert client.post("/doi-don-vi/", {"unit": cast.office.pk}).status_code == 404


def test_someone_without_a_post_is_told_what_to_do(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["stranger"])
    assert "chưa được giao vai trò" in client.get("/ke-hoach/").content.decode()


def test_vietnamese_is_the_language_until_english_is_chosen(client: Client, cast: Cast) -> None:
    asked = {"HTTP_ACCEPT_LANGUAGE": "en-US"}
    assert '<html lang="vi">' in client.get("/dang-nhap/", **asked).content.decode()
    client.post("/ngon-ngu/", {"language": "en", "next": "/dang-nhap/"})
    page = client.get("/dang-nhap/", **asked).content.decode()
    assert ('<html lang="en">' in page, "Sign in" in page) == (True, True)
