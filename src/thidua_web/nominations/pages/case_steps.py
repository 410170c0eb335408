"""What the appraisal of one nomination came to so far: conclusions, returns, requests, other awards, doubles."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from thidua.explain import catalogue
from thidua.findings import Finding
from thidua.nominations.returning import return_reasons
from thidua.nominations.values import Double
from thidua_web.nominations.models import EvidenceRequest, Lowering, Opinion, Return
from thidua_web.nominations.pages.cases import File, Said, file, said
from thidua_web.nominations.queries.cases import Dossier
from thidua_web.nominations.queries.offers import award_title


@dataclass(frozen=True)
class ShownReturn:
    row: Return
    reasons: list[str]


def returns(rows: Iterable[Return], language: str) -> list[ShownReturn]:
    known = return_reasons()
    return [
        ShownReturn(row, [known[code].label.in_language(language) if code in known else code for code in row.codes])
        for row in rows
    ]


@dataclass(frozen=True)
class ShownOpinion:
    row: Opinion
    reasons: list[Said]


def opinions(rows: Iterable[Opinion], language: str, *, sealed: Collection[str], sensitive: bool) -> list[ShownOpinion]:
    """Each with what was open or wrong then, as it was stored."""
    return [
        ShownOpinion(row, said(known_findings(row.reasons), language, sealed=sealed, sensitive=sensitive))
        for row in rows
    ]


def known_findings(stored: Iterable[Any]) -> list[Finding]:
    """Those whose words the catalogue still has."""
    found = [msgspec.convert(one, Finding) for one in stored]
    return [one for one in found if one.code in catalogue() or f"{one.code}.{one.outcome}" in catalogue()]


@dataclass(frozen=True)
class ShownRequest:
    row: EvidenceRequest
    files: list[File]


def requests(rows: Iterable[EvidenceRequest], of: Dossier) -> list[ShownRequest]:
    return [ShownRequest(row, [file(one) for one in of.of_request(row)]) for row in rows]


@dataclass(frozen=True)
class ShownDouble:
    title: str
    double: Double


def doubles(rows: Iterable[Double], on: datetime.date) -> list[ShownDouble]:
    return [ShownDouble(award_title(row.award, on), row) for row in rows]


@dataclass(frozen=True)
class ShownLowering:
    row: Lowering
    was: str
    becomes: str


def lowerings(rows: Iterable[Lowering], on: datetime.date) -> list[ShownLowering]:
    return [ShownLowering(row, award_title(row.was, on), award_title(row.becomes, on)) for row in rows]
