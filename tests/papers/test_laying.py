"""Nghị định 30/2020/NĐ-CP, Phụ lục I: what stands where, in which words, with which punctuation."""

from __future__ import annotations

import datetime

import pytest
from msgspec import structs

from thidua.papers import to_outline
from thidua.papers.laying import Grid, lay
from thidua.papers.paper import (
    Appendix,
    Column,
    Heading,
    Item,
    Listed,
    Numbered,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
)
from thidua.papers.wording import balanced, breadth, clean, counted, day_words, letter, percent, roman

PAPER = Paper(
    issuer=("SỞ NỘI VỤ",), number="5", symbol="TTr-SNV", place="Minh Giang", kind="Tờ trình", summary="Về việc"
)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (datetime.date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (datetime.date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        (datetime.date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (datetime.date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
        (None, "ngày …… tháng …… năm ……"),
    ],
)
def test_days_under_ten_and_the_first_two_months_have_a_zero(day: datetime.date | None, words: str) -> None:
    assert day_words(day) == words


@pytest.mark.parametrize(
    ("number", "line"), [("5", "Số: 05/TTr-SNV"), ("12", "Số: 12/TTr-SNV"), ("5a", "Số: 5a/TTr-SNV")]
)
def test_a_number_under_ten_has_a_zero(number: str, line: str) -> None:
    assert lay(structs.replace(PAPER, number=number)).number == line


def test_a_number_to_come_leaves_room_and_a_paper_without_one_has_no_line() -> None:
    assert lay(structs.replace(PAPER, number="")).number.replace("\u00a0", "_") == "Số: ________/TTr-SNV"
    assert lay(structs.replace(PAPER, number="", symbol="")).number == ""


def test_bases_end_in_semicolons_and_the_last_in_a_stop() -> None:
    laid = lay(structs.replace(PAPER, bases=("Căn cứ Luật", "Căn cứ Nghị định;", "Theo đề nghị")))

    assert [piece.text for piece in laid.pages.pieces] == ["Căn cứ Luật;", "Căn cứ Nghị định;", "Theo đề nghị."]


def test_one_addressee_stands_on_the_line_several_below_each_other() -> None:
    assert lay(structs.replace(PAPER, addressees=("Sở Nội vụ",))).to == ("Sở Nội vụ",)
    assert lay(structs.replace(PAPER, addressees=("Bộ Nội vụ", "Sở Y tế"))).to == ("- Bộ Nội vụ;", "- Sở Y tế.")


def test_recipients_begin_with_those_written_to_and_end_with_the_file() -> None:
    laid = lay(structs.replace(PAPER, addressees=("Sở Y tế",), recipients=("Lãnh đạo Sở",), filed="VT, TĐKT"))

    assert laid.recipients == ("- Như trên;", "- Lãnh đạo Sở;", "- Lưu: VT, TĐKT.")
    assert lay(structs.replace(PAPER, filed="")).recipients == ()


def test_headings_and_points_are_numbered_and_start_anew() -> None:
    blocks = (
        Heading("part", "Kết quả"),
        Heading("section", "Mục đích"),
        Heading("clause", "Có tiêu đề"),
        Numbered("point", "một"),
        Numbered("point", "hai"),
        Numbered("clause", "không tiêu đề"),
        Numbered("point", "ba"),
        Heading("section", "Yêu cầu"),
        Heading("clause", "Lại từ một"),
        Heading("section", "Không số", numbered=False),
    )
    lines = [piece.text for piece in lay(structs.replace(PAPER, body=blocks)).pages.pieces]

    assert lines == [
        "Phần I",
        "KẾT QUẢ",
        "I. MỤC ĐÍCH",
        "1. Có tiêu đề",
        "a) một",
        "b) hai",
        "2. không tiêu đề",
        "a) ba",
        "II. YÊU CẦU",
        "1. Lại từ một",
        "KHÔNG SỐ./.",
    ]


def test_points_follow_the_vietnamese_alphabet() -> None:
    assert [letter(n) for n in (1, 4, 5, 6, 8, 23, 24, 25)] == ["a", "d", "đ", "e", "h", "y", "aa", "ab"]
    assert [roman(n) for n in (1, 4, 9, 14, 40)] == ["I", "IV", "IX", "XIV", "XL"]


@pytest.mark.parametrize("words", ["Kính đề nghị xem xét", "Kính đề nghị xem xét.", "Kính đề nghị xem xét./."])
def test_the_text_ends_with_its_mark_once(words: str) -> None:
    assert to_outline(structs.replace(PAPER, body=(Paragraph(words),))).count("Kính đề nghị xem xét./.\n") == 1


def test_a_letter_has_its_subject_below_the_number_and_no_kind() -> None:
    laid = lay(structs.replace(PAPER, form="letter", summary="trả lại hồ sơ"))

    assert (laid.about, laid.kind, laid.summary) == (("V/v trả lại hồ sơ",), "", ())


def test_minutes_have_neither_place_nor_day() -> None:
    assert lay(structs.replace(PAPER, form="minutes")).dateline == ""
    assert lay(PAPER).dateline == "Minh Giang, ngày …… tháng …… năm ……"


def test_appendices_are_numbered_where_there_are_several_and_say_what_they_belong_to() -> None:
    one = Appendix(title="Danh sách", blocks=())
    day = datetime.date(2026, 1, 5)
    single = lay(structs.replace(PAPER, day=day, of="Sở Nội vụ", appendices=(one,))).appendices
    two = lay(structs.replace(PAPER, appendices=(one, one))).appendices

    note = "(Kèm theo Tờ trình số 05/TTr-SNV ngày 05 tháng 01 năm 2026 của Sở Nội vụ)"
    assert [piece.text.replace("\n", " ") for piece in single[0].pieces] == ["Phụ lục", "DANH SÁCH", note]
    assert [pages.pieces[0].text for pages in two] == ["Phụ lục I", "Phụ lục II"]


def test_two_who_sign_share_a_row_and_a_third_has_one_below() -> None:
    left, right, middle = (Signature(authority=("x",), side=side) for side in ("left", "right", "center"))
    rows = lay(structs.replace(PAPER, signatures=(left, right, middle, right))).signatures

    assert [[side for side in ("left", "right", "center") if getattr(row, side)] for row in rows] == [
        ["left", "right"],
        ["center"],
        ["right"],
    ]


def test_list_lines_start_with_a_dash_then_a_plus() -> None:
    body = (Listed((Item("một"), Item("hai", 1), Item("ba", 2))), Paragraph("Hết"))

    assert "- một\n  + hai\n    - ba\n" in to_outline(structs.replace(PAPER, body=body))


def test_a_row_with_too_few_cells_is_a_bug_and_not_a_paper() -> None:
    with pytest.raises(ValueError, match="2 columns"):
        Table((Column("a"), Column("b")), (Row(("một",)),))


def test_no_column_is_narrower_than_the_words_of_its_head() -> None:
    table = Table((Column("STT", 0.1), Column("Nghiêng", 0.1), Column("Còn lại", 10)), ())
    grid = lay(structs.replace(PAPER, body=(table,))).pages.pieces[0]

    assert isinstance(grid, Grid)
    assert sum(column.width for column in grid.columns) == pytest.approx(165)
    assert grid.columns[0].width > breadth("STT", 12)
    assert grid.columns[1].width > breadth("Nghiêng", 12)


def test_long_names_are_broken_in_lines_of_one_length_and_names_of_places_hold_together() -> None:
    assert balanced("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", size=12, width=63) == ("SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG")
    assert balanced("PHÒNG KẾ HOẠCH - TÀI CHÍNH", size=12, width=63) == ("PHÒNG KẾ HOẠCH -", "TÀI CHÍNH")
    assert balanced("Phong trào ở xã Minh Giang", size=14, width=40)[-1].endswith("Minh Giang")
    assert balanced("Đề nghị tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", size=14, width=90) == (
        "Đề nghị tặng Bằng khen của",
        "Chủ tịch Ủy ban nhân dân tỉnh",
    )
    assert balanced("", size=12, width=63) == ("",)


def test_numbers_as_papers_write_them() -> None:
    assert [counted(n) for n in (0, 5, 12, 1250)] == ["00", "05", "12", "1.250"]
    assert [percent(*pair) for pair in ((9, 10), (2, 3), (14, 15), (4, 4))] == ["90%", "66,7%", "93,3%", "100%"]


def test_what_no_file_can_hold_is_left_out_and_letters_are_composed() -> None:
    assert clean("Nguye\u0302\u0303n\x00 Va\u0306n\tA\r\nB\ud800") == "Nguyễn Văn A\nB"
