"""Decrees and circulars as data: what ruled on which day, and what nobody has read yet."""

import datetime
from itertools import pairwise

import pytest

from thidua.law.criteria import Entry, Principle
from thidua.law.law import Rule, national_law
from thidua.law.statute import BaseSalary, Ceiling, Deadline, Provision, VoteRule, parse_statute

IN_2023, IN_2024, IN_2026 = datetime.date(2023, 6, 1), datetime.date(2024, 6, 1), datetime.date(2026, 3, 1)
OLD, NEW = "98/2023/NĐ-CP", "152/2025/NĐ-CP"


def rules(kind: type[Entry], instrument: str, on: datetime.date | None = None) -> list[Rule]:
    return [rule for rule in national_law().rules(kind, on) if rule.statute.instrument == instrument]


@pytest.mark.parametrize(("day", "instrument"), [("2025-06-30", OLD), ("2025-07-01", NEW), ("2027-03-01", NEW)])
def test_one_decree_gives_way_to_the_next_on_a_day(day: str, instrument: str) -> None:
    on = datetime.date.fromisoformat(day)
    asked = {rule.statute.instrument for rule in national_law().rules(Principle, on)} & {OLD, NEW}
    assert asked == {instrument}


def test_the_decree_in_force_ends_by_itself() -> None:
    assert rules(Principle, NEW, datetime.date(2027, 3, 2)) == []


def test_no_award_while_a_case_is_open_and_merit_counts_from_the_end_of_discipline() -> None:
    asked = [rule.entry for rule in rules(Principle, NEW, IN_2026)]
    names = {t.predicate for e in asked if isinstance(e, Principle) for node in e.all for t in node.tests()}
    assert names == {"not_under_review", "not_disciplined", "for_merit", "judged"}
    assert {entry.place for entry in asked} == {"khoản 4 Điều 4"}


def test_a_dissolved_body_is_given_no_award_though_the_article_was_not_read() -> None:
    (rule,) = rules(Principle, "15/2025/TT-BNV", IN_2026)
    assert rule.entry.place == ""
    assert not rule.basis(IN_2026).verified
    assert isinstance(rule.entry, Principle)
    assert rule.entry.subjects == ("collective",)


def vote(award: str, on: datetime.date) -> Rule:
    found = [
        rule
        for rule in national_law().rules(VoteRule, on)
        if isinstance(rule.entry, VoteRule) and award in rule.entry.awards and rule.entry.council != "central"
    ]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(("award", "percent"), [("CSTDTQ", 90), ("CSTDBT", 90), ("CSTDCS", 80), ("COCP", 80)])
def test_votes_count_against_all_members_and_the_absent_write(award: str, percent: int) -> None:
    rule = vote(award, IN_2024)
    assert isinstance(rule.entry, VoteRule)
    assert (rule.entry.percent, rule.entry.of, rule.entry.written_opinions) == (percent, "members", True)
    assert rule.basis(IN_2024).verified


def test_the_shares_under_the_new_decree_were_not_read_and_say_so() -> None:
    rule = vote("CSTDCS", IN_2026)
    assert not rule.basis(IN_2026).verified
    assert isinstance(rule.entry, VoteRule)
    assert "chưa đọc" in rule.entry.text


def test_shares_round_up_exactly() -> None:
    rule = VoteRule(since=IN_2024, text="", quorum="2/3", percent=80, of="members")
    assert [rule.quorum_of(n) for n in (3, 9, 10, 11)] == [2, 6, 7, 8]
    assert [rule.votes_of(n) for n in (10, 11, 15)] == [8, 9, 12]
    assert VoteRule(since=IN_2024, text="").quorum_of(11) == 0


def test_fifteen_percent_bound_the_grassroots_title_until_the_law_of_2022() -> None:
    def caps(on: datetime.date) -> list[int]:
        return [rule.entry.percent for rule in national_law().rules(Ceiling, on) if isinstance(rule.entry, Ceiling)]

    assert caps(IN_2023) == [15]
    assert caps(IN_2024) == []


def test_base_salaries_follow_each_other_without_a_gap() -> None:
    found = [rule.entry for rule in national_law().rules(BaseSalary)]
    spells = sorted((e.since, e.until, e.amount) for e in found if isinstance(e, BaseSalary) and e.until)
    last = next(e for e in found if e.until is None)
    days = [*spells, (last.since, None, last.amount)]  # type: ignore[attr-defined]
    assert [amount for *_, amount in days] == [1_800_000, 2_340_000, 2_530_000]
    assert all(before[1] + datetime.timedelta(days=1) == after[0] for before, after in pairwise(days) if before[1])


def test_a_title_of_the_year_is_lodged_by_the_end_of_the_next() -> None:
    found = [rule.entry for rule in rules(Deadline, OLD, IN_2024)]
    lodged = next(e for e in found if isinstance(e, Deadline) and e.step == "lodge_central" and "CSTDTQ" in e.awards)
    assert (lodged.by, lodged.next_year) == ("31/12", True)
    appraised = next(e for e in found if isinstance(e, Deadline) and e.step == "appraise_central")
    assert (appraised.days, appraised.unit, appraised.after) == (20, "working_day", "dossier_complete")


def test_who_pays_is_said() -> None:
    payers = [rule for rule in rules(Provision, "06/2022/QH15") if getattr(rule.entry, "topic", "") == "payer"]
    assert [rule.entry.place for rule in payers] == ["khoản 4 Điều 11"]


def test_a_key_that_no_entry_has_is_refused_with_its_place() -> None:
    with pytest.raises(ValueError, match=r"unknown field `percentage`.*\$\.vote\[0\]"):
        parse_statute('instrument = "1/QĐ"\n[[vote]]\nsince = 2024-01-01\ntext = ""\npercentage = 3\n')
    with pytest.raises(ValueError, match="quorum"):
        parse_statute('instrument = "1/QĐ"\n[[vote]]\nsince = 2024-01-01\ntext = ""\nquorum = "hai phần ba"\n')
