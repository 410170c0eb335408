"""The appraisal desk: what waits, filtered, counted, sorted, a page at a time, and one looked at beside."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from thidua.vietnamese.collation import person_sort_text, sort_text
from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.campaigns.models import Campaign
from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import ConflictDeclaration, Nomination, Override
from thidua_web.nominations.queries import desk
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import UnitKind
from web.cast import LONG_AGO, Cast, make_user
from web.received import LODGED_ON, a_sent_submission, received

DESK = "/tham-dinh/"
TODAY = timezone.localdate


@pytest.fixture
def appraiser(cast: Cast, client: Client) -> Client:
    client.force_login(cast.users["appraiser"])
    return client


def names(answer: Any) -> list[str]:
    return [row.of.name for row in answer.context["rows"]]


def listed(client: Client, asked: str = "") -> list[str]:
    return names(client.get(f"{DESK}?{asked}"))


def day(days: int) -> datetime.date:
    return TODAY() + datetime.timedelta(days=days)


def test_what_was_sent_waits_and_drafts_are_not_there(cast: Cast, appraiser: Client) -> None:
    sent = a_sent_submission(cast)
    received(sent, ["Nguyễn Văn An"])
    received(sent, ["Trần Thị Bình"], state="draft", lodged_on=None)
    received(sent, ["Lê Văn Rút"], state="withdrawn", lodged_on=None)
    received(sent, ["Phạm Xong"], state="recommended")
    assert listed(appraiser) == ["Nguyễn Văn An"]
    assert listed(appraiser, "trang_thai=tat-ca") == ["Nguyễn Văn An", "Phạm Xong"]


def test_states_are_counted_and_lead_to_themselves(cast: Cast, appraiser: Client) -> None:
    sent = a_sent_submission(cast)
    received(sent, ["An", "Bình"])
    received(sent, ["Cúc"], state="in_appraisal")
    received(sent, ["Dũng"], state="returned", returns=1)
    tabs = {str(tab.label): tab for tab in appraiser.get(f"{DESK}?tim=&loai=individual").context["tabs"]}
    assert {label: tab.n for label, tab in tabs.items()} == {
        "Đang xử lý": 3, "Chờ tiếp nhận": 2, "Đang thẩm định": 1, "Trả lại": 1, "Tất cả": 4,
    }  # fmt: skip
    assert tabs["Đang xử lý"].current
    assert listed(appraiser, tabs["Trả lại"].query.removeprefix("?")) == ["Dũng"]


def test_the_nearest_day_comes_first_and_what_stands_still_last(cast: Cast, appraiser: Client) -> None:
    sent = a_sent_submission(cast)
    received(sent, ["Chờ"], state="asked")
    received(sent, ["Mai"], clock_due=day(30))
    received(sent, ["Trễ"], clock_due=day(-10), state="in_appraisal")
    received(sent, ["Hôm nay"], clock_due=day(0))
    answer = appraiser.get(DESK)
    assert names(answer) == ["Trễ", "Hôm nay", "Mai", "Chờ"]
    said = {row.of.name: str(row.clock.words) for row in answer.context["rows"]}
    assert said["Hôm nay"] == "Hôm nay là hạn"
    assert said["Chờ"] == "Tạm dừng, chờ bổ sung"
    assert re.fullmatch(r"Quá \d+ ngày làm việc", said["Trễ"])
    assert re.fullmatch(r"Còn \d+ ngày làm việc", said["Mai"])
    assert listed(appraiser, "han=tre") == ["Trễ"]
    assert listed(appraiser, "han=sap") == ["Hôm nay"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("giai=CSTDCS", ["Cúc"]),
        ("nam=2024", ["Cúc"]),
        ("loai=collective", []),
        ("ket_qua=unknown", ["Bình"]),
        ("ket_qua=not_met", []),
        ("loi=on", ["Bình"]),
        ("nguoi=toi", ["An"]),
        ("nguoi=chua", ["Bình", "Cúc"]),
        ("tim=an", ["An"]),
        ("tim=binh", ["Bình"]),
        ("tim=Cúc", ["Cúc"]),
        ("tim=zzz", []),
        ("dot=loai-yearly", ["An", "Bình", "Cúc"]),
        ("dot=loai-sudden", []),
        ("don_vi=T-1", ["An", "Bình", "Cúc"]),
        ("nguoi=999999", ["An", "Bình", "Cúc"]),
        ("nam=nam+nay", ["An", "Bình", "Cúc"]),
    ],
)
def test_the_sentence_filters(cast: Cast, appraiser: Client, asked: str, found: list[str]) -> None:
    sent = a_sent_submission(cast)
    received(sent, ["An"], appraiser=cast.users["appraiser"])
    received(sent, ["Bình"], outcome="unknown", defects=2)
    received(sent, ["Cúc"], award="CSTDCS", year=2024)
    assert listed(appraiser, asked) == found


def test_a_unit_is_asked_with_all_below_it(cast: Cast, appraiser: Client) -> None:
    below = create_unit(code="T-1-1", name="Phòng Nhỏ", kind=UnitKind.OFFICE, parent=cast.office, valid_from=LONG_AGO)
    other = create_unit(code="T-2", name="Sở Khác", kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO)
    received(a_sent_submission(cast), ["An"])
    received(a_sent_submission(cast, below), ["Bình"])
    received(a_sent_submission(cast, other), ["Cúc"])
    assert listed(appraiser, "don_vi=T-1") == ["An", "Bình"]
    assert listed(appraiser, "don_vi=T-2") == ["Cúc"]


def test_a_campaign_and_a_round_are_asked(cast: Cast, appraiser: Client) -> None:
    campaign = Campaign.objects.create(unit=cast.province, title="Thi đua 100 ngày", launched_at=timezone.now())
    received(a_sent_submission(cast, kind="campaign", campaign=campaign), ["An"])
    received(a_sent_submission(cast), ["Bình"])
    answer = appraiser.get(f"{DESK}?dot=phong-trao-{campaign.pk}")
    assert names(answer) == ["An"]
    assert "Thi đua 100 ngày" in answer.content.decode()


def test_people_are_sorted_by_given_name_units_and_awards_by_theirs(cast: Cast, appraiser: Client) -> None:
    other = create_unit(code="T-2", name="Ban Đầu", kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO)
    received(a_sent_submission(cast), ["Nguyễn Văn Bình", "Trần An"], award="CSTDCS")
    received(a_sent_submission(cast, other), ["Lê Cúc"])
    assert listed(appraiser, "xep=ten") == ["Trần An", "Nguyễn Văn Bình", "Lê Cúc"]
    assert listed(appraiser, "xep=don_vi") == ["Lê Cúc", "Nguyễn Văn Bình", "Trần An"]
    assert set(listed(appraiser, "xep=giai")[:2]) in ({"Nguyễn Văn Bình", "Trần An"}, {"Lê Cúc", "Nguyễn Văn Bình"})


@pytest.mark.parametrize("order", ["", "ten", "don_vi", "giai"])
def test_pages_follow_each_other_without_a_gap(
    cast: Cast, appraiser: Client, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "ON_A_PAGE", 3)
    other = create_unit(code="T-2", name="Ban Đầu", kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO)
    sent = a_sent_submission(cast)
    for number in range(5):
        received(sent, [f"Người {number}"], clock_due=day(number // 2) if number != 3 else None)
    received(a_sent_submission(cast, other), [f"Bạn {n}" for n in range(4)], award="CSTDCS", clock_due=day(1))
    pages, answer = [], appraiser.get(f"{DESK}?xep={order}")
    while True:
        pages.append(names(answer))
        if not answer.context["after"]:
            break
        answer = appraiser.get(f"{DESK}{answer.context['after']}")
    every = [name for page in pages for name in page]
    assert [len(page) for page in pages] == [3, 3, 3]
    assert len(set(every)) == 9
    back = [names(answer)]
    while answer.context["before"]:
        answer = appraiser.get(f"{DESK}{answer.context['before']}")
        back.insert(0, names(answer))
    assert back == pages


def test_the_number_of_queries_does_not_grow(cast: Cast, appraiser: Client) -> None:
    sent = a_sent_submission(cast)

    def asked(address: str) -> int:
        appraiser.get(address)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            appraiser.get(address)
        return len(counted)

    received(sent, ["Một"], clock_due=day(1))
    one = [asked(f"{DESK}?xep={order}") for order in ("", "ten", "don_vi", "giai")]
    received(sent, ["Hai", "Ba"], clock_due=day(2), appraiser=cast.users["appraiser"])
    assert [asked(f"{DESK}?xep={order}") for order in ("", "ten", "don_vi", "giai")] == one


def test_one_is_looked_at_beside_the_list(cast: Cast, appraiser: Client) -> None:
    (one,) = received(a_sent_submission(cast), ["Nguyễn Văn An"], summary="Cứu người trong lũ")
    whole = appraiser.get(f"{DESK}?xem={one.pk}").content.decode()
    part = appraiser.get(f"{DESK}xem/{one.pk}/", headers={"HX-Request": "true"}).content.decode()
    for text in (whole, part):
        assert "Cứu người trong lũ" in text
    assert "<html" not in part


def test_nothing_is_shown_to_whom_a_conflict_of_interest_bars(cast: Cast, appraiser: Client) -> None:
    (one,) = received(a_sent_submission(cast), ["Nguyễn Văn An"], summary="Việc làm tốt")
    ConflictDeclaration.objects.create(
        user=cast.users["appraiser"], nomination=one, kind="kin", words="anh ruột", at=timezone.now()
    )
    text = appraiser.get(f"{DESK}xem/{one.pk}/").content.decode()
    assert "xung đột lợi ích" in text
    assert "Việc làm tốt" not in text


def test_another_units_nominations_are_not_there(cast: Cast, client: Client) -> None:
    (one,) = received(a_sent_submission(cast), ["An"])
    (draft,) = received(a_sent_submission(cast), ["Bình"], state="draft", lodged_on=None)
    outsider = make_user("outsider")
    give_role(user=outsider, unit=cast.office, role=Role.APPRAISER, on=LONG_AGO)
    client.force_login(outsider)
    assert listed(client) == []
    assert client.get(f"{DESK}xem/{one.pk}/").status_code in (403, 404)
    client.force_login(cast.users["appraiser"])
    assert client.get(f"{DESK}xem/{draft.pk}/").status_code == 404


def test_columns_are_chosen_and_stay_chosen(cast: Cast, appraiser: Client) -> None:
    received(a_sent_submission(cast), ["An"])
    first = appraiser.get(f"{DESK}?cot=ngay_trinh&cot=tra_lai").content.decode()
    assert f"{LODGED_ON:%d/%m/%Y}" in first
    assert 'data-label="Hạn thẩm định"' not in first
    assert f"{LODGED_ON:%d/%m/%Y}" in appraiser.get(DESK).content.decode()


def test_the_list_goes_out_as_a_workbook_as_it_was_filtered(cast: Cast, appraiser: Client) -> None:
    sent = a_sent_submission(cast)
    received(sent, ["=CMD()", "Bình"])
    received(sent, ["Cúc"], state="returned")
    answer = appraiser.post(f"{DESK}xuat/?trang_thai=lodged")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    cells = [row[0] for row in book.get_sheet_by_index(0).to_python()]
    assert cells[-2:] == ["=CMD()", "Bình"]
    line = JournalLine.objects.filter(act="appraisal.exported").get()
    assert line.details["rows"] == 2


def test_only_who_appraises_ticks(cast: Cast, client: Client) -> None:
    received(a_sent_submission(cast), ["An"])
    for role, ticks in ((Role.APPRAISER, True), (Role.HEAD, False), (Role.AUDITOR, False)):
        client.force_login(cast.users[role])
        assert ('name="chon"' in client.get(DESK).content.decode()) is ticks


def test_home_tells_what_came_in_what_is_late_and_what_waits_for_a_second_person(cast: Cast, client: Client) -> None:
    sent = a_sent_submission(cast)
    received(sent, ["An", "Bình"], clock_due=day(5))
    (late,) = received(sent, ["Cúc"], state="in_appraisal", clock_due=day(-9), appraiser=cast.users["appraiser"])
    Override.objects.create(
        nomination=late, key="1-abc", clause="Hoàn thành tốt nhiệm vụ", was="not_met", becomes="met",
        reason="Đã có xác nhận mới", by=cast.users["appraiser"], at=timezone.now(),
    )  # fmt: skip
    client.force_login(cast.users["appraiser"])
    text = client.get("/").content.decode()
    assert "2 hồ sơ chờ tiếp nhận" in text
    assert "1 hồ sơ quá hạn thẩm định" in text
    assert "Thay đổi kết quả" not in text
    client.force_login(cast.users["head"])
    text = client.get("/").content.decode()
    assert "Thay đổi kết quả một tiêu chuẩn: Cúc" in text
    assert "chờ tiếp nhận" not in text


def test_an_empty_desk_says_so(appraiser: Client) -> None:
    assert "Không còn hồ sơ nào chờ thẩm định" in appraiser.get(DESK).content.decode()
    assert "Không có hồ sơ nào khớp" in appraiser.get(f"{DESK}?tim=an").content.decode()


def test_names_sort_by_what_they_are(cast: Cast) -> None:
    (person,) = received(a_sent_submission(cast), ["Nguyễn Văn An"])
    group = Nomination(subject="collective", name="Phòng An")
    Nomination._meta.get_field("sort_text").pre_save(group, add=True)
    assert Nomination.objects.get(pk=person.pk).sort_text == person_sort_text("Nguyễn Văn An")
    assert group.sort_text == sort_text("Phòng An")
