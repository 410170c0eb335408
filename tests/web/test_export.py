"""Lists that go out: they come in again without a change, say no formula, and hide what is sensitive."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from python_calamine import load_workbook

from thidua.register.kinds import sheet_kinds
from thidua_web.journal.models import JournalLine
from thidua_web.register.models import ImportRow, Person
from web.cast import Cast
from web.listing import codes, fresh, send, take_in, workbook

PEOPLE = [
    {"full_name": "Nguyễn Thị Mai", "code": "CB1", "birth": "05/03/1985", "sex": "Nữ", "unit_code": "T-1"}
    | {"position": "Trưởng phòng", "is_head": "x", "post_from": "01/07/2025"},
    {"full_name": "Nguyễn Thị Mai", "code": "CB1", "birth": "05/03/1985", "unit_code": "T-1", "position": "Bí thư"},
    {"full_name": "Trần Văn Bình", "birth": "1990", "unit_code": "T-1", "position": "Chuyên viên"},
    {"full_name": "Trần Văn Bình", "birth": "1991", "unit_code": "T-1", "position": "Chuyên viên"},
    {"full_name": "Lê Văn Không Ngày", "unit_code": "T", "position": "=1+1"},
]
SECRET = {"id_number": "001085000123", "ethnicity": "Tày", "religion": "Không", "party_member": "x"}
KINDS = ("units", "people", "ratings", "awards")


@pytest.fixture
def filled(cast: Cast) -> Cast:
    """A little of everything."""
    office = {"name": "Phòng Một", "kind": "Phòng, đơn vị trực thuộc", "parent_code": "T-1", "identifier": "H63.01.02"}
    take_in(cast, "units", [{"code": "P1"} | office | {"valid_from": "01/03/2025"}])
    take_in(cast, "people", [PEOPLE[0] | SECRET, *PEOPLE[1:]])
    rating = {"year": "2025", "level": "Hoàn thành tốt nhiệm vụ", "paper": "45/QĐ-SNV"}
    mai = {"full_name": "Nguyễn Thị Mai", "person_code": "CB1"}
    take_in(cast, "ratings", [rating | mai | {"who": "Cá nhân"}, rating | {"who": "Tổ chức đảng", "unit_code": "T-1"}])
    award = {"title": "Chiến sĩ thi đua cơ sở", "year": "2024", "decision": "1/QĐ", "decided_on": "20/12/2024"}
    take_in(cast, "awards", [award | mai | {"who": "Cá nhân"}, award | {"who": "Tập thể", "unit_code": "T-1"}])
    return cast


def export(cast: Cast, kind: str, *, by: str = "clerk", **more: str) -> bytes:
    client = Client()
    client.force_login(cast.users[by])
    answer = client.post("/danh-ba/tai-ve/", {"kind": kind, **more})
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def cells(data: bytes) -> list[list[str]]:
    return load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_comes_in_without_a_change(filled: Cast, kind: str) -> None:
    run = send(filled, kind, export(filled, kind))

    assert run.counts["all"] >= 2
    assert {(row.outcome, row.label) for row in run.rows.exclude(outcome="same")} == set()


def test_with_sensitive_data_too(filled: Cast) -> None:
    data = export(filled, "people", sensitive="1")
    assert "001085000123" in str(cells(data))

    run = send(filled, "people", data)
    assert set(ImportRow.objects.filter(run=run).values_list("outcome", flat=True)) == {"same"}


def test_a_changed_cell_is_the_only_change(filled: Cast) -> None:
    from xlsxwriter import Workbook

    rows = cells(export(filled, "people"))
    place = next(index for index, cell in enumerate(rows[0]) if cell.startswith("Chức vụ"))
    rows[-1][place] = "Tổ trưởng"
    data = io.BytesIO()
    with Workbook(data, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Người")
        for number, row in enumerate(rows):
            for index, cell in enumerate(row):
                sheet.write_string(number, index, str(cell))
    run = send(filled, "people", data.getvalue())

    assert (run.counts["changed"], run.counts["same"]) == (1, run.counts["all"] - 1)


def test_sensitive_data_are_masked_unless_asked_for_and_every_export_is_journaled(filled: Cast) -> None:
    masked, told = str(cells(export(filled, "people"))), str(cells(export(filled, "people", sensitive="1")))

    assert "Tày" not in masked
    assert "•••" in masked
    assert "Tày" in told
    lines = list(JournalLine.objects.filter(act="list.exported").order_by("number").values_list("details", flat=True))
    assert [(line["sensitive"], line["rows"]) for line in lines] == [(False, 5), (True, 5)]


def test_who_may_not_see_sensitive_data_does_not_get_them(filled: Cast) -> None:
    client = Client()
    client.force_login(filled.users["administrator"])

    assert client.post("/danh-ba/tai-ve/", {"kind": "people", "sensitive": "1"}).status_code == 403


def test_ratings_in_the_party_go_out_only_to_those_who_may_see_sensitive_data(filled: Cast) -> None:
    mine = {"full_name": "Nguyễn Thị Mai", "person_code": "CB1", "who": "Đảng viên", "year": "2025"}
    take_in(filled, "ratings", [mine | {"level": "Hoàn thành xuất sắc nhiệm vụ", "paper": "12-QĐ/TW"}])
    told = {by: "12-QĐ/TW" in str(cells(export(filled, "ratings", by=by))) for by in ("clerk", "auditor")}
    assert told == {"clerk": True, "auditor": False}


def test_nothing_in_a_cell_is_a_formula(filled: Cast) -> None:
    with zipfile.ZipFile(io.BytesIO(export(filled, "people"))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()

    assert "=1+1" in sheet
    assert "<f>" not in sheet


def test_only_what_stands_below_the_own_unit_goes_out(filled: Cast) -> None:
    assert Person.objects.filter(unit=filled.province).exists()
    assert "Lê Văn Không Ngày" not in str(cells(export(filled, "people", by="neighbour")))


@pytest.mark.parametrize("kind", [*KINDS, "reforms"])
def test_a_template_has_every_column_and_is_read_as_its_kind(cast: Cast, kind: str) -> None:
    client = Client()
    client.force_login(cast.users["administrator" if kind in ("reforms", "units") else "clerk"])
    book = load_workbook(io.BytesIO(client.get(f"/danh-ba/mau/{kind}.xlsx").content))
    sheet = sheet_kinds()[kind]
    headers = [str(cell).removesuffix(" *") for cell in book.get_sheet_by_index(0).to_python()[0]]

    assert book.sheet_names[:3] == [sheet.sheet, "Hướng dẫn", "Mã đơn vị"]
    assert headers == [column.header for column in sheet.column if column.key != "register_number"]
    assert [row[0] for row in book.get_sheet_by_name("Mã đơn vị").to_python()] == ["Mã đơn vị", "T", "T-1"]
    guide = book.get_sheet_by_name("Hướng dẫn").to_python()
    told = {row[0]: row for row in guide}
    assert all(told[header][2] and told[header][4] for header in headers)


def test_an_empty_template_sent_back_is_told(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.users["clerk"])
    run = send(cast, "people", client.get("/danh-ba/mau/people.xlsx").content)

    assert (fresh(run).state, run.findings[0]["code"]) == ("unreadable", "list.no_rows")


def test_faulty_rows_go_out_as_they_stood_with_the_reason_and_come_in_when_mended(filled: Cast) -> None:
    rows = [
        {"full_name": "Phạm Văn Đúng", "code": "00123", "unit_code": "T-1", "ethnicity": "Nùng", "birth": "1990"},
        {"full_name": "Phạm Văn Sai", "code": "00124", "unit_code": "KHONG", "ethnicity": "Nùng", "birth": "1.1.91"},
    ]
    run = send(filled, "people", workbook("people", rows))
    client = Client()
    client.force_login(filled.users["clerk"])
    data = b"".join(client.get(f"/danh-ba/{run.pk}/loi.xlsx").streaming_content)

    (head, row) = cells(data)
    assert (head[0], row[1:6]) == ("Ghi chú", ["Phạm Văn Sai", "00124", "KHONG", "Nùng", "1.1.91"])
    assert "Không có đơn vị nào mang mã “KHONG”" in row[0]
    assert "[C]" in row[0]
    again = send(filled, "people", data)
    assert codes(again, 2) == codes(run, 3)
    assert JournalLine.objects.filter(act="list.faults_exported").count() == 1
