"""What a check is given: a nomination or a submission, the law, the day, and what follows from them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from functools import cached_property

from thidua.findings import Basis, Finding, Outcome
from thidua.law.awards import awards
from thidua.law.law import Law
from thidua.nominations.dossier import NeededPaper, papers_for
from thidua.nominations.values import Nomination, Submission
from thidua.rules.assessing import Assessment, NoStandardError, assess
from thidua.rules.words import Words

LANGUAGES = ("vi", "en")


class Case:
    """A nomination on a day. `lodged` is the day whose law it is judged by: that of lodging, else the day itself."""

    def __init__(self, nomination: Nomination, law: Law, on: datetime.date) -> None:
        self.nomination, self.law, self.on = nomination, law, on
        self.lodged = nomination.lodged_on or on

    @cached_property
    def assessment(self) -> Assessment | None:
        """None where no standard is known, or where the award is not given to such a nominee."""
        one = self.nomination
        if one.assessment is not None or not self.is_given_to_such:
            return one.assessment
        try:
            return assess(one.offer, one.facts, self.law, self.lodged)
        except NoStandardError:
            return None

    @property
    def is_given_to_such(self) -> bool:
        """An award that is not known is left to the standard to judge."""
        known = awards().get(self.nomination.award)
        return known is None or self.nomination.subject in known.subjects

    @cached_property
    def needed(self) -> tuple[NeededPaper, ...]:
        one = self.nomination
        return papers_for(
            self.law, award=one.award, subject=one.subject, merit=one.merit, on=self.lodged,
            business=one.business, plan_papers=one.plan_papers,
        )  # fmt: skip

    def law_basis(self, place: str) -> Basis:
        return law_basis(self.law, place, self.lodged)


class Listed:
    """A submission on a day, its nominations as cases."""

    def __init__(self, submission: Submission, law: Law, on: datetime.date) -> None:
        self.submission, self.law, self.on = submission, law, on
        self.cases = tuple(Case(one, law, on) for one in submission.nominations)

    @property
    def signed(self) -> datetime.date:
        """The day of the tờ trình; while it is being prepared, the day itself."""
        return self.submission.presented_on or self.on

    def law_basis(self, place: str) -> Basis:
        return law_basis(self.law, place, self.on)


Check = Callable[[Case], Iterable[Finding]]
SubmissionCheck = Callable[[Listed], Iterable[Finding]]

_LAW = "06/2022/QH15"


def law_basis(law: Law, place: str, on: datetime.date) -> Basis:
    """A place in the law itself, read in full; not verified once an amendment that was not read is in force."""
    statute = next((one for one in law.statutes if one.instrument == _LAW), None)
    doubted = statute is None or any(doubt.in_force(on) for doubt in statute.doubt)
    return Basis(instrument=_LAW, place=place, verified=not doubted, source=statute.source if statute else None)


def award_name(code: str, on: datetime.date) -> str:
    """As the law prints it on a day."""
    return Words("vi", on).award(code)


def of(outcome: Outcome, code: str, basis: Basis | None = None, /, **params: object) -> Finding:
    """A finding of this package."""
    return Finding(code=f"nominations.{code}", outcome=outcome, params=params, basis=basis)


def defect(code: str, basis: Basis | None = None, /, **params: object) -> Finding:
    return of(Outcome.NOT_MET, code, basis, **params)


def ask(code: str, basis: Basis | None = None, /, **params: object) -> Finding:
    return of(Outcome.UNKNOWN, code, basis, **params)
