"""Blocs: units that compete with each other, their head, and both on any day."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from thidua_web.journal.models import JournalLine
from thidua_web.register.actions import blocs as actions
from thidua_web.register.actions.units import end_unit
from thidua_web.register.models import Bloc, Unit
from thidua_web.register.queries import blocs as queries
from web.blocs import BEGUN, make_bloc, make_offices
from web.cast import Cast

NEW = {"name": "Khối  các sở", "unit": "UBND tỉnh Thử", "valid_from": "01/02/2021", "paper": "12/QĐ-UBND"}
LATER = datetime.date(2023, 1, 1)


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


@pytest.fixture
def bloc(cast: Cast) -> Bloc:
    """Of the cast's office and three more; the office leads it."""
    return make_bloc(cast.province, [cast.office, *make_offices(cast)], head=cast.office)


def names(bloc: Bloc, on: datetime.date) -> list[str]:
    return [one.name for one in queries.members(bloc, on)]


def change(act, bloc: Bloc, **values):
    return act(bloc=bloc, by=None, at=timezone.now(), **values)


def test_a_bloc_is_made_and_leads_on_to_its_members(clerk: Client, cast: Cast) -> None:
    answer = clerk.post("/cum-khoi/moi/", NEW)
    bloc = Bloc.objects.get()
    assert answer["Location"] == f"/cum-khoi/{bloc.pk}/thanh-vien/them/"
    assert (bloc.name, bloc.unit, bloc.paper) == ("Khối các sở", cast.province, "12/QĐ-UBND")
    line = JournalLine.objects.get(act="bloc.made")
    assert (line.actor_name, line.unit, line.label) == ("Người clerk", cast.province.pk, "Khối các sở")


def test_made_twice_it_is_one_and_another_of_its_name_is_refused(clerk: Client) -> None:
    clerk.post("/cum-khoi/moi/", NEW)
    assert clerk.post("/cum-khoi/moi/", NEW).status_code == 302
    answer = clerk.post("/cum-khoi/moi/", NEW | {"paper": "khác"})
    assert (answer.status_code, "Đã có cụm, khối tên này" in answer.content.decode()) == (422, True)
    assert Bloc.objects.count() == 1


def test_nobody_makes_blocs_for_a_unit_that_is_not_theirs(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["neighbour"])
    assert client.post("/cum-khoi/moi/", NEW).status_code == 422
    assert client.post("/cum-khoi/moi/", NEW | {"unit": "T-1"}).status_code == 302


def test_several_members_are_added_at_once_by_code_or_name(clerk: Client, cast: Cast) -> None:
    make_offices(cast)
    bloc = make_bloc(cast.province)
    answer = clerk.post(
        f"/cum-khoi/{bloc.pk}/thanh-vien/them/", {"units": "S0\nS1; sở c\nS0", "on": "01/01/2022"}, follow=True
    )
    assert "Đã thêm 3 đơn vị." in answer.content.decode()
    assert names(bloc, datetime.date(2021, 12, 31)) == []
    assert names(bloc, datetime.date(2022, 1, 1)) == ["Sở A", "Sở B", "Sở C"]
    assert JournalLine.objects.get(act="bloc.members_added").details["units"] == ["Sở A", "Sở B", "Sở C"]


def test_all_wrong_lines_are_told_at_once_and_nothing_is_written(clerk: Client, cast: Cast) -> None:
    make_offices(cast)
    bloc = make_bloc(cast.province)
    said = clerk.post(f"/cum-khoi/{bloc.pk}/thanh-vien/them/", {"units": "S0\nX1\nX2", "on": "32/1/2022"})
    text = said.content.decode()
    assert ("“X1”" in text, "“X2”" in text, "không phải là một ngày" in text) == (True, True, True)
    assert names(bloc, LATER) == []


def test_who_is_a_member_already_is_told_and_stays_as_it_was(clerk: Client, cast: Cast, bloc: Bloc) -> None:
    answer = clerk.post(f"/cum-khoi/{bloc.pk}/thanh-vien/them/", {"units": "S0", "on": "01/01/2023"}, follow=True)
    assert "Đã là thành viên từ trước: Sở A." in answer.content.decode()
    assert queries.members(bloc, BEGUN)[0].since == BEGUN


def test_a_member_that_was_to_come_later_comes_earlier(cast: Cast) -> None:
    bloc = make_bloc(cast.province, [cast.office], on=BEGUN)
    change(actions.remove_members, bloc, units=[cast.office], on=datetime.date(2021, 12, 31))
    change(actions.add_members, bloc, units=[cast.office], on=datetime.date(2024, 1, 1))
    change(actions.add_members, bloc, units=[cast.office], on=LATER)
    spans = [(row.valid_from, row.valid_to) for row in queries.spans(bloc)[0]]
    assert spans == [(BEGUN, datetime.date(2021, 12, 31)), (LATER, None)]


def test_a_unit_that_has_ended_is_not_added(cast: Cast) -> None:
    unit = make_offices(cast, 1)[0]
    end_unit(unit=unit, on=datetime.date(2022, 6, 30), successors=[cast.office])
    bloc = make_bloc(cast.province)
    with pytest.raises(ValidationError, match="không hoạt động"):
        change(actions.add_members, bloc, units=[unit, cast.office], on=LATER)
    assert names(bloc, LATER) == []


def test_a_member_that_ended_stays_in_the_past(clerk: Client, cast: Cast, bloc: Bloc) -> None:
    clerk.post(
        f"/cum-khoi/{bloc.pk}/thanh-vien/rut/",
        {"units": [Unit.objects.get(code="S0").pk, cast.office.pk], "on": "31/12/2022"},
    )
    assert names(bloc, datetime.date(2022, 12, 31)) == ["Sở A", "Sở B", "Sở C", "Sở Thử"]
    assert names(bloc, LATER) == ["Sở B", "Sở C"]
    assert queries.head(bloc, LATER) is None
    page = clerk.get(f"/cum-khoi/{bloc.pk}/?ngay=31/12/2022").content.decode()
    assert ("Như ngày 31/12/2022." in page, "Sở A" in page) == (True, True)


def test_the_head_changes_from_a_day_and_the_one_before_ends_with_the_day_before(
    clerk: Client, cast: Cast, bloc: Bloc
) -> None:
    second = Unit.objects.get(code="S1")
    clerk.post(f"/cum-khoi/{bloc.pk}/truong/", {"unit": second.pk, "on": "01/01/2023"})
    assert [(row.unit.name, row.valid_from, row.valid_to) for row in queries.spans(bloc)[1]] == [
        ("Sở Thử", BEGUN, datetime.date(2022, 12, 31)),
        ("Sở B", LATER, None),
    ]
    assert "Trưởng:" in clerk.get(f"/cum-khoi/{bloc.pk}/").content.decode()


def test_a_head_set_between_two_ends_where_the_next_begins(cast: Cast, bloc: Bloc) -> None:
    first, second, third = Unit.objects.filter(code__in=["S0", "S1", "S2"]).order_by("code")
    change(actions.set_head, bloc, unit=second, on=LATER)
    change(actions.set_head, bloc, unit=third, on=datetime.date(2022, 1, 1))
    change(actions.set_head, bloc, unit=first, on=datetime.date(2022, 1, 1))
    assert [(row.unit.code, row.valid_from.year, row.valid_to) for row in queries.spans(bloc)[1]] == [
        ("T-1", 2021, datetime.date(2021, 12, 31)),
        ("S0", 2022, datetime.date(2022, 12, 31)),
        ("S1", 2023, None),
    ]
    assert change(actions.set_head, bloc, unit=second, on=LATER) is False


def test_only_a_member_leads(cast: Cast, bloc: Bloc) -> None:
    with pytest.raises(ValidationError, match="không là thành viên"):
        change(actions.set_head, bloc, unit=cast.province, on=LATER)


def test_a_unit_in_two_blocs_of_one_maker_is_told_not_forbidden(clerk: Client, cast: Cast, bloc: Bloc) -> None:
    other = make_bloc(cast.province, name="Khối khác")
    answer = clerk.post(f"/cum-khoi/{other.pk}/thanh-vien/them/", {"units": "S0", "on": "01/01/2023"}, follow=True)
    page = answer.content.decode()
    assert ("cũng ở Khối thi đua các sở" in page, "Sở A cũng đang ở Khối thi đua các sở" in page) == (True, True)
    assert names(other, LATER) == ["Sở A"]


def test_an_ended_bloc_ends_its_members_and_takes_no_more(clerk: Client, cast: Cast, bloc: Bloc) -> None:
    assert clerk.post(f"/cum-khoi/{bloc.pk}/ket-thuc/", {"on": "31/12/2020"}).status_code == 422
    clerk.post(f"/cum-khoi/{bloc.pk}/ket-thuc/", {"on": "31/12/2022"})
    assert (names(bloc, LATER), queries.head(bloc, LATER)) == ([], None)
    assert len(names(bloc, datetime.date(2022, 12, 31))) == 4
    answer = clerk.post(f"/cum-khoi/{bloc.pk}/thanh-vien/them/", {"units": "S0", "on": "01/01/2023"})
    assert (answer.status_code, "từ 01/01/2021 đến 31/12/2022" in answer.content.decode()) == (422, True)
    page = clerk.get(f"/cum-khoi/{bloc.pk}/").content.decode()
    assert ("kết thúc ngày 31/12/2022" in page, "Sở A" in page) == (True, True)


def test_a_name_put_right_is_journaled_with_what_it_was(clerk: Client, bloc: Bloc) -> None:
    clerk.post(f"/cum-khoi/{bloc.pk}/sua/", {"name": "Khối I", "paper": "12/QĐ-UBND"})
    assert JournalLine.objects.get(act="bloc.changed").details["changes"] == {"name": ["Khối thi đua các sở", "Khối I"]}
    answer = clerk.post(f"/cum-khoi/{bloc.pk}/sua/", {"name": "Khối I", "paper": "12/QĐ-UBND"}, follow=True)
    assert "Không có gì thay đổi." in answer.content.decode()


def test_a_member_sees_its_bloc_and_its_fellows_a_stranger_nothing(client: Client, cast: Cast, bloc: Bloc) -> None:
    other = make_bloc(cast.province, name="Khối khác")
    client.force_login(cast.users["neighbour"])
    page = client.get(f"/cum-khoi/{bloc.pk}/").content.decode()
    assert ("Sở A" in page, "Thêm thành viên" in page) == (True, False)
    assert client.get(f"/cum-khoi/{other.pk}/").status_code == 404
    listed = client.get("/cum-khoi/").content.decode()
    assert ("Khối thi đua các sở" in listed, "Khối khác" in listed) == (True, False)


def test_who_was_a_member_once_still_sees_it(client: Client, cast: Cast, bloc: Bloc) -> None:
    change(actions.remove_members, bloc, units=[cast.office], on=datetime.date(2021, 12, 31))
    client.force_login(cast.users["neighbour"])
    assert client.get(f"/cum-khoi/{bloc.pk}/").status_code == 200


def test_blocs_are_found_by_a_part_of_their_name_and_by_day(clerk: Client, cast: Cast, bloc: Bloc) -> None:
    make_bloc(cast.province, name="Cụm thi đua số 1", on=LATER)

    def found(query: str) -> list[bool]:
        page = clerk.get(f"/cum-khoi/?{query}").content.decode()
        return ["Khối thi đua các sở" in page, "Cụm thi đua số 1" in page]

    assert found("tim=cac so") == [True, False]
    assert found("tim=cum") == [False, True]
    assert found("ngay=31/12/2022") == [True, False]
    assert found("ngay=hom qua") == [True, True]


def test_the_list_and_the_page_ask_the_same_however_many_there_are(clerk: Client, cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries_of(address: str) -> int:
        clerk.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert clerk.get(address).status_code == 200
        return len(caught)

    bloc = make_bloc(cast.province, [cast.office], head=cast.office)
    one = queries_of("/cum-khoi/"), queries_of(f"/cum-khoi/{bloc.pk}/")
    units = make_offices(cast)
    change(actions.add_members, bloc, units=units, on=BEGUN)
    for number in range(2):
        make_bloc(cast.province, units, name=f"Khối {number}", head=units[0])
    assert (queries_of("/cum-khoi/"), queries_of(f"/cum-khoi/{bloc.pk}/")) == one


def test_a_units_page_names_its_blocs(clerk: Client, cast: Cast, bloc: Bloc) -> None:
    assert f'href="/cum-khoi/{bloc.pk}/"' in clerk.get(f"/don-vi/{cast.office.pk}/").content.decode()
