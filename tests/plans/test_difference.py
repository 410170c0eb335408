"""What an amendment changes: every item added, removed, changed or as it was, and the amended campaign."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from strategies import readings
from thidua.findings import Finding, Outcome
from thidua.plans.campaign import (
    Aim,
    CampaignPlan,
    ConditionItem,
    Duty,
    Item,
    Occurrence,
    Offer,
    Phase,
    PledgeRule,
    Question,
    Words,
    Work,
)
from thidua.plans.difference import (
    NAMES,
    Changed,
    Changes,
    Difference,
    FieldChange,
    amend,
    amended_keys,
    difference,
    matches,
)
from thidua.plans.launching import plan_campaign
from thidua.plans.reading import Condition, Criterion, Pledge, Project, Target
from thidua.plans.review import begin

LISTS = (*NAMES, "questions")


def words(quote: str = "lời", at: int = 0) -> Words:
    return Words(quote=quote, span=(at, at + len(quote)))


def on(*days: tuple[int, int]) -> tuple[Occurrence, ...]:
    dates = [datetime.date(2026, month, day) for day, month in days]
    return tuple(Occurrence(day=date, due=date) for date in dates)


def duty(key: str, what: str, who: str | None = "Văn phòng", **values: Any) -> Duty:
    return Duty(key=key, words=words(what), what=what, who=who, **values)


def aim(key: str, indicator: str, value: float, **values: Any) -> Aim:
    target = Target(indicator=indicator, op=">=", value=value, unit="%", quote=indicator, span=(0, 5), **values)
    return Aim(key=key, words=words(indicator), target=target)


def question(key: str) -> Question:
    finding = Finding(code="calendar.deadline_without_day", outcome=Outcome.UNKNOWN, params={"what": "x"})
    return Question(key=key, words=words(), about="duty", asks="day", finding=finding)


def in_duties(*before: Duty) -> CampaignPlan:
    return CampaignPlan(duties=before)


def keys(items: Iterable[Item]) -> list[str]:
    return [item.key for item in items]


def floor(key: str, text: str, year: int | None) -> ConditionItem:
    condition = Condition(kind="floor", text=text, year=year, quote=text, span=(0, len(text)))
    return ConditionItem(key=key, words=words(text), condition=condition)


# --- properties -------------------------------------------------------------------------------------------------


@functools.cache
def plans() -> st.SearchStrategy[CampaignPlan]:
    return readings().map(lambda reading: plan_campaign(begin(reading)))


@st.composite
def amendments(draw: st.DrawFn) -> tuple[CampaignPlan, CampaignPlan]:
    """A plan and one that shares part of its items, under other keys, beside items of its own."""
    before, other = draw(plans()), draw(plans())
    lists: dict[str, Any] = {}
    for name in LISTS:
        kept = [item for item in getattr(before, name) if draw(st.booleans())]
        mixed = draw(st.permutations([*kept, *getattr(other, name)]))
        lists[name] = tuple(replace(item, key=f"new-{place}") for place, item in enumerate(mixed))
    return before, replace(other, **lists)


@given(plans())
@settings(max_examples=60, deadline=None)
def test_a_plan_does_not_differ_from_itself(plan: CampaignPlan) -> None:
    found = difference(plan, plan)

    assert found.is_empty
    assert {name: one.unchanged for name, one in found.lists.items()} == {
        name: len(getattr(plan, name)) for name in LISTS
    }


@given(amendments())
@settings(max_examples=60, deadline=None)
def test_every_item_is_counted_once_on_each_side(pair: tuple[CampaignPlan, CampaignPlan]) -> None:
    before, after = pair

    for name, one in difference(before, after).lists.items():
        for side, alone in ((before, one.removed), (after, one.added)):
            paired = len(getattr(side, name)) - len(alone)
            assert len(one.changed) + one.unchanged == paired
        mentioned = [*keys(one.removed), *keys(change.before for change in one.changed)]
        assert sorted(mentioned) == sorted(set(mentioned)) or name == "questions"
        assert set(mentioned) <= set(keys(getattr(before, name)))
        assert all(change.fields for change in one.changed)


@given(amendments())
@settings(max_examples=60, deadline=None)
def test_matched_keys_are_one_for_one_and_within_one_list(pair: tuple[CampaignPlan, CampaignPlan]) -> None:
    before, after = pair
    lists_of = [{item.key: name for name in NAMES for item in getattr(plan, name)} for plan in pair]
    after = replace(
        after,
        **{name: tuple(replace(item, key=f"{name}/{item.key}") for item in getattr(after, name)) for name in NAMES},
    )

    found = matches(before, after)

    assert len(set(found.values())) == len(found)
    assert all(lists_of[0][old] == new.split("/")[0] for new, old in found.items())


@given(plans())
@settings(max_examples=60, deadline=None)
def test_amending_a_plan_by_itself_changes_nothing(plan: CampaignPlan) -> None:
    assert amend(plan, plan) == plan
    assert amend(plan, CampaignPlan()) == plan


@given(plans(), plans())
@settings(max_examples=60, deadline=None)
def test_an_amended_plan_holds_every_item_under_a_key_of_its_own(before: CampaignPlan, part: CampaignPlan) -> None:
    amended = amend(before, part)
    renamed = amended_keys(before, part)

    own = [*chain.from_iterable(keys(getattr(amended, name)) for name in NAMES)]
    assert sorted(own) == sorted(set(own))
    assert set(own) == {item.key for name in NAMES for item in getattr(before, name)} | set(renamed.values())
    assert {one.within for one in amended.duties} - {None} <= set(own)
    assert {one.key for one in amended.questions} <= set(own)


# --- what differs -----------------------------------------------------------------------------------------------


def test_a_moved_deadline_is_changed_by_its_days_alone() -> None:
    before = duty("duty-1", "Gửi báo cáo", days=on((25, 5)))
    after = duty("d", "Gửi báo cáo.", days=on((30, 5)))

    found = difference(in_duties(before), in_duties(after)).lists["duties"]

    days = FieldChange(name="days", before=(datetime.date(2026, 5, 25),), after=(datetime.date(2026, 5, 30),))
    assert found == Changes(changed=(Changed(before=before, after=after, fields=(days,)),))


def test_days_of_a_recurring_duty_are_told_as_gone_and_new() -> None:
    before = duty("duty-1", "Gửi báo cáo", days=on((15, 3), (15, 6), (15, 9)))
    after = duty("d", "Gửi báo cáo", days=on((15, 6), (15, 9), (15, 12)))

    (changed,) = difference(in_duties(before), in_duties(after)).lists["duties"].changed

    assert changed.fields == (
        FieldChange(name="days", before=(datetime.date(2026, 3, 15),), after=(datetime.date(2026, 12, 15),)),
    )


def test_words_places_keys_and_the_working_day_are_no_difference() -> None:
    before = duty("duty-1", "Gửi báo cáo", days=on((25, 5)), within="tasks-1")
    day = datetime.date(2026, 5, 25)
    after = replace(
        duty("d", "gửi  báo cáo;", within="tasks-9", days=(Occurrence(day=day, due=datetime.date(2026, 5, 26)),)),
        words=words("khác", 90),
    )

    assert difference(in_duties(before), in_duties(after)).is_empty


def test_the_values_of_a_target_are_compared_one_by_one() -> None:
    before = CampaignPlan(targets=(aim("targets-1", "hộ đạt chuẩn", 80.0, sureness=0.5),))
    after = CampaignPlan(targets=(aim("t", "hộ đạt chuẩn", 90.0, strict=True),))

    (changed,) = difference(before, after).lists["targets"].changed

    assert changed.fields == (
        FieldChange(name="value", before=80.0, after=90.0),
        FieldChange(name="strict", before=False, after=True),
    )


def test_clauses_of_an_offer_are_told_as_gone_and_new() -> None:
    def criterion(text: str, at: int) -> Criterion:
        return Criterion(text=text, quote=text, span=(at, at + 1))

    before = Offer(key="o", words=words(), award="Giấy khen", criteria=(criterion("A", 1), criterion("B", 2)))
    after = Offer(key="p", words=words(), award="Giấy khen", criteria=(criterion("C", 1), criterion("A", 9)))

    (changed,) = difference(CampaignPlan(offers=(before,)), CampaignPlan(offers=(after,))).lists["offers"].changed

    assert changed.fields == (FieldChange(name="criteria", before=(criterion("B", 2),), after=(criterion("C", 1),)),)


def test_the_head_of_the_plan_is_compared() -> None:
    before = CampaignPlan(title="Thi đua", end=datetime.date(2026, 5, 1))
    after = CampaignPlan(title="Thi đua", end=datetime.date(2026, 6, 1))

    assert difference(before, after) == Difference(
        head=(FieldChange(name="end", before=datetime.date(2026, 5, 1), after=datetime.date(2026, 6, 1)),),
        lists={name: Changes() for name in LISTS},
    )


# --- which item is which ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Gửi báo cáo kết quả thi đua", "GỬI BÁO CÁO KẾT QUẢ THI ĐUA;"),
        ("Nộp hồ sơ trước ngày 30/4/2026", "Nộp hồ sơ trước ngày 15/6/2026"),
        ("Gửi báo cáo kết quả thi đua về Văn phòng", "Gửi báo cáo sơ bộ kết quả thi đua về Văn phòng"),
        ("Gửi hồ sơ trong 10 ngày làm việc sau tổng kết", "Gửi hồ sơ trong 15 ngày làm việc sau tổng kết"),
    ],
)
def test_the_same_duty_in_other_words_is_the_same(before: str, after: str) -> None:
    assert matches(in_duties(duty("a", before)), in_duties(duty("b", after))) == {"b": "a"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Tổ chức tổng kết đợt 1 trong toàn xã", "Tổ chức tổng kết đợt 2 trong toàn xã"),
        ("Báo cáo quý I về Văn phòng", "Báo cáo quý II về Văn phòng"),
        ("Sơ kết 6 tháng đầu năm", "Sơ kết 6 tháng cuối năm"),
        ("Tổng kết phong trào", "Phát động phong trào"),
    ],
)
def test_another_duty_however_like_is_another(before: str, after: str) -> None:
    assert matches(in_duties(duty("a", before, None)), in_duties(duty("b", after, None))) == {}


def test_a_deadline_is_never_taken_for_a_task() -> None:
    before, after = duty("a", "Gửi báo cáo"), duty("b", "Gửi báo cáo", nature="task")

    found = difference(in_duties(before), in_duties(after)).lists["duties"]

    assert found == Changes(added=(after,), removed=(before,))


def test_an_item_that_says_all_the_same_comes_before_one_of_the_same_name() -> None:
    before = [duty("a", "Gửi báo cáo", days=on((1, 3))), duty("b", "Gửi báo cáo", days=on((1, 6)))]
    after = [duty("c", "Gửi báo cáo", days=on((1, 6))), duty("d", "Gửi báo cáo", days=on((1, 9)))]

    assert matches(in_duties(*before), in_duties(*after)) == {"c": "b", "d": "a"}


def test_the_likest_are_matched_first() -> None:
    text = "Gửi báo cáo kết quả phong trào thi đua"
    before = [duty("a", f"{text} hằng tháng về Sở"), duty("b", f"{text} về Sở")]
    after = [duty("c", f"{text} về Sở Nội vụ"), duty("d", f"{text} hằng tháng về Sở Nội vụ")]

    assert matches(in_duties(*before), in_duties(*after)) == {"c": "b", "d": "a"}


def test_whoever_finds_the_likest_taken_takes_what_is_left() -> None:
    before = [
        duty(f"a{place}", f"Gửi báo cáo kết quả thi đua mẫu {place:c}", None) for place in range(0x3B1, 0x3B1 + 60)
    ]
    after = [
        duty(f"b{place}", f"Gửi báo cáo kết quả thi đua mẫu {place:c}", None) for place in range(0x561, 0x561 + 60)
    ]

    found = matches(in_duties(*before), in_duties(*after))

    assert len(found) == len(set(found.values())) == 60


def test_lists_are_matched_apart() -> None:
    before = CampaignPlan(phases=(Phase(key="a", words=words(), label="Đợt 1"),), works=(work("b", "Nhà văn hóa"),))
    after = CampaignPlan(phases=(Phase(key="b", words=words(), label="Đợt 1"),), works=(work("a", "Nhà văn hóa"),))

    assert matches(before, after) == {"b": "a", "a": "b"}


def work(key: str, name: str) -> Work:
    return Work(key=key, words=words(), project=Project(name=name, quote=name, span=(0, 1)))


def test_a_question_goes_with_what_it_asks_about() -> None:
    before = CampaignPlan(duties=(duty("a", "Gửi báo cáo"),), questions=(question("a"),))
    after = CampaignPlan(
        duties=(duty("x", "Trao thưởng"), duty("y", "Gửi báo cáo")), questions=(question("x"), question("y"))
    )

    assert difference(before, after).lists["questions"] == Changes(added=(question("x"),), unchanged=1)


# --- the amended plan -------------------------------------------------------------------------------------------

PLAN = CampaignPlan(
    title="Thi đua",
    number="57/KH-UBND",
    start=datetime.date(2026, 1, 1),
    end=datetime.date(2026, 5, 1),
    phases=(
        Phase(
            key="periods-1",
            words=words(),
            label="Đợt 1",
            start=datetime.date(2026, 1, 1),
            end=datetime.date(2026, 5, 1),
        ),
    ),
    duties=(
        duty("tasks-1", "Theo dõi phong trào", nature="task"),
        duty("deadlines-1", "Gửi báo cáo", days=on((25, 5)), within="tasks-1"),
        duty("deadlines-2", "Trao thưởng"),
    ),
    pledges=(PledgeRule(key="pledges-1", words=words(), pledge=Pledge(who="Mỗi xã", quote="Mỗi xã", span=(0, 6))),),
    questions=(question("deadlines-2"),),
)


def test_a_condition_with_another_base_year_is_the_same_condition() -> None:
    before = CampaignPlan(conditions=(floor("conditions-1", "Chỉ tiêu không thấp hơn kết quả năm 2023", 2023),))
    after = CampaignPlan(conditions=(floor("conditions-1", "Chỉ tiêu không thấp hơn kết quả năm 2024", 2024),))

    [changed] = difference(before, after).lists["conditions"].changed

    assert [change.name for change in changed.fields] == ["year", "text"]
    assert amend(before, after).conditions == after.conditions


def test_what_an_amendment_restates_is_replaced_where_it_stands_and_keeps_its_key() -> None:
    part = in_duties(duty("deadlines-1", "Trao thưởng", days=on((30, 6))))

    amended = amend(PLAN, part)

    assert keys(amended.duties) == ["tasks-1", "deadlines-1", "deadlines-2"]
    assert amended.duties[2] == replace(part.duties[0], key="deadlines-2")
    assert amended.questions == ()
    assert amended_keys(PLAN, part) == {"deadlines-1": "deadlines-2"}


def test_what_is_new_follows_under_a_key_that_was_never_taken() -> None:
    part = CampaignPlan(
        duties=(
            duty("tasks-1", "Mở sổ vàng", nature="task"),
            duty("deadlines-1", "Ghi tên tập thể dẫn đầu", within="tasks-1"),
        ),
        questions=(question("deadlines-1"),),
    )

    amended = amend(PLAN, part)

    assert keys(amended.duties) == ["tasks-1", "deadlines-1", "deadlines-2", "tasks-1-2", "deadlines-1-2"]
    assert amended.duties[4].within == "tasks-1-2"
    assert keys(amended.questions) == ["deadlines-2", "deadlines-1-2"]


def test_what_is_dropped_goes_with_its_questions_and_its_key_is_not_given_again() -> None:
    part = in_duties(duty("tasks-1", "Trao thưởng"))

    amended = amend(PLAN, part, drop=["tasks-1", "deadlines-2"])

    assert keys(amended.duties) == ["deadlines-1", "tasks-1-2"]
    assert amended.duties[0].within is None
    assert amended.questions == ()


def test_dropping_what_is_not_there_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="duty-9"):
        amend(PLAN, CampaignPlan(), drop=["duty-9"])


def test_an_amendment_leaves_the_name_of_the_plan_and_moves_its_end_with_its_phases() -> None:
    phase = replace(PLAN.phases[0], key="periods-7", end=datetime.date(2026, 9, 30))

    amended = amend(PLAN, CampaignPlan(title="Sửa đổi", number="90/KH-UBND", phases=(phase,)))

    assert (amended.title, amended.number) == ("Thi đua", "57/KH-UBND")
    assert (amended.start, amended.end) == (datetime.date(2026, 1, 1), datetime.date(2026, 9, 30))
