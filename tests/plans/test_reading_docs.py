"""docs/reference/reading.md names every kind of fact and every field, and its examples are what the reader reads."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args, get_type_hints

import msgspec
import pytest

from thidua.plans.exchange import to_json
from thidua.plans.read import read_text
from thidua.plans.reading import KINDS, Fact, Header, Reading, Relative

PAGE = (Path(__file__).parents[2] / "docs/reference/reading.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## `(\w+)`[^\n]*\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
SAMPLE = re.findall(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
EXAMPLES = [
    pytest.param(kind, json.loads(example), id=f"{kind} {i + 1}")
    for kind, section in SECTIONS.items()
    for i, example in enumerate(re.findall(r"^```json\n(.*?)^```", section, re.MULTILINE | re.DOTALL))
]


@pytest.fixture(scope="module")
def reading() -> dict:
    return json.loads(to_json(read_text(*SAMPLE)))


def test_the_page_names_every_kind_in_order() -> None:
    assert list(SECTIONS) == ["header", *KINDS]


@pytest.mark.parametrize("kind", ["header", *KINDS])
def test_the_page_names_every_field_in_order(kind: str) -> None:
    assert _rows(SECTIONS[kind]) == _fields(kind)


def test_the_page_names_what_all_facts_have() -> None:
    assert _rows(PAGE.split("\n## ", 1)[0]) == _names(Fact)


@pytest.mark.parametrize("kind", ["header", *KINDS])
def test_every_section_has_an_example(kind: str) -> None:
    assert kind in {example.values[0] for example in EXAMPLES}


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_an_example_is_what_the_reader_reads(reading: dict, kind: str, example: dict) -> None:
    if kind == "header":
        read = {name: {key: reading["header"][name][key] for key in field} for name, field in example.items()}
    else:
        read = next(({key: fact[key] for key in example} for fact in reading[kind] if _is_meant(fact, example)), None)

    assert read == example


def _is_meant(fact: dict, example: dict) -> bool:
    """Facts that share a quote are told apart by their first value."""
    first = next(iter(example))
    return (fact["quote"], fact[first]) == (example["quote"], example[first])


def _rows(section: str) -> list[str]:
    return re.findall(r"^\| `([\w.]+)` \|", section, re.MULTILINE)


def _fields(kind: str) -> list[str]:
    if kind == "header":
        return _names(Header)
    own = [name for name in _names(get_args(get_type_hints(Reading)[kind])[0]) if name not in _names(Fact)]
    return [*own, *(f"relative.{name}" for name in _names(Relative) if "relative" in own)]


def _names(struct: type[msgspec.Struct]) -> list[str]:
    """As JSON writes them: `for`, not `for_`."""
    return [field.encode_name for field in msgspec.structs.fields(struct)]
