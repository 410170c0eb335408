"""PDF documents with text."""

import itertools

from format_samples import HEADING, PARAGRAPH, converted, plan_docx, plan_pdf, typeset

from thidua.plans.formats import extract


def test_pages_start_where_the_answer_says():
    text = extract(plan_pdf(), "plan.pdf")
    pages = [text.raw[start:end] for start, end in itertools.pairwise([*text.pages, len(text.raw)])]
    assert (text.format, [page.split("\n")[0] for page in pages]) == ("pdf", ["Số: 12/KH-UBND", "Nơi nhận: Như trên."])


def test_cells_of_the_heading_beside_each_other_are_lines_of_their_own():
    lines = extract(plan_pdf(), "plan.pdf").raw.split("\n")
    assert lines[:3] == ["Số: 12/KH-UBND", "Minh Giang, ngày 05 tháng 3 năm 2025", "KẾ HOẠCH"]


def test_lines_of_a_paragraph_stay_as_printed():
    assert PARAGRAPH in " ".join(extract(plan_pdf(), "plan.pdf").raw.replace(" \n", "\n").split("\n"))


def test_a_hyphen_at_the_end_of_a_line_is_a_hyphen():
    source = "#block(width: 6.1cm)[Kế hoạch chung của năm nay, phát-triển-kinh-tế-xã-hội-và-quốc-phòng an ninh]"
    raw = extract(typeset(source), "plan.pdf").raw
    assert "\ufffe" not in raw
    assert raw.replace("-\n", "-").replace(" \n", " ").replace("\n", " ") == (
        "Kế hoạch chung của năm nay, phát-triển-kinh-tế-xã-hội-và-quốc-phòng an ninh"
    )


def test_page_numbers_stay_where_the_page_has_them():
    raw = extract(typeset('#set page(numbering: "1")\nĐầu\n#pagebreak()\nCuối'), "plan.pdf").raw
    assert raw == "Đầu\n1\nCuối\n2"


def test_a_row_of_cells_with_wide_gaps_is_one_line_with_bars():
    rows = "[Sở Nội vụ], [05], [tập thể], [Sở Y tế], [03], [tập thể]"
    source = "\\ ".join(f"Dòng {n}." for n in range(20)) + f"\n#grid(columns: (6cm, 4cm, 4cm), row-gutter: 1em, {rows})"
    assert extract(typeset(source), "plan.pdf").raw.split("\n")[-2:] == [
        "Sở Nội vụ | 05 | tập thể",
        "Sở Y tế | 03 | tập thể",
    ]


def test_what_libreoffice_prints_keeps_the_columns_of_the_heading_apart():
    raw = extract(converted(plan_docx(), "docx", "pdf"), "plan.pdf").raw
    words = " ".join(raw.split())
    positions = [words.index(" ".join(cell[0].split())) for cell in HEADING]
    assert positions == sorted(positions)
    assert words.startswith("ỦY BAN NHÂN DÂN TỈNH MINH GIANG ------- CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập")
    assert "Số: 12/KH-UBND" in raw.split("\n")
