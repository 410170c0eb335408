"""The inbox: what one should know, once, unread first; and who is told of what."""

from __future__ import annotations

import ast
import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import Delegation, Invitation, User
from thidua_web.campaigns.actions import duties, launches
from thidua_web.campaigns.models import Edition, PlanDocument
from thidua_web.campaigns.tasks import read_plan
from thidua_web.campaigns.telling import tell_of_launch
from thidua_web.journal.actions import record
from thidua_web.journal.models import JournalLine
from thidua_web.journal.verifying import check_journal
from thidua_web.notices import account_news
from thidua_web.notices.actions import Told, notify, notify_each, remove_old
from thidua_web.notices.kinds import BY_MAIL, KINDS, Group
from thidua_web.notices.models import How, Letter, Notice, NoticeChoice
from thidua_web.notices.recipients import who_may
from thidua_web.notices.tasks import tell_of_check
from web.cast import LONG_AGO, Cast, make_user
from web.launched import in_days, make_duty, make_edition

NAME = {"name": "a.pdf"}


def tell(user: User, key: str = "a", kind: str = "plan.unreadable", **params: str) -> Notice:
    notify([user.pk], kind, params or NAME, href=f"/ke-hoach/?{key}", key=key, at=timezone.now())
    return Notice.objects.get(user=user, key=key)


def told(user: User) -> list[str]:
    return [notice.kind for notice in Notice.objects.filter(user=user).order_by("id")]


def page_of(client: Client, user: User, path: str = "/thong-bao/") -> str:
    client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


# Telling -------------------------------------------------------------------------------------------------------------


def test_what_is_said_again_stands_there_once(cast: Cast) -> None:
    users = [cast.users["clerk"].pk, cast.users["head"].pk, cast.users["clerk"].pk]
    at = timezone.now()
    said = [notify(users, "plan.unreadable", NAME, href="/", key="x", at=at) for _ in range(3)]
    assert (said, Notice.objects.count()) == ([2, 0, 0], 2)


def test_words_without_their_values_are_found_at_once(cast: Cast) -> None:
    with pytest.raises(KeyError):
        notify([cast.users["clerk"].pk], "plan.unreadable", {}, href="/", key="x", at=timezone.now())
    assert Notice.objects.count() == 0


def test_as_many_questions_for_a_hundred_as_for_one(cast: Cast) -> None:
    users = User.objects.bulk_create(User(username=f"u{n}", full_name=f"U {n}") for n in range(101))
    rows = [Told(user.pk, NAME, "/", f"k{user.pk}") for user in users]
    asked = []
    for part in (rows[:1], rows[1:]):
        with CaptureQueriesContext(connection) as queries:
            notify_each(part, "plan.unreadable", at=timezone.now())
        asked.append(len(queries))
    assert asked[0] == asked[1]


def kinds_told() -> Iterator[str]:
    """Every kind that is named where something is told."""
    for path in Path(settings.PACKAGE).rglob("*.py"):
        if path.name != "kinds.py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and node.value in KINDS:
                    yield node.value


def test_every_kind_is_told_somewhere_and_every_group_has_its_way() -> None:
    assert set(kinds_told()) == KINDS.keys()
    assert set(BY_MAIL) == set(Group)
    assert {kind.group for kind in KINDS.values()} == set(Group)


def test_a_notice_is_said_in_the_language_of_whoever_reads(cast: Cast) -> None:
    notice = tell(cast.users["clerk"])
    with translation.override("en"):
        assert str(notice) == "“a.pdf” could not be read"
    with translation.override("vi"):
        assert str(notice) == "Không đọc được “a.pdf”"


def test_old_notices_that_were_read_go(cast: Cast) -> None:
    old, new = tell(cast.users["clerk"], "old"), tell(cast.users["clerk"], "new")
    Notice.objects.filter(pk=old.pk).update(read_at=timezone.now() - datetime.timedelta(days=500))
    remove_old(before=timezone.now() - datetime.timedelta(days=400))
    assert list(Notice.objects.values_list("pk", flat=True)) == [new.pk]


# The page ------------------------------------------------------------------------------------------------------------


def test_unread_comes_first_and_the_head_counts_it(client: Client, cast: Cast) -> None:
    clerk = cast.users["clerk"]
    first, _ = tell(clerk, "a", name="mot.pdf"), tell(clerk, "b", name="hai.pdf")
    Notice.objects.filter(pk=first.pk).update(read_at=timezone.now())
    page = page_of(client, clerk)
    assert page.index("hai.pdf") < page.index("mot.pdf")
    assert '<b>1<span class="unseen"> chưa đọc</span></b>' in page


def test_nothing_unread_shows_no_number(client: Client, cast: Cast) -> None:
    page = page_of(client, cast.users["clerk"])
    assert ("Không có thông báo chưa đọc." in page, "chưa đọc</span></b>" in page) == (True, False)


def test_more_than_ninety_nine_is_said_so(client: Client, cast: Cast) -> None:
    clerk = cast.users["clerk"]
    notify_each((Told(clerk.pk, NAME, "/", f"k{n}") for n in range(120)), "plan.unreadable", at=timezone.now())
    assert "<b>99+<span" in page_of(client, clerk, "/ke-hoach/")


def test_going_to_it_marks_it_read(client: Client, cast: Cast) -> None:
    notice = tell(cast.users["clerk"])
    client.force_login(cast.users["clerk"])
    answer = client.get(f"/thong-bao/{notice.pk}/")
    notice.refresh_from_db()
    assert (answer.status_code, answer["Location"], notice.read_at is not None) == (302, "/ke-hoach/?a", True)


def test_a_notice_never_leads_out_of_the_house(client: Client, cast: Cast) -> None:
    notice = tell(cast.users["clerk"])
    Notice.objects.filter(pk=notice.pk).update(href="https://example.com/")
    client.force_login(cast.users["clerk"])
    assert client.get(f"/thong-bao/{notice.pk}/")["Location"] == "/thong-bao/"


def test_one_is_marked_read_without_going_there(client: Client, cast: Cast) -> None:
    notice, other = tell(cast.users["clerk"], "a"), tell(cast.users["clerk"], "b")
    client.force_login(cast.users["clerk"])
    client.post(f"/thong-bao/{notice.pk}/da-doc/")
    assert list(Notice.objects.filter(read_at__isnull=True)) == [other]


def test_all_are_marked_read_but_for_what_came_since(client: Client, cast: Cast) -> None:
    clerk = cast.users["clerk"]
    tell(clerk, "a")
    seen = tell(clerk, "b")
    since, others = tell(clerk, "c"), tell(cast.users["head"], "a")
    client.force_login(clerk)
    client.post("/thong-bao/da-doc/", {"den": seen.pk})
    assert set(Notice.objects.filter(read_at__isnull=True)) == {since, others}


@pytest.mark.parametrize("upto", ["", "x", "-1", "9" * 30])
def test_a_number_that_is_none_marks_nothing(client: Client, cast: Cast, upto: str) -> None:
    tell(cast.users["clerk"])
    client.force_login(cast.users["clerk"])
    assert client.post("/thong-bao/da-doc/", {"den": upto}).status_code == 302
    assert Notice.objects.filter(read_at__isnull=True).count() == 1


def test_what_was_read_comes_a_page_at_a_time(client: Client, cast: Cast) -> None:
    clerk = cast.users["clerk"]
    rows = (Told(clerk.pk, {"name": f"tep-{n:02}.pdf"}, "/", f"k{n}") for n in range(40))
    notify_each(rows, "plan.unreadable", at=timezone.now())
    Notice.objects.update(read_at=timezone.now())
    page = page_of(client, clerk)
    assert ("tep-39.pdf" in page, "tep-10.pdf" in page, "tep-09.pdf" in page) == (True, True, False)
    older = Notice.objects.get(key="k10").pk
    assert f"?truoc={older}" in page
    assert "tep-09.pdf" in page_of(client, clerk, f"/thong-bao/?truoc={older}")


def test_nobody_reads_anothers(client: Client, cast: Cast) -> None:
    notice = tell(cast.users["head"], name="mat.pdf")
    assert "mat.pdf" not in page_of(client, cast.users["clerk"])
    paths = (f"/thong-bao/{notice.pk}/", f"/thong-bao/{notice.pk}/da-doc/")
    assert [client.get(paths[0]).status_code, client.post(paths[1]).status_code] == [404, 404]
    assert Notice.objects.get().read_at is None


def test_as_many_questions_for_three_as_for_one(client: Client, cast: Cast, django_assert_max_num_queries) -> None:
    client.force_login(cast.users["clerk"])
    asked = []
    for n in range(3):
        tell(cast.users["clerk"], f"k{n}")
        with django_assert_max_num_queries(14) as queries:
            client.get("/thong-bao/")
        asked.append(len(queries))
    assert asked[0] == asked[2]


def test_the_count_in_the_head_is_one_question(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["clerk"])
    with CaptureQueriesContext(connection) as queries:
        client.get("/ke-hoach/")
    assert sum("notices_notice" in query["sql"] for query in queries) == 1


# Choices -------------------------------------------------------------------------------------------------------------


OF_A_CLERK = [group.value for group in Group if group not in (Group.JOURNAL, Group.SYSTEM)]


def all_choices(how: str = "none", **other: str) -> dict[str, str]:
    return dict.fromkeys(OF_A_CLERK, how) | other


def test_choices_are_kept_and_shown(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["clerk"])
    for how in ("none", "at_once"):
        client.post("/thong-bao/cai-dat/", all_choices(how, duties="daily"))
    kept = dict(NoticeChoice.objects.values_list("group", "how"))
    assert kept == dict.fromkeys(OF_A_CLERK, "at_once") | {"duties": "daily"}
    page = page_of(client, cast.users["clerk"], "/thong-bao/cai-dat/")
    assert '<input type="radio" name="duties" value="daily" checked>' in page


def test_everybody_is_asked_about_what_concerns_them(client: Client, cast: Cast) -> None:
    asked = {}
    for name in ("clerk", "auditor", "administrator"):
        page = page_of(client, cast.users[name], "/thong-bao/cai-dat/")
        asked[name] = ('name="journal"' in page, 'name="system"' in page)
    assert asked == {"clerk": (False, False), "auditor": (True, False), "administrator": (False, True)}


def test_a_choice_that_is_none_is_told(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["clerk"])
    assert client.post("/thong-bao/cai-dat/", all_choices("khong")).status_code == 422
    assert NoticeChoice.objects.count() == 0


def test_what_waits_for_the_daily_letter_follows_the_choice(client: Client, cast: Cast, settings) -> None:
    settings.EMAIL_HOST = "127.0.0.1"
    clerk = cast.users["clerk"]
    User.objects.filter(pk=clerk.pk).update(email="a@thu.vn")
    notice = tell(clerk)
    assert notice.how == How.DAILY
    client.force_login(clerk)
    client.post("/thong-bao/cai-dat/", all_choices("none"))
    notice.refresh_from_db()
    assert notice.how == How.NONE


# Who is told of what -------------------------------------------------------------------------------------------------


@pytest.fixture
def edition(cast: Cast) -> Edition:
    made = make_edition(cast.province, cast.users["clerk"])
    return Edition.objects.select_related("document", "campaign").get(pk=made.pk)


def lend(cast: Cast, role: Role, to: User, *, first: int = 0, last: int = 3) -> Delegation:
    day = timezone.localdate()
    return Delegation.objects.create(
        giver=cast.users[role.value], to=to, unit=cast.province, role=role, given_at=timezone.now(),
        valid_from=day + datetime.timedelta(days=first), valid_to=day + datetime.timedelta(days=last),
    )  # fmt: skip


def test_who_may_is_by_role_unit_and_day_and_the_lent_ones_too(cast: Cast) -> None:
    deputy, gone = make_user("deputy"), make_user("gone")
    lend(cast, Role.HEAD, deputy)
    give_role(user=gone, unit=cast.province, role=Role.HEAD, on=LONG_AGO)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    found = who_may("campaign.launch", [cast.province.pk, cast.office.pk], on=timezone.localdate())
    assert found == {cast.province.pk: {cast.users["head"].pk, deputy.pk}}
    later = timezone.localdate() + datetime.timedelta(days=10)
    assert who_may("campaign.launch", [cast.province.pk], on=later) == {cast.province.pk: {cast.users["head"].pk}}


def test_the_head_is_told_what_waits_and_whoever_stands_in(cast: Cast) -> None:
    deputy = make_user("deputy")
    lend(cast, Role.HEAD, deputy)
    make_edition(cast.province, cast.users["clerk"])
    assert (told(cast.users["head"]), told(deputy)[-1], told(cast.users["clerk"])) == (
        ["launch.waiting"],
        "launch.waiting",
        [],
    )


def test_taken_back_nothing_waits_any_more(cast: Cast, edition: Edition) -> None:
    launches.withdraw(edition=edition, by=cast.users["clerk"], at=timezone.now())
    assert Notice.objects.get(user=cast.users["head"]).read_at is not None
    assert told(cast.users["clerk"]) == []


def test_prepared_again_the_head_is_told_again(cast: Cast, edition: Edition) -> None:
    launches.withdraw(edition=edition, by=cast.users["clerk"], at=timezone.now())
    later = timezone.now() + datetime.timedelta(minutes=5)
    document = PlanDocument.objects.get(pk=edition.document_id)
    launches.prepare(document=document, by=cast.users["clerk"], at=later)
    assert told(cast.users["head"]) == ["launch.waiting"] * 2
    assert Notice.objects.filter(user=cast.users["head"], read_at__isnull=True).count() == 1


def test_sent_back_the_one_who_prepared_it_is_told_why(cast: Cast, edition: Edition) -> None:
    launches.send_back(edition=edition, by=cast.users["head"], at=timezone.now(), reason="Thiếu căn cứ")
    assert told(cast.users["clerk"]) == ["launch.returned"]
    assert "Thiếu căn cứ" in str(Notice.objects.get(user=cast.users["clerk"]))


def test_launched_the_addressed_units_are_told_once_each(cast: Cast, edition: Edition) -> None:
    for number in range(2):
        make_duty(edition.campaign, in_days(5 + number), units=[cast.office, cast.province])
    launches.launch(edition=edition, by=cast.users["head"], at=timezone.now())
    make_duty(edition.campaign, in_days(9), units=[cast.office, cast.province])
    for _ in range(2):
        tell_of_launch(edition.campaign, edition, cast.users["head"], amended=None, at=timezone.now())
    assert (told(cast.users["neighbour"]), told(cast.users["both"])) == (["campaign.launched"], ["campaign.launched"])
    assert (told(cast.users["clerk"]), told(cast.users["stranger"])) == (["launch.done"], [])
    assert Notice.objects.get(user=cast.users["head"], kind="launch.waiting").read_at is not None


def test_whoever_sent_a_plan_is_told_when_it_is_read(upload, cast: Cast) -> None:
    document = upload("KẾ HOẠCH\nPhát động thi đua".encode(), "a.txt").document
    read_plan(document.pk)
    assert told(cast.users["clerk"]) == ["plan.read"]
    assert Notice.objects.get().href == f"/ke-hoach/{document.pk}/"


def test_a_duty_done_silences_its_reminders(cast: Cast) -> None:
    campaign = make_edition(cast.province, cast.users["head"], state="launched").campaign
    day = make_duty(campaign, in_days(3), units=[cast.office]).days.get()
    values = {"what": "x", "unit": "y", "due": "2026-11-24", "left": "3"}
    neighbour = cast.users["neighbour"]
    notice = tell(neighbour, f"duty:{day.pk}:{cast.office.pk}:3", "duty.near", **values)
    other = tell(neighbour, f"duty:{day.pk}:{cast.province.pk}:3", "duty.near", **values)
    duties.mark_done(day=day, unit=cast.office, by=neighbour, at=timezone.now())
    notice.refresh_from_db()
    other.refresh_from_db()
    assert (notice.read_at is not None, other.read_at) == (True, None)


def test_a_role_lent_is_told_when_it_begins_and_when_it_is_over(cast: Cast) -> None:
    deputy = make_user("deputy")
    row = lend(cast, Role.HEAD, deputy)
    assert "Người head ủy quyền vai trò Lãnh đạo đơn vị tại UBND tỉnh Thử cho bạn" in str(Notice.objects.get())
    row.revoked_at = timezone.now()
    for _ in range(2):
        row.save()
    assert told(deputy) == ["delegation.given", "delegation.ended"]


def test_what_ran_out_in_the_night_is_told_in_the_night(cast: Cast) -> None:
    deputy, long_gone = make_user("deputy"), make_user("long-gone")
    lend(cast, Role.HEAD, deputy, first=0, last=1)
    old = lend(cast, Role.CLERK, long_gone, first=-90, last=-60)
    Notice.objects.all().delete()
    Delegation.objects.filter(pk=old.pk).update(given_at=timezone.now() - datetime.timedelta(days=90))
    for _ in range(2):
        account_news.catch_up(at=timezone.now() + datetime.timedelta(days=2))
    assert (told(deputy), told(long_gone)) == (["delegation.ended"], [])


def test_whoever_invited_is_told_who_has_come(cast: Cast) -> None:
    administrator, guest = cast.users["administrator"], make_user("guest")
    row = Invitation.objects.create(
        email="a@thu.vn", unit=cast.office, role=Role.CLERK, digest="x", by=administrator, at=timezone.now(),
        expires_at=timezone.now(),
    )  # fmt: skip
    assert told(administrator) == []
    row.accepted_by, row.accepted_at = guest, timezone.now()
    for _ in range(2):
        row.save()
    assert told(administrator) == ["invitation.accepted"]


def test_auditors_are_told_of_a_fault_once_and_of_the_anchor_on_sundays(cast: Cast) -> None:
    for number in range(3):
        record(act="plan.read", by=None, at=timezone.now(), label=str(number))
    whole = check_journal(at=timezone.now(), whole=True)
    for _ in range(2):
        tell_of_check(whole, weekly=True)
    tell_of_check(check_journal(at=timezone.now(), whole=False), weekly=False)
    assert told(cast.users["auditor"]) == ["journal.whole"]
    assert f"3:{whole.seal}" in str(Notice.objects.get())
    JournalLine.objects.filter(number=2).update(label="khác")
    for _ in range(2):
        tell_of_check(check_journal(at=timezone.now(), whole=True), weekly=False)
    assert told(cast.users["auditor"]) == ["journal.whole", "journal.fault"]
    assert told(cast.users["head"]) == []


def test_without_a_mail_server_there_are_no_letters(cast: Cast) -> None:
    User.objects.update(email="a@thu.vn")
    make_edition(cast.province, cast.users["clerk"])
    assert (Notice.objects.count() > 0, Letter.objects.count()) == (True, 0)
