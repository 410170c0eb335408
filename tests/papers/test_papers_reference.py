"""The page about papers names every paper and every refusal, and its example runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from thidua.papers import achievements, appraised, letters, minutes, opinions, presentation
from thidua.papers.patterns import PATTERNS

PAGE = Path(__file__).parents[2].joinpath("docs/reference/papers.md").read_text("utf-8")
MODULES = (achievements, appraised, letters, minutes, opinions, presentation)


def _builders() -> list[str]:
    """Functions of the modules that give a paper, as the page writes them."""
    return [
        f"`{module.__name__.rpartition('.')[2]}.{name}`"
        for module in MODULES
        for name, found in vars(module).items()
        if getattr(found, "__module__", "") == module.__name__
        and not name.startswith("_")
        and getattr(found, "__annotations__", {}).get("return") == "Paper"
    ]


def test_every_paper_is_named() -> None:
    assert len(_builders()) == 8
    assert [name for name in _builders() if name not in PAGE] == []


@pytest.mark.parametrize("pattern", [one.name for one in PATTERNS])
def test_every_form_that_is_sure_is_named(pattern: str) -> None:
    number, _, decree = pattern.partition(", ")

    assert f"{number} {decree}".replace("số ", "") in PAGE


def test_the_example_gives_files() -> None:
    names: dict[str, object] = {}
    for example in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(example, names)

    assert bytes(names["docx"])[:2] == b"PK"
    assert bytes(names["pdf"])[:5] == b"%PDF-"
