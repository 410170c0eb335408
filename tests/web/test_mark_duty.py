"""A unit says that it has done a duty, and takes it back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.campaigns.actions.duties import mark_done, unmark
from thidua_web.campaigns.models import DutyDay, DutyDone
from web.cast import Cast
from web.launched import in_days, make_campaign, make_duty


@pytest.fixture
def day(cast: Cast) -> DutyDay:
    campaign = make_campaign(cast.province, cast.users["head"])
    return make_duty(campaign, in_days(-2), units=[cast.province, cast.office], what="Tập huấn").days.get()


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def mark(client: Client, day: DutyDay, **data: str):
    return client.post(f"/nhiem-vu/{day.pk}/da-lam/", data)


def unmark_it(client: Client, day: DutyDay, **data: str):
    return client.post(f"/nhiem-vu/{day.pk}/chua-lam/", data)


def test_it_leads_back_to_where_it_was_pressed(clerk: Client, day: DutyDay) -> None:
    assert mark(clerk, day, next="/ke-hoach/")["Location"] == "/ke-hoach/"
    assert unmark_it(clerk, day, next="/ke-hoach/")["Location"] == "/ke-hoach/"
    assert mark(clerk, day, next="https://example.com/")["Location"] == "/"


def test_it_says_who_did_it_and_when(clerk: Client, day: DutyDay, cast: Cast) -> None:
    mark(clerk, day)
    done = DutyDone.objects.get()
    assert (done.day, done.unit, done.by) == (day, cast.province, cast.users["clerk"])
    assert (timezone.now() - done.at).total_seconds() < 60


def test_htmx_gets_the_way_back_in_the_place_of_the_button(clerk: Client, day: DutyDay) -> None:
    headers = {"HX-Request": "true"}
    page = clerk.post(f"/nhiem-vu/{day.pk}/da-lam/", headers=headers).content.decode()
    assert ("Đã làm" in page, "Hoàn tác" in page, "Người clerk" in page, "<html" in page) == (True, True, True, False)
    page = clerk.post(f"/nhiem-vu/{day.pk}/chua-lam/", headers=headers).content.decode()
    assert ("Đánh dấu đã làm" in page, "Hoàn tác" in page) == (True, False)


def test_marking_twice_keeps_who_was_first(day: DutyDay, cast: Cast) -> None:
    for name in ("clerk", "head"):
        mark_done(day=day, unit=cast.province, by=cast.users[name], at=timezone.now())
    assert DutyDone.objects.get().by == cast.users["clerk"]


def test_taking_back_twice_changes_nothing(day: DutyDay, cast: Cast) -> None:
    mark_done(day=day, unit=cast.province, by=cast.users["clerk"], at=timezone.now())
    act = {"day": day, "unit": cast.province, "by": cast.users["clerk"], "at": timezone.now()}
    assert [unmark(**act), unmark(**act)] == [True, False]


def test_a_unit_speaks_for_itself_alone(clerk: Client, day: DutyDay, cast: Cast) -> None:
    mark_done(day=day, unit=cast.office, by=cast.users["neighbour"], at=timezone.now())
    unmark_it(clerk, day)
    assert DutyDone.objects.get().unit == cast.office


def test_a_unit_below_marks_a_duty_of_a_campaign_above(client: Client, day: DutyDay, cast: Cast) -> None:
    client.force_login(cast.users["neighbour"])
    assert (mark(client, day).status_code, DutyDone.objects.get().unit) == (302, cast.office)


def test_a_duty_that_is_not_the_units_is_not_found(client: Client, cast: Cast) -> None:
    campaign = make_campaign(cast.province, cast.users["head"])
    day = make_duty(campaign, in_days(3), units=[cast.province], what="Tập huấn").days.get()
    client.force_login(cast.users["neighbour"])
    assert (mark(client, day).status_code, unmark_it(client, day).status_code) == (404, 404)


def test_it_is_said_for_the_unit_chosen_in_the_pages_head(client: Client, day: DutyDay, cast: Cast) -> None:
    client.force_login(cast.users["both"])
    client.post("/doi-don-vi/", {"unit": cast.province.pk})
    mark(client, day)
    assert DutyDone.objects.get().unit == cast.province


def test_a_day_that_an_amendment_ended_is_not_found(clerk: Client, day: DutyDay) -> None:
    edition = day.duty.begun_by
    DutyDay.objects.update(ended_by=edition)
    assert mark(clerk, day).status_code == 404
    DutyDay.objects.update(ended_by=None)
    type(day.duty).objects.update(ended_by=edition)
    assert mark(clerk, day).status_code == 404


@pytest.mark.parametrize("role", ["auditor", "appraiser", "administrator"])
def test_only_the_clerk_and_the_head_speak_for_the_unit(client: Client, day: DutyDay, cast: Cast, role: str) -> None:
    client.force_login(cast.users[role])
    assert (mark(client, day).status_code, unmark_it(client, day).status_code) == (403, 403)
    assert not DutyDone.objects.exists()
