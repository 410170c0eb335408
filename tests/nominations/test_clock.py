"""Days that count: working days, without those on which the clock stood still."""

from __future__ import annotations

import datetime
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.law.law import national_law
from thidua.law.statute import parse_statute
from thidua.nominations.clock import ALL_DAYS, WORKING_DAYS, Change, Event, clock, limits_for
from thidua.plans.working_days import count_working_days, working_days_after

LAW = national_law()
MONDAY = date(2026, 11, 2)
DAY = datetime.timedelta(days=1)


def events(*told: tuple[Change, date]) -> list[Event]:
    return [Event(change=change, on=on) for change, on in told]


def nov(day: int) -> date:
    return date(2026, 11, day)


@pytest.mark.parametrize(
    ("on", "used", "left", "late"),
    [(nov(2), 0, 5, False), (nov(3), 1, 4, False), (nov(8), 4, 1, False), (nov(9), 5, 0, False), (nov(10), 6, 0, True)],
)
def test_the_day_of_arrival_does_not_count_and_weekends_do_not(on: date, used: int, left: int, late: bool) -> None:
    now = clock(events(("started", MONDAY)), on, 5)

    assert (now.used, now.left, now.late, now.due) == (used, left, late, nov(9))
    assert now.over == max(0, used - 5)


def test_while_evidence_is_asked_for_the_clock_stands_still() -> None:
    told = events(("started", nov(2)), ("paused", nov(3)), ("resumed", nov(12)))

    asked, back = clock(told, nov(10), 5), clock(told, nov(13), 5)

    assert (asked.paused, asked.used, asked.due, asked.late) == (True, 1, None, False)
    assert (back.paused, back.used, back.due) == (False, 2, nov(18))


def test_two_pauses_take_their_own_days_out() -> None:
    told = events(("started", nov(2)), ("paused", nov(3)), ("resumed", nov(4)), ("paused", nov(5)), ("resumed", nov(6)))

    assert clock(told, nov(9), 5).used == 3


def test_a_clock_that_ended_keeps_what_it_was() -> None:
    told = events(("started", nov(2)), ("ended", nov(11)))

    at_the_end, later = clock(told, nov(11), 5), clock(told, nov(30), 5)

    assert (later.used, later.late, later.over, later.ended_on) == (7, True, 2, nov(11))
    assert later == at_the_end
    assert clock(events(("started", nov(2)), ("ended", nov(9))), nov(30), 5).late is False


def test_what_ended_while_it_stood_still_used_what_it_had_used() -> None:
    told = events(("started", nov(2)), ("paused", nov(4)), ("ended", nov(20)))

    now = clock(told, nov(30), 5)

    assert (now.used, now.late, now.paused, now.ended_on) == (2, False, False, nov(20))


def test_a_dossier_that_came_again_begins_anew() -> None:
    told = events(("started", nov(2)), ("ended", nov(6)), ("started", nov(16)))

    assert (clock(told, nov(18), 5).used, clock(told, nov(18), 5).started_on) == (2, nov(16))


def test_nothing_has_begun() -> None:
    now = clock([], MONDAY, 20)

    assert (now.used, now.left, now.due, now.paused, now.late) == (0, 20, None, False, False)
    assert clock(events(("started", nov(5))), MONDAY, 20) == now


def test_tet_is_no_working_day() -> None:
    now = clock(events(("started", date(2026, 2, 12))), date(2026, 2, 23), 5)

    assert now.used == working_days_after(date(2026, 2, 12), date(2026, 2, 23)) < 5


def test_days_that_all_count_end_on_a_working_day() -> None:
    told = events(("started", nov(2)))

    assert [clock(told, nov(day), 5, ALL_DAYS).late for day in (7, 8, 9, 10)] == [False, False, False, True]

    assert clock(told, nov(7), 5, ALL_DAYS).used == 5
    assert clock(told, nov(7), 5, ALL_DAYS).due == nov(9)  # the seventh is a Saturday


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    days = sorted(draw(st.lists(st.integers(0, 90), min_size=1, max_size=7, unique=True)))
    changes: list[Change] = ["started"]
    changes += ["paused" if n % 2 == 0 else "resumed" for n in range(len(days) - 1)]
    told = [Event(change=change, on=MONDAY + day * DAY) for change, day in zip(changes, days, strict=True)]
    if draw(st.booleans()):
        told.append(Event(change="ended", on=told[-1].on + draw(st.integers(0, 20)) * DAY))
    return told


@settings(max_examples=200, deadline=None)
@given(histories(), st.integers(0, 120), st.integers(1, 30))
def test_used_days_are_the_working_days_it_ran(told: list[Event], after: int, limit: int) -> None:
    on = MONDAY + after * DAY
    ran, running = 0, False
    for step in range(after + 1):
        day = MONDAY + step * DAY
        ran += running and working_days_after(day - DAY, day)
        for event in told:
            if event.on == day:
                running = event.change in ("started", "resumed")

    assert clock(told, on, limit).used == ran


@settings(max_examples=200, deadline=None)
@given(histories(), st.integers(0, 120), st.integers(1, 30))
def test_it_is_late_exactly_behind_its_last_day(told: list[Event], after: int, limit: int) -> None:
    now = clock(told, MONDAY + after * DAY, limit)

    assert now.late == (now.used > limit) == (now.over > 0)
    assert now.left == max(0, limit - now.used)
    if now.due and not now.ended_on:
        assert now.late == (working_days_after(now.due, MONDAY + after * DAY) > 0)
        went_on = [event.on for event in told]  # with no day left, the day it went on is the last, be it a Sunday
        assert now.due in (count_working_days(now.due, 0), *went_on)


@settings(max_examples=100, deadline=None)
@given(histories(), st.integers(1, 30))
def test_on_its_last_day_all_days_are_used(told: list[Event], limit: int) -> None:
    if told[-1].change not in ("started", "resumed"):
        return
    due = clock(told, told[-1].on, limit).due
    assert due is not None
    if due >= told[-1].on:
        assert clock(told, due, limit).used == limit
        assert clock(told, WORKING_DAYS.after(due, 1), limit).late


# --- Limits of the law ------------------------------------------------------------------------------------------------


def test_the_rule_for_the_very_award_comes_first() -> None:
    first = limits_for(LAW, "COCP", date(2025, 3, 3), "return", "campaign")[0]

    assert (first.days, first.unit, first.borrowed) == (5, "working_day", False)
    assert first.basis.instrument == "311/QĐ-BNV"
    assert not first.verified


def test_where_no_rule_was_read_another_awards_is_borrowed_and_says_so() -> None:
    first = limits_for(LAW, "BANG_KHEN_TINH", date(2026, 11, 3), "return", "yearly")[0]

    assert (first.days, first.borrowed, first.verified) == (5, True, False)
    assert first.text.startswith("Hồ sơ chưa đủ được trả lại")


@pytest.mark.parametrize(("step", "days"), [("appraise", 20), ("consult", 10), ("publish", 10), ("return", 5)])
def test_every_step_has_days_whatever_the_award(step: str, days: int) -> None:
    found = limits_for(LAW, "BANG_KHEN_TINH", date(2026, 11, 3), step)  # type: ignore[arg-type]

    assert found[0].days == days
    assert found[-1].borrowed


def test_the_people_are_asked_about_heroes_for_ten_working_days() -> None:
    first = limits_for(LAW, "DHVD_AHLD", date(2025, 3, 3), "publish")[0]

    assert (first.days, first.borrowed, first.verified) == (10, False, True)


def test_a_provinces_own_days_stand_first() -> None:
    own = parse_statute(
        'instrument = "86/2025/QĐ-UBND"\nlevel = "local"\nmark = "verified"\nsource = "Thử"\n'
        '[[deadline]]\nsince = 2025-01-01\nstep = "appraise_province"\ndays = 15\ntext = "Thẩm định trong 15 ngày"\n'
    )

    first = limits_for(LAW.with_local([own]), "BANG_KHEN_TINH", date(2026, 11, 3), "appraise")[0]

    assert (first.days, first.borrowed, first.verified) == (15, False, True)
