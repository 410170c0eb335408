"""The body that was asked answers on the screen, or an appraiser enters its letter."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import Consultation, Nomination
from thidua_web.nominations.queries import cases
from thidua_web.nominations.queries.checking import checked
from thidua_web.nominations.queries.concluding import against
from thidua_web.notices.models import Notice
from web.appraised import in_hand, said
from web.cast import Cast
from web.consulted import asked, said_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def nominations(cast: Cast) -> list[Nomination]:
    return [in_hand(cast, name=name) for name in ("Lê An", "Lê Ba", "Lê Cả")]


@pytest.fixture
def consultation(client: Client, cast: Cast, nominations: list[Nomination]) -> Consultation:
    return asked(client, cast, None, cast.office, giai="CSTDCS", seen=3)


def answer(client: Client, user: Any, row: Consultation, **data: Any) -> Any:
    client.force_login(user)
    return client.post(f"/lay-y-kien/{row.pk}/tra-loi/", data)


def answers(row: Consultation) -> list[tuple[str, str]]:
    return list(row.items.order_by("pk").values_list("answer", "words"))


def test_one_is_disagreed_with_and_the_rest_agreed(client: Client, cast: Cast, consultation: Consultation) -> None:
    first = consultation.items.order_by("pk").first()
    data = {f"a{first.pk}": "disagree", f"w{first.pk}": "Đang bị xem xét", "rest": "agree"}
    assert answer(client, cast.users["neighbour"], consultation, **data).status_code == 302
    assert answers(consultation) == [("disagree", "Đang bị xem xét"), ("agree", ""), ("agree", "")]
    first.refresh_from_db()
    assert (first.answered_by_name, first.answered_on) == ("Người neighbour", timezone.localdate())
    line = JournalLine.objects.get(act="consultation.answered")
    assert (line.unit, line.details["disagree"], line.details["agree"]) == (cast.office.pk, 1, 2)
    assert "Đang bị" not in str(line.details)
    assert Notice.objects.get(kind="consultation.answered").user == cast.users["appraiser"]
    assert not Notice.objects.filter(kind="consultation.asked", read_at=None).exists()


def test_answered_again_the_same_nothing_changes(client: Client, cast: Cast, consultation: Consultation) -> None:
    items = {f"a{item.pk}": "agree" for item in consultation.items.all()}
    for _ in range(2):
        answer(client, cast.users["neighbour"], consultation, **items)
    assert JournalLine.objects.filter(act="consultation.answered").count() == 1


def test_whoever_does_not_agree_says_why(client: Client, cast: Cast, consultation: Consultation) -> None:
    first = consultation.items.first()
    sent = answer(client, cast.users["neighbour"], consultation, **{f"a{first.pk}": "other"})
    assert sent.status_code == 422
    assert "thì ghi rõ" in said(sent)
    assert "Chưa trả lời hồ sơ nào" in said(answer(client, cast.users["neighbour"], consultation))
    assert {one for one, _ in answers(consultation)} == {""}


def test_it_reads_what_it_needs_and_nothing_of_the_dossier(
    client: Client, cast: Cast, consultation: Consultation, nominations: list[Nomination]
) -> None:
    client.force_login(cast.users["neighbour"])
    words = said(client.get(f"/lay-y-kien/{consultation.pk}/tra-loi/"))
    for shown in ("Lê An", "Chuyên viên", "Số hóa sổ tiếp dân của Sở", "Chiến sĩ thi đua cơ sở"):
        assert shown.lower() in words.lower()
    for hidden in ("Đã số hóa toàn bộ", "quyet-dinh.pdf", f"/ho-so/{nominations[0].pk}/"):
        assert hidden not in words


def test_once_it_is_closed_nobody_answers(client: Client, cast: Cast, consultation: Consultation) -> None:
    Consultation.objects.update(closed_at=timezone.now())
    sent = answer(client, cast.users["neighbour"], consultation, rest="agree")
    assert sent.status_code == 409
    assert "đã kết thúc" in said(sent)
    assert {one for one, _ in answers(consultation)} == {""}


def test_a_letter_is_entered_with_its_number_and_day(client: Client, cast: Cast, nominations: list[Nomination]) -> None:
    row = asked(client, cast, nominations[0], None)
    assert client.get(f"/lay-y-kien/{row.pk}/tra-loi/").status_code == 404
    page, today = f"/lay-y-kien/{row.pk}/ghi-tra-loi/", timezone.localdate()
    tomorrow = today + datetime.timedelta(days=1)
    wrong = client.post(page, {"rest": "agree", "day": said_day(tomorrow)})
    assert wrong.status_code == 422
    assert "Chưa ghi số văn bản trả lời" in said(wrong)
    assert "nằm giữa ngày hỏi và hôm nay" in said(wrong)
    sent = client.post(page, {"rest": "agree", "paper": "125/CAT-PA05", "day": said_day(today)})
    assert sent["Location"] == row.get_absolute_url()
    item = row.items.get()
    assert (item.answer, item.paper, item.answered_by_name) == ("agree", "125/CAT-PA05", "Công an tỉnh Thử")
    assert JournalLine.objects.get(act="consultation.answered").unit == cast.province.pk


def test_until_it_answers_nobody_is_recommended(
    client: Client, cast: Cast, consultation: Consultation, nominations: list[Nomination]
) -> None:
    def waits() -> bool:
        on = timezone.localdate()
        found = against(nominations[0], checked(nominations[0], on), cases.asked(nominations[0]), on)
        return any(one.code == "appraising.opinion_awaited" for one in found.forbids)

    assert waits()
    answer(client, cast.users["neighbour"], consultation, rest="agree")
    assert not waits()


@pytest.mark.parametrize(("who", "status"), [("appraiser", 404), ("stranger", 404), ("both", 200)])
def test_only_the_body_answers_for_itself(
    client: Client, cast: Cast, consultation: Consultation, who: str, status: int
) -> None:
    client.force_login(cast.users[who])
    found = client.get(f"/lay-y-kien/{consultation.pk}/tra-loi/").status_code
    assert found in (status, 403 if status == 404 else status)


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_the_same_for_one_as_for_three(
    client: Client, cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        in_hand(cast, name=f"Lê {number}")
    row = asked(client, cast, None, cast.office, giai="CSTDCS", seen=many)
    client.force_login(cast.users["neighbour"])
    client.get(f"/lay-y-kien/{row.pk}/tra-loi/")
    with django_assert_num_queries(8):
        client.get(f"/lay-y-kien/{row.pk}/tra-loi/")
