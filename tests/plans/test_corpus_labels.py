"""Labels of the project's own documents are well-formed and stand on words of their texts.

The documents are made up after the manner of real ones; no name of a person in them is a real one. A fragment need
not have every kind of fact.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from typing import Any

import pytest

from labelled import CORPUS, Labelled, corpora

HEADER = {
    "number", "symbol", "issuer", "place", "date", "type", "title", "theme", "slogan", "signer", "signer_position",
}  # fmt: skip
KEYS = {
    "legal_basis": {"number", "date", "issuer", "quote"},
    "cited_documents": {"number", "date", "issuer", "quote"},
    "periods": {"label", "level", "start", "end", "quote"},
    "targets": {"indicator", "op", "value", "value_max", "unit", "quote"},
    "subjects": {"kind", "text", "quote"},
    "projects": {"name", "milestone", "by", "quote"},
    "pledges": {"who", "min", "of", "quote"},
    "conditions": {"kind", "who", "year", "text", "quote"},
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
CHOICES = {
    ("targets", "op"): {">=", "<=", "=", "range"},
    ("subjects", "kind"): {"collective", "individual", "household", "both"},
    ("projects", "milestone"): {"start", "finish"},
    ("conditions", "kind"): {"floor", "no_duplicate", "gate"},
    ("award_forms", "for"): {"individual", "collective", "both"},
}
PART_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
DOCUMENTS = [
    pytest.param(document, id=f"{group}-{document.name}") for group, plans in corpora().items() for document in plans
]


@pytest.fixture(params=DOCUMENTS)
def document(request: pytest.FixtureRequest) -> Labelled:
    labelled = request.param
    assert isinstance(labelled, Labelled)
    return labelled


@pytest.fixture
def label(document: Labelled) -> dict[str, Any]:
    return document.labels


def items(label: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(kind, item) for kind in KEYS for item in label.get(kind, [])]


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


@pytest.mark.parametrize("group", corpora())
def test_every_text_has_a_label(group: str) -> None:
    names = [plan.name for plan in corpora()[group]]

    assert names == sorted(path.stem for path in (CORPUS / group).glob("*.txt"))
    assert names


def test_label_has_every_kind_and_key(document: Labelled, label: dict[str, Any]) -> None:
    kinds = {kind for kind, value in label.items() if isinstance(value, list)}

    assert label["document"] == document.name + ".txt"
    assert kinds <= set(KEYS) | {"recipients"}
    if not label.get("fragment"):
        assert set(label["header"]) - {"co_signer", "date_partial"} == HEADER
        assert kinds == set(KEYS) | {"recipients"}
    assert [(kind, item) for kind, item in items(label) if set(item) - NOTES != KEYS[kind]] == []


def test_every_quote_stands_in_the_text(document: Labelled, label: dict[str, Any]) -> None:
    text = squeeze(document.text)
    quotes = [item["quote"] for _, item in items(label)] + label.get("recipients", [])

    assert [quote for quote in quotes if not quote.strip() or squeeze(quote) not in text] == []


def test_no_item_is_written_twice(label: dict[str, Any]) -> None:
    written = [json.dumps([kind, item], sort_keys=True) for kind, item in items(label)]

    assert sorted(set(written)) == sorted(written)


def test_days_stand_in_the_calendar(label: dict[str, Any]) -> None:
    days = [item["date"] for kind, item in items(label) if kind in {"deadlines", "legal_basis", "cited_documents"}]
    days += [item[end] for item in label.get("periods", []) for end in ("start", "end")]
    days.append(label.get("header", {}).get("date"))

    assert [day for day in days if day and date.fromisoformat(day).isoformat() != day] == []


def test_partial_dates_are_years_months_or_days(label: dict[str, Any]) -> None:
    parts = [item["by"] for item in label.get("projects", [])]
    parts += [item[end] for item in label.get("anniversaries", []) for end in ("origin", "date")]

    assert [part for part in parts if part and not PART_DATE.fullmatch(part)] == []


def test_periods_do_not_run_backwards(label: dict[str, Any]) -> None:
    closed = [item for item in label.get("periods", []) if item["start"] and item["end"]]

    assert [item for item in closed if item["start"] > item["end"]] == []


def test_closed_words_are_kept(label: dict[str, Any]) -> None:
    odd = [item for (kind, key), allowed in CHOICES.items() for item in label.get(kind, []) if item[key] not in allowed]

    assert odd == []


def test_only_a_range_has_an_upper_value(label: dict[str, Any]) -> None:
    odd = [item for item in label.get("targets", []) if (item["op"] == "range") != (item["value_max"] is not None)]

    assert odd == []


def test_a_deadline_has_a_day_or_says_how_it_is_counted(label: dict[str, Any]) -> None:
    counted = ("date", "recurrence", "relative")

    assert [item for item in label.get("deadlines", []) if not any(item.get(key) for key in counted)] == []
