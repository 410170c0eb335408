"""The reports of a period for whoever asked for them, what targets come to, works ahead of schedule."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import load_workbook

from thidua_web.campaigns.models import DutyUnit
from thidua_web.progress.pages.report_list import How, gathered, how_to_gather
from thidua_web.progress.queries import report_list as queries
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Unit
from web.cast import LONG_AGO, Cast
from web.launched import in_days, make_duty, today
from web.reported import PDF, Told, fields_of, file, make_pledge, make_target, make_told, make_work, send, write


@pytest.fixture
def told(cast: Cast) -> Told:
    return make_told(cast, due=-3)


def make_units(cast: Cast, told: Told, *names: str, kind: str = "commune") -> list[Unit]:
    """Addressed too, with a pledge of one target each."""
    made = []
    for number, name in enumerate(names):
        code = f"L-{kind}-{number}-{len(names)}"
        unit = create_unit(code=code, name=name, kind=kind, parent=cast.province, valid_from=LONG_AGO)
        DutyUnit.objects.create(duty=told.duty, unit=unit)
        made.append(unit)
    return made


def listed(client: Client, cast: Cast, told: Told, query: str = "", user: str = "clerk") -> str:
    client.force_login(cast.users[user])
    answer = client.get(f"/phong-trao/{told.campaign.pk}/bao-cao/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def report_of_unit(told: Told, unit: Unit, value: float, *, on: int = -4, **fields: object) -> None:
    pledge = make_pledge(told.campaign, unit, told.clerk)
    said = {"value": 99, "measure": "%"} | fields
    target = make_target(pledge, "Tỷ lệ hồ sơ đúng hạn", **said)
    send(told, unit=unit, on=in_days(on), **{f"v{target.pk}": value})


def test_every_state_has_its_word_and_whoever_is_waited_for_stands_first(
    client: Client, cast: Cast, told: Told
) -> None:
    an, binh, cam, dong = make_units(cast, told, "Xã An", "Xã Bình", "Xã Cam", "Xã Đông")
    report_of_unit(told, an, 95, on=-20)
    report_of_unit(told, binh, 95, on=-3)
    report_of_unit(told, cam, 95, on=0)
    page = listed(client, cast, told)
    table = page[page.index("<tbody>") :]
    order = ["Sở Thử", "Xã Đông", "Xã Cam", "Xã Bình", "Xã An"]
    assert [table.index(name) for name in order] == sorted(table.index(name) for name in order)
    for words in ("Quá hạn, chưa gửi", "Gửi muộn", "Gửi đúng hạn", "Gửi sớm"):
        assert words in table
    assert dong


def test_a_period_to_come_has_reports_being_written(client: Client, cast: Cast) -> None:
    told = make_told(cast, due=5)
    client.force_login(told.clerk)
    write(client, told, t0="Lời")
    make_units(cast, told, "Xã An")
    page = listed(client, cast, told)
    assert "Đang soạn" in page
    assert "Chưa bắt đầu" in page


def test_filters_are_a_sentence_and_stand_in_the_address(client: Client, cast: Cast, told: Told) -> None:
    make_units(cast, told, "Xã An Bình", "Xã Đa Lộc")
    make_units(cast, told, "Trường An", kind="school")
    page = listed(client, cast, told, f"?ky={told.day.pk}&loai=commune&tim=an+binh&trang_thai=missing")
    assert "Xã An Bình" in page
    assert "Xã Đa Lộc" not in page
    assert "Trường An" not in page
    assert "Bỏ lọc" in page
    assert "Không có đơn vị nào khớp" in listed(client, cast, told, f"?ky={told.day.pk}&trang_thai=early")


def test_what_makes_no_sense_in_the_address_counts_for_nothing(client: Client, cast: Cast, told: Told) -> None:
    for query in ("?ky=x&trang=-1", "?ky=999999&trang=99999999999", "?loai=%00&trang_thai=abc&tim=%25"):
        listed(client, cast, told, query)


def test_the_nearest_period_is_shown_first(client: Client, cast: Cast, told: Told) -> None:
    make_duty(told.campaign, in_days(50), units=[told.unit], what="Báo cáo tổng kết")
    page = listed(client, cast, told)
    assert f"hạn {in_days(-3):%d/%m/%Y}" in page or "selected" in page
    found = queries.periods(told.campaign)
    assert queries.current(found, today=today()).day == told.day  # type: ignore[union-attr]


def test_a_unit_below_sees_its_own_part(client: Client, cast: Cast, told: Told) -> None:
    make_units(cast, told, "Xã An")
    client.force_login(told.clerk)
    page = client.get(f"/phong-trao/{told.campaign.pk}/bao-cao/").content.decode()
    table = page[page.index("<tbody>") :]
    assert "Sở Thử" in table
    assert "Xã An" not in table


def test_a_campaign_without_reports_says_so(client: Client, cast: Cast, told: Told) -> None:
    told.duty.days.all().delete()
    told.duty.delete()
    assert "không đòi báo cáo nào" in listed(client, cast, told)


def test_more_units_cost_no_more_queries(client: Client, cast: Cast, told: Told) -> None:
    listed(client, cast, told)
    counts = []
    for names in (["Xã An"], ["Xã Ba", "Xã Ca", "Xã Đa"]):
        for number, unit in enumerate(make_units(cast, told, *names, kind="ward" if counts else "commune")):
            report_of_unit(told, unit, 90 + number)
        with CaptureQueriesContext(connection) as asked:
            listed(client, cast, told)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] < 25


def test_fifty_stand_on_a_page(client: Client, cast: Cast, told: Told) -> None:
    make_units(cast, told, *(f"Xã {number:03}" for number in range(60)))
    page = listed(client, cast, told)
    assert "1–50 trong 61" in page
    assert "Xã 059" in listed(client, cast, told, f"?ky={told.day.pk}&trang=2")


def test_one_that_was_sent_back_says_so(client: Client, cast: Cast, told: Told) -> None:
    send(told, on=in_days(-9))
    client.force_login(cast.users["clerk"])
    client.post(f"{told.page}tra-lai/", {"revision": told.report.revision, "reason": "Sai"})
    page = listed(client, cast, told)
    assert "đang trả lại để sửa" in page
    assert "Gửi sớm" in page


@pytest.mark.parametrize(
    ("measure", "indicator", "how"),
    [
        ("%", "", How.MEAN),
        ("điểm", "", How.MEAN),
        ("hộ", "", How.SUM),
        ("tỷ đồng", "", How.SUM),
        ("triệu đồng/người", "", How.MEAN),
        ("", "Đạt chuẩn nông thôn mới", How.LIST),
        ("", "Tỷ lệ hộ nghèo", How.MEAN),
    ],
)
def test_how_several_results_make_one_follows_the_measure(measure: str, indicator: str, how: How) -> None:
    assert how_to_gather(measure, indicator) is how


def test_targets_come_to_a_sum_or_a_mean(cast: Cast, told: Told) -> None:
    an, binh = make_units(cast, told, "Xã An", "Xã Bình")
    for unit, share, houses in ((an, 98.0, 10.0), (binh, 100.0, 32.0)):
        pledge = make_pledge(told.campaign, unit, told.clerk)
        one = make_target(pledge, "Tỷ lệ hồ sơ đúng hạn", value=99, measure="%")
        two = make_target(pledge, "Nhà mới", value=20, measure="hộ")
        send(told, unit=unit, on=in_days(-4), **{f"v{one.pk}": share, f"v{two.pk}": houses})
    found = {one.indicator: one for one in gathered(queries.totals(told.campaign.pk, told.day.pk))}
    share, houses = found["Tỷ lệ hồ sơ đúng hạn"], found["Nhà mới"]
    assert (share.value, share.aim, share.total.reported, share.total.pledged) == (99.0, 99.0, 2, 3)
    assert (houses.value, houses.aim, houses.total.reached) == (42.0, 40.0, 1)
    assert share.said == "99%"
    assert houses.coverage == "2/2 đơn vị báo cáo"


def test_results_of_a_report_sent_back_do_not_count(client: Client, cast: Cast, told: Told) -> None:
    send(told, on=in_days(-9))
    assert gathered(queries.totals(told.campaign.pk, told.day.pk))[0].value == 95.0
    client.force_login(cast.users["clerk"])
    client.post(f"{told.page}tra-lai/", {"revision": told.report.revision, "reason": "Sai"})
    assert gathered(queries.totals(told.campaign.pk, told.day.pk))[0].value is None


def test_works_ahead_of_schedule_with_days_and_evidence(client: Client, cast: Cast, told: Told) -> None:
    late = make_work(told.target.pledge, "Công trình muộn", finish_due=in_days(-20))
    begun = make_work(told.target.pledge, "Khởi công sớm", start_due=in_days(10))
    client.force_login(told.clerk)
    page = fields_of(client.get(told.page).content.decode())
    client.post(
        f"{told.page}luu/",
        page | {"act": "upload", "about": f"p{told.work.pk}", "files": [file(PDF, "nghiem-thu.pdf")]},
    )
    cells = {
        f"v{told.target.pk}": 99.0,
        f"f{told.work.pk}": in_days(-5),
        f"f{late.pk}": in_days(-4),
        f"s{begun.pk}": in_days(-1),
    }
    send(told, **cells)
    page = listed(client, cast, told, "vuot-tien-do/")
    assert "45 ngày" in page
    assert "11 ngày" in page
    assert "nghiem-thu.pdf" in page
    assert "Công trình muộn" not in page
    assert page.index("Sửa trụ sở") < page.index("Khởi công sớm")


def test_the_list_is_taken_along_in_excel(client: Client, cast: Cast, told: Told) -> None:
    unit = make_units(cast, told, "=HYPERLINK(1)")[0]
    report_of_unit(told, unit, 97.5)
    client.force_login(cast.users["clerk"])
    answer = client.post(f"/phong-trao/{told.campaign.pk}/bao-cao/danh-sach.xlsx?ky={told.day.pk}")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "sheets/" in name)
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheet_names == ["Báo cáo", "Tổng hợp chỉ tiêu", "Vượt tiến độ"]
    listed_rows = {row[0]: row[2] for row in book.get_sheet_by_name("Báo cáo").to_python(skip_empty_area=False)}
    assert listed_rows["=HYPERLINK(1)"] == "Gửi đúng hạn"
    assert listed_rows["Sở Thử"] == "Quá hạn, chưa gửi"
    totals = book.get_sheet_by_name("Tổng hợp chỉ tiêu").to_python(skip_empty_area=False)
    assert totals[3][:4] == ["Tỷ lệ hồ sơ đúng hạn", str(How.MEAN.label), 97.5, 99]


def test_strangers_and_administrators_see_no_list(client: Client, cast: Cast, told: Told) -> None:
    for user, status in (("administrator", 403), ("stranger", 404), ("auditor", 200)):
        client.force_login(cast.users[user])
        for path in ("bao-cao/", "bao-cao/vuot-tien-do/", "tien-do/"):
            assert client.get(f"/phong-trao/{told.campaign.pk}/{path}").status_code == status, (user, path)
