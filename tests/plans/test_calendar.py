"""A plan's days as iCalendar, read back by a calendar library."""

from __future__ import annotations

import datetime
from datetime import date

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings

from strategies import readings
from thidua.explain import sentence
from thidua.findings import Evidence, Finding, Outcome
from thidua.plans.calendar import open_questions, plan_entries, to_ical
from thidua.plans.reading import Deadline, Header, HeaderField, Period, Reading, Relative
from thidua.plans.working_days import count_working_days

STAMP = datetime.datetime(2024, 11, 12, 1, 0, tzinfo=datetime.UTC)
VIETNAM = datetime.timedelta(hours=7)


def phase(start: date | None, end: date | None, *, label: str = "Đợt 01", level: str | None = None) -> Period:
    return Period(label=label, level=level, start=start, end=end, quote=f"{label}: từ ngày", span=(0, 14))


def duty(what: str = "Gửi hồ sơ", quote: str = "gửi hồ sơ đúng hạn", **parts: object) -> Deadline:
    return Deadline(what=what, quote=quote, span=(20, 38), **parts)  # type: ignore[arg-type]


def issued(day: str) -> Header:
    return Header(
        date=HeaderField(value=day, quote="ngày ban hành", span=(0, 13)),
        type=HeaderField(value="Kế hoạch", quote="KẾ HOẠCH", span=(0, 8)),
    )


CAMPAIGN = (phase(date(2024, 11, 1), date(2025, 4, 30)), phase(date(2025, 5, 1), date(2025, 9, 30), label="Đợt 02"))
QUARTERLY = "FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=15"


def events(reading: Reading) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(to_ical(reading, name="Thi đua", stamp=STAMP)).walk("VEVENT")


def occurrences(event: icalendar.Event) -> list[datetime.datetime]:
    """All starts of an event as a calendar program computes them from what is written."""
    start = event["DTSTART"].dt
    if isinstance(start, datetime.datetime):
        return list(rrulestr(event["RRULE"].to_ical().decode(), dtstart=start))
    return list(rrulestr(event["RRULE"].to_ical().decode(), dtstart=datetime.datetime.combine(start, datetime.time())))


def test_a_phase_fills_whole_days_up_to_its_last() -> None:
    [event] = events(Reading(periods=(phase(date(2025, 3, 22), date(2025, 6, 30), level="Cấp huyện"),)))

    assert event["SUMMARY"] == "Đợt 01 (Cấp huyện)"
    assert event["DESCRIPTION"] == "Đợt 01: từ ngày"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2025, 3, 22), date(2025, 7, 1))


def test_a_deadline_is_a_day_with_alarms_seven_three_and_one_day_before() -> None:
    [event] = events(Reading(deadlines=(duty(date=date(2025, 6, 30), who="Các phòng"),)))

    assert event["SUMMARY"] == "Gửi hồ sơ – Các phòng"
    assert event["DESCRIPTION"] == "gửi hồ sơ đúng hạn"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2025, 6, 30), date(2025, 7, 1))
    assert [alarm["TRIGGER"].dt.days for alarm in event.walk("VALARM")] == [-7, -3, -1]


def test_a_deadline_with_an_hour_stands_at_it_in_vietnamese_time() -> None:
    data = to_ical(Reading(deadlines=(duty(date=date(2026, 5, 14), time="17:00"),)), name="Thi đua", stamp=STAMP)
    calendar = icalendar.Calendar.from_ical(data)
    [event] = calendar.walk("VEVENT")

    assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:20260514T170000\r\n" in data
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
    assert event["DTSTART"].dt.utcoffset() == VIETNAM
    assert "DTEND" not in event


def test_a_quarterly_report_falls_on_every_named_month_of_the_campaign() -> None:
    reading = Reading(header=issued("2024-11-11"), periods=CAMPAIGN, deadlines=(duty(recurrence=QUARTERLY),))
    event = events(reading)[-1]

    assert event["DTSTART"].dt == date(2024, 12, 15)
    assert event["RRULE"]["UNTIL"] == [date(2025, 9, 30)]
    assert [day.date() for day in occurrences(event)] == [
        date(2024, 12, 15),
        date(2025, 3, 15),
        date(2025, 6, 15),
        date(2025, 9, 15),
    ]


def test_a_weekly_report_at_an_hour_ends_with_the_campaign_on_its_last_day() -> None:
    period = phase(date(2026, 2, 9), date(2026, 2, 27))
    reading = Reading(periods=(period,), deadlines=(duty(recurrence="FREQ=WEEKLY;BYDAY=FR", time="16:30"),))
    event = events(reading)[-1]

    assert event["RRULE"]["UNTIL"] == [datetime.datetime(2026, 2, 27, 16, 59, 59, tzinfo=datetime.UTC)]
    assert [f"{at:%d/%m %H:%M %z}" for at in occurrences(event)] == [
        "13/02 16:30 +0700",
        "20/02 16:30 +0700",
        "27/02 16:30 +0700",
    ]
    assert [alarm["TRIGGER"].dt.days for alarm in event.walk("VALARM")] == [-3, -1]


def test_recurring_reports_begin_after_the_plan_is_signed() -> None:
    reading = Reading(
        header=issued("2025-12-20"),
        periods=(phase(date(2025, 10, 1), date(2026, 2, 28)),),
        deadlines=(duty(recurrence="FREQ=MONTHLY;BYMONTHDAY=20"),),
    )

    assert [day.date() for day in occurrences(events(reading)[-1])] == [
        date(2025, 12, 20),
        date(2026, 1, 20),
        date(2026, 2, 20),
    ]


@pytest.mark.parametrize(
    ("relative", "day"),
    [
        # Tết of 2026: 16 to 20 February are public holidays.
        (Relative(days=10, unit="working_day", from_="ngày ban hành Kế hoạch này"), date(2026, 2, 23)),
        (Relative(days=5, unit="working_day", from_="kể từ ngày kết thúc đợt thi đua"), date(2026, 5, 15)),
        (Relative(days=7, unit="day", from_="ngày kết thúc đợt thi đua"), date(2026, 5, 16)),
        (Relative(days=3, unit="day", from_="kết thúc chặng 1"), date(2026, 3, 11)),
        (Relative(days=-15, unit="day", from_="kết thúc phong trào"), date(2026, 4, 24)),
    ],
)
def test_a_deadline_counted_from_a_day_that_the_plan_holds_is_computed(relative: Relative, day: date) -> None:
    reading = Reading(
        header=issued("2026-02-02"),
        periods=(
            phase(date(2026, 2, 9), date(2026, 5, 9), label="Đợt thi đua (90 ngày)"),
            phase(date(2026, 2, 9), date(2026, 3, 8), label="Chặng 1"),
        ),
        deadlines=(duty(relative=relative),),
    )

    assert events(reading)[-1]["DTSTART"].dt == day
    assert open_questions(reading) == []


@pytest.mark.parametrize(
    "event",
    [
        "ngày ban hành Hướng dẫn của Sở Nội vụ",
        "ngày nhận được văn bản",
        "kết thúc Đại hội",
        "kết thúc đợt 2",
        "kết thúc năm học",
        None,
    ],
)
def test_a_deadline_counted_from_an_unknown_day_is_left_out_and_asked_about(event: str | None) -> None:
    reading = Reading(
        header=issued("2026-02-02"),
        periods=(phase(date(2026, 2, 9), date(2026, 5, 9), label="Đợt 1"),),
        deadlines=(duty(relative=Relative(days=5, unit="working_day", from_=event)),),
    )

    assert [entry.category for entry in plan_entries(reading)] == ["Đợt thi đua"]
    assert [question.code for question in open_questions(reading)] == ["calendar.deadline_counted_from_unknown_day"]


def test_an_open_question_points_at_its_words() -> None:
    assert open_questions(Reading(deadlines=(duty(),))) == [
        Finding(
            code="calendar.deadline_without_day",
            outcome=Outcome.UNKNOWN,
            params={"what": "Gửi hồ sơ"},
            facts_used=(Evidence(kind="deadlines", quote="gửi hồ sơ đúng hạn", span=(20, 38)),),
        )
    ]


@pytest.mark.parametrize(
    ("reading", "codes"),
    [
        (Reading(periods=(phase(None, None),)), ["calendar.period_without_both"]),
        (Reading(periods=(phase(date(2025, 1, 1), None),)), ["calendar.period_without_end"]),
        (Reading(periods=(phase(None, date(2025, 1, 1)),)), ["calendar.period_without_start"]),
        (Reading(deadlines=(duty(recurrence=QUARTERLY),)), ["calendar.recurrence_without_start"]),
        (
            Reading(header=issued("2025-11-26"), deadlines=(duty(recurrence="FREQ=WEEKLY;BYDAY=SU"),)),
            ["calendar.recurrence_without_end"],
        ),
        (
            Reading(periods=CAMPAIGN, deadlines=(duty(recurrence="định kỳ hằng quý"),)),
            ["calendar.recurrence_unreadable"],
        ),
        (
            Reading(periods=CAMPAIGN, deadlines=(duty(recurrence="FREQ=SECONDLY"),)),
            ["calendar.recurrence_unreadable"],
        ),
        (
            Reading(periods=CAMPAIGN, deadlines=(duty(recurrence="FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"),)),
            ["calendar.recurrence_never_falls"],
        ),
    ],
)
def test_what_the_plan_leaves_open_is_asked(reading: Reading, codes: list[str]) -> None:
    assert [question.code for question in open_questions(reading)] == codes
    assert [sentence(question, "en") != sentence(question) for question in open_questions(reading)] == [True]


def test_an_event_keeps_its_identity_when_its_day_is_corrected() -> None:
    first = Reading(periods=CAMPAIGN, deadlines=(duty(date=date(2025, 6, 30)),))
    later = Reading(periods=CAMPAIGN, deadlines=(duty(date=date(2025, 7, 11)),))

    assert [event["UID"] for event in events(first)] == [event["UID"] for event in events(later)]


def test_duties_in_the_same_words_have_different_identities() -> None:
    twice = Reading(deadlines=(duty(date=date(2025, 6, 30)), duty(date=date(2025, 12, 31))))

    assert len({event["UID"] for event in events(twice)}) == 2


def test_the_working_days_before_a_day_are_counted_backwards() -> None:
    assert count_working_days(date(2026, 2, 23), -1) == date(2026, 2, 13)


@given(readings())
@settings(max_examples=100, deadline=None)
def test_every_reading_gives_a_calendar_that_reads_back(reading: Reading) -> None:
    calendar = icalendar.Calendar.from_ical(to_ical(reading, name="Thi đua", stamp=STAMP))
    written = calendar.walk("VEVENT")

    assert len(written) == len(plan_entries(reading))
    assert len({event["UID"] for event in written}) == len(written)
    assert {event["DTSTAMP"].dt for event in written} <= {STAMP}


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY;BYDAY=9MO", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "hằng tuần"])
def test_a_rule_that_names_no_day_of_ours_is_an_open_question(rule: str) -> None:
    reading = Reading(periods=CAMPAIGN, deadlines=(duty(recurrence=rule),))

    assert [finding.code for finding in open_questions(reading)] == ["calendar.recurrence_unreadable"]
    assert [entry.category for entry in plan_entries(reading)] == ["Đợt thi đua", "Đợt thi đua"]
