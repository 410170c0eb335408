"""Days that a plan leaves open, and the people who set them."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.campaigns.actions.duties import mark_done
from thidua_web.campaigns.actions.launches import launch, withdraw
from thidua_web.campaigns.actions.plans import read_again
from thidua_web.campaigns.models import Campaign, DutyDay, DutyDone, Phase, PlanDocument, Question, ReviewedFact
from thidua_web.campaigns.tasks import read_plan
from web.cast import Cast
from web.launching import PLAN, launched, prepared, reviewed

OPEN = (
    PLAN
    + """3. Sở Thử báo cáo kết quả hằng tháng trước ngày 20 hằng tháng.
4. Sở Thử tập huấn chậm nhất 10 ngày sau khi nhận được hướng dẫn.
"""
)
OPEN = OPEN.replace("đến ngày 30 tháng 6 năm 2030", "đến khi có thông báo mới")


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return launched(cast, OPEN)


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def question(part: str) -> Question:
    return next(row for row in Question.objects.all() if row.key.startswith(part))


def send(client: Client, row: Question, **data: str):
    return client.post(f"/ke-hoach/{row.document_id}/cau-hoi/{row.key}/", {"basis": "Công văn số 25/SNV"} | data)


def days_of(row: Question) -> list[datetime.date | None]:
    in_force = DutyDay.objects.in_force().filter(duty__key=row.key)
    return list(in_force.order_by("day").values_list("day", flat=True))


def test_a_launch_with_open_questions_shows_them_on_top(clerk: Client, campaign: Campaign) -> None:
    page = clerk.get(f"/phong-trao/{campaign.pk}/").content.decode()
    assert page.index("Những ngày kế hoạch để ngỏ") < page.index("Dòng thời gian")
    assert Question.objects.count() >= 2


def test_an_answer_for_a_duty_gives_it_its_day(clerk: Client, campaign: Campaign) -> None:
    row = question("deadlines-4")
    assert days_of(row) == [None]
    assert send(clerk, row, start="2030-03-15").status_code == 302
    assert days_of(row) == [datetime.date(2030, 3, 15)]
    page = clerk.get(f"/phong-trao/{campaign.pk}/").content.decode()
    assert ("15/03/2030" in page, "Công văn số 25/SNV" in page, "Ngày đã ấn định thêm" in page) == (True, True, True)


def test_an_answer_for_a_phase_moves_the_phase(clerk: Client, campaign: Campaign) -> None:
    send(clerk, question("periods"), end="2030-06-30")
    assert Phase.objects.in_force().get(key="periods-2").end == datetime.date(2030, 6, 30)


def test_an_answer_can_be_corrected_and_days_that_stay_keep_their_marks(
    clerk: Client, cast: Cast, campaign: Campaign
) -> None:
    row = question("deadlines-4")
    send(clerk, row, start="2030-03-15")
    kept = DutyDay.objects.in_force().get(duty__key="deadlines-1")
    mark_done(day=kept, unit=cast.office, by=cast.users["neighbour"], at=timezone.now())
    send(clerk, row, start="2030-03-20")
    assert days_of(row) == [datetime.date(2030, 3, 20)]
    assert DutyDone.objects.get().day.ended_by is None


def test_the_same_answer_twice_changes_nothing(clerk: Client, campaign: Campaign) -> None:
    row = question("deadlines-4")
    send(clerk, row, start="2030-03-15")
    before = list(DutyDay.objects.order_by("pk").values())
    at = Question.objects.get(pk=row.pk).answered_at
    send(clerk, row, start="2030-03-15")
    assert (list(DutyDay.objects.order_by("pk").values()), Question.objects.get(pk=row.pk).answered_at) == (before, at)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"start": ""}, "Chưa ghi ngày."),
        ({"start": "2030-02-31"}, "không phải là một ngày"),
        ({"start": "0030-02-01"}, "Năm phải trong khoảng"),
        ({"start": "2030-03-01", "basis": " "}, "Chưa ghi văn bản làm căn cứ"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_kept(clerk: Client, campaign: Campaign, data, said: str) -> None:
    row = question("deadlines-4")
    answer = clerk.post(f"/ke-hoach/{row.document_id}/cau-hoi/{row.key}/", {"basis": "Công văn 9", **data})
    page = answer.content.decode()
    assert (answer.status_code, said in page) == (200, True)
    assert f'id="id_{row.document_id}_{row.key}_' in page
    assert Question.objects.get(pk=row.pk).answered_at is None


def test_an_officials_way_of_writing_a_day_is_taken(clerk: Client, campaign: Campaign) -> None:
    row = question("deadlines-4")
    send(clerk, row, start="15/03/2030")
    assert days_of(row) == [datetime.date(2030, 3, 15)]


def test_before_the_launch_an_answer_waits_for_it_and_a_return_keeps_it(clerk: Client, cast: Cast) -> None:
    plan: PlanDocument = reviewed(cast, OPEN)
    edition = prepared(plan, cast)
    send(clerk, question("deadlines-4"), start="2030-03-15")
    withdraw(edition=edition, by=cast.users["clerk"], at=timezone.now())
    edition = prepared(plan, cast)
    assert "15/03/2030" in clerk.get(f"/ke-hoach/{plan.pk}/phat-dong/").content.decode()
    assert launch(edition=edition, by=cast.users["head"], at=timezone.now())
    assert days_of(question("deadlines-4")) == [datetime.date(2030, 3, 15)]


# Before the plan lies with the head ----------------------------------------------------------------------------------


@pytest.fixture
def plan(cast: Cast) -> PlanDocument:
    """Everything is decided, nothing prepared."""
    return reviewed(cast, OPEN)


def send_early(client: Client, plan: PlanDocument, key: str = "deadlines-4", **data: str):
    data = {"start": "2030-03-15", "basis": "Công văn số 25/SNV"} | data
    return client.post(f"/ke-hoach/{plan.pk}/cau-hoi/{key}/", data)


def page_of(client: Client, plan: PlanDocument) -> str:
    return client.get(f"/ke-hoach/{plan.pk}/phat-dong/").content.decode()


def test_as_soon_as_everything_is_decided_the_page_asks(clerk: Client, plan: PlanDocument) -> None:
    page = page_of(clerk, plan)
    assert f'action="/ke-hoach/{plan.pk}/cau-hoi/deadlines-4/"' in page
    assert Question.objects.count() == 0


def test_an_early_answer_is_shown_in_the_plan_and_goes_with_it_to_the_launch(
    clerk: Client, cast: Cast, plan: PlanDocument
) -> None:
    assert send_early(clerk, plan)["Location"] == f"/ke-hoach/{plan.pk}/phat-dong/"
    page = page_of(clerk, plan)
    assert ("Công văn số 25/SNV" in page, page.count("15/03/2030") > 1) == (True, True)
    edition = prepared(plan, cast)
    assert Question.objects.get(key="deadlines-4").answered_by == cast.users["clerk"]
    assert launch(edition=edition, by=cast.users["head"], at=timezone.now())
    assert days_of(question("deadlines-4")) == [datetime.date(2030, 3, 15)]


def test_a_wrong_early_answer_is_said_at_its_field_and_kept(clerk: Client, plan: PlanDocument) -> None:
    page = send_early(clerk, plan, start="31/02/2030").content.decode()
    assert ("không phải là một ngày" in page, "31/02/2030" in page, Question.objects.count()) == (True, True, 0)


def test_what_the_plan_does_not_ask_cannot_be_answered(clerk: Client, plan: PlanDocument) -> None:
    assert send_early(clerk, plan, "deadlines-1").status_code == 302
    assert Question.objects.count() == 0


def test_a_correction_of_the_fact_makes_the_early_answer_moot(clerk: Client, cast: Cast, plan: PlanDocument) -> None:
    send_early(clerk, plan)
    fact = ReviewedFact.objects.get(document=plan, key="deadlines-4")
    fact.fact = {name: fact.fact[name] for name in ("quote", "span", "what", "who")} | {"date": "2030-04-01"}
    fact.save()
    assert "15/03/2030" not in page_of(clerk, plan)
    prepared(plan, cast)
    assert not Question.objects.filter(key="deadlines-4").exists()


def test_an_answer_goes_with_its_words_when_the_document_is_read_again(
    clerk: Client, cast: Cast, plan: PlanDocument
) -> None:
    send_early(clerk, plan)
    Question.objects.update(key="deadlines-9")
    other = Question.objects.get()
    other.pk, other.key = None, "deadlines-4"
    other.question |= {"words": {"quote": "x", "span": [0, 1]}}
    other.save()
    read_again(document=plan, by=plan.uploaded_by, at=timezone.now())
    read_plan(plan.pk)
    row = Question.objects.get()
    assert (row.key, row.start) == ("deadlines-4", datetime.date(2030, 3, 15))
    assert row.question["words"]["quote"] != "x"


def test_an_amendment_shows_an_answer_given_before_it(clerk: Client, cast: Cast, plan: PlanDocument) -> None:
    send_early(clerk, plan)
    edition = prepared(plan, cast)
    launch(edition=edition, by=cast.users["head"], at=timezone.now())
    amending = reviewed(cast, OPEN.replace("99%", "98%"), amends=edition.campaign)
    page = page_of(clerk, amending)
    assert ("Công văn số 25/SNV" in page, Question.objects.filter(document=amending).count()) == (True, 0)
    assert send_early(clerk, amending, start="2030-03-25").status_code == 302
    assert "25/03/2030" in page_of(clerk, amending)
    assert Question.objects.get(document=plan, key="deadlines-4").start == datetime.date(2030, 3, 15)


# Who may -------------------------------------------------------------------------------------------------------------


def test_only_those_inside_the_unit_who_may_answer(client: Client, cast: Cast, campaign: Campaign) -> None:
    row = question("deadlines-4")
    for user, status in (("neighbour", 404), ("auditor", 403), ("stranger", 404)):
        client.force_login(cast.users[user])
        assert send(client, row, start="2030-03-15").status_code == status
    assert Question.objects.get(pk=row.pk).answered_at is None
