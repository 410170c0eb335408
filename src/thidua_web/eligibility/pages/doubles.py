"""Deeds commended twice and reports that repeat another's text, as a page shows them side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language

from thidua.explain import sentence
from thidua.findings import Outcome
from thidua.rules.deeds import Reuse
from thidua.rules.deeds import Side as ReuseSide
from thidua.rules.repeats import Passage, compare, words_of
from thidua_web.eligibility.models import Deed, DeedRepeat
from thidua_web.eligibility.queries.doubles import Found
from thidua_web.law.linking import basis_href
from thidua_web.register.models import AwardRecord, Unit
from thidua_web.register.nominees import Nominee, kind_of, name_of, nominee_of


@dataclass(frozen=True)
class Side:
    """One award with what it was for."""

    title: str
    year: int
    decision: str
    words: str
    unit: str
    href: str


@dataclass(frozen=True)
class Double:
    """`sure`: the same deed in the register; else perhaps one, for a person to say."""

    name: str
    href: str
    said: str
    sure: bool
    basis: str
    basis_href: str
    reasons: tuple[str, ...]
    sides: tuple[Side, Side]


def double_lines(found: Found) -> list[Double]:
    return [_double(one, found) for one in found.reuses]


def _double(one: Reuse, found: Found) -> Double:
    language = get_language() or "vi"
    first, second = (found.awards[side.award.ref] for side in (one.first, one.second))
    of = nominee_of(second)
    basis = one.finding.basis
    return Double(
        name=name_of(of),
        href=facts_href(of),
        said=sentence(one.finding, language),
        sure=one.finding.outcome is Outcome.NOT_MET,
        basis=basis.citation if basis else "",
        basis_href=basis_href(basis),
        reasons=tuple(sentence(reason, language) for reason in one.reasons),
        sides=(_side(one.first, first), _side(one.second, second)),
    )


def _side(side: ReuseSide, row: AwardRecord) -> Side:
    return Side(
        title=row.title,
        year=row.year,
        decision=row.decision,
        words=side.deed.words,
        unit=side.deed.unit,
        href=reverse("eligibility:note_award", args=[row.pk]),
    )


def facts_href(of: Nominee) -> str:
    return reverse(f"eligibility:{kind_of(of)}_facts", args=[of.pk])


# --- Reports ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RepeatLine:
    row: DeedRepeat
    name: str
    unit: str
    other_name: str
    other_unit: str
    href: str


def repeat_lines(rows: Iterable[DeedRepeat]) -> list[RepeatLine]:
    return [
        RepeatLine(
            row,
            name_of(row.deed.of),
            _unit_of(row.deed),
            name_of(row.other.of),
            _unit_of(row.other),
            reverse("eligibility:repeat", args=[row.pk]),
        )
        for row in rows
    ]


def _unit_of(deed: Deed) -> str:
    of = deed.of
    return "" if isinstance(of, Unit) else of.unit.name


@dataclass(frozen=True)
class Piece:
    """Words of a report; `number` of the passage they repeat, 0 where they are its own."""

    text: str
    number: int


@dataclass(frozen=True)
class Report:
    deed: Deed
    name: str
    unit: str
    href: str
    pieces: tuple[Piece, ...]


def side_by_side(row: DeedRepeat) -> tuple[tuple[Report, Report], tuple[Passage, ...]]:
    """Both reports cut where they repeat one another; passages carry the same number on both sides."""
    passages = compare(words_of(row.deed.text), words_of(row.other.text))
    here = _report(row.deed, [passage.here for passage in passages])
    there = _report(row.other, [passage.there for passage in passages])
    return (here, there), passages


def _report(deed: Deed, spans: Sequence[tuple[int, int]]) -> Report:
    of = deed.of
    return Report(deed, name_of(of), _unit_of(deed), facts_href(of), tuple(pieces(deed.text, spans)))


def pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """In the order of the text; a span that runs into the one before begins where that ends."""
    at = 0
    for (start, end), number in sorted((span, number) for number, span in enumerate(spans, 1)):
        begin = max(at, start)
        if at < begin:
            yield Piece(text[at:begin], 0)
        if begin < end:
            yield Piece(text[begin:end], number)
        at = max(at, end)
    if at < len(text):
        yield Piece(text[at:], 0)
