"""The demo from nothing: on any day, and after a run that was cut off."""

from __future__ import annotations

import datetime

import pytest

from thidua_web.campaigns.actions import duties
from thidua_web.campaigns.models import Campaign, Question
from thidua_web.campaigns.queries import duty_desk
from thidua_web.campaigns.queries.duty_desk import DutyState, Filter
from thidua_web.demo import make_demo
from thidua_web.register.models import Unit

TODAY = datetime.date(2026, 11, 21)


def test_an_interrupted_run_is_finished_by_the_next(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(**asked: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(duties, "mark_done", stop)
    with pytest.raises(KeyboardInterrupt):
        make_demo(on=TODAY)
    assert Campaign.objects.count() == 0
    monkeypatch.undo()
    make_demo(on=TODAY)
    assert Campaign.objects.filter(launched_at__isnull=False).count() == 1


@pytest.mark.parametrize("on", [TODAY, datetime.date(2027, 1, 4), datetime.date(2028, 2, 29)])
def test_a_campaign_is_under_way(db: None, on: datetime.date) -> None:
    make_demo(on=on)
    campaign = Campaign.objects.get()
    desk = duty_desk.desk(campaign.pk, Filter(), today=on)
    assert [state for state in DutyState if state != DutyState.DONE and not desk.counts.get(state)] == []
    unit = Unit.objects.get(code="SNNMT")
    assert duty_desk.desk(campaign.pk, Filter(unit=unit.pk), today=on).counts["done"] == 3
    assert Question.objects.filter(answered_at__isnull=True).count() == 1
