"""The page of one unit: what it is and was, who leads on from it, and nothing that it cannot have."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from thidua_web.register.actions.units import create_unit, end_unit
from thidua_web.register.models import Appointment, AwardRecord, Rating, Unit, UnitCode, UnitKind
from web.cast import LONG_AGO, Cast
from web.register_rows import make_person, rename

REFORM = datetime.date(2025, 7, 1)


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def page_of(client: Client, unit: Unit) -> str:
    return client.get(f"/don-vi/{unit.pk}/").content.decode()


def test_it_shows_where_the_unit_stands_who_heads_it_and_how_it_was_rated(clerk: Client, cast: Cast) -> None:
    head = make_person(cast.office, "Lê Thị Trưởng", position="Giám đốc")
    Appointment.objects.filter(person=head).update(is_head=True)
    UnitCode.objects.create(unit=cast.office, scheme="identifier", code="H61.7")
    Rating.objects.create(unit=cast.office, year=2025, level="excellent", paper="12/QĐ-UBND")
    AwardRecord.objects.create(unit=cast.office, year=2024, title="Tập thể lao động xuất sắc", decision="7/QĐ")
    page = page_of(clerk, cast.office)
    for said in (
        "UBND tỉnh Thử", "Lê Thị Trưởng", "Giám đốc", "H61.7", "Hoàn thành xuất sắc nhiệm vụ", "12/QĐ-UBND",
        "Tập thể lao động xuất sắc", "hoạt động từ 01/01/2020",
    ):  # fmt: skip
        assert said in page


def test_two_heads_at_once_are_pointed_out(clerk: Client, cast: Cast) -> None:
    for name in ("Lê Một", "Lê Hai"):
        Appointment.objects.filter(person=make_person(cast.office, name)).update(is_head=True)
    assert "Có hơn một người đứng đầu cùng lúc." in page_of(clerk, cast.office)


def test_its_history_tells_names_places_and_the_papers_of_reforms(clerk: Client, cast: Cast) -> None:
    rename(cast.office, "Sở Mới", REFORM)
    page = page_of(clerk, cast.office)
    assert "Đổi tên từ “Sở Thử” thành “Sở Mới”" in page
    assert page.index("01/07/2025") < page.index("Thành lập: Sở Thử")


def test_an_ended_unit_says_so_leads_to_its_successors_and_offers_nothing_new(clerk: Client, cast: Cast) -> None:
    district = create_unit(
        code="H", name="UBND huyện Cũ", kind=UnitKind.DISTRICT, parent=cast.province, valid_from=LONG_AGO
    )
    end_unit(unit=district, on=REFORM, successors=[cast.office])
    page = page_of(clerk, district)
    assert "Đơn vị đã kết thúc ngày 01/07/2025." in page
    assert f'<a href="/don-vi/{cast.office.pk}/">Sở Thử</a>' in page
    assert ("/nguoi/moi/" in page, "/don-vi/moi/" in page) == (False, False)


def test_units_out_of_reach_are_named_but_lead_nowhere(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["neighbour"])
    page = page_of(client, cast.office)
    assert ("UBND tỉnh Thử" in page, f'href="/don-vi/{cast.province.pk}/"' in page) == (True, False)


def test_the_administrator_sees_no_ratings_and_no_awards(client: Client, cast: Cast) -> None:
    Rating.objects.create(unit=cast.province, year=2025, level="excellent", paper="12/QĐ-UBND")
    client.force_login(cast.users["administrator"])
    page = page_of(client, cast.province)
    assert ("12/QĐ-UBND" in page, "Xếp loại hằng năm" in page, "Khen thưởng đã có" in page) == (False, False, False)


def test_more_of_everything_asks_the_database_no_more_often(clerk: Client, cast: Cast) -> None:
    def fill(number: int) -> None:
        create_unit(
            code=f"P{number}", name=f"Phòng {number}", kind=UnitKind.OFFICE, parent=cast.office, valid_from=LONG_AGO
        )
        Appointment.objects.filter(person=make_person(cast.office, f"Lê {number}")).update(is_head=True)
        Rating.objects.create(unit=cast.office, year=2020 + number, level="good")
        AwardRecord.objects.create(unit=cast.office, year=2020 + number, title="Cờ")
        UnitCode.objects.create(unit=cast.office, scheme="tax", code=str(number))

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(clerk, cast.office)
        return len(captured)

    fill(0)
    count()
    one = count()
    for number in (1, 2):
        fill(number)
    assert count() == one
