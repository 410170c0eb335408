"""A nomination of every case of the law: what the standard refuses or leaves open is told, what it grants is not."""

from __future__ import annotations

from datetime import date

import pytest

from rules.case_files import Case, cases
from thidua.explain import sentence
from thidua.findings import Finding, Outcome
from thidua.law.awards import awards
from thidua.law.law import national_law
from thidua.nominations.checking import check
from thidua.nominations.values import Nomination
from thidua.rules.facts import Facts
from thidua.rules.offers import Offer

CASES = dict(cases())
_OF_THE_DOSSIER = frozenset({"nominations.paper_missing", "nominations.opinion_missing"})
"""The cases of the law speak of nominees, not of their papers."""


def found(case: Case) -> list[Finding]:
    one = Nomination(
        ref="1", nominee="p1", name="Lê Văn An", subject=case.subject, award=case.award, merit=case.offer.merit,
        year=case.offer.year, offer=case.offer, facts=case.facts, lodged_on=case.on, summary="Tóm tắt",
        report="Thành tích cụ thể trong năm, kèm số liệu. " * 10,
    )  # fmt: skip
    return [finding for finding in check(one, case.law, on=case.on) if finding.code not in _OF_THE_DOSSIER]


@pytest.mark.parametrize("name", CASES)
def test_the_checks_agree_with_the_standard(name: str) -> None:
    case = CASES[name]
    told = [finding for finding in found(case) if finding.code != "nominations.award_held"]

    if case.outcome is None:
        assert [finding.code for finding in told] in (["nominations.no_standard"], [])
    elif case.outcome is Outcome.MET:
        assert told == []
    else:
        assert told
        assert (case.outcome is Outcome.NOT_MET) == any(finding.outcome is Outcome.NOT_MET for finding in told)
    assert all(sentence(finding, language) for finding in told for language in ("vi", "en"))


@pytest.mark.parametrize("award", awards())
@pytest.mark.parametrize("on", [date(2024, 12, 10), date(2025, 12, 10), date(2026, 11, 20)])
def test_of_whom_nothing_is_known_nothing_is_held_against_him(award: str, on: date) -> None:
    """But for an award that is given for another kind of merit alone."""
    for subject in awards()[award].subjects:
        merit = "foreign" if award in ("HCHN", "HUYCHUONG_HN") else "yearly"
        one = Nomination(
            ref="1", nominee="p1", name="Lê Văn An", subject=subject, award=award, merit=merit, year=on.year,
            offer=Offer(award=award, subject=subject, year=on.year, merit=merit), facts=Facts(subject=subject),
            summary="Tóm tắt", report="Thành tích cụ thể trong năm, kèm số liệu. " * 10,
        )  # fmt: skip
        told = [finding for finding in check(one, national_law(), on=on) if finding.code not in _OF_THE_DOSSIER]

        assert {finding.outcome for finding in told} == {Outcome.UNKNOWN}
