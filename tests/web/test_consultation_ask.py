"""Another body is asked what it thinks: about one nomination or many, by a day, with the clock held or running."""

from __future__ import annotations

import datetime
import io
from typing import Any

import docx
import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.journal.models import JournalLine
from thidua_web.nominations.actions import clocks
from thidua_web.nominations.models import ClockEvent, Consultation, Nomination
from thidua_web.nominations.queries.clocks import clock_of
from thidua_web.nominations.queries.consulting import limit_of
from thidua_web.notices.models import Notice
from web.appraised import a_second, act, in_hand, said
from web.cast import Cast
from web.consulted import ASK, ask, asked, said_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    """In hand since three days ago, with its clock running."""
    row = in_hand(cast)
    on = timezone.localdate() - datetime.timedelta(days=3)
    clocks.start([row], on=on, at=timezone.now())
    return row


def test_a_unit_of_the_register_is_asked_and_told(client: Client, cast: Cast, nomination: Nomination) -> None:
    row = asked(client, cast, nomination, cast.office, basis="Điều 31")
    assert (row.asked, row.asked_name, row.silence, row.pauses) == (cast.office, "Sở Thử", "nothing", False)
    assert [item.nomination for item in row.items.all()] == [nomination]
    notice = Notice.objects.get(user=cast.users["neighbour"], kind="consultation.asked")
    assert notice.href == f"/lay-y-kien/{row.pk}/tra-loi/"
    line = JournalLine.objects.get(act="consultation.asked")
    assert (line.unit, line.details["n"], line.label) == (cast.province.pk, 1, "Sở Thử")


def test_sent_twice_it_is_asked_once(client: Client, cast: Cast, nomination: Nomination) -> None:
    assert asked(client, cast, nomination, cast.office) == asked(client, cast, nomination, cast.office)
    assert Consultation.objects.count() == JournalLine.objects.filter(act="consultation.asked").count() == 1


def test_the_days_of_the_law_stand_in_the_form_with_whether_they_were_verified(
    client: Client, cast: Cast, nomination: Nomination
) -> None:
    client.force_login(cast.users["appraiser"])
    words = said(client.get(ASK, {"ho_so": nomination.pk}))
    assert "10 ngày làm việc" in words
    assert "chưa kiểm chứng" in words
    assert 'name="basis" value' not in words  # the rule on days is none on silence
    assert 'value="nothing"' in words.split("checked", maxsplit=1)[0].rsplit("<input", 1)[1]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"unit": ""}, "Chưa ghi lấy ý kiến của ai"),
        ({"other": "Công an"}, "Chỉ ghi một trong hai"),
        ({"question": " "}, "Chưa ghi hỏi ý kiến về điều gì"),
        ({"due_on": "01/01/2020"}, "Ngày đã qua"),
        ({"silence": "agrees"}, "ghi văn bản nào quy định như vậy"),
    ],
)
def test_what_is_missing_is_said(
    client: Client, cast: Cast, nomination: Nomination, wrong: dict[str, Any], told: str
) -> None:
    answer = ask(client, cast, nomination, cast.office, **wrong)
    assert answer.status_code == 422
    assert told in said(answer)
    assert not Consultation.objects.exists()


def test_all_of_an_award_are_asked_about_and_no_others(client: Client, cast: Cast, nomination: Nomination) -> None:
    second, other = in_hand(cast, name="Lê Hai"), in_hand(cast, name="Lê Khác")
    Nomination.objects.filter(pk=other.pk).update(award="LDTT")
    answer = ask(client, cast, None, cast.office, giai="CSTDCS", seen=1)
    assert answer.status_code == 409
    assert "đã thay đổi" in said(answer)
    row = asked(client, cast, None, cast.office, giai="CSTDCS", seen=2)
    assert {item.nomination_id for item in row.items.all()} == {nomination.pk, second.pk}


def test_the_rule_that_gives_the_days_is_kept_with_them(client: Client, cast: Cast, nomination: Nomination) -> None:
    limit = limit_of([nomination], timezone.localdate(), "consult")
    due = limit.calendar.after(timezone.localdate(), limit.days)
    assert asked(client, cast, nomination, cast.office, due_on=said_day(due)).basis == limit.basis.citation
    assert asked(client, cast, nomination, None).basis == ""


def test_nothing_chosen_asks_about_nobody(client: Client, cast: Cast, nomination: Nomination) -> None:
    assert ask(client, cast, None, cast.office, seen=0).status_code == 422
    assert not Consultation.objects.exists()


def test_the_clock_stands_still_where_that_was_chosen_until_it_is_closed(
    client: Client, cast: Cast, nomination: Nomination
) -> None:
    row = asked(client, cast, nomination, cast.office, pauses="on")
    assert clock_of(nomination, timezone.localdate()).clock.paused
    assert Nomination.objects.get().clock_due is None
    for _ in range(2):
        assert client.post(f"/lay-y-kien/{row.pk}/ket-thuc/").status_code == 302
    assert not clock_of(nomination, timezone.localdate()).clock.paused
    assert Nomination.objects.get().clock_due is not None
    changes = list(ClockEvent.objects.order_by("pk").values_list("change", "why"))
    assert changes[1:] == [("paused", "consultation"), ("resumed", "consultation")]
    assert JournalLine.objects.get(act="consultation.closed").details == {"n": 1, "silent": 1}


def test_the_clock_goes_on_only_when_nothing_holds_it(client: Client, cast: Cast, nomination: Nomination) -> None:
    first, second = (asked(client, cast, nomination, body, pauses="on") for body in (cast.office, None))
    client.post(f"/lay-y-kien/{first.pk}/ket-thuc/")
    assert clock_of(nomination, timezone.localdate()).clock.paused
    act(client, cast.users["appraiser"], "ask", nomination, words="Bổ sung quyết định")
    client.post(f"/lay-y-kien/{second.pk}/ket-thuc/")
    assert clock_of(nomination, timezone.localdate()).clock.paused
    act(client, cast.users["neighbour"], "answer_request", nomination, words="Đã bổ sung")
    assert nomination.state == "in_appraisal"
    assert not clock_of(nomination, timezone.localdate()).clock.paused


def test_the_letter_names_who_is_asked_about_what(client: Client, cast: Cast, nomination: Nomination) -> None:
    row = asked(client, cast, nomination, None, silence="agrees", basis="Quy chế phối hợp số 5/QC")
    page = said(client.get(f"/lay-y-kien/{row.pk}/van-ban/"))
    assert "Công an tỉnh Thử" in page
    assert "Quy chế phối hợp số 5/QC" in page
    made = docx.Document(io.BytesIO(client.get(f"/lay-y-kien/{row.pk}/van-ban.docx").content))
    cells = {cell.text for table in made.tables for line in table.rows for cell in line.cells}
    assert nomination.name in cells
    assert client.get(f"/lay-y-kien/{row.pk}/van-ban.pdf").content.startswith(b"%PDF")
    assert JournalLine.objects.filter(act="consultation.exported").count() == 2


def test_who_asks_for_what_waits_is_on_my_work(client: Client, cast: Cast, nomination: Nomination) -> None:
    row = asked(client, cast, nomination, cast.office)
    client.force_login(cast.users["neighbour"])
    assert f"/lay-y-kien/{row.pk}/tra-loi/" in said(client.get("/"))
    Consultation.objects.update(asked_on="2020-01-01", due_on="2020-01-10")
    client.force_login(cast.users["appraiser"])
    words = said(client.get("/"))
    assert "Quá hạn trả lời" in words
    assert f"/lay-y-kien/{row.pk}/" in words


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_ask_the_same_for_one_as_for_three(
    client: Client, cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        in_hand(cast, name=f"Lê {number}")
    row = asked(client, cast, None, cast.office, giai="CSTDCS", seen=many)
    for number in range(many - 1):
        asked(client, cast, None, cast.office, giai="CSTDCS", seen=many, question=f"Điều {number}")
    for page, count in QUERIES.items():
        address = page.format(row.pk)
        client.get(address)
        with django_assert_num_queries(count):
            client.get(address)


QUERIES = {"/lay-y-kien/": 6, "/lay-y-kien/{}/": 7, "/lay-y-kien/moi/?giai=CSTDCS": 8, "/lay-y-kien/{}/van-ban/": 8}


def test_another_appraiser_closes_what_the_first_asked(client: Client, cast: Cast, nomination: Nomination) -> None:
    row = asked(client, cast, nomination, cast.office)
    client.force_login(a_second(cast))
    assert client.post(f"/lay-y-kien/{row.pk}/ket-thuc/").status_code == 302
    row.refresh_from_db()
    assert row.closed_at is not None
