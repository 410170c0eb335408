"""What the report claims: its evidence, its days, what the appraiser found of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from thidua.findings import Basis, Finding
from thidua.law.statute import Provision
from thidua.nominations.checks.case import Case, ask, defect
from thidua.nominations.values import Claim


def claims_without_evidence(case: Case) -> Iterator[Finding]:
    """Once a claim was judged, the verdict says more than the number of papers."""
    for claim in case.nomination.claims:
        if not claim.evidence and not claim.verdict:
            yield defect("claim_without_evidence", case.law_basis("Điều 15"), claim=claim.words)


def claims_outside_period(case: Case) -> Iterator[Finding]:
    since, until = period(case)
    for claim in case.nomination.claims:
        first, last = claim.since or claim.until, claim.until or claim.since
        if first is None or last is None:
            continue
        if (since is not None and last < since) or first > until:
            params = {"claim": claim.words, "first": first, "last": last, "until": until}
            code = "claim_after_period" if first > until else "claim_before_period"
            yield defect(code, case.law_basis("Điều 10"), **params | {"since": since or until})


def period(case: Case) -> tuple[datetime.date | None, datetime.date]:
    """The days of the merit; its end is that of its year where nothing else is said, its begin is not known then."""
    one = case.nomination
    return one.since, one.until or datetime.date(one.year, 12, 31)


_VERDICTS = {"untrue": (defect, "claim_untrue"), "unprovable": (defect, "claim_unprovable"),
             "took_part": (ask, "claim_took_part")}  # fmt: skip


def claims_found_wanting(case: Case) -> Iterator[Finding]:
    """Untrue or not to be proved: it must go. Only took part: the report must say no more than that."""
    for claim in case.nomination.claims:
        if claim.verdict in _VERDICTS:
            make, code = _VERDICTS[claim.verdict]
            place = "Điều 15, khoản 2 Điều 93" if claim.verdict == "untrue" else "Điều 15"
            yield make(code, case.law_basis(place), claim=claim.words, note=_note(claim))


def _note(claim: Claim) -> str:
    note = claim.note.rstrip(" .;")
    return f" ({note})" if note else ""


def claims_of_other_merit(case: Case) -> Iterator[Finding]:
    """What was commended for a sudden deed or in a movement is no ground for an award for the work of years."""
    if case.nomination.merit != "yearly":
        return
    for claim in case.nomination.claims:
        if claim.merit in ("sudden", "campaign"):
            yield defect("merit_no_basis", _no_ground(case), claim=claim.words)


def _no_ground(case: Case) -> Basis | None:
    for rule in case.law.rules(Provision, case.lodged):
        entry = rule.entry
        if isinstance(entry, Provision) and "không làm căn cứ đề nghị khen công trạng" in entry.text:
            return rule.basis(case.lodged)
    return None
