"""Units are founded and put right; the journal knows who did it and what was before."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from thidua_web.journal.models import JournalLine
from thidua_web.register.actions.units import create_unit, end_unit
from thidua_web.register.models import Unit, UnitCode, UnitKind
from web.cast import LONG_AGO, Cast

NEW = {"name": "Phòng  Một", "code": "P1", "kind": "office", "parent": "Sở Thử", "valid_from": "01/02/2021"}
FORMSET = {"codes-TOTAL_FORMS": "2", "codes-INITIAL_FORMS": "0"}


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def add(client: Client, **changed: str):
    return client.post("/don-vi/moi/", NEW | changed)


def correct(client: Client, unit: Unit, **changed: str):
    said = {"name": unit.name, "code": unit.code, "reason": "gõ sai", **FORMSET}
    return client.post(f"/don-vi/{unit.pk}/sua/", said | changed)


def test_a_unit_is_founded_under_another(clerk: Client, cast: Cast) -> None:
    answer = add(clerk, identifier="H61.9")
    unit = Unit.objects.get(code="P1")
    assert answer["Location"] == f"/don-vi/{unit.pk}/"
    assert (unit.name, unit.path, unit.valid_from) == (
        "Phòng Một",
        f"{cast.office.path}{unit.pk}/",
        datetime.date(2021, 2, 1),
    )
    assert (unit.periods.get().name, unit.codes.get().code) == ("Phòng Một", "H61.9")
    line = JournalLine.objects.get(act="unit.created")
    assert (line.actor_name, line.unit, line.label) == ("Người clerk", unit.pk, "Phòng Một")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "t-1"}, "đã là của “Sở Thử”"),
        ({"name": " "}, "Chưa ghi tên."),
        ({"kind": "castle"}, "Hãy chọn trong danh sách."),
        ({"parent": "Ở đâu đó"}, "Không có đơn vị"),
        ({"parent": ""}, "Chưa ghi đơn vị."),
        ({"valid_from": "31/02/2021"}, "không phải là một ngày"),
        ({"valid_from": "01/01/2019"}, "không hoạt động nên không thể có đơn vị trực thuộc"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(
    clerk: Client, cast: Cast, changed: dict[str, str], said: str
) -> None:
    answer = add(clerk, **changed)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not Unit.objects.filter(code="P1").exists()
    assert not JournalLine.objects.filter(act="unit.created").exists()


def test_nobody_founds_units_out_of_their_reach(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["neighbour"])
    assert add(client, parent="UBND tỉnh Thử").status_code == 422
    assert add(client).status_code == 302


def test_a_wrong_spelling_is_put_right_everywhere_it_stood(clerk: Client, cast: Cast) -> None:
    correct(clerk, cast.office, name="Sở Thử nghiệm", code="STN")
    cast.office.refresh_from_db()
    assert (cast.office.name, cast.office.code, cast.office.periods.get().name) == (
        "Sở Thử nghiệm",
        "STN",
        "Sở Thử nghiệm",
    )
    line = JournalLine.objects.get(act="unit.corrected")
    assert line.details["changes"] == {"code": ["T-1", "STN"], "name": ["Sở Thử", "Sở Thử nghiệm"]}
    assert line.details["reason"] == "gõ sai"


def test_codes_of_others_are_added_changed_and_taken_away(clerk: Client, cast: Cast) -> None:
    UnitCode.objects.create(unit=cast.office, scheme="tax", code="01")
    rows = {
        "codes-0-scheme": "identifier", "codes-0-code": "H61.7", "codes-0-valid_from": "01/08/2025",
        "codes-1-scheme": "tax", "codes-1-code": "",
    }  # fmt: skip
    correct(clerk, cast.office, **rows)
    code = cast.office.codes.get()
    assert (code.scheme, code.code, code.valid_from) == ("identifier", "H61.7", datetime.date(2025, 8, 1))


def test_the_same_code_twice_and_a_reason_left_out_are_refused(clerk: Client, cast: Cast) -> None:
    rows = {f"codes-{n}-{name}": value for n in (0, 1) for name, value in (("scheme", "tax"), ("code", "7"))}
    assert "Một mã được ghi hai lần." in correct(clerk, cast.office, **rows).content.decode()
    assert "Chưa ghi lý do sửa." in correct(clerk, cast.office, reason="").content.decode()


def test_correcting_nothing_writes_nothing(clerk: Client, cast: Cast) -> None:
    answer = clerk.post(
        f"/don-vi/{cast.office.pk}/sua/",
        {"name": cast.office.name, "code": cast.office.code, "reason": "x", **FORMSET},
        follow=True,
    )
    assert "Không có gì thay đổi." in answer.content.decode()
    assert not JournalLine.objects.filter(act="unit.corrected").exists()


def test_nothing_is_founded_under_an_ended_unit(clerk: Client, cast: Cast) -> None:
    district = create_unit(
        code="H", name="UBND huyện Cũ", kind=UnitKind.DISTRICT, parent=cast.province, valid_from=LONG_AGO
    )
    end_unit(unit=district, on=datetime.date(2025, 6, 30), successors=[cast.office])
    assert "Không có đơn vị" in add(clerk, parent="H").content.decode()
