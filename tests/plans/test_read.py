"""What holds for every reading, whatever the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelled import corpora
from thidua.plans.read import read_text
from thidua.plans.reading import KINDS, Fact, Reading

DOCUMENTS = [document for documents in corpora().values() for document in documents]
LINES = [line for document in DOCUMENTS for line in document.text.splitlines()]


def _facts(reading: Reading) -> list[Fact]:
    header = [
        field for name in reading.header.__struct_fields__ if isinstance(field := getattr(reading.header, name), Fact)
    ]
    return header + [fact for kind in KINDS for fact in getattr(reading, kind)]


def _assert_stands_on_words(text: str) -> None:
    for fact in _facts(read_text(text)):
        start, end = fact.span

        assert fact.quote
        assert text[start:end].startswith(fact.quote)
        assert 0 <= fact.sureness <= 1


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_fact_stands_on_words_of_the_document(document) -> None:
    _assert_stands_on_words(document.text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=25), st.sampled_from(["\n", "\n\n", "\r\n", "\x0c"]))
def test_shuffled_lines_of_plans_are_read_without_failing(lines: list[str], between: str) -> None:
    _assert_stands_on_words(between.join(lines))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_failing(text: str) -> None:
    _assert_stands_on_words(text)


def test_reading_twice_gives_the_same() -> None:
    text = DOCUMENTS[0].text

    assert read_text(text) == read_text(text)


@pytest.mark.parametrize(
    "piece", ["số 12/KH-UBND ngày ", "từ ngày 1/1/2025 đến ", "12 ", "mỗi xã ", "(", "“", "|", "- a\n", "; "]
)
def test_a_hostile_paragraph_does_not_hang_the_reader(piece: str) -> None:
    """Quadratic grammars would need minutes here; pytest's run as a whole is bounded, so a hang is seen."""
    body = piece * (40_000 // len(piece))
    text = "KẾ HOẠCH\nThi đua\n\n" + "".join(
        f"{i}. {head}\n\n{body}\n\n" for i, head in enumerate(("NỘI DUNG", "HỒ SƠ", "TỔ CHỨC THỰC HIỆN"), 1)
    )

    assert isinstance(read_text(text), Reading)


@pytest.mark.parametrize(
    "text",
    [
        "KẾ HOẠCH\nThi đua\n\n1. Chỉ tiêu\n|:--|:--|\n|:--|:--|\n",
        "KẾ HOẠCH\nThi đua\n\nNội dung./.\n\nNơi nhận:\n•\nUBND tỉnh;\n",
        "KẾ HOẠCH\n)\n\nNội dung.\n",
    ],
    ids=["a table of rules only", "a bullet alone on its line", "a title of one bracket"],
)
def test_remains_of_a_conversion_are_read_without_failing(text: str) -> None:
    _assert_stands_on_words(text)


def test_an_empty_text_gives_an_empty_reading() -> None:
    assert read_text("") == Reading()


def test_the_raw_text_may_hold_any_unicode_form() -> None:
    document = next(document for document in DOCUMENTS if document.name.startswith("tinh-quang-tri"))
    decomposed = read_text(unicodedata.normalize("NFD", document.text))
    composed = read_text(unicodedata.normalize("NFC", document.text))

    assert {kind: len(getattr(decomposed, kind)) for kind in KINDS} == {
        kind: len(getattr(composed, kind)) for kind in KINDS
    }
