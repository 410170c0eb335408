"""Reports that share passages, as the page of a dossier tells of them and lays them side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from thidua.explain import sentence
from thidua.rules.repeats import Passage, compare, finding, words_of
from thidua_web.eligibility.models import Deed
from thidua_web.eligibility.pages.doubles import Piece, facts_href, pieces
from thidua_web.nominations.models import Nomination
from thidua_web.nominations.queries.dossier_repeats import Found, report_of
from thidua_web.register.models import Unit
from thidua_web.register.nominees import name_of

SHOWN = 260
"""Letters of the longest passage that are quoted."""


@dataclass(frozen=True)
class RepeatLine:
    """`said` in a sentence, the longest passage in its own words, and where both reports stand side by side."""

    said: str
    quote: str
    href: str
    unit: str


def lines(nomination: Nomination, found: Iterable[Found]) -> list[RepeatLine]:
    text, language = report_of(nomination), get_language() or "vi"
    return [
        RepeatLine(
            said=sentence(finding(one.repeat, name_of_report(one.row)), language),
            quote=_longest(text, one.repeat.passages),
            href=reverse("nominations:dossier_repeat", args=[nomination.pk, one.kind, one.row.pk]),
            unit=unit_of_report(one.row),
        )
        for one in found
    ]


def _longest(text: str, passages: Sequence[Passage]) -> str:
    start, end = max((passage.here for passage in passages), key=lambda span: span[1] - span[0])
    words = " ".join(text[start:end].split())
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


def name_of_report(row: Any) -> str:
    return name_of(row.of) if isinstance(row, Deed) else str(row.name)


def unit_of_report(row: Any) -> str:
    if isinstance(row, Deed):
        return "" if isinstance(row.of, Unit) else row.of.unit.name
    return str(row.unit.name)


@dataclass(frozen=True)
class Side:
    name: str
    unit: str
    about: str
    href: str
    pieces: tuple[Piece, ...]


def side_by_side(nomination: Nomination, other: Any) -> tuple[tuple[Side, Side], tuple[Passage, ...]]:
    """Both reports cut where they repeat one another; passages carry the same number on both sides."""
    own, theirs = report_of(nomination), other.text if isinstance(other, Deed) else report_of(other)
    passages = compare(words_of(own), words_of(theirs))
    here = _side(nomination, own, [passage.here for passage in passages])
    there = _side(other, theirs, [passage.there for passage in passages])
    return (here, there), passages


def _side(row: Any, text: str, spans: Sequence[tuple[int, int]]) -> Side:
    is_deed = isinstance(row, Deed)
    return Side(
        name=name_of_report(row),
        unit=unit_of_report(row),
        about=row.title if is_deed else row.summary,
        href=facts_href(row.of) if is_deed else reverse("nominations:dossier", args=[row.pk]),
        pieces=tuple(pieces(text, spans)),
    )
