"""Lists of households: known by code, or by head and address; what may be the same waits for somebody to look."""

from __future__ import annotations

import datetime
import io

import pytest
from django.test import Client
from python_calamine import load_workbook

from thidua_web.register.actions import imports
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import AwardRecord, Household, ImportRow, Unit, UnitKind
from web.cast import LONG_AGO, Cast
from web.listing import codes, fresh, outcomes, send, take_in, undo, workbook, write

AN = {"head_name": "Nguyễn Văn An", "head_sex": "Nam", "unit_code": "X1", "address": "Thôn Đông", "code": "H-1"}
BE = {"head_name": "Trần Thị Bé", "head_sex": "Nữ", "unit_code": "X1", "address": "Thôn Tây"}


@pytest.fixture(autouse=True)
def commune(cast: Cast) -> Unit:
    return create_unit(code="X1", name="Xã Một", kind=UnitKind.COMMUNE, parent=cast.province, valid_from=LONG_AGO)


def sent(cast: Cast, *rows: dict[str, str]) -> dict[int, str]:
    return outcomes(send(cast, "households", workbook("households", rows)))


def test_a_list_of_households_comes_in_and_goes_back_as_one(cast: Cast, commune: Unit) -> None:
    run = take_in(cast, "households", [AN | {"valid_from": "01/05/2010"}, BE])
    first, second = Household.objects.order_by("sort_text")
    assert (first.name, first.unit, first.address, first.code, first.valid_from, second.name) == (
        "Hộ ông Nguyễn Văn An", commune, "Thôn Đông", "H-1", datetime.date(2010, 5, 1), "Hộ bà Trần Thị Bé",
    )  # fmt: skip
    assert first.folded.startswith("nguyen van an")
    undo(cast, run)
    assert not Household.objects.exists()


def test_the_same_again_is_known_and_what_differs_is_changed(cast: Cast) -> None:
    take_in(cast, "households", [AN, BE])
    assert sent(cast, AN, BE) == {2: "same", 3: "same"}
    run = take_in(cast, "households", [AN | {"head_name": "Lê Thị Hoa", "head_sex": "Nữ"}, BE | {"code": "H-2"}])
    assert run.counts["changed"] == 2
    assert [one.name for one in Household.objects.order_by("pk")] == ["Hộ bà Lê Thị Hoa", "Hộ bà Trần Thị Bé"]
    assert Household.objects.get(code="H-2").head_name == "Trần Thị Bé"
    undo(cast, run)
    assert Household.objects.get(code="H-1").name == "Hộ ông Nguyễn Văn An"


def test_a_head_of_the_same_name_is_looked_at(cast: Cast) -> None:
    take_in(cast, "households", [BE])
    same_name = {name: value for name, value in BE.items() if name != "address"}
    assert sent(cast, same_name, BE | {"address": "Thôn Nam"}) == {2: "doubt", 3: "new"}
    run = send(cast, "households", workbook("households", [same_name | {"code": "H-5"}]))
    row = ImportRow.objects.get(run=run)
    there = Household.objects.get()
    assert (row.doubt, [one["id"] for one in row.candidates]) == ("doubt.household", [there.pk])
    assert imports.choose(run=run, sheet=row.sheet, number=2, choice=f"same:{there.pk}")
    write(cast, fresh(run))
    there.refresh_from_db()
    assert (there.code, there.address, Household.objects.count()) == ("H-5", "Thôn Tây", 1)


def test_every_fault_is_told_at_once(cast: Cast) -> None:
    rows = [
        AN | {"head_name": ""},
        AN | {"unit_code": "T-1"},
        AN | {"unit_code": "X9"},
        AN | {"code": "H-4", "valid_from": "02/01/2024", "valid_to": "01/01/2024"},
        BE,
        BE | {"head_sex": "Nam"},
    ]
    run = send(cast, "households", workbook("households", rows))
    assert outcomes(run) == {2: "fault", 3: "fault", 4: "fault", 5: "fault", 6: "new", 7: "fault"}
    assert [codes(run, number) for number in (2, 3, 4, 5)] == [
        ["cell.required"], ["place.not_housing"], ["place.no_unit_code"], ["row.order"],
    ]  # fmt: skip
    assert "place.same_household" in codes(run, 7)


def test_one_who_was_commended_since_stays_when_the_list_goes_back(cast: Cast) -> None:
    run = take_in(cast, "households", [AN, BE])
    AwardRecord.objects.create(household=Household.objects.get(code="H-1"), title="Gia đình văn hóa", year=2024)
    run = undo(cast, run)
    assert (Household.objects.get().code, codes(run, 2)) == ("H-1", ["undo.in_use"])


def test_one_that_somebody_added_meanwhile_is_not_added_twice(cast: Cast, commune: Unit) -> None:
    run = send(cast, "households", workbook("households", [AN, BE]))
    Household.objects.create(head_name="Ai Đó", code="h-1", unit=commune)
    run = write(cast, run)
    assert (Household.objects.count(), codes(run, 2)) == (2, ["write.now_there"])


def test_what_goes_out_comes_back_as_known(client: Client, cast: Cast) -> None:
    take_in(cast, "households", [AN, BE])
    client.force_login(cast.users["clerk"])
    answer = client.post("/danh-ba/tai-ve/", {"kind": "households"})
    data = b"".join(answer.streaming_content)
    cells = load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in cells][-2:] == ["Nguyễn Văn An", "Trần Thị Bé"]
    assert list(outcomes(send(cast, "households", data)).values()) == ["same", "same"]


def test_the_page_of_a_list_shows_both_sides_of_a_doubt(client: Client, cast: Cast) -> None:
    take_in(cast, "households", [BE])
    rows = [{name: value for name, value in BE.items() if name != "address"}]
    run = send(cast, "households", workbook("households", rows))
    client.force_login(cast.users["clerk"])
    page = client.get(f"/danh-ba/{run.pk}/?muc=doubt").content.decode()
    for words in ("Là hộ này", "Hộ khác: thêm mới", "Chủ hộ cùng tên trong xã", "Thôn Tây"):
        assert words in page, words
    assert client.get("/danh-ba/mau/households.xlsx").status_code == 200


# --- Awards of households ---------------------------------------------------------------------------------------------

CULTURED = {"who": "Hộ gia đình", "title": "Gia đình văn hóa", "year": "2024", "unit_code": "X1"}


def test_awards_of_households_come_in_with_those_of_people_and_units(cast: Cast) -> None:
    take_in(cast, "households", [AN, BE, AN | {"code": "H-9", "address": "Thôn Tây"}])
    by_name, by_code = CULTURED | {"full_name": "TRẦN THỊ BÉ"}, CULTURED | {"person_code": "h-1"}
    several, nobody = CULTURED | {"full_name": "Nguyễn Văn An"}, CULTURED | {"full_name": "Lê Không"}
    run = take_in(cast, "awards", [by_name, by_code, several, nobody])
    assert outcomes(run) == {2: "new", 3: "new", 4: "fault", 5: "fault"}
    assert [codes(run, number) for number in (4, 5)] == [["place.several_households"], ["place.no_household"]]
    found = {row.household: row for row in AwardRecord.objects.all()}
    assert {of.code: (row.recipient_name, row.unit_name) for of, row in found.items()} == {
        "H-1": ("Hộ ông Nguyễn Văn An", "Xã Một"),
        "": ("Hộ bà Trần Thị Bé", "Xã Một"),
    }
    assert outcomes(send(cast, "awards", workbook("awards", [by_name, by_code]))) == {2: "same", 3: "same"}
    undo(cast, run)
    assert not AwardRecord.objects.exists()


def test_awards_of_households_go_out_with_the_others_and_come_back_as_known(client: Client, cast: Cast) -> None:
    take_in(cast, "households", [AN, BE])
    take_in(cast, "awards", [CULTURED | {"person_code": "H-1"}, CULTURED | {"full_name": "Trần Thị Bé"}])
    client.force_login(cast.users["clerk"])
    data = b"".join(client.post("/danh-ba/tai-ve/", {"kind": "awards"}).streaming_content)
    assert list(outcomes(send(cast, "awards", data)).values()) == ["same", "same"]
