"""The days of a recurring duty through a whole campaign."""

from __future__ import annotations

import datetime
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.plans.campaign import CampaignPlan
from thidua.plans.launching import MOST_DAYS, plan_campaign
from thidua.plans.reading import Deadline, Period, Reading
from thidua.plans.review import begin
from thidua.plans.working_days import due_day


def recurring(rule: str, start: date, end: date) -> CampaignPlan:
    period = Period(label="Đợt 1", start=start, end=end, quote="từ ngày", span=(0, 7))
    duty = Deadline(what="Báo cáo", recurrence=rule, quote="báo cáo", span=(10, 17))
    return plan_campaign(begin(Reading(periods=(period,), deadlines=(duty,))))


RULES = st.one_of(
    st.just("FREQ=DAILY"),
    st.sampled_from(["MO", "FR", "SU"]).map(lambda day: f"FREQ=WEEKLY;BYDAY={day}"),
    st.integers(-1, 31).filter(bool).map(lambda day: f"FREQ=MONTHLY;BYMONTHDAY={day}"),
    st.sampled_from(["FREQ=MONTHLY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2", "FREQ=YEARLY", "FREQ=DAILY;COUNT=3"]),
    st.tuples(st.integers(1, 12), st.integers(1, 31)).map(
        lambda at: "FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}".format(*at)
    ),
)
STARTS = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@given(RULES, STARTS, st.integers(0, 4000))
@settings(max_examples=150, deadline=None)
def test_days_of_a_recurring_duty_run_through_the_campaign(rule: str, start: date, length: int) -> None:
    end = start + datetime.timedelta(days=length)
    plan = recurring(rule, start, end)
    [duty] = plan.duties

    days = [one.day for one in duty.days]

    assert days == sorted(set(days))
    assert all(start <= day <= end for day in days)
    assert all(one.day <= one.due == due_day(one.due) for one in duty.days)
    assert len(duty.days) <= MOST_DAYS
    assert bool(duty.days) != bool([q for q in plan.questions if q.finding.code == "calendar.recurrence_never_falls"])
