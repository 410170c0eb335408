"""The document as paper: facts may overlap in any way, and not a letter is lost, added, or taken for markup."""

from __future__ import annotations

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from thidua_web.campaigns.pages import paper
from thidua_web.campaigns.pages import plan as pages
from thidua_web.campaigns.pages.facts import ShownFact

TEXT = st.text(alphabet=st.sampled_from("aÂế<>&\"' \n|*_[]()\u0301\u2028"), max_size=60)


def fact(number: int, start: int, end: int, kind: str = "targets") -> ShownFact:
    return ShownFact(f"{kind}-{number}", kind, "", (), "", (start, end), 1.0)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[ShownFact], list[int]]:
    raw = draw(TEXT)
    spans = draw(st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=8))
    pages = draw(st.lists(st.integers(0, 60), max_size=3, unique=True).map(sorted))
    return raw, [fact(number, start, end) for number, (start, end) in enumerate(spans)], [0, *pages]


def text_of(lines: list[paper.Line]) -> str:
    return "".join(piece.text for line in lines for piece in line.pieces)


@given(documents())
def test_every_letter_is_there_once(document: tuple[str, list[ShownFact], list[int]]) -> None:
    raw, facts, pages = document
    assert text_of(paper.lines(raw, facts, pages)) == raw.replace("\n", "")


@given(documents())
def test_the_words_of_every_fact_are_exactly_its_span(document: tuple[str, list[ShownFact], list[int]]) -> None:
    raw, facts, pages = document
    lines = paper.lines(raw, facts, pages)
    for one in facts:
        start, end = one.span
        marked = "".join(piece.text for line in lines for piece in line.pieces if one in piece.facts)
        assert marked == (raw[start:end].replace("\n", "") if 0 <= start < end <= len(raw) else "")


def test_the_innermost_fact_gives_the_colour_and_the_link() -> None:
    (line,) = paper.lines("một hai ba", [fact(1, 0, 10, "tasks"), fact(2, 4, 7)], [0])
    assert [(piece.text, piece.kinds) for piece in line.pieces] == [
        ("một ", "tasks"),
        ("hai", "targets tasks"),
        (" ba", "tasks"),
    ]


def test_facts_may_cross() -> None:
    (line,) = paper.lines("abcdef", [fact(1, 0, 4), fact(2, 2, 6)], [0])
    assert [(piece.text, piece.ids) for piece in line.pieces] == [
        ("ab", "targets-1"),
        ("cd", "targets-1 targets-2"),
        ("ef", "targets-2"),
    ]


def test_a_sliver_is_coloured_but_no_link() -> None:
    (line,) = paper.lines("abcdef", [fact(1, 0, 6), fact(2, 0, 5)], [0])
    assert [(piece.text, piece.leads) for piece in line.pieces] == [("abcde", True), ("f", False)]


def test_pages_begin_where_the_file_says() -> None:
    lines = paper.lines("trang một\ntrang hai", [], [0, 10])
    assert [(text_of([line]), line.page) for line in lines] == [("trang một", None), ("trang hai", 2)]


def test_titles_in_capitals_stand_in_the_middle_and_sections_at_the_left() -> None:
    looks = [line.look for line in paper.lines("KẾ HOẠCH\nII. NỘI DUNG\nNội dung\n**THƯ KÝ**\n123", [], [0])]
    assert looks == ["title", "head", "", "title", ""]


def test_markup_in_the_document_stays_text() -> None:
    raw = '<script>alert(1)</script> & "a" **b** | [c](javascript:alert(2))'
    document = {"pk": 1, "name": raw, "unit": {"name": raw}}
    context = {"document": document, "result": {"title": raw}, "progress": pages.Progress(1, 0)}
    sheet = paper.as_html(paper.lines(raw, [fact(1, 0, 8)], [0]))
    page = render_to_string("campaigns/plan.html", context | {"sheet": sheet})
    assert "<script>alert" not in page
    assert sheet.count("&lt;script&gt;") == 1
    assert page.count("&lt;script&gt;") > 1  # the title, the unit, the file: all escaped
