"""Luật 06/2022/QH15 as data: every award it sets conditions for, every point, where each stands."""

import datetime
from collections.abc import Iterator

import pytest

from thidua.law.awards import awards
from thidua.law.criteria import Criterion, Principle, Standard, cite
from thidua.law.law import Rule, national_law
from thidua.law.statute import DossierRule, Provision

IN_2024 = datetime.date(2024, 6, 1)
LAW = "06/2022/QH15"
POINTS = {
    ("CSTDTQ", "individual"): ["điểm a khoản 1 Điều 21", "điểm b khoản 1, khoản 2 Điều 21"],
    ("CSTDBT", "individual"): ["điểm a khoản 1 Điều 22", "điểm b khoản 1, khoản 2 Điều 22"],
    ("CSTDCS", "individual"): ["khoản 1 Điều 23", "khoản 2 Điều 23"],
    ("LDTT", "individual"): [f"điểm {p} khoản {k} Điều 24" for k in (1, 3) for p in "ab"],
    ("COCP", "collective"): [*(f"điểm {p} khoản 1 Điều 25" for p in "ab"), "khoản 2 Điều 25", "khoản 3 Điều 25"],
    ("COBT", "collective"): [*(f"điểm {p} khoản 1 Điều 26" for p in "ab"), "khoản 2 Điều 26"],
    ("TTLDXS", "collective"): [f"điểm {p} khoản 1 Điều 27" for p in "abcdđ"],
    ("TTLDTT", "collective"): [f"điểm {p} khoản 1 Điều 28" for p in "abcd"],
    ("XPTB", "collective"): [f"điểm {p} khoản 1 Điều 29" for p in "abcdđ"],
    ("THONVH", "collective"): [f"điểm {p} khoản 1 Điều 30" for p in "abcdđ"],
    ("GDVH", "household"): [f"điểm {p} khoản 1 Điều 31" for p in "abc"],
    ("HCSV", "individual"): ["điểm a khoản 2 Điều 34", "điểm b khoản 2 Điều 34", "khoản 6 Điều 34"],
    ("HCSV", "collective"): ["khoản 3 Điều 34", "khoản 4 Điều 34", "khoản 5 Điều 34"],
    ("HCHCM", "individual"): ["điểm a khoản 1 Điều 35", "điểm b khoản 1 Điều 35", "khoản 5 Điều 35"],
    ("HCHCM", "collective"): ["khoản 2, khoản 3 Điều 35", "khoản 4 Điều 35"],
    ("HCCC2", "collective"): ["điểm a khoản 2 Điều 49", "điểm b khoản 2 Điều 49"],
    ("HCHN", "collective"): ["điểm a khoản 1 Điều 53", "điểm b khoản 1 Điều 53"],
    ("DHVD_TAH", "collective"): [f"khoản {k} Điều 60" for k in (1, 2, 3)],
    ("DHVD_AHLLVT", "individual"): [*(f"điểm {p} khoản 1 Điều 62" for p in "abc"), "khoản 3 Điều 62"],
    ("DHVD_AHLLVT", "collective"): [*(f"điểm {p} khoản 2 Điều 62" for p in "abcdđe"), "khoản 3 Điều 62"],
    ("DHVD_AHLD", "individual"): [*(f"điểm {p} khoản 1 Điều 63" for p in "abcdđ"), "khoản 3 Điều 63"],
    ("DHVD_AHLD", "collective"): [*(f"điểm {p} khoản 2 Điều 63" for p in "abcdđe"), "khoản 3 Điều 63"],
    ("DHVD_NGND", "individual"): ["khoản 1 Điều 64", *(f"điểm {p} khoản 2 Điều 64" for p in "abc")],
    ("DHVD_TTUT", "individual"): ["khoản 1 Điều 65", *(f"điểm {p} khoản 3 Điều 65" for p in "abc")],
    ("DHVD_NSND", "individual"): [f"điểm {p} khoản 2 Điều 66" for p in "abcd"],
    ("DHVD_NNUT", "individual"): [f"điểm {p} khoản 3 Điều 67" for p in "abcd"],
    ("HCDL1", "individual"): [*(f"điểm {p} khoản 1 Điều 36" for p in "ab"), "khoản 4 Điều 36"],
    ("HCDL1", "collective"): [f"điểm {p} khoản {k} Điều 36" for k in (2, 3) for p in "ab"],
    ("HCDL3", "collective"): ["khoản 2 Điều 38", *(f"điểm {p} khoản 3 Điều 38" for p in "abc")],
    ("HCLD1", "individual"): [*(f"điểm {p} khoản 1 Điều 42" for p in "abcdđe"), "điểm b khoản 2 Điều 42"],
    ("HCLD1", "collective"): [*(f"điểm {p} khoản 4 Điều 42" for p in "abcd"), "khoản 6 Điều 42"],
    ("HCLD2", "individual"): [f"điểm {p} khoản 1 Điều 43" for p in "abcdđe"],
    ("HCLD2", "collective"): [f"điểm {p} khoản 4 Điều 43" for p in "abcd"],
    ("HCLD3", "individual"): [*(f"điểm {p} khoản 1 Điều 44" for p in "abcdđeg"), "điểm c khoản 2 Điều 44"],
    ("HCLD3", "collective"): [f"điểm {p} khoản 4 Điều 44" for p in "abcdđ"],
    ("HUYCHUONG_CSVV2", "individual"): ["điểm b khoản 2 Điều 57", "điểm b, điểm c khoản 3 Điều 57"],
    ("BKTTG", "individual"): [
        *(f"điểm {p} khoản 1 Điều 73" for p in "abcd"),
        *(f"điểm {p} khoản 2 Điều 73" for p in "bcd"),
        "khoản 3 Điều 73",
        "khoản 7 Điều 73",
    ],
    ("BKTTG", "collective"): [*(f"điểm {p} khoản 4 Điều 73" for p in "abcdđe"), "khoản 5 Điều 73"],
    ("BKTTG", "household"): ["khoản 6 Điều 73"],
    ("BANG_KHEN_TINH", "individual"): [*(f"điểm {p} khoản 1 Điều 74" for p in "abcdđ"), "khoản 2 Điều 74"],
    ("BANG_KHEN_TINH", "collective"): [*(f"điểm {p} khoản 3 Điều 74" for p in "abcd"), "khoản 4 Điều 74"],
    ("BANG_KHEN_TINH", "household"): ["khoản 5 Điều 74"],
    ("GIAY_KHEN", "individual"): ["khoản 2 Điều 75"],
}


def standard(award: str, subject: str, on: datetime.date = IN_2024) -> Rule:
    found = [
        rule
        for rule in national_law().rules(Standard, on)
        if isinstance(rule.entry, Standard) and rule.entry.award == award and subject in rule.entry.subjects
    ]
    assert len(found) == 1
    return found[0]


def places(rule: Rule) -> set[str]:
    """The citations of all nodes, parts put together as assessments do."""

    def below(criterion: Criterion, above: str) -> Iterator[str]:
        place = cite(criterion.place, above) if criterion.place else above
        yield place
        for part in criterion.parts:
            yield from below(part, place)

    assert isinstance(rule.entry, Standard)
    return {cite(place, rule.entry.place) for node in rule.entry.all for place in below(node, "")}


@pytest.mark.parametrize(("award", "subject"), list(POINTS))
def test_every_point_of_the_article_has_its_criterion(award: str, subject: str) -> None:
    assert set(POINTS[award, subject]) - places(standard(award, subject)) == set()


def test_every_award_has_a_standard_or_is_said_to_have_none() -> None:
    law = national_law()
    set_here = {rule.entry.award for rule in law.rules(Standard) if isinstance(rule.entry, Standard)}
    said = {
        code
        for rule in law.rules(Provision)
        if isinstance(rule.entry, Provision) and rule.entry.topic == "delegation"
        for code in rule.entry.awards
    }
    assert set(awards()) - set_here - said == set()


def test_every_criterion_says_in_words_what_its_lines_decide() -> None:
    def nodes(criterion: Criterion) -> Iterator[Criterion]:
        yield criterion
        for part in criterion.parts:
            yield from nodes(part)

    kinds = (Standard, Principle)
    asked = [
        node for kind in kinds for rule in national_law().rules(kind) for top in rule.entry.all for node in nodes(top)
    ]
    assert [node for node in asked if not node.text] == []


def test_a_question_for_a_person_is_named_after_its_award() -> None:
    for rule in national_law().rules(Standard):
        assert isinstance(rule.entry, Standard)
        asked = [
            dict(test.params)["question"]
            for node in rule.entry.all
            for test in node.tests()
            if test.predicate == "judged"
        ]
        assert {question.split(".")[0] for question in asked} <= {rule.entry.award}


def test_the_law_of_a_commune_title_changed_when_districts_ended() -> None:
    before, after = standard("XPTB", "collective"), standard("XPTB", "collective", datetime.date(2025, 7, 1))
    assert any(test.predicate == "ranked_first" for node in before.entry.all for test in node.tests())  # type: ignore[attr-defined]
    assert not any(test.predicate == "ranked_first" for node in after.entry.all for test in node.tests())  # type: ignore[attr-defined]


def test_one_deed_is_commended_once_but_titles_come_every_year() -> None:
    asked = [rule.entry for rule in national_law().rules(Principle, IN_2024) if rule.statute.instrument == LAW]
    once = next(entry for entry in asked if isinstance(entry, Principle) and entry.place == "điểm c khoản 2 Điều 5")
    assert once.concerns("BANG_KHEN_TINH", "individual")
    assert not once.concerns("LDTT", "individual")


def test_only_the_three_fighter_titles_need_a_paper_on_an_initiative() -> None:
    rules = [rule.entry for rule in national_law().rules(DossierRule, IN_2024) if rule.statute.instrument == LAW]
    parts = {part.code: part.only_for for entry in rules if isinstance(entry, DossierRule) for part in entry.parts}
    assert parts["sang_kien"] == ("CSTDCS", "CSTDBT", "CSTDTQ")
    assert {"to_trinh", "bao_cao", "bien_ban", "chung_nhan", "y_kien"} <= set(parts)
