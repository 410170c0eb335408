"""Apps above the campaigns put their pages, their work and their doors among those of a campaign."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from thidua_web.accounts.access import Access
from thidua_web.campaigns import extensions
from thidua_web.campaigns.actions.duties import mark_done
from thidua_web.campaigns.extensions import Door, Tab
from thidua_web.campaigns.models import Campaign, DutyDay, DutyDone
from thidua_web.campaigns.pages.work import Line, Rank
from thidua_web.register.models import Unit
from web.cast import Cast
from web.launched import ago, in_days, make_campaign, make_duty


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return make_campaign(cast.province, cast.users["head"])


@pytest.fixture
def day(cast: Cast, campaign: Campaign) -> DutyDay:
    return make_duty(campaign, in_days(3), units=[cast.province]).days.get()


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch, day: DutyDay) -> Door:
    """That day is done on a page of its own."""
    found = Door("Lập báo cáo", "/bao-cao/7/")
    monkeypatch.setattr(extensions, "DOORS", [lambda days, _unit: {one.pk: found for one in days if one.pk == day.pk}])
    return found


def page(client: Client, cast: Cast, who: str, path: str) -> str:
    client.force_login(cast.users[who])
    return client.get(path).content.decode()


# Pages of a campaign --------------------------------------------------------------------------------------------------


def test_a_page_stands_in_the_head_of_the_others(
    client: Client, cast: Cast, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extensions, "TABS", [*extensions.TABS, Tab("Việc chia nhau", "campaigns:duties", "plan.see")])
    for path in ("", "nhiem-vu/"):
        shown = page(client, cast, "clerk", f"/phong-trao/{campaign.pk}/{path}")
        assert f'href="/phong-trao/{campaign.pk}/nhiem-vu/"' in shown
        assert "Việc chia nhau" in shown


def test_whoever_may_not_open_a_page_is_not_led_to_it(
    client: Client, cast: Cast, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extensions, "TABS", [*extensions.TABS, Tab("Ký gửi", "campaigns:duties", "report.sign")])
    assert "Ký gửi" in page(client, cast, "head", f"/phong-trao/{campaign.pk}/")
    assert "Ký gửi" not in page(client, cast, "clerk", f"/phong-trao/{campaign.pk}/")


# Work at home ---------------------------------------------------------------------------------------------------------


def test_lines_of_other_apps_stand_among_my_work_in_its_order(
    client: Client, cast: Cast, day: DutyDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waits(access: Access, unit: Unit, on: datetime.date) -> list[Line]:
        if not access.may("report.sign", unit.pk):
            return []
        return [Line(Rank.OTHERS_WAIT, on, "waiting", "Chờ 2 ngày", f"Báo cáo của {unit.name}", "/bao-cao/7/")]

    monkeypatch.setattr(extensions, "HOME", [waits])
    shown = page(client, cast, "head", "/")
    assert shown.index("Báo cáo của UBND tỉnh Thử") < shown.index(day.duty.what + "</a>")
    assert "Báo cáo của" not in page(client, cast, "clerk", "/")


# Doors of duties ------------------------------------------------------------------------------------------------------


def test_a_duty_with_a_door_leads_there_instead_of_being_marked(
    client: Client, cast: Cast, campaign: Campaign, day: DutyDay, door: Door
) -> None:
    for path in ("/", f"/phong-trao/{campaign.pk}/?don_vi={cast.province.pk}"):
        shown = page(client, cast, "clerk", path)
        assert (door.href in shown, "Đánh dấu đã làm" in shown) == (True, False), path


def test_those_who_may_not_do_it_see_no_door(client: Client, cast: Cast, campaign: Campaign, door: Door) -> None:
    assert door.href not in page(client, cast, "auditor", "/")


def test_a_mark_from_an_old_page_leads_to_the_door_and_marks_nothing(
    client: Client, cast: Cast, day: DutyDay, door: Door
) -> None:
    client.force_login(cast.users["clerk"])
    assert client.post(f"/nhiem-vu/{day.pk}/da-lam/")["Location"] == door.href
    answer = client.post(f"/nhiem-vu/{day.pk}/da-lam/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == door.href
    assert not DutyDone.objects.exists()


def test_what_was_done_behind_the_door_is_not_taken_back_by_hand(
    client: Client, cast: Cast, day: DutyDay, door: Door
) -> None:
    mark_done(day=day, unit=cast.province, by=cast.users["head"], at=ago(0))
    shown = page(client, cast, "clerk", "/")
    assert (door.href in shown, "Hoàn tác" in shown) == (True, False)
    client.post(f"/nhiem-vu/{day.pk}/chua-lam/")
    assert DutyDone.objects.filter(day=day).exists()
