"""A sheet becomes rows: the header found, every fault of every row told at its place, none hiding another."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.explain import sentence
from thidua.findings import Finding
from thidua.register.kinds import KINDS, header_key, sheet_kinds
from thidua.register.sheets import Header, Row, choose_sheet, column_letter, read_sheet

TODAY = datetime.date(2026, 6, 1)
UNITS = ["Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Mã đơn vị cấp trên"]
PEOPLE = ["Họ và tên", "Mã cán bộ", "Ngày sinh", "Mã đơn vị", "Chức vụ", "CCCD", "Dân tộc"]
RATINGS = ["Đối tượng", "Năm", "Mã đơn vị", "Họ và tên", "Ngày sinh", "Mức xếp loại"]


def read(kind: str, *rows: list[Any]) -> tuple[Header, list[Row]]:
    header, read_rows = read_sheet(sheet_kinds()[kind], rows, today=TODAY)
    found = list(read_rows)
    for finding in (*header.findings, *(finding for row in found for finding in row.findings)):
        assert all(sentence(finding, language) for language in ("vi", "en"))
    return header, found


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.code, finding.params.get("column", "")) for finding in findings]


def places(rows: list[Row]) -> list[tuple[int, str, str]]:
    return [(f.params["row"], f.params["column"], f.code) for row in rows for f in row.findings if row.data]


# ------------------------------------------------------------------------------------------------------ header


def test_a_plain_sheet() -> None:
    header, rows = read(
        "units", UNITS, ["SNV", "Sở Nội vụ", "Sở, ban, ngành", None], ["TC", "Phòng TC", "Phòng", "SNV"]
    )

    assert (header.row, header.findings) == (1, ())
    assert [(row.number, row.values, row.findings) for row in rows] == [
        (2, {"code": "SNV", "name": "Sở Nội vụ", "kind": "department"}, ()),
        (3, {"code": "TC", "name": "Phòng TC", "kind": "office", "parent_code": "SNV"}, ()),
    ]


def test_the_header_stands_below_titles_and_rows_keep_excels_numbers() -> None:
    header, rows = read(
        "units",
        ["UBND TỈNH MINH GIANG"], [], ["DANH SÁCH ĐƠN VỊ", None, None], [None],
        ["STT", *UNITS], ["(1)", "(2)", "(3)", "(4)", "(5)"],
        [1, "SNV", "Sở Nội vụ", "Sở", None], [], [2, "STC", "Sở Tài chính", "Sở", None],
        [], [None, None, "NGƯỜI LẬP BIỂU"],
    )  # fmt: skip

    assert (header.row, header.findings) == (5, ())
    assert [(row.number, row.data) for row in rows] == [(6, False), (7, True), (9, True), (11, False)]
    assert [told(row.findings) for row in rows if not row.data] == [[("sheet.not_a_row", "")]] * 2


@pytest.mark.parametrize("header", ["HỌ VÀ TÊN (*)", "họ  tên", "Họ, tên", "Họ và tên\n(ghi đủ dấu)", "Ho va ten:"])
def test_headers_are_known_however_they_are_spelt(header: str) -> None:
    found, rows = read("people", [header, "Đơn vị"], ["Lê Thị Hoa", "Sở Nội vụ"])

    assert found.findings == ()
    assert rows[0].values == {"full_name": "Lê Thị Hoa", "unit_name": "Sở Nội vụ"}


def test_all_that_is_wrong_with_the_columns_is_told_once() -> None:
    header, rows = read("units", ["Tên đơn vị", "Loại hìn", "Mã cấp trên", "Điện thoại", "Cơ quan, đơn vị"], ["x"] * 5)

    assert sorted(told(header.findings)) == [
        ("sheet.column_twice", "E"),
        ("sheet.missing_column", ""), ("sheet.missing_column", ""),
        ("sheet.near_column", "B"), ("sheet.unknown_column", "D"),
    ]  # fmt: skip
    assert not header.usable
    assert rows == []


def test_people_need_a_column_for_their_unit() -> None:
    header, _ = read("people", ["Họ và tên", "Ngày sinh"], ["Lê Thị Hoa", "1990"])

    assert told(header.findings) == [("sheet.missing_one_of", "")]


@pytest.mark.parametrize("rows", [[], [[]], [["Báo cáo"], ["gì đó", 5]], [["Tên đơn vị"]]])
def test_a_sheet_without_header_says_what_it_needs(rows: list[list[Any]]) -> None:
    header, found = read("units", *rows)

    assert (told(header.findings), found) == ([("sheet.no_header", "")], [])
    assert "Mã đơn vị, Tên đơn vị, Loại đơn vị" in sentence(header.findings[0])


def test_the_sheet_of_the_list_is_chosen_by_its_name() -> None:
    kind = sheet_kinds()["people"]

    assert choose_sheet(kind, ["Bìa", "NGUOI", "Khác"]) == "NGUOI"
    assert choose_sheet(kind, ["Sheet1"]) == "Sheet1"
    assert choose_sheet(kind, ["Sheet1", "Sheet2"]) is None


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_excels_letters(index: int, letter: str) -> None:
    assert column_letter(index) == letter


# -------------------------------------------------------------------------------------------------------- rows


def test_all_faults_of_a_row_are_told_together() -> None:
    _, rows = read("people", PEOPLE, ["Hoa", "1.2E+9", "31/02/1990", None, "x" * 200, "123", None])

    assert places(rows) == [
        (2, "A", "cell.name_odd"), (2, "B", "cell.shortened"), (2, "C", "cell.impossible_day"),
        (2, "E", "cell.too_long"), (2, "F", "cell.identity_form"), (2, "D", "row.needs"),
    ]  # fmt: skip
    assert rows[0].faulty


def test_a_doubt_is_no_fault() -> None:
    _, rows = read("people", PEOPLE, ["Hoa", None, "1990", "SNV", None, None, None])

    assert (rows[0].faulty, rows[0].doubtful) == (False, True)


def test_what_is_required_and_missing_is_told_where_it_should_stand() -> None:
    _, rows = read("units", UNITS, ["SNV", None, "Sở", "UB"], ["STC", "Sở Tài chính", None, "UB"])

    assert places(rows) == [(2, "B", "cell.required"), (3, "C", "cell.required")]


def test_a_code_twice_is_told_with_the_first_row() -> None:
    _, rows = read(
        "units", UNITS, ["SNV", "Sở Nội vụ", "Sở"], ["STC", "Sở Tài chính", "Sở"], ["snv", "Sở Ngoại vụ", "Sở"]
    )

    assert places(rows) == [(4, "A", "row.twice")]
    assert sentence(rows[2].findings[0]) == "Trùng với dòng 2 ở: Mã đơn vị. Hãy bỏ một dòng hoặc sửa lại."


def test_one_person_with_two_posts_is_no_fault_but_one_code_for_two_people_is() -> None:
    _, rows = read(
        "people",
        PEOPLE,
        ["Lê Thị Hoa", "CB1", "05/03/1990", "SNV", "Trưởng phòng"],
        ["Lê Thị Hoa", "CB1", 1990, "HĐ", "Thư ký"],
        ["Lê Thị Hoa", "CB1", 1990, "HĐ", "Thư ký"],
        ["Trần Văn Nam", "CB1", "05/03/1991", "SNV", "Chuyên viên"],
    )

    assert places(rows) == [(4, "B", "row.twice"), (5, "A", "row.at_odds"), (5, "C", "row.at_odds")]


def test_two_of_one_name_in_one_unit_are_asked_about() -> None:
    _, rows = read("people", PEOPLE, ["Lê Thị Hoa", None, 1990, "SNV"], ["LÊ THỊ HOA", None, 1990, "SNV"])

    assert places(rows) == [(3, "A", "row.perhaps_twice")]
    assert rows[1].doubtful


def test_a_rating_is_of_a_unit_or_of_a_person_and_not_of_both() -> None:
    _, rows = read(
        "ratings",
        RATINGS,
        ["Cá nhân", 2025, "SNV", None, None, "HTT"],
        ["Tập thể", 2025, "SNV", "Lê Thị Hoa", None, "HTT"],
        ["Tập thể", 2025, None, None, None, "HTT"],
        ["Đảng viên", 2025, "CB1", "Lê Thị Hoa", 1990, "HTT"],
    )

    assert places(rows) == [(2, "D", "row.needs"), (3, "D", "row.blank"), (4, "C", "row.needs")]
    assert "đối tượng là “Tập thể” nhưng lại điền Họ và tên" in sentence(rows[1].findings[0])


def test_an_act_upon_one_unit_names_one() -> None:
    header = ["Việc", "Mã đơn vị cũ", "Mã đơn vị mới", "Tên mới", "Từ ngày", "Văn bản"]
    _, rows = read(
        "reforms",
        header,
        ["Đổi tên", "A; B", None, "Phòng C", "01/07/2025", "1/NQ"],
        ["Sáp nhập", "A; B", "C", "Phòng C", "01/07/2025", "1/NQ"],
    )

    assert places(rows) == [(2, "B", "row.single")]


def test_an_end_is_not_before_its_beginning() -> None:
    header = [*UNITS, "Từ ngày", "Đến ngày"]
    _, rows = read("units", header, ["SNV", "Sở", "Sở", None, "01/07/2025", "30/06/2025"])

    assert places(rows) == [(2, "F", "row.order")]


def test_a_number_among_codes_with_zeros_is_doubted_wherever_it_stands() -> None:
    _, rows = read("people", PEOPLE, ["Lê Thị Hoa", 7, 1990, "SNV"], ["Lê Văn An", "00012", 1990, "SNV"])

    assert places(rows) == [(2, "B", "cell.zeros_elsewhere")]


@pytest.mark.parametrize("cell", ["001085000123456", "00108500012X", 1085000123, "012345678"])
def test_no_finding_holds_what_only_few_may_see(cell: Any) -> None:
    row = ["Lê Thị Hoa", "CB1", 1990, "SNV", None, cell, "k" * 99]
    _, rows = read("people", PEOPLE, row, row)
    said = repr([row.findings for row in rows])

    assert "cell.too_long" in said
    assert str(cell) not in said
    assert "kkk" not in said


def test_a_row_passed_over_does_not_show_what_only_few_may_see() -> None:
    _, rows = read("units", [*UNITS], [None, None, None, "Tổng"])
    assert rows[0].findings[0].params["said"] == "Tổng"

    _, rows = read("ratings", RATINGS, ["Cộng", 12])
    assert rows[0].findings[0].params["said"] == "Cộng 12"

    _, rows = read("people", PEOPLE, [None, None, None, None, None, "001085000123", None])
    assert not rows[0].data
    assert rows[0].findings[0].params["said"] == ""


# ------------------------------------------------------------------------------------------------------- kinds


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_the_template_is_without_fault(kind: str) -> None:
    columns = sheet_kinds()[kind].column
    header, rows = read(kind, [column.header for column in columns], [column.example for column in columns])

    assert header.findings == ()
    assert [row.findings for row in rows] == [()]
    assert set(rows[0].values) == {column.key for column in columns if column.example}


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_columns_share_a_spelling(kind: str) -> None:
    sheet = sheet_kinds()[kind]
    spellings = [header_key(name) for column in sheet.column for name in {column.header, *column.also}]
    own = [{header_key(name) for name in (column.header, *column.also)} for column in sheet.column]

    assert sum(map(len, own)) == len(set(spellings))
    assert not set(spellings) & {header_key(name) for name in sheet.ignored}


@pytest.mark.parametrize("kind", KINDS)
def test_rules_name_columns_that_there_are(kind: str) -> None:
    sheet = sheet_kinds()[kind]
    named = {key for rule in sheet.unique for key in rule.columns}
    named |= {key for rule in sheet.agree for key in (rule.key, *rule.on)}
    named |= {key for rule in sheet.needs for key in (*rule.one_of, *rule.when)}
    named |= {key for rule in sheet.blank for key in (*rule.columns, *rule.when)}
    named |= {key for rule in sheet.single for key in (rule.column, *rule.when)}
    named |= {key for rule in sheet.order for key in (rule.first, rule.last)}
    values = {
        (key, value) for rule in (*sheet.needs, *sheet.blank) for key, among in rule.when.items() for value in among
    }

    assert named <= set(sheet.by_key)
    assert all(value in {choice.code for choice in sheet.by_key[key].choices} for key, value in values)


def test_ethnicity_religion_party_and_identity_are_for_few() -> None:
    assert sheet_kinds()["people"].sensitive == {"id_number", "ethnicity", "religion", "party_member"}


@settings(deadline=None)
@given(
    st.sampled_from(KINDS),
    st.lists(st.lists(st.none() | st.text(max_size=8) | st.integers() | st.dates(), max_size=9), max_size=6),
)
def test_no_sheet_breaks_the_reading(kind: str, rows: list[list[Any]]) -> None:
    headers: list[Any] = [column.header for column in sheet_kinds()[kind].column]
    header, found = read(kind, headers, *rows)

    assert header.findings == ()
    assert all(row.number <= len(rows) + 1 for row in found)


def test_a_hundred_thousand_rows_take_seconds() -> None:
    def rows() -> Iterator[list[Any]]:
        yield PEOPLE
        for number in range(100_000):
            born = datetime.datetime(1980, 1 + number % 12, 1 + number % 28)  # noqa: DTZ001 - as Excel has it
            yield [
                f"Lê Thị {number}",
                f"CB{number:06}",
                born,
                f"DV{number % 500}",
                "Chuyên viên",
                f"{number:012}",
                "Kinh",
            ]

    began = time.perf_counter()
    header, found = read_sheet(sheet_kinds()["people"], rows(), today=TODAY)

    assert sum(1 for _ in found) == 100_000
    assert header.findings == ()
    assert time.perf_counter() - began < 30
