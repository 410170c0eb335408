"""A dossier goes back: with reasons that the checks suggest, counted, told to the unit, with its letter."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from thidua.papers.wording import day_words
from thidua_web.nominations.models import Nomination, Return
from thidua_web.notices.models import Notice
from web.appraised import a_head, act, lodged, said
from web.cast import Cast

SOON = timezone.localdate() + datetime.timedelta(days=7)


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    return lodged(cast)


def send_back(client: Client, cast: Cast, row: Nomination, **data: object) -> object:
    sent = {"codes": ["missing_papers", "vote_wanting"], "words": "Thiếu biên bản.", "due_on": f"{SOON:%d/%m/%Y}"}
    return act(client, cast.users["appraiser"], "send_back", row, **(sent | data))


def test_the_page_suggests_what_the_checks_found(client: Client, cast: Cast, nomination: Nomination) -> None:
    client.force_login(cast.users["appraiser"])
    words = said(client.get(reverse("nominations:send_back", args=[nomination.pk])))
    assert "máy gợi ý" in words
    assert "5 ngày làm việc" in words
    assert 'value="minutes_wanting"' in words


def test_it_goes_back_with_its_reasons(client: Client, cast: Cast, nomination: Nomination) -> None:
    head = a_head(cast)
    assert send_back(client, cast, nomination).status_code == 302
    assert (nomination.state, nomination.returns) == ("returned", 1)
    row = Return.objects.get()
    assert (row.codes, row.words, row.due_on) == (["missing_papers", "vote_wanting"], "Thiếu biên bản.", SOON)
    told = Notice.objects.filter(kind="appraisal.sent_back")
    assert {one.user for one in told} == {head, cast.users["neighbour"], cast.users["both"]}
    client.force_login(cast.users["neighbour"])
    words = said(client.get(reverse("nominations:nomination", args=[nomination.pk])))
    assert "Hồ sơ thiếu giấy tờ" in words
    assert f"gửi lại trước ngày {SOON:%d/%m/%Y}" in words


def test_without_a_reason_nothing_is_sent_and_words_are_kept(
    client: Client, cast: Cast, nomination: Nomination
) -> None:
    answer = send_back(client, cast, nomination, codes=[], due_on="01/01/2020")
    assert answer.status_code == 422
    for error in ("Chưa chọn lý do nào.", "Ngày đã qua.", "Thiếu biên bản."):
        assert error in said(answer)
    assert nomination.state == "lodged"


def test_who_is_late_keeps_what_was_written(client: Client, cast: Cast, nomination: Nomination) -> None:
    act(client, cast.users["appraiser"], "accept", nomination)
    answer = send_back(client, cast, nomination, seen=0)
    assert answer.status_code == 409
    assert "Tiếp nhận hồ sơ" in said(answer)
    assert "Thiếu biên bản." in said(answer)
    assert send_back(client, cast, nomination).status_code == 302


def test_the_letter_names_reason_article_and_what_to_do(client: Client, cast: Cast, nomination: Nomination) -> None:
    send_back(client, cast, nomination)
    row = Return.objects.get()
    client.force_login(cast.users["neighbour"])
    words = said(client.get(reverse("nominations:return_letter", args=[nomination.pk, row.pk])))
    for part in ("Hồ sơ thiếu giấy tờ", "Điều 84", "Việc cần làm", "Thiếu biên bản", day_words(SOON)):
        assert part in words
    got = client.get(reverse("nominations:return_file", args=[nomination.pk, row.pk, "docx"]))
    assert got.content[:2] == b"PK"
    assert client.get(reverse("nominations:return_file", args=[nomination.pk, row.pk, "exe"])).status_code == 404
