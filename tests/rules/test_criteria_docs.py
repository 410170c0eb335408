"""docs/reference/criteria.md tells each predicate with its parameters and choices; the case of the guide runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rules import case_files
from rules.case_files import Case, read_cases
from thidua.explain import catalogue
from thidua.rules.predicates import PREDICATES

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "reference" / "criteria.md").read_text("utf-8")
GUIDE = (DOCS / "how-to" / "write-a-case.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))


def test_each_predicate_has_its_section_and_there_is_no_other() -> None:
    assert set(SECTIONS) == set(PREDICATES)


@pytest.mark.parametrize("name", PREDICATES)
def test_each_parameter_is_told(name: str) -> None:
    told = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", SECTIONS[name], re.MULTILINE))))
    assert told == set(PREDICATES[name].__struct_fields__)


@pytest.mark.parametrize("name", PREDICATES)
def test_each_choice_is_told(name: str) -> None:
    choices = {
        choice for field in msgspec.inspect.type_info(PREDICATES[name]).fields for choice in _choices(field.type)
    }
    assert sorted(choice for choice in choices if choice and f"`{choice}`" not in PAGE) == []


def _choices(kind: Any) -> list[str]:
    if isinstance(kind, msgspec.inspect.LiteralType):
        return [str(value) for value in kind.values]
    inner = [*getattr(kind, "types", ()), *([kind.item_type] if hasattr(kind, "item_type") else [])]
    return [choice for one in inner for choice in _choices(one)]


@pytest.mark.parametrize("group", ["group", "body"])
def test_each_group_and_body_is_told(group: str) -> None:
    codes = {code.rpartition(".")[2] for code in catalogue() if code.startswith(f"rules.words.{group}.")}
    assert sorted(code for code in codes if f"`{code.removesuffix('_unit')}`" not in PAGE) == []


def test_the_case_of_the_guide_comes_out_as_it_says() -> None:
    text = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)[0]
    (case,) = read_cases(text)
    assert case.assessed().outcome is case.outcome


def test_the_guide_tells_every_key_and_every_word() -> None:
    keys = [field.name for field in msgspec.structs.fields(Case)]
    words = [
        word
        for table in ("OUTCOMES", "SUBJECTS", "LEVELS", "MERITS", "WORKS", "SCOPES", "SPELLS")
        for word in getattr(case_files, table)
    ]
    assert [key for key in keys if f"`{key}`" not in GUIDE] == []
    assert [word for word in words if f"`{word}`" not in GUIDE] == []
