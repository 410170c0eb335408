"""Checks of a plan ("soát kế hoạch") as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from thidua import explain
from thidua.findings import Evidence, Finding, Outcome
from thidua.plans.checks import Severity
from thidua_web.campaigns.pages.facts import ShownFact


class Tone(models.TextChoices):
    """How a finding is shown: what must be put right comes first."""

    FAULT = "fault", _("Cần sửa")
    DOUBT = "doubt", _("Nên xem lại")
    UNKNOWN = "unknown", _("Chưa rõ")
    NOTE = "note", _("Lưu ý")
    MET = "met", _("Đạt")


TONES = {Severity.ERROR: Tone.FAULT, Severity.WARNING: Tone.DOUBT, Severity.NOTE: Tone.NOTE}
ORDER = tuple(Tone)


def tone(finding: Finding) -> Tone:
    if finding.outcome is Outcome.MET:
        return Tone.MET
    if finding.outcome is Outcome.UNKNOWN:
        return Tone.UNKNOWN
    return TONES[Severity(finding.params["severity"])]


@dataclass(frozen=True)
class ShownFinding:
    """`words` are the facts of kind "finding" that highlight what the finding points at."""

    id: str
    tone: Tone
    sentence: str
    basis: str
    verified: bool
    words: tuple[ShownFact, ...]


def shown(findings: Iterable[Finding], language: str) -> list[ShownFinding]:
    """The worst first; within a tone in the order of the checks."""
    numbered = sorted(enumerate(findings, 1), key=lambda row: ORDER.index(tone(row[1])))
    return [_show(f"finding-{number}", finding, language) for number, finding in numbered]


def _show(id_: str, finding: Finding, language: str) -> ShownFinding:
    return ShownFinding(
        id=id_,
        tone=tone(finding),
        sentence=explain.sentence(finding, language),
        basis=finding.basis.citation if finding.basis else "",
        verified=finding.basis is None or finding.basis.verified,
        words=tuple(_words(id_, place, evidence) for place, evidence in enumerate(finding.facts_used, 1)),
    )


def _words(id_: str, place: int, evidence: Evidence) -> ShownFact:
    return ShownFact(f"{id_}-{place}", "finding", evidence.quote, (), evidence.quote, evidence.span, 1.0)
