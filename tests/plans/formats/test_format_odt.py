"""OpenDocument texts."""

import pytest
from format_samples import PLAN_LINES, converted, plan_docx, plan_odt, zip_of

from thidua.errors import UnreadableError
from thidua.plans.formats import PlanText, extract

MIMETYPE = "application/vnd.oasis.opendocument.text"


def test_lists_spaces_notes_and_tables_come_out_as_drawn():
    expected = [
        "KẾ HOẠCH",
        "1. Mục đích",
        "a) Khen thưởng kịp thời",
        "b) Nhân rộng",
        "2. Yêu cầu",
        "Trước\t  \nsau",
        "STT | Đơn vị | Số tập thể",
        "1 | Sở Nội vụ | 05",
        "2 | Sở Y tế | 03",
    ]
    assert extract(plan_odt(), "plan.odt") == PlanText("\n".join(expected), "odt", (0,))


def test_what_libreoffice_makes_of_a_word_plan_reads_the_same():
    assert extract(converted(plan_docx(), "docx", "odt"), "plan.odt").raw.strip() == "\n".join(PLAN_LINES).strip()


def test_an_encrypted_document_says_so():
    manifest = '<manifest:manifest xmlns:manifest="x"><manifest:encryption-data/></manifest:manifest>'
    with pytest.raises(UnreadableError) as refused:
        extract(zip_of({"mimetype": MIMETYPE, "META-INF/manifest.xml": manifest, "content.xml": b"\x01"}), "plan.odt")
    assert refused.value.code == "unreadable_encrypted"


def test_tracked_deletions_are_left_out():
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = f'xmlns:office="{oasis}:office:1.0" xmlns:text="{oasis}:text:1.0"'
    deleted = "<text:changed-region><text:p>cũ</text:p></text:changed-region>"
    body = f"<text:tracked-changes>{deleted}</text:tracked-changes><text:p>mới</text:p>"
    content = f"<office:content {spaces}><office:body><office:text>{body}</office:text></office:body></office:content>"
    assert extract(zip_of({"mimetype": MIMETYPE, "content.xml": content}), "plan.odt").raw == "mới"
