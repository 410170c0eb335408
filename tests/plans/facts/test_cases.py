"""Every grammar on short texts that an officer can read: cases/*.toml, one file a kind of fact.

A case gives a text and, for each kind it names, the facts that must be read out of it, in order; of every fact the
listed values are compared. A kind that is named with an empty list must not be read at all.
"""

from __future__ import annotations

import datetime
import json
import tomllib
from pathlib import Path

import pytest

from thidua.plans.exchange import to_json
from thidua.plans.read import read_text
from thidua.plans.reading import KINDS

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(Path(__file__).with_name("cases").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES)
def test_facts_of_case(case: dict) -> None:
    reading = json.loads(to_json(read_text(case["text"])))
    for kind in KINDS:
        if kind in case:
            wanted = [_plain(item) for item in case[kind]]
            found = [
                {key: item.get(key) for key in (wanted[i] if i < len(wanted) else item)}
                for i, item in enumerate(reading[kind])
            ]

            assert found == wanted, kind
    for name, value in case.get("header", {}).items():
        field = reading["header"][name]

        assert (field or {}).get("value") == (value or None), name


def test_every_kind_has_cases() -> None:
    named = {key for case in CASES for key in case.values[0]}

    assert set(KINDS) - named == set()


def _plain(item: dict) -> dict:
    """TOML has dates and no null; the reading has ISO strings and null."""
    return {
        key: value.isoformat() if isinstance(value, datetime.date) else (None if value == "" else value)
        for key, value in item.items()
    }
