"""The DOCX that officials edit: margins, faces, tables, pages as Nghị định 30/2020/NĐ-CP sets them."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from papers.samples import PAPERS, a_presentation, minutes_of_a_meeting
from thidua.papers import to_docx
from thidua.papers.paper import Paper


def _opened(paper: Paper) -> docx.document.Document:
    return docx.Document(io.BytesIO(to_docx(paper)))


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_paper_gives_the_same_bytes(name: str) -> None:
    assert to_docx(PAPERS[name]()) == to_docx(PAPERS[name]())


def test_margins_are_within_the_decree_and_a_wide_appendix_lies_across() -> None:
    first, appendix = _opened(a_presentation()).sections

    for section in (first, appendix):
        assert 20 <= section.top_margin.mm <= 25
        assert 20 <= section.bottom_margin.mm <= 25
        assert 30 <= section.left_margin.mm <= 35
        assert 15 <= section.right_margin.mm <= 20
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    assert (round(appendix.page_width.mm), round(appendix.page_height.mm)) == (297, 210)


def test_all_four_scripts_are_in_times() -> None:
    fonts = _opened(a_presentation()).styles["Normal"].element.rPr.rFonts

    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert not [name for name in fonts.attrib if name.endswith("Theme")]


def test_pages_are_numbered_from_the_second_and_each_appendix_from_one() -> None:
    first, appendix = _opened(a_presentation()).sections

    assert first.different_first_page_header_footer
    assert appendix.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml
    assert first.first_page_header.paragraphs[0].text == ""
    assert appendix._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_the_head_of_a_list_is_repeated_and_no_row_is_torn() -> None:
    table = _opened(a_presentation()).tables[-1]

    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows[:3]] == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_two_columns_of_the_head_are_unequal() -> None:
    head = _opened(a_presentation()).tables[0]
    left, right = (cell.width.mm for cell in head.rows[0].cells)

    assert (round(left), round(right)) == (65, 100)
    assert "Độc lập - Tự do - Hạnh phúc" in head.rows[0].cells[1].text
    assert [cell.text.strip() for cell in head.rows[1].cells] == [
        "Số: 05/TTr-SNNMT",
        "Minh Giang, ngày 05 tháng 01 năm 2026",
    ]


def test_the_secretary_signs_on_the_left_the_chair_on_the_right() -> None:
    offices, names = _opened(minutes_of_a_meeting()).tables[-1].rows

    assert [cell.text.strip() for cell in offices.cells] == ["THƯ KÝ", "CHỦ TỌA"]
    assert [cell.text.strip() for cell in names.cells] == ["Đỗ Thị Ngọc Ánh", "Trần Văn Bình"]


def test_headings_are_found_in_the_navigation_of_an_editor() -> None:
    levels = {
        paragraph.text: level.get(qn("w:val"))
        for paragraph in _opened(minutes_of_a_meeting()).paragraphs
        if (level := paragraph._p.pPr.find(qn("w:outlineLvl"))) is not None
    }

    assert levels["I. NỘI DUNG"] == "1"
    assert [level for text, level in levels.items() if text.startswith("1. Nguyễn Thị Khánh Huyền")] == ["2"]


def test_no_clock_is_written_into_the_file() -> None:
    packed = zipfile.ZipFile(io.BytesIO(to_docx(a_presentation())))

    assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"2026-01-05T00:00:00Z" in packed.read("docProps/core.xml")


@pytest.mark.parametrize("name", PAPERS)
def test_properties_of_paragraphs_and_tables_stand_in_the_order_of_the_schema(name: str) -> None:
    """Word refuses or repairs what LibreOffice forgives."""
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(to_docx(PAPERS[name]()))).read("word/document.xml"))
    for tag, order in SCHEMA.items():
        for properties in body.iter(qn(tag)):
            found = [order.index(child.tag.split("}")[1]) for child in properties]
            assert found == sorted(found), etree.tostring(properties)


SCHEMA = {
    "w:pPr": ["pStyle", "keepNext", "keepLines", "pBdr", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr"],
    "w:rPr": ["rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "lang"],
    "w:tblPr": ["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"],
    "w:tcPr": ["tcW", "gridSpan", "vMerge", "vAlign"],
    "w:trPr": ["cantSplit", "tblHeader"],
    "w:sectPr": [
        "headerReference",
        "footerReference",
        "type",
        "pgSz",
        "pgMar",
        "pgNumType",
        "cols",
        "titlePg",
        "docGrid",
    ],
}
