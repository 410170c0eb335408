"""Which units have done a day of a duty: for the unit that launched the campaign."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.campaigns.actions.duties import mark_done
from thidua_web.campaigns.models import Campaign, Duty, DutyDay
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Unit
from web.cast import LONG_AGO, Cast
from web.launched import in_days, make_campaign, make_duty


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return make_campaign(cast.province, cast.users["head"])


def units(cast: Cast, *names: tuple[str, str]) -> list[Unit]:
    return [
        create_unit(code=f"U-{n}", name=name, kind=kind, parent=cast.province, valid_from=LONG_AGO)
        for n, (name, kind) in enumerate(names)
    ]


def day_of(duty: Duty) -> DutyDay:
    return duty.days.get()


def page_of(client: Client, cast: Cast, day: DutyDay, user: str = "clerk") -> str:
    client.force_login(cast.users[user])
    answer = client.get(f"/phong-trao/{day.duty.campaign_id}/nhiem-vu/{day.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def places(page: str, *words: str) -> list[int]:
    return [page.index(one) for one in words]


def test_the_desk_leads_to_it(client: Client, cast: Cast, campaign: Campaign) -> None:
    day = day_of(make_duty(campaign, in_days(3), units=[cast.office]))
    client.force_login(cast.users["clerk"])
    for path in ("", "nhiem-vu/"):
        page = client.get(f"/phong-trao/{campaign.pk}/{path}").content.decode()
        assert f'href="/phong-trao/{campaign.pk}/nhiem-vu/{day.pk}/">0/1 đơn vị đã làm' in page
    client.force_login(cast.users["neighbour"])
    assert f'/nhiem-vu/{day.pk}/"' not in client.get(f"/phong-trao/{campaign.pk}/").content.decode()


def test_units_stand_by_kind_then_by_name(client: Client, cast: Cast, campaign: Campaign) -> None:
    some = units(
        cast,
        ("Xã Đa Lộc", "commune"),
        ("Xã Dân Chủ", "commune"),
        ("Xã Ăn Lành", "commune"),
        ("Xã An Biên", "commune"),
        ("Sở Y tế", "department"),
        ("Sở Xây dựng", "department"),
    )
    page = page_of(client, cast, day_of(make_duty(campaign, in_days(3), units=some)))
    found = places(
        page, "Sở, ban, ngành", "Sở Xây dựng", "Sở Y tế", "Xã An Biên", "Xã Ăn Lành", "Xã Dân Chủ", "Xã Đa Lộc"
    )
    assert found == sorted(found)


def test_done_says_when_and_who_and_whether_after_the_day(client: Client, cast: Cast, campaign: Campaign) -> None:
    (other,) = units(cast, ("Xã An Biên", "commune"))
    day = day_of(make_duty(campaign, in_days(-3), units=[cast.office, other]))
    at = timezone.make_aware(datetime.datetime.combine(in_days(-3), datetime.time(16, 30)))
    mark_done(day=day, unit=cast.office, by=cast.users["neighbour"], at=at)
    page = page_of(client, cast, day)
    found = places(page, "Chưa làm", "Xã An Biên", "Đã làm <", "Sở Thử", f"{at:%d/%m/%Y} 16:30", "Người neighbour")
    assert (found == sorted(found), "sau hạn" in page) == (True, False)
    mark_done(day=day, unit=other, by=cast.users["clerk"], at=timezone.now())
    page = page_of(client, cast, day)
    assert ("Mọi đơn vị đã làm." in page, page.count("sau hạn")) == (True, 1)


def test_only_inside_the_unit_that_launched(client: Client, cast: Cast, campaign: Campaign) -> None:
    day = day_of(make_duty(campaign, in_days(3), units=[cast.office]))
    for user, status in (("auditor", 200), ("neighbour", 404), ("administrator", 403), ("stranger", 404)):
        client.force_login(cast.users[user])
        assert client.get(f"/phong-trao/{campaign.pk}/nhiem-vu/{day.pk}/").status_code == status


def test_days_of_other_campaigns_and_ended_ones_are_not_there(client: Client, cast: Cast, campaign: Campaign) -> None:
    other = make_campaign(cast.province, cast.users["head"])
    elsewhere = day_of(make_duty(other, in_days(3), units=[cast.office]))
    ended = day_of(make_duty(campaign, in_days(3), units=[cast.office]))
    DutyDay.objects.filter(pk=ended.pk).update(ended_by=campaign.editions.get())
    client.force_login(cast.users["clerk"])
    for day in (elsewhere, ended):
        assert client.get(f"/phong-trao/{campaign.pk}/nhiem-vu/{day.pk}/").status_code == 404


def test_a_duty_without_units_says_so(client: Client, cast: Cast, campaign: Campaign) -> None:
    page = page_of(client, cast, day_of(make_duty(campaign, None)))
    assert "chưa gắn được đơn vị nào" in page


def test_as_many_questions_for_many_units_as_for_one(
    client: Client, cast: Cast, campaign: Campaign, django_assert_max_num_queries
) -> None:
    some = units(cast, *((f"Xã {n}", "commune") for n in range(6)))
    asked = []
    for few in (some[:2], some):
        day = day_of(make_duty(campaign, in_days(3), units=few))
        for unit in few[1:]:
            mark_done(day=day, unit=unit, by=cast.users["clerk"], at=timezone.now())
        client.force_login(cast.users["clerk"])
        with django_assert_max_num_queries(20) as queries:
            page_of(client, cast, day)
        asked.append(len(queries))
    assert asked[0] == asked[1]
