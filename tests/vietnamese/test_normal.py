"""The normal form repairs for reading and never loses the way back to the raw text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.vietnamese.folding import fold, search_key
from thidua.vietnamese.normal import join, mend_words, normalise_line

LETTERS = "aàảãáạăằâấđeêềiíoôốơớuưứyỳ bcdghklmnpqrstvx"
ODD = "*|_#`\u00a0\u200b\u00ad\t\u0301\u0323–—“”\"'έΑо[]()0123456789.,;:-"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("**1. Mục đích**", "1. Mục đích"),
        ("[bookmark: _GoBack]4. Thời gian", "4. Thời gian"),
        ("Hồ Láng Thέ", "Hồ Láng Thé"),
        (unicodedata.normalize("NFD", "Khen thưởng"), "Khen thưởng"),
        ("  hai   khoảng\u00a0trắng ", "hai khoảng trắng"),
        ("Công an tỉnh\t05\t12", "Công an tỉnh|05|12"),
        ("1.\tNội dung", "1. Nội dung"),
        ("khen\u00adthưởng\u200b", "khenthưởng"),
    ],
)
def test_repairs_a_line(raw: str, text: str) -> None:
    assert normalise_line(raw, 0).text == text


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("khen th ưởng", "khen thưởng"),
        ("k hen thưởng", "khen thưởng"),
        ("Ủy b an nhân dân", "Ủy ban nhân dân"),
        ("tổ ch ức thực hi ện", "tổ chức thực hiện"),
    ],
)
def test_mends_a_split_syllable(broken: str, whole: str) -> None:
    assert mend_words(normalise_line(broken, 0)).text == whole


@pytest.mark.parametrize(
    "text", ["a) Đối với cá nhân", "UBND các xã", "phường 4, thành phố", "ở cơ sở", "đ) Hồ sơ", "Y tế và ý thức"]
)
def test_leaves_whole_words_alone(text: str) -> None:
    assert mend_words(normalise_line(text, 0)).text == text


@given(st.text(alphabet=LETTERS + ODD, max_size=80))
def test_every_character_leads_back_to_the_raw_text(raw: str) -> None:
    normal = normalise_line(raw, 7)

    assert len(normal.text) == len(normal.folded) == len(normal.at)
    assert list(normal.at) == sorted(normal.at)
    assert all(7 <= at < 7 + len(raw) for at in normal.at)


@given(st.text(alphabet=LETTERS + ODD, min_size=1, max_size=60), st.data())
def test_a_span_covers_whole_letters_with_their_marks(raw: str, data: st.DataObject) -> None:
    raw = unicodedata.normalize("NFD", raw)
    normal = normalise_line(raw, 0)
    if not normal.text:
        return
    start = data.draw(st.integers(0, len(normal) - 1))
    end = data.draw(st.integers(start + 1, len(normal)))

    first, last = normal.span(start, end, raw)

    assert 0 <= first < last <= len(raw)
    assert last == len(raw) or not unicodedata.combining(raw[last])


def test_joined_pieces_keep_their_places() -> None:
    raw = "Thi đua\nyêu nước"
    piece = join([normalise_line("Thi đua", 0), normalise_line("yêu nước", 8)])

    assert piece.text == "Thi đua yêu nước"
    assert piece.span(4, 11, raw) == (4, 11)


@given(st.text(max_size=60))
def test_folding_composed_text_keeps_its_length(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)

    assert len(fold(composed)) == len(composed)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đỗ Đức Đạt", "do duc dat"),
        ("  Nguyễn   Thị Hạnh", "nguyen thi hanh"),
        ("THI ĐUA – KHEN THƯỞNG", "thi dua - khen thuong"),
    ],
)
def test_search_ignores_case_marks_and_spaces(text: str, key: str) -> None:
    assert search_key(text) == key
