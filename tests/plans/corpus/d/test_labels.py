"""Labels of the second set of held-out plans are well-formed and stand on words of their texts.

The documents are made up after the manner of real ones; no name of a person in them is a real one.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from labelled import Labelled, corpora
from plans.corpus.a.test_labels import HEADER, KEYS, NOTES, PART_DATE, items, squeeze
from plans.corpus.c.test_labels import CHOICES

FOLDER = Path(__file__).parent
PLANS = corpora()[FOLDER.name]


@pytest.fixture(params=PLANS, ids=lambda plan: plan.name)
def plan(request: pytest.FixtureRequest) -> Labelled:
    labelled = request.param
    assert isinstance(labelled, Labelled)
    return labelled


@pytest.fixture
def label(plan: Labelled) -> dict[str, Any]:
    return plan.labels


def test_every_text_has_a_label() -> None:
    assert [plan.name for plan in PLANS] == sorted(path.stem for path in FOLDER.glob("*.txt"))
    assert PLANS


def test_label_has_every_kind_and_key(plan: Labelled) -> None:
    label = plan.labels
    assert label["document"] == plan.name + ".txt"
    assert set(label["header"]) == HEADER
    assert set(label) == set(KEYS) | {"document", "synthetic", "header", "recipients"}
    assert [(kind, item) for kind, item in items(label) if set(item) - NOTES != KEYS[kind]] == []


def test_every_quote_stands_in_the_text(plan: Labelled) -> None:
    text = squeeze(plan.text)
    quotes = [item["quote"] for _, item in items(plan.labels)] + plan.labels["recipients"]
    assert [quote for quote in quotes if not quote.strip() or squeeze(quote) not in text] == []


def test_no_item_is_written_twice(label: dict[str, Any]) -> None:
    written = items(label)
    assert [item for i, item in enumerate(written) if item in written[:i]] == []


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
    odd = [item for (kind, key), allowed in CHOICES.items() for item in label[kind] if item[key] not in allowed]
    assert odd == []


def test_only_a_range_has_an_upper_value(label: dict[str, Any]) -> None:
    odd = [item for item in label["targets"] if (item["op"] == "range") != (item["value_max"] is not None)]
    assert odd == []


def test_a_deadline_has_a_day_or_says_how_it_is_counted(label: dict[str, Any]) -> None:
    bare = [item for item in label["deadlines"] if not (item["date"] or item["recurrence"] or item.get("relative"))]
    assert bare == []
