"""Mail goes out once, and nothing is lost while the mail server is away. Against a real SMTP server."""

from __future__ import annotations

import asyncio
import datetime
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import User
from thidua_web.notices import post_office, tasks
from thidua_web.notices.actions import mark_read, notify, send_again, send_all_again
from thidua_web.notices.models import Letter, LetterState, Notice, NoticeChoice, PostOffice
from web.cast import LONG_AGO, Cast, make_user
from web.conftest import DATABASE
from web.mail_server import MailServer
from web.processes import Site, kill_group, wait_for

NAME = {"by": "Nguyễn Thị Mai Anh", "title": "Thi đua 2026"}
SUBJECT = "Thidua: Kế hoạch chờ phát động"


class PickyServer(MailServer):
    """Answers some addresses otherwise, as real servers do."""

    answers: dict[str, str]

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer


@pytest.fixture
def mail(settings) -> Iterator[PickyServer]:
    with PickyServer() as server:
        server.answers = {}
        use(settings, server)
        yield server


def use(settings: Any, server: MailServer) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
    settings.EMAIL_HOST_USER = ""
    settings.SITE_URL = "https://thidua.minhgiang.gov.vn"


@pytest.fixture
def people(cast: Cast) -> list[User]:
    for name in ("clerk", "head", "appraiser"):
        User.objects.filter(pk=cast.users[name].pk).update(email=f"{name}@thu.vn")
    return [User.objects.get(pk=cast.users[name].pk) for name in ("clerk", "head", "appraiser")]


def tell(users: list[User], key: str = "a", kind: str = "launch.waiting") -> None:
    notify([user.pk for user in users], kind, NAME, href="/ke-hoach/", key=key, at=timezone.now())


def send(minutes: float = 0) -> int:
    """As the queue does, so many minutes from now."""
    return post_office.send_waiting(clock=lambda: timezone.now() + datetime.timedelta(minutes=minutes))


def states() -> list[str]:
    return list(Letter.objects.order_by("user__username").values_list("state", flat=True))


def receivers(mail: MailServer) -> list[str]:
    return sorted(letter["To"] for letter in mail.letters)


# What is sent --------------------------------------------------------------------------------------------------------


def test_a_letter_says_what_leads_on_and_names_nobody_outside(mail: PickyServer, people: list[User]) -> None:
    tell(people[:1])
    assert send() == 1
    letter = mail.letters[0]
    plain, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    notice = Notice.objects.get()
    url = f"https://thidua.minhgiang.gov.vn/thong-bao/{notice.pk}/"
    assert (letter["Subject"], letter["To"], letter["Auto-Submitted"]) == (SUBJECT, "clerk@thu.vn", "auto-generated")
    for body in (plain, html):
        assert ("Nguyễn Thị Mai Anh trình phát động “Thi đua 2026”" in body, url in body) == (True, True)
    assert letter["Message-ID"].startswith(f"<{Letter.objects.get().message_id}@")


def test_what_stands_in_a_title_is_no_html(mail: PickyServer, people: list[User]) -> None:
    values = {"by": "<b>A</b>", "title": "x & y"}
    notify([people[0].pk], "launch.waiting", values, href="/", key="k", at=timezone.now())
    send()
    letter = mail.letters[0]
    assert "&lt;b&gt;A&lt;/b&gt;" in letter.get_body(("html",)).get_content()
    assert "<b>A</b> trình phát động “x & y”" in letter.get_body(("plain",)).get_content()


def test_everybody_gets_their_own_once(mail: PickyServer, people: list[User]) -> None:
    tell(people)
    tell(people)
    assert [send(), send()] == [3, 0]
    assert receivers(mail) == ["appraiser@thu.vn", "clerk@thu.vn", "head@thu.vn"]


def test_who_has_no_address_or_wants_none_gets_none(mail: PickyServer, people: list[User]) -> None:
    User.objects.filter(pk=people[0].pk).update(email="")
    NoticeChoice.objects.create(user=people[1], group="launching", how="none")
    tell(people)
    send()
    assert receivers(mail) == ["appraiser@thu.vn"]
    assert Notice.objects.count() == 3


def test_a_fault_of_the_journal_comes_whatever_was_chosen(mail: PickyServer, people: list[User]) -> None:
    NoticeChoice.objects.create(user=people[0], group="journal", how="none")
    notify([people[0].pk], "journal.fault", {"n": 2}, href="/nhat-ky/", key="j", at=timezone.now())
    send()
    assert mail.letters[0]["Subject"] == "Thidua: Nhật ký không còn nguyên"


def test_what_was_read_meanwhile_is_not_sent(mail: PickyServer, people: list[User]) -> None:
    tell(people[:2])
    mark_read(notice=Notice.objects.get(user=people[0]), at=timezone.now())
    User.objects.filter(pk=people[1].pk).update(is_active=False)
    assert (send(), states()) == (0, ["needless", "needless"])


def test_letters_are_queued_with_the_act_or_not_at_all(mail: PickyServer, people: list[User]) -> None:
    def fail() -> None:
        with transaction.atomic():
            tell(people)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (Letter.objects.count(), OrmQ.objects.count()) == (0, 0)
    tell(people)
    assert (Letter.objects.count(), OrmQ.objects.count()) == (3, 1)


# A mail server that is away ------------------------------------------------------------------------------------------


def test_nothing_is_lost_while_the_server_is_down_and_nothing_comes_twice(settings, people: list[User]) -> None:
    with MailServer() as first:
        use(settings, first)
    tell(people)
    assert (send(), states()) == (0, ["waiting"] * 3)
    office = PostOffice.objects.get()
    assert (office.failures, office.failing_since is not None, office.answer) == (1, True, "ConnectionRefusedError")
    assert (send(0.1), PostOffice.objects.get().failures) == (0, 1), "not tried again at once"
    assert (send(1), PostOffice.objects.get().failures) == (0, 2)
    with MailServer(first.port) as again:
        assert [send(10), send(20)] == [3, 0]
        assert len(again.letters) == 3
    office.refresh_from_db()
    assert (office.failing_since, office.failures, states()) == (None, 0, ["sent"] * 3)


def test_the_pauses_grow_and_stay_bounded(settings, people: list[User]) -> None:
    with MailServer() as gone:
        use(settings, gone)
    tell(people[:1])
    now, pauses = timezone.now(), []
    for _ in range(7):
        moment = now
        post_office.send_waiting(clock=lambda moment=moment: moment)
        now = PostOffice.objects.get().next_try_at
        pauses.append((now - moment).total_seconds())
    assert pauses == [30, 60, 120, 300, 600, 600, 600]


def test_after_three_days_it_is_given_up_shown_and_sent_again_by_hand(settings, mail, people: list[User]) -> None:
    tell(people[:2])
    Letter.objects.update(made_at=timezone.now() - datetime.timedelta(days=4))
    assert (send(), states()) == (0, ["given_up", "given_up"])
    assert (send_all_again(at=timezone.now()), send(), len(mail.letters)) == (2, 2, 2)


def test_one_who_is_refused_for_good_does_not_hold_up_the_others(mail: PickyServer, people: list[User]) -> None:
    mail.answers = {"clerk@thu.vn": "550 No such user here: clerk@thu.vn"}
    tell(people)
    assert send() == 2
    refused = Letter.objects.get(user=people[0])
    assert (refused.state, refused.answer) == ("refused", "SMTPRecipientsRefused 550")
    assert PostOffice.objects.get().failing_since is None
    mail.answers = {}
    assert [send_again(letter=refused, at=timezone.now()) for _ in range(2)] == [True, False]
    assert (send(), receivers(mail)) == (1, ["appraiser@thu.vn", "clerk@thu.vn", "head@thu.vn"])


def test_one_who_is_put_off_gets_it_later(mail: PickyServer, people: list[User]) -> None:
    mail.answers = {"clerk@thu.vn": "451 Greylisted, try again"}
    tell(people[:2])
    assert (send(), states()) == (1, ["waiting", "sent"])
    mail.answers = {}
    assert (send(), send(2), states()) == (0, 1, ["sent", "sent"])


def test_who_is_put_off_for_ever_is_given_up(mail: PickyServer, people: list[User]) -> None:
    mail.answers = {"clerk@thu.vn": "451 Greylisted, try again"}
    tell(people[:1])
    for hour in range(12):
        send(hour * 60)
    assert states() == ["refused"]
    assert Letter.objects.get().tries == post_office.MOST_TRIES


def test_one_sender_at_a_time(mail: PickyServer, people: list[User]) -> None:
    tell(people)
    PostOffice.objects.create(pk=1, held_until=timezone.now() + datetime.timedelta(seconds=30))
    assert (send(), len(mail.letters)) == (0, 0)
    assert (send(1), len(mail.letters)) == (3, 3)


def test_what_was_in_hand_of_a_killed_sender_is_not_sent_by_itself(mail: PickyServer, people: list[User]) -> None:
    tell(people)
    Letter.objects.filter(user=people[0]).update(state=LetterState.SENDING)
    PostOffice.objects.create(pk=1, held_until=timezone.now() - datetime.timedelta(seconds=1))
    assert (send(), states()) == (2, ["sent", "unsure", "sent"])
    assert send_all_again(at=timezone.now()) == 0
    assert (send_again(letter=Letter.objects.get(user=people[0]), at=timezone.now()), send()) == (True, 1)


def test_the_worker_asks_for_what_lies_about_now_and_then(mail: PickyServer, people: list[User]) -> None:
    assert tasks.recover_letters() is False
    tell(people)
    OrmQ.objects.all().delete()
    assert [tasks.recover_letters() for _ in range(3)] == [True, False, False]
    assert OrmQ.objects.count() == 1
    assert (tasks.send_letters(), len(mail.letters), tasks.recover_letters()) == (3, 3, False)


def test_administrators_are_told_once_when_it_lasts(settings, cast: Cast, people: list[User]) -> None:
    since = timezone.now() - datetime.timedelta(minutes=40)
    PostOffice.objects.create(pk=1, failing_since=since, failures=9, answer="ConnectionRefusedError")
    for _ in range(3):
        tasks.recover_letters()
    assert list(Notice.objects.values_list("user", "kind")) == [(cast.users["administrator"].pk, "mail.stuck")]


# The administrator's page --------------------------------------------------------------------------------------------


def test_the_administrator_sees_that_the_server_is_away(client: Client, cast: Cast, mail, people: list[User]) -> None:
    mail.answers = {"head@thu.vn": "550 no"}
    tell(people)
    send()
    PostOffice.objects.update(failing_since=timezone.now(), answer="ConnectionRefusedError")
    client.force_login(cast.users["administrator"])
    page = client.get("/thong-bao/thu/").content.decode()
    for words in ("không gửi được thư từ", "ConnectionRefusedError", "Máy chủ thư từ chối", "head@thu.vn", "550"):
        assert words in page
    mail.answers = {}
    client.post("/thong-bao/thu/gui-lai/", {"thu": Letter.objects.get(state="refused").pk})
    assert send() == 1


@pytest.mark.parametrize("letter", ["x", "999999", "-1", "9" * 40])
def test_a_letter_that_is_none_is_not_sent(client: Client, cast: Cast, letter: str) -> None:
    client.force_login(cast.users["administrator"])
    answer = client.post("/thong-bao/thu/gui-lai/", {"thu": letter}, follow=True)
    assert "Đã xếp 0 thư" in answer.content.decode()


def test_an_administrator_of_a_unit_below_sees_no_letters_of_others(client: Client, cast: Cast) -> None:
    user = make_user("below")
    give_role(user=user, unit=cast.office, role=Role.ADMINISTRATOR, on=LONG_AGO)
    client.force_login(user)
    assert client.get("/thong-bao/thu/").status_code == 403


# In processes of their own -------------------------------------------------------------------------------------------

TELL = """
from django.utils import timezone
from thidua_web.accounts.models import User
from thidua_web.notices.actions import notify
users = [User.objects.create(username=f"u{n}", full_name=f"U {n}", email=f"u{n}@thu.vn") for n in range(8)]
notify([user.pk for user in users], "launch.waiting", {"by": "A", "title": "B"}, href="/", key="k", at=timezone.now())
"""


class SlowServer(MailServer):
    """Takes the third letter in and never answers, until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.stuck, self.go = threading.Event(), threading.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if len(self.letters) == 2 and not self.go.is_set():
            self.stuck.set()
            while not self.go.is_set():
                await asyncio.sleep(0.05)
            return "451 too late"
        return await super().handle_DATA(server, session, envelope)


def test_a_sender_killed_in_the_middle_sends_nothing_twice(tmp_path) -> None:
    with SlowServer() as mail:
        site = Site(tmp_path, server_database=DATABASE, demo=False, settings=mail.settings)
        with site:
            site.run(TELL)
            sender = site.spawn("from thidua_web.notices.tasks import send_letters; send_letters()")
            assert mail.stuck.wait(30)
            kill_group(sender)
            mail.go.set()
            site.run(
                "from thidua_web.notices.models import PostOffice; PostOffice.objects.update(held_until=None); "
                "from thidua_web.notices.tasks import send_letters; send_letters()"
            )
            counts = dict(site.rows("SELECT state, count(*) FROM notices_letter GROUP BY state"))
    sent = receivers(mail)
    assert (counts, len(sent), len(set(sent))) == ({"sent": 7, "unsure": 1}, 7, 7)


def test_the_worker_sends_by_itself_when_the_server_comes_back(tmp_path) -> None:
    with MailServer() as gone:
        pass
    site = Site(tmp_path, server_database=DATABASE, demo=False, settings=gone.settings)
    with site:
        site.run(TELL)
        site.start_worker()
        failing = "SELECT count(*) FROM notices_postoffice WHERE failing_since IS NOT NULL"
        wait_for(lambda: site.rows(failing)[0][0] == 1)
        with MailServer(gone.port) as mail:
            wait_for(lambda: len(mail.letters) == 8, seconds=90)
            wait_for(lambda: site.rows("SELECT count(*) FROM notices_letter WHERE state = 'sent'")[0][0] == 8)
            assert len(set(receivers(mail))) == 8
        assert site.rows(failing)[0][0] == 0
