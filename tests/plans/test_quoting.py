"""Where a quotation stands in a raw text."""

import unicodedata

import pytest

from thidua.plans.quoting import find_words, trim_span

RAW = "Tặng Giấy khen cho tập thể.\nTặng Giấy khen cho cá nhân  có\n thành tích."


def words(raw: str, span: tuple[int, int] | None) -> str | None:
    return span and raw[slice(*span)]


def test_literal_words_are_found_where_they_first_stand() -> None:
    assert find_words(RAW, "Giấy khen") == (5, 14)


@pytest.mark.parametrize(("near", "start"), [(0, 5), (16, 5), (24, 33), (70, 33)])
def test_of_several_places_the_nearest_is_meant(near: int, start: int) -> None:
    assert find_words(RAW, "Giấy khen", near=near) == (start, start + 9)


@pytest.mark.parametrize("quote", ["cá nhân có thành tích", " cá\tnhân có\r\nthành tích\n"])
def test_white_space_may_differ(quote: str) -> None:
    assert words(RAW, find_words(RAW, quote)) == "cá nhân  có\n thành tích"


@pytest.mark.parametrize(("raw_form", "quote_form"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_the_unicode_form_may_differ(raw_form: str, quote_form: str) -> None:
    raw = unicodedata.normalize(raw_form, RAW)
    quote = unicodedata.normalize(quote_form, "cá nhân có thành tích")

    span = find_words(raw, quote)

    assert words(raw, span) == unicodedata.normalize(raw_form, "cá nhân  có\n thành tích")


def test_literal_words_come_before_nearer_ones_with_other_spaces() -> None:
    raw = "cá nhân; cá  nhân"

    assert find_words(raw, "cá nhân", near=17) == (0, 7)


@pytest.mark.parametrize("quote", ["", " \n", "hộ gia đình", "**"])
def test_what_is_not_there_is_not_found(quote: str) -> None:
    assert find_words(RAW, quote) is None


@pytest.mark.parametrize("near", [None, 3])
def test_signs_of_patterns_are_plain_signs(near: int | None) -> None:
    assert find_words("mức 5% (năm phần trăm) + [1]", "5%  (năm phần trăm) +", near=near) == (4, 24)


@pytest.mark.parametrize(
    ("span", "trimmed"),
    [
        ((4, 15), "Giấy khen"),
        ((6, 13), "Giấy khen"),
        ((0, 3), "Tặng"),
        ((20, 27), "tập thể."),
        ((-5, 2), "Tặng"),
        ((60, 900), "thành tích."),
        ((4, 5), ""),
        ((10, 2), ""),
    ],
)
def test_a_span_is_trimmed_to_whole_words(span: tuple[int, int], trimmed: str) -> None:
    assert words(RAW, trim_span(RAW, span)) == trimmed


def test_marks_belong_to_their_letters() -> None:
    raw = unicodedata.normalize("NFD", "đợt thi đua")

    assert words(raw, trim_span(raw, (0, 2))) == unicodedata.normalize("NFD", "đợt")
