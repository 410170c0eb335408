"""The real reform of 01/07/2025, out of its Excel table: a province of six hundred units."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import User
from thidua_web.register.actions import reforms as actions
from thidua_web.register.actions.reform_lists import take_list
from thidua_web.register.models import Reform, Unit, UnitPeriod
from thidua_web.register.queries import reforms as queries
from web import mekong
from web.cast import LONG_AGO, make_user

EVE = datetime.date(2025, 6, 30)


@pytest.fixture
def units(db: None) -> dict[str, Unit]:
    return mekong.make_units()


@pytest.fixture
def admin(units: dict[str, Unit]) -> User:
    """Of all three: a reform beyond one's own units is refused."""
    user = make_user("quantri")
    for province in mekong.PROVINCES:
        give_role(user=user, unit=units[province.code], role=Role.ADMINISTRATOR, on=LONG_AGO)
    return user


def taken(units: dict[str, Unit], admin: User) -> Reform:
    found = take_list(data=mekong.workbook(), name="sap-xep.xlsx", unit=units["CT"], by=admin, at=timezone.now())
    assert (found.faults, found.doubts, len(found.drafts)) == ((), [], 1)
    return found.drafts[0]


def test_there_were_six_hundred_units(units: dict[str, Unit]) -> None:
    counts = {kind: sum(row.kind == kind for row in mekong.before()) for kind in ("province", "district", "department")}
    assert (counts, len(units)) == ({"province": 3, "district": 28, "department": 39}, 607)
    assert sum(row.kind in ("commune", "ward", "township") for row in mekong.before()) == 264


def test_its_table_is_carried_out_without_a_fault(units: dict[str, Unit], admin: User) -> None:
    reform = taken(units, admin)
    paths = [units[province.code].path for province in mekong.PROVINCES]
    shape = queries.shape_of(reform, paths=paths)
    assert [one.code for one in shape.faults] == []
    actions.order(reform=reform, by=admin, at=timezone.now())
    assert actions.carry_out(reform=reform, at=timezone.now(), today=timezone.localdate()).done
    living = Unit.objects.filter(valid_to__isnull=True)
    assert living.filter(kind__in=("district", "township")).count() == 0
    assert living.filter(kind__in=("commune", "ward")).count() == mekong.NEW_COMMUNES
    assert list(living.filter(kind="province").values_list("name", flat=True)) == [mekong.CAN_THO.name]
    assert living.filter(kind="department").count() == len(mekong.DEPARTMENTS)
    assert living.exclude(path__startswith=units["CT"].path).count() == 0
    old = UnitPeriod.objects.filter(unit__code="HG").values_list("name", "valid_to").get()
    assert old == ("Ủy ban nhân dân tỉnh Hậu Giang", EVE)
    assert Unit.objects.get(code="HG").heir.code == "CT"


def test_from_one_province_alone_it_is_refused(units: dict[str, Unit], admin: User) -> None:
    shape = queries.shape_of(taken(units, admin), paths=[units["CT"].path])
    assert {one.code for one in shape.faults} == {"reform.no_unit"}


def test_its_pages_are_there_at_once(client: Client, units: dict[str, Unit], admin: User) -> None:
    """As many queries as for a small one; the whole of it in two megabytes."""
    client.force_login(admin)
    file = SimpleUploadedFile("sap-xep.xlsx", mekong.workbook())
    address = client.post("/to-chuc-lai/tu-excel/", {"file": file})["Location"]
    for path in (address, f"{address}so-sanh/"):
        with CaptureQueriesContext(connection) as queried:
            shown = client.get(path)
        assert (shown.status_code, len(queried) < 40, len(shown.content) < 2_000_000) == (200, True, True)
    done = client.post(f"{address}thuc-hien/", follow=True).content.decode()
    assert "Đang thực hiện với" in done


@pytest.mark.parametrize(
    ("wrong", "where", "error"),
    [
        ({"old_codes": ""}, "B2", "Mã đơn vị cũ"),
        ({"act": "Bán"}, "A2", "Bán"),
        ({"on": "32/13/2025"}, "H2", "32/13/2025"),
    ],
)
def test_every_fault_of_a_table_is_told_by_its_cell_and_nothing_is_drafted(
    client: Client, units: dict[str, Unit], admin: User, wrong: dict[str, Any], where: str, error: str
) -> None:
    client.force_login(admin)
    rows = [row | wrong for row in mekong.table()[:1]] + [mekong.table()[1] | {"document": ""}]
    file = SimpleUploadedFile("sap-xep.xlsx", mekong.workbook(rows))
    shown = client.post("/to-chuc-lai/tu-excel/", {"file": file}).content.decode()
    assert ("2 lỗi phải sửa" in shown, where in shown, error in shown, "I3" in shown) == (True, True, True, True)
    assert Reform.objects.count() == 0


@pytest.mark.parametrize("data", [b"", b"khong phai tep Excel", b"PK\x03\x04hong"])
def test_another_file_is_refused_in_words(client: Client, units: dict[str, Unit], admin: User, data: bytes) -> None:
    client.force_login(admin)
    answer = client.post("/to-chuc-lai/tu-excel/", {"file": SimpleUploadedFile("a.xlsx", data)})
    assert (answer.status_code, "error" in answer.content.decode() or "lỗi" in answer.content.decode()) == (200, True)
