"""What if a fact were otherwise, and which smallest change brings an award."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nominees import FACTS, OFFERS, ON, statutes
from thidua.findings import Outcome
from thidua.law.law import Law, national_law
from thidua.rules.assessing import NoStandardError, assess
from thidua.rules.changing import (
    Added,
    Change,
    Completed,
    Grouped,
    Removed,
    Replaced,
    change_words,
    changed,
    changes_words,
    is_open,
    joined,
)
from thidua.rules.facts import AnswerFact, Facts, HonourFact, MeasureFact, RatingFact, SpellFact, WorkFact
from thidua.rules.offers import Offer
from thidua.rules.what_if import MOST, Step, next_steps, what_if

DECEMBER = datetime.date(2025, 12, 10)
GOOD, EXCELLENT = RatingFact(year=2025, level="good"), RatingFact(year=2025, level="excellent")
SPIRIT = AnswerFact(question="LDTT.spirit", yes=True)
NO_CASE = AnswerFact(question="GENERAL.no_pending_case", yes=True)
KNOWN = dict.fromkeys(("honours", "works", "discipline", "inspection", "investigation", "complaint"), 0)
QUIETLY = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
LAWS = statutes().map(lambda statute: Law([statute]))
CSTDCS = Offer(award="CSTDCS", subject="individual", year=2025)


def staff(*ratings: RatingFact, **more: Any) -> Facts:
    rest = {"answers": (SPIRIT, NO_CASE), "complete": KNOWN} | more
    return Facts(groups=frozenset({"staff"}), ratings=ratings, **rest)


def steps(award: str, facts: Facts, ahead: int = 0, **offered: Any) -> tuple[Step, ...]:
    offer = Offer(award=award, subject=facts.subject, year=2025, **offered)
    return next_steps(offer, facts, national_law(), DECEMBER, ahead=ahead)


def told(found: tuple[Step, ...]) -> list[list[str]]:
    return [[change_words(change, step.on) for change in step.changes] for step in found]


# --- What moves -----------------------------------------------------------------------------------------------------


def test_a_better_rating_moves_the_award_the_clause_and_the_test() -> None:
    moves = what_if([CSTDCS], staff(GOOD), national_law(), DECEMBER, [Replaced(GOOD, EXCELLENT)])
    assert [(move.before.value, move.after.value, move.text) for move in moves] == [
        ("not_met", "met", ""),
        ("not_met", "met", "Có thêm một trong các kết quả sau"),
        ("not_met", "met", "Hoàn thành xuất sắc nhiệm vụ trong năm"),
    ]


def test_one_fact_moves_several_awards() -> None:
    """A discipline on record would be known; an initiative for the grassroots title is none for the province's."""
    offers = [CSTDCS, Offer(award="CSTDBT", subject="individual", year=2025)]
    work = Added(WorkFact(kind="initiative", year=2025, scope="province"))
    moves = what_if(offers, staff(GOOD), national_law(), DECEMBER, [work])
    assert {move.offer.award for move in moves} == {"CSTDCS", "CSTDBT"}


def test_nothing_moves_where_nothing_changes() -> None:
    assert what_if([CSTDCS], staff(GOOD), national_law(), DECEMBER, []) == ()


def test_the_clause_that_names_another_award_is_told_once() -> None:
    moves = what_if([CSTDCS], staff(), national_law(), DECEMBER, [Added(GOOD)])
    assert [move.text for move in moves].count("Đạt tiêu chuẩn Lao động tiên tiến hoặc Chiến sĩ tiên tiến") == 1


def test_a_record_that_is_not_there_cannot_go() -> None:
    with pytest.raises(ValueError, match="not in"):
        changed(staff(GOOD), [Removed(EXCELLENT)])
    with pytest.raises(ValueError, match="one of its kind"):
        changed(staff(GOOD), [Replaced(GOOD, SPIRIT)])
    with pytest.raises(ValueError, match="the same thing"):
        changed(staff(GOOD), [Added(EXCELLENT)])


def test_what_is_known_only_grows() -> None:
    facts = changed(Facts(complete={"honours": 2015}), [Completed(("honours",), 2020), Completed(("works",), 2020)])
    assert facts.complete == {"honours": 2015, "works": 2020}
    assert changed(Facts(), [Grouped("staff")]).groups == frozenset({"staff"})


def test_a_record_that_comes_to_be_replaced_comes_once() -> None:
    better = RatingFact(year=2025, level="excellent", cited="QĐ 1")
    assert joined([Added(GOOD), Replaced(GOOD, EXCELLENT), Replaced(EXCELLENT, better)]) == (Added(better),)
    assert joined([Replaced(GOOD, EXCELLENT), Replaced(EXCELLENT, better)]) == (Replaced(GOOD, better),)


# --- What leads to it -----------------------------------------------------------------------------------------------


def test_a_good_year_wants_an_initiative_or_a_better_rating_and_the_rating_is_settled() -> None:
    found = steps("CSTDCS", staff(GOOD))
    assert told(found) == [
        ["Thêm: sáng kiến năm 2025, trong phạm vi cơ sở"],
        ["Thay: năm 2025: hoàn thành tốt nhiệm vụ → năm 2025: hoàn thành xuất sắc nhiệm vụ"],
    ]
    assert [step.is_open for step in found] == [True, False]
    assert found[0].clauses[0].startswith("Có sáng kiến, đề tài, đề án, công trình được công nhận")


def test_two_titles_so_far_lead_to_the_province_title_next_year() -> None:
    titles = tuple(HonourFact(award="CSTDCS", year=year) for year in (2024, 2025))
    (first, *_) = steps("CSTDBT", staff(honours=titles), ahead=3)
    assert first.on == datetime.date(2026, 12, 10)
    assert first.is_open
    assert Added(HonourFact(award="CSTDCS", year=2026, merit="yearly")) in first.changes


def test_years_of_one_level_are_told_in_one_line() -> None:
    ratings = tuple(Added(RatingFact(year=year, level="good")) for year in range(2025, 2020, -1))
    title = Added(HonourFact(award="COBT", year=2025))
    assert changes_words((ratings[0], title, *ratings[1:], Completed(("works",), 2024)), DECEMBER) == (
        "Thêm: từ năm 2021 đến năm 2025: hoàn thành tốt nhiệm vụ",
        "Thêm: cờ thi đua của Bộ, ban, ngành, tỉnh năm 2025",
        "Xác nhận đã có đủ trong hồ sơ từ năm 2024: sáng kiến, đề tài",
    )


def test_nothing_leads_to_what_is_met() -> None:
    assert steps("CSTDCS", staff(EXCELLENT)) == ()


def test_time_alone_brings_a_medal_of_service() -> None:
    facts = Facts(
        groups=frozenset({"armed"}),
        spells=(SpellFact(kind="service", since=datetime.date(2001, 3, 1)),),
        answers=(NO_CASE, *(AnswerFact(question=f"HUYCHUONG_QKQT.{q}", yes=True) for q in ("army", "duties"))),
        complete=KNOWN,
    )
    (step,) = steps("HUYCHUONG_QKQT", facts, ahead=3, merit="service")
    assert (step.on.year, step.changes, step.is_open) == (2026, (), True)


def test_what_was_commended_before_has_no_way() -> None:
    row = HonourFact(award="BANG_KHEN_TINH", year=2025, merit="yearly")
    assert steps("BANG_KHEN_TINH", staff(honours=(row,))) == ()


def test_an_open_inspection_may_end_a_discipline_may_not() -> None:
    spell = SpellFact(kind="inspection", since=DECEMBER)
    ended = Replaced(spell, SpellFact(kind="inspection", since=DECEMBER, until=DECEMBER, cleared=True))
    assert is_open(ended, staff(spells=(spell,)), DECEMBER)
    assert not is_open(Removed(GOOD), staff(GOOD), DECEMBER)


@pytest.mark.parametrize(
    ("change", "came"),
    [
        (Added(HonourFact(award="CSTDCS", year=2025)), True),
        (Added(HonourFact(award="CSTDCS", year=2024)), False),  # all of 2024 is on record
        (Added(HonourFact(award="CSTDCS", year=2019)), True),  # of before it is not
        (Added(WorkFact(kind="initiative", year=2024)), False),
        (Added(EXCELLENT), True),
        (Replaced(GOOD, EXCELLENT), False),
        (Replaced(MeasureFact(key="k", value=1, year=2025), MeasureFact(key="k", value=2, year=2025)), True),
        (Replaced(MeasureFact(key="k", value=1, year=2024), MeasureFact(key="k", value=2, year=2024)), False),
        (Completed(("honours", "works"), 2010), True),
        (Grouped("staff"), True),
    ],
)
def test_what_may_still_come_or_be_found_is_open(change: Change, came: bool) -> None:
    assert is_open(change, Facts(complete={"honours": 2020, "works": 2020}), DECEMBER) is came


@QUIETLY
@given(LAWS, OFFERS, FACTS)
def test_a_step_brings_the_award_and_holds_nothing_idle(law: Law, offer: Offer, facts: Facts) -> None:
    try:
        before = assess(offer, facts, law, ON)
    except (NoStandardError, ValueError):
        return
    found = next_steps(offer, facts, law, ON)
    assert len(found) <= MOST
    assert not found or before.outcome is not Outcome.MET
    for step in found:
        assert assess(offer, changed(facts, step.changes), law, ON).outcome is Outcome.MET
        for change in step.changes:
            fewer = [item for item in step.changes if item is not change]
            assert assess(offer, changed(facts, fewer), law, ON).outcome is not Outcome.MET
        assert all(change_words(change, ON, language) for change in step.changes for language in ("vi", "en"))


@QUIETLY
@given(LAWS, OFFERS, FACTS, st.data())
def test_moves_are_what_two_judgements_differ_in(law: Law, offer: Offer, facts: Facts, data: st.DataObject) -> None:
    rows = [*facts.ratings, *facts.honours, *facts.works, *facts.spells, *facts.answers, *facts.measures]
    changes = [Removed(data.draw(st.sampled_from(rows)))] if rows else [Completed(("honours",), 0)]
    try:
        before = assess(offer, facts, law, ON)
    except (NoStandardError, ValueError):
        return
    after = assess(offer, changed(facts, changes), law, ON)
    moves = what_if([offer], facts, law, ON, changes)
    assert (before.outcome is not after.outcome) == any(not move.basis for move in moves)
    assert all(move.before is not move.after for move in moves)
