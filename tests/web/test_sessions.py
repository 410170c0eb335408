"""Where one is signed in: seen, and ended."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from thidua_web.accounts.account_page import describe_device
from thidua_web.accounts.middleware import LAST_SEEN
from thidua_web.accounts.tasks import remove_expired_sessions
from thidua_web.journal.models import JournalLine
from web.cast import PASSWORD, Cast

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
NEW_PASSWORD = "mot-mat-khau-khac-han"


def signed_in(name: str = "clerk", agent: str = WINDOWS, password: str = PASSWORD, **more: Any) -> Client:
    client = Client(HTTP_USER_AGENT=agent, **more)
    assert client.post("/dang-nhap/", {"login": name, "password": password}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/tai-khoan/").status_code == 200


def test_every_device_is_listed_this_one_first(cast: Cast) -> None:
    signed_in(agent=PHONE, REMOTE_ADDR="10.1.2.3")
    page = signed_in().get("/tai-khoan/phien/").content.decode()
    places = [page.index(words) for words in ("Chrome, Windows", "thiết bị này", "Safari, iPhone", "10.1.2.3")]
    assert places == sorted(places)


def test_one_is_ended_and_the_others_stay(cast: Cast) -> None:
    here, phone, desk = signed_in(), signed_in(agent=PHONE), signed_in()
    chosen = UserSession.objects.get(user_agent=PHONE)
    here.post("/tai-khoan/phien/ket-thuc/", {"session": chosen.pk})
    assert [is_in(client) for client in (here, phone, desk)] == [True, False, True]
    assert "iPhone" not in here.get("/tai-khoan/phien/").content.decode()


def test_all_others_are_ended_at_once(cast: Cast) -> None:
    here, phone, desk, stranger = signed_in(), signed_in(agent=PHONE), signed_in(), signed_in("head")
    here.post("/tai-khoan/phien/ket-thuc/")
    assert [is_in(client) for client in (here, phone, desk, stranger)] == [True, False, False, True]
    ended = JournalLine.objects.filter(act="account.session_ended", actor=cast.users["clerk"].pk)
    assert ended.count() == 2


@pytest.mark.parametrize("whose", ["anothers", "this", "none", "nonsense"])
def test_what_is_not_another_session_of_ones_own_cannot_be_ended(cast: Cast, whose: str) -> None:
    here, head = signed_in(), signed_in("head")
    number = {
        "anothers": UserSession.objects.get(user=cast.users["head"]).pk,
        "this": UserSession.objects.get(user=cast.users["clerk"]).pk,
        "none": 987654,
        "nonsense": "1 OR 1=1",
    }[whose]
    assert here.post("/tai-khoan/phien/ket-thuc/", {"session": number}).status_code == 404
    assert [is_in(here), is_in(head)] == [True, True]


def test_a_new_password_ends_every_other_session(cast: Cast) -> None:
    here, phone = signed_in(), signed_in(agent=PHONE)
    passwords = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert here.post("/tai-khoan/mat-khau/", passwords)["Location"] == "/tai-khoan/"
    assert [is_in(here), is_in(phone), is_in(signed_in(password=NEW_PASSWORD))] == [True, False, True]
    assert UserSession.objects.filter(user_agent=PHONE).count() == 0
    assert JournalLine.objects.filter(act="account.password_changed").count() == 1


def test_last_use_is_noted_every_five_minutes_not_at_every_page(cast: Cast) -> None:
    client = signed_in()
    before = UserSession.objects.get().last_seen_at
    client.get("/tai-khoan/")
    assert UserSession.objects.get().last_seen_at == before
    session = client.session
    session[LAST_SEEN] = time.time() - 301
    session.save()
    client.get("/tai-khoan/", REMOTE_ADDR="10.9.9.9")
    noted = UserSession.objects.get()
    assert (noted.last_seen_at > before, noted.ip) == (True, "10.9.9.9")


def test_the_list_costs_the_same_whatever_its_length(cast: Cast) -> None:
    def queries(client: Client) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get("/tai-khoan/phien/")
        return len(seen)

    client = signed_in()
    one = queries(client)
    for _ in range(2):
        signed_in(agent=PHONE)
    assert queries(client) == one


def test_sessions_that_ran_out_are_neither_listed_nor_kept(cast: Cast) -> None:
    from django.contrib.sessions.models import Session

    client, phone = signed_in(), signed_in(agent=PHONE)
    Session.objects.filter(session_key=phone.session.session_key).delete()
    assert "iPhone" not in client.get("/tai-khoan/phien/").content.decode()
    remove_expired_sessions()
    assert list(UserSession.objects.values_list("user_agent", flat=True)) == [WINDOWS]


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (WINDOWS, "Chrome, Windows"),
        (PHONE, "Safari, iPhone"),
        (WINDOWS + " Edg/141.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("curl/8.5", "curl"),
        ("", "Chương trình không rõ"),
    ],
)
def test_a_device_is_named_in_words(agent: str, said: str) -> None:
    assert describe_device(agent) == said
