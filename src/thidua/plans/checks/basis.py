"""Documents that the plan stands on or cites: dated, in force, and cited rightly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from thidua.findings import Basis, Evidence, Finding
from thidua.law.instruments import Instrument, find_instrument, instruments
from thidua.plans.checks.plan import Plan, not_met
from thidua.plans.reading import Document
from thidua.vietnamese.folding import fold

_LAWMAKING = "Luật Ban hành văn bản quy phạm pháp luật"
_DATED = re.compile(r"[,\s(]*(?:ngay\s*(\d{1,2})\s*(?:/|thang)\s*(\d{1,2})\s*(?:/|nam)\s*(\d{4})|nam\s+(\d{4}))")
_REPLACED = re.compile(r"(?:thay the|bai bo|het hieu luc|sua doi,? bo sung)\W[^.;]{0,60}$")
_ABBREVIATIONS = {
    "chi thi": {"ct"}, "nghi quyet": {"nq", "nqlt"}, "nghi dinh": {"nđ"}, "quyet dinh": {"qđ"}, "ke hoach": {"kh"},
    "huong dan": {"hd"}, "thong tu": {"tt"}, "thong tu lien tich": {"ttlt"}, "to trinh": {"ttr"}, "ket luan": {"kl"},
    "chuong trinh": {"ctr"}, "chuong trinh hanh dong": {"ctr", "ctrhđ"}, "thong bao": {"tb"}, "bao cao": {"bc"},
    "cong dien": {"cđ"}, "quy dinh": {"qđ", "qyđ", "qđi"}, "quy che": {"qc"}, "de an": {"đa"}, "phuong an": {"pa"},
}  # fmt: skip
_CITED = re.compile(
    rf"\b({'|'.join(sorted(_ABBREVIATIONS, key=len, reverse=True))}) so:?\s+"
    r"(\d{1,5})\s*(?:/\s*\d{4}\s*)?[/-]\s*([a-z]+)"
)
_FULLY_CITED = re.compile(
    r"(?:thuc hien |can cu (?:vao )?|theo )?"
    r"(?:nghi dinh|thong tu|chi thi|ke hoach|quyet dinh|huong dan|cong van|ket luan)\b"
)


class Citation(NamedTuple):
    """Words of the plan that name a known instrument, and the date they give it."""

    instrument: Instrument
    words: Evidence
    dated: date | None


def check_basis_present(plan: Plan) -> Iterable[Finding]:
    """A plan says on what it stands."""
    words = r"\bcan cu\b|\bthuc hien (?:ke hoach|chi thi|quyet dinh)"
    if plan.is_campaign and not plan.reading.legal_basis and not plan.mentions(words):
        yield not_met("basis.missing", plan.clerical("Phụ lục I, Phần I, mục II, khoản 6 điểm a"), plan.head)


def check_basis_complete(plan: Plan) -> Iterable[Finding]:
    """A basis is cited with number, symbol and date; laws need neither number nor issuer."""
    for document in plan.reading.legal_basis:
        kind = _FULLY_CITED.match(fold(document.quote))
        if kind and (document.number is None or document.date is None):
            yield not_met(
                "basis.incomplete", plan.clerical("Phụ lục I, Phần I, mục II, khoản 6 điểm a"), document,
                document=document.quote,
            )  # fmt: skip


def check_basis_before_plan(plan: Plan) -> Iterable[Finding]:
    """A plan cannot stand on what was issued after it."""
    if plan.dated is None and plan.reading.header.date_partial is None:
        return
    for document in _documents(plan):
        if document.date and plan.day and document.date > plan.day:
            yield not_met(
                "basis.after_plan", plan.clerical("Điều 3; Phụ lục I, Phần I, mục II, khoản 6"), document,
                document=document.number or document.quote, date=document.date, issued=plan.day,
            )  # fmt: skip


def check_basis_in_force_yet(plan: Plan) -> Iterable[Finding]:
    """An instrument is cited as a rule only from the day it is in force."""
    for citation in _first_of_each(plan):
        instrument = citation.instrument
        if plan.day and instrument.in_force and plan.day < instrument.in_force:
            yield not_met(
                "basis.not_yet", _life(instrument), citation.words,
                document=instrument.citation, in_force=instrument.in_force, day=plan.day,
            )  # fmt: skip


def check_basis_still_in_force(plan: Plan) -> Iterable[Finding]:
    """An instrument is cited as a rule only while it is in force."""
    for citation in _first_of_each(plan):
        instrument = citation.instrument
        if plan.day and instrument.until and instrument.until < plan.day:
            yield not_met(
                "basis.expired", _life(instrument), citation.words, document=instrument.citation,
                until=instrument.until, day=plan.day, successor=_successor(instrument),
            )  # fmt: skip


def check_basis_outlives_campaign(plan: Plan) -> Iterable[Finding]:
    """An instrument that ends while the campaign runs will not be the one applied at its end."""
    for citation in _first_of_each(plan):
        instrument = citation.instrument
        if plan.day and plan.last_day and instrument.until and plan.day <= instrument.until < plan.last_day:
            yield not_met(
                "basis.expires", _life(instrument), citation.words, document=instrument.citation,
                until=instrument.until, last=plan.last_day, successor=_successor(instrument),
            )  # fmt: skip


def check_basis_dated_right(plan: Plan) -> Iterable[Finding]:
    """A known instrument is cited with the day it was signed."""
    for citation in _citations(plan):
        instrument = citation.instrument
        if citation.dated and instrument.signed and citation.dated != instrument.signed:
            yield not_met(
                "basis.wrong_date", _life(instrument), citation.words,
                document=instrument.citation, dated=citation.dated, signed=instrument.signed,
            )  # fmt: skip


def check_basis_one_date(plan: Plan) -> Iterable[Finding]:
    """One number is cited with one date."""
    numbers: dict[str, list[Document]] = defaultdict(list)
    for document in _documents(plan):
        if document.number and document.date:
            numbers["".join(fold(document.number).split())].append(document)
    for same in numbers.values():
        days = sorted({d.date for d in same if d.date})
        if len(days) > 1 and len({d.issuer for d in same}) == 1:
            yield not_met(
                "basis.two_dates", Basis(quote=same[0].quote, verified=True), *same, document=same[0].number, dates=days
            )


def check_basis_symbol(plan: Plan) -> Iterable[Finding]:
    """The abbreviation in a symbol is that of the document's type: Hướng dẫn is HD, not HĐ."""
    for match in _CITED.finditer(plan.flow.folded):
        symbol = plan.flow.text[slice(*match.span(3))]
        allowed = _ABBREVIATIONS[match[1]]
        if symbol.lower() not in allowed and not match[3].startswith("ubnd"):
            words = plan.words(plan.flow, *match.span())
            yield not_met(
                "basis.symbol", plan.clerical("Phụ lục III"), words, words=words.quote,
                type=_type_in_words(plan, match), found=symbol, expected=_capitals(min(allowed, key=len)),
            )  # fmt: skip


def _documents(plan: Plan) -> Iterator[Document]:
    yield from plan.reading.legal_basis
    yield from plan.reading.cited_documents


def _citations(plan: Plan) -> Iterator[Citation]:
    """Known instruments named in the text, in the order of the data; not those named as replaced."""
    for instrument in instruments():
        for match in _pattern(instrument).finditer(plan.flow.folded):
            start, end = match.span()
            dated, year, last = _date_after(plan.flow.folded, end)
            if not _is_meant(instrument, year, by_number=match["number"] is not None):
                continue
            if not _REPLACED.search(plan.flow.folded[max(0, start - 90) : start]):
                yield Citation(instrument, plan.words(plan.flow, start, last), dated)


def _is_meant(instrument: Instrument, year: int | None, *, by_number: bool) -> bool:
    """A number without a year in it, and a name, mean this instrument only together with its year."""
    if by_number:
        return find_instrument(instrument.number, year=year) is instrument
    return instrument.signed is not None and instrument.signed.year == year


def _first_of_each(plan: Plan) -> Iterator[Citation]:
    seen: set[str] = set()
    for citation in _citations(plan):
        if citation.instrument.number not in seen:
            seen.add(citation.instrument.number)
            yield citation


@cache
def _pattern(instrument: Instrument) -> re.Pattern[str]:
    number = "".join(rf"\s*{sign}\s*" if sign in "/-" else re.escape(sign) for sign in fold(instrument.number))
    named = "|".join(re.escape(name) for name in instrument.names) or r"(?!)"
    return re.compile(rf"(?<![\d/-])(?P<number>{number})(?![\w-])|\b(?P<name>{named})\b")


def _date_after(folded: str, end: int) -> tuple[date | None, int | None, int]:
    """The date, or the year alone, written right behind a number or a name, and where its words end."""
    match = _DATED.match(folded, end)
    if not match:
        return None, None, end
    if match[4]:
        return None, int(match[4]), match.end()
    try:
        return date(int(match[3]), int(match[2]), int(match[1])), int(match[3]), match.end()
    except ValueError:
        return None, int(match[3]), match.end()


def _life(instrument: Instrument) -> Basis:
    return Basis(
        instrument=instrument.citation, place=_LAWMAKING, verified=instrument.verified, source=instrument.source
    )


def _successor(instrument: Instrument) -> str:
    successor = find_instrument(instrument.replaced_by) if instrument.replaced_by else None
    return successor.citation if successor else (instrument.replaced_by or "văn bản mới")


def _capitals(abbreviation: str) -> str:
    return {"ttr": "TTr", "ctr": "CTr"}.get(abbreviation, abbreviation.upper())


def _type_in_words(plan: Plan, match: re.Match[str]) -> str:
    return plan.flow.text[slice(*match.span(1))].capitalize()
