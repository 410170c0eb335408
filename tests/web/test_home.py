"""The home page "Việc của tôi": what needs me now, what is coming, what I watch."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thidua_web.campaigns.actions.duties import mark_done
from thidua_web.campaigns.models import DutyDay
from thidua_web.campaigns.stages import EditionState, PlanState
from web.cast import PASSWORD, Cast
from web.launched import (
    ago,
    in_days,
    make_campaign,
    make_duty,
    make_edition,
    make_phase,
    make_plan,
    make_question,
)


class Page:
    """The three lists of the page, each line as its words."""

    def __init__(self, client: Client, cast: Cast, role: str, path: str = "/") -> None:
        client.force_login(cast.users[role])
        self.text = client.get(path).content.decode()
        now, _, rest = self.text.partition('class="work-beside"')
        ahead, _, watched = rest.partition('id="watched"')
        self.now, self.ahead, self.watched = (self.lines(part) for part in (now, ahead, watched))

    @staticmethod
    def lines(part: str) -> list[str]:
        found = re.findall(r'<li class="line.*?</li>', part, re.DOTALL)
        return [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in found]


@pytest.fixture
def campaign(cast: Cast):
    return make_campaign(cast.province, cast.users["head"], title="Thi đua nước rút")


def test_signing_in_leads_here(client: Client, cast: Cast) -> None:
    client.post("/dang-nhap/", {"login": "clerk", "password": PASSWORD})
    page = client.get("/").content.decode()
    assert ("<h1>Việc của tôi</h1>" in page, 'href="/" aria-current="page"' in page) == (True, True)


# What needs me now ---------------------------------------------------------------------------------------------------


def test_late_duties_come_first_and_the_latest_of_all_on_top(client: Client, cast: Cast, campaign) -> None:
    for days in (5, -1, -9, 0, 14):
        make_duty(campaign, in_days(days), units=[cast.province], what=f"Việc {days}.")
    make_edition(cast.province, cast.users["clerk"], state=EditionState.RETURNED, returned_at=ago(30), reason="Sai hạn")
    lines = Page(client, cast, "clerk").now
    said = ("Việc -9.", "Việc -1.", "Sai hạn", "Việc 0.", "Việc 5.", "Việc 14.")
    assert [one in line for one, line in zip(said, lines, strict=True)] == [True] * 6
    assert [line.split(" ", 3)[:3] for line in lines[:2]] == [["Quá", "hạn", "9"], ["Quá", "hạn", "1"]]


def test_a_duty_tells_whom_it_goes_to_and_which_day_the_plan_gives(client: Client, cast: Cast, campaign) -> None:
    make_duty(campaign, in_days(2), units=[cast.province], due=[in_days(4)], to="Sở Nội vụ")
    line = Page(client, cast, "clerk").now[0]
    parts = ("Còn 4 ngày", "Gửi Sở Nội vụ", "Thi đua nước rút", f"Kế hoạch ghi ngày {in_days(2):%d/%m/%Y}")
    assert [part in line for part in parts] == [True] * 4


def test_a_recurring_duty_has_one_line_a_section(client: Client, cast: Cast, campaign) -> None:
    days = [in_days(days) for days in (-21, -14, -7, 0, 7, 14, 21, 28, 35)]
    make_duty(campaign, *days, units=[cast.province], what="Báo cáo tuần")
    page = Page(client, cast, "clerk")
    assert (len(page.now), len(page.ahead)) == (2, 1)
    assert f"Còn 2 lần nữa đến {in_days(-7):%d/%m/%Y}" in page.now[0]


def test_what_is_done_ended_not_ours_or_not_launched_is_not_here(client: Client, cast: Cast, campaign) -> None:
    done = make_duty(campaign, in_days(-1), units=[cast.province]).days.get()
    mark_done(day=done, unit=cast.province, by=cast.users["head"], at=ago(2))
    make_duty(campaign, in_days(-1), units=[cast.office])
    make_duty(campaign, in_days(-1), units=[cast.province], ended_by=campaign.editions.get())
    moved = make_duty(campaign, in_days(-1), units=[cast.province])
    DutyDay.objects.filter(duty=moved).update(ended_by=campaign.editions.get())
    make_duty(campaign, None, units=[cast.province])
    prepared = make_edition(cast.province, cast.users["clerk"])
    make_duty(prepared.campaign, in_days(-1), units=[cast.province])
    assert Page(client, cast, "clerk").now == []


def test_done_by_another_unit_is_still_to_be_done_by_mine(client: Client, cast: Cast, campaign) -> None:
    day = make_duty(campaign, in_days(-1), units=[cast.province, cast.office]).days.get()
    mark_done(day=day, unit=cast.office, by=cast.users["neighbour"], at=timezone.now())
    assert (len(Page(client, cast, "clerk").now), len(Page(client, cast, "neighbour").now)) == (1, 0)


def test_what_was_marked_today_can_be_taken_back_here(client: Client, cast: Cast, campaign) -> None:
    day = make_duty(campaign, in_days(-1), units=[cast.province], what="Sơ kết").days.get()
    client.force_login(cast.users["clerk"])
    page = client.post(f"/nhiem-vu/{day.pk}/da-lam/", {"next": "/"}, follow=True).content.decode()
    assert ("Đã làm hôm nay" in page, f"/nhiem-vu/{day.pk}/chua-lam/" in page) == (True, True)
    page = client.post(f"/nhiem-vu/{day.pk}/chua-lam/", {"next": "/"}, follow=True).content.decode()
    assert ("Đã làm hôm nay" in page, f"/nhiem-vu/{day.pk}/da-lam/" in page) == (False, True)


def test_a_plan_under_review_tells_how_much_is_left(client: Client, cast: Cast) -> None:
    plan = make_plan(cast.province, cast.users["clerk"], verdicts=["pending"] * 34 + ["accepted"], at=ago(3))
    page = Page(client, cast, "clerk")
    assert ("Chờ 3 ngày" in page.now[0], "Còn 34 dữ kiện chưa đối chiếu" in page.now[0]) == (True, True)
    assert f'href="{plan.get_absolute_url()}"' in page.text


def test_a_plan_read_before_there_were_reviews_is_all_left(client: Client, cast: Cast) -> None:
    make_plan(cast.province, cast.users["clerk"])
    assert "Còn 3 dữ kiện chưa đối chiếu" in Page(client, cast, "clerk").now[0]


def test_a_reviewed_plan_leads_to_its_launch(client: Client, cast: Cast) -> None:
    plan = make_plan(cast.province, cast.users["clerk"], verdicts=["accepted", "rejected"])
    page = Page(client, cast, "clerk")
    assert ("Đã đối chiếu xong" in page.now[0], f"/ke-hoach/{plan.pk}/phat-dong/" in page.text) == (True, True)


def test_what_lies_with_the_head_is_the_heads_work_and_the_clerk_watches_it(client: Client, cast: Cast) -> None:
    make_edition(cast.province, cast.users["clerk"], at=ago(2), note="Xin phát động trước 02/9")
    head, clerk = Page(client, cast, "head"), Page(client, cast, "clerk")
    parts = ("Chờ 2 ngày", "Người clerk trình", "Xin phát động trước 02/9", "Xem và phát động")
    assert [part in head.now[0] for part in parts] == [True] * 4
    assert (head.watched, clerk.now) == ([], [])
    assert ("Đang chờ lãnh đạo" in clerk.watched[0], "Xem và phát động" in clerk.watched[0]) == (True, False)


def test_what_came_back_tells_why(client: Client, cast: Cast) -> None:
    fields = {"state": EditionState.RETURNED, "returned_at": ago(1), "returned_by": cast.users["head"]}
    make_edition(cast.province, cast.users["clerk"], reason="Thiếu chỉ tiêu giảm nghèo", **fields)
    line = Page(client, cast, "clerk").now[0]
    assert ("Người head trả lại: Thiếu chỉ tiêu giảm nghèo" in line, "Sửa và trình lại" in line) == (True, True)


def test_what_the_office_took_back_itself_has_no_reason(client: Client, cast: Cast) -> None:
    make_edition(cast.province, cast.users["clerk"], state=EditionState.RETURNED, returned_at=ago(1))
    assert "Đã rút về để sửa" in Page(client, cast, "clerk").now[0]


def test_open_questions_have_one_line_a_campaign(client: Client, cast: Cast, campaign) -> None:
    make_question(campaign, "Báo cáo tuần học thứ 22")
    make_question(campaign, "Tổng kết")
    answered = make_question(campaign, "Sơ kết")
    type(answered).objects.filter(pk=answered.pk).update(answered_at=timezone.now(), answered_by=cast.users["clerk"])
    (line,) = Page(client, cast, "clerk").now
    assert ("Còn 2 mốc chưa có ngày" in line, "tuần học thứ 22" in line, "Ấn định ngày" in line) == (True, True, True)


def test_a_plan_that_could_not_be_read_lately_is_here(client: Client, cast: Cast) -> None:
    make_plan(cast.province, cast.users["clerk"], state=PlanState.UNREADABLE, at=ago(2))
    make_plan(cast.province, cast.users["clerk"], state=PlanState.UNREADABLE, at=ago(40))
    (line,) = Page(client, cast, "clerk").now
    assert ("Không đọc được" in line, "Xem lý do" in line) == (True, True)


def test_a_long_list_is_cut_and_can_be_seen_whole(client: Client, cast: Cast, campaign) -> None:
    for _ in range(32):
        make_duty(campaign, in_days(-1), units=[cast.province])
    page = Page(client, cast, "clerk")
    assert (len(page.now), "Xem đủ 32 việc" in page.text) == (30, True)
    assert len(Page(client, cast, "clerk", "/?het").now) == 32


# What is coming, what I watch ----------------------------------------------------------------------------------------


def test_a_month_ahead_is_coming_and_no_more(client: Client, cast: Cast, campaign) -> None:
    for days in (15, 30, 31):
        make_duty(campaign, in_days(days), units=[cast.province], what=f"Việc {days}.")
    make_phase(campaign, in_days(20), in_days(50), label="Đợt 2", level="cấp xã")
    make_phase(campaign, in_days(-5), in_days(10))
    lines = Page(client, cast, "clerk").ahead
    said = ("Việc 15.", "Bắt đầu Đợt 2 (cấp xã)", "Việc 30.")
    assert [one in line for one, line in zip(said, lines, strict=True)] == [True] * 3


def test_running_campaigns_of_mine_and_of_units_above_are_watched(client: Client, cast: Cast, campaign) -> None:
    make_duty(campaign, in_days(-3), in_days(6), in_days(9), what="Báo cáo tháng")
    make_campaign(cast.office, cast.users["neighbour"], title="Của sở")
    make_campaign(cast.province, cast.users["head"], title="Đã hết", start=in_days(-90), end=in_days(-1))
    make_campaign(cast.province, cast.users["head"], title="Sắp bắt đầu", start=in_days(9), end=in_days(99))
    mine = Page(client, cast, "neighbour").watched
    assert sorted(title for title in ("Thi đua nước rút", "Của sở", "Sắp bắt đầu") if title in " ".join(mine)) == [
        "Của sở",
        "Sắp bắt đầu",
        "Thi đua nước rút",
    ]
    above = next(line for line in Page(client, cast, "clerk").watched if "nước rút" in line)
    parts = ("Còn 60 ngày", "UBND tỉnh Thử", f"Thời hạn kế tiếp {in_days(6):%d/%m/%Y}: Báo cáo tháng")
    assert [part in above for part in parts] == [True] * 3
    assert len(Page(client, cast, "clerk").watched) == 2


# Roles ---------------------------------------------------------------------------------------------------------------


def test_who_may_not_mark_a_duty_watches_the_late_ones(client: Client, cast: Cast, campaign) -> None:
    make_duty(campaign, in_days(-2), units=[cast.province], what="Trễ")
    make_duty(campaign, in_days(5), units=[cast.province], what="Gần")
    page = Page(client, cast, "auditor")
    assert (page.now, "Trễ" in page.watched[0], "Gần" in page.ahead[0]) == ([], True, True)
    assert "Đánh dấu đã làm" not in page.text


def test_others_never_see_the_work_of_the_office(client: Client, cast: Cast, campaign) -> None:
    make_plan(cast.province, cast.users["clerk"], verdicts=["pending"])
    make_edition(cast.province, cast.users["clerk"], state=EditionState.RETURNED, returned_at=ago(1), reason="Sai")
    make_question(campaign)
    for role in ("chair", "member", "council_secretary", "bloc_head", "auditor"):
        assert Page(client, cast, role).now == []
    assert len(Page(client, cast, "appraiser").now) == 3


def test_a_neighbour_sees_nothing_of_my_plans(client: Client, cast: Cast) -> None:
    make_plan(cast.province, cast.users["clerk"], verdicts=["pending"])
    make_edition(cast.province, cast.users["clerk"])
    page = Page(client, cast, "neighbour")
    assert (page.now, page.ahead, page.watched) == ([], [], [])


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("clerk", "Không còn việc nào phải làm ngay."),
        ("head", "Không có gì chờ bạn."),
        ("chair", "Chưa có việc nào chờ bạn."),
        ("administrator", "Giữ cho hệ thống chạy"),
        ("stranger", "chưa được giao vai trò"),
    ],
)
def test_an_empty_page_says_so_in_words_for_the_role(client: Client, cast: Cast, role: str, said: str) -> None:
    assert said in Page(client, cast, role).text


def fill(cast: Cast, times: int) -> None:
    clerk = cast.users["clerk"]
    for _ in range(times):
        campaign = make_campaign(cast.province, clerk)
        for days in (-3, 3, 20):
            make_duty(campaign, in_days(days), units=[cast.province])
        done = make_duty(campaign, in_days(-5), units=[cast.province]).days.get()
        mark_done(day=done, unit=cast.province, by=clerk, at=timezone.now())
        make_phase(campaign, in_days(10), in_days(20))
        make_question(campaign)
        make_plan(cast.province, clerk, verdicts=["pending"])
        make_plan(cast.province, clerk, state=PlanState.UNREADABLE)
        make_edition(cast.province, clerk)
        make_edition(
            cast.province, clerk, state=EditionState.RETURNED, returned_at=ago(1), returned_by=clerk, reason="x"
        )


def queries(client: Client) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get("/").status_code == 200
    return len(captured)


@pytest.mark.parametrize("role", ["clerk", "head", "auditor"])
def test_the_number_of_queries_does_not_grow(client: Client, cast: Cast, role: str) -> None:
    client.force_login(cast.users[role])
    fill(cast, 1)
    client.get("/")
    one = queries(client)
    fill(cast, 2)
    assert queries(client) == one <= 34
