"""What the plan page shows, put together from the stored reading and its review; no request, no database."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from django.utils.functional import Promise

from thidua import explain
from thidua.findings import Finding
from thidua.plans.fields import STRUCTS
from thidua.plans.reading import Reading
from thidua.plans.review import Verdict
from thidua_web.campaigns.models import PlanDocument, PlanReading, ReviewedFact
from thidua_web.campaigns.models.reviews import VerdictChoice
from thidua_web.campaigns.pages import findings, paper
from thidua_web.campaigns.pages.facts import KIND_LABELS, ShownFact, in_words, show
from thidua_web.campaigns.pages.findings import Tone
from thidua_web.campaigns.queries.reviews import item
from thidua_web.campaigns.stages import PlanState

SAID = dict(VerdictChoice.choices)
CHANGING = (Verdict.CORRECTED, Verdict.REJECTED, Verdict.ADDED)
STANDING = (Verdict.ACCEPTED, Verdict.CORRECTED, Verdict.ADDED)


@dataclass(frozen=True)
class FactRow:
    """A fact with what people have said of it. `was` is what had been read where it was corrected."""

    shown: ShownFact
    verdict: str
    said: str
    revision: int
    by: str
    at: datetime.datetime | None
    was: str

    @property
    def stands(self) -> bool:
        return self.verdict in STANDING

    @property
    def rejected(self) -> bool:
        return self.verdict == Verdict.REJECTED

    @property
    def pending(self) -> bool:
        return self.verdict == Verdict.PENDING


@dataclass
class FactGroup:
    kind: str
    label: str | Promise
    rows: list[FactRow] = field(default_factory=list)

    @property
    def pending(self) -> int:
        return sum(row.pending for row in self.rows)


@dataclass(frozen=True)
class Progress:
    """How far the review has come."""

    total: int
    decided: int

    @property
    def left(self) -> int:
        return self.total - self.decided


def plan_page(
    document: PlanDocument, result: PlanReading, facts: Sequence[ReviewedFact], language: str
) -> dict[str, Any]:
    rows = fact_rows(facts)
    checks = shown_checks(result, language)
    return {
        "document": document,
        "result": result,
        "sheet": sheet(result, rows, checks),
        "wrapped": result.format in ("pdf", "scan"),
        "groups": groups(rows),
        "progress": progress(rows),
        "lost": [_lost(one) for one in result.lost],
        "checks_are_old": any(fact.verdict in CHANGING for fact in facts if fact.revision > result.checked_revision),
        **checks_part(checks),
    }


def _lost(one: dict[str, Any]) -> str:
    return in_words(show(one["key"], one["kind"], msgspec.convert(one["fact"], STRUCTS[one["kind"]])))


def checks_again(
    result: PlanReading, facts: Sequence[ReviewedFact], before: Sequence[Finding], language: str
) -> dict[str, Any]:
    """The checks as they are now, and the lines whose marks they change."""
    checks = shown_checks(result, language)
    pointed = [evidence.span for finding in before for evidence in finding.facts_used]
    spans = [*pointed, *(words.span for check in checks for words in check.words)]
    return {"lines": lines_under(result, fact_rows(facts), spans), **checks_part(checks)}


def shown_checks(result: PlanReading, language: str) -> list[findings.ShownFinding]:
    return findings.shown(msgspec.convert(result.findings, tuple[Finding, ...]), language)


def checks_part(checks: Sequence[findings.ShownFinding]) -> dict[str, Any]:
    counts = Counter(check.tone for check in checks)
    return {
        "checks": [check for check in checks if check.tone is not Tone.MET],
        "passed": [check for check in checks if check.tone is Tone.MET],
        "tones": [(one, counts[one]) for one in Tone if counts[one] and one is not Tone.MET],
    }


def fact_rows(facts: Iterable[ReviewedFact]) -> list[FactRow]:
    return [_row(fact) for fact in facts]


def _row(fact: ReviewedFact) -> FactRow:
    reviewed = item(fact)
    corrected = reviewed.verdict is Verdict.CORRECTED and reviewed.read is not None
    return FactRow(
        shown=show(fact.key, fact.kind, reviewed.fact),
        verdict=fact.verdict,
        said=str(SAID[fact.verdict]),
        revision=fact.revision,
        by=fact.decided_by.full_name if fact.decided_by else "",
        at=fact.decided_at,
        was=in_words(show(fact.key, fact.kind, reviewed.read)) if corrected and reviewed.read else "",
    )


def groups(rows: Iterable[FactRow]) -> list[FactGroup]:
    """Every kind in the order of the page, those without a fact too: one may be added."""
    found = {kind: FactGroup(kind, label) for kind, label in KIND_LABELS.items()}
    for row in rows:
        found[row.shown.kind].rows.append(row)
    return list(found.values())


def progress(rows: Sequence[FactRow]) -> Progress:
    return Progress(len(rows), sum(not row.pending for row in rows))


def sheet(result: PlanReading, rows: Iterable[FactRow], checks: Iterable[findings.ShownFinding] = ()) -> str:
    """The document with the words of its facts marked; what was rejected keeps its place, but not its colour."""
    marked = [_mark(row) for row in rows] + [words for check in checks for words in check.words]
    return paper.as_html(paper.lines(result.raw, marked, result.pages))


def lines_under(result: PlanReading, rows: Iterable[FactRow], spans: Sequence[tuple[int, int]]) -> str:
    """Those lines of the sheet alone that the spans touch."""
    marked = [*map(_mark, rows), *_finding_words(result)]
    touched = (line for line in paper.lines(result.raw, marked, result.pages) if line.touches(spans))
    return paper.as_html(touched)


def _finding_words(result: PlanReading) -> list[ShownFact]:
    return [words for check in shown_checks(result, "vi") for words in check.words]


def _mark(row: FactRow) -> ShownFact:
    return replace(row.shown, kind="rejected") if row.rejected else row.shown


def reading_of(result: PlanReading) -> Reading:
    return msgspec.convert(result.reading, Reading)


def why_unreadable(document: PlanDocument, language: str) -> str:
    if document.state != PlanState.UNREADABLE:
        return ""
    params = {"file": document.name, **document.error_params}
    return explain.say(document.error_code, params, language) if document.error_code in explain.catalogue() else ""
