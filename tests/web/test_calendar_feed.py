"""What calendar programs read under a secret address, who may, and how often."""

from __future__ import annotations

import datetime
import logging
import re

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thidua_web.accounts.models import Membership, User
from thidua_web.campaigns.actions.calendars import change_address, end_address, note_reading
from thidua_web.campaigns.actions.duties import mark_done, unmark
from thidua_web.campaigns.models import CalendarAddress, Edition, Question
from thidua_web.campaigns.models.campaigns import Campaign
from web.cast import Cast
from web.launched import ago, in_days, make_campaign, make_duty, make_phase, make_question
from web.launching import PLAN, launched
from web.subscribing import events, subscribe, titles


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return make_campaign(cast.province, cast.users["head"], title="Thi đua nước rút", at=ago(3))


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


# Who may read --------------------------------------------------------------------------------------------------------


def test_a_program_reads_without_signing_in_as_often_as_it_likes(clerk: Client, campaign: Campaign) -> None:
    path = subscribe(clerk)
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("private, no-cache", "nosniff")
    assert ("sessionid" in answer.cookies, Client().head(path).status_code) == (False, 200)


def spoil(name: str, address: CalendarAddress) -> None:
    user = User.objects.filter(pk=address.user_id)
    if name == "ended":
        end_address(address=address, by=address.user, at=timezone.now())
    elif name == "retired":
        user.update(is_active=False)
    elif name == "no role any more":
        Membership.objects.filter(user=address.user).update(valid_to=datetime.date(2021, 1, 1))
    elif name == "a role that may not":
        Membership.objects.filter(user=address.user).update(role="auditor")
    elif name == "a demo account outside the demo":
        user.update(is_demo=True)
    elif name == "never launched":
        Campaign.objects.update(launched_at=None)


@pytest.mark.parametrize(
    "name",
    [
        "ended",
        "retired",
        "no role any more",
        "a role that may not",
        "a demo account outside the demo",
        "never launched",
    ],
)
def test_what_no_longer_may_is_not_found(clerk: Client, campaign: Campaign, settings, name: str) -> None:
    path = subscribe(clerk, campaign=campaign.pk)
    assert Client().get(path).status_code == 200
    settings.DEMO = False
    spoil(name, CalendarAddress.objects.get())
    assert Client().get(path).status_code == 404


def test_a_wrong_secret_looks_like_an_address_that_never_was(clerk: Client, campaign: Campaign) -> None:
    path = subscribe(clerk)
    token = path.split("-", 1)[1].removesuffix(".ics")
    pk = CalendarAddress.objects.get().pk
    secrets = (token[:-1], f"{token}=", "x", "đ")
    wrong = [f"/lich/{pk}-{secret}.ics" for secret in secrets]
    wrong += [f"/lich/{nobodys}-{token}.ics" for nobodys in (pk + 1, 10**30)]
    answers = [Client().get(one) for one in wrong]
    assert [answer.status_code for answer in answers] == [404] * len(wrong)
    bodies = {re.sub(r"http://testserver\S+", "", answer.content.decode()) for answer in answers}
    assert len({re.sub(r"\s*value=\"[^\"]*\"", "", body) for body in bodies}) == 1


def test_the_secret_is_long_and_comes_from_the_servers_key(clerk: Client, campaign: Campaign, settings) -> None:
    path = subscribe(clerk)
    assert len(path.split("-", 1)[1].removesuffix(".ics")) == 43
    settings.SECRET_KEY = "another-key-of-another-server"
    assert Client().get(path).status_code == 404


def test_the_database_does_not_hold_the_secret(clerk: Client, campaign: Campaign) -> None:
    token = subscribe(clerk).split("-", 1)[1].removesuffix(".ics")
    values = [str(value) for value in CalendarAddress.objects.values_list().get()]
    assert token not in " ".join(values)


def test_no_log_holds_the_secret() -> None:
    from thidua_web.config.logs import SafeFormatter

    path = "/lich/12-AbC_d-e.ics"
    for message, arguments in (("GET %s HTTP/1.1 200", (path,)), (f"Internal Server Error: {path}", ())):
        line = SafeFormatter().format(logging.LogRecord("django.request", 40, "f.py", 1, message, arguments, None))
        assert ("AbC_d-e" in line, "/lich/12-…" in line) == (False, True)


def test_an_error_while_reading_logs_no_secret(clerk: Client, campaign: Campaign, monkeypatch, capsys) -> None:
    from thidua_web.campaigns import feeds
    from thidua_web.config.logs import SafeFormatter

    path = subscribe(clerk)
    monkeypatch.setattr(feeds, "content_of", None)
    handler = logging.StreamHandler()
    handler.setFormatter(SafeFormatter())
    logging.getLogger("django.request").addHandler(handler)
    try:
        assert Client(raise_request_exception=False).get(path).status_code == 500
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    said = capsys.readouterr().err
    assert ("/lich/" in said, path.split("-", 1)[1] in said) == (True, False)


# What it reads -------------------------------------------------------------------------------------------------------


def test_a_units_calendar_holds_its_own_duties_of_every_campaign(clerk: Client, cast: Cast, campaign: Campaign) -> None:
    other = make_campaign(cast.province, cast.users["head"])
    make_duty(campaign, in_days(3), units=[cast.province], what="Của tỉnh")
    make_duty(other, in_days(4), units=[cast.province], what="Cũng của tỉnh", who="Sở Thử")
    make_duty(other, in_days(4), units=[cast.office], what="Của sở")
    make_duty(other, None, units=[cast.province], what="Không có ngày")
    assert titles(clerk.get(subscribe(clerk))) == ["Của tỉnh", "Cũng của tỉnh – Sở Thử"]


def test_a_unit_below_reads_its_duties_of_campaigns_above(client: Client, cast: Cast, campaign: Campaign) -> None:
    make_duty(campaign, in_days(3), units=[cast.office], what="Của sở")
    client.force_login(cast.users["neighbour"])
    assert titles(client.get(subscribe(client))) == ["Của sở"]


def test_a_campaigns_calendar_holds_its_phases_and_everybodys_duties(
    clerk: Client, cast: Cast, campaign: Campaign
) -> None:
    make_phase(campaign, in_days(0), in_days(9), label="Đợt 1", level="cấp xã")
    make_duty(campaign, in_days(3), units=[cast.office], what="Của sở")
    make_duty(make_campaign(cast.province, cast.users["head"]), in_days(3), what="Của phong trào khác")
    answer = clerk.get(subscribe(clerk, campaign=campaign.pk))
    assert titles(answer) == ["Đợt 1 (cấp xã)", "Của sở"]
    phase = events(answer)[0]
    assert (phase["DTSTART"].dt, phase["DTEND"].dt) == (in_days(0), in_days(10))
    assert str(icalendar.Calendar.from_ical(answer.content)["X-WR-CALNAME"]) == "Thi đua nước rút"


def test_an_event_quotes_the_plan_leads_to_the_page_and_rings_before(
    clerk: Client, cast: Cast, campaign: Campaign
) -> None:
    make_duty(
        campaign, in_days(9), units=[cast.province], quote="gửi báo cáo trước ngày 15", time=datetime.time(16, 30)
    )
    (event,) = events(clerk.get(subscribe(clerk)))
    said = str(event["DESCRIPTION"])
    assert ("gửi báo cáo trước ngày 15" in said, f"http://testserver{campaign.get_absolute_url()}" in said) == (
        True,
        True,
    )
    alarms = [alarm["TRIGGER"].dt.days for alarm in event.walk("VALARM")]
    assert (alarms, event["DTSTART"].dt.hour, event["DTSTART"].dt.minute) == ([-7, -3, -1], 16, 30)


def test_a_recurring_duty_is_there_on_every_day_of_it(clerk: Client, cast: Cast, campaign: Campaign) -> None:
    days = [in_days(days) for days in (5, 35, 65)]
    make_duty(campaign, *days, units=[cast.province], rule="FREQ=MONTHLY;BYMONTHDAY=15")
    found = events(clerk.get(subscribe(clerk)))
    assert ([event["DTSTART"].dt for event in found], len({str(event["UID"]) for event in found})) == (days, 3)


def test_what_was_amended_keeps_its_identity_and_what_ended_is_gone(
    clerk: Client, cast: Cast, campaign: Campaign
) -> None:
    kept = make_duty(campaign, in_days(3), units=[cast.province], what="Còn")
    gone = make_duty(campaign, in_days(3), units=[cast.province], what="Hết")
    path = subscribe(clerk)
    before = {str(event["SUMMARY"]): str(event["UID"]) for event in events(clerk.get(path))}
    type(kept).objects.filter(pk=kept.pk).update(what="Còn, đổi lời", key="2/deadlines-1")
    type(gone).objects.filter(pk=gone.pk).update(ended_by=campaign.editions.get())
    after = {str(event["SUMMARY"]): str(event["UID"]) for event in events(clerk.get(path))}
    assert after == {"Còn, đổi lời": before["Còn"]}


def test_a_plan_is_launched_then_amended_and_the_calendar_follows(client: Client, cast: Cast) -> None:
    campaign = launched(cast)
    client.force_login(cast.users["neighbour"])
    path = subscribe(client)
    before = {event["DTSTART"].dt: str(event["UID"]) for event in events(client.get(path))}
    assert sorted(before) == [datetime.date(2030, 2, 15), datetime.date(2030, 12, 20)]
    tag = client.get(path)["ETag"]
    text = PLAN.replace("Số: 7/", "Số: 8/").replace("trước ngày 20 tháng 12", "trước ngày 27 tháng 12")
    launched(cast, text, amends=campaign)
    answer = client.get(path, headers={"If-None-Match": tag})
    after = {event["DTSTART"].dt: str(event["UID"]) for event in events(answer)}
    assert sorted(after) == [datetime.date(2030, 2, 15), datetime.date(2030, 12, 27)]
    assert after[datetime.date(2030, 2, 15)] == before[datetime.date(2030, 2, 15)]


def test_what_the_unit_has_done_leaves_its_calendar(clerk: Client, cast: Cast, campaign: Campaign) -> None:
    day = make_duty(campaign, in_days(3), units=[cast.province, cast.office]).days.get()
    path, whole = subscribe(clerk), subscribe(clerk, campaign=campaign.pk)
    mark_done(day=day, unit=cast.office, by=cast.users["neighbour"], at=timezone.now())
    assert len(events(clerk.get(path))) == 1
    mark_done(day=day, unit=cast.province, by=cast.users["clerk"], at=timezone.now())
    assert (len(events(clerk.get(path))), len(events(clerk.get(whole)))) == (0, 1)


# How often ------------------------------------------------------------------------------------------------------------


def unchanged(path: str, answer) -> list[int]:
    by_tag = Client().get(path, headers={"If-None-Match": answer["ETag"]})
    by_day = Client().get(path, headers={"If-Modified-Since": answer["Last-Modified"]})
    return [by_tag.status_code, by_day.status_code]


def test_where_nothing_changed_nothing_is_sent(clerk: Client, cast: Cast, campaign: Campaign) -> None:
    make_duty(campaign, in_days(3), units=[cast.province])
    path = subscribe(clerk)
    answer = Client().get(path)
    again = Client().get(path, headers={"If-None-Match": answer["ETag"]})
    assert unchanged(path, answer) == [304, 304]
    assert (again.content, again["ETag"], again["Cache-Control"]) == (b"", answer["ETag"], "private, no-cache")
    assert Client().get(path).content == answer.content


def test_every_change_gives_another_tag(clerk: Client, cast: Cast, campaign: Campaign) -> None:
    day = make_duty(campaign, in_days(3), units=[cast.province]).days.get()
    question = make_question(campaign)
    path = subscribe(clerk)
    tags = [Client().get(path)["ETag"]]

    def note() -> None:
        tags.append(Client().get(path)["ETag"])

    mark_done(day=day, unit=cast.province, by=cast.users["clerk"], at=timezone.now())
    note()
    unmark(day=day, unit=cast.province, by=cast.users["clerk"], at=timezone.now())
    assert Client().get(path)["ETag"] == tags[0]
    Question.objects.filter(pk=question.pk).update(answered_at=timezone.now(), answered_by=cast.users["clerk"])
    note()
    Edition.objects.update(launched_at=timezone.now())
    note()
    make_campaign(cast.province, cast.users["head"])
    note()
    change_address(address=CalendarAddress.objects.get(), by=cast.users["clerk"], at=timezone.now())
    path = re.findall(r"http://testserver(/lich/[^\"]+\.ics)", clerk.get("/lich/").content.decode())[0]
    note()
    assert len(set(tags)) == 6


def test_the_last_reading_is_noted_at_most_once_an_hour(clerk: Client, cast: Cast) -> None:
    path = subscribe(clerk)
    Client().get(path)
    first = CalendarAddress.objects.get().last_read_at
    Client().get(path)
    assert first is not None
    assert CalendarAddress.objects.get().last_read_at == first
    later = first + datetime.timedelta(hours=1)
    assert note_reading(address=CalendarAddress.objects.get(), at=later) is True
    assert f"đọc lần cuối: {timezone.localtime(later):%d/%m/%Y %H:%M}" in clerk.get("/lich/").content.decode()


def queries(path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("whole", [False, True])
def test_five_hundred_duties_take_as_many_queries_as_one(
    clerk: Client, cast: Cast, campaign: Campaign, whole: bool
) -> None:
    path = subscribe(clerk, **({"campaign": campaign.pk} if whole else {}))
    make_duty(campaign, in_days(1), units=[cast.province])
    Client().get(path)
    one = queries(path)
    for number in range(499):
        make_duty(campaign, in_days(number % 90), units=[cast.province], what=f"Việc {number}")
    assert queries(path) == one <= 11
    assert len(events(Client().get(path))) == 500
