"""What a reviewed reading becomes when it is launched."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from labelled import Labelled, corpora, gold
from thidua.explain import sentence
from thidua.plans.campaign import Answer, CampaignPlan, Duty, Occurrence, Party
from thidua.plans.launching import MOST_DAYS, plan_campaign
from thidua.plans.read import read_text
from thidua.plans.reading import (
    Condition,
    Deadline,
    Header,
    HeaderField,
    OpenDay,
    Period,
    Pledge,
    Project,
    Reading,
    Relative,
    Target,
    Task,
)
from thidua.plans.review import Reviewed, Verdict, begin
from thidua.plans.working_days import count_working_days

MONTHLY = "FREQ=MONTHLY;BYMONTHDAY=20"
DOCUMENTS = [document for group in (*corpora().values(), gold()) for document in group]


def at(start: int, end: int | None = None, quote: str = "chữ của kế hoạch") -> dict[str, Any]:
    return {"quote": quote, "span": (start, end or start + 10)}


def issued(day: str) -> Header:
    return Header(date=HeaderField(value=day, **at(0)), type=HeaderField(value="Kế hoạch", **at(20)))


def phase(start: date | None, end: date | None, *, label: str = "Đợt 1", place: int = 50) -> Period:
    return Period(label=label, start=start, end=end, **at(place))


def launched(reading: Reading, **answers: Answer) -> CampaignPlan:
    """Answers are given by key: periods_1 for "periods-1"."""
    return plan_campaign(begin(reading), answers={"-".join(key.rsplit("_", 1)): one for key, one in answers.items()})


def days(duty: Duty) -> list[date]:
    return [occurrence.day for occurrence in duty.days]


def test_the_head_of_the_plan_names_the_campaign() -> None:
    header = Header(
        number=HeaderField(value="57", **at(0)),
        symbol=HeaderField(value="KH-UBND", **at(3)),
        issuer=HeaderField(value="UBND xã Minh Giang", **at(20)),
        title=HeaderField(value="Phát động thi đua", **at(40)),
        date=HeaderField(value="2026-02-02", **at(60)),
    )
    plan = launched(Reading(header=header, periods=(phase(date(2026, 2, 9), date(2026, 5, 9)),)))

    assert (plan.number, plan.title, plan.issuer) == ("57/KH-UBND", "Phát động thi đua", "UBND xã Minh Giang")
    assert (plan.issued_on, plan.start, plan.end) == (date(2026, 2, 2), date(2026, 2, 9), date(2026, 5, 9))


def test_a_plan_without_a_number_keeps_its_symbol() -> None:
    assert launched(Reading(header=Header(symbol=HeaderField(value="KH-VP", **at(0))))).number == "KH-VP"


def test_what_somebody_rejected_is_no_part_of_the_campaign() -> None:
    items = begin(Reading(tasks=(Task(text="Chủ trì", **at(100)), Task(text="Phối hợp", **at(200)))))
    rejected = msgspec.structs.replace(items[0], verdict=Verdict.REJECTED)

    assert [duty.what for duty in plan_campaign([rejected, items[1]]).duties] == ["Phối hợp"]


def test_everything_stands_in_the_order_of_the_text_under_its_key() -> None:
    reading = Reading(
        periods=(phase(None, None, label="Đợt 2", place=300), phase(None, None, place=200)),
        targets=(Target(indicator="Giải ngân", **at(420)), Target(indicator="GRDP", **at(400))),
        projects=(Project(name="Cầu", **at(500)),),
        pledges=(Pledge(who="Mỗi sở", **at(600)),),
    )
    plan = launched(reading)

    assert [(one.key, one.label) for one in plan.phases] == [("periods-2", "Đợt 1"), ("periods-1", "Đợt 2")]
    assert [(one.key, one.target.indicator) for one in plan.targets] == [
        ("targets-2", "GRDP"),
        ("targets-1", "Giải ngân"),
    ]
    assert [question.key for question in plan.questions] == ["periods-2", "periods-1"]
    assert [(one.key, one.words.span) for one in (*plan.works, *plan.pledges)] == [
        ("projects-1", (500, 510)),
        ("pledges-1", (600, 610)),
    ]


def test_what_units_must_register_names_the_units() -> None:
    [rule] = launched(Reading(pledges=(Pledge(who="Mỗi sở, ban, ngành", min=1, of="công trình", **at(0)),))).pledges

    assert rule.parties == (Party(name="Mỗi sở, ban, ngành", group="departments"),)


def test_a_condition_stands_in_the_campaign_with_the_units_that_it_names() -> None:
    gate = Condition(kind="gate", who="Các xã", text="Các xã không tổng kết thì không xét", **at(0))

    [item] = launched(Reading(conditions=(gate,))).conditions

    assert (item.key, item.condition, item.parties) == ("conditions-1", gate, (Party(name="Các xã", group="communes"),))


def test_a_deadline_inside_a_task_belongs_to_it_and_to_its_body() -> None:
    reading = Reading(
        tasks=(Task(who="Sở Nội vụ", text="Theo dõi, báo cáo trước ngày 15/6/2026", **at(100, 200)),),
        deadlines=(
            Deadline(what="báo cáo trước ngày 15/6/2026", date=date(2026, 6, 15), **at(150, 200)),
            Deadline(what="gửi hồ sơ", date=date(2026, 6, 16), **at(300)),
        ),
    )
    task, inside, outside = launched(reading).duties

    assert (task.nature, task.who, task.days) == ("task", "Sở Nội vụ", ())
    assert (inside.nature, inside.within, inside.who) == ("deadline", "tasks-1", "Sở Nội vụ")
    assert inside.parties == task.parties == (Party(name="Sở Nội vụ"),)
    assert (outside.within, outside.who) == (None, None)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 6, 15), date(2026, 6, 15)),
        (date(2026, 6, 20), date(2026, 6, 22)),
        (date(2026, 2, 17), date(2026, 2, 23)),
        (date(2025, 9, 1), date(2025, 9, 3)),
        (date(2025, 4, 26), date(2025, 4, 26)),
    ],
    ids=["a working day", "a Saturday", "Tết", "National Day", "a Saturday worked for a swapped day"],
)
def test_a_duty_is_due_on_its_day_or_the_next_that_is_worked(day: date, due: date) -> None:
    [duty] = launched(Reading(deadlines=(Deadline(what="Gửi", date=day, **at(0)),))).duties

    assert duty.days == (Occurrence(day=day, due=due),)


def test_a_recurring_duty_falls_on_every_day_of_the_campaign_after_the_plan_was_signed() -> None:
    reading = Reading(
        header=issued("2026-02-25"),
        periods=(phase(date(2026, 2, 9), date(2026, 5, 9)),),
        deadlines=(Deadline(what="Báo cáo", recurrence=MONTHLY, time="16:30", **at(100)),),
    )
    [duty] = launched(reading).duties

    assert days(duty) == [date(2026, 3, 20), date(2026, 4, 20)]
    assert (duty.rule, duty.time) == (MONTHLY, "16:30")


@pytest.mark.parametrize(
    ("rule", "fallen"),
    [
        ("FREQ=WEEKLY", [date(2026, 2, 27), date(2026, 3, 6)]),
        ("FREQ=MONTHLY", [date(2026, 2, 28), date(2026, 3, 31)]),
        ("FREQ=MONTHLY;INTERVAL=3", [date(2026, 3, 31), date(2026, 6, 30)]),
        ("FREQ=MONTHLY;INTERVAL=6", [date(2026, 6, 30), date(2026, 12, 31)]),
        ("FREQ=YEARLY;BYMONTH=1", [date(2027, 1, 31)]),
        ("FREQ=YEARLY", [date(2026, 12, 31)]),
    ],
)
def test_a_recurrence_without_a_day_falls_on_the_last_of_its_time(rule: str, fallen: list[date]) -> None:
    reading = Reading(
        periods=(phase(date(2026, 2, 25), date(2027, 2, 1)),),
        deadlines=(Deadline(what="Báo cáo", recurrence=rule, **at(100)),),
    )
    [duty] = launched(reading).duties

    assert days(duty)[:2] == fallen


def test_a_recurrence_without_an_end_is_written_up_to_the_end_of_the_next_year_and_asked_about() -> None:
    reading = Reading(
        periods=(phase(date(2026, 10, 1), None),),
        deadlines=(Deadline(what="Báo cáo", recurrence=MONTHLY, **at(100)),),
    )
    plan = launched(reading)

    assert (days(plan.duties[0])[0], days(plan.duties[0])[-1]) == (date(2026, 10, 20), date(2027, 12, 20))
    assert [(question.key, question.about, question.asks) for question in plan.questions] == [
        ("periods-1", "phase", "end"),
        ("deadlines-1", "duty", "end"),
    ]


def test_a_campaign_whose_end_is_answered_recurs_up_to_it_and_asks_no_more() -> None:
    reading = Reading(
        periods=(phase(date(2026, 10, 1), None),),
        deadlines=(Deadline(what="Báo cáo", recurrence=MONTHLY, **at(100)),),
    )
    plan = launched(reading, periods_1=Answer(end=date(2028, 1, 31)))

    assert (plan.phases[0].end, plan.end) == (date(2028, 1, 31), date(2028, 1, 31))
    assert (days(plan.duties[0])[-1], plan.questions) == (date(2028, 1, 20), ())


def test_a_daily_duty_over_years_is_cut_and_asks_for_an_earlier_end() -> None:
    reading = Reading(
        periods=(phase(date(2026, 1, 1), date(2030, 12, 31)),),
        deadlines=(Deadline(what="Chấm điểm", recurrence="FREQ=DAILY", **at(100)),),
    )
    plan = launched(reading)
    [question] = plan.questions
    shorter = launched(reading, deadlines_1=Answer(end=date(2026, 1, 31)))

    assert len(plan.duties[0].days) == MOST_DAYS
    assert (question.finding.code, question.asks) == ("campaign.too_many_days", "end")
    assert (len(shorter.duties[0].days), shorter.questions) == (31, ())


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({}, "deadline_without_day"),
        ({"relative": Relative(days=5, from_="bế mạc")}, "deadline_counted_from_unknown_day"),
        ({"recurrence": "định kỳ"}, "recurrence_unreadable"),
        ({"recurrence": "FREQ=DAILY;BYHOUR=1,2"}, "recurrence_unreadable"),
        ({"recurrence": "FREQ=DAILY;INTERVAL=0"}, "recurrence_unreadable"),
        ({"recurrence": "FREQ=DAILY;UNTIL=31/12/2026"}, "recurrence_unreadable"),
        ({"recurrence": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5"}, "recurrence_never_falls"),
        ({"recurrence": "FREQ=DAILY;UNTIL=20251231"}, "recurrence_never_falls"),
    ],
)
def test_a_duty_without_a_day_asks_for_it_and_takes_the_answer(parts: dict[str, Any], code: str) -> None:
    campaign = phase(date(2026, 1, 1), date(2026, 6, 30), place=500)
    reading = Reading(periods=(campaign,), deadlines=(Deadline(what="Gửi", **at(0), **parts),))
    [question] = launched(reading).questions
    answered = launched(reading, deadlines_1=Answer(start=date(2026, 6, 1)))

    assert (question.key, question.finding.code, question.asks) == ("deadlines-1", f"calendar.{code}", "day")
    assert sentence(question.finding, "en") != sentence(question.finding)
    assert (days(answered.duties[0]), answered.questions) == ([date(2026, 6, 1)], ())


def test_a_recurrence_without_any_campaign_asks_from_when_to_when() -> None:
    reading = Reading(deadlines=(Deadline(what="Báo cáo", recurrence=MONTHLY, **at(100)),))
    [question] = launched(reading).questions
    answered = launched(reading, deadlines_1=Answer(start=date(2026, 1, 1), end=date(2026, 2, 28)))

    assert (question.asks, question.finding.code) == ("span", "calendar.recurrence_without_start")
    assert (days(answered.duties[0]), answered.questions) == ([date(2026, 1, 20), date(2026, 2, 20)], ())


def test_a_question_says_from_which_event_a_deadline_counts() -> None:
    reading = Reading(deadlines=(Deadline(what="Gửi", relative=Relative(days=5, from_="bế mạc"), **at(0)),))

    assert [question.hint for question in launched(reading).questions] == ["bế mạc"]


def test_a_deadline_counted_from_the_end_of_a_phase_follows_the_answer() -> None:
    counted = Relative(days=5, unit="working_day", from_="kết thúc đợt 1")
    reading = Reading(
        periods=(phase(date(2026, 2, 9), None),), deadlines=(Deadline(what="Gửi", relative=counted, **at(100)),)
    )
    plan = launched(reading, periods_1=Answer(end=date(2026, 5, 8)))

    assert (days(plan.duties[0]), plan.questions) == ([date(2026, 5, 15)], ())


@pytest.mark.parametrize(
    ("event", "what"),
    [("kết thúc mỗi đợt", "Họp Hội đồng"), ("ngày kết thúc đợt", "Gửi hồ sơ từng đợt"), ("cuối mỗi đợt", "Xếp hạng")],
)
def test_a_deadline_counted_from_each_phase_falls_after_every_one_that_has_an_end(event: str, what: str) -> None:
    counted = Deadline(what=what, relative=Relative(days=5, from_=event), **at(100))
    phases = (
        phase(date(2026, 3, 20), date(2026, 5, 19)),
        phase(date(2026, 5, 20), date(2026, 9, 2), label="Đợt 2"),
        phase(date(2026, 9, 3), None, label="Đợt 3", place=70),
    )
    reading = Reading(periods=phases, deadlines=(counted,))
    answered = launched(reading, periods_3=Answer(end=date(2026, 12, 15)))

    assert days(launched(reading).duties[0]) == [date(2026, 5, 24), date(2026, 9, 7)]
    assert days(answered.duties[0]) == [date(2026, 5, 24), date(2026, 9, 7), date(2026, 12, 20)]


def test_a_counted_day_follows_a_phase_that_was_corrected_and_a_corrected_day_stays() -> None:
    counted = Deadline(
        what="Gửi", relative=Relative(days=10, from_="kết thúc đợt 1"), date=date(2026, 5, 10), **at(100)
    )
    read = phase(date(2026, 2, 9), date(2026, 4, 30))
    corrected = msgspec.structs.replace(read, end=date(2026, 5, 5))
    items = [
        Reviewed(key="periods-1", kind="periods", fact=corrected, read=read, verdict=Verdict.CORRECTED),
        Reviewed(key="deadlines-1", kind="deadlines", fact=counted, read=counted),
        Reviewed(
            key="deadlines-2",
            kind="deadlines",
            fact=msgspec.structs.replace(counted, date=date(2026, 5, 11)),
            read=counted,
            verdict=Verdict.CORRECTED,
        ),
    ]

    assert [days(duty) for duty in plan_campaign(items).duties] == [[date(2026, 5, 15)], [date(2026, 5, 11)]]


def test_a_deadline_counted_from_the_issue_of_the_plan_may_say_behind_it_what_is_due() -> None:
    words = "ban hành Kế hoạch này phải hoàn thành bảng điểm"
    relative = Relative(days=10, unit="working_day", from_=words)
    reading = Reading(header=issued("2026-02-02"), deadlines=(Deadline(what="Lập", relative=relative, **at(100)),))

    assert days(launched(reading).duties[0]) == [count_working_days(date(2026, 2, 2), 10)]


def open_day(reason: str = "postponed", hint: str | None = None) -> OpenDay:
    return OpenDay(what="Tổng kết phong trào", reason=reason, hint=hint, **at(100, 200))  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", ["postponed", "blank", "week"])
def test_what_the_plan_leaves_open_is_a_duty_that_asks_for_its_day(reason: str) -> None:
    task = Task(who="Sở Nội vụ", text="Tham mưu tổng kết", **at(90, 220))
    reading = Reading(tasks=(task,), open_days=(open_day(reason, "tuần 12"),))
    plan = launched(reading)
    [question] = plan.questions
    answered = launched(reading, open_days_1=Answer(start=date(2026, 6, 20)))

    assert [(duty.what, duty.within, duty.who, duty.days) for duty in plan.duties[1:]] == [
        ("Tổng kết phong trào", "tasks-1", "Sở Nội vụ", ())
    ]
    assert (question.key, question.asks, question.hint) == ("open_days-1", "day", "tuần 12")
    assert sentence(question.finding, "en") != sentence(question.finding)
    assert answered.duties[1].days == (Occurrence(day=date(2026, 6, 20), due=date(2026, 6, 22)),)
    assert answered.questions == ()


def test_a_phase_told_in_weeks_asks_once_and_says_the_weeks() -> None:
    weeks = open_day("week", "tuần 22 đến hết tuần 27")
    reading = Reading(periods=(phase(None, None, place=100),), open_days=(weeks,))
    plan = launched(reading)

    assert [(one.key, one.asks, one.hint) for one in plan.questions] == [("periods-1", "span", weeks.hint)]
    assert plan.duties == ()
    assert launched(reading, periods_1=Answer(start=date(2026, 2, 2), end=date(2026, 3, 14))).questions == ()


def test_a_day_that_is_only_expected_stands_until_somebody_sets_it() -> None:
    expected = Deadline(what="Tổng kết", date=date(2025, 9, 30), **at(120, 180))
    reading = Reading(deadlines=(expected,), open_days=(open_day(hint="quý III năm 2025"),))
    plan = launched(reading)
    answered = launched(reading, deadlines_1=Answer(start=date(2025, 8, 15)))

    assert [days(duty) for duty in plan.duties] == [[date(2025, 9, 30)]]
    assert [(one.key, one.finding.code, one.hint) for one in plan.questions] == [
        ("deadlines-1", "campaign.day_postponed", "quý III năm 2025")
    ]
    assert ([days(duty) for duty in answered.duties], answered.questions) == ([[date(2025, 8, 15)]], ())


def test_a_fixed_day_of_the_same_clause_does_not_hide_one_that_is_put_off() -> None:
    fixed = Deadline(what="Gửi báo cáo", date=date(2026, 6, 15), **at(100, 150))
    plan = launched(Reading(deadlines=(fixed,), open_days=(open_day(),)))

    assert [(duty.key, days(duty)) for duty in plan.duties] == [
        ("deadlines-1", [date(2026, 6, 15)]),
        ("open_days-1", []),
    ]
    assert [question.key for question in plan.questions] == ["open_days-1"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_document_becomes_a_campaign_in_which_nothing_is_lost(document: Labelled) -> None:
    reading = read_text(document.text)
    plan = launched(reading)

    assert {duty.key for duty in plan.duties if not duty.key.startswith("open_days")} == {
        *(f"deadlines-{n}" for n in range(1, len(reading.deadlines) + 1)),
        *(f"tasks-{n}" for n in range(1, len(reading.tasks) + 1)),
    }
    asked = [question.words.span for question in plan.questions]
    assert [o for o in reading.open_days if not any(a < o.span[1] and o.span[0] < b for a, b in asked)] == []
    undated = {duty.key for duty in plan.duties if duty.nature == "deadline" and not duty.days}
    assert undated - {question.key for question in plan.questions} == set()
    assert all(sentence(question.finding) for question in plan.questions)
