"""What the plan page shows, put together from the stored reading; no request, no database."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from thidua import explain
from thidua.findings import Finding
from thidua.plans.reading import Reading
from thidua_web.campaigns import facts, findings, paper
from thidua_web.campaigns.findings import Tone
from thidua_web.campaigns.models import PlanDocument, PlanReading
from thidua_web.campaigns.stages import PlanState


def plan_page(document: PlanDocument, result: PlanReading, language: str) -> dict[str, Any]:
    groups = facts.groups(reading_of(result))
    checks = findings.shown(msgspec.convert(result.findings, tuple[Finding, ...]), language)
    marked = [fact for group in groups for fact in group.facts] + [words for check in checks for words in check.words]
    counts = Counter(check.tone for check in checks)
    return {
        "document": document,
        "result": result,
        "lines": paper.lines(result.raw, marked, result.pages),
        "wrapped": result.format in ("pdf", "scan"),
        "groups": groups,
        "fact_count": sum(len(group.facts) for group in groups),
        "checks": [check for check in checks if check.tone is not Tone.MET],
        "passed": [check for check in checks if check.tone is Tone.MET],
        "tones": [(one, counts[one]) for one in Tone if counts[one] and one is not Tone.MET],
    }


def reading_of(result: PlanReading) -> Reading:
    return msgspec.convert(result.reading, Reading)


def why_unreadable(document: PlanDocument, language: str) -> str:
    if document.state != PlanState.UNREADABLE:
        return ""
    params = {"file": document.name, **document.error_params}
    return explain.say(document.error_code, params, language) if document.error_code in explain.catalogue() else ""
