"""What must be so before a unit may submit: in time, the campaign launched and reported, the papers of the list."""

from __future__ import annotations

from collections.abc import Iterator

from thidua.findings import Finding
from thidua.nominations.checks.case import Listed, ask, defect
from thidua.nominations.checks.papers import lacking
from thidua.nominations.dossier import NeededPaper

_ELSEWHERE = frozenset({"bien_ban", "ket_qua_phieu", "to_trinh"})
"""Minutes and votes are the meeting's; the tờ trình is made of the list when it is signed."""


def in_time(listed: Listed) -> Iterator[Finding]:
    sub = listed.submission
    if sub.due is not None and listed.signed > sub.due:
        yield defect("deadline_past", sub.due_basis, due=sub.due, on=listed.signed)


def launched(listed: Listed) -> Iterator[Finding]:
    sub = listed.submission
    if sub.kind != "campaign":
        return
    if sub.launched is False:
        yield defect("not_launched", sub.launch_asked or listed.law_basis("Điều 7, Điều 10"))
    elif sub.launched is None and sub.launch_asked is not None:
        yield ask("not_launched", sub.launch_asked)


def reported(listed: Listed) -> Iterator[Finding]:
    """Where the plan says that who did not report is not considered; no law that was read says it of every campaign."""
    sub = listed.submission
    if sub.kind != "campaign" or sub.report_asked is None or sub.reported:
        return
    make = defect if sub.reported is False else ask
    yield make("not_reported", sub.report_asked)


def papers_of_list(listed: Listed) -> Iterator[Finding]:
    """Each once, however many nominations ask for it."""
    sub = listed.submission
    held = {paper.code for paper in sub.papers}
    asked: dict[str, NeededPaper] = {}
    for case in listed.cases:
        for paper in case.needed:
            if paper.held_by == "submission" and paper.code not in _ELSEWHERE:
                asked.setdefault(paper.code, paper)
    for code, paper in asked.items():
        if code not in held:
            yield from lacking("list_paper_missing", paper)


def signed_paper(listed: Listed) -> Iterator[Finding]:
    """A tờ trình without a day, on a list that was lodged."""
    sub = listed.submission
    lodged = any(one.lodged_on is not None for one in sub.nominations)
    if lodged and sub.presented_on is None and not any(paper.code == "to_trinh" for paper in sub.papers):
        yield defect("proposal_missing", listed.law_basis("Điều 84"))


def future_papers_of_list(listed: Listed) -> Iterator[Finding]:
    for paper in listed.submission.papers:
        if paper.dated is not None and paper.dated > listed.on:
            name = paper.name or paper.code
            yield defect("paper_future", listed.law_basis("Điều 84"), paper=name, dated=paper.dated)


def nobody(listed: Listed) -> Iterator[Finding]:
    if not listed.submission.nominations:
        yield defect("nobody_nominated", listed.law_basis("Điều 84"))
