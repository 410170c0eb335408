"""All that is looked at in a nomination and in a submission, joined in two lists; nothing else is checked anywhere.

Every check answers with findings alone: not met is a defect, unknown must be asked for. What is in order says nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from thidua.findings import Finding
from thidua.law.law import Law
from thidua.nominations.checks import claims, conditions, confirmed, criteria, lists, meetings, merits, nominees, papers
from thidua.nominations.checks import report as reports
from thidua.nominations.checks.case import Case, Check, Listed, SubmissionCheck
from thidua.nominations.values import Nomination, Submission

CHECKS: tuple[tuple[Check, tuple[str, ...]], ...] = (
    (nominees.not_for_such, ("award_not_for_individual", "award_not_for_collective", "award_not_for_household")),
    (nominees.other_name, ("name_differs",)),
    (nominees.dissolved, ("unit_dissolved", "unit_not_in_being")),
    (nominees.pending, ("case_pending",)),
    (criteria.no_standard, ("no_standard",)),
    (criteria.unmet_criteria, ("criterion_not_met", "criterion_unknown")),
    (merits.commended_deeds, ("deed_commended", "deed_alike")),
    (merits.held_awards, ("award_held", "year_commended", "award_of_merit")),
    (merits.proposed_awards, ("award_proposed",)),
    (merits.unrecorded_awards, ("awards_unrecorded",)),
    (papers.missing_papers, ("paper_missing",)),
    (papers.missing_opinions, ("opinion_missing",)),
    (papers.future_papers, ("paper_future",)),
    (reports.empty_report, ("report_empty",)),
    (reports.short_report, ("report_short",)),
    (reports.missing_summary, ("summary_missing",)),
    (reports.repeated_report, ("report_repeats",)),
    (claims.claims_without_evidence, ("claim_without_evidence",)),
    (claims.claims_outside_period, ("claim_before_period", "claim_after_period")),
    (claims.claims_found_wanting, ("claim_untrue", "claim_unprovable", "claim_took_part")),
    (claims.claims_of_other_merit, ("merit_no_basis",)),
    (
        confirmed.confirmations,
        ("confirmation_missing", "confirmation_awaited", "confirmation_refused", "confirmation_old"),
    ),
)
"""Of one nomination, each with the codes it may answer with, in the order in which they are told."""

SUBMISSION_CHECKS: tuple[tuple[SubmissionCheck, tuple[str, ...]], ...] = (
    (conditions.nobody, ("nobody_nominated",)),
    (conditions.in_time, ("deadline_past",)),
    (conditions.launched, ("not_launched",)),
    (conditions.reported, ("not_reported",)),
    (conditions.signed_paper, ("proposal_missing",)),
    (conditions.papers_of_list, ("list_paper_missing",)),
    (conditions.future_papers_of_list, ("paper_future",)),
    (meetings.minutes, ("minutes_missing",)),
    (meetings.held_in_time, ("meeting_after_signing",)),
    (meetings.quorum, ("quorum_short",)),
    (meetings.presiding, ("nominee_chaired", "nominee_kept", "nominee_signed")),
    (meetings.votes, ("vote_missing", "vote_below", "vote_too_many", "vote_of_how_many")),
    (meetings.analysis, ("criterion_not_analysed",)),
    (lists.quotas, ("quota_over", "quota_no_number", "share_over", "share_short")),
    (lists.twice, ("nominee_twice", "deed_twice")),
    (lists.own_nominees, ("nominee_elsewhere", "nominee_came_later", "nominee_unit_unknown")),
    (lists.wrong_level, ("award_wrong_level",)),
)
"""Of the list as a whole. What is about one nominee of it has `ref` and `name` in its params."""


def check(nomination: Nomination, law: Law, *, on: datetime.date) -> tuple[Finding, ...]:
    """What speaks against a nomination on a day; nothing where it is in order.

    The law is that of the day on which it was lodged, or of the day itself while it is being prepared.
    """
    return check_case(Case(nomination, law, on))


def check_submission(submission: Submission, law: Law, *, on: datetime.date) -> tuple[Finding, ...]:
    """What speaks against the list as a whole; each nomination by itself is `check`."""
    return check_listed(Listed(submission, law, on))


def check_case(case: Case) -> tuple[Finding, ...]:
    return tuple(finding for run, _ in CHECKS for finding in run(case))


def check_listed(listed: Listed) -> tuple[Finding, ...]:
    return tuple(finding for run, _ in SUBMISSION_CHECKS for finding in run(listed))


def codes() -> Mapping[str, str]:
    """Every code that a check answers with ("nominations.paper_missing") and the check that does."""
    pairs = [(run.__name__, names) for run, names in CHECKS] + [
        (run.__name__, names) for run, names in SUBMISSION_CHECKS
    ]
    return {f"nominations.{code}": name for name, names in pairs for code in names}
