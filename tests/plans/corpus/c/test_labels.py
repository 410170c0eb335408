"""Labels of the held-out plans are well-formed and stand on words of their texts.

The documents are made up after the manner of real ones; no name of a person in them is a real one.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plans.corpus.a.test_labels import HEADER, KEYS, NOTES, PART_DATE, squeeze

FOLDER = Path(__file__).parent
LABELS = sorted(FOLDER.glob("*.json"))
CHOICES = {
    ("targets", "op"): {">=", "<=", "=", "range"},
    ("subjects", "kind"): {"collective", "individual", "household", "both"},
    ("projects", "milestone"): {"start", "finish"},
    ("award_forms", "for"): {"individual", "collective", "both"},
}


def items(label: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(kind, item) for kind in KEYS for item in label[kind]]


@pytest.fixture(params=LABELS, ids=lambda path: path.stem)
def label(request: pytest.FixtureRequest) -> dict[str, Any]:
    loaded = json.loads(request.param.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


@pytest.fixture
def text(label: dict[str, Any]) -> str:
    return squeeze((FOLDER / label["document"]).read_text(encoding="utf-8"))


def test_every_text_has_a_label() -> None:
    assert [path.stem for path in LABELS] == sorted(path.stem for path in FOLDER.glob("*.txt"))
    assert len(LABELS) == 10


def test_every_label_names_its_own_document() -> None:
    named = [json.loads(path.read_text(encoding="utf-8"))["document"] for path in LABELS]
    assert named == [path.stem + ".txt" for path in LABELS]


def test_label_has_every_kind_and_key(label: dict[str, Any]) -> None:
    assert set(label["header"]) == HEADER
    assert set(label) == set(KEYS) | {"document", "synthetic", "header", "recipients"}
    assert [(kind, item) for kind, item in items(label) if set(item) - NOTES != KEYS[kind]] == []


def test_every_quote_stands_in_the_text(label: dict[str, Any], text: str) -> None:
    quotes = [item["quote"] for _, item in items(label)] + label["recipients"]
    assert [quote for quote in quotes if not quote.strip() or squeeze(quote) not in text] == []


def test_no_item_is_written_twice(label: dict[str, Any]) -> None:
    written = [json.dumps([kind, item], sort_keys=True) for kind, item in items(label)]
    assert sorted(set(written)) == sorted(written)


def test_days_stand_in_the_calendar(label: dict[str, Any]) -> None:
    days = [item["date"] for kind in ("deadlines", "legal_basis", "cited_documents") for item in label[kind]]
    days += [item[end] for item in label["periods"] for end in ("start", "end")]
    days.append(label["header"]["date"])
    assert [day for day in days if day and date.fromisoformat(day).isoformat() != day] == []


def test_partial_dates_are_years_months_or_days(label: dict[str, Any]) -> None:
    parts = [item["by"] for item in label["projects"]]
    parts += [item[end] for item in label["anniversaries"] for end in ("origin", "date")]
    assert [part for part in parts if part and not PART_DATE.fullmatch(part)] == []


def test_periods_do_not_run_backwards(label: dict[str, Any]) -> None:
    closed = [item for item in label["periods"] if item["start"] and item["end"]]
    assert [item for item in closed if item["start"] > item["end"]] == []


def test_closed_words_are_kept(label: dict[str, Any]) -> None:
    strange = [
        item for (kind, key), allowed in CHOICES.items() for item in label[kind] if item[key] not in allowed
    ]  # fmt: skip
    assert strange == []


def test_only_a_range_has_an_upper_value(label: dict[str, Any]) -> None:
    odd = [item for item in label["targets"] if (item["op"] == "range") != (item["value_max"] is not None)]
    assert odd == []


def test_a_deadline_has_a_day_or_says_how_it_is_counted(label: dict[str, Any]) -> None:
    bare = [item for item in label["deadlines"] if not (item["date"] or item["recurrence"] or item.get("relative"))]
    assert bare == []
