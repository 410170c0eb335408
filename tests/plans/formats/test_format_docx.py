"""Word documents: the text as Word draws it."""

import io

import pytest
from docx import Document
from format_samples import CONTENT_TYPES, PLAN_LINES, docx_of, plan_docx, saved, zip_of

from thidua.errors import UnreadableError
from thidua.plans.formats import PlanText, extract


def text(body: str, **parts: str) -> str:
    return extract(docx_of(body, **parts), "plan.docx").raw


def p(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def numbered(words: str, level: int = 0, number: int = 1) -> str:
    return p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(index: int, form: str, label: str, more: str = "") -> str:
    shape = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{label}"/>'
    return f'<w:lvl w:ilvl="{index}">{shape}</w:lvl>'


def definition(*levels: str, key: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def instance(number: int, key: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{key}"/>{more}</w:num>'


OFFICIAL = definition(
    level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)"), level(3, "bullet", "-")
)


def test_a_plan_comes_out_in_reading_order():
    assert extract(plan_docx(), "plan.docx") == PlanText("\n".join(PLAN_LINES), "docx", (0,))


def test_letters_stay_as_the_file_has_them():
    odd = "Láng Thέ \u2013 a\u0301\u0323 \u00a0 KÉ HOẠCH"
    document = Document()
    document.add_paragraph(odd)
    assert extract(saved(document), "plan.docx").raw == odd


def test_automatic_numbers_of_all_levels_are_drawn():
    body = "".join(
        numbered(words, at)
        for at, words in (
            (0, "Mục đích"),
            (1, "Chung"),
            (1, "Riêng"),
            (2, "Một"),
            (2, "Hai"),
            (3, "Ý"),
            (0, "Nội dung"),
            (1, "Đầu"),
        )
    )
    expected = ["I. Mục đích", "1. Chung", "2. Riêng", "a) Một", "b) Hai", "- Ý", "II. Nội dung", "1. Đầu"]
    assert text(body, numbering=OFFICIAL + instance(1)).split("\n") == expected


def test_decimal_outline_shows_the_upper_levels():
    outline = definition(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."))
    body = numbered("A") + numbered("B", 1) + numbered("C", 1) + numbered("D") + numbered("E", 1)
    assert text(body, numbering=outline + instance(1)) == "1. A\n1.1. B\n1.2. C\n2. D\n2.1. E"


def test_legal_numbering_turns_roman_upper_levels_into_digits():
    outline = definition(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert text(numbered("A") + numbered("B", 1), numbering=outline + instance(1)) == "I. A\n1.1 B"


def test_instances_of_one_definition_count_on_together():
    body = numbered("A") + numbered("B", number=2)
    assert text(body, numbering=OFFICIAL + instance(1) + instance(2)) == "I. A\nII. B"


def test_an_instance_with_a_start_of_its_own_counts_anew():
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = numbered("A") + numbered("B") + numbered("C", number=2) + numbered("D", number=2)
    expected = "I. A\nII. B\nI. C\nII. D"
    assert text(body, numbering=OFFICIAL + instance(1) + instance(2, more=start)) == expected


def test_a_level_may_go_on_through_upper_levels():
    outline = definition(level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
    body = numbered("A") + numbered("B", 1) + numbered("C") + numbered("D", 1)
    assert text(body, numbering=outline + instance(1)) == "I. A\n1. B\nII. C\n2. D"


def test_numbers_come_from_the_style_and_its_base():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Muc"><w:basedOn w:val="Base"/></w:style>'
    )
    body = p("A", '<w:pStyle w:val="Muc"/>') + p("B", '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert text(body, numbering=OFFICIAL + instance(1), styles=styles) == "I. A\nB"


def test_symbol_fonts_bullets_become_signs():
    bullets = definition(level(0, "bullet", "\uf0b7"), level(1, "bullet", "\uf02d"))
    assert text(numbered("A") + numbered("B", 1), numbering=bullets + instance(1)) == "• A\n- B"


def test_word_templates_number_list_paragraphs():
    document = Document()
    document.add_paragraph("Một", style="List Number")
    document.add_paragraph("Hai", style="List Number")
    assert extract(saved(document), "plan.docx").raw == "1. Một\n2. Hai"


def test_insertions_stay_and_deletions_go():
    body = (
        "<w:p><w:r><w:t>a</w:t></w:r><w:ins><w:r><w:t>b</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>c</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>d</w:t></w:r></w:moveFrom></w:p>"
    )
    assert text(body) == "ab"


def test_a_deleted_paragraph_end_joins_two_paragraphs():
    assert text(p("trước ", "<w:rPr><w:del/></w:rPr>") + p("ngày 15/6")) == "trước ngày 15/6"


def test_fields_give_their_result_only():
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>05/3/2025</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:fldSimple w:instr="X"><w:r><w:t> kết quả</w:t></w:r></w:fldSimple></w:p>'
    )
    assert text(body) == "05/3/2025 kết quả"


def test_tabs_breaks_and_hyphens_are_kept():
    body = "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>05</w:t><w:noBreakHyphen/><w:t>NQ</w:t></w:r></w:p>"
    assert text(body) == "a\tb\n05-NQ"


def test_symbols_are_read_by_their_font():
    sym = '<w:sym w:font="{}" w:char="{}"/>'
    body = f"<w:p><w:r>{sym.format('Symbol', 'F0B3')}<w:t> 80%</w:t>{sym.format('Wingdings', 'F0FE')}</w:r></w:p>"
    assert text(body) == "≥ 80%☑"


def test_hidden_words_and_footnote_marks_are_left_out():
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
    body = f'<w:p>{hidden}<w:r><w:footnoteReference w:id="1"/><w:t>hiện</w:t></w:r></w:p>'
    assert text(body) == "hiện"


def test_content_controls_and_links_are_read():
    link = "<w:hyperlink><w:r><w:t>thi đua</w:t></w:r></w:hyperlink>"
    body = f"<w:sdt><w:sdtContent><w:p>{link}</w:p></w:sdtContent></w:sdt>"
    assert text(body) == "thi đua"


def test_a_text_box_is_read_once_of_its_two_alternatives():
    box = f"<w:txbxContent>{p('DỰ THẢO')}</w:txbxContent>"
    shape = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert text(f"<w:p><w:r><w:t>KẾ HOẠCH</w:t>{shape}</w:r></w:p>") == "KẾ HOẠCH\nDỰ THẢO"


def table(*rows: list[str], borders: str = "") -> str:
    cells = ["".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


LINES = '<w:tblBorders><w:insideV w:val="single"/></w:tblBorders>'


def test_a_bordered_table_is_read_row_by_row():
    rows = [p("Sở Nội vụ"), p("05") + p("tập thể")], [p("Sở Y tế"), p("")]
    assert text(table(*rows, borders=LINES)) == "Sở Nội vụ | 05 tập thể\nSở Y tế | "


def test_a_heading_table_with_borders_is_still_a_heading():
    rows = [p("UBND TỈNH") + p("VĂN PHÒNG"), p("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập")]
    expected = "UBND TỈNH\nVĂN PHÒNG\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập"
    assert text(table(rows, borders=LINES)) == expected


def test_a_table_of_three_columns_is_data_even_without_borders():
    assert text(table([p("1"), p("Sở Y tế"), p("02")])) == "1 | Sở Y tế | 02"


def test_nested_tables_are_read_in_their_cell():
    inner = table([p("a"), p("b"), p("c")])
    assert text(table([p("trái"), inner + p("phải")])) == "trái\na | b | c\nphải"


def test_headers_and_footers_are_left_out():
    document = Document()
    document.sections[0].header.paragraphs[0].text = "2"
    document.add_paragraph("Thân")
    assert extract(saved(document), "plan.docx").raw == "Thân"


def test_strict_office_open_xml_is_read():
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    content = f"<w:document {strict}><w:body>{p('Kế hoạch')}</w:body></w:document>"
    data = zip_of({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": content})
    assert extract(data, "plan.docx").raw == "Kế hoạch"


def test_a_package_without_its_document_is_damaged():
    with pytest.raises(UnreadableError) as refused:
        extract(zip_of({"[Content_Types].xml": CONTENT_TYPES, "word/styles.xml": "<a/>"}), "plan.docx")
    assert (refused.value.code, refused.value.params) == ("unreadable_damaged", {"file": "plan.docx"})


def test_python_docx_opens_what_the_tests_make():
    assert Document(io.BytesIO(plan_docx())).tables[0].cell(0, 0).text.startswith("ỦY BAN")
