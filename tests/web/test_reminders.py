"""Reminders of duties: 7, 3 and 1 working days before, on the day, once when late; silence once it is done."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from thidua.plans.working_days import count_working_days, due_day
from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import Delegation
from thidua_web.campaigns.actions.duties import mark_done
from thidua_web.campaigns.models import Campaign, Duty, DutyDay
from thidua_web.campaigns.reminders import remind
from thidua_web.notices.models import Notice
from thidua_web.register.models import Unit
from web.cast import LONG_AGO, Cast, make_user
from web.launched import make_campaign, make_duty

# A Monday, two weeks from which every Monday to Friday is worked.
DUE = datetime.date(2026, 12, 14)
AT = datetime.time(6)


def day(month: int, number: int) -> datetime.date:
    return datetime.date(2026, month, number)


def run(on: datetime.date) -> int:
    return remind(at=timezone.make_aware(datetime.datetime.combine(on, AT)))


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    made = make_campaign(cast.province, cast.users["head"])
    Notice.objects.all().delete()
    return made


def duty(campaign: Campaign, unit: Unit, due: datetime.date = DUE, **fields) -> DutyDay:
    return make_duty(campaign, due, units=[unit], **fields).days.get()


def told() -> list[tuple[str, str]]:
    """Kind and working days left, in the order of telling, to the clerk of the office."""
    rows = Notice.objects.filter(user__username="neighbour").order_by("id")
    return [(row.kind, row.params["left"]) for row in rows]


def test_seven_three_and_one_working_days_before_on_the_day_and_once_when_late(cast: Cast, campaign: Campaign) -> None:
    duty(campaign, cast.office)
    first = day(11, 23)
    said = {}
    for n in range(40):
        on = first + datetime.timedelta(days=n)
        before = Notice.objects.filter(user__username="neighbour").count()
        run(on)
        if Notice.objects.filter(user__username="neighbour").count() > before:
            said[on] = told()[-1]
    assert said == {
        day(12, 3): ("duty.near", "7"),
        day(12, 9): ("duty.near", "3"),
        day(12, 11): ("duty.near", "1"),
        day(12, 14): ("duty.today", "1"),
        day(12, 15): ("duty.late", "1"),
    }


def test_run_twice_a_day_it_is_said_once(cast: Cast, campaign: Campaign) -> None:
    duty(campaign, cast.office)
    assert [run(day(12, 9)) > 0, run(day(12, 9))] == [True, 0]


def test_after_days_on_which_the_server_was_off_it_is_caught_up_on(cast: Cast, campaign: Campaign) -> None:
    duty(campaign, cast.office)
    run(day(12, 4))  # the seventh working day before was a day earlier
    run(day(12, 10))  # so was the third
    assert told() == [("duty.near", "6"), ("duty.near", "2")]


def test_what_comes_up_short_before_is_said_once_at_its_distance(cast: Cast, campaign: Campaign) -> None:
    duty(campaign, cast.office, day(12, 11))
    for on in (day(12, 10), day(12, 10)):
        run(on)
    assert told() == [("duty.near", "1")]


@pytest.mark.parametrize("off", [day(12, 5), day(12, 6), datetime.date(2027, 1, 1)])
def test_days_off_are_quiet(cast: Cast, campaign: Campaign, off: datetime.date) -> None:
    duty(campaign, cast.office, off + datetime.timedelta(days=3))
    assert run(off) == 0


def test_late_on_a_friday_is_said_on_monday(cast: Cast, campaign: Campaign) -> None:
    duty(campaign, cast.office, day(12, 11))
    assert [run(day(12, 12)), run(day(12, 13))] == [0, 0]
    run(day(12, 14))
    run(day(12, 15))
    assert [kind for kind, _ in told()] == ["duty.late"]


def test_over_tet_it_is_counted_in_days_that_are_worked(cast: Cast, campaign: Campaign) -> None:
    """Tết 2027 begins on 6 February; what is due on the first day worked after it is one working day from before it."""
    due = due_day(datetime.date(2027, 2, 8))
    before = count_working_days(due, -1)
    assert (due - before).days > 4
    duty(campaign, cast.office, due)
    run(before)
    assert told() == [("duty.near", "1")]


def test_what_is_done_is_not_said(cast: Cast, campaign: Campaign) -> None:
    done, other = duty(campaign, cast.office), duty(campaign, cast.office, what="Việc khác")
    mark_done(day=done, unit=cast.office, by=cast.users["neighbour"], at=timezone.now())
    run(day(12, 9))
    rows = Notice.objects.filter(user=cast.users["neighbour"])
    assert [row.params["what"] for row in rows] == [other.duty.what]


def test_each_unit_is_told_of_its_own(cast: Cast, campaign: Campaign) -> None:
    row = make_duty(campaign, DUE, units=[cast.office, cast.province]).days.get()
    mark_done(day=row, unit=cast.province, by=cast.users["clerk"], at=timezone.now())
    run(day(12, 9))
    assert {notice.user.username for notice in Notice.objects.all()} == {"neighbour", "both"}


def test_one_notice_a_person_however_many_roles(cast: Cast, campaign: Campaign) -> None:
    give_role(user=cast.users["neighbour"], unit=cast.office, role=Role.HEAD, on=LONG_AGO)
    duty(campaign, cast.office)
    run(day(12, 9))
    assert len(told()) == 1


def test_whoever_stands_in_is_told_as_long_as_they_do(cast: Cast, campaign: Campaign) -> None:
    deputy = make_user("deputy")
    Delegation.objects.create(
        giver=cast.users["neighbour"], to=deputy, unit=cast.office, role=Role.CLERK, given_at=timezone.now(),
        valid_from=day(12, 8), valid_to=day(12, 9),
    )  # fmt: skip
    Notice.objects.all().delete()
    duty(campaign, cast.office)
    for on in (day(12, 3), day(12, 9), day(12, 11)):
        run(on)
    assert [notice.params["left"] for notice in Notice.objects.filter(user=deputy)] == ["3"]


def test_what_an_amendment_ended_is_not_said(cast: Cast, campaign: Campaign) -> None:
    one, two = duty(campaign, cast.office), duty(campaign, cast.office)
    edition = campaign.editions.get()
    Duty.objects.filter(pk=one.duty_id).update(ended_by=edition)
    DutyDay.objects.filter(pk=two.pk).update(ended_by=edition)
    assert run(day(12, 9)) == 0


def test_what_was_late_for_weeks_is_not_dug_up(cast: Cast, campaign: Campaign) -> None:
    duty(campaign, cast.office, day(11, 2))
    assert run(day(12, 9)) == 0


def test_it_leads_to_the_units_own_duties(client, cast: Cast, campaign: Campaign) -> None:
    duty(campaign, cast.office, what="Báo cáo sơ kết")
    run(day(12, 9))
    notice = Notice.objects.filter(user=cast.users["neighbour"]).get()
    assert str(notice) == "Còn 3 ngày làm việc đến hạn 14/12/2026: Báo cáo sơ kết (Sở Thử)"
    client.force_login(cast.users["neighbour"])
    page = client.get(f"/thong-bao/{notice.pk}/", follow=True)
    assert (page.status_code, "Báo cáo sơ kết" in page.content.decode()) == (200, True)


def test_as_many_questions_for_thirty_duties_as_for_three(
    cast: Cast, campaign: Campaign, django_assert_max_num_queries
) -> None:
    asked = []
    for n in (3, 30):
        Notice.objects.all().delete()
        for i in range(n):
            duty(campaign, cast.office, what=f"Việc {n} {i}")
        with django_assert_max_num_queries(14) as queries:
            run(day(12, 9))
        asked.append(len(queries))
    assert asked[0] == asked[1]
