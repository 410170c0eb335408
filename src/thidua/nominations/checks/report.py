"""The report of what was achieved: whether it says anything, and whether it says what another report says."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.findings import Finding
from thidua.nominations.checks.case import Case, ask, defect

SHORT, SHORT_OF_SUDDEN = 60, 30
"""Words under which a report is asked about; a sudden deed is told in fewer."""

REPEATED_SHARE, REPEATED_WORDS = 15, 60
"""Percent of a report, and words, from which a passage that stands in another one too is asked about. Less than both is
a formula: what every report says of keeping the law.
"""


def empty_report(case: Case) -> Iterator[Finding]:
    one = case.nomination
    if one.report.strip():
        return
    paper = next((paper for paper in case.needed if paper.code == "bao_cao"), None)
    if not any(held.code == "bao_cao" for held in one.papers):
        yield defect("report_empty", paper.basis if paper else case.law_basis("Điều 84"))


def short_report(case: Case) -> Iterator[Finding]:
    one = case.nomination
    words, least = len(one.report.split()), SHORT_OF_SUDDEN if one.merit == "sudden" else SHORT
    if 0 < words < least:
        yield ask("report_short", case.law_basis("Điều 84"), words=words, least=least)


def missing_summary(case: Case) -> Iterator[Finding]:
    if not case.nomination.summary.strip():
        yield defect("summary_missing", case.law_basis("Điều 84"))


def repeated_report(case: Case) -> Iterator[Finding]:
    """Found among all reports by whoever calls; it accuses nobody."""
    for repeat in case.nomination.repeats:
        if repeat.share < REPEATED_SHARE and repeat.words < REPEATED_WORDS:
            continue
        yield ask(
            "report_repeats", case.law_basis("Điều 15"), other=repeat.other, words=repeat.words, share=repeat.share
        )
