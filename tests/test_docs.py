"""The documents lead where they say they lead, and no page of them stands unlinked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
# Kinds whose name in the glossary is not their own word in the singular.
NAMES = {
    "criteria": "criterion",
    "award_forms": "award",
    "legal_basis": "legal basis",
    "anniversaries": "anniversary",
}
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _links(page: Path) -> list[Path]:
    text = page.read_text(encoding="utf-8")
    return [(page.parent / target).resolve() for target in LINK.findall(text) if "://" not in target]


@pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    assert [str(target) for target in _links(document) if not target.exists()] == []


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
    names = {NAMES.get(kind, kind.removesuffix("s").replace("_", " ")) for kind in KINDS}

    assert sorted(name for name in names if name not in glossary) == []
