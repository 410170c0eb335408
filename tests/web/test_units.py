"""The desk of units: found by any name and code, on any day, as a list and as a tree."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.register.actions.units import create_unit, end_unit
from thidua_web.register.models import Unit, UnitCode, UnitKind
from thidua_web.register.queries import searching
from web.cast import LONG_AGO, Cast, make_user
from web.register_rows import make_person, rename

REFORM = datetime.date(2025, 7, 1)
BEFORE = "30/06/2025"


def unit(code: str, name: str, parent: Unit | None, kind: str = UnitKind.COMMUNE, since=LONG_AGO) -> Unit:
    return create_unit(code=code, name=name, kind=kind, parent=parent, valid_from=since)


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def listed(client: Client, **asked: str) -> list[str]:
    return [row.name for row in client.get("/don-vi/", asked).context.get("rows", [])]


@pytest.mark.parametrize("asked", ["đồng", "dong", "ĐỒNG", "ong thap", "x-01", "X-01", "đ th"])
def test_units_are_found_by_any_part_of_name_or_code(clerk: Client, cast: Cast, asked: str) -> None:
    unit("X-01", "UBND xã Đồng Tháp", cast.province)
    assert listed(clerk, tim=asked) == ["UBND xã Đồng Tháp"]


def test_a_unit_is_found_by_an_earlier_name_and_by_the_codes_of_others_and_says_so(clerk: Client, cast: Cast) -> None:
    rename(cast.office, "Sở Mới", REFORM)
    UnitCode.objects.create(unit=cast.office, scheme="identifier", code="H61.7.9")
    old = clerk.get("/don-vi/", {"tim": "so thu"}).context["rows"]
    assert [(row.name, row.also) for row in old] == [("Sở Mới", "Sở Thử")]
    assert [row.also for row in clerk.get("/don-vi/", {"tim": "h61.7"}).context["rows"]] == ["H61.7.9"]
    assert [row.also for row in clerk.get("/don-vi/", {"tim": "so moi"}).context["rows"]] == [""]


def test_a_day_shows_the_units_of_that_day_by_the_names_of_that_day(clerk: Client, cast: Cast) -> None:
    rename(cast.office, "Ban Mới", REFORM)
    unit("X-01", "UBND xã Mới", cast.province, since=REFORM)
    assert listed(clerk, ngay=BEFORE) == ["Sở Thử", "UBND tỉnh Thử"]
    assert listed(clerk) == ["Ban Mới", "UBND tỉnh Thử", "UBND xã Mới"]


def test_ended_units_are_listed_apart(clerk: Client, cast: Cast) -> None:
    district = unit("H", "UBND huyện Cũ", cast.province, UnitKind.DISTRICT)
    end_unit(unit=district, on=REFORM - datetime.timedelta(days=1), successors=[cast.office])
    assert listed(clerk) == ["Sở Thử", "UBND tỉnh Thử"]
    assert listed(clerk, trang_thai="ket-thuc") == ["UBND huyện Cũ"]
    assert listed(clerk, trang_thai="ket-thuc", ngay=BEFORE) == []
    assert len(listed(clerk, trang_thai="tat-ca")) == 3


def test_under_a_unit_means_everything_below_it_on_that_day(clerk: Client, cast: Cast) -> None:
    district = unit("H", "UBND huyện Cũ", cast.province, UnitKind.DISTRICT)
    commune = unit("X", "UBND xã Xa", district)
    school = unit("TR", "Trường Xa", commune, UnitKind.SCHOOL)
    assert listed(clerk, thuoc="UBND huyện Cũ (H)") == ["Trường Xa", "UBND xã Xa"]
    commune.periods.update(valid_to=REFORM - datetime.timedelta(days=1))
    commune.periods.create(name=commune.name, kind=commune.kind, parent=cast.province, valid_from=REFORM)
    assert listed(clerk, thuoc="H") == []
    assert listed(clerk, thuoc="H", ngay=BEFORE) == ["Trường Xa", "UBND xã Xa"]
    assert school.name in listed(clerk, thuoc="xã xa")


@pytest.mark.parametrize("text", ["thu", "xa", "x", "h61", "so cu", "khong co"])
def test_every_way_to_come_by_the_rows_lists_the_same(
    clerk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Whether the index or the list's own order is followed is a matter of speed alone."""
    for number in range(60):
        one = unit(f"X{number:02}", f"Xã thứ {number % 5}", cast.province)
        UnitCode.objects.create(unit=one, scheme="identifier", code=f"H61.{number}")
        if number % 4 == 0:
            rename(one, f"Phường {number}", REFORM)
    rename(cast.office, "Ban Mới", REFORM)
    found = []
    for few in (0, 100_000):
        monkeypatch.setattr(searching, "FEW", few)
        first = clerk.get("/don-vi/", {"tim": text}).context
        after = clerk.get(f"/don-vi/{first['after']}").context.get("rows", []) if first.get("after") else []
        found.append([row.code for row in [*first.get("rows", []), *after]])
    assert found[0] == found[1]
    assert bool(found[0]) == (text not in ("khong co", "so cu"))


def test_the_kind_narrows_the_list(clerk: Client, cast: Cast) -> None:
    assert listed(clerk, loai="department") == ["Sở Thử"]


def test_units_stand_in_vietnamese_order(clerk: Client, cast: Cast) -> None:
    for number, name in enumerate(("Ea Hồ", "Đá Bàn", "Dak Rông", "Ấp Mới", "An Ninh")):
        unit(f"X{number}", name, cast.province)
    assert listed(clerk, loai="commune") == ["An Ninh", "Ấp Mới", "Dak Rông", "Đá Bàn", "Ea Hồ"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"ngay": "32/13/2025"}, "không phải là một ngày"),
        ({"thuoc": "không có đâu"}, "Không có đơn vị"),
        ({"thuoc": "thử"}, "Nhiều đơn vị"),
    ],
)
def test_a_wrong_part_of_the_sentence_is_named_and_the_list_still_shown(
    clerk: Client, cast: Cast, asked: dict[str, str], said: str
) -> None:
    unit("T-2", "Trung tâm Thử", cast.office)
    page = clerk.get("/don-vi/", asked).content.decode()
    assert (said in page, "Sở Thử" in page) == (True, True)


@pytest.mark.parametrize("edge", ["x", "-1", "9" * 30, "999999"])
def test_an_address_that_names_no_row_shows_the_first_page(clerk: Client, edge: str) -> None:
    assert listed(clerk, sau=edge) == ["Sở Thử", "UBND tỉnh Thử"]


def test_pages_lead_on_and_back_without_losing_or_repeating_a_unit(clerk: Client, cast: Cast) -> None:
    for number in range(120):
        unit(f"X{number:03}", f"Xã số {number % 7}", cast.province)
    seen, context = [], clerk.get("/don-vi/?loai=commune").context
    assert (context["page"].counted, context["before"]) == ((120, False), "")
    while True:
        seen += [row.code for row in context["rows"]]
        if not context["after"]:
            break
        context = clerk.get(f"/don-vi/{context['after']}").context
    assert (len(seen), len(set(seen))) == (120, 120)
    back = []
    while context["before"]:
        context = clerk.get(f"/don-vi/{context['before']}").context
        back = [row.code for row in context["rows"]] + back
    assert back == seen[:100]


def test_only_units_in_reach_are_listed_and_proposed(client: Client, cast: Cast) -> None:
    below = unit("T-1-1", "Phòng Một", cast.office, UnitKind.OFFICE)
    unit("K", "UBND tỉnh Khác", None, UnitKind.PROVINCE)
    client.force_login(cast.users["neighbour"])
    assert listed(client) == [below.name, cast.office.name]
    assert client.get("/don-vi/chon/?thuoc=u").content.decode().strip() == ""
    assert "Phòng Một (T-1-1)" in client.get("/don-vi/chon/?thuoc=mot").content.decode()


def test_an_ended_unit_is_seen_by_who_goes_on_with_its_work(client: Client, cast: Cast) -> None:
    other = unit("K", "UBND huyện Cũ", None, UnitKind.DISTRICT)
    end_unit(unit=other, on=REFORM, successors=[cast.office])
    client.force_login(cast.users["neighbour"])
    assert listed(client, trang_thai="ket-thuc") == ["UBND huyện Cũ"]


def test_the_tree_opens_at_a_single_top_and_along_what_the_address_names(clerk: Client, cast: Cast) -> None:
    room = unit("T-1-1", "Phòng Một", cast.office, UnitKind.OFFICE)
    unit("T-1-1-1", "Tổ Một", room, UnitKind.OFFICE)
    page = clerk.get("/don-vi/?kieu=cay").content.decode()
    assert ("Sở Thử" in page, "Phòng Một" in page) == (True, False)
    page = clerk.get(f"/don-vi/?kieu=cay&mo={cast.office.pk}").content.decode()
    assert ("Phòng Một" in page, "Tổ Một" in page) == (True, False)
    part = clerk.get(f"/don-vi/{room.pk}/cap-duoi/", headers={"HX-Request": "true"}).content.decode()
    assert ("Tổ Một" in part, "<html" in part) == (True, False)


def test_the_tree_of_a_day_is_the_tree_of_that_day(clerk: Client, cast: Cast) -> None:
    rename(cast.office, "Ban Mới", REFORM)
    assert "Sở Thử" in clerk.get(f"/don-vi/?kieu=cay&ngay={BEFORE}").content.decode()


def test_a_person_with_posts_in_two_provinces_gets_two_trees(client: Client, cast: Cast) -> None:
    other = unit("K", "UBND tỉnh Khác", None, UnitKind.PROVINCE)
    user = make_user("two")
    for one in (cast.province, cast.office, other):
        give_role(user=user, unit=one, role=Role.CLERK, on=LONG_AGO)
    client.force_login(user)
    tops = client.get("/don-vi/?kieu=cay").context["branches"]
    assert [one.name for one in tops] == ["UBND tỉnh Khác", "UBND tỉnh Thử"]


@pytest.mark.parametrize("asked", ["", "?tim=so", "?kieu=cay", "?ngay=30/06/2025", "?thuoc=T"])
def test_a_longer_list_asks_the_database_no_more_often(clerk: Client, cast: Cast, asked: str) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get(f"/don-vi/{asked}").status_code == 200
        return len(captured)

    rename(cast.office, "Sở Mới", timezone.localdate())
    count()
    one = count()
    for number in range(3):
        more = unit(f"S{number}", f"Sở số {number}", cast.province, UnitKind.DEPARTMENT)
        rename(more, f"Sở thứ {number}", timezone.localdate())
        make_person(more, "Lê An")
    assert count() == one


def test_who_has_no_post_sees_no_list(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["stranger"])
    assert client.get("/don-vi/").status_code == 404
