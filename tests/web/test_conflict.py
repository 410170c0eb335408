"""Whoever should not judge a nomination says so, and takes it back; what follows from the register stands beside."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import ConflictDeclaration, Nomination
from thidua_web.notices.models import Notice
from web.appraised import a_second, act, in_hand, lodged, said
from web.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    return in_hand(cast, name="Nguyễn Thị Hòa")


def declare(client: Client, user: Any, row: Nomination, **data: str) -> Any:
    client.force_login(user)
    return client.post(f"/ho-so/{row.pk}/xung-dot/", {"kind": "kin", "words": "em ruột"} | data)


def test_kin_bars_from_judging_and_the_others_are_told(client: Client, cast: Cast, nomination: Nomination) -> None:
    appraiser = cast.users["appraiser"]
    for _ in range(2):
        assert declare(client, appraiser, nomination).status_code == 302
    row = ConflictDeclaration.objects.get()
    assert (row.user, row.kind, row.words) == (appraiser, "kin", "em ruột")
    assert act(client, appraiser, "not_recommend", nomination, words="x").status_code == 403
    line = JournalLine.objects.get(act="conflict.declared")
    assert (line.details["kind"], "em ruột" in str(line.details)) == ("kin", False)
    told = {one.user.username for one in Notice.objects.filter(kind="conflict.declared")}
    assert told == {"head"}


def test_taken_back_it_bars_no_more(client: Client, cast: Cast, nomination: Nomination) -> None:
    appraiser = cast.users["appraiser"]
    declare(client, appraiser, nomination)
    for _ in range(2):
        assert client.post(f"/ho-so/{nomination.pk}/xung-dot/rut/").status_code == 302
    assert JournalLine.objects.filter(act="conflict.withdrawn").count() == 1
    assert client.get(f"/ho-so/{nomination.pk}/khong-de-nghi/").status_code == 200
    declare(client, appraiser, nomination, kind="work", words="")
    assert ConflictDeclaration.objects.count() == 2


def test_kin_says_how(client: Client, cast: Cast, nomination: Nomination) -> None:
    answer = declare(client, cast.users["appraiser"], nomination, words=" ")
    assert (answer.status_code, "quan hệ thế nào" in said(answer)) == (422, True)
    assert not ConflictDeclaration.objects.exists()


@pytest.mark.parametrize("who", ["appraiser", "head", "council_secretary", "chair", "member"])
def test_whoever_has_a_say_declares_from_the_page_of_the_nomination(
    client: Client, cast: Cast, nomination: Nomination, who: str
) -> None:
    client.force_login(cast.users[who])
    assert f"/ho-so/{nomination.pk}/xung-dot/" in said(client.get(f"/ho-so/{nomination.pk}/"))
    assert declare(client, cast.users[who], nomination, kind="other", words="Cùng dự án").status_code == 302


@pytest.mark.parametrize(("who", "status"), [("clerk", 403), ("auditor", 403), ("neighbour", 403), ("stranger", 404)])
def test_others_have_nothing_to_declare(
    client: Client, cast: Cast, nomination: Nomination, who: str, status: int
) -> None:
    assert declare(client, cast.users[who], nomination).status_code == status


def test_what_follows_from_the_register_stands_beside(client: Client, cast: Cast, nomination: Nomination) -> None:
    appraiser = cast.users["appraiser"]
    client.force_login(appraiser)
    page = f"/ho-so/{nomination.pk}/xung-dot/"
    assert "Không thấy xung đột nào" in said(client.get(page))
    appraiser.person = nomination.person
    appraiser.save()
    words = said(client.get(page))
    assert "Không thấy xung đột nào" not in words
    assert "36/2018/QH14" in words
    assert "chưa kiểm chứng" in words


def test_ones_own_are_listed_and_nobody_elses(client: Client, cast: Cast, nomination: Nomination) -> None:
    declare(client, a_second(cast), nomination, words="vợ")
    client.force_login(cast.users["appraiser"])
    assert "chưa khai xung đột" in said(client.get("/xung-dot-loi-ich/"))
    declare(client, cast.users["appraiser"], nomination)
    words = said(client.get("/xung-dot-loi-ich/"))
    assert "em ruột" in words
    assert "vợ" not in words.split("<main")[1]


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_same_for_one_as_for_three(
    client: Client, cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    user = cast.users["appraiser"]
    for number in range(many):
        row = lodged(cast, name=f"Lê {number}")
        ConflictDeclaration.objects.create(user=user, nomination=row, kind="other", words="x", at=timezone.now())
    client.force_login(user)
    client.get("/xung-dot-loi-ich/")
    with django_assert_num_queries(6):
        client.get("/xung-dot-loi-ich/")
