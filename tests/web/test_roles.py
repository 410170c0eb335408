"""Roles given and ended by an administrator, and what no administrator may do."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role as seed_role
from thidua_web.accounts.managing import actions
from thidua_web.accounts.models import Membership, User
from thidua_web.journal.models import JournalLine
from thidua_web.register.actions.units import end_unit
from web.cast import LONG_AGO, Cast, make_user

DAY = datetime.timedelta(days=1)


def give(cast: Cast, user: User, role: Role = Role.CLERK, **other) -> Membership:
    today = timezone.localdate()
    said = {"unit": cast.province, "first": today, "last": None, "by": cast.users["administrator"]} | other
    return actions.give_role(user=user, role=role, at=timezone.now(), on=today, **said)


def end(row: Membership, by: User, day: datetime.date | None = None) -> bool:
    return actions.end_role(membership=row, first_without=day or timezone.localdate(), by=by, at=timezone.now())


def sent(client: Client, user: User, **said) -> str:
    """What the page says to a role given on it."""
    today = f"{timezone.localdate():%d/%m/%Y}"
    data = {"role": "clerk", "unit": "T", "first": today, "last": ""} | said
    return client.post(f"/nguoi-dung/{user.pk}/giao-vai-tro/", data, follow=True).content.decode()


def last_line() -> JournalLine:
    return JournalLine.objects.latest("number")


def test_a_role_is_given_from_a_day_to_a_day_and_journaled(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["administrator"])
    today = timezone.localdate()
    page = sent(client, cast.users["neighbour"], role="head", unit="T", last=f"{today + 9 * DAY:%d/%m/%Y}")
    assert "Đã giao cho Người neighbour vai trò Lãnh đạo đơn vị ở UBND tỉnh Thử." in page
    row = Membership.objects.get(user=cast.users["neighbour"], role=Role.HEAD)
    assert (row.unit, row.valid_from, row.valid_to) == (cast.province, today, today + 9 * DAY)
    line = last_line()
    assert (line.act, line.actor, line.subject, line.unit) == (
        "role.given",
        cast.users["administrator"].pk,
        str(row.user_id),
        cast.province.pk,
    )
    assert line.details == {"role": "head", "from": str(today), "to": str(today + 9 * DAY)}


def test_given_again_it_stays_as_it_is(cast: Cast) -> None:
    first = give(cast, cast.users["neighbour"])
    lines = JournalLine.objects.count()
    assert (give(cast, cast.users["neighbour"]), JournalLine.objects.count()) == (first, lines)


def test_the_unit_may_be_named_by_code_by_name_or_without_accents(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["administrator"])
    for role, unit in (("head", "t-1"), ("chair", "Sở Thử"), ("member", "so thu")):
        sent(client, cast.users["neighbour"], role=role, unit=unit)
    held = Membership.objects.filter(user=cast.users["neighbour"], unit=cast.office).order_by("pk")
    assert [row.role for row in held] == ["clerk", "head", "chair", "member"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"role": ""}, "Hãy chọn vai trò."),
        ({"unit": "KHONG-CO"}, "Không có đơn vị “KHONG-CO” trong phạm vi của bạn."),
        ({"unit": "th"}, "Có phải: Sở Thử (T-1); UBND tỉnh Thử (T)?"),
        ({"first": "31/02/2026"}, "“31/02/2026” không phải là một ngày."),
        ({"first": "01/01/2021"}, "Ngày bắt đầu đã qua."),
        ({"last": "01/01/2021"}, "Ngày cuối đứng trước ngày bắt đầu."),
        ({"role": "bloc_head"}, "Người này đã giữ vai trò ấy từ ngày 01/01/2020."),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(client: Client, cast: Cast, said: dict, words: str) -> None:
    client.force_login(cast.users["administrator"])
    page = sent(client, cast.users["bloc_head"], **said)
    assert words in page
    assert Membership.objects.filter(user=cast.users["bloc_head"]).count() == 1


def test_a_unit_that_has_ended_gets_no_roles(cast: Cast) -> None:
    end_unit(unit=cast.office, on=timezone.localdate() - DAY, successors=[])
    with pytest.raises(ValidationError, match="đã kết thúc"):
        give(cast, cast.users["clerk"], unit=cast.office)


def test_nobody_gives_a_role_to_oneself(client: Client, cast: Cast) -> None:
    administrator = cast.users["administrator"]
    client.force_login(administrator)
    page = sent(client, administrator, role="head")
    assert "Không ai tự giao vai trò cho mình" in page
    shown = client.get(f"/nguoi-dung/{administrator.pk}/").content.decode()
    assert ("hãy nhờ một người quản trị khác" in shown, "giao-vai-tro" in shown) == (True, False)
    assert [row.role for row in administrator.memberships.all()] == ["administrator"]


def test_a_role_ends_on_the_day_and_can_be_given_again(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["administrator"])
    row, today = cast.users["clerk"].memberships.get(), timezone.localdate()
    address = f"/nguoi-dung/vai-tro/{row.pk}/ket-thuc/"
    page = client.post(address, {"day": f"{today:%d/%m/%Y}"}, follow=True).content.decode()
    row.refresh_from_db()
    assert ("Thôi giữ vai trò Chuyên viên thi đua" in page, row.valid_to) == (True, today - DAY)
    assert last_line().details == {"role": "clerk", "first_without": str(today)}
    assert "Giao lại từ hôm nay" in page
    again = Client()
    again.force_login(cast.users["clerk"])
    assert "chưa được giao vai trò" in again.get("/ke-hoach/").content.decode()
    sent(client, cast.users["clerk"], unit="T")
    assert again.get("/ke-hoach/").status_code == 200


def test_a_role_given_by_mistake_today_goes_as_if_never_given(cast: Cast) -> None:
    row = give(cast, cast.users["neighbour"], Role.HEAD)
    assert end(row, cast.users["administrator"])
    assert not Membership.objects.filter(pk=row.pk).exists()
    assert not end(row, cast.users["administrator"]), "ended twice, it says so"
    assert [line.act for line in JournalLine.objects.order_by("number")][-2:] == ["role.given", "role.ended"]


def test_a_day_that_has_passed_is_refused(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["administrator"])
    row = cast.users["clerk"].memberships.get()
    page = client.post(f"/nguoi-dung/vai-tro/{row.pk}/ket-thuc/", {"day": "01/02/2021"}, follow=True).content.decode()
    row.refresh_from_db()
    assert ("Ngày này đã qua" in page, row.valid_to) == (True, None)


def test_the_last_administrator_cannot_be_ended_or_locked(client: Client, cast: Cast) -> None:
    administrator = cast.users["administrator"]
    row = administrator.memberships.get()
    with pytest.raises(ValidationError, match="người quản trị cuối cùng của UBND tỉnh Thử"):
        end(row, administrator)
    other = make_user("second")
    seed_role(user=other, unit=cast.province, role=Role.ADMINISTRATOR, on=LONG_AGO)
    assert end(row, administrator)
    with pytest.raises(ValidationError, match="người quản trị cuối cùng"):
        actions.lock(user=other, by=administrator, at=timezone.now(), on=timezone.localdate())


@pytest.mark.parametrize(
    ("other", "enough"),
    [
        ({"is_active": False}, False),
        ({"valid_to": 30}, False),
        ({"valid_from": 5}, False),
        ({"office": True}, False),
        ({}, True),
    ],
)
def test_another_administrator_counts_who_is_there_above_and_stays_as_long(
    cast: Cast, other: dict, enough: bool
) -> None:
    today = timezone.localdate()
    second = make_user("second")
    User.objects.filter(pk=second.pk).update(is_active=other.get("is_active", True))
    Membership.objects.create(
        user=second,
        unit=cast.office if "office" in other else cast.province,
        role=Role.ADMINISTRATOR,
        valid_from=today + other.get("valid_from", 0) * DAY,
        valid_to=today + other["valid_to"] * DAY if "valid_to" in other else None,
    )
    row = cast.users["administrator"].memberships.get()
    if enough:
        assert end(row, second)
    else:
        with pytest.raises(ValidationError):
            end(row, second)


def test_below_a_province_that_has_one_a_unit_may_lose_its_administrator(cast: Cast) -> None:
    below = make_user("below")
    row = seed_role(user=below, unit=cast.office, role=Role.ADMINISTRATOR, on=LONG_AGO)
    assert end(row, cast.users["administrator"])


def test_an_administrator_of_a_unit_reaches_it_and_what_is_below_and_nothing_else(client: Client, cast: Cast) -> None:
    below = make_user("below")
    seed_role(user=below, unit=cast.office, role=Role.ADMINISTRATOR, on=LONG_AGO)
    client.force_login(below)
    desk = client.get("/nguoi-dung/").content.decode()
    assert ("Người neighbour" in desk, "Người head" in desk) == (True, False)
    assert client.get(f"/nguoi-dung/{cast.users['head'].pk}/").status_code == 404
    assert "Có phải: Sở Thử (T-1)?" in sent(client, cast.users["neighbour"], role="head", unit="T")
    assert "trong phạm vi của bạn" in sent(client, cast.users["neighbour"], role="head", unit="UBND tỉnh Thử")
    assert cast.users["neighbour"].memberships.count() == 1
    both = cast.users["both"]
    page = client.get(f"/nguoi-dung/{both.pk}/").content.decode()
    assert ("Còn 1 vai trò ở đơn vị ngoài phạm vi" in page, "khoa/" in page) == (True, False)
    assert client.post(f"/nguoi-dung/{both.pk}/khoa/").status_code == 403
    assert client.post(f"/nguoi-dung/{both.pk}/dat-lai-hai-buoc/").status_code == 403
    both.refresh_from_db()
    assert both.is_active
