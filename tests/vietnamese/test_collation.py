"""The order of names in a list."""

from __future__ import annotations

import random
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from thidua.vietnamese.collation import collation_key, person_sort_text, sort_text

TEXT = st.text("aăâàáạậđdĐ eêơ12 -.,ßİ²", max_size=12)


def ordered(*names: str) -> None:
    mixed = random.Random(7).sample(names, len(names))
    assert sorted(mixed, key=collation_key) == list(names)


def test_letters_with_marks_follow_their_plain_ones() -> None:
    ordered("Xã An Biên", "Xã Ăn Lành", "Xã Ân Hòa", "Xã Ba Sao", "Xã Dân Chủ", "Xã Đa Lộc", "Xã Ô Lâm", "Xã Ơn")


def test_tones_stand_in_the_order_of_a_dictionary() -> None:
    ordered("ma", "mà", "mả", "mã", "má", "mạ")


def test_a_syllable_decides_before_the_next_one() -> None:
    ordered("Hà Tiên", "Hải Lăng", "Hòa An", "Hoà Bình", "Hóa Chất")
    ordered("Sở Xây dựng", "Sở Y tế", "Sở Ý")


def test_numbers_stand_by_their_value_before_letters() -> None:
    ordered("Khối 2", "Khối 10", "Khối thi đua")


def test_case_and_form_count_for_nothing() -> None:
    assert collation_key("XÃ HÒA AN") == collation_key(unicodedata.normalize("NFD", "Xã Hòa An"))


@given(TEXT, TEXT)
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert (collation_key(one) < collation_key(other)) + (collation_key(other) < collation_key(one)) <= 1


@given(TEXT, TEXT)
def test_the_text_that_a_database_sorts_by_agrees(one: str, other: str) -> None:
    assert (sort_text(one) < sort_text(other)) == (collation_key(one) < collation_key(other))


@given(st.text(max_size=30))
def test_it_holds_only_digits_and_small_letters(text: str) -> None:
    assert sort_text(text) == "".join(c for c in sort_text(text) if c in "0123456789abcdefghijklmnopqrstuvwxyz")


def test_persons_stand_by_given_name_then_by_the_rest() -> None:
    names = ["Đỗ Thị An", "Trần Văn An", "Lê Ánh", "Nguyễn Bình", "Phạm Đạt"]
    assert sorted(random.Random(3).sample(names, 5), key=person_sort_text) == names
