"""What of a line is sealed: the same bytes for the same line, other bytes for another."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
import unicodedata
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.journal import Line, canonical, seal

KEY = b"k" * 32
NOON = datetime.datetime(2026, 5, 3, 12, 0, 0, 123, tzinfo=datetime.UTC)
LINE = Line(number=7, at=NOON, act="unit.renamed", actor=4, unit=12, subject_kind="unit", subject_key="77")


def with_details(**details: Any) -> Line:
    return msgspec.structs.replace(LINE, details=details)


def test_the_bytes_are_json_that_anyone_can_read() -> None:
    line = with_details(đơn_vị="Sở Nội vụ", to=["a", 1.5])

    assert json.loads(canonical(line)) == [
        "thidua-journal-1", 7, "2026-05-03T12:00:00.000123+00:00", 4, None, 12,
        "unit.renamed", "unit", "77", {"to": ["a", 1.5], "đơn_vị": "Sở Nội vụ"},
    ]  # fmt: skip


def test_the_seal_is_hmac_over_the_seal_before_and_the_line() -> None:
    before = "ab" * 32
    by_hand = hmac.new(KEY, before.encode() + b"\n" + canonical(LINE), hashlib.sha256).hexdigest()

    assert seal(LINE, before, KEY) == by_hand


def test_text_in_either_unicode_form_is_the_same_line() -> None:
    composed = with_details(tên="Nguyễn Thị Hòa")
    parted = with_details(**{unicodedata.normalize("NFD", "tên"): unicodedata.normalize("NFD", "Nguyễn Thị Hòa")})

    assert canonical(composed) == canonical(parted)


def test_an_instant_is_the_same_in_every_zone() -> None:
    hanoi = datetime.timezone(datetime.timedelta(hours=7))

    assert canonical(msgspec.structs.replace(LINE, at=NOON.astimezone(hanoi))) == canonical(LINE)


@pytest.mark.parametrize(("one", "other"), [(1.0, 1), ((1, 2), [1, 2]), (-0.0, 0), (1e22, 10**22)])
def test_what_a_database_gives_back_otherwise_is_the_same(one: Any, other: Any) -> None:
    assert canonical(with_details(x=one)) == canonical(with_details(x=other))


@pytest.mark.parametrize(("one", "other"), [(True, 1), ("1", 1), (None, ""), ([], {}), ({"a": 1}, {"a": 2})])
def test_other_values_are_another_line(one: Any, other: Any) -> None:
    assert canonical(with_details(x=one)) != canonical(with_details(x=other))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", {"e\u0301": 1, "é": 2}])
def test_what_has_no_one_spelling_is_not_sealed(value: Any) -> None:
    with pytest.raises(ValueError, match=r"finite|composed|surrogates"):
        canonical(with_details(x=value))


@pytest.mark.parametrize("value", [{1, 2}, NOON, b"x", {1: "a"}])
def test_what_json_does_not_hold_is_not_sealed(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(with_details(x=value))


def test_an_instant_without_a_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="time zone"):
        canonical(msgspec.structs.replace(LINE, at=NOON.replace(tzinfo=None)))


def test_a_short_key_is_none() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal(LINE, "", b"short")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(st.characters(codec="ascii"), max_size=5), JSON, max_size=4))
def test_a_line_that_went_through_a_database_has_the_same_bytes(details: dict[str, Any]) -> None:
    line = msgspec.structs.replace(LINE, details=details)
    try:
        before = canonical(line)
    except ValueError:
        return
    kept = json.loads(json.dumps(details))

    assert canonical(msgspec.structs.replace(LINE, details=kept)) == before
