"""Every label of this corpus is well-formed and stands on words of its document."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
LABELS = sorted(HERE.glob("*.json"))
HEADER = {
    "number", "symbol", "issuer", "place", "date", "type", "title", "theme", "slogan",
    "signer", "signer_position",
}  # fmt: skip
KEYS: dict[str, set[str]] = {
    "legal_basis": {"number", "date", "issuer", "quote"},
    "cited_documents": {"number", "date", "issuer", "quote"},
    "periods": {"label", "level", "start", "end", "quote"},
    "targets": {"indicator", "op", "value", "value_max", "unit", "quote"},
    "subjects": {"kind", "text", "quote"},
    "projects": {"name", "milestone", "by", "quote"},
    "pledges": {"who", "min", "of", "quote"},
    "movements": {"name", "quote"},
    "anniversaries": {"name", "origin", "date", "years", "quote"},
    "award_forms": {"name", "granted_by", "for", "quote"},
    "criteria": {"applies_to", "text", "rating_years", "min_excellent_years", "quote"},
    "quotas": {"unit", "max", "of", "quote"},
    "dossier": {"document", "quote"},
    "deadlines": {"what", "who", "to", "date", "recurrence", "quote"},
    "programme": {"item", "quote"},
    "tasks": {"who", "text", "quote"},
}
CHOICES = {
    ("targets", "op"): {">=", "<=", "=", "range"},
    ("subjects", "kind"): {"collective", "individual", "household", "both"},
    ("projects", "milestone"): {"start", "finish"},
    ("award_forms", "for"): {"individual", "collective", "both"},
}


def squeeze(text: str) -> str:
    """The text in NFC and without white space."""
    return "".join(unicodedata.normalize("NFC", text).split())


def read(path: Path) -> tuple[dict[str, Any], str]:
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8")), squeeze(text)


def is_calendar(value: str | None) -> bool:
    """None, a year, a month or a day of the calendar."""
    if value is None:
        return True
    filled = value + "-01-01"[len(value) - 4 :] if len(value) in (4, 7) else value
    return date.fromisoformat(filled).isoformat() == filled


def test_every_text_has_labels_and_every_label_file_its_text() -> None:
    texts = {path.stem for path in HERE.glob("*.txt")}
    assert texts == {path.stem for path in LABELS}
    assert texts


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_kinds_and_keys_are_those_of_the_contract(path: Path) -> None:
    labels, _ = read(path)
    kinds = {kind for kind, value in labels.items() if isinstance(value, list)}
    assert kinds - KEYS.keys() - {"recipients"} == set()
    if not labels.get("fragment"):
        assert kinds == KEYS.keys() | {"recipients"}
        assert HEADER - labels["header"].keys() == set()
    for kind in kinds & KEYS.keys():
        for item in labels[kind]:
            assert KEYS[kind] - item.keys() == set(), (kind, item)


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_every_quote_stands_in_its_text(path: Path) -> None:
    labels, text = read(path)
    quotes = [item["quote"] for kind in KEYS for item in labels.get(kind, [])]
    assert [quote for quote in quotes if not quote or squeeze(quote) not in text] == []


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_every_recipient_stands_in_its_text(path: Path) -> None:
    labels, text = read(path)
    assert [name for name in labels.get("recipients", []) if squeeze(name) not in text] == []


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_choices_and_dates_are_well_formed(path: Path) -> None:
    labels, _ = read(path)
    for (kind, key), allowed in CHOICES.items():
        assert {item[key] for item in labels.get(kind, [])} - allowed == set()
    dated = [labels.get("header", {})] + [item for kind in KEYS for item in labels.get(kind, [])]
    for item in dated:
        for key in ("date", "start", "end", "by", "origin"):
            assert is_calendar(item.get(key)), item
