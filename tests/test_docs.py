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


@pytest.fixture
def review_page() -> str:
    return _text("docs/reference/review.md")


def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_every_key_of_the_review_is_told(review_page: str) -> None:
    script = _text("src/thidua_web/static/js/review.js")
    keys = {*re.findall(r"\bKey([A-Z]):", script), *re.findall(r'event\.key === "(Enter|Escape)"', script)}
    told = set(re.findall(r"`(\w+)`", review_page.partition("## Việc")[0]))

    assert len(keys) > 8
    assert sorted(keys - told - ({"Escape"} if "Esc" in told else set())) == []


def test_every_act_and_verdict_of_the_review_is_told(review_page: str) -> None:
    from thidua.plans.review import Verdict  # noqa: PLC0415 - only this test needs the core

    models = _text("src/thidua_web/campaigns/models/reviews.py").partition("class ReviewAct")[2]
    acts = re.findall(r'^    [A-Z_]+ = "([a-z_]+)", _', models, re.MULTILINE)
    codes = [*acts, *(verdict.value for verdict in Verdict)]

    assert "undo" in acts
    assert [code for code in codes if f"| `{code}` |" not in review_page] == []


@pytest.mark.parametrize("name", ["Stage", "DutyState"])
def test_every_stage_of_a_campaign_and_state_of_a_duty_is_told(name: str) -> None:
    sources = [file.read_text(encoding="utf-8") for file in (ROOT / "src/thidua_web/campaigns").rglob("*.py")]
    choices = next(source for source in sources if f"class {name}(models.TextChoices)" in source)
    body = re.split(r"\n\n\n", choices.partition(f"class {name}(")[2])[0]
    codes = re.findall(r'^    [A-Z]+ = "([a-z]+)", _\("([^"]+)"\)', body, re.MULTILINE)

    assert len(codes) == 5
    assert [code for code, label in codes if f"| `{code}` | {label} |" not in _text("docs/reference/campaign.md")] == []


def test_every_picture_is_shown_somewhere() -> None:
    pages = [page.read_text(encoding="utf-8") for page in PAGES]
    shown = {name for page in pages for name in re.findall(r"images/([\w-]+\.png)", page)}

    assert sorted(file.name for file in (ROOT / "docs" / "images").iterdir() if file.name not in shown) == []
