"""A province's own regulation on top of the national law (tests/law/local)."""

import datetime
from pathlib import Path

import pytest

from thidua.findings import Outcome
from thidua.law.checking import check_law
from thidua.law.criteria import Subject
from thidua.law.law import Law, local_law, national_law, sector_statutes
from thidua.law.statute import Deadline, Provision, VoteRule
from thidua.rules.assessing import assess
from thidua.rules.facts import AnswerFact, Facts, RatingFact
from thidua.rules.offers import Offer
from thidua.rules.predicates import predicate

FOLDER = Path(__file__).parent / "local"
DAY_BEFORE, FIRST_DAY = datetime.date(2025, 12, 14), datetime.date(2025, 12, 15)
BAC_NINH, NATIONAL = "86/2025/QĐ-UBND", "06/2022/QH15"


@pytest.fixture(scope="module")
def law() -> Law:
    return local_law(FOLDER)


def asked_by(law: Law, award: str, subject: Subject, on: datetime.date) -> list[str]:
    return [rule.statute.instrument for rule in law.standards(award, subject, on)]


def test_the_file_holds_together_with_the_national_ones(law: Law) -> None:
    assert check_law(law.statutes, predicate) == ()


def test_what_a_province_asks_comes_on_top_from_its_first_day(law: Law) -> None:
    assert BAC_NINH not in asked_by(law, "COBT", "collective", DAY_BEFORE)
    assert asked_by(law, "COBT", "collective", FIRST_DAY)[:2] == [NATIONAL, BAC_NINH]


def test_where_the_law_leaves_the_standard_to_the_province_its_own_takes_the_place(law: Law) -> None:
    assert NATIONAL in asked_by(law, "GIAY_KHEN", "household", DAY_BEFORE)
    standards = [rule.entry for rule in law.standards("GIAY_KHEN", "household", FIRST_DAY)]
    assert standards[0].place == "điểm c khoản 3 Điều 4"
    assert not any(getattr(entry, "detailed_locally", False) for entry in standards)


def test_the_national_law_knows_nothing_of_it() -> None:
    assert BAC_NINH not in {statute.instrument for statute in national_law().statutes}


def leading_unit(party: str) -> Facts:
    answers = ("COBT.outstanding", "COBT.integrity", "COBT.member_of_bloc", "COBT.unions_excellent")
    return Facts(
        subject="collective",
        ratings=(RatingFact(year=2025, level=party, track="party"),),  # type: ignore[arg-type]
        answers=tuple(AnswerFact(question=question, yes=True) for question in answers),
    )


@pytest.mark.parametrize(("party", "outcome"), [("excellent", Outcome.MET), ("good", Outcome.NOT_MET)])
def test_a_stricter_point_decides_with_its_own_citation(law: Law, party: str, outcome: Outcome) -> None:
    offer = Offer(award="COBT", subject="collective", year=2025)
    found = assess(offer, leading_unit(party), law, FIRST_DAY)
    rated = [result for result in found.tests() if result.finding and result.finding.code == "rules.rated"]
    (strict,) = [result for result in rated if result.basis.place == "điểm b khoản 1 Điều 3"]
    assert (strict.outcome, strict.basis.instrument, strict.basis.verified) == (outcome, BAC_NINH, True)


def votes(law: Law, council: str) -> list[VoteRule]:
    rules = [rule.entry for rule in law.rules(VoteRule, FIRST_DAY) if rule.statute.instrument == BAC_NINH]
    return [entry for entry in rules if isinstance(entry, VoteRule) and entry.council == council]


def test_its_council_needs_two_thirds_and_for_awards_four_fifths(law: Law) -> None:
    usual, awarding = votes(law, "province")
    assert [usual.quorum_of(15), awarding.quorum_of(15), awarding.quorum_of(16)] == [10, 12, 13]
    assert [usual.votes_of(12), usual.votes_of(13)] == [7, 7]
    assert awarding.written_opinions
    assert "BANG_KHEN_TINH" not in awarding.awards


def test_its_deadlines_are_by_kind_of_merit(law: Law) -> None:
    found = [rule.entry for rule in law.rules(Deadline, FIRST_DAY) if rule.statute.instrument == BAC_NINH]
    said = {(e.step, e.merits, e.days, e.before, e.by) for e in found if isinstance(e, Deadline)}
    assert said == {
        ("lodge_province", ("campaign",), 10, "event", ""),
        ("lodge_province", ("yearly",), None, "", "10/12"),
        ("lodge_province_education", ("yearly",), None, "", "10/07"),
    }


def test_whose_rating_of_a_collective_counts_is_said(law: Law) -> None:
    said = [rule.entry for rule in law.rules(Provision, FIRST_DAY) if getattr(rule.entry, "topic", "") == "rating"]
    assert [entry.place for entry in said] == ["khoản 1 Điều 7", "khoản 2 Điều 7"]


def test_a_sector_keeps_its_own_rules_apart_from_the_national_law() -> None:
    sectors = {statute.instrument: statute for statute in sector_statutes()}
    assert set(sectors) == {"25/2025/TT-BKHCN", "01/2024/TT-TANDTC", "62/2025/TT-BNNMT"}
    assert not set(sectors) & {statute.instrument for statute in national_law().statutes}
    courts = national_law().with_local([sectors["01/2024/TT-TANDTC"]])
    assert check_law(courts.statutes, predicate) == ()
    limits = [rule.entry for rule in courts.rules(VoteRule, FIRST_DAY) if rule.statute.level == "local"]
    assert {entry.max_ballots for entry in limits if isinstance(entry, VoteRule)} == {2}
