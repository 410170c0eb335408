"""What an amendment in part repeals: named by whoever prepares it, ended by its launch."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.campaigns.actions.launches import launch
from thidua_web.campaigns.actions.repeals import name_repealed
from thidua_web.campaigns.models import Campaign, Duty, DutyDay, Edition, Offer, PlanDocument, Question, Target
from web.cast import Cast
from web.launching import PLAN, launched, prepared, reviewed
from web.test_amendments import PART, WHOLE


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return launched(cast)


@pytest.fixture
def plan(campaign: Campaign, cast: Cast) -> PlanDocument:
    """It states a deadline anew and adds another; the rest it does not touch."""
    return reviewed(cast, PART, amends=campaign, amends_in_part=True)


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def source(campaign: Campaign, key: str) -> str:
    return f"{campaign.editions.get(number=1).document_id}/{key}"


def name(plan: PlanDocument, cast: Cast, *sources: str) -> PlanDocument:
    assert name_repealed(document=plan, sources=sources, by=cast.users["clerk"], at=timezone.now())
    return PlanDocument.objects.get(pk=plan.pk)


def launch_it(plan: PlanDocument, cast: Cast) -> Edition:
    edition = prepared(plan, cast)
    assert launch(edition=edition, by=cast.users["head"], at=timezone.now())
    return edition


def page_of(client: Client, plan: PlanDocument) -> str:
    return client.get(f"/ke-hoach/{plan.pk}/phat-dong/").content.decode()


def test_a_repealed_item_ends_with_the_launch_and_all_else_stays(
    plan: PlanDocument, campaign: Campaign, cast: Cast
) -> None:
    plan = name(plan, cast, source(campaign, "targets-1"), source(campaign, "deadlines-1"))
    edition = launch_it(plan, cast)
    assert (Target.objects.get().ended_by, Offer.objects.get().ended_by) == (edition, None)
    gone = Duty.objects.get(document__edition__number=1, key="deadlines-1")
    assert gone.ended_by == edition
    assert DutyDay.objects.in_force().filter(duty__what__contains="sơ kết").exists()


def test_what_was_repealed_stays_away_in_the_next_amendment(plan: PlanDocument, campaign: Campaign, cast: Cast) -> None:
    launch_it(name(plan, cast, source(campaign, "targets-1")), cast)
    again = PART.replace("31/KH", "32/KH").replace("10 tháng 7", "11 tháng 7")
    launch_it(reviewed(cast, again, amends=campaign, amends_in_part=True), cast)
    assert Target.objects.in_force().count() == 0
    assert Duty.objects.in_force().filter(what__contains="gửi kế hoạch").exists()


def test_the_page_offers_what_is_not_touched_and_keeps_what_was_chosen(
    plan: PlanDocument, campaign: Campaign, clerk: Client
) -> None:
    page = page_of(clerk, plan)
    offered = set(re.findall(r'name="bai_bo" value="([^"]+)"', page))
    assert source(campaign, "targets-1") in offered
    assert source(campaign, "deadlines-2") not in offered
    answer = clerk.post(f"/ke-hoach/{plan.pk}/phat-dong/bai-bo/", {"bai_bo": [source(campaign, "targets-1")]})
    page = page_of(clerk, plan)
    assert (answer.status_code, "bỏ 1 nội dung" in page, "bãi bỏ 1 trong 1" in page) == (302, True, True)
    assert re.search(r'value="[^"]*/targets-1" checked', page)


def test_what_was_chosen_can_be_taken_back(plan: PlanDocument, campaign: Campaign, cast: Cast, clerk: Client) -> None:
    name(plan, cast, source(campaign, "targets-1"))
    clerk.post(f"/ke-hoach/{plan.pk}/phat-dong/bai-bo/")
    assert PlanDocument.objects.get(pk=plan.pk).repeals == []


def test_with_the_head_a_change_lays_it_there_anew(plan: PlanDocument, campaign: Campaign, cast: Cast) -> None:
    seen = prepared(plan, cast)
    name(plan, cast, source(campaign, "targets-1"))
    assert not launch(edition=seen, by=cast.users["head"], at=timezone.now())
    now = Edition.objects.get(pk=seen.pk)
    assert launch(edition=now, by=cast.users["head"], at=timezone.now())
    assert Target.objects.in_force().count() == 0


def test_the_same_choice_again_changes_nothing(plan: PlanDocument, campaign: Campaign, cast: Cast) -> None:
    name(plan, cast, source(campaign, "targets-1"))
    seen = prepared(plan, cast)
    name(plan, cast, source(campaign, "targets-1"))
    assert Edition.objects.get(pk=seen.pk).prepared_at == seen.prepared_at


def test_once_launched_nothing_can_be_named(plan: PlanDocument, campaign: Campaign, cast: Cast, clerk: Client) -> None:
    launch_it(plan, cast)
    assert not name_repealed(
        document=plan, sources=[source(campaign, "targets-1")], by=cast.users["clerk"], at=timezone.now()
    )
    assert (PlanDocument.objects.get(pk=plan.pk).repeals, Target.objects.in_force().count()) == ([], 1)


def test_what_is_not_of_the_campaign_is_left_out(plan: PlanDocument, cast: Cast) -> None:
    assert name(plan, cast, f"{plan.pk}/deadlines-1", "targets-1", "1/khong", "").repeals == []


def test_what_vanished_meanwhile_is_ignored_though_its_key_lives_on(
    plan: PlanDocument, campaign: Campaign, cast: Cast
) -> None:
    plan = name(plan, cast, source(campaign, "targets-1"))
    launch_it(reviewed(cast, WHOLE, amends=campaign), cast)
    launch_it(plan, cast)
    assert (Target.objects.in_force().get().key, Target.objects.in_force().get().value) == ("targets-1", 99.5)


def test_a_question_about_what_is_repealed_is_asked_no_more(cast: Cast) -> None:
    campaign = launched(cast, PLAN + "3. Sở Thử tập huấn chậm nhất 10 ngày sau khi nhận được hướng dẫn.\n")
    key = Question.objects.get().key
    plan = reviewed(cast, PART, amends=campaign, amends_in_part=True)
    launch_it(name(plan, cast, source(campaign, key)), cast)
    assert Question.objects.count() == 0


@pytest.mark.parametrize("in_part", [False, True])
def test_only_an_amendment_in_part_repeals(campaign: Campaign, clerk: Client, cast: Cast, in_part: bool) -> None:
    plan = reviewed(cast, WHOLE, amends=campaign, amends_in_part=in_part)
    assert ("Nội dung bãi bỏ" in page_of(clerk, plan)) == in_part


def test_who_does_not_prepare_sees_the_changes_but_no_form(
    client: Client, cast: Cast, plan: PlanDocument, campaign: Campaign
) -> None:
    name(plan, cast, source(campaign, "targets-1"))
    client.force_login(cast.users["auditor"])
    page = page_of(client, plan)
    assert ("bỏ 1 nội dung" in page, 'name="bai_bo"' in page) == (True, False)


def test_the_page_asks_as_often_for_many_items_as_for_one(
    clerk: Client, cast: Cast, django_assert_max_num_queries
) -> None:
    asked = []
    for n in (1, 4):
        more = "".join(f"{i}. Sở Thử báo cáo lần {i} trước ngày {i} tháng 11 năm 2030.\n" for i in range(3, 3 + n))
        part = PART.replace("31/KH", f"{n}/KH")
        plan = reviewed(cast, part, amends=launched(cast, PLAN + more), amends_in_part=True)
        with django_assert_max_num_queries(50) as queries:
            page_of(clerk, plan)
        asked.append(len(queries))
    assert asked[0] == asked[1]
