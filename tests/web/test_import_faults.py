"""Whatever a file holds: every fault is told at once, nothing crashes, no reader takes the worker along."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thidua.errors import UnreadableError
from thidua.register.kinds import sheet_kinds
from thidua.register.sheets import read_sheet
from thidua_web.register.models import ImportRow, ImportRun
from thidua_web.register.workbooks import reading
from thidua_web.register.workbooks.reading import read_workbook
from thidua_web.register.workbooks.recognise import check_workbook
from web.cast import Cast
from web.listing import codes, send, workbook

pytestmark = pytest.mark.looks

LIMIT = 50 * 1024 * 1024
TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
CELL = st.one_of(
    st.none(), TEXT, st.floats(allow_nan=False, allow_infinity=False), st.integers(-(10**12), 10**12), st.booleans()
)
QUIET = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def opened(data: bytes, kind: str = "people") -> list[list[Any]]:
    return list(read_workbook(data, "a.xlsx", kind).rows())


def test_every_fault_of_every_row_is_told_at_once(cast: Cast) -> None:
    rows = [
        {"full_name": "Lê Văn An", "birth": "31/02/1990", "sex": "Khác", "unit_code": "KHONG"},
        {"full_name": "", "birth": "1990", "unit_code": "T-1", "position": "Văn thư"},
        {"full_name": "Phạm Thị Hà", "birth": "1990", "unit_code": "T-1"},
        {"full_name": "Vũ Văn Ba", "birth": "05/1990", "unit_name": "Sở Nào Đó"},
    ]
    run = send(cast, "people", workbook("people", rows))

    assert (run.counts["new"], run.counts["fault"]) == (1, 3)
    assert codes(run, 2) == ["cell.impossible_day", "cell.no_choice", "place.no_unit_code"]
    assert codes(run, 3) == ["cell.required"]
    assert codes(run, 5)[-1] == "place.no_unit_name"
    told = [one["params"] for one in ImportRow.objects.get(run=run, number=2).findings]
    assert [(params["row"], params["column"]) for params in told] == [(2, "B"), (2, "C"), (2, "D")]


def test_faults_are_paged_fifty_at_a_time(cast: Cast) -> None:
    rows = [{"full_name": "Lê Văn An", "unit_code": f"KHONG{n}"} for n in range(120)]
    run = send(cast, "people", workbook("people", rows))
    client = Client()
    client.force_login(cast.users["clerk"])

    first, last = (client.get(f"/danh-ba/{run.pk}/?muc=fault&trang={n}").content.decode() for n in (1, 3))
    assert first.count('class="list-row"') == 50
    assert last.count('class="list-row"') == 20
    assert "101–120 trong 120" in last
    assert client.get(f"/danh-ba/{run.pk}/?muc=fault&trang=99999999999").status_code == 200


def test_headings_signatures_and_numbered_lines_between_are_noted_and_passed_over(cast: Cast) -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("Người")
        sheet.write_row(0, 0, ["UBND TỈNH THỬ"])
        sheet.write_row(2, 0, ["Họ và tên", "Mã đơn vị", "Chức vụ"])
        sheet.write_row(3, 0, ["(1)", "(2)", "(3)"])
        sheet.write_row(4, 0, ["Lê Văn An", "T-1", "Văn thư"])
        sheet.write_row(6, 1, ["Người lập biểu"])
    run = send(cast, "people", data.getvalue())

    assert (run.counts["all"], run.counts["new"]) == (1, 1)
    assert [one["code"] for one in run.findings] == ["sheet.not_a_row"] * 2


@given(rows=st.lists(st.lists(CELL, max_size=16), max_size=6))
@QUIET
@pytest.mark.parametrize("kind", ["units", "people", "ratings", "awards"])
def test_no_cells_whatever_crash_the_reading(kind: str, cast: Cast, rows: list[list[Any]]) -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(sheet_kinds()[kind].sheet)
        sheet.write_row(0, 0, [column.header for column in sheet_kinds()[kind].column])
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
    ImportRun.objects.all().update(state="stopped")
    run = send(cast, kind, data.getvalue())

    assert run.state in ("checked", "unreadable")
    assert "list.failed" not in [one["code"] for one in run.findings]


@given(cut=st.integers(0, 6000), flips=st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255)), max_size=8))
@QUIET
def test_no_broken_file_crashes_the_reading(cut: int, flips: list[tuple[int, int]]) -> None:
    data = bytearray(workbook("people", [{"full_name": "Lê Văn An", "unit_code": "T-1"}]))
    for place, value in flips:
        data[place % len(data)] = value
    broken = bytes(data[: cut or len(data)])
    with suppress(UnreadableError):
        check_workbook(broken, "a.xlsx", limit=LIMIT)
        header, rows = read_sheet(sheet_kinds()["people"], opened(broken))
        assert header.findings or list(rows)


def test_a_cell_at_the_end_of_the_world_takes_only_the_reader_down() -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("Người")
        sheet.write(0, 0, "Họ và tên")
        sheet.write(1_048_575, 16_383, "x")

    with pytest.raises(UnreadableError, match=r"list\.(crashed|too_many_rows|too_wide)"):
        opened(data.getvalue())


def test_a_sheet_that_unpacks_to_gigabytes_is_refused() -> None:
    data = io.BytesIO(workbook("people", [{"full_name": "Lê Văn An"}]))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/bom.bin", b"\0" * 600_000_000)

    with pytest.raises(UnreadableError, match=r"list\.zip_bomb"):
        check_workbook(data.getvalue(), "a.xlsx", limit=LIMIT)


def test_a_sheet_with_entities_is_refused() -> None:
    source = zipfile.ZipFile(io.BytesIO(workbook("people", [{"full_name": "Lê Văn An"}])))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as parts:
        for name in source.namelist():
            text = source.read(name)
            if name.endswith("sheet1.xml"):
                text = text.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', 1)
            parts.writestr(name, text)

    with pytest.raises(UnreadableError, match=r"list\.entities"):
        check_workbook(data.getvalue(), "a.xlsx", limit=LIMIT)


def test_more_text_than_a_list_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook("people", [{"full_name": "Lê Văn An", "position": "Chuyên viên"}])
    monkeypatch.setattr(reading, "MOST_BYTES", 20)

    with pytest.raises(UnreadableError, match=r"list\.too_much_text"):
        opened(data)


@pytest.mark.parametrize(("rows", "columns", "code"), [(200_100, 1, "list.too_many_rows"), (2, 600, "list.too_wide")])
def test_lists_beyond_the_bounds_are_told(rows: int, columns: int, code: str) -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet("Người")
        sheet.write(0, 0, "Họ và tên")
        sheet.write(rows - 1, columns - 1, "x")

    with pytest.raises(UnreadableError, match=code.replace(".", r"\.")):
        opened(data.getvalue())
