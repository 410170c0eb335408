"""The page of one's own calendars: making an address, changing it, ending it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thidua_web.campaigns.actions.calendars import change_address, end_address, open_address
from thidua_web.campaigns.models import CalendarAddress
from thidua_web.campaigns.models.campaigns import Campaign
from web.cast import Cast
from web.launched import ago, make_campaign
from web.subscribing import subscribe


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return make_campaign(cast.province, cast.users["head"], title="Thi đua nước rút", at=ago(3))


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def test_the_address_stands_in_a_field_that_can_be_copied(clerk: Client, campaign: Campaign) -> None:
    path = subscribe(clerk)
    page = clerk.get("/lich/").content.decode()
    assert ("readonly" in page, f"webcal://testserver{path}" in page, "Tạo lịch thời hạn" in page) == (
        True,
        True,
        False,
    )


def test_over_https_a_telephone_is_led_to_https(clerk: Client, campaign: Campaign) -> None:
    subscribe(clerk)
    page = clerk.get("/lich/", secure=True).content.decode()
    assert ("webcals://testserver/lich/" in page, "webcal://" in page) == (True, False)


def test_making_twice_gives_the_same_address(clerk: Client, campaign: Campaign) -> None:
    assert [subscribe(clerk), subscribe(clerk, campaign=campaign.pk)] == [
        subscribe(clerk),
        subscribe(clerk, campaign=campaign.pk),
    ]
    assert CalendarAddress.objects.count() == 2


def test_everyone_has_an_address_of_their_own(client: Client, cast: Cast) -> None:
    paths = []
    for role in ("clerk", "head"):
        client.force_login(cast.users[role])
        paths.append(subscribe(client))
    assert len(set(paths)) == 2


def test_changing_the_address_closes_the_old_one(clerk: Client, campaign: Campaign) -> None:
    old = subscribe(clerk)
    address = CalendarAddress.objects.get()
    page = clerk.post(f"/lich/{address.pk}/doi-dia-chi/", follow=True).content.decode()
    (new,) = re.findall(r'value="http://testserver(/lich/[^"]+\.ics)"', page)
    assert (clerk.get(old).status_code, clerk.get(new).status_code, old == new) == (404, 200, False)


def test_ending_closes_it_and_offers_to_make_it_again(clerk: Client, campaign: Campaign) -> None:
    path = subscribe(clerk, campaign=campaign.pk)
    address = CalendarAddress.objects.get()
    page = clerk.post(f"/lich/{address.pk}/ngung/", follow=True).content.decode()
    assert ("Đã ngừng." in page, f'name="campaign" value="{campaign.pk}"' in page, path in page) == (True, True, False)
    assert clerk.get(path).status_code == 404
    again = subscribe(clerk, campaign=campaign.pk)
    assert (again == path, clerk.get(again).status_code) == (False, 200)


@pytest.mark.parametrize("act", ["doi-dia-chi", "ngung"])
def test_nobody_touches_the_addresses_of_others(client: Client, cast: Cast, act: str) -> None:
    address = open_address(unit=cast.province, campaign=None, by=cast.users["head"], at=timezone.now())
    client.force_login(cast.users["clerk"])
    assert client.post(f"/lich/{address.pk}/{act}/").status_code == 404
    assert "/lich/1-" not in client.get(f"/lich/?ngung={address.pk}").content.decode()
    address.refresh_from_db()
    assert address.ended_at is None


def test_a_campaign_that_the_unit_does_not_see_cannot_be_chosen(client: Client, cast: Cast) -> None:
    below = make_campaign(cast.office, cast.users["neighbour"])
    client.force_login(cast.users["clerk"])
    assert [client.post("/lich/tao/", {"campaign": pk}).status_code for pk in (below.pk, 999_999, "x")] == [404] * 3


@pytest.mark.parametrize("said", ["", "x", "999", "9" * 5000, "²"])
def test_what_was_ended_is_asked_for_safely(clerk: Client, said: str) -> None:
    assert clerk.get("/lich/", {"ngung": said}).status_code == 200


def test_of_two_changes_at_once_one_wins(cast: Cast) -> None:
    made = open_address(unit=cast.province, campaign=None, by=cast.users["clerk"], at=timezone.now())
    also = CalendarAddress.objects.get()
    act = {"by": cast.users["clerk"], "at": timezone.now()}
    assert [change_address(address=made, **act), change_address(address=also, **act)] == [True, False]
    assert [end_address(address=made, **act), end_address(address=also, **act)] == [True, False]
    assert change_address(address=CalendarAddress.objects.get(), **act) is False


def test_the_page_takes_as_many_queries_with_four_as_with_one(clerk: Client, cast: Cast) -> None:
    path = "/lich/"
    subscribe(clerk)
    clerk.get(path)
    with CaptureQueriesContext(connection) as one:
        clerk.get(path)
    for _ in range(3):
        subscribe(clerk, campaign=make_campaign(cast.province, cast.users["head"]).pk)
    with CaptureQueriesContext(connection) as four:
        clerk.get(path)
    assert len(four) == len(one)
