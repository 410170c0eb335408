"""Rounds in which nominations are taken: opened with the plan's day, changed, closed; what units see of them."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from thidua_web.campaigns.models import Campaign
from thidua_web.journal.models import JournalLine
from thidua_web.nominations.actions import rounds as actions
from thidua_web.nominations.models import Round, Submission
from thidua_web.nominations.queries.dues import due_of_campaign
from thidua_web.notices.models import Notice
from web.cast import Cast
from web.launching import PLAN, launched
from web.submitting import of_the_office

ROUNDS, NEW = "/dot-nhan-ho-so/", "/dot-nhan-ho-so/moi/"
ASKING = PLAN.replace(
    "2. Sở Thử báo cáo",
    "2. Các sở, ban, ngành gửi hồ sơ đề nghị khen thưởng về Sở Thử trước ngày 10 tháng 12 năm 2030.\n3. Sở Thử báo cáo",
)


@pytest.fixture
def above(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


@pytest.fixture
def clerk(cast: Cast) -> Client:
    below = Client()
    below.force_login(cast.users["neighbour"])
    return below


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return launched(cast, ASKING)


def opened(cast: Cast, **values: object) -> Round:
    today = timezone.localdate()
    said = {"kind": "yearly", "year": 2026, "title": "Đợt 2026", "opens_on": today, "due_on": today} | values
    by = {"by": cast.users["clerk"], "at": timezone.now()}
    return actions.open_round(to_unit=cast.province, **said, **by)  # type: ignore[arg-type]


def test_the_last_day_comes_from_the_words_of_the_plan(above: Client, cast: Cast, campaign: Campaign) -> None:
    due = due_of_campaign(campaign, datetime.date(2030, 6, 1), cast.office)
    assert due is not None
    assert due.on.year == 2030
    assert due.on.month == 12
    assert "hồ sơ đề nghị khen thưởng" in due.words
    shown = above.get(NEW, {"phong-trao": campaign.pk}).content.decode()
    assert f'value="{due.on:%d/%m/%Y}"' in shown
    assert "gửi hồ sơ đề nghị khen thưởng" in shown


def test_a_plan_that_names_no_such_day_gives_none(cast: Cast) -> None:
    assert due_of_campaign(launched(cast, PLAN), datetime.date(2030, 6, 1)) is None


def test_units_below_are_told_and_begin_in_it(above: Client, clerk: Client, cast: Cast) -> None:
    today = timezone.localdate()
    last = today + datetime.timedelta(days=20)
    data = {"title": "Xét năm 2025", "year": "2025", "opens_on": f"{today:%d/%m/%Y}", "due_on": f"{last:%d/%m/%Y}"}
    above.post(NEW, data)
    above.post(NEW, data)
    row = Round.objects.get()
    assert Notice.objects.filter(user=cast.users["neighbour"], kind="round.opened").count() == 1
    start = f"{reverse('nominations:start')}?dot={row.pk}"
    assert start in clerk.get("/").content.decode(), "it waits on the page of one's work"
    assert "Xét năm 2025" in clerk.get(reverse("nominations:start")).content.decode()
    clerk.post(start, {"title": "Khen 2025", "year": "2025", "to_unit": cast.province.pk})
    begun = Submission.objects.get()
    assert (begun.round, begun.due_on, begun.to_unit) == (row, last, cast.province)
    assert start not in clerk.get("/").content.decode()


def test_a_day_before_the_first_is_refused(above: Client) -> None:
    data = {"title": "T", "year": "2025", "opens_on": "10/10/2026", "due_on": "09/10/2026"}
    assert "Ngày cuối đứng trước" in above.post(NEW, data).content.decode()
    assert not Round.objects.exists()


def test_what_is_prepared_follows_a_new_day_and_what_was_sent_does_not(cast: Cast, above: Client) -> None:
    row = opened(cast)
    draft = of_the_office(cast, round=row, due_on=row.due_on)
    sent = of_the_office(
        cast, round=row, due_on=row.due_on, state="submitted", lodged_on=row.due_on, signed_by=cast.users["head"]
    )
    later = timezone.localdate() + datetime.timedelta(days=9)
    data = {"title": row.title, "opens_on": f"{row.opens_on:%d/%m/%Y}", "due_on": f"{later:%d/%m/%Y}", "basis": "CV 9"}
    above.post(reverse("nominations:change_round", args=[row.pk]), data)
    draft.refresh_from_db()
    sent.refresh_from_db()
    assert (draft.due_on, draft.due_basis, draft.revision) == (later, "CV 9", 1)
    assert sent.due_on == row.due_on


def test_a_closed_round_takes_nobody_more_and_opens_again(above: Client, clerk: Client, cast: Cast) -> None:
    row = opened(cast)
    start = f"{reverse('nominations:start')}?dot={row.pk}"
    above.post(reverse("nominations:close_round", args=[row.pk]))
    assert clerk.get(start).status_code == 404
    assert "Đã đóng" in above.get(ROUNDS).content.decode()
    above.post(reverse("nominations:reopen_round", args=[row.pk]))
    assert clerk.get(start).status_code == 200
    acts = list(JournalLine.objects.filter(act__startswith="round.").values_list("act", flat=True))
    assert acts == ["round.opened", "round.closed", "round.opened"]


def test_the_campaign_has_a_tab_with_its_day_and_what_was_begun(clerk: Client, cast: Cast, campaign: Campaign) -> None:
    of_the_office(cast, kind="campaign", campaign=campaign, title="Của Sở Thử")
    tab = reverse("nominations:campaign_submissions", args=[campaign.pk])
    assert tab in clerk.get(campaign.get_absolute_url()).content.decode()
    shown = clerk.get(tab).content.decode()
    assert "Của Sở Thử" in shown
    assert "Hạn gửi hồ sơ theo kế hoạch" in shown
    assert f"phong-trao={campaign.pk}" in shown
