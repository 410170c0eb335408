"""The desk of a campaign's duties: filters in the address, counts by state, whose duty it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.campaigns.actions.duties import mark_done
from thidua_web.campaigns.models import Campaign, Duty, DutyDay, DutyUnit
from thidua_web.campaigns.queries.duty_desk import ON_A_PAGE, DutyState, Filter, desk
from web.cast import Cast
from web.launched import in_days, make_campaign, make_duty, today


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    """One duty of every state; the late one is the office's, the others are everybody's."""
    made = make_campaign(cast.province, cast.users["head"])
    make_duty(made, in_days(-3), units=[cast.office], what="Báo cáo trễ")
    make_duty(made, in_days(5), units=[cast.office, cast.province], what="Gửi hồ sơ")
    make_duty(made, in_days(90), units=[cast.province], what="Tổng kết")
    make_duty(made, None, units=[cast.office], what="Tuyên truyền thường xuyên", nature="task")
    done = make_duty(made, in_days(-30), units=[cast.office], what="Đăng ký")
    mark_done(day=done.days.get(), unit=cast.office, by=cast.users["neighbour"], at=timezone.now())
    return made


def what(campaign: Campaign, **asked) -> list[str]:
    return [day.duty.what for day in desk(campaign.pk, Filter(**asked), today=today()).days]


def page_of(client: Client, cast: Cast, user: str, campaign: Campaign, query: str = "") -> str:
    client.force_login(cast.users[user])
    answer = client.get(f"/phong-trao/{campaign.pk}/nhiem-vu/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_days_come_by_due_day_and_those_without_last(campaign: Campaign) -> None:
    assert what(campaign) == ["Đăng ký", "Báo cáo trễ", "Gửi hồ sơ", "Tổng kết", "Tuyên truyền thường xuyên"]


def test_every_state_is_counted(campaign: Campaign) -> None:
    counts = desk(campaign.pk, Filter(), today=today()).counts
    assert counts == dict.fromkeys(DutyState.values, 1)


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("late", "Báo cáo trễ"),
        ("soon", "Gửi hồ sơ"),
        ("later", "Tổng kết"),
        ("done", "Đăng ký"),
        ("undated", "Tuyên truyền thường xuyên"),
    ],
)
def test_one_state_alone(campaign: Campaign, state: str, found: str) -> None:
    assert what(campaign, state=state) == [found]


def test_a_day_is_late_only_after_it(campaign: Campaign, cast: Cast) -> None:
    make_duty(campaign, today(), units=[cast.office], what="Hôm nay")
    assert "Hôm nay" in what(campaign, state="soon")


def test_one_unit_sees_its_own_and_what_it_has_done_itself(campaign: Campaign, cast: Cast) -> None:
    assert what(campaign, unit=cast.province.pk) == ["Gửi hồ sơ", "Tổng kết"]
    day = DutyDay.objects.get(duty__what="Gửi hồ sơ")
    mark_done(day=day, unit=cast.province, by=cast.users["clerk"], at=timezone.now())
    assert what(campaign, unit=cast.province.pk, state="done") == ["Gửi hồ sơ"]
    assert "Gửi hồ sơ" in what(campaign, unit=cast.office.pk, state="soon")
    assert "Gửi hồ sơ" in what(campaign, state="soon")


def test_words_are_found_without_marks_and_in_any_order(campaign: Campaign) -> None:
    Duty.objects.filter(what="Gửi hồ sơ").update(folded="gui ho so")
    assert what(campaign, words="hồ SƠ gửi") == ["Gửi hồ sơ"]


def test_days_between_two_days(campaign: Campaign) -> None:
    assert what(campaign, first=in_days(0), last=in_days(30)) == ["Gửi hồ sơ"]


def test_what_an_amendment_ended_is_not_there(campaign: Campaign) -> None:
    edition = campaign.editions.get()
    Duty.objects.filter(what="Tổng kết").update(ended_by=edition)
    DutyDay.objects.filter(duty__what="Đăng ký").update(ended_by=edition)
    assert what(campaign) == ["Báo cáo trễ", "Gửi hồ sơ", "Tuyên truyền thường xuyên"]


# The page ------------------------------------------------------------------------------------------------------------


def test_the_owner_sees_how_many_units_have_done_it(client: Client, cast: Cast, campaign: Campaign) -> None:
    page = page_of(client, cast, "clerk", campaign)
    assert ("0/2 đơn vị đã làm" in page, "1/1 đơn vị đã làm" in page) == (True, True)


def test_whoever_works_below_sees_the_own_unit_first_and_can_mark(
    client: Client, cast: Cast, campaign: Campaign
) -> None:
    page = page_of(client, cast, "neighbour", campaign)
    assert ("Tổng kết" in page, "Báo cáo trễ" in page, "Đánh dấu đã làm" in page) == (False, True, True)
    everything = page_of(client, cast, "neighbour", campaign, "?don_vi=moi")
    assert ("Tổng kết" in everything, "Đánh dấu đã làm" in everything, "đơn vị đã làm" in everything) == (
        True,
        False,
        False,
    )


def test_nobody_below_may_ask_about_another_unit(client: Client, cast: Cast, campaign: Campaign) -> None:
    page = page_of(client, cast, "neighbour", campaign, f"?don_vi={cast.province.pk}")
    assert "Tổng kết" not in page


def test_the_address_keeps_the_filters(client: Client, cast: Cast, campaign: Campaign) -> None:
    page = page_of(client, cast, "clerk", campaign, "?trang_thai=late&tim=bao")
    assert ('<option value="late" selected>' in page, 'value="bao"' in page) == (True, True)
    assert "?don_vi=moi&amp;tim=bao" in page


@pytest.mark.parametrize(
    "query", ["?tu=31/02/2026", "?trang_thai=khong", "?don_vi=x", "?trang=99999", "?trang=-1", "?tu=9999-99-99"]
)
def test_an_address_that_makes_no_sense_is_no_failure(
    client: Client, cast: Cast, campaign: Campaign, query: str
) -> None:
    page_of(client, cast, "clerk", campaign, query)


def test_a_wrong_day_is_said_at_its_field_and_kept(client: Client, cast: Cast, campaign: Campaign) -> None:
    page = page_of(client, cast, "clerk", campaign, "?tu=31/02/2026")
    assert ("không phải là một ngày" in page, "31/02/2026" in page) == (True, True)


def test_pages_of_fifty(client: Client, cast: Cast, campaign: Campaign) -> None:
    duty = Duty.objects.get(what="Tổng kết")
    DutyDay.objects.bulk_create(DutyDay(duty=duty, day=in_days(100 + n), due=in_days(100 + n)) for n in range(60))
    first, second = (page_of(client, cast, "clerk", campaign, f"?trang={n}") for n in (1, 2))
    assert ("1–50 trong 65" in first, "51–65 trong 65" in second) == (True, True)


def test_htmx_gets_the_desk_alone(client: Client, cast: Cast, campaign: Campaign) -> None:
    client.force_login(cast.users["clerk"])
    page = client.get(f"/phong-trao/{campaign.pk}/nhiem-vu/", headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in page, "Báo cáo trễ" in page) == (False, True)


def test_an_empty_answer_says_so(client: Client, cast: Cast, campaign: Campaign) -> None:
    assert "Không có nhiệm vụ nào khớp" in page_of(client, cast, "clerk", campaign, "?tim=khongco")


def test_as_many_questions_for_three_duties_as_for_one(
    client: Client, cast: Cast, django_assert_max_num_queries
) -> None:
    asked = []
    for n in (1, 3):
        campaign = make_campaign(cast.province, cast.users["head"])
        for i in range(n):
            make_duty(campaign, in_days(i), units=[cast.office, cast.province], what=f"Việc {i}")
        client.force_login(cast.users["neighbour"])
        with django_assert_max_num_queries(30) as queries:
            client.get(f"/phong-trao/{campaign.pk}/nhiem-vu/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_of_five_thousand_duties_a_page_at_a_time_is_drawn(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    campaign = make_campaign(cast.province, cast.users["head"])
    model = make_duty(campaign, what="mẫu")
    fields = {
        name: getattr(model, name) for name in ("campaign", "document", "quote", "nature", "what", "folded", "begun_by")
    }
    duties = Duty.objects.bulk_create(
        Duty(**fields, key=f"d-{n}", span_start=0, span_end=1, place=n) for n in range(5000)
    )
    DutyDay.objects.bulk_create(
        DutyDay(duty=duty, day=in_days(n % 300), due=in_days(n % 300)) for n, duty in enumerate(duties)
    )
    DutyUnit.objects.bulk_create(
        DutyUnit(duty=duty, unit=unit) for duty in duties for unit in (cast.office, cast.province)
    )
    client.force_login(cast.users["clerk"])
    with django_assert_max_num_queries(30):
        page = client.get(f"/phong-trao/{campaign.pk}/nhiem-vu/?trang=50").content.decode()
    assert page.count('<tr class="row-') == ON_A_PAGE


def test_a_deadline_on_a_day_off_says_why_it_is_due_later(client: Client, cast: Cast, campaign: Campaign) -> None:
    page = page_of(client, cast, "clerk", campaign)
    assert "Hạn rơi vào ngày nghỉ được tính đến ngày làm việc tiếp theo." in page
    assert "khoản 5 Điều 148, Bộ luật Dân sự số 91/2015/QH13 (chưa đối chiếu với văn bản gốc)" in page
