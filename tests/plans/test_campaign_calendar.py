"""A campaign's days as iCalendar, read back by a calendar library."""

from __future__ import annotations

import datetime
from datetime import date

import icalendar
import pytest

from thidua.plans.calendar import campaign_ical
from thidua.plans.campaign import CampaignPlan, Duty, Occurrence, Phase, Words

STAMP = datetime.datetime(2026, 2, 2, 1, 0, tzinfo=datetime.UTC)
WORDS = Words(quote="lời của kế hoạch", span=(0, 16))


def duty(*days: date, due: date | None = None, **parts: str) -> Duty:
    fallen = tuple(Occurrence(day=day, due=due or day) for day in days)
    return Duty(key="deadlines-1", words=WORDS, what="Gửi báo cáo", days=fallen, **parts)  # type: ignore[arg-type]


def data_of(plan: CampaignPlan, uid_base: str = "https://thidua.example") -> bytes:
    return campaign_ical(plan, name="Thi đua", stamp=STAMP, uid_base=uid_base)


def events(plan: CampaignPlan, uid_base: str = "https://thidua.example") -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(data_of(plan, uid_base)).walk("VEVENT")


def alarms(event: icalendar.Event) -> list[int]:
    return [alarm["TRIGGER"].dt.days for alarm in event.walk("VALARM")]


def test_a_phase_fills_whole_days_up_to_its_last_without_alarms() -> None:
    phase = Phase(
        key="periods-1", words=WORDS, label="Đợt 1", level="cấp xã", start=date(2026, 2, 9), end=date(2026, 5, 9)
    )
    [event] = events(CampaignPlan(phases=(phase,)))

    assert (event["SUMMARY"], event["DESCRIPTION"]) == ("Đợt 1 (cấp xã)", "lời của kế hoạch")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 2, 9), date(2026, 5, 10))
    assert alarms(event) == []


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [(None, None, []), (date(2026, 2, 9), None, [date(2026, 2, 9)]), (None, date(2026, 5, 9), [date(2026, 5, 9)])],
)
def test_a_phase_without_both_days_stands_on_the_one_it_has(
    start: date | None, end: date | None, days: list[date]
) -> None:
    phase = Phase(key="periods-1", words=WORDS, label="Đợt 1", start=start, end=end)

    assert [event["DTSTART"].dt for event in events(CampaignPlan(phases=(phase,)))] == days


def test_a_duty_stands_on_the_day_of_the_plan_and_says_when_it_is_due() -> None:
    [event] = events(CampaignPlan(duties=(duty(date(2026, 6, 20), due=date(2026, 6, 22), who="Các phòng"),)))

    assert event["SUMMARY"] == "Gửi báo cáo – Các phòng"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 6, 20), date(2026, 6, 21))
    assert event["DESCRIPTION"] == (
        "lời của kế hoạch\n"
        "Ngày theo kế hoạch: 20/06/2026, là ngày nghỉ; hạn cuối là ngày làm việc tiếp theo: 22/06/2026 "
        "(khoản 5 Điều 148, Bộ luật Dân sự số 91/2015/QH13, chưa đối chiếu với văn bản gốc)."
    )
    assert alarms(event) == [-7, -3, -1]


def test_a_duty_due_on_its_own_day_says_only_that() -> None:
    [event] = events(CampaignPlan(duties=(duty(date(2026, 6, 19)),)))

    assert event["DESCRIPTION"] == "lời của kế hoạch\nNgày theo kế hoạch: 19/06/2026."


def test_an_hour_is_that_of_viet_nam() -> None:
    data = data_of(CampaignPlan(duties=(duty(date(2026, 6, 19), time="16:30"),)))

    assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:20260619T163000\r\n" in data


@pytest.mark.parametrize(
    ("apart", "later"), [(1, []), (7, [-3, -1]), (14, [-7, -3, -1])], ids=["daily", "weekly", "each second week"]
)
def test_alarms_of_a_recurring_duty_begin_after_the_day_before_it(apart: int, later: list[int]) -> None:
    first = date(2026, 6, 1)
    days = [first + datetime.timedelta(days=apart * n) for n in range(3)]
    one, *others = events(CampaignPlan(duties=(duty(*days),)))

    assert [event["DTSTART"].dt for event in (one, *others)] == days
    assert alarms(one) == [-7, -3, -1]
    assert [alarms(event) for event in others] == [later, later]


def test_every_day_keeps_its_uid_whatever_happens_to_the_others() -> None:
    first, second = events(CampaignPlan(duties=(duty(date(2026, 6, 1), date(2026, 7, 1)),)))
    [alone] = events(CampaignPlan(duties=(duty(date(2026, 7, 1), due=date(2026, 7, 2)),)))

    assert alone["UID"] == second["UID"] != first["UID"]


def test_other_places_have_other_uids() -> None:
    plan = CampaignPlan(duties=(duty(date(2026, 6, 1)),))

    assert events(plan)[0]["UID"] != events(plan, "https://thidua.example.vn")[0]["UID"]


def test_a_moved_phase_keeps_its_uid() -> None:
    uids = {
        events(CampaignPlan(phases=(Phase(key="periods-1", words=WORDS, label="Đợt 1", start=day),)))[0]["UID"]
        for day in (date(2026, 1, 1), date(2026, 1, 2))
    }

    assert len(uids) == 1
