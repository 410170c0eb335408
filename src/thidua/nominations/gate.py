"""The gate before a submission: what keeps a unit from submitting, and who may let it pass nevertheless, with reason.

Not everything that is wrong stops. What is not known never does: it is asked for in the appraisal. What the appraiser
weighs (a short report, words that another report has too) does not either.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from thidua.findings import Finding, Outcome
from thidua.law.law import Law
from thidua.nominations.checking import check_case, check_listed
from thidua.nominations.checks.case import Listed
from thidua.nominations.values import Submission

ExceptedBy = Literal["", "standing_body", "head_above"]

_BY_NOBODY = (
    "nobody_nominated", "list_paper_missing", "proposal_missing", "minutes_missing", "meeting_after_signing",
    "vote_missing", "vote_too_many", "paper_missing", "paper_future", "report_empty", "claim_without_evidence",
    "claim_untrue", "claim_unprovable", "award_not_for_individual", "award_not_for_collective",
    "award_not_for_household", "award_wrong_level", "unit_dissolved", "unit_not_in_being", "case_pending",
    "deed_commended", "award_held", "year_commended", "award_proposed", "nominee_twice", "deed_twice",
    "confirmation_refused",
)  # fmt: skip
_BY_STANDING_BODY = (
    "deadline_past", "not_launched", "not_reported", "quota_over", "criterion_not_met", "criterion_not_analysed",
    "confirmation_missing", "confirmation_old", "nominee_elsewhere", "name_differs", "claim_before_period",
    "claim_after_period", "merit_no_basis", "quorum_short", "vote_below",
)  # fmt: skip
_BY_HEAD_ABOVE = ("share_over", "share_short")

STOPS: dict[str, ExceptedBy] = {
    **dict.fromkeys((f"nominations.{code}" for code in _BY_NOBODY), ""),
    **dict.fromkeys((f"nominations.{code}" for code in _BY_STANDING_BODY), "standing_body"),
    **dict.fromkeys((f"nominations.{code}" for code in _BY_HEAD_ABOVE), "head_above"),
}
"""Defects that stop, and who may except them: the head of the standing body, the head of the authority above, nobody.

What may be excepted is what a plan or an authority set (days, numbers, shares, duties of the campaign) or what the
register may have wrong; what the law asks of every dossier may not.
"""


class Stop(Struct, frozen=True, kw_only=True):
    """A finding that forbids submitting; `ref` is its nomination's, "" where it is the list's. `excepted`: it was let
    pass by whoever may.
    """

    finding: Finding
    ref: str = ""
    excepted_by: ExceptedBy = ""
    excepted: bool = False

    @property
    def key(self) -> str:
        """By which it is excepted: its code, with the nomination's ref where it has one."""
        return f"{self.finding.code}:{self.ref}" if self.ref else self.finding.code


class Gate(Struct, frozen=True, kw_only=True):
    """`stops` in the order of the checks, the list's first; `open` are findings that do not stop, with their refs."""

    stops: tuple[Stop, ...]
    open: tuple[Stop, ...] = ()

    @property
    def may_submit(self) -> bool:
        return all(stop.excepted for stop in self.stops)

    @property
    def standing(self) -> tuple[Stop, ...]:
        """Stops that were not excepted."""
        return tuple(stop for stop in self.stops if not stop.excepted)


def gate(submission: Submission, law: Law, on: datetime.date) -> Gate:
    """Whether a unit may submit on a day, and what stands in its way."""
    told = tuple(_told(submission, law, on))
    return Gate(
        stops=tuple(stop for stop in told if _stops(stop.finding)),
        open=tuple(stop for stop in told if not _stops(stop.finding)),
    )


def _told(submission: Submission, law: Law, on: datetime.date) -> Iterator[Stop]:
    listed = Listed(submission, law, on)
    for finding in check_listed(listed):
        yield _stop(submission, finding, str(finding.params.get("ref", "")))
    for case in listed.cases:
        for finding in check_case(case):
            yield _stop(submission, finding, case.nomination.ref)


def _stops(finding: Finding) -> bool:
    return finding.outcome is Outcome.NOT_MET and finding.code in STOPS


def _stop(submission: Submission, finding: Finding, ref: str) -> Stop:
    by = STOPS.get(finding.code, "")
    given = not submission.excepted.isdisjoint({finding.code, f"{finding.code}:{ref}"})
    return Stop(finding=finding, ref=ref, excepted_by=by, excepted=bool(by) and given)
