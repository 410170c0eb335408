"""The order of names in a list."""

from __future__ import annotations

import random
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from thidua.vietnamese.collation import collation_key

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
