"""A unit's submissions: the list, how one begins, its page, its way over the head's desk, signed and sent."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.journal.models import JournalLine
from thidua_web.nominations.actions import submissions as actions
from thidua_web.nominations.actions.submissions import Moved
from thidua_web.nominations.models import Submission
from thidua_web.notices.models import Notice
from web.cast import Cast
from web.received import a_sent_submission, received
from web.submitting import of_the_office, office_head, with_people

LIST, START = "/dot-de-nghi/", "/dot-de-nghi/moi/"


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["neighbour"])
    return client


@pytest.fixture
def head(cast: Cast) -> User:
    return office_head(cast)


def page(client: Client, row: Submission, **asked: str) -> str:
    return client.get(row.get_absolute_url(), asked).content.decode()


def send(client: Client, row: Submission, act: str, **data: Any) -> str:
    """As the page that is open now sends it; where it led."""
    row.refresh_from_db()
    said = {"revision": row.revision} | data
    answer = client.post(reverse(f"nominations:{act}", args=[row.pk]), said, follow=True)
    row.refresh_from_db()
    return answer.content.decode()


# --- The list ---------------------------------------------------------------------------------------------------------


def test_the_list_tells_the_state_the_awards_and_the_last_day(clerk: Client, cast: Cast) -> None:
    due = timezone.localdate() + datetime.timedelta(days=3)
    row = of_the_office(cast, due_on=due, title="Đề nghị hạn gần")
    with_people(row, "Một", "Hai")
    shown = clerk.get(LIST).content.decode()
    assert "Đề nghị hạn gần" in shown
    assert "Đang lập" in shown
    assert "Chiến sĩ thi đua cơ sở <b>2</b>" in shown
    assert "Còn 3 ngày" in shown


def test_what_is_late_says_so_also_when_it_was_sent(clerk: Client, cast: Cast, head: User) -> None:
    today = timezone.localdate()
    of_the_office(cast, due_on=today - datetime.timedelta(days=2), title="Chưa gửi")
    of_the_office(
        cast, due_on=today - datetime.timedelta(days=9), lodged_on=today - datetime.timedelta(days=4),
        signed_by=head, state="submitted", title="Đã gửi",
    )  # fmt: skip
    shown = clerk.get(LIST).content.decode()
    assert "Quá hạn 2 ngày" in shown
    assert "Trình muộn 5 ngày" in shown


def test_who_stands_above_sees_those_of_units_below_apart(client: Client, cast: Cast) -> None:
    of_the_office(cast, title="Của Sở")
    client.force_login(cast.users["clerk"])
    assert "Của Sở" not in client.get(LIST).content.decode()
    assert "Của Sở" in client.get(LIST, {"cua": "cap-duoi"}).content.decode()


def test_the_list_asks_the_database_as_often_for_three_as_for_one(clerk: Client, cast: Cast) -> None:
    counted = []
    for n in (1, 2):
        for _ in range(n):
            row = of_the_office(cast, title=f"Đề nghị {Submission.objects.count()}")
            with_people(row, "Nguyễn Thị Hòa")
        clerk.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            clerk.get(LIST)
        counted.append(len(queries))
    assert counted[0] == counted[1]


# --- How one begins ---------------------------------------------------------------------------------------------------


def test_a_yearly_one_begins_with_its_year_and_goes_to_the_unit_above(clerk: Client, cast: Cast) -> None:
    shown = clerk.get(START, {"loai": "yearly"}).content.decode()
    assert "Đề nghị khen thưởng năm" in shown
    data = {"title": "Khen thưởng năm 2025", "year": "2025", "to_unit": cast.province.pk}
    answer = clerk.post(f"{START}?loai=yearly", data)
    row = Submission.objects.get()
    assert answer["Location"] == reverse("nominations:choose", args=[row.pk])
    assert (row.unit, row.to_unit, row.kind, row.year) == (cast.office, cast.province, "yearly", 2025)
    clerk.post(f"{START}?loai=yearly", data)
    assert Submission.objects.count() == 1, "a second click begins nothing"
    assert JournalLine.objects.filter(act="submission.begun").count() == 1


def test_a_sudden_deed_says_what_when_where_and_who(clerk: Client, cast: Cast) -> None:
    shown = clerk.get(START, {"loai": "sudden"}).content.decode()
    assert "Điều 85" in shown
    data = {"title": "Cứu người", "year": "2026", "to_unit": cast.province.pk}
    answer = clerk.post(f"{START}?loai=sudden", data)
    assert answer.status_code == 422
    assert "Chưa ghi việc đã làm." in answer.content.decode()
    data |= {"occasion": "Cứu ba em nhỏ", "happened_on": "09/10/2026", "place": "Sông Đà", "who": "Nguyễn Văn A"}
    clerk.post(f"{START}?loai=sudden", data)
    row = Submission.objects.get()
    assert (row.kind, row.happened_on, row.place) == ("sudden", datetime.date(2026, 10, 9), "Sông Đà")
    shown = page(clerk, row)
    assert "Cứu ba em nhỏ" in shown
    assert "Điều 85" in shown


def test_a_deed_of_tomorrow_is_refused(clerk: Client, cast: Cast) -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    data = {"title": "T", "year": "2026", "to_unit": cast.province.pk, "occasion": "Việc", "place": "Nơi"}
    answer = clerk.post(f"{START}?loai=sudden", data | {"happened_on": f"{tomorrow:%d/%m/%Y}"})
    assert "Ngày này còn ở phía trước." in answer.content.decode()


# --- Its way over the head's desk -------------------------------------------------------------------------------------


def test_nobody_presents_an_empty_one(clerk: Client, cast: Cast) -> None:
    row = of_the_office(cast)
    assert "Chưa có ai" in send(clerk, row, "present")
    assert row.state == "draft"


def test_it_is_presented_handed_back_and_presented_again(clerk: Client, cast: Cast, head: User) -> None:
    row = of_the_office(cast)
    with_people(row, "Nguyễn Thị Hòa")
    assert "điều không ai được cho ngoại lệ: trình bây giờ thì lãnh đạo chưa ký được" in page(clerk, row)
    send(clerk, row, "present")
    assert row.state == "presented"
    assert Notice.objects.filter(user=head, kind="submission.waiting").exists()
    other = Client()
    other.force_login(head)
    assert "Hãy ghi cần sửa điều gì" in send(other, row, "hand_back", reason=" ")
    send(other, row, "hand_back", reason="Thiếu tóm tắt")
    assert (row.state, row.reason) == ("draft", "Thiếu tóm tắt")
    assert "Thiếu tóm tắt" in page(clerk, row)
    assert Notice.objects.filter(user=cast.users["neighbour"], kind="submission.handed_back").exists()
    assert not Notice.objects.filter(user=head, kind="submission.waiting", read_at=None).exists()
    send(clerk, row, "present")
    send(clerk, row, "withdraw")
    assert row.state == "draft"
    acts = set(JournalLine.objects.values_list("act", flat=True))
    assert {"submission.presented", "submission.handed_back", "submission.withdrawn"} <= acts


def test_of_two_at_once_one_wins_and_the_other_is_told(clerk: Client, cast: Cast, head: User) -> None:
    row = of_the_office(cast)
    with_people(row, "Nguyễn Thị Hòa")
    seen, said = row.revision, {"by": head, "at": timezone.now()}
    assert actions.present(submission=row, seen=seen, **said) is Moved.DONE
    assert actions.present(submission=row, seen=seen, **said) is Moved.ALREADY
    stale = Submission.objects.get(pk=row.pk)
    assert actions.withdraw(submission=stale, seen=seen, **said) is Moved.STALE
    shown = send(clerk, row, "withdraw", revision=seen)
    assert "đã thay đổi từ khi bạn mở trang" in shown
    assert row.state == "presented"


def test_the_head_and_place_change_while_it_is_a_draft(clerk: Client, cast: Cast) -> None:
    row = of_the_office(cast)
    (one,) = with_people(row, "Nguyễn Thị Hòa")
    address = reverse("nominations:edit_submission", args=[row.pk])
    assert row.title in clerk.get(address).content.decode()
    clerk.post(address, {"title": "Tên mới", "to_unit": cast.office.pk, "revision": row.revision})
    row.refresh_from_db()
    one.refresh_from_db()
    assert (row.title, row.to_unit, one.to_unit) == ("Tên mới", cast.office, cast.office)
    clerk.post(address, {"title": "Tên khác", "to_unit": cast.office.pk, "revision": 0})
    row.refresh_from_db()
    assert row.title == "Tên mới", "it had changed since the page was opened"


def test_the_page_asks_the_database_as_often_for_three_as_for_one(clerk: Client, cast: Cast) -> None:
    row = of_the_office(cast)
    counted = []
    for n in (1, 2):
        for _ in range(n):
            with_people(row, "Nguyễn Thị Hòa")
        page(clerk, row)
        with CaptureQueriesContext(connection) as queries:
            page(clerk, row)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_what_was_moved_to_another_award_says_what_was_proposed(cast: Cast, clerk: Client) -> None:
    sent = a_sent_submission(cast)
    received(sent, ["Nguyễn Văn An"], award="LDTT", award_asked="CSTDCS")
    shown = page(clerk, sent)
    assert "đơn vị đề nghị: Chiến sĩ thi đua cơ sở" in shown
    assert "CSTDCS" not in shown
