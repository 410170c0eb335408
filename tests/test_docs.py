"""The documents lead where they say they lead, and no page of them stands unlinked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _links(page: Path) -> list[Path]:
    text = page.read_text(encoding="utf-8")
    return [(page.parent / target).resolve() for target in LINK.findall(text) if "://" not in target]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert [str(target) for target in _links(page) if not target.exists()] == []


def test_the_index_names_every_page() -> None:
    index = _links(ROOT / "docs" / "README.md")

    assert [
        page.name
        for page in PAGES
        if page.is_relative_to(ROOT / "docs") and page.resolve() not in index and page.name != "README.md"
    ] == []


def test_the_glossary_names_every_kind_of_fact_and_every_role() -> None:
    from thidua.plans.reading import KINDS  # noqa: PLC0415 - only this test needs the core

    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    names = {kind.removesuffix("s").replace("_", " ") for kind in KINDS} - {"award form", "criteria", "dossier"} | {
        "award",
        "criterion",
        "dossier",
    }

    assert sorted(name for name in names if name not in glossary) == []
