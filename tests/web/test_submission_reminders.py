"""Reminders of a submission's last day: as duties have them, to whose turn it is; silence once it is sent."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from thidua_web.accounts.models import User
from thidua_web.nominations.actions import rounds, submissions
from thidua_web.nominations.models import GateException, Nomination, Submission
from thidua_web.nominations.submission_reminders import remind
from thidua_web.notices.models import Letter, Notice
from thidua_web.register.actions.units import end_unit
from web.cast import Cast
from web.submitting import of_the_office, office_head, with_people

# A Monday, two weeks from which every Monday to Friday is worked.
DUE = datetime.date(2026, 12, 14)
MOVED = datetime.date(2026, 12, 21)
QUERIES = 13
pytestmark = pytest.mark.django_db


def moment(day: int) -> datetime.datetime:
    """On that day of December, at six in the morning."""
    return timezone.make_aware(datetime.datetime.combine(datetime.date(2026, 12, day), datetime.time(6)))


def run(day: int) -> int:
    return remind(at=moment(day))


@pytest.fixture
def head(cast: Cast) -> User:
    return office_head(cast)


@pytest.fixture
def row(cast: Cast) -> Submission:
    found = of_the_office(cast, due_on=DUE)
    with_people(found, "Nguyễn Thị Hòa")
    return found


def told(user: User, *, unread: bool = False) -> list[tuple[str, str]]:
    """Kind and working days left, in the order of telling."""
    rows = Notice.objects.filter(user=user, key__contains=":due:").order_by("id")
    rows = rows.filter(read_at=None) if unread else rows
    return [(notice.kind, notice.params["left"]) for notice in rows]


def present(row: Submission, by: User, day: int) -> None:
    assert submissions.present(submission=row, seen=row.revision, by=by, at=moment(day)) is submissions.Moved.DONE


def test_a_draft_is_said_as_duties_are_to_who_prepares(cast: Cast, head: User, row: Submission) -> None:
    clerk = cast.users["neighbour"]
    for day in range(1, 31):
        run(day)
    assert told(clerk) == [
        ("submission.near", "7"), ("submission.near", "3"), ("submission.near", "1"), ("submission.today", "1"),
        ("submission.late", "1"),
    ]  # fmt: skip
    notice = Notice.objects.filter(user=clerk, kind="submission.near").earliest("pk")
    said = "Còn 7 ngày làm việc đến hạn 14/12/2026: Sở Thử chưa trình “Đề nghị khen thưởng năm 2026”"
    assert (str(notice), notice.href) == (said, row.get_absolute_url())
    assert told(head) == told(clerk)
    assert told(cast.users["clerk"]) == []


def test_run_twice_it_is_said_once_and_on_a_day_off_not_at_all(cast: Cast, row: Submission) -> None:
    assert [run(5), run(9) > 0, run(9)] == [0, True, 0]


def test_by_mail_it_comes_as_was_chosen(cast: Cast, row: Submission, settings: Any) -> None:
    """Not at once: deadlines are in the daily letter."""
    settings.EMAIL_HOST = "localhost"
    User.objects.filter(pk=cast.users["neighbour"].pk).update(email="van-thu@tinh.vn")
    run(9)
    assert Notice.objects.get(user=cast.users["neighbour"]).how == "daily"
    assert not Letter.objects.exists()


def test_once_presented_it_is_the_heads(cast: Cast, head: User, row: Submission) -> None:
    clerk = cast.users["neighbour"]
    run(9)
    present(row, clerk, 9)
    assert told(clerk, unread=True) == []
    run(11)
    assert told(clerk) == [("submission.near", "3")]
    assert told(head, unread=True) == [("submission.near", "1")]


def test_what_was_sent_is_not_said(cast: Cast, head: User, row: Submission) -> None:
    run(9)
    Submission.objects.filter(pk=row.pk).update(
        state="submitted", lodged_on=DUE, signed_by=head, signed_at=timezone.now()
    )
    run(11)
    run(15)
    assert told(cast.users["neighbour"]) == [("submission.near", "3")]


def test_who_may_send_it_late_is_not_told_that_it_is(cast: Cast, head: User, row: Submission) -> None:
    GateException.objects.create(
        submission=row, code="nominations.deadline_past", words="x", reason="x", asked_by=head, asked_at=moment(10),
        granted=True,
    )  # fmt: skip
    run(15)
    assert told(cast.users["neighbour"]) == []


def test_what_a_dissolved_unit_had_begun_is_not_said(cast: Cast, row: Submission) -> None:
    end_unit(unit=cast.office, on=datetime.date(2026, 12, 1), successors=[])
    run(9)
    assert not Notice.objects.filter(key__contains=":due:").exists()


# Rounds ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(cast: Cast) -> Any:
    return rounds.open_round(
        to_unit=cast.province, kind="yearly", year=2026, title="Khen thưởng năm 2026", due_on=DUE,
        opens_on=datetime.date(2026, 11, 2), by=cast.users["appraiser"], at=moment(1),
    )  # fmt: skip


def begin(cast: Cast, opened: Any, day: int) -> Submission:
    return submissions.begin(
        unit=cast.office, to_unit=cast.province, kind="yearly", year=2026, title="Của Sở", round_=opened,
        due_on=opened.due_on, by=cast.users["neighbour"], at=moment(day),
    )  # fmt: skip


def test_a_unit_that_began_nothing_in_a_round_is_told_until_the_day(cast: Cast, opened: Any) -> None:
    for day in range(2, 31):
        run(day)
    clerk = cast.users["neighbour"]
    assert told(clerk) == [("round.near", "7"), ("round.near", "3"), ("round.near", "1"), ("round.today", "1")]
    notice = Notice.objects.filter(user=clerk, kind="round.near").earliest("pk")
    assert notice.href.endswith(f"?dot={opened.pk}")


def test_once_it_began_it_is_told_of_what_it_began(cast: Cast, opened: Any) -> None:
    clerk = cast.users["neighbour"]
    run(9)
    begin(cast, opened, 9)
    assert told(clerk, unread=True) == []
    run(11)
    assert told(clerk, unread=True) == [("submission.near", "1")]


def test_a_day_that_moves_is_said_anew_and_the_old_one_is_done_with(cast: Cast, opened: Any) -> None:
    clerk = cast.users["neighbour"]
    begin(cast, opened, 8)
    run(9)
    assert rounds.change_round(row=opened, by=cast.users["appraiser"], at=moment(9), due_on=MOVED)
    assert told(clerk, unread=True) == []
    run(16)
    assert told(clerk, unread=True) == [("submission.near", "3")]


def test_a_round_that_was_closed_is_not_said(cast: Cast, opened: Any) -> None:
    rounds.close_round(row=opened, by=cast.users["appraiser"], at=moment(8))
    assert run(9) == 0


@pytest.mark.parametrize("more", [0, 3])
def test_many_are_said_with_the_queries_of_one(
    cast: Cast, opened: Any, row: Submission, more: int, django_assert_num_queries: Any
) -> None:
    for n in range(more):
        with_people(of_the_office(cast, due_on=DUE, title=f"Đợt {n}"), f"Người {n}")
    assert Nomination.objects.count() == 1 + more
    run(9)
    with django_assert_num_queries(QUERIES):
        assert run(10) == 0
