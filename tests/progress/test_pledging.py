"""What plans ask of pledges: cases in pledges.toml, and what holds of all."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.explain import sentence
from thidua.findings import Outcome
from thidua.plans.campaign import ConditionItem, Party, PledgeRule, Words
from thidua.plans.parties import parties
from thidua.plans.reading import Condition, Pledge
from thidua.progress.likeness import WorkFacts
from thidua.progress.pledging import (
    Rule,
    check_against_plan,
    check_left_out,
    check_number,
    check_pledge,
    conditions_for,
    particularity,
    rules_for,
)
from thidua.progress.targets import PledgedTarget

FILE = tomllib.loads((Path(__file__).parent / "pledges.toml").read_text("utf-8"))
DAY = datetime.date(2024, 12, 10)
# The rules of Trà Vinh's plan in its own words.
TRA_VINH = (
    (
        "Mỗi cơ quan, đơn vị, địa phương",
        1,
        "công trình, dự án trọng điểm",
        "Mỗi cơ quan, đơn vị, địa phương lựa chọn đăng ký thực hiện hoàn thành ít nhất 01 công trình, dự án trọng điểm",
    ),
    (
        "Mỗi huyện, thị xã, thành phố",
        2,
        "công trình, dự án tiêu biểu",
        "Mỗi huyện, thị xã, thành phố lựa chọn đăng ký ít nhất 02 công trình, dự án tiêu biểu",
    ),
    (
        "cấp xã, phường, thị trấn",
        None,
        "công trình, dự án",
        "Riêng đối với cấp xã, phường, thị trấn đăng ký với cấp huyện, thành phố để thực hiện.",
    ),
    (
        "Sở, ban, ngành tỉnh",
        1,
        "công trình, dự án",
        "Đối với sở, ban, ngành tỉnh lựa chọn đăng ký ít nhất 01 công trình, dự án",
    ),
)


def plan_rules() -> list[PledgeRule]:
    return [
        PledgeRule(
            key=f"p{number}",
            words=Words(quote=quote, span=(0, 1)),
            pledge=Pledge(quote=quote, span=(0, 1), who=who, min=least, of=of),
            parties=parties(who),
        )
        for number, (who, least, of, quote) in enumerate(TRA_VINH)
    ]


def works(names: list[str]) -> list[WorkFacts]:
    return [WorkFacts(key=key, name=name) for key, name in enumerate(names, 1)]


def conditions(said: list[dict[str, Any]]) -> list[Condition]:
    return [Condition(quote=one["text"], span=(0, 1), **one) for one in said]


@pytest.mark.parametrize("case", FILE["rules"], ids=lambda case: case["unit"])
def test_which_rules_bind_a_unit(case: dict[str, Any]) -> None:
    rules = plan_rules()
    reaching = {
        rule.key: [party for party in rule.parties if party.group in case["reached_by"]] for rule in rules
    }  # fmt: skip

    assert [rule.quote for rule in rules_for(rules, reaching)] == case["binds"]


def test_a_rule_that_names_a_unit_goes_before_one_for_its_group() -> None:
    district, by_name = plan_rules()[1], Party(name="UBND huyện Trà Cú")
    own = msgspec.structs.replace(district, key="own", pledge=msgspec.structs.replace(district.pledge, min=5))
    bound = rules_for([district, own], {"p1": district.parties, "own": [by_name]})

    assert [rule.least for rule in bound] == [5]
    assert [particularity(party) for party in (Party(name="x", group="all"), *district.parties, by_name)] == [0, 1, 2]


def test_rules_about_other_things_stand_side_by_side() -> None:
    rules = plan_rules()[:2]
    of_targets = msgspec.structs.replace(rules[0].pledge, of="chỉ tiêu", min=3)
    rules[0] = msgspec.structs.replace(rules[0], pledge=of_targets)
    bound = rules_for(rules, {rule.key: rule.parties for rule in rules})

    assert [(rule.subject, rule.least) for rule in bound] == [("targets", 3), ("works", 2)]


def test_a_condition_for_nobody_by_name_binds_everybody() -> None:
    floor, gate = conditions([{"kind": "floor", "text": "a"}, {"kind": "gate", "text": "b"}])
    words, enterprises = Words(quote="a", span=(0, 1)), Party(name="Các doanh nghiệp", group="enterprises")
    items = [
        ConditionItem(key="c1", words=words, condition=floor, parties=(enterprises,)),
        ConditionItem(key="c2", words=words, condition=gate),
    ]

    assert conditions_for(items, {}) == (gate,)
    assert conditions_for(items, {"c1": [enterprises]}) == (floor, gate)


@pytest.mark.parametrize("case", FILE["pledge"], ids=lambda case: case["about"])
def test_a_pledge(case: dict[str, Any]) -> None:
    rules = msgspec.convert(case["rules"], list[Rule])
    findings = check_pledge(
        rules=rules,
        conditions=conditions(case.get("conditions", [])),
        targets=msgspec.convert(case.get("targets", []), list[PledgedTarget]),
        works=works(case.get("works", [])),
        named=works(case.get("named", [])),
        due=case.get("due"),
        on=case["on"],
    )

    assert [finding.code for finding in findings] == case["is"]
    assert "says" not in case or sentence(findings[0]) == case["says"]
    assert all(sentence(finding, language) for finding in findings for language in ("vi", "en"))


def test_a_target_left_out_with_a_reason_is_as_it_should_be() -> None:
    assert check_left_out("Trồng rừng", "Không có đất rừng").outcome is Outcome.MET
    assert check_left_out("Trồng rừng", " ").outcome is Outcome.NOT_MET


def test_who_leaves_out_everything_and_has_no_work_is_looked_at() -> None:
    def codes(**taken: Any) -> list[str]:
        asked: dict[str, Any] = {"rules": [], "conditions": [], "targets": [], "works": [], "due": None, "on": DAY}
        return [one.code for one in check_pledge(**asked | {"left_out": 3} | taken)]

    assert codes() == ["pledge.takes_nothing"]
    assert codes(works=works(["Cầu Ba Si"])) == codes(left_out=0) == []


def test_a_number_that_the_plan_has_and_the_unit_has_not_is_missing() -> None:
    target = PledgedTarget(indicator="Trồng mới", op=">=", unit="cây xanh")
    missing = check_number(target, 200)

    assert missing is not None
    assert (missing.code, missing.outcome) == ("pledge.number_open", Outcome.UNKNOWN)
    assert check_number(msgspec.structs.replace(target, value=5), 200) is None
    assert check_number(target, None) is None


@pytest.mark.parametrize(
    ("op", "value", "unit", "is_less"),
    [
        (">=", 98, "%", True),
        (">=", 99, "%", False),
        ("<=", 100, "%", True),
        ("<=", 98, "%", False),
        (">=", 5, "cây", False),
    ],
)
def test_less_than_the_plan_asks_of_each(op: Any, value: float, unit: str, is_less: bool) -> None:
    """A part of what all reach together is not held against the whole."""
    finding = check_against_plan(PledgedTarget(indicator="Hồ sơ đúng hạn", op=op, value=value, unit=unit), 99, "99")

    assert (finding is not None) == is_less
    assert finding is None or (finding.code, finding.basis and finding.basis.quote) == ("pledge.below_plan", "99")


def test_every_finding_but_on_the_day_and_on_doubles_stands_on_the_words_of_the_plan() -> None:
    rule = Rule(least=2, of="công trình", quote="ít nhất 02 công trình")
    floor, repeats = conditions([{"kind": "floor", "text": "sàn"}, {"kind": "no_duplicate", "text": "trùng"}])
    findings = check_pledge(
        rules=[rule], conditions=[floor, repeats], targets=[], works=works(["Cầu Ba Si"]), due=DAY, on=DAY
    )  # fmt: skip

    assert [finding.basis and finding.basis.quote for finding in findings] == [rule.quote, "sàn", "trùng", None]


NAMES = ["Cầu Ba Si", "Đường huyện 27", "Trường Mầm non Hoa Sen", "Chợ Cầu Quan", "Kè sông Cổ Chiên"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(NAMES), max_size=5, unique=True), st.integers(0, 6), st.integers(-30, 30))
def test_one_more_work_never_makes_a_pledge_worse(names: list[str], least: int, late: int) -> None:
    rule = Rule(least=least, of="công trình", quote="ít nhất")
    on = DAY + datetime.timedelta(days=late)
    counts, day = check_pledge(rules=[rule], conditions=[], targets=[], works=works(names), due=DAY, on=on)

    assert (counts.outcome is Outcome.MET) == (len(names) >= least)
    assert counts.outcome is Outcome.MET or counts.params["missing"] == least - len(names)
    assert (day.outcome is Outcome.MET) == (late <= 0)
