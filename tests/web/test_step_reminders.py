"""Whoever misses a step with a campaign is told once, until the step is taken; an amendment tells each its own."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.campaigns.actions import deployments as actions
from thidua_web.campaigns.actions.launches import launch
from thidua_web.campaigns.models import Campaign, Deployment
from thidua_web.campaigns.step_reminders import remind
from thidua_web.notices.models import Notice
from web.cast import LONG_AGO, Cast, make_user
from web.launched import make_campaign, make_duty
from web.launching import launched, prepared, reviewed
from web.test_deployment import AMENDED, commune

SENT = datetime.datetime(2026, 3, 2, 2, tzinfo=datetime.UTC)


@pytest.fixture
def row(cast: Cast) -> Deployment:
    """Sent on Monday, 2 March 2026: to be received by the 5th, to be planned by the 23rd."""
    campaign = make_campaign(cast.province, cast.users["head"], title="Thi đua")
    Campaign.objects.filter(pk=campaign.pk).update(end=None)
    return Deployment.objects.create(campaign=campaign, unit=cast.office, sent_at=SENT, moved_at=SENT)


def on(day: int, month: int = 3) -> datetime.datetime:
    """At six in the morning."""
    return datetime.datetime(2026, month, day, tzinfo=datetime.UTC) - datetime.timedelta(hours=1)


def told(cast: Cast) -> list[tuple[str, bool]]:
    rows = Notice.objects.filter(user=cast.users["neighbour"], key__startswith="deployment:").order_by("pk")
    return [(notice.kind, notice.read_at is None) for notice in rows]


def test_a_receipt_that_is_missing_is_said_once_the_day_after(cast: Cast, row: Deployment) -> None:
    assert [remind(at=on(day)) for day in (5, 6, 9)] == [0, 2, 0]
    assert told(cast) == [("deployment.not_received", True)]
    notice = Notice.objects.filter(user=cast.users["neighbour"], kind="deployment.not_received").get()
    assert str(notice) == "Sở Thử chưa xác nhận đã nhận “Thi đua” (nên xong trước 05/03/2026)"


def test_nothing_is_said_on_a_day_off(row: Deployment) -> None:
    assert remind(at=on(7)) == 0


def test_what_is_received_is_asked_no_more_and_the_next_step_is(cast: Cast, row: Deployment) -> None:
    remind(at=on(6))
    actions.confirm_receipt(deployment=row, by=cast.users["neighbour"], at=on(6))
    assert told(cast) == [("deployment.not_received", False)]
    remind(at=on(30))
    assert told(cast)[1:] == [("deployment.not_planned", True)]


def test_a_launch_ends_all_reminders(cast: Cast, row: Deployment) -> None:
    for day in (6, 24, 31):
        remind(at=on(day))
    assert len(told(cast)) == 3
    day = datetime.date(2026, 3, 30)
    actions.launch_on_paper(deployment=row, on=day, paper="1/KH", by=cast.users["neighbour"], at=on(31))
    assert [unread for _, unread in told(cast)] == [False, False, False]
    assert remind(at=on(1, 4)) == 0


def test_campaigns_that_are_over_and_rows_withdrawn_remind_nobody(row: Deployment) -> None:
    Campaign.objects.update(end=datetime.date(2026, 3, 4))
    assert remind(at=on(6)) == 0
    Campaign.objects.update(end=None)
    Deployment.objects.update(withdrawn_at=SENT)
    assert remind(at=on(6)) == 0


def test_as_many_queries_for_many_as_for_one(cast: Cast, row: Deployment, django_assert_max_num_queries) -> None:
    for n in range(5):
        unit = commune(cast, f"Xã {n}", f"X{n}")
        Deployment.objects.create(campaign=row.campaign, unit=unit, sent_at=SENT, moved_at=SENT)
    make_duty(row.campaign, SENT.date(), units=[cast.office], what="Phát động xong", folded="phat dong xong")
    with django_assert_max_num_queries(20):
        remind(at=on(6))


def test_the_plan_s_own_day_goes_before_the_installation_s(cast: Cast, row: Deployment) -> None:
    Deployment.objects.update(received_at=SENT)
    duty = make_duty(row.campaign, datetime.date(2026, 6, 15), units=[cast.office], what="Gửi kế hoạch về tỉnh")
    duty.folded = "gui ke hoach ve tinh"
    duty.save()
    assert [remind(at=on(day, month)) for day, month in ((24, 3), (15, 6), (16, 6), (17, 6))] == [0, 0, 2, 0]
    assert ("deployment.not_planned", True) in told(cast)


def test_an_installation_may_expect_nothing(row: Deployment, settings: Any) -> None:
    settings.STEP_DAYS = dict.fromkeys(settings.STEP_DAYS, 0)
    assert remind(at=on(6)) == 0
    settings.STEP_DAYS = settings.STEP_DAYS | {"received": 1}
    assert remind(at=on(4)) == 2


def test_an_amendment_tells_of_a_launch_where_it_is_new_and_of_the_end_where_it_is_withdrawn(cast: Cast) -> None:
    campaign = launched(cast)
    added = commune(cast, "UBND xã Tân Lộc", "TL")
    clerk = make_user("tan-loc")
    give_role(user=clerk, unit=added, role=Role.CLERK, on=LONG_AGO)
    launch(edition=prepared(reviewed(cast, AMENDED, amends=campaign), cast), by=cast.users["head"], at=timezone.now())
    key = f"campaign:{campaign.pk}:2"
    kinds = {notice.user: notice.kind for notice in Notice.objects.filter(key=key)}
    assert (kinds[clerk], kinds[cast.users["neighbour"]]) == ("campaign.launched", "campaign.withdrawn")
