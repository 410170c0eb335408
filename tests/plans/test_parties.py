"""Whom a plan addresses: cases in parties.toml are phrases as officials write them."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.plans.parties import parties

CASES = tomllib.loads(Path(__file__).with_name("parties.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["who"] for case in CASES])
def test_the_parties_of_a_phrase(case: dict) -> None:
    assert [[party.name, party.group or ""] for party in parties(case["who"])] == case["parties"]


@pytest.mark.parametrize("case", CASES[:5], ids=[case["who"] for case in CASES[:5]])
def test_decomposed_letters_are_the_same_letters(case: dict) -> None:
    assert parties(unicodedata.normalize("NFD", case["who"])) == parties(case["who"])


@given(st.lists(st.sampled_from([case["who"] for case in CASES]) | st.text(max_size=20), max_size=4))
def test_parties_stand_in_the_words_in_their_order(phrases: list[str]) -> None:
    who = "; ".join(phrases)
    words, reached = " ".join(unicodedata.normalize("NFC", who).split()), 0
    for party in parties(who):
        reached = words.index(party.name, reached) + len(party.name)


def test_no_words_address_nobody() -> None:
    assert parties("") == parties(" ; ") == ()
