"""The pledge of a unit: prefilled, saved as it is written, checked by the plan's rules, handed in, decided."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thidua_web.campaigns.models import Campaign, Duty, DutyDay
from thidua_web.journal.models import JournalLine
from thidua_web.notices.models import Notice
from thidua_web.progress.actions import pledges as actions
from thidua_web.progress.models import Pledge, PledgedTarget, PledgedWork, Report, ReportedValue
from thidua_web.progress.queries import pledges as queries
from web.cast import Cast
from web.pledging import asking, fields, make_pledge, offered, page_of, target, work, write

SCRIPT = {"HTTP_X_THIDUA": "draft"}


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return asking(cast)


@pytest.fixture
def unit(client: Client, cast: Cast) -> Client:
    """The clerk of the office, who pledges."""
    client.force_login(cast.users["neighbour"])
    return client


@pytest.fixture
def above(cast: Cast) -> Client:
    """The clerk of the province, who decides."""
    client = Client()
    client.force_login(cast.users["clerk"])
    return client


def the_pledge() -> Pledge:
    return Pledge.objects.get()


# The page ------------------------------------------------------------------------------------------------------------


def test_it_opens_with_the_campaigns_targets_and_writes_nothing(unit: Client, campaign: Campaign, cast: Cast) -> None:
    page = unit.get(page_of(campaign, cast.office)).content.decode()
    assert ("hồ sơ giải quyết đúng hạn" in page, "Trồng mới" in page) == (True, True)
    assert "kế hoạch giao ≥ 99%" in page
    assert "cả phong trào ≥ 200 cây xanh; ghi phần của đơn vị" in page
    assert [row.value for row in queries.first_targets(campaign)] == [99.0, None]
    assert not Pledge.objects.exists()


def test_the_rules_of_the_plan_stand_beside_with_how_far_they_are_met(
    unit: Client, campaign: Campaign, cast: Cast
) -> None:
    page = unit.get(page_of(campaign, cast.office)).content.decode()
    assert "đăng ký thực hiện ít nhất 01 công trình" in page
    assert "Mới đăng ký 0/1" in page
    write(unit, campaign, cast.office, [work("Cầu dân sinh kênh Ba Si")])
    assert "Đã đăng ký 1 công trình" in unit.get(page_of(campaign, cast.office)).content.decode()


def test_the_unit_above_reads_it_and_may_not_write(above: Client, campaign: Campaign, cast: Cast) -> None:
    make_pledge(campaign, cast.office, cast.users["neighbour"], "Cầu dân sinh kênh Ba Si")
    page = above.get(page_of(campaign, cast.office)).content.decode()
    assert ("Cầu dân sinh kênh Ba Si" in page, "pledge-form" in page) == (True, False)
    assert "cả phong trào: ≥ 200 cây xanh" in page
    assert above.post(page_of(campaign, cast.office, "luu/"), fields()).status_code == 403


# Saving ---------------------------------------------------------------------------------------------------------------


def test_what_was_written_is_kept(unit: Client, campaign: Campaign, cast: Cast) -> None:
    first, second = offered(campaign)
    first["value"] = "99,5"
    second |= {"left_out": "on", "why": "Không có đất trồng"}
    own = target("Số thủ tục làm trực tuyến", "1.200", measure="thủ tục", baseline="900", base_year="2029")
    sent = fields([first, second, own], [work("Cầu kênh Ba Si", where="xã Tân Lộc", start_due="1/3/2030")], note="Lời")
    assert unit.post(page_of(campaign, cast.office, "luu/"), sent).status_code == 302
    rows = list(the_pledge().targets.values_list("value", "left_out", "why", "baseline", "base_year"))
    assert rows == [
        (99.5, False, "", None, None),
        (200.0, True, "Không có đất trồng", None, None),
        (1200.0, False, "", 900.0, 2029),
    ]
    saved = PledgedWork.objects.get()
    assert (saved.name, saved.where, saved.start_due, saved.campaign) == (
        "Cầu kênh Ba Si",
        "xã Tân Lộc",
        datetime.date(2030, 3, 1),
        campaign,
    )
    assert the_pledge().note == "Lời"


def test_the_campaigns_own_words_cannot_be_changed(unit: Client, campaign: Campaign, cast: Cast) -> None:
    first, second = offered(campaign)
    unit.post(page_of(campaign, cast.office, "luu/"), fields([{**first, "indicator": "Chỉ tiêu khác"}, second]))
    assert "hồ sơ giải quyết" in PledgedTarget.objects.first().indicator


def test_all_errors_come_at_once_and_the_input_is_kept(unit: Client, campaign: Campaign, cast: Cast) -> None:
    first, second = offered(campaign)
    sent = fields(
        [{**first, "value": "nhiều"}, {**second, "due": "32/1/2030"}],
        [work("Cầu kênh Ba Si", start_due="1/10/2030", finish_due="1/3/2030"), work("Nhà văn hóa ấp Một")],
    )
    answer = unit.post(page_of(campaign, cast.office, "luu/"), sent)
    page = answer.content.decode()
    assert (answer.status_code, "3 ô ghi chưa đúng" in page) == (422, True)
    assert ("nhiều" in page, "32/1/2030" in page) == (True, True)
    assert the_pledge().targets.first().value == 99.0
    assert the_pledge().works.count() == 2


def test_the_same_save_sent_twice_is_one(unit: Client, campaign: Campaign, cast: Cast) -> None:
    sent = fields(offered(campaign), [work("Cầu kênh Ba Si")], seen=0)
    for _ in range(2):
        assert unit.post(page_of(campaign, cast.office, "luu/"), sent).status_code == 302
    assert (the_pledge().revision, PledgedWork.objects.count()) == (1, 1)


def test_of_two_tabs_the_second_is_told_and_loses_nothing(unit: Client, campaign: Campaign, cast: Cast) -> None:
    write(unit, campaign, cast.office, [work("Cầu kênh Ba Si")])
    sent = fields(offered(campaign), [work("Trạm bơm Tân Lộc")], seen=0)
    answer = unit.post(page_of(campaign, cast.office, "luu/"), sent)
    page = answer.content.decode()
    assert (answer.status_code, "Bản này chưa lưu" in page, "Trạm bơm Tân Lộc" in page) == (409, True, True)
    assert list(PledgedWork.objects.values_list("name", flat=True)) == ["Cầu kênh Ba Si"]
    again = unit.post(page_of(campaign, cast.office, "luu/"), sent | {"seen": 1, "token": str(uuid.uuid4())})
    assert again.status_code == 302
    assert list(PledgedWork.objects.values_list("name", flat=True)) == ["Trạm bơm Tân Lộc"]


def test_the_pages_script_gets_what_changed_beside_the_form(unit: Client, campaign: Campaign, cast: Cast) -> None:
    row = work("Cầu kênh Ba Si", finish_due="mai")
    sent = fields(offered(campaign), [row])
    answer = unit.post(page_of(campaign, cast.office, "luu/"), sent, **SCRIPT)
    told = answer.json()
    assert (answer.status_code, told["revision"], told["said"]) == (200, 1, "Đã lưu, trừ 1 ô ghi chưa đúng.")
    assert list(told["faults"]) == [f"id_w-{row['token']}-finish_due"]
    assert "Đã đăng ký 1 công trình" in told["parts"]["pledge-side"]
    assert f"said-w-{row['token']}" in told["parts"]
    assert "<html" not in told["parts"]["pledge-side"]


def test_a_script_that_comes_too_late_is_told_whose_save_it_met(unit: Client, campaign: Campaign, cast: Cast) -> None:
    """By the save's own name: a page whose answer got lost knows it again and goes on."""
    first = fields(offered(campaign), seen=0)
    save = page_of(campaign, cast.office, "luu/")
    unit.post(save, first, **SCRIPT)
    answer = unit.post(save, first | {"token": str(uuid.uuid4()), "note": "Từ thẻ hai"}, **SCRIPT)
    told = answer.json()
    assert (answer.status_code, told["last"], told["revision"]) == (409, first["token"], 1)
    assert "đã được lưu ở thẻ khác" in told["said"]
    assert the_pledge().note == ""


def test_an_empty_row_is_no_row(unit: Client, campaign: Campaign, cast: Cast) -> None:
    write(unit, campaign, cast.office, [{"token": uuid.uuid4(), "name": " "}])
    assert (PledgedWork.objects.count(), PledgedTarget.objects.count()) == (0, 2)


def test_a_work_is_taken_out_and_a_target_of_the_campaign_stays_as_left_out(
    unit: Client, campaign: Campaign, cast: Cast
) -> None:
    row = work("Cầu kênh Ba Si")
    write(unit, campaign, cast.office, [row])
    sent = fields(offered(campaign)[:1], [row], remove=f"w-{row['token']}", seen=1)
    unit.post(page_of(campaign, cast.office, "luu/"), sent)
    assert PledgedWork.objects.count() == 0
    assert list(the_pledge().targets.values_list("left_out", flat=True)) == [False, True]


def test_what_was_reported_on_is_never_deleted(unit: Client, campaign: Campaign, cast: Cast) -> None:
    own = target("Số thủ tục làm trực tuyến", "1200")
    unit.post(page_of(campaign, cast.office, "luu/"), fields([*offered(campaign), own]))
    row = PledgedTarget.objects.get(token=own["token"])
    day = DutyDay.objects.filter(duty__campaign=campaign).first()
    now, user = timezone.now(), cast.users["neighbour"]
    report = Report.objects.create(day=day, unit=cast.office, edited_by=user, edited_at=now)
    ReportedValue.objects.create(report=report, target=row, value=10)
    unit.post(page_of(campaign, cast.office, "luu/"), fields(offered(campaign), seen=1))
    row.refresh_from_db()
    assert row.left_out


# Handing in -----------------------------------------------------------------------------------------------------------


def hand_in(client: Client, campaign: Campaign, cast: Cast, **more: object):
    sent = fields(offered(campaign), [work("Cầu dân sinh kênh Ba Si")], **more)
    return client.post(page_of(campaign, cast.office, "gui/"), sent, follow=True)


def test_handing_in_saves_first_and_tells_who_decides(unit: Client, campaign: Campaign, cast: Cast) -> None:
    page = hand_in(unit, campaign, cast).content.decode()
    pledge = the_pledge()
    assert ("Đã gửi đăng ký." in page, pledge.state, pledge.works.count()) == (True, "submitted", 1)
    assert (pledge.late, pledge.due) == (False, datetime.date(2030, 2, 28))
    told = Notice.objects.filter(kind="pledge.submitted")
    assert cast.users["clerk"].pk in set(told.values_list("user", flat=True))
    assert list(JournalLine.objects.order_by("number").values_list("act", flat=True))[-2:] == [
        "pledge.begun",
        "pledge.submitted",
    ]


def test_a_double_click_hands_in_once(unit: Client, campaign: Campaign, cast: Cast) -> None:
    token = str(uuid.uuid4())
    row = work("Cầu dân sinh kênh Ba Si")
    for _ in range(2):
        sent = fields(offered(campaign), [row], token=token, seen=0)
        page = unit.post(page_of(campaign, cast.office, "gui/"), sent, follow=True).content.decode()
        assert "Đã gửi đăng ký." in page
    assert JournalLine.objects.filter(act="pledge.submitted").count() == 1
    assert PledgedWork.objects.count() == 1


def test_a_rule_that_is_not_met_asks_for_a_reason(unit: Client, campaign: Campaign, cast: Cast) -> None:
    answer = unit.post(page_of(campaign, cast.office, "gui/"), fields(offered(campaign)))
    assert (answer.status_code, "ghi lý do ở ô" in answer.content.decode()) == (422, True)
    assert the_pledge().state == "draft"
    sent = fields(offered(campaign), note="Chưa có vốn", seen=1)
    unit.post(page_of(campaign, cast.office, "gui/"), sent)
    assert (the_pledge().state, the_pledge().doubts) == ("submitted", 1)
    assert the_pledge().findings[0]["code"] == "pledge.too_few"


def test_less_than_the_plan_asks_for_needs_a_reason_too(unit: Client, campaign: Campaign, cast: Cast) -> None:
    first, second = offered(campaign)
    sent = fields([{**first, "value": "98"}, second], [work("Cầu kênh Ba Si")])
    answer = unit.post(page_of(campaign, cast.office, "gui/"), sent)
    assert "thấp hơn mức kế hoạch giao là 99" in answer.content.decode()


def test_a_part_of_what_all_reach_together_is_enough_and_none_is_not(
    unit: Client, campaign: Campaign, cast: Cast
) -> None:
    first, second = offered(campaign)
    row = work("Cầu kênh Ba Si")
    sent = fields([first, {**second, "value": ""}], [row])
    answer = unit.post(page_of(campaign, cast.office, "gui/"), sent)
    assert (answer.status_code, "chưa ghi con số của đơn vị" in answer.content.decode()) == (422, True)
    unit.post(page_of(campaign, cast.office, "gui/"), fields([first, {**second, "value": "5"}], [row], seen=1))
    assert (the_pledge().state, the_pledge().doubts) == ("submitted", 0)


def test_a_target_left_out_without_a_reason_is_not_handed_in(unit: Client, campaign: Campaign, cast: Cast) -> None:
    first, second = offered(campaign)
    sent = fields([first, {**second, "left_out": "on"}], [work("Cầu kênh Ba Si")])
    answer = unit.post(page_of(campaign, cast.office, "gui/"), sent)
    assert (answer.status_code, "chưa ghi lý do" in answer.content.decode()) == (422, True)
    assert the_pledge().state == "draft"


def test_after_its_day_it_is_late_and_a_return_does_not_change_that(campaign: Campaign, cast: Cast) -> None:
    user, office = cast.users["neighbour"], cast.office
    Duty.objects.filter(campaign=campaign, folded__contains="dang ky").get(nature="deadline").days.update(
        due=timezone.localdate() - datetime.timedelta(days=3)
    )
    pledge = make_pledge(campaign, office, user, "Cầu kênh Ba Si", state="submitted")
    assert pledge.late
    assert actions.send_back(pledge=pledge, reason="Sửa", by=cast.users["clerk"], at=timezone.now())
    pledge = queries.pledge_of(campaign.pk, office.pk)
    actions.submit(pledge=pledge, seen=pledge.revision, by=user, at=timezone.now())
    assert the_pledge().late


# Deciding -------------------------------------------------------------------------------------------------------------


def test_it_is_taken_back_until_it_is_accepted(unit: Client, campaign: Campaign, cast: Cast) -> None:
    pledge = make_pledge(campaign, cast.office, cast.users["neighbour"], "Cầu kênh Ba Si", state="submitted")
    unit.post(page_of(campaign, cast.office, "rut/"))
    assert the_pledge().state == "draft"
    assert not Notice.objects.filter(kind="pledge.submitted", read_at__isnull=True).exists()
    pledge = make_accepted(campaign, cast)
    page = unit.post(page_of(campaign, cast.office, "rut/"), follow=True).content.decode()
    assert ("Người khác vừa xử lý" in page, pledge.state) == (True, "accepted")


def make_accepted(campaign: Campaign, cast: Cast) -> Pledge:
    pledge = queries.pledge_of(campaign.pk, cast.office.pk)
    actions.submit(pledge=pledge, seen=pledge.revision, by=cast.users["neighbour"], at=timezone.now())
    pledge.refresh_from_db()
    assert actions.accept(pledge=pledge, seen=pledge.revision, by=cast.users["clerk"], at=timezone.now())
    pledge.refresh_from_db()
    return pledge


def test_a_return_has_a_reason_and_is_told(unit: Client, above: Client, campaign: Campaign, cast: Cast) -> None:
    make_pledge(campaign, cast.office, cast.users["neighbour"], "Cầu kênh Ba Si", state="submitted")
    answer = above.post(page_of(campaign, cast.office, "tra-lai/"), {"reason": " "})
    assert (answer.status_code, the_pledge().state) == (422, "submitted")
    above.post(page_of(campaign, cast.office, "tra-lai/"), {"reason": "Ghi rõ địa điểm"})
    assert "Ghi rõ địa điểm" in unit.get(page_of(campaign, cast.office)).content.decode()
    assert Notice.objects.filter(kind="pledge.returned", user=cast.users["neighbour"]).exists()


def test_accepted_it_changes_only_after_a_return(unit: Client, above: Client, campaign: Campaign, cast: Cast) -> None:
    pledge = make_pledge(campaign, cast.office, cast.users["neighbour"], "Cầu kênh Ba Si", state="submitted")
    above.post(page_of(campaign, cast.office, "chap-nhan/"), {"seen": pledge.revision})
    assert the_pledge().state == "accepted"
    unit.post(page_of(campaign, cast.office, "luu/"), fields(offered(campaign), seen=the_pledge().revision))
    assert PledgedWork.objects.count() == 1
    above.post(page_of(campaign, cast.office, "tra-lai/"), {"reason": "Cho sửa"})
    unit.post(page_of(campaign, cast.office, "luu/"), fields(offered(campaign), seen=the_pledge().revision))
    assert PledgedWork.objects.count() == 0


def test_what_changed_meanwhile_is_not_accepted_by_who_saw_the_old(
    above: Client, campaign: Campaign, cast: Cast
) -> None:
    pledge = make_pledge(campaign, cast.office, cast.users["neighbour"], "Cầu kênh Ba Si", state="submitted")
    actions.take_back(pledge=pledge, by=cast.users["neighbour"], at=timezone.now())
    again = queries.pledge_of(campaign.pk, cast.office.pk)
    actions.submit(pledge=again, seen=again.revision, by=cast.users["neighbour"], at=timezone.now())
    page = above.post(page_of(campaign, cast.office, "chap-nhan/"), {"seen": pledge.revision}, follow=True)
    assert ("Người khác vừa xử lý" in page.content.decode(), the_pledge().state) == (True, "submitted")


def test_the_unit_does_not_accept_its_own(unit: Client, campaign: Campaign, cast: Cast) -> None:
    make_pledge(campaign, cast.office, cast.users["neighbour"], "Cầu kênh Ba Si", state="submitted")
    assert unit.post(page_of(campaign, cast.office, "chap-nhan/")).status_code in (403, 404)


def test_as_many_queries_for_many_rows(unit: Client, campaign: Campaign, cast: Cast) -> None:
    def queries_of() -> int:
        unit.get(page_of(campaign, cast.office))
        with CaptureQueriesContext(connection) as seen:
            unit.get(page_of(campaign, cast.office))
        return len(seen)

    write(unit, campaign, cast.office, [work("Cầu dân sinh kênh Ba Si")])
    one = queries_of()
    more = [work(name) for name in ("Cầu kênh Tân Lộc", "Trạm bơm Tân Hòa", "Nhà văn hóa ấp Một")]
    write(unit, campaign, cast.office, more, seen=1)
    assert queries_of() == one
