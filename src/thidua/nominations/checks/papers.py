"""Papers of a nomination: those that are missing, and those of a day that has not come."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.findings import Finding
from thidua.nominations.checks.case import Case, ask, defect
from thidua.nominations.dossier import NeededPaper
from thidua.nominations.values import Nomination


def missing_papers(case: Case) -> Iterator[Finding]:
    """The report may be the form that was filled in; whether that one says anything is asked elsewhere."""
    held = {paper.code for paper in case.nomination.papers}
    for paper in case.needed:
        if paper.held_by == "nomination" and paper.code != "bao_cao" and not _stands(paper, held, case.nomination):
            yield from lacking("paper_missing", paper)


def lacking(code: str, paper: NeededPaper) -> Iterator[Finding]:
    """What is asked of some is asked about; what is only asked where there is one lacks nothing."""
    if paper.asked != "if_any":
        make = defect if paper.asked == "always" else ask
        yield make(code, paper.basis, paper=paper.words)


def missing_opinions(case: Case) -> Iterator[Finding]:
    """Opinions of other bodies: the appraisal gathers them, so nothing is refused for them."""
    held = {paper.code for paper in case.nomination.papers} | {one.body for one in case.nomination.confirmations}
    for paper in case.needed:
        if paper.held_by == "consultation" and paper.asked != "if_any" and paper.code not in held:
            yield ask("opinion_missing", paper.basis, paper=paper.words)


def _stands(paper: NeededPaper, held: set[str], one: Nomination) -> bool:
    if paper.code in held or (paper.or_code and paper.or_code in held):
        return True
    return paper.or_code == "xep_loai" and _is_rated_excellent(one)


def _is_rated_excellent(one: Nomination) -> bool:
    """The register's own rating of the year stands for the paper that says so."""
    return any(
        rating.year == one.year and rating.level == "excellent" and rating.track == "state" and not rating.inherited
        for rating in one.facts.ratings
    )


def future_papers(case: Case) -> Iterator[Finding]:
    for paper in case.nomination.papers:
        if paper.dated is not None and paper.dated > case.on:
            yield defect("paper_future", case.law_basis("Điều 84"), paper=paper.name or paper.code, dated=paper.dated)
