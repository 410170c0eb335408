"""Labels of this folder's made-up plans are well-formed and stand on words of their texts.

The labels follow the format of the plan-reading contract; the texts were written for this test alone.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent
LABELS = sorted(FOLDER.glob("*.json"))
HEADER = {
    "number", "symbol", "issuer", "place", "date", "type", "title",
    "signer", "signer_position", "theme", "slogan",
}  # fmt: skip
KEYS = {
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
NOTES = {"optional", "strict", "relative", "recurrence_words"}
PART_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def items(label: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(kind, item) for kind in KEYS for item in label[kind]]


@pytest.fixture(params=LABELS, ids=lambda path: path.stem)
def label_path(request: pytest.FixtureRequest) -> Path:
    path = request.param
    assert isinstance(path, Path)
    return path


@pytest.fixture
def label(label_path: Path) -> dict[str, Any]:
    loaded = json.loads(label_path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


@pytest.fixture
def text(label_path: Path) -> str:
    return squeeze(label_path.with_suffix(".txt").read_text(encoding="utf-8"))


def test_every_text_has_a_label() -> None:
    assert [path.stem for path in LABELS] == sorted(path.stem for path in FOLDER.glob("*.txt"))
    assert LABELS


def test_label_has_every_kind_and_key(label: dict[str, Any], label_path: Path) -> None:
    assert label["document"] == label_path.stem + ".txt"
    assert set(label["header"]) == HEADER
    assert set(label) == set(KEYS) | {"document", "synthetic", "header", "recipients"}
    assert [(kind, item) for kind, item in items(label) if set(item) - NOTES != KEYS[kind]] == []


def test_every_quote_stands_in_the_text(label: dict[str, Any], text: str) -> None:
    quotes = [item["quote"] for _, item in items(label)] + label["recipients"]
    assert [quote for quote in quotes if not quote.strip() or squeeze(quote) not in text] == []


def test_no_item_is_written_twice(label: dict[str, Any]) -> None:
    written = [json.dumps([kind, item], sort_keys=True) for kind, item in items(label)]
    assert sorted(set(written)) == sorted(written)


def test_dates_are_iso(label: dict[str, Any]) -> None:
    whole = [item[key] for kind in ("deadlines", "legal_basis", "cited_documents")
             for item in label[kind] for key in ("date",)]  # fmt: skip
    whole += [item[key] for item in label["periods"] for key in ("start", "end")]
    whole.append(label["header"]["date"])
    assert [day for day in whole if day and date.fromisoformat(day).isoformat() != day] == []
    parts = [item["by"] for item in label["projects"]]
    parts += [item[key] for item in label["anniversaries"] for key in ("origin", "date")]
    assert [part for part in parts if part and not PART_DATE.fullmatch(part)] == []


def test_periods_do_not_run_backwards(label: dict[str, Any]) -> None:
    backwards = [
        period for period in label["periods"]
        if period["start"] and period["end"] and period["start"] > period["end"]
    ]  # fmt: skip
    assert backwards == []


def test_closed_words_are_kept(label: dict[str, Any]) -> None:
    assert {item["op"] for item in label["targets"]} <= {">=", "<=", "=", "range"}
    assert {item["kind"] for item in label["subjects"]} <= {"collective", "individual", "household", "both"}
    assert {item["for"] for item in label["award_forms"]} <= {"collective", "individual", "both"}
    assert {item["milestone"] for item in label["projects"]} <= {"start", "finish"}
    ranges = [item for item in label["targets"] if (item["op"] == "range") != (item["value_max"] is not None)]
    assert ranges == []
