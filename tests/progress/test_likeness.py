"""Works that may be one: labelled pairs in works_alike.toml, how many are told rightly, and what holds of all."""

from __future__ import annotations

import random
import time
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.explain import sentence
from thidua.progress.likeness import (
    ENOUGH,
    MOST_WORDS,
    Likeness,
    WorkFacts,
    alike,
    folded_words,
    nearest,
    search_words,
)

FILE = tomllib.loads((Path(__file__).parent / "works_alike.toml").read_text("utf-8"))
ALIKE: list[list[str]] = FILE["alike"]
OTHER: list[list[str]] = FILE["other"]
NAMES = sorted({name for pair in (*ALIKE, *OTHER) for name in pair})
# Three pairs in a hundred may be told wrongly; a clerk looks at what is shown.
FLOOR = 0.97


def compare(one: str, other: str) -> Likeness | None:
    return alike(WorkFacts(key=1, name=one), WorkFacts(key=2, name=other))


def test_of_the_labelled_pairs_hardly_one_is_told_wrongly() -> None:
    missed = [pair for pair in ALIKE if not compare(*pair)]
    mistaken = [pair for pair in OTHER if compare(*pair)]
    found = len(ALIKE) - len(missed)
    recall, precision = found / len(ALIKE), found / (found + len(mistaken))

    assert len(ALIKE) + len(OTHER) >= 120
    assert recall >= FLOOR, missed
    assert precision >= FLOOR, mistaken


@pytest.mark.parametrize("case", FILE["placed"], ids=lambda case: f"{case['one']['name']} | {case['other']['name']}")
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned round"])
def test_a_body_and_a_place_tell_common_names_apart(case: dict[str, Any], turned: bool) -> None:
    one, other = (msgspec.convert({"key": 1} | case[side], WorkFacts) for side in ("one", "other"))
    likeness = alike(other, one) if turned else alike(one, other)

    assert (likeness is not None) == case["alike"]
    assert set(case.get("why", [])) <= {reason.code for reason in likeness.reasons} if likeness else True


@pytest.mark.parametrize("pair", ALIKE, ids=" | ".join)
def test_why_is_said_in_both_languages(pair: list[str]) -> None:
    likeness = compare(*pair)

    for reason in likeness.reasons if likeness else ():
        assert sentence(reason, "vi")
        assert sentence(reason, "en")


def test_the_reasons_name_what_is_the_same_and_what_differs() -> None:
    likeness = compare("Cầu Ba Si", "Xây dựng cầu Ba Si, xã Phương Thạnh")

    assert likeness
    assert [sentence(reason) for reason in likeness.reasons] == [
        "Tên đã có ghi thêm: “xã Phương Thạnh”.",
        "Cùng tên riêng: Ba Si.",
    ]


@pytest.mark.parametrize("pair", ALIKE, ids=" | ".join)
def test_a_database_finds_by_the_words_what_is_alike(pair: list[str]) -> None:
    for one, other in (pair, reversed(pair)):
        assert not set(search_words(one)).isdisjoint(folded_words(other).split(" "))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Xây dựng cầu Ba Si", ("ba", "si", "cau")),
        ("Nâng cấp QL53 (giai đoạn 2)", ("53", "quoc_lo")),
        ("Đầu tư xây dựng 34 cống nội đồng trên địa bàn tỉnh", ("34", "noi_dong", "cong")),
        ("Dự án", ("du_an",)),
        ("", ()),
    ],
)
def test_the_most_telling_words_come_first(name: str, words: tuple[str, ...]) -> None:
    assert search_words(name) == words


def test_the_likest_stands_first_and_nothing_is_like_itself() -> None:
    known = [
        WorkFacts(key=1, name="Cầu Láng Thé"),
        WorkFacts(key=2, name="Cầu Ba Si, xã Phương Thạnh, huyện Càng Long"),
        WorkFacts(key=3, name="Xây cầu Ba Si"),
        WorkFacts(key=4, name="Cầu Ba Si"),
        WorkFacts(key=5, name="Cầu Ba Si"),
    ]

    assert [found.key for found in nearest(known[3], known)] == [5, 3, 2]
    assert [found.key for found in nearest(known[3], known, most=1)] == [5]


@settings(deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_likeness_is_the_same_in_both_directions(one: str, other: str) -> None:
    there, back = compare(one, other), compare(other, one)

    assert (there and there.score) == (back and back.score)


@settings(deadline=None)
@given(st.sampled_from(NAMES))
def test_a_name_is_wholly_like_itself_however_it_is_written(name: str) -> None:
    for written in (name, f"  {name}. ", name.upper(), name.lower()):
        likeness = compare(name, written)

        assert likeness
        assert likeness.score >= (ENOUGH if written in (name.upper(), name.lower()) else 100)


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60) | st.sampled_from(NAMES))
def test_any_text_is_a_name(one: str, other: str) -> None:
    likeness = compare(one, other)

    assert likeness is None or ENOUGH <= likeness.score <= 100
    assert len(search_words(one)) <= MOST_WORDS


def test_some_hundred_candidates_are_compared_while_typing() -> None:
    dice = random.Random(5)
    kinds = ["Cầu", "Đường", "Trường Tiểu học", "Trạm y tế xã", "Nhà văn hóa ấp", "Kè bờ sông"]
    syllables = ["Long", "Hòa", "Ba", "Si", "Phước", "Hưng", "Tân", "Lộc", "Châu", "Điền", "Mỹ", "Đức"]
    known = [
        WorkFacts(key=key, name=f"Xây dựng {dice.choice(kinds)} {' '.join(dice.sample(syllables, 2))} {key % 9}")
        for key in range(500)
    ]
    began = time.perf_counter()
    found = nearest(WorkFacts(key=-1, name="Xây cầu Ba Si 5"), known)

    assert time.perf_counter() - began < 1
    assert len(found) <= 5
