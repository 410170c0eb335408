"""The daily letter: one on a working day with everything unread, none where there is nothing new."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from thidua_web.accounts.models import User
from thidua_web.config import queue
from thidua_web.notices import post_office
from thidua_web.notices.actions import Told, mark_read, notify, notify_each
from thidua_web.notices.digests import write_digests
from thidua_web.notices.models import Letter, Notice, NoticeChoice
from web.cast import Cast
from web.mail_server import MailServer
from web.test_mail import use

# Friday, Saturday, Monday; and National Day, whatever day of the week it is.
FRIDAY, SATURDAY, MONDAY, HOLIDAY = (datetime.date(2026, *day) for day in ((11, 20), (11, 21), (11, 23), (9, 2)))


def seven(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(7)))


@pytest.fixture
def mail(settings) -> Iterator[MailServer]:
    with MailServer() as server:
        use(settings, server)
        yield server


@pytest.fixture
def clerk(cast: Cast) -> User:
    User.objects.filter(pk=cast.users["clerk"].pk).update(email="clerk@thu.vn")
    return User.objects.get(pk=cast.users["clerk"].pk)


def tell(user: User, key: str, day: datetime.date = FRIDAY, kind: str = "plan.unreadable") -> Notice:
    at = seven(day) - datetime.timedelta(hours=3)
    notify([user.pk], kind, {"name": f"{key}.pdf", "by": "A", "title": "B"}, href="/", key=key, at=at)
    return Notice.objects.get(key=key)


def send(day: datetime.date) -> None:
    post_office.send_waiting(clock=lambda: seven(day))


def bodies(mail: MailServer) -> list[str]:
    return [letter.get_body(("plain",)).get_content() for letter in mail.letters]


def test_one_letter_with_everything_unread(mail: MailServer, clerk: User) -> None:
    for key in ("mot", "hai", "ba"):
        tell(clerk, key)
    mark_read(notice=Notice.objects.get(key="hai"), at=timezone.now())
    assert write_digests(at=seven(FRIDAY)) == 1
    send(FRIDAY)
    (body,) = bodies(mail)
    assert [name in body for name in ("mot.pdf", "hai.pdf", "ba.pdf")] == [True, False, True]
    assert mail.letters[0]["Subject"] == "Thidua: 2 thông báo chưa đọc"


def test_run_twice_or_late_it_is_still_one(mail: MailServer, clerk: User) -> None:
    tell(clerk, "mot")
    assert [write_digests(at=seven(FRIDAY)) for _ in range(2)] == [1, 0]
    tell(clerk, "hai")
    assert write_digests(at=seven(FRIDAY) + datetime.timedelta(hours=9)) == 0
    send(FRIDAY)
    send(FRIDAY)
    assert len(mail.letters) == 1


def test_silence_where_there_is_nothing_new(mail: MailServer, clerk: User) -> None:
    tell(clerk, "mot")
    write_digests(at=seven(FRIDAY))
    send(FRIDAY)
    assert write_digests(at=seven(MONDAY)) == 0


def test_with_something_new_the_old_unread_comes_along(mail: MailServer, clerk: User) -> None:
    tell(clerk, "mot")
    write_digests(at=seven(FRIDAY))
    tell(clerk, "hai", MONDAY)
    write_digests(at=seven(MONDAY))
    send(MONDAY)
    assert sorted(("mot.pdf" in body, "hai.pdf" in body) for body in bodies(mail)) == [(True, True), (True, True)]


def test_days_off_are_quiet_and_monday_tells_it_all(mail: MailServer, clerk: User) -> None:
    tell(clerk, "mot", SATURDAY)
    assert [write_digests(at=seven(day)) for day in (SATURDAY, HOLIDAY, MONDAY)] == [0, 0, 1]


def test_all_read_before_it_goes_out_it_does_not_go(mail: MailServer, clerk: User) -> None:
    notice = tell(clerk, "mot")
    write_digests(at=seven(FRIDAY))
    mark_read(notice=notice, at=timezone.now())
    send(FRIDAY)
    assert (mail.letters, Letter.objects.get().state) == ([], "needless")


def test_what_came_at_once_is_no_news_and_what_is_unwanted_is_left_out(mail: MailServer, clerk: User) -> None:
    tell(clerk, "ngay", kind="launch.waiting")
    assert write_digests(at=seven(FRIDAY)) == 0
    NoticeChoice.objects.create(user=clerk, group="plans", how="none")
    tell(clerk, "khong")
    assert write_digests(at=seven(FRIDAY)) == 0


def test_a_letter_has_an_end(mail: MailServer, clerk: User) -> None:
    rows = (Told(clerk.pk, {"name": f"tep-{n:03}.pdf"}, "/", f"k{n}") for n in range(70))
    notify_each(rows, "plan.unreadable", at=seven(FRIDAY))
    write_digests(at=seven(FRIDAY))
    send(FRIDAY)
    (body,) = bodies(mail)
    assert ("tep-069.pdf" in body, "tep-019.pdf" in body, "Còn 20 thông báo nữa" in body) == (True, False, True)


def test_letters_for_many_take_as_many_questions_as_for_one(
    mail: MailServer, clerk: User, cast: Cast, django_assert_max_num_queries
) -> None:
    asked = []
    for day, names in ((FRIDAY, ("clerk",)), (MONDAY, ("head", "appraiser", "chair"))):
        for name in names:
            User.objects.filter(pk=cast.users[name].pk).update(email=f"{name}@thu.vn")
            tell(cast.users[name], f"{name}{day}", day)
        with django_assert_max_num_queries(12) as queries:
            write_digests(at=seven(day))
        asked.append(len(queries))
    assert asked[0] == asked[1]


# The hour ------------------------------------------------------------------------------------------------------------


def test_another_hour_counts_from_the_next_start(db: None, settings) -> None:
    queue.install_schedule()
    digests = Schedule.objects.get(name="nightly-digests")
    assert timezone.localtime(digests.next_run).hour == 7
    settings.DIGEST_HOUR = 10
    for _ in range(2):
        queue.install_schedule()
    digests.refresh_from_db()
    assert timezone.localtime(digests.next_run).hour == 10
    assert Schedule.objects.filter(name="nightly-digests").count() == 1


def test_the_letters_are_sent_by_the_queue(mail: MailServer, clerk: User) -> None:
    tell(clerk, "mot")
    write_digests(at=seven(FRIDAY))
    assert OrmQ.objects.count() == 1
