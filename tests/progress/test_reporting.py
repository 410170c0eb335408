"""Reports, their periods, early and late: cases in reports.toml, and what holds of all."""

from __future__ import annotations

import datetime
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.explain import sentence
from thidua.findings import Outcome
from thidua.plans.campaign import Duty, Occurrence, Words
from thidua.plans.recurring import settle, unroll
from thidua.progress.reporting import Punctuality, is_report, judge_report, period_of, punctuality, report_kind

FILE = tomllib.loads((Path(__file__).parent / "reports.toml").read_text("utf-8"))
START, END = datetime.date(2024, 11, 1), datetime.date(2025, 9, 30)
RULES = (
    "FREQ=MONTHLY;INTERVAL=3;BYMONTH=3,6,9,12;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10",
    "FREQ=MONTHLY;BYMONTHDAY=5",
    "FREQ=MONTHLY;BYMONTHDAY=20",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=WEEKLY;BYDAY=FR",
    "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=15",
    "FREQ=DAILY",
)
DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2028, 12, 31))


@pytest.mark.parametrize("case", FILE["duty"], ids=lambda case: case["what"])
def test_which_duties_are_reports(case: dict[str, Any]) -> None:
    day = case.get("day", END)
    duty = Duty(
        key="d", words=Words(quote=case["what"], span=(0, 1)), what=case["what"], nature=case.get("nature", "deadline"),
        rule=case.get("rule"), days=(Occurrence(day=day, due=day),),
    )  # fmt: skip

    assert report_kind(duty, campaign_end=END) == case.get("kind")
    assert is_report(duty) == ("kind" in case)


@pytest.mark.parametrize("case", FILE["period"], ids=lambda case: f"{case.get('rule', 'once')} {case['day']}")
def test_what_a_report_covers(case: dict[str, Any]) -> None:
    period = period_of(case.get("rule"), case["day"], campaign_start=START, campaign_end=END)

    assert period.words() == case["is"]
    assert (period.start, period.end) == (case["start"], case["end"])
    assert period.due == case.get("due", period.due)
    assert period.words("en")


@settings(deadline=None)
@given(st.sampled_from(RULES), DAYS, st.integers(0, 900))
def test_reports_that_follow_each_other_cover_the_time_without_gap_or_overlap(
    rule: str, start: datetime.date, length: int
) -> None:
    end = start + datetime.timedelta(days=length)
    days = unroll(settle(rule), start, end, most=200)
    periods = [period_of(rule, day, campaign_start=start, campaign_end=end) for day in days]
    seen = sorted({(period.start, period.end) for period in periods})

    assert all(start <= period.start <= period.end <= end for period in periods)
    assert all(later[0] == earlier[1] + datetime.timedelta(days=1) for earlier, later in pairwise(seen))
    assert len(seen) >= len(days) - 1


@settings(deadline=None)
@given(st.none() | st.sampled_from(RULES), DAYS, st.none() | DAYS, st.none() | DAYS)
def test_every_day_has_its_period(
    rule: str | None, day: datetime.date, start: datetime.date | None, end: datetime.date | None
) -> None:
    period = period_of(rule, day, campaign_start=start, campaign_end=end)

    assert period.start <= period.end
    assert period.due >= day
    assert period.words("vi")
    assert period.words("en")


@pytest.mark.parametrize("case", FILE["sent"], ids=lambda case: f"{case.get('sent', case['today'])}-{case['is']}")
def test_early_and_late(case: dict[str, Any]) -> None:
    finding = judge_report(case["due"], case.get("sent"), today=case["today"])

    assert punctuality(case["due"], case.get("sent"), today=case["today"]) == case["is"]
    assert finding.code == f"report.{case['is']}"
    assert sentence(finding) == case.get("says", sentence(finding))


ORDER = (Punctuality.EARLY, Punctuality.ON_TIME, Punctuality.LATE)


@settings(deadline=None)
@given(DAYS, DAYS, st.integers(0, 60))
def test_sending_later_is_never_better(due: datetime.date, sent: datetime.date, more: int) -> None:
    later = sent + datetime.timedelta(days=more)
    one, other = (punctuality(due, day, today=later) for day in (sent, later))

    assert ORDER.index(one) <= ORDER.index(other)


@settings(deadline=None)
@given(DAYS, st.none() | DAYS, DAYS)
def test_only_a_day_that_is_over_can_be_missed(
    due: datetime.date, sent: datetime.date | None, today: datetime.date
) -> None:
    finding = judge_report(due, sent, today=today)

    assert sentence(finding, "vi")
    assert sentence(finding, "en")
    assert finding.outcome is not Outcome.NOT_MET or (sent or today) > due
    assert (sent is None) == (finding.code in ("report.open", "report.missing"))


def test_without_a_day_it_is_due_nothing_is_late() -> None:
    assert punctuality(None, None, today=END) is Punctuality.OPEN
    assert punctuality(None, END, today=END) is Punctuality.ON_TIME
