"""Old Word files through LibreOffice, scans through Tesseract, and what is said where they are missing."""

import pytest
from format_samples import PLAN_LINES, converted, need, paper, plan_docx, typeset

from thidua.errors import UnreadableError
from thidua.explain import sentence
from thidua.plans.formats import Limits, PlanText, extract, find_unread_pages


def test_an_old_word_file_reads_like_the_new_one():
    text = extract(converted(plan_docx(), "docx", "doc"), "plan.doc")
    assert [line for line in text.raw.split("\n") if line] == [line for line in PLAN_LINES if line]
    assert (text.format, text.pages) == ("doc", (0,))


def test_rich_text_is_read_under_a_word_name():
    text = extract(converted(plan_docx(), "docx", "rtf"), "plan.doc")
    assert [line for line in text.raw.split("\n") if line] == [line for line in PLAN_LINES if line]


@pytest.mark.parametrize(("name", "data"), [("plan.doc", b"{\\rtf1 K}"), ("plan.png", paper())])
def test_missing_programs_are_named_with_their_packages(name, data, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UnreadableError) as refused:
        extract(data, name)
    assert (refused.value.code, refused.value.params) == {
        "plan.doc": ("unreadable_needs_libreoffice", {"file": name, "packages": "libreoffice-writer-nogui"}),
        "plan.png": ("unreadable_needs_tesseract", {"file": name, "packages": "tesseract-ocr tesseract-ocr-vie"}),
    }[name]


def test_a_picture_of_print_is_recognised():
    need("tesseract")
    text = extract(paper(), "plan.png")
    words = "KẾ HOẠCH Phát động phong trào thi đua năm 2025 Sở Nội vụ báo cáo trước ngày 15/6/2025."
    assert (" ".join(text.raw.split()), text.format, text.pages) == (words, "scan", (0,))


def scan(*texts: str, stamp: str = "") -> bytes:
    """A PDF of pictures of `texts`, one a page, with `stamp` as text over each."""
    pictures = "#pagebreak()".join(
        f"#image(bytes(({', '.join(map(str, paper(text)))})), width: 100%)" for text in texts
    )
    return typeset(f"#set page(margin: 0cm, width: 18cm, height: 9cm, foreground: [{stamp}])\n{pictures}")


def test_a_pdf_of_pictures_is_recognised_page_by_page():
    need("tesseract")
    text = extract(scan("Kế hoạch thi đua", "Nơi nhận báo cáo"), "plan.pdf")
    assert text == PlanText("Kế hoạch thi đua\nNơi nhận báo cáo", "scan", (0, 17))


def test_a_scan_that_carries_only_a_signature_stamp_is_recognised():
    need("tesseract")
    text = extract(scan("Kế hoạch thi đua", stamp="#place(bottom + right)[Người ký: An]"), "plan.pdf")
    assert (text.raw.split("\n")[0], text.format) == ("Kế hoạch thi đua", "scan")


def test_a_blank_page_needs_no_recognition(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UnreadableError) as refused:
        extract(typeset("#pagebreak()"), "plan.pdf")
    assert (refused.value.code, refused.value.params) == ("unreadable_no_text", {"file": "plan.pdf"})


def test_a_text_with_one_scanned_page_is_read_without_it_where_tesseract_is_missing(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    body = "Phát động thi đua. " * 60
    data = typeset(f"{body}\n#pagebreak()\n#rect(width: 100%, height: 90%)")
    text = extract(data, "plan.pdf")
    assert (" ".join(text.raw.split()), text.format) == (body.strip(), "pdf")
    (finding,) = find_unread_pages(text)
    assert "trang 2:" in sentence(finding)
    assert "apt install tesseract-ocr tesseract-ocr-vie" in sentence(finding)


def test_nothing_is_missing_of_a_text_whose_pages_all_were_read():
    assert find_unread_pages(extract(typeset("Phát động thi đua."), "plan.pdf")) == ()


def test_too_many_scanned_pages_are_refused():
    with pytest.raises(UnreadableError) as refused:
        extract(scan("Một", "Hai"), "plan.pdf", limits=Limits(scanned_pages=1))
    assert (refused.value.code, refused.value.params) == (
        "unreadable_too_many_scans",
        {"file": "plan.pdf", "pages": 2, "limit": 1},
    )
