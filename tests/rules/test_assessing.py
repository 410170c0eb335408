"""One nominee against an award: outcome, clauses, facts used."""

import datetime

import pytest

from thidua.findings import Outcome
from thidua.law.law import national_law
from thidua.rules.assessing import Assessment, NoStandardError, assess
from thidua.rules.facts import AnswerFact, Facts, RatingFact, WorkFact
from thidua.rules.offers import Offer

DECEMBER = datetime.date(2025, 12, 10)
EXCELLENT = RatingFact(year=2025, level="excellent", cited="QĐ 12/QĐ-SNV")
CLEAN = ("discipline", "inspection", "investigation", "complaint")
ANSWERS = tuple(AnswerFact(question=asked, yes=True) for asked in ("LDTT.spirit", "GENERAL.no_pending_case"))


def judged(facts: Facts, award: str = "CSTDCS") -> Assessment:
    return assess(Offer(award=award, subject="individual", year=2025), facts, national_law(), DECEMBER)


def staff(*ratings: RatingFact, works: tuple[WorkFact, ...] = (), known: bool = True) -> Facts:
    complete = dict.fromkeys(("works", *CLEAN), 2020) if known else {}
    return Facts(groups=frozenset({"staff"}), ratings=ratings, works=works, answers=ANSWERS, complete=complete)


def test_an_excellent_year_meets_the_grassroots_title() -> None:
    found = judged(staff(EXCELLENT))
    assert found.outcome is Outcome.MET
    assert EXCELLENT in [row for result in found.results for row in result.records]


def test_a_good_year_needs_an_initiative_beside_it() -> None:
    good = RatingFact(year=2025, level="good")
    assert judged(staff(good)).outcome is Outcome.NOT_MET
    assert judged(staff(good, works=(WorkFact(kind="initiative", year=2025),))).outcome is Outcome.MET


def test_what_may_be_missing_from_the_records_is_no_refusal() -> None:
    assert judged(staff(RatingFact(year=2025, level="good"), known=False)).outcome is Outcome.UNKNOWN
    assert judged(staff()).outcome is Outcome.UNKNOWN


def test_every_clause_cites_its_point() -> None:
    places = [result.basis.place for result in judged(staff(EXCELLENT)).tests()]
    assert "điểm a khoản 1 Điều 24" in places
    assert "khoản 2 Điều 23" in places


def test_an_award_of_which_nothing_is_known_is_not_judged() -> None:
    with pytest.raises(NoStandardError):
        judged(staff(EXCELLENT), award="CSTDCS_2003")


def test_after_an_amendment_nobody_read_the_clause_is_shown_as_unverified() -> None:
    offer = Offer(award="CSTDCS", subject="individual", year=2026)
    later = assess(offer, staff(EXCELLENT), national_law(), datetime.date(2026, 11, 20))
    amended = [result.basis.verified for result in later.tests() if result.basis.instrument == "06/2022/QH15"]
    assert amended
    assert not any(amended)
