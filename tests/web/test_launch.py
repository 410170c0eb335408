"""From a reviewed plan to a launched campaign: prepare, take back, return, launch."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.campaigns.actions import launches
from thidua_web.campaigns.actions.launches import Refusal
from thidua_web.campaigns.models import Campaign, Duty, DutyDay, DutyUnit, Edition, PlanDocument, ReviewedFact
from web.cast import Cast
from web.launching import PLAN, prepared, reviewed


@pytest.fixture
def plan(cast: Cast) -> PlanDocument:
    return reviewed(cast)


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


@pytest.fixture
def head(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.users["head"])
    return client


def launch(plan: PlanDocument, cast: Cast) -> Campaign:
    assert launches.launch(edition=prepared(plan, cast), by=cast.users["head"], at=timezone.now())
    return Campaign.objects.get()


# Prepare -------------------------------------------------------------------------------------------------------------


def test_preparing_makes_a_campaign_with_its_first_edition_and_closes_the_review(
    plan: PlanDocument, cast: Cast
) -> None:
    edition = prepared(plan, cast)
    plan.refresh_from_db()
    assert (edition.number, edition.state, plan.sealed) == (1, "prepared", True)
    assert (edition.campaign.unit, edition.campaign.number) == (cast.province, "7/KH-UBND")
    assert edition.campaign.launched_at is None


def test_preparing_twice_is_preparing_once(plan: PlanDocument, cast: Cast) -> None:
    assert prepared(plan, cast) == prepared(plan, cast)
    assert (Campaign.objects.count(), Edition.objects.count()) == (1, 1)


def test_a_pending_fact_refuses_and_leaves_the_review_open(plan: PlanDocument, cast: Cast) -> None:
    ReviewedFact.objects.filter(document=plan, key="targets-1").update(verdict="pending")
    done = launches.prepare(document=plan, by=cast.users["clerk"], at=timezone.now())
    plan.refresh_from_db()
    assert (done.refusal, done.edition, plan.sealed) == (Refusal.PENDING, None, False)


def test_a_plan_without_a_standing_fact_is_refused(plan: PlanDocument, cast: Cast) -> None:
    ReviewedFact.objects.filter(document=plan).update(verdict="rejected")
    done = launches.prepare(document=plan, by=cast.users["clerk"], at=timezone.now())
    assert done.refusal is Refusal.NOTHING


def test_a_plan_that_is_not_read_is_refused(cast: Cast, upload) -> None:
    document = upload(b"Ke hoach", "a.txt").document
    done = launches.prepare(document=document, by=cast.users["clerk"], at=timezone.now())
    assert done.refusal is Refusal.NOT_READ


# Take back and return ------------------------------------------------------------------------------------------------


def test_withdrawing_opens_the_review_and_preparing_again_takes_the_same_edition(
    plan: PlanDocument, cast: Cast
) -> None:
    edition = prepared(plan, cast)
    assert launches.withdraw(edition=edition, by=cast.users["clerk"], at=timezone.now())
    plan.refresh_from_db()
    assert not plan.sealed
    assert prepared(plan, cast) == edition
    assert Edition.objects.get().state == "prepared"


def test_the_head_returns_it_with_a_reason_that_the_page_shows(
    plan: PlanDocument, cast: Cast, clerk: Client, head: Client
) -> None:
    prepared(plan, cast)
    answer = head.post(f"/ke-hoach/{plan.pk}/phat-dong/tra-lai/", {"reason": "Sai tên Sở Thử"})
    assert answer.status_code == 302
    page = clerk.get(f"/ke-hoach/{plan.pk}/phat-dong/").content.decode()
    assert ("Sai tên Sở Thử" in page, "Trình lại lãnh đạo phát động" in page) == (True, True)


def test_a_return_without_a_reason_is_refused_at_its_field(plan: PlanDocument, cast: Cast, head: Client) -> None:
    prepared(plan, cast)
    page = head.post(f"/ke-hoach/{plan.pk}/phat-dong/tra-lai/", {"reason": " "}).content.decode()
    assert "Hãy ghi cần sửa điều gì" in page
    assert Edition.objects.get().state == "prepared"


def test_of_a_return_and_a_launch_at_once_one_wins(plan: PlanDocument, cast: Cast) -> None:
    edition = prepared(plan, cast)
    assert launches.withdraw(edition=edition, by=cast.users["clerk"], at=timezone.now())
    assert not launches.launch(edition=edition, by=cast.users["head"], at=timezone.now())
    assert not launches.send_back(edition=edition, by=cast.users["head"], at=timezone.now(), reason="Muộn")
    assert Duty.objects.count() == 0


def test_what_was_prepared_anew_is_not_launched_by_who_saw_the_old(
    plan: PlanDocument, cast: Cast, head: Client
) -> None:
    old = prepared(plan, cast)
    launches.withdraw(edition=old, by=cast.users["clerk"], at=timezone.now())
    prepared(plan, cast)
    assert not launches.launch(edition=old, by=cast.users["head"], at=timezone.now())
    page = head.post(f"/ke-hoach/{plan.pk}/phat-dong/ban-hanh/", {"seen": old.prepared_at.isoformat()}, follow=True)
    assert "Người khác vừa xử lý kế hoạch này" in page.content.decode()
    assert Edition.objects.get().state == "prepared"


# Launch --------------------------------------------------------------------------------------------------------------


def test_launching_makes_phases_duties_days_targets_and_offers(plan: PlanDocument, cast: Cast) -> None:
    campaign = launch(plan, cast)
    assert [phase.label for phase in campaign.phase_rows.all()] == ["Thời gian", "Đợt 1"]
    days = DutyDay.objects.filter(duty__campaign=campaign).values_list("duty__key", "due")
    assert list(days) == [("deadlines-1", datetime.date(2030, 2, 15)), ("deadlines-2", datetime.date(2030, 12, 20))]
    assert (campaign.target_rows.get().value, campaign.offer_rows.get().award[:9]) == (99.0, "Bằng khen")
    assert (campaign.start, campaign.end) == (datetime.date(2030, 2, 1), datetime.date(2030, 12, 31))


def test_the_plan_and_the_reading_are_frozen_with_the_launch(plan: PlanDocument, cast: Cast) -> None:
    edition = launch(plan, cast).editions.get()
    assert edition.plan["number"] == "7/KH-UBND"
    assert edition.reading["targets"][0]["value"] == 99.0
    assert (edition.launched_by, edition.state) == (cast.users["head"], "launched")


def test_what_was_rejected_is_not_launched(plan: PlanDocument, cast: Cast) -> None:
    ReviewedFact.objects.filter(document=plan, key="targets-1").update(verdict="rejected")
    assert launch(plan, cast).target_rows.count() == 0


def test_a_second_launch_changes_nothing(plan: PlanDocument, cast: Cast) -> None:
    edition = prepared(plan, cast)
    at = timezone.now()
    assert launches.launch(edition=edition, by=cast.users["head"], at=at)
    before = list(Duty.objects.values())
    assert not launches.launch(edition=edition, by=cast.users["head"], at=at + datetime.timedelta(hours=1))
    assert (list(Duty.objects.values()), Campaign.objects.get().launched_at) == (before, at)


def test_duties_go_to_the_units_that_the_plan_addresses(plan: PlanDocument, cast: Cast) -> None:
    campaign = launch(plan, cast)
    units = DutyUnit.objects.filter(duty__campaign=campaign).values_list("duty__key", "unit__name")
    assert set(units) == {(key, "Sở Thử") for key in ("tasks-1", "tasks-2", "deadlines-1", "deadlines-2")}


def test_the_campaign_of_the_plan_carried_out_becomes_the_parent(plan: PlanDocument, cast: Cast) -> None:
    above = launch(plan, cast)
    own = reviewed(cast, PLAN.replace("7/KH", "9/KH"), unit=cast.office)
    PlanDocument.objects.filter(pk=own.pk).update(parent=plan)
    own.refresh_from_db()
    launches.launch(edition=prepared(own, cast), by=cast.users["head"], at=timezone.now())
    assert Campaign.objects.exclude(pk=above.pk).get().parent == above


def test_a_campaign_launched_before_its_parent_is_joined_to_it_later(plan: PlanDocument, cast: Cast) -> None:
    own = reviewed(cast, PLAN.replace("7/KH", "9/KH"), unit=cast.office)
    PlanDocument.objects.filter(pk=own.pk).update(parent=plan)
    own.refresh_from_db()
    launches.launch(edition=prepared(own, cast), by=cast.users["head"], at=timezone.now())
    launches.launch(edition=prepared(plan, cast), by=cast.users["head"], at=timezone.now())
    child, parent = Campaign.objects.get(unit=cast.office), Campaign.objects.get(unit=cast.province)
    assert (child.parent, parent.parent) == (parent, None)


# The page ------------------------------------------------------------------------------------------------------------


def test_the_page_says_what_a_launch_will_make(plan: PlanDocument, clerk: Client) -> None:
    page = clerk.get(f"/ke-hoach/{plan.pk}/phat-dong/").content.decode()
    assert "2 nhiệm vụ với 2 ngày đến hạn, giao cho 1 đơn vị" in page
    assert ("Trình lãnh đạo phát động" in page, "Phát động phong trào, giao" in page) == (True, False)


def test_before_everything_is_decided_the_page_leads_to_the_review(plan: PlanDocument, clerk: Client) -> None:
    ReviewedFact.objects.filter(document=plan, kind="tasks").update(verdict="pending")
    page = clerk.get(f"/ke-hoach/{plan.pk}/phat-dong/").content.decode()
    assert ("còn 2 trong 2" in page, f'href="/ke-hoach/{plan.pk}/"' in page) == (True, True)
    assert "Trình lãnh đạo phát động" not in page


def test_names_without_a_unit_stay_visible(cast: Cast, clerk: Client) -> None:
    document = reviewed(cast, PLAN.replace("2. Sở Thử báo", "2. Sở Lạ báo"))
    page = clerk.get(f"/ke-hoach/{document.pk}/phat-dong/").content.decode()
    assert ("Sở Lạ" in page, "chưa gắn được đơn vị" in page) == (True, True)


def test_a_head_alone_launches_in_two_clicks(plan: PlanDocument, head: Client) -> None:
    page = head.get(f"/ke-hoach/{plan.pk}/phat-dong/").content.decode()
    assert "Chuẩn bị phát động" in page
    page = head.post(f"/ke-hoach/{plan.pk}/phat-dong/trinh/", follow=True).content.decode()
    assert "Phát động phong trào, giao 2 nhiệm vụ cho 1 đơn vị" in page
    answer = head.post(f"/ke-hoach/{plan.pk}/phat-dong/ban-hanh/")
    assert answer["Location"] == Campaign.objects.get().get_absolute_url()


def test_a_clerk_may_not_launch(plan: PlanDocument, cast: Cast, clerk: Client) -> None:
    prepared(plan, cast)
    assert clerk.post(f"/ke-hoach/{plan.pk}/phat-dong/ban-hanh/").status_code == 403
    assert "Phát động phong trào, giao" not in clerk.get(f"/ke-hoach/{plan.pk}/phat-dong/").content.decode()


def test_the_page_asks_the_database_as_often_for_many_duties_as_for_one(
    clerk: Client, cast: Cast, django_assert_max_num_queries
) -> None:
    asked = []
    for n in (1, 3):
        more = "".join(f"{i}. Sở Thử báo cáo lần {i} trước ngày {i} tháng 12 năm 2030.\n" for i in range(3, 3 + n))
        document = reviewed(cast, PLAN + more)
        with django_assert_max_num_queries(40) as queries:
            clerk.get(f"/ke-hoach/{document.pk}/phat-dong/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
