"""The report as a workbook: taken along, filled in without a network, sent back, seen first, taken back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from thidua.errors import UnreadableError
from thidua_web.journal.models import JournalLine
from thidua_web.progress.models import ReportSheet
from thidua_web.progress.models.cells import cells_of
from thidua_web.progress.workbooks.form import MEMORY, TARGETS, WORDS, WORKS
from thidua_web.progress.workbooks.reading import read
from thidua_web.progress.workbooks.understanding import WANTED, understand
from web.cast import Cast
from web.launched import in_days, today
from web.reported import PDF, Told, file, make_target, make_told, send, write

Rows = dict[str, list[list[Any]]]


@pytest.fixture
def told(cast: Cast) -> Told:
    return make_told(cast)


def taken(client: Client, told: Told) -> bytes:
    client.force_login(told.clerk)
    answer = client.get(f"{told.page}bieu.xlsx")
    assert answer.status_code == 200
    return answer.content


def rows_of(data: bytes) -> Rows:
    book = load_workbook(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def filled(data: bytes, changes: Mapping[tuple[str, int, int], Any], *, drop: str = "") -> bytes:
    """As somebody's spreadsheet saves it again: all sheets, with these cells (sheet, row, column from 0) changed."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name, rows in rows_of(data).items():
        if name == drop:
            continue
        sheet = book.add_worksheet(name)
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                if (name, y, x) not in changes and cell not in ("", None):
                    sheet.write(y, x, cell)
        for (where, y, x), value in changes.items():
            if where == name and value not in (None, ""):
                sheet.write(y, x, value)
    book.close()
    return made.getvalue()


# Where the cells of the one target and the one work stand.
VALUE, NOTE = (TARGETS, 4, 5), (TARGETS, 4, 6)
PERCENT, STARTED, FINISHED = (WORKS, 4, 6), (WORKS, 4, 7), (WORKS, 4, 8)
NARRATIVE = (WORDS, 4, 0)


def sent(client: Client, told: Told, data: bytes, name: str = "bieu.xlsx") -> ReportSheet | None:
    answer = client.post(f"{told.page}bieu/", {"file": file(data, name)})
    assert answer.status_code == 302
    return ReportSheet.objects.order_by("-pk").first()


def written(client: Client, sheet: ReportSheet, **more: Any) -> str:
    page = client.get(f"/bao-cao/bieu/{sheet.pk}/").content.decode()
    revision = re.search(r'name="revision" value="(\d+)"', page)
    data = {"revision": revision[1] if revision else "0"} | more
    return client.post(f"/bao-cao/bieu/{sheet.pk}/ghi/", data, follow=True).content.decode()


def held(told: Told) -> dict[str, Any]:
    return cells_of(told.report)


def test_what_is_known_is_locked_and_what_is_asked_is_open(client: Client, told: Told) -> None:
    data = taken(client, told)
    rows = rows_of(data)
    assert list(rows) == [TARGETS, WORKS, WORDS, MEMORY]
    assert rows[TARGETS][4][:4] == ["1", "Tỷ lệ hồ sơ đúng hạn", "≥ 99%", "90%"]
    assert rows[WORKS][4][1] == "Sửa trụ sở tiếp dân"
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheet, book = parts.read("xl/worksheets/sheet1.xml").decode(), parts.read("xl/workbook.xml").decode()
    assert "<sheetProtection" in sheet
    assert "<dataValidation " in sheet
    assert re.search(r'<col min="8" max="8"[^>]*hidden="1"', sheet)
    assert 'name="thidua" sheetId="4" state="veryHidden"' in book


def test_it_comes_back_as_it_was_written(client: Client, told: Told) -> None:
    said = {
        f"v{told.target.pk}": "1.234,5",
        f"p{told.work.pk}": "40",
        f"s{told.work.pk}": "15/03/2026",
        "t0": "Lời\nhai",
    }
    client.force_login(told.clerk)
    write(client, told, **said)
    sheet = sent(client, told, filled(taken(client, told), {}))
    assert sheet is not None
    assert (sheet.read, sheet.faults) == ({}, [])
    assert "không có gì khác" in client.get(f"/bao-cao/bieu/{sheet.pk}/").content.decode()


def test_what_was_filled_in_is_seen_before_it_is_written(client: Client, told: Told) -> None:
    changes = {
        VALUE: "98,5%",
        NOTE: "Tăng đều",
        PERCENT: "45%",
        STARTED: f"{in_days(-9):%d/%m/%Y}",
        NARRATIVE: "Lời từ biểu",
    }
    sheet = sent(client, told, filled(taken(client, told), changes))
    assert sheet is not None
    assert held(told) == {}
    page = client.get(f"/bao-cao/bieu/{sheet.pk}/").content.decode()
    for words in ("98,5", "Tăng đều", "Lời từ biểu", "Sẽ thay đổi", "để trống"):
        assert words in page
    assert "Đã ghi 5 ô" in written(client, sheet)
    assert held(told) == {
        f"v{told.target.pk}": 98.5,
        f"n{told.target.pk}": "Tăng đều",
        f"p{told.work.pk}": 45,
        f"s{told.work.pk}": in_days(-9),
        "t0": "Lời từ biểu",
    }


def test_rows_come_back_to_their_targets_in_any_order(client: Client, told: Told) -> None:
    other = make_target(told.target.pledge, "Nhà mới", value=5, measure="hộ")
    data = taken(client, told)
    rows = rows_of(data)[TARGETS]
    swapped = {(TARGETS, y, x): rows[9 - y][x] for y in (4, 5) for x in range(8)}
    swapped |= {(TARGETS, 4, 5): "7", (TARGETS, 5, 5): "95"}
    sheet = sent(client, told, filled(data, swapped))
    assert sheet is not None
    written(client, sheet)
    assert held(told) == {f"v{other.pk}": 7.0, f"v{told.target.pk}": 95.0}


@pytest.mark.parametrize(("cell", "value"), [(98.5, 98.5), (7, 7.0), ("98,5", 98.5), ("98.5", 98.5), ("98,5 %", 98.5)])
def test_a_number_that_a_spreadsheet_made_is_taken_too(client: Client, told: Told, cell: Any, value: float) -> None:
    sheet = sent(client, told, filled(taken(client, told), {VALUE: cell}))
    assert sheet is not None
    written(client, sheet)
    assert held(told) == {f"v{told.target.pk}": value}


def test_all_faults_are_told_by_sheet_row_and_column(client: Client, told: Told) -> None:
    changes = {
        VALUE: "chín mươi",
        PERCENT: "140",
        STARTED: "31/02/2026",
        FINISHED: f"{in_days(4):%d/%m/%Y}",
        (TARGETS, 6, 1): "Chỉ tiêu tự thêm",
        (TARGETS, 6, 5): "5",
        NARRATIVE: "Vẫn ghi được",
    }
    sheet = sent(client, told, filled(taken(client, told), changes))
    assert sheet is not None
    found = [(one["sheet"], one["row"], one["column"]) for one in sheet.faults]
    assert found == [
        (TARGETS, 5, "F, Kết quả"),
        (TARGETS, 7, "F, Kết quả"),
        (WORKS, 5, "G, Đã làm (%)"),
        (WORKS, 5, "H, Ngày khởi công"),
        (WORKS, 5, "I, Ngày hoàn thành"),
    ]
    page = client.get(f"/bao-cao/bieu/{sheet.pk}/").content.decode()
    assert "không phải là số" in page
    assert "không có trong đăng ký" in page
    written(client, sheet)
    assert held(told) == {"t0": "Vẫn ghi được"}


def test_days_out_of_order_are_told_at_their_row(client: Client, told: Told) -> None:
    days = {STARTED: f"{in_days(-2):%d/%m/%Y}", FINISHED: f"{in_days(-5):%d/%m/%Y}"}
    sheet = sent(client, told, filled(taken(client, told), days))
    assert sheet is not None
    assert [(one["row"], one["column"]) for one in sheet.faults] == [(5, "I, Ngày hoàn thành")]


def test_a_row_twice_is_a_fault(client: Client, told: Told) -> None:
    data = taken(client, told)
    again = {(TARGETS, 5, x): value for x, value in enumerate(rows_of(data)[TARGETS][4])} | {(TARGETS, 5, 5): "5"}
    sheet = sent(client, told, filled(data, again))
    assert sheet is not None
    assert "Trùng với dòng 5" in sheet.faults[0]["said"]


def test_newer_input_is_never_overwritten_in_silence(client: Client, told: Told) -> None:
    data = filled(taken(client, told), {VALUE: "98", NOTE: "Từ biểu"})
    write(client, told, **{f"v{told.target.pk}": "97"})
    sheet = sent(client, told, data)
    assert sheet is not None
    page = client.get(f"/bao-cao/bieu/{sheet.pk}/").content.decode()
    assert "1 ô đã có người sửa trên trang" in page
    written(client, sheet)
    assert held(told) == {f"v{told.target.pk}": 97.0, f"n{told.target.pk}": "Từ biểu"}


def test_it_is_overwritten_where_somebody_says_so(client: Client, told: Told) -> None:
    data = filled(taken(client, told), {VALUE: "98"})
    write(client, told, **{f"v{told.target.pk}": "97"})
    sheet = sent(client, told, data)
    assert sheet is not None
    written(client, sheet, take=[f"v{told.target.pk}"])
    assert held(told) == {f"v{told.target.pk}": 98.0}


def test_what_the_workbook_left_as_it_was_leaves_newer_input_alone(client: Client, told: Told) -> None:
    client.force_login(told.clerk)
    write(client, told, **{f"v{told.target.pk}": "90"})
    data = filled(taken(client, told), {NOTE: "Từ biểu"})
    write(client, told, **{f"v{told.target.pk}": "97"})
    sheet = sent(client, told, data)
    assert sheet is not None
    written(client, sheet)
    assert held(told) == {f"v{told.target.pk}": 97.0, f"n{told.target.pk}": "Từ biểu"}


def test_a_cell_that_was_emptied_is_emptied(client: Client, told: Told) -> None:
    client.force_login(told.clerk)
    write(client, told, **{f"v{told.target.pk}": "90", "t0": "Lời"})
    sheet = sent(client, told, filled(taken(client, told), {VALUE: ""}))
    assert sheet is not None
    written(client, sheet)
    assert held(told) == {"t0": "Lời"}


def test_it_is_taken_back_once_and_later_input_stays(client: Client, told: Told) -> None:
    client.force_login(told.clerk)
    write(client, told, **{f"v{told.target.pk}": "90", "t0": "Lời"})
    sheet = sent(client, told, filled(taken(client, told), {VALUE: "98", NOTE: "Từ biểu", NARRATIVE: "Mới"}))
    assert sheet is not None
    written(client, sheet)
    write(client, told, t0="Sửa sau khi ghi biểu")
    page = client.post(f"/bao-cao/bieu/{sheet.pk}/hoan-lai/", follow=True).content.decode()
    assert "Đã hoàn lại: 2 ô" in page
    assert "1 ô đã có người sửa sau đó" in page
    assert held(told) == {f"v{told.target.pk}": 90.0, "t0": "Sửa sau khi ghi biểu"}
    write(client, told, **{f"v{told.target.pk}": "98"})
    client.post(f"/bao-cao/bieu/{sheet.pk}/hoan-lai/")
    assert held(told)[f"v{told.target.pk}"] == 98.0
    acts = JournalLine.objects.filter(act__startswith="report_sheet.").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["report_sheet.received", "report_sheet.written", "report_sheet.undone"]


def test_a_double_click_writes_once(client: Client, told: Told) -> None:
    sheet = sent(client, told, filled(taken(client, told), {VALUE: "98"}))
    assert sheet is not None
    for _ in range(2):
        client.post(f"/bao-cao/bieu/{sheet.pk}/ghi/", {"revision": told.report.revision if _ == 0 else 0})
    assert JournalLine.objects.filter(act="report_sheet.written").count() == 1


def test_what_was_seen_is_what_is_written(client: Client, told: Told) -> None:
    """Somebody writes between the preview and the button: the preview is shown anew."""
    sheet = sent(client, told, filled(taken(client, told), {VALUE: "98"}))
    assert sheet is not None
    write(client, told, t0="Giữa chừng")
    page = client.post(f"/bao-cao/bieu/{sheet.pk}/ghi/", {"revision": 0}, follow=True).content.decode()
    assert "đã thay đổi từ khi bạn mở trang" in page
    assert held(told) == {"t0": "Giữa chừng"}


def test_a_sent_report_takes_no_workbook(client: Client, told: Told) -> None:
    data = filled(taken(client, told), {VALUE: "98"})
    sheet = sent(client, told, data)
    assert sheet is not None
    send(told)
    client.post(f"/bao-cao/bieu/{sheet.pk}/ghi/", {"revision": told.report.revision})
    assert held(told)[f"v{told.target.pk}"] == 95.0
    count = ReportSheet.objects.count()
    sent(client, told, data)
    assert ReportSheet.objects.count() == count


def test_a_workbook_of_another_report_is_refused(client: Client, cast: Cast, told: Told) -> None:
    data = taken(client, told).replace(b"", b"")
    page = client.post(
        f"{told.page}bieu/", {"file": file(filled(data, {(MEMORY, 0, 1): "999"}), "a.xlsx")}, follow=True
    )
    assert "kỳ khác hoặc đơn vị khác" in page.content.decode()
    page = client.post(f"{told.page}bieu/", {"file": file(filled(data, {}, drop=MEMORY), "a.xlsx")}, follow=True)
    assert "phần ẩn của biểu đã mất" in page.content.decode()
    assert not ReportSheet.objects.exists()


@pytest.mark.parametrize("data", [b"", b"MZ\x00", PDF, b"a;b;c\n1;2;3\n", b"PK\x03\x04" + b"\x00" * 100])
def test_what_is_no_workbook_is_refused_with_the_reason(client: Client, told: Told, data: bytes) -> None:
    client.force_login(told.clerk)
    page = client.post(f"{told.page}bieu/", {"file": file(data, "a.xlsx")}, follow=True)
    assert "a.xlsx" in page.content.decode() or not data
    assert not ReportSheet.objects.exists()


def test_formulas_in_words_stay_words(client: Client, told: Told) -> None:
    client.force_login(told.clerk)
    write(client, told, **{f"n{told.target.pk}": "=1+1", "t0": '=HYPERLINK("http://x")'})
    data = taken(client, told)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "sheets/" in name)
    assert rows_of(data)[TARGETS][4][6] == "=1+1"


SCRAPS = st.one_of(
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**12), 10**12),
    st.text(max_size=30),
    st.sampled_from(["31/12/2025", "1.234,5", "-3", "100%", "v1", "999999999999999999999", "2026-01-01", "٣"]),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(st.lists(SCRAPS, max_size=12), max_size=10),
    words=st.lists(st.lists(SCRAPS, max_size=3), max_size=7),
    memory=st.lists(st.lists(SCRAPS, max_size=4), max_size=5),
)
def test_whatever_the_sheets_hold_is_understood_or_told(
    rows: list[list[Any]], words: list[list[Any]], memory: list[list[Any]]
) -> None:
    head = ["thidua-bao-cao-1", "1", "2", "0"]
    sheets = {TARGETS: rows, WORKS: rows, WORDS: words, MEMORY: [head, *memory]}
    try:
        told = understand(sheets, "a", day=1, unit=2, targets=[1, 2], works=[3], today=today())
    except UnreadableError as error:
        assert error.code.startswith("report_sheet.")  # noqa: PT017 - either is right
        return
    assert set(told.changed) <= {f"{letter}{key}" for letter in "vnpsfwt" for key in range(4)}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cut=st.integers(0, 4000), noise=st.binary(max_size=40))
def test_a_damaged_file_is_refused_not_suffered(base: bytes, cut: int, noise: bytes) -> None:
    data = base[:cut] + noise + base[cut + len(noise) :]
    try:
        sheets = read(data, "a.xlsx", WANTED)
    except UnreadableError:
        return
    assert set(sheets) <= set(WANTED)


@pytest.fixture(scope="module")
def base() -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    for name in WANTED:
        book.add_worksheet(name).write(0, 0, name)
    book.close()
    return made.getvalue()
