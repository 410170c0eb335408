"""Which fact a form is about: one to correct, or a new one on words of the document. Knows no request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import Http404

from thidua.plans.fields import HEADER_FIELDS, values_of
from thidua.plans.quoting import find_words, trim_span
from thidua.plans.suggesting import suggest
from thidua_web.campaigns.forms.facts import FactForm
from thidua_web.campaigns.models import PlanDocument, PlanReading, ReviewedFact
from thidua_web.campaigns.pages.facts import HEADER_LABELS, KIND_LABELS
from thidua_web.campaigns.queries import reviews as queries

LONGEST_WORDS = 5000
LONGEST_NUMBER = 9


def whole(text: str) -> int | None:
    """A number of an address or a hidden field; None where it is none, or longer than any of ours."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None


class Editing(NamedTuple):
    """A form on some words; `fact` is None where a new one is made."""

    form: FactForm
    kind: str
    span: tuple[int, int]
    quote: str
    fact: ReviewedFact | None = None
    header_field: str | None = None
    seen: int = 0

    @property
    def action(self) -> str:
        return "correct" if self.fact else "add"

    @property
    def label(self) -> str:
        return str(HEADER_LABELS[self.header_field] if self.header_field else KIND_LABELS[self.kind])


def editing_of(document: PlanDocument, result: PlanReading, asked: Mapping[str, str]) -> Editing | None:
    return _correcting(document, result, asked) if asked.get("key") else _adding(result, asked)


def _correcting(document: PlanDocument, result: PlanReading, asked: Mapping[str, str]) -> Editing:
    row = queries.fact(document.pk, asked["key"])
    if row is None:
        raise Http404
    fact = queries.item(row).fact
    name = row.key.removeprefix("header-") if row.kind == "header" else None
    sent = asked if "act" in asked else None
    form = FactForm(sent, kind=row.kind, header_field=name, initial=values_of(fact))
    span = _words(result.raw, asked) or fact.span
    seen = whole(asked.get("seen", ""))
    return Editing(
        form,
        row.kind,
        span,
        result.raw[slice(*span)],
        row,
        name,
        row.revision if seen is None else seen,
    )


def _adding(result: PlanReading, asked: Mapping[str, str]) -> Editing | None:
    """None where kind or words are missing, or the words are not those of the document."""
    kind, _, name = asked.get("kind", "").partition(":")
    span = _words(result.raw, asked)
    if kind not in KIND_LABELS or (kind == "header") != (name in HEADER_FIELDS) or span is None:
        return None
    sent = asked if "act" in asked else None
    form = FactForm(
        sent, kind=kind, header_field=name or None, initial=suggest(kind, result.raw, span, header_field=name or None)
    )
    return Editing(form, kind, span, result.raw[slice(*span)], header_field=name or None)


def _words(raw: str, asked: Mapping[str, str]) -> tuple[int, int] | None:
    """The span that was selected, or where the words that were typed stand."""
    start, end = whole(asked.get("start", "")), whole(asked.get("end", ""))
    quote = asked.get("quote", "")
    if start is not None and end is not None:
        span = trim_span(raw, (start, end))
        return span if span[0] < span[1] <= span[0] + LONGEST_WORDS else None
    return find_words(raw, quote) if quote.strip() and len(quote) <= LONGEST_WORDS else None


def choosing(document: PlanDocument, result: PlanReading, asked: Mapping[str, str]) -> dict[str, Any]:
    """For the page that asks which words and which kind. Words that were selected stay with their place."""
    span = _words(result.raw, asked)
    selected = span is not None and asked.get("start")
    return {
        "document": document,
        "kinds": [(kind, label) for kind, label in KIND_LABELS.items() if kind != "header"],
        "header_fields": [(f"header:{name}", HEADER_LABELS[name]) for name in HEADER_FIELDS],
        "quote": result.raw[slice(*span)] if span and selected else asked.get("quote", ""),
        "start": span[0] if span and selected else None,
        "end": span[1] if span and selected else None,
        "chosen": asked.get("kind", "deadlines"),
        "not_found": span is None and bool(asked.get("quote") or asked.get("start")),
    }
