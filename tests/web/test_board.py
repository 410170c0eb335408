"""The board of a campaign: who sees which rows, the stillest first, what leads where, and what a unit does there."""

from __future__ import annotations

import datetime
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from thidua.deployment import STEPS, step_reached, still
from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.campaigns.actions import deployments as actions
from thidua_web.campaigns.models import Campaign, Deployment, Edition, PlanDocument, PlanReading
from thidua_web.campaigns.pages import heat_map as drawing
from thidua_web.campaigns.queries import board as queries
from thidua_web.campaigns.queries.board import Filter, Scope
from thidua_web.campaigns.queries.deployments import standing_of
from thidua_web.journal.models import JournalLine
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Unit, UnitKind
from web.cast import LONG_AGO, Cast, make_user
from web.launched import ago, in_days, make_campaign, make_duty, make_plan

SHOWN = r"\d\d/\d\d/\d{4}"


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    """Sent to the office, which has done nothing for a month."""
    campaign = make_campaign(cast.province, cast.users["head"], title="Thi đua năm 2030")
    sent(campaign, cast.office, at=ago(30))
    return campaign


def sent(campaign: Campaign, unit: Unit, *, at: datetime.datetime, **steps: object) -> Deployment:
    row = Deployment(campaign=campaign, unit=unit, sent_at=at, moved_at=at, **steps)
    row.moved_at = row.last_moment()
    row.save()
    return row


def unit(cast: Cast, name: str, kind: UnitKind = UnitKind.COMMUNE, parent: Unit | None = None) -> Unit:
    return create_unit(code=name, name=name, kind=kind, parent=parent or cast.province, valid_from=LONG_AGO)


def path(campaign: Campaign, more: str = "") -> str:
    return f"/phong-trao/{campaign.pk}/trien-khai/{more}"


def see(client: Client, cast: Cast, who: str, address: str) -> str:
    client.force_login(cast.users[who])
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def rows_of(page: str) -> list[str]:
    return re.findall(r'<td class="lead"><strong>([^<]+)', page)


# Who sees what --------------------------------------------------------------------------------------------------------


def test_whoever_launched_it_sees_every_unit_and_a_unit_below_its_own_row_and_those_below_it(
    client: Client, cast: Cast, campaign: Campaign
) -> None:
    room = unit(cast, "Phòng Tổ chức", UnitKind.OFFICE, cast.office)
    for one in (room, unit(cast, "UBND xã Tân Lộc")):
        sent(campaign, one, at=ago(1))
    assert set(rows_of(see(client, cast, "auditor", path(campaign)))) == {"Sở Thử", "Phòng Tổ chức", "UBND xã Tân Lộc"}
    for address in (path(campaign), path(campaign, "ban-do/"), path(campaign, "dieu-kien/")):
        assert "Tân Lộc" not in see(client, cast, "neighbour", address)
    assert set(rows_of(see(client, cast, "neighbour", path(campaign)))) == {"Sở Thử", "Phòng Tổ chức"}


def test_the_board_is_one_of_the_campaign_s_pages(client: Client, cast: Cast, campaign: Campaign) -> None:
    assert f'href="{path(campaign)}"' in see(client, cast, "clerk", campaign.get_absolute_url())


def test_a_campaign_that_came_to_nobody_says_so(client: Client, cast: Cast) -> None:
    campaign = make_campaign(cast.province, cast.users["head"])
    assert "chưa đến đơn vị nào" in see(client, cast, "clerk", path(campaign))


# Rows -----------------------------------------------------------------------------------------------------------------


def test_the_stillest_stand_on_top_and_what_is_summed_up_at_the_end(
    client: Client, cast: Cast, campaign: Campaign
) -> None:
    done = {"received_at": ago(50), "summarised_at": ago(40)}
    sent(campaign, unit(cast, "Xã Xong"), at=ago(60), **done)
    sent(campaign, unit(cast, "Xã Mới"), at=ago(30), received_at=ago(2))
    sent(campaign, unit(cast, "Xã Lâu"), at=ago(45))
    page = see(client, cast, "clerk", path(campaign))
    assert rows_of(page) == ["Xã Lâu", "Sở Thử", "Xã Mới", "Xã Xong"]
    row = Deployment.objects.get(unit__name="Xã Lâu")
    quiet = still(standing_of(row), on=timezone.localdate())
    assert quiet is not None
    assert f"<b>{quiet.working_days}</b> ngày làm việc" in page


def test_every_row_says_where_the_unit_stands_and_what_it_missed(
    client: Client, cast: Cast, campaign: Campaign
) -> None:
    page = see(client, cast, "clerk", path(campaign))
    assert "Mới gửi, chưa xác nhận đã nhận" in page
    assert re.search(r'<span class="lapse">hạn \d\d/\d\d/\d{4}, quá \d+ ngày làm việc</span>', page)


def test_a_day_that_the_plan_names_for_a_step_is_the_one_that_was_missed(
    client: Client, cast: Cast, campaign: Campaign
) -> None:
    what = {"what": "Phát động xong ở đơn vị", "folded": "phat dong xong o don vi"}
    make_duty(campaign, in_days(-10), in_days(40), units=[cast.office], **what)
    page = see(client, cast, "clerk", path(campaign))
    assert re.search(rf'<span class="lapse">kế hoạch ghi hạn {SHOWN}, quá \d+ ngày làm việc</span>', page)
    own = see(client, cast, "neighbour", path(campaign))
    assert re.search(rf"Chưa phát động, quá \d+ ngày làm việc so với ngày {SHOWN} mà kế hoạch ghi", own)


def test_cells_lead_on_where_the_viewer_may_follow(client: Client, cast: Cast, campaign: Campaign) -> None:
    plan = make_plan(cast.office, cast.users["neighbour"], title="Kế hoạch Sở Thử")
    PlanReading.objects.filter(document=plan).update(faults=2)
    child = make_campaign(cast.office, cast.users["neighbour"], title="Phong trào của Sở")
    Deployment.objects.filter(campaign=campaign).update(
        received_at=ago(9), plan=plan, planned_at=ago(8), child=child, launched_at=ago(7)
    )
    sent(child, unit(cast, "Phòng A", UnitKind.OFFICE, cast.office), at=ago(7), launched_at=ago(5))
    sent(child, unit(cast, "Phòng B", UnitKind.OFFICE, cast.office), at=ago(7))
    page = see(client, cast, "clerk", path(campaign))
    assert f'href="/ke-hoach/{plan.pk}/"' in page
    assert f'href="{child.get_absolute_url()}"' in page
    assert "2 chỗ cần sửa" in page
    assert "Cấp dưới: 1/2 đơn vị đã phát động" in page
    assert client.get(f"/ke-hoach/{plan.pk}/").status_code == 200
    assert client.get(path(child)).status_code == 200


def test_a_launch_on_paper_shows_its_day_and_number(client: Client, cast: Cast, campaign: Campaign) -> None:
    Deployment.objects.update(received_at=ago(9), launched_at=ago(1), launched_on=in_days(-5), paper="15/KH-ST")
    page = see(client, cast, "clerk", path(campaign))
    assert "văn bản giấy 15/KH-ST" in page
    assert f"{in_days(-5):%d/%m/%Y}" in page


def test_filters_narrow_the_rows_and_counts_stay(client: Client, cast: Cast, campaign: Campaign) -> None:
    sent(campaign, unit(cast, "Xã Đã Nhận"), at=ago(30), received_at=ago(2))
    sent(campaign, unit(cast, "Xã Im Lặng"), at=ago(30))
    for query, names in (
        ("cap=communes", ["Xã Im Lặng", "Xã Đã Nhận"]),
        ("cap=communes&buoc=received", ["Xã Đã Nhận"]),
        ("tim=da+nhan", ["Xã Đã Nhận"]),
        (f"don_vi={cast.office.pk}", ["Sở Thử"]),
        (f"thuoc={cast.province.pk}", ["Xã Im Lặng", "Sở Thử", "Xã Đã Nhận"]),
        ("buoc=reported", []),
        ("cap=sai&buoc=sai&thuoc=sai&trang=999999999999", ["Xã Im Lặng", "Sở Thử", "Xã Đã Nhận"]),
    ):
        page = see(client, cast, "clerk", f"{path(campaign)}?{query}")
        assert sorted(rows_of(page)) == sorted(names), query
    counts = queries.counts(Scope(campaign.pk))
    assert counts == {("departments", "sent"): 1, ("communes", "sent"): 1, ("communes", "received"): 1}


def test_every_number_of_the_counts_leads_to_those_units(client: Client, cast: Cast, campaign: Campaign) -> None:
    sent(campaign, unit(cast, "Xã Đã Nhận"), at=ago(30), received_at=ago(2))
    page = see(client, cast, "clerk", path(campaign))
    found = re.findall(r'<td class="num"[^>]*><a href="([^"]+)">(\d+)', page)
    assert len(found) == 4
    for href, n in found:
        address = href.replace("&amp;", "&").split("#")[0]
        assert len(rows_of(see(client, cast, "clerk", address))) == int(n)


def test_long_boards_come_in_pages(client: Client, cast: Cast, campaign: Campaign) -> None:
    fill(campaign, cast, 120)
    first, last = (rows_of(see(client, cast, "clerk", f"{path(campaign)}?trang={n}")) for n in (1, 3))
    assert (len(first), len(last)) == (50, 21)
    assert set(first).isdisjoint(last)


def fill(campaign: Campaign, cast: Cast, n: int) -> None:
    units = [
        Unit(code=f"X{i}", name=f"Xã {i}", kind=UnitKind.COMMUNE, parent=cast.province, valid_from=LONG_AGO)
        for i in range(n)
    ]
    for place, one in enumerate(units):
        one.fill_keys()
        one.path = f"{cast.province.path}{10_000 + place}/"
    units = Unit.objects.bulk_create(units, batch_size=500)
    Deployment.objects.bulk_create(
        (Deployment(campaign=campaign, unit=one, sent_at=ago(40), moved_at=ago(40)) for one in units), batch_size=500
    )


# Below ----------------------------------------------------------------------------------------------------------------


def test_levels_below_are_added_up_and_every_unit_counts_once(client: Client, cast: Cast, campaign: Campaign) -> None:
    child = make_campaign(cast.office, cast.users["neighbour"])
    Campaign.objects.filter(pk=child.pk).update(parent=campaign)
    room = unit(cast, "Phòng A", UnitKind.OFFICE, cast.office)
    for one in (campaign, child):
        sent(one, room, at=ago(3))
    page = see(client, cast, "clerk", path(campaign))
    assert "2 đơn vị, mỗi đơn vị tính một lần" in page
    assert "Cấp triển khai thứ 2" in page
    levels = queries.levels_down(campaign)
    assert [(level.depth, level.campaigns, level.units) for level in levels] == [(1, 1, 2), (2, 1, 1)]


# Queries --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", ["", "ban-do/", "dieu-kien/"])
def test_the_number_of_queries_does_not_grow(client: Client, cast: Cast, campaign: Campaign, more: str) -> None:
    rich(campaign, cast, cast.office)
    asked = [count(client, cast, path(campaign, more))]
    for name in ("Sở Hai", "Sở Ba"):
        rich(campaign, cast, unit(cast, name, UnitKind.DEPARTMENT))
    asked.append(count(client, cast, path(campaign, more)))
    assert asked[0] == asked[1] <= 26


def rich(campaign: Campaign, cast: Cast, one: Unit) -> None:
    """A unit with everything: a plan, a campaign of its own that was sent on."""
    plan, child = make_plan(one, cast.users["clerk"]), make_campaign(one, cast.users["clerk"])
    Campaign.objects.filter(pk=child.pk).update(parent=campaign)
    Deployment.objects.filter(campaign=campaign, unit=one).delete()
    sent(campaign, one, at=ago(9), received_at=ago(8), plan=plan, planned_at=ago(7), child=child, launched_at=ago(6))
    sent(child, unit(cast, f"Phòng của {one.name}", UnitKind.OFFICE, one), at=ago(6))


def count(client: Client, cast: Cast, address: str) -> int:
    client.force_login(cast.users["clerk"])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


# The heat map ---------------------------------------------------------------------------------------------------------


def test_the_heat_map_says_of_every_unit_what_the_core_says(cast: Cast, campaign: Campaign) -> None:
    steps = ("received_at", "planned_at", "launched_at", "reported_at", "summarised_at")
    for n in range(len(steps)):
        taken = dict(zip(steps[: n + 1], (ago(20 - 2 * place) for place in range(n + 1)), strict=True))
        sent(campaign, unit(cast, f"Xã {n}"), at=ago(25), **taken)
    paper = {"launched_at": ago(1), "launched_on": in_days(-12), "paper": "1/KH"}
    sent(campaign, unit(cast, "Xã Giấy"), at=ago(25), received_at=ago(20), **paper)
    on = timezone.localdate()
    cells = {cell.unit: cell for cell in queries.cells(Scope(campaign.pk))}
    for row in Deployment.objects.filter(campaign=campaign):
        spot, standing = drawing._spot(cells[row.unit_id], on), standing_of(row)
        quiet = still(standing, on=on)
        assert (spot.step, spot.quiet) == (step_reached(standing), quiet.working_days if quiet else None)


def test_every_cell_has_its_words_and_leads_to_its_unit(client: Client, cast: Cast, campaign: Campaign) -> None:
    sent(campaign, unit(cast, "Xã <Lạ> & “Mới”"), at=ago(30), received_at=ago(1))
    page = see(client, cast, "clerk", path(campaign, "ban-do/"))
    cells = re.findall(r'<a href="([^"]+)"><rect[^>]+fill="url\(#(h-\w+)\)"/>.*?<title>(.*?)</title>', page)
    assert [(pattern, title.split(":")[0]) for _, pattern, title in cells] == [
        ("h-sent", "Sở Thử"),
        ("h-received", "Xã &lt;Lạ&gt; &amp; “Mới”"),
    ]
    assert rows_of(see(client, cast, "clerk", cells[0][0].replace("../", path(campaign)))) == ["Sở Thử"]
    assert "ngày làm việc không chuyển động" in cells[0][2]


def test_the_map_moves_as_soon_as_a_unit_does(client: Client, cast: Cast, campaign: Campaign) -> None:
    assert "url(#h-received)" not in cells_of(see(client, cast, "clerk", path(campaign, "ban-do/")))
    row = Deployment.objects.get()
    actions.confirm_receipt(deployment=row, by=cast.users["neighbour"], at=timezone.now())
    assert "url(#h-received)" in cells_of(see(client, cast, "clerk", path(campaign, "ban-do/")))


def cells_of(page: str) -> str:
    return "".join(re.findall(r'<a href="[^"]+"><rect.*?</a>', page))


def test_thousands_of_cells_stand_apart_on_one_page_and_the_worst_are_listed(
    client: Client, cast: Cast, campaign: Campaign
) -> None:
    fill(campaign, cast, 3499)
    page = see(client, cast, "clerk", path(campaign, "ban-do/"))
    places = re.findall(r'<a href="[^"]+"><rect[^>]* x="(\d+)" y="(\d+)" width="(\d+)"[^>]+url', page)
    assert len(places) == len(set(places)) == 3500
    assert max(int(x) + int(side) for x, _, side in places) <= drawing.WIDTH
    assert (
        len(re.findall(r"<li><a href=", page.split('<ol class="worst">')[1].split("</ol>")[0])) == drawing.MOST_LISTED
    )


# Gates ----------------------------------------------------------------------------------------------------------------

GATE = {
    "key": "conditions-1",
    "words": {"quote": "Không xét khen thưởng đơn vị không tổ chức phát động, tổng kết.", "span": [0, 3]},
    "condition": {
        "quote": "Không xét khen thưởng đơn vị không tổ chức phát động, tổng kết.",
        "span": [0, 3],
        "kind": "gate",
        "text": "Không xét khen thưởng đơn vị không tổ chức phát động, tổng kết.",
    },
}


def freeze(campaign: Campaign, *conditions: dict[str, object]) -> None:
    edition = Edition.objects.get(campaign=campaign)
    edition.plan = {**edition.plan, "conditions": list(conditions)}
    edition.save(update_fields=["plan"])


def test_those_who_would_not_pass_the_plan_s_gate_are_listed_with_its_words(
    client: Client, cast: Cast, campaign: Campaign
) -> None:
    freeze(campaign, GATE)
    passed = {"received_at": ago(9), "launched_at": ago(8), "summarised_at": ago(1)}
    sent(campaign, unit(cast, "Xã Đủ"), at=ago(30), **passed)
    sent(campaign, unit(cast, "Xã Thiếu"), at=ago(30), received_at=ago(9), launched_at=ago(8))
    assert GATE["condition"]["text"] in see(client, cast, "clerk", path(campaign))
    page = see(client, cast, "clerk", path(campaign, "dieu-kien/"))
    assert "2 trong 3 đơn vị chưa đủ" in page
    lacks = dict(re.findall(r'don_vi=\d+">([^<]+)</a> <span class="muted small">([^<]+)', page))
    assert lacks == {"Sở Thử": "chưa phát động, chưa tổng kết", "Xã Thiếu": "chưa tổng kết"}


def test_once_the_campaign_is_over_they_do_not_pass(client: Client, cast: Cast, campaign: Campaign) -> None:
    freeze(campaign, GATE)
    Campaign.objects.filter(pk=campaign.pk).update(end=in_days(-1))
    page = see(client, cast, "clerk", path(campaign, "dieu-kien/"))
    assert "1 trong 1 đơn vị không đủ điều kiện" in page


def test_a_gate_for_communes_asks_nothing_of_departments(client: Client, cast: Cast, campaign: Campaign) -> None:
    freeze(campaign, {**GATE, "parties": [{"name": "các xã", "group": "communes"}]})
    sent(campaign, unit(cast, "Xã Thiếu"), at=ago(30))
    assert "1 trong 1 đơn vị chưa đủ" in see(client, cast, "clerk", path(campaign, "dieu-kien/"))


def test_a_gate_asks_those_whom_it_names_one_by_one_and_says_whom_it_does_not_know(
    client: Client, cast: Cast, campaign: Campaign
) -> None:
    named = [{"name": "Sở Thử"}, {"name": "Chi cục Xa lạ"}]
    freeze(campaign, {**GATE, "parties": [*named, {"name": "các doanh nghiệp", "group": "enterprises"}]})
    for name, kind in (("Xã Không hỏi", UnitKind.COMMUNE), ("Công ty Giấy", UnitKind.ENTERPRISE)):
        sent(campaign, unit(cast, name, kind), at=ago(30))
    page = see(client, cast, "clerk", path(campaign, "dieu-kien/"))
    assert "2 trong 2 đơn vị chưa đủ" in page
    assert ("Công ty Giấy" in page, "Xã Không hỏi" in page) == (True, False)
    assert "Kế hoạch còn nêu Chi cục Xa lạ, chưa gắn được" in page


def test_a_gate_on_something_else_is_left_to_a_person(client: Client, cast: Cast, campaign: Campaign) -> None:
    text = "Không xét hồ sơ gửi quá hạn."
    freeze(campaign, {**GATE, "condition": {**GATE["condition"], "text": text}})
    assert "người thẩm định tự xét" in see(client, cast, "clerk", path(campaign, "dieu-kien/"))


# What a unit does -----------------------------------------------------------------------------------------------------


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["neighbour"])
    return client


def test_the_unit_s_own_box_has_one_next_step(office: Client, cast: Cast, campaign: Campaign) -> None:
    assert "Xác nhận đã nhận" in office.get(path(campaign)).content.decode()
    office.post(path(campaign, "da-nhan/"))
    page = office.get(path(campaign)).content.decode()
    assert ('id="own-plan" open' in page, "Xác nhận đã nhận</button>" in page) == (True, False)
    assert "Xác nhận đã nhận</button>" not in see(office, cast, "auditor", path(campaign))


def test_a_double_click_confirms_once(office: Client, campaign: Campaign) -> None:
    for _ in range(2):
        assert office.post(path(campaign, "da-nhan/"))["Location"] == path(campaign)
    assert JournalLine.objects.filter(act="deployment.received").count() == 1


def test_it_leads_back_to_where_it_was_pressed(office: Client, campaign: Campaign) -> None:
    answer = office.post(path(campaign, "da-nhan/"), {"back": "campaign"})
    assert answer["Location"] == campaign.get_absolute_url()


def test_the_own_plan_is_sent_in_there_and_its_parent_is_the_campaign_s(
    office: Client, cast: Cast, campaign: Campaign
) -> None:
    empty = office.post(path(campaign, "ke-hoach/"))
    assert "Chưa chọn tệp nào." in empty.content.decode()
    file = SimpleUploadedFile("ke-hoach.txt", "KẾ HOẠCH\nTriển khai thi đua".encode())
    answer = office.post(path(campaign, "ke-hoach/"), {"file": file})
    document = PlanDocument.objects.get(unit=cast.office)
    assert answer["Location"] == document.get_absolute_url()
    assert document.parent == campaign.editions.get().document


def test_a_launch_on_paper_is_noted_with_day_and_number_and_taken_back(office: Client, campaign: Campaign) -> None:
    wrong = office.post(path(campaign, "van-ban-giay/"), {"on": f"{in_days(3):%d/%m/%Y}", "paper": ""})
    page = wrong.content.decode()
    assert ("Ngày này chưa tới" in page, "Chưa ghi số văn bản" in page) == (True, True)
    said = {"on": f"{in_days(-3):%d/%m/%Y}", "paper": "15/KH-ST"}
    for _ in range(2):
        office.post(path(campaign, "van-ban-giay/"), said)
    row = Deployment.objects.get()
    assert (row.launched_on, row.paper) == (in_days(-3), "15/KH-ST")
    for _ in range(2):
        office.post(path(campaign, "van-ban-giay/rut/"))
    row.refresh_from_db()
    assert (row.launched_at, row.launched_on) == (None, None)
    acts = JournalLine.objects.filter(subject_kind="deployment").values_list("act", flat=True)
    assert sorted(acts) == ["deployment.launched_on_paper", "deployment.paper_taken_back"]


def test_a_unit_that_it_was_not_sent_to_has_nothing_to_say(client: Client, cast: Cast, campaign: Campaign) -> None:
    client.force_login(cast.users["clerk"])
    assert client.post(path(campaign, "da-nhan/")).status_code == 404


def test_a_member_who_may_not_act_is_refused(client: Client, cast: Cast, campaign: Campaign) -> None:
    auditor = make_user("kiem-tra")
    give_role(user=auditor, unit=cast.office, role=Role.AUDITOR, on=LONG_AGO)
    client.force_login(auditor)
    assert [client.post(path(campaign, part)).status_code for part in ("da-nhan/", "ke-hoach/", "van-ban-giay/")] == [
        403
    ] * 3


def test_home_reminds_clerks_and_heads_until_it_is_confirmed(office: Client, cast: Cast, campaign: Campaign) -> None:
    assert "Chưa xác nhận đã nhận" in office.get("/").content.decode()
    actions.confirm_receipt(deployment=Deployment.objects.get(), by=cast.users["neighbour"], at=timezone.now())
    assert "Chưa xác nhận đã nhận" not in office.get("/").content.decode()


def test_home_says_nothing_of_campaigns_that_are_over(office: Client, campaign: Campaign) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(end=in_days(-1))
    assert "Chưa xác nhận đã nhận" not in office.get("/").content.decode()


# The workbook ---------------------------------------------------------------------------------------------------------


def test_the_workbook_holds_what_the_filters_show_with_days_as_dates(
    client: Client, cast: Cast, campaign: Campaign
) -> None:
    sent(campaign, unit(cast, "=Xã Lạ"), at=ago(30), received_at=ago(2))
    client.force_login(cast.users["clerk"])
    answer = client.post(path(campaign, "excel/"), {"cap": "communes"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    _, _, _, head, row, *rest = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert (head[0], head[3 : 3 + len(STEPS)]) == ("Đơn vị", [str(queries.HEADS[step]) for step in STEPS])
    assert (row[0], row[3], row[4], row[5]) == ("=Xã Lạ", in_days(-30), in_days(-2), "")
    assert rest == []
    line = JournalLine.objects.get(act="deployment.exported")
    assert (line.details, line.unit) == ({"rows": 1}, cast.province.pk)


def test_a_unit_below_takes_only_its_own_rows(client: Client, cast: Cast, campaign: Campaign) -> None:
    sent(campaign, unit(cast, "Xã Khác"), at=ago(30))
    office = Scope(campaign.pk, (cast.office.path,))
    assert [row.unit.name for row in queries.everything(office, Filter())] == ["Sở Thử"]
    client.force_login(cast.users["neighbour"])
    client.post(path(campaign, "excel/"))
    assert JournalLine.objects.get(act="deployment.exported").details == {"rows": 1}
