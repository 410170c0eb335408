"""All pledges of a campaign for the unit that launched it: who has, who has not, many accepted at once, totals."""

from __future__ import annotations

import datetime
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from thidua_web.campaigns.models import Campaign, DutyDay
from thidua_web.journal.models import JournalLine
from thidua_web.progress.actions import pledges as actions
from thidua_web.progress.actions.gathering import gather
from thidua_web.progress.models import Pledge
from thidua_web.progress.queries import pledges as queries
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Unit, UnitKind
from web.cast import LONG_AGO, Cast
from web.launched import make_campaign, make_target
from web.pledging import asking, fields, make_pledge, offered, page_of, work


@pytest.fixture
def offices(cast: Cast) -> list[Unit]:
    return [
        create_unit(code=code, name=name, kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO)
        for code, name in (("A", "Sở Giao thông"), ("B", "Sở Xây dựng"))
    ]


@pytest.fixture
def campaign(cast: Cast, offices: list[Unit]) -> Campaign:
    return asking(cast)


@pytest.fixture
def above(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def page(client: Client, campaign: Campaign, query: str = "", act: str = "") -> str:
    return client.get(f"/phong-trao/{campaign.pk}/dang-ky/{act}{query}").content.decode()


def names(text: str) -> list[str]:
    return [name for name in ("Sở Giao thông", "Sở Thử", "Sở Xây dựng") if f">{name}</a>" in text]


def test_it_lists_everybody_that_the_plan_asks_with_where_they_stand(
    above: Client, campaign: Campaign, cast: Cast, offices: list[Unit]
) -> None:
    make_pledge(campaign, offices[0], cast.users["clerk"], "Cầu kênh Ba Si", state="submitted")
    text = page(above, campaign)
    assert names(text) == ["Sở Giao thông", "Sở Thử", "Sở Xây dựng"]
    assert ("Chờ chấp nhận <b>1</b>" in text, "Chưa đăng ký <b>2</b>" in text) == (True, True)
    assert "2 chỉ tiêu, 1 công trình" in text


def test_filters_are_a_sentence_in_the_address(
    above: Client, campaign: Campaign, cast: Cast, offices: list[Unit]
) -> None:
    make_pledge(campaign, offices[0], cast.users["clerk"], "Cầu kênh Ba Si", state="submitted")
    assert names(page(above, campaign, "?tinh_trang=none")) == ["Sở Thử", "Sở Xây dựng"]
    assert names(page(above, campaign, "?tim=xay")) == ["Sở Xây dựng"]
    assert len(names(page(above, campaign, "?cap=department"))) == 3
    assert names(page(above, campaign, "?xem=on")) == []


def test_who_has_not_by_the_day_is_late_and_who_had_is_not(
    above: Client, campaign: Campaign, cast: Cast, offices: list[Unit]
) -> None:
    make_pledge(campaign, offices[0], cast.users["clerk"], "Cầu kênh Ba Si", state="submitted")
    before = timezone.localdate() - datetime.timedelta(days=2)
    DutyDay.objects.filter(duty__campaign=campaign, duty__folded__contains="dang ky").update(due=before)
    assert names(page(above, campaign, "?muon=on")) == ["Sở Thử", "Sở Xây dựng"]


def test_whoever_works_below_is_led_to_the_own_pledge(campaign: Campaign, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.users["neighbour"])
    answer = client.get(f"/phong-trao/{campaign.pk}/dang-ky/")
    assert (answer.status_code, answer["Location"]) == (302, page_of(campaign, cast.office))


# Many at once ---------------------------------------------------------------------------------------------------------


def test_those_without_findings_are_accepted_at_once_and_the_button_says_how_many(
    above: Client, campaign: Campaign, cast: Cast, offices: list[Unit]
) -> None:
    user = cast.users["clerk"]
    clean = [make_pledge(campaign, unit, user, f"Cầu kênh {unit.code}", state="submitted") for unit in offices]
    doubtful = make_pledge(campaign, cast.office, user)
    Pledge.objects.filter(pk=doubtful.pk).update(note="Chưa có vốn")
    doubtful.refresh_from_db()
    assert actions.submit(pledge=doubtful, seen=1, by=user, at=timezone.now()).refusal is None
    assert "Chấp nhận 2 đăng ký" in page(above, campaign)
    sent = ",".join(f"{one.unit_id}:{one.revision}" for one in (*clean, doubtful))
    said = above.post(f"/phong-trao/{campaign.pk}/dang-ky/chap-nhan/", {"chon": sent}, follow=True).content.decode()
    assert "Đã chấp nhận 2 đăng ký." in said
    assert sorted(Pledge.objects.values_list("state", flat=True)) == ["accepted", "accepted", "submitted"]
    assert JournalLine.objects.filter(act="pledge.accepted").count() == 2


def test_a_target_left_out_with_a_reason_holds_nothing_back_and_is_seen(
    above: Client, campaign: Campaign, cast: Cast
) -> None:
    unit = Client()
    unit.force_login(cast.users["neighbour"])
    first, second = offered(campaign)
    left = {**second, "left_out": "on", "why": "Không có đất trồng"}
    unit.post(page_of(campaign, cast.office, "gui/"), fields([first, left], [work("Cầu kênh Ba Si")]))
    text = page(above, campaign)
    assert ("Chấp nhận 1 đăng ký" in text, "không nhận 1 chỉ tiêu" in text) == (True, True)
    read = above.get(page_of(campaign, cast.office)).content.decode()
    assert "Lý do không nhận:</span> Không có đất trồng" in read


def test_what_changed_since_the_page_was_opened_stays(
    above: Client, campaign: Campaign, cast: Cast, offices: list[Unit]
) -> None:
    pledge = make_pledge(campaign, offices[0], cast.users["clerk"], "Cầu kênh Ba Si", state="submitted")
    sent = {"chon": f"{pledge.unit_id}:{pledge.revision - 1}"}
    above.post(f"/phong-trao/{campaign.pk}/dang-ky/chap-nhan/", sent)
    assert Pledge.objects.get().state == "submitted"


def test_a_pledge_is_read_beside_the_list(above: Client, campaign: Campaign, cast: Cast, offices: list[Unit]) -> None:
    make_pledge(campaign, offices[0], cast.users["clerk"], "Cầu kênh Ba Si", state="submitted")
    part = above.get(page_of(campaign, offices[0], "xem/"), HTTP_HX_REQUEST="true").content.decode()
    assert ("Cầu kênh Ba Si" in part, "<html" in part) == (True, False)
    assert "Đơn vị chưa đăng ký" in above.get(page_of(campaign, offices[1], "xem/")).content.decode()


def test_works_that_look_alike_stand_side_by_side(
    above: Client, campaign: Campaign, cast: Cast, offices: list[Unit]
) -> None:
    user = cast.users["clerk"]
    make_pledge(campaign, offices[0], user, "Xây dựng cầu Ba Si xã Tân Lộc", state="submitted")
    make_pledge(campaign, offices[1], user, "Cầu Ba Si xã Tân Lộc", "Trạm bơm Láng Thé", state="submitted")
    text = page(above, campaign, act="giong-nhau/")
    assert ("Cầu Ba Si xã Tân Lộc" in text, "Sở Giao thông" in text, "Trạm bơm" in text) == (True, True, False)


# Totals ---------------------------------------------------------------------------------------------------------------


def test_counts_are_added_up_and_shares_are_not(
    above: Client, campaign: Campaign, cast: Cast, offices: list[Unit]
) -> None:
    for unit in offices:
        make_pledge(campaign, unit, cast.users["clerk"], f"Cầu kênh {unit.code}", state="submitted")
    text = page(above, campaign, act="tong-hop/")
    assert ("<strong>400</strong>" in text, "không cộng" in text, "198" in text) == (True, True, False)
    assert ("Cầu kênh A" in text, "Cầu kênh B" in text) == (True, True)


def test_the_workbook_has_every_row_and_no_formula(
    above: Client, campaign: Campaign, cast: Cast, offices: list[Unit]
) -> None:
    make_pledge(campaign, offices[0], cast.users["clerk"], "=1+1 cầu Ba Si", state="submitted")
    answer = above.post(f"/phong-trao/{campaign.pk}/dang-ky/tong-hop.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheet_names == ["Tổng hợp chỉ tiêu", "Chỉ tiêu", "Công trình"]
    works, targets = (book.get_sheet_by_name(name).to_python() for name in ("Công trình", "Chỉ tiêu"))
    assert (works[1][2], len(targets)) == ("=1+1 cầu Ba Si", 3)
    assert JournalLine.objects.filter(act="pledge.exported").exists()


def test_what_is_accepted_below_goes_into_the_own_pledge_and_again_only_brings_it_up_to_date(
    above: Client, campaign: Campaign, cast: Cast, offices: list[Unit]
) -> None:
    top = asking_above(cast, campaign)
    user = cast.users["clerk"]
    for unit in offices:
        make_pledge(campaign, unit, user, f"Cầu kênh {unit.code}", state="accepted")
    make_pledge(campaign, cast.office, user, "Trạm bơm Láng Thé", state="submitted")
    assert "Đưa vào đăng ký của đơn vị mình" in page(above, campaign, act="tong-hop/")
    for _ in range(2):
        done = above.post(f"/phong-trao/{campaign.pk}/dang-ky/tong-hop/dua-len/", follow=True).content.decode()
        assert "Đã đưa 2 công trình" in done
    own = Pledge.objects.get(campaign=top, unit=cast.province)
    assert sorted(own.works.values_list("name", "part_of__pledge__unit__name")) == [
        ("Cầu kênh A", "Sở Giao thông"),
        ("Cầu kênh B", "Sở Xây dựng"),
    ]
    assert own.targets.filter(gathered=2).get().value == 400.0


def test_the_sum_is_the_number_of_the_target_that_the_plan_above_has_itself(
    campaign: Campaign, cast: Cast, offices: list[Unit]
) -> None:
    top = asking_above(cast, campaign)
    make_target(top, "Trồng mới", op=">=", value=5000, unit="cây xanh")
    user = cast.users["clerk"]
    for unit in offices:
        make_pledge(campaign, unit, user, f"Cầu kênh {unit.code}", state="accepted")
    campaign.refresh_from_db()
    for _ in range(2):
        gather(campaign=campaign, by=user, at=timezone.now())
    row = Pledge.objects.get(campaign=top).targets.get()
    assert (row.value, row.gathered) == (400.0, 2)
    Pledge.objects.filter(campaign=campaign).update(state="returned")
    gather(campaign=campaign, by=user, at=timezone.now())
    row.refresh_from_db()
    assert (row.value, row.gathered) == (None, 0)


def asking_above(cast: Cast, campaign: Campaign) -> Campaign:
    """A campaign that this one carries out; the province pledges to itself here, for want of a State above it."""
    top = make_campaign(cast.province, cast.users["head"])
    Campaign.objects.filter(pk=campaign.pk).update(parent=top)
    return top


def test_what_is_handed_in_above_is_not_changed_from_below(campaign: Campaign, cast: Cast, offices: list[Unit]) -> None:
    top = asking_above(cast, campaign)
    user = cast.users["clerk"]
    make_pledge(top, cast.province, user, "Cầu kênh Ba Si", state="submitted")
    make_pledge(campaign, offices[0], user, "Cầu kênh A", state="accepted")
    campaign.refresh_from_db()
    assert gather(campaign=campaign, by=user, at=timezone.now()).pledge is None


def test_as_many_queries_for_many_pledges(above: Client, campaign: Campaign, cast: Cast, offices: list[Unit]) -> None:
    def queries_of() -> list[int]:
        counts = []
        for act in ("", "tong-hop/", "giong-nhau/"):
            page(above, campaign, act=act)
            with CaptureQueriesContext(connection) as seen:
                page(above, campaign, act=act)
            counts.append(len(seen))
        return counts

    user = cast.users["clerk"]
    make_pledge(campaign, offices[0], user, "Cầu Ba Si xã Tân Lộc", state="submitted")
    make_pledge(campaign, offices[1], user, "Xây cầu Ba Si xã Tân Lộc", state="submitted")
    one = queries_of()
    make_pledge(campaign, cast.office, user, "Cầu Ba Si, Tân Lộc", "Trạm bơm Láng Thé", state="submitted")
    assert queries_of() == one


def test_home_tells_what_waits_and_what_came_back(campaign: Campaign, cast: Cast) -> None:
    pledge = make_pledge(campaign, cast.office, cast.users["neighbour"], "Cầu kênh Ba Si", state="submitted")
    client = Client()
    client.force_login(cast.users["clerk"])
    assert "1 đăng ký chờ chấp nhận" in client.get("/").content.decode()
    actions.send_back(pledge=pledge, reason="Ghi rõ địa điểm", by=cast.users["clerk"], at=timezone.now())
    client.force_login(cast.users["neighbour"])
    text = client.get("/").content.decode()
    assert ("Ghi rõ địa điểm" in text, "Sửa đăng ký" in text) == (True, True)


def test_a_draft_saved_from_the_page_stands_on_the_list(campaign: Campaign, cast: Cast, above: Client) -> None:
    unit = Client()
    unit.force_login(cast.users["neighbour"])
    unit.post(page_of(campaign, cast.office, "luu/"), fields(offered(campaign), [work("Cầu kênh Ba Si")]))
    assert queries.pledge_of(campaign.pk, cast.office.pk) is not None
    assert "Đang soạn <b>1</b>" in page(above, campaign)
