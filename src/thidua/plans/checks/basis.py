"""Documents that the plan stands on or cites: dated, in force, and cited rightly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from thidua.findings import Basis, Evidence, Finding
from thidua.law.instruments import Instrument, find_instrument
from thidua.plans.checks.citations import Citation
from thidua.plans.checks.plan import Plan, not_met
from thidua.plans.reading import Document
from thidua.vietnamese.folding import search_key

_LAWMAKING = "Luật Ban hành văn bản quy phạm pháp luật"
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


def check_basis_present(plan: Plan) -> Iterable[Finding]:
    """A plan says on what it stands."""
    words = r"\bcan cu\b|\bthuc hien (?:ke hoach|chi thi|quyet dinh)"
    if plan.is_campaign and not plan.reading.legal_basis and not plan.mentions(words):
        yield not_met("basis.missing", plan.clerical("Phụ lục I, Phần I, mục II, khoản 6 điểm a"), plan.head)


def check_basis_complete(plan: Plan) -> Iterable[Finding]:
    """A basis is cited with number, symbol and date; laws need neither number nor issuer."""
    for document in plan.reading.legal_basis:
        kind = _FULLY_CITED.match(search_key(document.quote))
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
                "basis.not_yet", _life(instrument), _words(plan, citation),
                document=instrument.citation, in_force=instrument.in_force, day=plan.day,
            )  # fmt: skip


def check_basis_still_in_force(plan: Plan) -> Iterable[Finding]:
    """An instrument is cited as a rule only while it is in force."""
    for citation in _first_of_each(plan):
        instrument = citation.instrument
        if plan.day and instrument.until and instrument.until < plan.day:
            yield not_met(
                "basis.expired", _life(instrument), _words(plan, citation), document=instrument.citation,
                until=instrument.until, day=plan.day, successor=_successor(instrument),
            )  # fmt: skip


def check_basis_outlives_campaign(plan: Plan) -> Iterable[Finding]:
    """An instrument that ends while the campaign runs will not be the one applied at its end."""
    for citation in _first_of_each(plan):
        instrument = citation.instrument
        if plan.day and plan.last_day and instrument.until and plan.day <= instrument.until < plan.last_day:
            yield not_met(
                "basis.expires", _life(instrument), _words(plan, citation), document=instrument.citation,
                until=instrument.until, last=plan.last_day, successor=_successor(instrument),
            )  # fmt: skip


def check_basis_dated_right(plan: Plan) -> Iterable[Finding]:
    """A known instrument is cited with the day it was signed."""
    for citation in plan.citations:
        instrument = citation.instrument
        if citation.dated and instrument.signed and citation.dated != instrument.signed:
            yield not_met(
                "basis.wrong_date", _life(instrument), _words(plan, citation),
                document=instrument.citation, dated=citation.dated, signed=instrument.signed,
            )  # fmt: skip


def check_basis_one_date(plan: Plan) -> Iterable[Finding]:
    """One number is cited with one date."""
    numbers: dict[str, list[Document]] = defaultdict(list)
    for document in _documents(plan):
        if document.number and document.date:
            numbers["".join(search_key(document.number).split())].append(document)
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


def _first_of_each(plan: Plan) -> Iterator[Citation]:
    seen: set[str] = set()
    for citation in plan.citations:
        if citation.instrument.number not in seen:
            seen.add(citation.instrument.number)
            yield citation


def _words(plan: Plan, citation: Citation) -> Evidence:
    return plan.words(plan.flow, citation.start, citation.end)


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
