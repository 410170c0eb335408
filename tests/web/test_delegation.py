"""A role lent to a colleague: it begins and ends by its days, is never lent on, and says whose it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from playwright.sync_api import Browser, Page

from thidua_web.accounts.access import PERMISSIONS, Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.delegating import actions
from thidua_web.accounts.delegating.queries import LENDABLE
from thidua_web.accounts.managing.actions import end_role
from thidua_web.accounts.models import Delegation, User
from thidua_web.accounts.queries import access_of
from thidua_web.journal.models import JournalLine
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import UnitKind
from web.browser import chromium, faults, look, sideways
from web.cast import LONG_AGO, Cast, make_user
from web.comers import enter, newcomer

DAY = datetime.timedelta(days=1)


def lend(cast: Cast, giver: str = "head", to: User | None = None, first: int = 0, last: int = 0) -> Delegation:
    """The province's head lends the role to its council member; days are counted from today."""
    today = timezone.localdate()
    return actions.lend(
        post=cast.users[giver].memberships.get(),
        to=to or cast.users["member"],
        first=today + first * DAY,
        last=today + last * DAY,
        reason="Đi công tác",
        by=cast.users[giver],
        at=timezone.now(),
        on=today,
    )


def send(client: Client, cast: Cast, **said: Any) -> str:
    today = f"{timezone.localdate():%d/%m/%Y}"
    data = {
        "post": cast.users["head"].memberships.get().pk,
        "to": "Người member (member)",
        "first": today,
        "last": today,
        "reason": "Giấy ủy quyền số 12/GUQ-UBND",
    }
    return client.post("/uy-quyen/", data | said, follow=True).content.decode()


@pytest.fixture
def head(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["head"])
    return client


def test_a_role_is_lent_on_the_page_and_both_see_it(head: Client, cast: Cast) -> None:
    page = send(head, cast)
    assert ("Đã ủy quyền vai trò Lãnh đạo đơn vị" in page, "Người member làm thay bạn" in page) == (True, True)
    row = Delegation.objects.get()
    assert (row.giver, row.to, row.unit, row.role) == (
        cast.users["head"],
        cast.users["member"],
        cast.province,
        "head",
    )
    line = JournalLine.objects.latest("number")
    assert (line.act, line.actor, line.unit, line.details["days"]) == (
        "delegation.given",
        cast.users["head"].pk,
        cast.province.pk,
        1,
    )
    other = Client()
    other.force_login(cast.users["member"])
    assert "bạn làm thay Người head" in other.get("/uy-quyen/").content.decode()


@pytest.mark.parametrize("role", sorted(LENDABLE))
def test_whoever_holds_it_may_exactly_what_the_giver_may_there(cast: Cast, role: Role) -> None:
    to = make_user("helper")
    give_role(user=to, unit=cast.office, role=Role.MEMBER, on=LONG_AGO)
    lend(cast, role.value, to)
    on = timezone.localdate()
    giver = access_of(cast.users[role.value], on=on, chosen=None)
    holder, without = access_of(to, on=on, chosen=None), access_of(cast.users["stranger"], on=on, chosen=None)
    may = [name for name in PERMISSIONS if holder.may(name, cast.province.pk)]
    assert may == [name for name in PERMISSIONS if giver.may(name, cast.province.pk)] != []
    assert not any(without.may(name, cast.province.pk) for name in PERMISSIONS)


@pytest.mark.parametrize(("first", "last", "runs"), [(-3, -1, False), (0, 0, True), (-3, 4, True), (1, 4, False)])
def test_it_runs_from_its_first_day_to_its_last(cast: Cast, first: int, last: int, runs: bool) -> None:
    row, today = lend(cast), timezone.localdate()
    Delegation.objects.filter(pk=row.pk).update(valid_from=today + first * DAY, valid_to=today + last * DAY)
    access = access_of(cast.users["member"], on=today, chosen=None)
    assert access.may("campaign.launch", cast.province.pk) == runs


def test_taken_back_it_ends_at_once_and_either_of_the_two_may(client: Client, cast: Cast) -> None:
    for by, words in (("head", "không làm thay bạn nữa"), ("member", "Đã trả lại cho Người head")):
        row = lend(cast)
        client.force_login(cast.users[by])
        assert words in client.post(f"/uy-quyen/{row.pk}/thu-hoi/", follow=True).content.decode()
        assert not access_of(cast.users["member"], on=timezone.localdate(), chosen=None).may(
            "campaign.launch", cast.province.pk
        )
        assert JournalLine.objects.latest("number").act == "delegation.revoked"
        lines = JournalLine.objects.count()
        client.post(f"/uy-quyen/{row.pk}/thu-hoi/")
        assert JournalLine.objects.count() == lines, "taken back twice, it changes nothing"


def test_it_ends_with_the_givers_role_and_with_the_givers_account(cast: Cast) -> None:
    row, today = lend(cast, last=30), timezone.localdate()
    User.objects.filter(pk=cast.users["head"].pk).update(is_active=False)
    assert not access_of(cast.users["member"], on=today, chosen=None).may("campaign.launch", cast.province.pk)
    User.objects.filter(pk=cast.users["head"].pk).update(is_active=True)
    assert access_of(cast.users["member"], on=today, chosen=None).may("campaign.launch", cast.province.pk)
    end_role(
        membership=cast.users["head"].memberships.get(),
        first_without=today,
        by=cast.users["administrator"],
        at=timezone.now(),
    )
    assert not access_of(cast.users["member"], on=today, chosen=None).may("campaign.launch", cast.province.pk)
    page = Client()
    page.force_login(cast.users["member"])
    assert "người ủy quyền không còn giữ vai trò" in page.get("/uy-quyen/").content.decode()
    assert row.pk


def test_it_is_never_lent_on(client: Client, cast: Cast) -> None:
    lend(cast)
    client.force_login(cast.users["member"])
    page = send(client, cast, to="Người both (both)")
    assert ("Hãy chọn vai trò." in page, Delegation.objects.count()) == (True, 1)
    assert "Lãnh đạo đơn vị, UBND tỉnh Thử" not in page.split('id="lend_post"')[1].split("</select>")[0]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_watches_and_who_runs_the_system_neither_lend_nor_are_lent_to(
    client: Client, cast: Cast, role: Role
) -> None:
    client.force_login(cast.users[role.value])
    assert client.get("/uy-quyen/").status_code == 403
    with pytest.raises(ValidationError, match="không ủy quyền được"):
        lend(cast, role.value)
    with pytest.raises(ValidationError, match="không nhận ủy quyền"):
        lend(cast, to=cast.users[role.value])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"first": -1}, "Ngày này đã qua"),
        ({"first": 5, "last": 4}, "Ngày cuối đứng trước ngày bắt đầu."),
        ({"last": 90}, "Ủy quyền nhiều nhất 90 ngày, ở đây là đến hết"),
        ({"to": "Người head (head)"}, "Không có ai tên “Người head (head)”"),
        ({"to": "Người stranger"}, "Không có ai tên “Người stranger”"),
        ({"to": "auditor"}, "Không có ai tên “auditor”"),
        ({"reason": " "}, "Hãy ghi lý do hoặc số văn bản"),
        ({"first": "mai"}, "“mai” không phải là một ngày."),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(head: Client, cast: Cast, said: dict, words: str) -> None:
    today = timezone.localdate()
    shown = {key: f"{today + value * DAY:%d/%m/%Y}" if isinstance(value, int) else value for key, value in said.items()}
    assert words in send(head, cast, **shown)
    assert not Delegation.objects.exists()


def test_ninety_days_are_the_most(cast: Cast) -> None:
    row = lend(cast, last=89)
    assert (row.valid_to - row.valid_from).days == 89


def test_no_longer_than_the_role_is_held(cast: Cast) -> None:
    today = timezone.localdate()
    cast.users["head"].memberships.update(valid_to=today + 3 * DAY)
    with pytest.raises(ValidationError, match="chỉ giữ vai trò này đến hết ngày"):
        lend(cast, last=4)


def test_one_role_acts_through_one_person_at_a_time(head: Client, cast: Cast) -> None:
    lend(cast, first=2, last=5)
    today = timezone.localdate()
    days = {"first": f"{today + 5 * DAY:%d/%m/%Y}", "last": f"{today + 9 * DAY:%d/%m/%Y}"}
    page = send(head, cast, to="chair", **days)
    assert "đã ủy quyền cho Người member từ ngày" in page
    assert Delegation.objects.count() == 1
    lend(cast, to=cast.users["chair"], first=6, last=9)


def test_who_holds_the_role_already_needs_no_delegation(cast: Cast) -> None:
    give_role(user=cast.users["member"], unit=cast.province, role=Role.HEAD, on=LONG_AGO)
    with pytest.raises(ValidationError, match="đã giữ chính vai trò ấy"):
        lend(cast)


def test_colleagues_are_of_the_unit_above_it_or_below_it(cast: Cast) -> None:
    beside = create_unit(code="T-2", name="Sở Kia", kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO)
    clerk = make_user("beside")
    give_role(user=clerk, unit=beside, role=Role.CLERK, on=LONG_AGO)
    head = make_user("office-head")
    given = give_role(user=head, unit=cast.office, role=Role.HEAD, on=LONG_AGO)
    said = {"post": given, "by": head, "reason": "", "at": timezone.now(), "on": timezone.localdate()}
    days = {"first": said["on"], "last": said["on"]}
    with pytest.raises(ValidationError, match="không làm việc ở đơn vị ấy"):
        actions.lend(to=clerk, **said, **days)
    actions.lend(to=cast.users["member"], **said, **days)
    lend(cast, to=cast.users["neighbour"])


def test_what_is_done_for_another_says_so_in_the_journal(client: Client, cast: Cast, docx_bytes: bytes) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    lend(cast)
    client.force_login(cast.users["member"])
    client.post("/ke-hoach/", {"files": SimpleUploadedFile("ke-hoach.txt", "KẾ HOẠCH\nPhát động".encode())})
    line = JournalLine.objects.latest("number")
    assert (line.actor, line.on_behalf_of, line.on_behalf_of_name) == (
        cast.users["member"].pk,
        cast.users["head"].pk,
        "Người head",
    )


def test_the_page_asks_the_database_as_often_for_three_as_for_one(client: Client, cast: Cast) -> None:
    counts = []
    for days in ([0], [1, 2]):
        for day in days:
            lend(cast, first=day, last=day)
        client.force_login(cast.users["head"])
        with CaptureQueriesContext(connection) as asked:
            client.get("/uy-quyen/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


# In a real browser -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with look(browser) as context:
        yield context.new_page()


def move(door: Any, first: int, last: int) -> None:
    """The days of the delegation go by: the server's date stays, the delegation's days move against it."""
    door.run(
        "from thidua_web.accounts.models import Delegation; from django.utils import timezone; import datetime; "
        "day = datetime.timedelta(days=1); today = timezone.localdate(); "
        f"Delegation.objects.filter(to__username='uq-pho').update("
        f"valid_from=today + {first} * day, valid_to=today + {last} * day)"
    )


def test_the_button_is_there_on_the_day_and_gone_the_day_after(browser: Browser, page: Page, door: Any) -> None:
    newcomer(door, "uq-truong", role="head")
    newcomer(door, "uq-pho", role="member")
    with look(browser) as context:
        lender = context.new_page()
        enter(lender, door, "uq-truong", then="/uy-quyen/")
        lender.wait_for_url("**/uy-quyen/")
        assert (faults(lender), sideways(lender)) == ([], 0)
        lender.get_by_label("Ủy quyền cho", exact=True).fill("uq-pho")
        lender.get_by_label("Đến hết ngày").fill(f"{datetime.date.today() + 3 * DAY:%d/%m/%Y}")  # noqa: DTZ011
        lender.get_by_label("Lý do hoặc số văn bản").fill("Đi học")
        lender.get_by_role("button", name="Ủy quyền", exact=True).click()
        lender.get_by_text("Đã ủy quyền vai trò Lãnh đạo đơn vị cho Người uq-pho.").wait_for()

    enter(page, door, "uq-pho", then="/ke-hoach/")
    page.wait_for_url("**/ke-hoach/")
    upload = page.get_by_role("button", name="Gửi và đọc")
    assert upload.count() == 1
    assert page.get_by_text("Làm thay Người uq-truong").first.is_visible()
    move(door, -4, -1)
    page.reload()
    assert (upload.count(), page.get_by_text("Làm thay").count()) == (0, 0)
    move(door, 1, 4)
    page.reload()
    assert upload.count() == 0, "not before its first day either"
    move(door, 0, 0)
    page.reload()
    assert upload.count() == 1
