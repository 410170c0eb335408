"""The PDF that is issued: every name in it, the head of a list on every page, numbers of pages where they belong."""

from __future__ import annotations

import datetime
import itertools
import resource
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
import typst
from msgspec import structs

from papers.samples import FARMING, HOME, HUYEN, PAPERS, a_presentation
from thidua.errors import UnprintableError
from thidua.explain import say
from thidua.papers import as_pdf, to_pdf
from thidua.papers.letters import Defect, Returned, ReturnLetter, return_letter
from thidua.papers.paper import Appendix, Paper, Paragraph
from thidua.papers.presentation import Presentation, presentation

FAMILIES = (
    "Nguyễn Thị Khánh",
    "Tôn Nữ Hoàng Phương",
    "Danh Sóc",
    "Kpă H’",
    "Công Huyền Tôn Nữ Thị",
    "Lê Đặng Bảo Quỳnh",
)
GIVEN = ("Huyền", "Quảng", "Nghĩa", "Thuỷ", "Đượm", "Ưởng", "Ỷ Lan", "Ngoẵng", "Khuyếch Trương", "Ơn")


def pages_of(pdf: bytes) -> list[str]:
    """Words as they stand on each page, white space as single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(unicodedata.normalize("NFC", text).split()) for text in texts]


@pytest.fixture(scope="module")
def three_hundred() -> list[str]:
    pairs = itertools.islice(itertools.cycle(itertools.product(FAMILIES, GIVEN)), 300)
    return [f"{family} {given} {n:03d}" for n, (family, given) in enumerate(pairs, 1)]


def _long(names: list[str]) -> Paper:
    nominees = tuple(structs.replace(HUYEN, name=name) for name in names)
    return presentation(Presentation(issue=FARMING, to=("Sở Nội vụ",), occasion="năm 2025", nominees=nominees))


def test_three_hundred_names_are_all_there_over_many_pages(three_hundred: list[str]) -> None:
    pages = pages_of(to_pdf(_long(three_hundred)))
    whole = " ".join(pages)

    assert len(pages) > 10
    assert [name for name in three_hundred if name.replace("’", "'") not in whole.replace("’", "'")] == []


def test_the_head_of_the_list_is_on_every_page_and_pages_count_from_one_again(three_hundred: list[str]) -> None:
    pages = pages_of(to_pdf(_long(three_hundred)))
    lists = [page for page in pages if "001" in page or "Tóm tắt thành tích" in page]

    assert lists[0].startswith("Phụ lục")
    assert all("Tóm tắt thành tích" in page for page in lists)
    assert [page.split()[0] for page in lists[1:4]] == ["2", "3", "4"]


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_paper_gives_the_same_bytes_and_no_first_page_shows_its_number(name: str) -> None:
    pdf = to_pdf(PAPERS[name]())

    assert pdf == to_pdf(PAPERS[name]())
    assert not pages_of(pdf)[0].startswith("1")


def test_it_is_of_the_kind_that_archives_keep() -> None:
    pdf = to_pdf(a_presentation())

    assert b"pdfaid" in pdf
    assert pypdfium2.PdfDocument(pdf).get_metadata_value("Title").startswith("TỜ TRÌNH Về việc đề nghị khen thưởng")


def test_a_machine_without_a_face_like_times_says_which_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_pdf, "_fonts", lambda: typst.Fonts(include_system_fonts=False, include_embedded_fonts=True))

    with pytest.raises(UnprintableError) as raised:
        to_pdf(a_presentation())
    assert raised.value.code == "unprintable_no_font"
    assert "Times New Roman, Tinos, Liberation Serif" in say(raised.value.code, raised.value.params)


def test_a_character_that_no_face_has_is_named_and_not_dropped() -> None:
    with pytest.raises(UnprintableError) as raised:
        to_pdf(structs.replace(a_presentation(), body=(Paragraph("Nguyễn 漢 A"),)))
    assert raised.value.code == "unprintable_characters"
    assert "Chữ “漢” không có trong phông" in say(raised.value.code, raised.value.params)


def test_every_appendix_counts_its_own_pages() -> None:
    upright = Appendix(title="Danh sách", blocks=(Paragraph("dòng chữ " * 450),))
    wide = structs.replace(upright, landscape=True)
    pages = pages_of(to_pdf(structs.replace(a_presentation(), appendices=(upright, wide, wide, upright))))

    assert [page.split(" D")[0] for page in pages if page.startswith("Phụ lục")] == [
        "Phụ lục I",
        "Phụ lục II",
        "Phụ lục III",
        "Phụ lục IV",
    ]
    assert [page.split()[0] for page in pages if "dòng chữ" in page and "Phụ lục" not in page] == ["2"] * 4


def test_many_long_papers_do_not_fill_a_server() -> None:
    """What typst keeps of one such paper is some forty megabytes: three more may not cost a hundred and twenty."""
    names = [f"Người {n}" for n in range(500)]
    taken = []
    for day in range(1, 6):
        to_pdf(structs.replace(_long(names), day=datetime.date(2026, 1, day)))
        taken.append(_megabytes())

    assert taken[-1] - taken[1] < 50


def _megabytes() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() // 1_000_000


def test_many_returned_dossiers_go_into_an_appendix() -> None:
    returned = tuple(
        Returned(
            nominee=structs.replace(HUYEN, name=f"Người thứ {n}"), defects=(Defect(reason="Thiếu", todo="Bổ sung"),)
        )
        for n in range(40)
    )
    letter = ReturnLetter(issue=HOME, to=("Sở Y tế",), submission="Tờ trình số 05/TTr-SYT", returned=returned)
    pages = pages_of(to_pdf(return_letter(letter)))

    assert "Nội dung của từng hồ sơ ghi tại Phụ lục kèm theo" in pages[0]
    assert all(f"Người thứ {n} " in " ".join(pages[1:]) for n in range(40))
