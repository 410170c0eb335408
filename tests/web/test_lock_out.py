"""Guessing passwords is slowed down, and nobody can lock somebody else out."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import caches
from django.test import Client

from thidua_web.journal.models import JournalLine
from web.cast import PASSWORD, Cast

HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"


def attempt(name: str = "clerk", password: str = "sai", address: str = HERE) -> Any:
    return Client(REMOTE_ADDR=address).post("/dang-nhap/", {"login": name, "password": password})


def is_refused_for_now(answer: Any) -> bool:
    return answer.status_code == 200 and "đợi 15 phút" in answer.content.decode()


def fail(times: int, **how: Any) -> None:
    for _ in range(times):
        attempt(**how)


def test_after_ten_wrong_passwords_even_the_right_one_waits(cast: Cast) -> None:
    fail(9)
    assert not is_refused_for_now(attempt())
    assert is_refused_for_now(attempt(password=PASSWORD))


def test_who_fails_for_anothers_name_does_not_lock_the_owner_out(cast: Cast) -> None:
    fail(30)
    assert attempt(password=PASSWORD, address=ELSEWHERE).status_code == 302


def test_one_name_resting_leaves_the_others_at_that_address_alone(cast: Cast) -> None:
    fail(11)
    assert attempt("head", PASSWORD).status_code == 302


@pytest.mark.parametrize("written", ["CLERK", " clerk "])
def test_a_name_written_otherwise_is_the_same_name(cast: Cast, written: str) -> None:
    fail(5)
    fail(5, name=written)
    assert is_refused_for_now(attempt(password=PASSWORD))


def test_a_hundred_wrong_passwords_rest_the_whole_address(cast: Cast) -> None:
    for number in range(100):
        attempt(f"ten-{number}")
    assert is_refused_for_now(attempt("head", PASSWORD))
    assert attempt("head", PASSWORD, ELSEWHERE).status_code == 302


def test_right_passwords_count_against_nobody(cast: Cast) -> None:
    for _ in range(12):
        assert attempt(password=PASSWORD).status_code == 302


def test_it_ends_after_a_quarter_of_an_hour(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from allauth.core.internal import ratelimit

    fail(11)
    now = ratelimit.time.time()
    monkeypatch.setattr(ratelimit.time, "time", lambda: now + 14 * 60)
    assert is_refused_for_now(attempt(password=PASSWORD))
    monkeypatch.setattr(ratelimit.time, "time", lambda: now + 15 * 60 + 1)
    assert attempt(password=PASSWORD).status_code == 302


def test_the_count_is_shared_by_all_processes(settings: Any) -> None:
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


def test_behind_a_proxy_the_proxys_word_counts_and_no_one_elses(cast: Cast, settings: Any) -> None:
    """The last address was written by our own proxy; what stands before it anybody may have sent."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    proxy = Client(REMOTE_ADDR="127.0.0.1")
    wrong = {"login": "clerk", "password": "sai"}
    for number in range(10):
        proxy.post("/dang-nhap/", wrong, headers={"X-Forwarded-For": f"192.0.2.{number}, {HERE}"})
    right = {"login": "clerk", "password": PASSWORD}
    assert is_refused_for_now(proxy.post("/dang-nhap/", right, headers={"X-Forwarded-For": f"192.0.2.99, {HERE}"}))
    assert proxy.post("/dang-nhap/", right, headers={"X-Forwarded-For": ELSEWHERE}).status_code == 302


def test_without_a_proxy_a_forged_address_counts_for_nothing(cast: Cast) -> None:
    client = Client(REMOTE_ADDR=HERE)
    for number in range(10):
        forged = {"X-Forwarded-For": f"192.0.2.{number}"}
        client.post("/dang-nhap/", {"login": "clerk", "password": "sai"}, headers=forged)
    assert is_refused_for_now(attempt(password=PASSWORD))


def test_the_current_password_cannot_be_guessed_at_an_open_screen(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["clerk"])
    for _ in range(10):
        client.post("/tai-khoan/xac-nhan-lai/", {"password": "sai"})
    answer = client.post("/tai-khoan/xac-nhan-lai/", {"password": PASSWORD})
    assert (answer.status_code, "Đã thử quá nhiều lần" in answer.content.decode()) == (429, True)


def test_one_address_is_sent_three_letters_and_no_more(client: Client, cast: Cast) -> None:
    EmailAddress.objects.create(user=cast.users["clerk"], email="clerk@thu.gov.vn", verified=True, primary=True)
    answers = [client.post("/quen-mat-khau/", {"email": "clerk@thu.gov.vn"}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]


def test_the_journal_knows_who_was_tried_and_from_where_but_no_word_that_was_typed(cast: Cast) -> None:
    attempt(password="MatKhauThat1")
    attempt(name="MatKhauThat2")
    lines = list(JournalLine.objects.order_by("number").values_list("act", "subject", "label", "details"))
    assert lines == [
        ("account.sign_in_failed", str(cast.users["clerk"].pk), "clerk", {"from": HERE}),
        ("account.sign_in_failed", "", "", {"from": HERE}),
    ]


def test_counts_of_old_failures_are_swept_away(cast: Cast) -> None:
    from thidua_web.accounts.tasks import remove_expired_sessions

    caches["default"].set("cu", 1, timeout=-1)
    caches["default"].set("moi", 1, timeout=900)
    remove_expired_sessions()
    assert (caches["default"].get("cu"), caches["default"].get("moi")) == (None, 1)
