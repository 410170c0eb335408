"""The journal on a page: whose lines one sees, searched, paged, leading on, exported; and how it stands."""

from __future__ import annotations

import datetime
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from thidua_web.accounts.access import Role
from thidua_web.accounts.actions import give_role
from thidua_web.accounts.models import Delegation
from thidua_web.journal.actions import record
from thidua_web.journal.acts import SUBJECTS
from thidua_web.journal.models import JournalCheck, JournalLine
from thidua_web.journal.verifying import check_journal
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import UnitKind
from web.cast import LONG_AGO, Cast, make_user
from web.launched import make_plan

NOON = datetime.datetime(2026, 11, 20, 5, 0, tzinfo=datetime.UTC)


def write(cast: Cast, label: str, **fields) -> JournalLine:
    values = {"act": "campaign.launched", "by": cast.users["head"], "at": NOON, "unit_id": cast.province.pk}
    return record(**{**values, "label": label, "subject": ("campaign", 7), **fields})


@pytest.fixture
def lines(cast: Cast) -> None:
    write(cast, "Phong trào của tỉnh")
    write(cast, "Kế hoạch của sở", unit_id=cast.office.pk, by=cast.users["neighbour"], act="plan.uploaded")
    write(cast, "ai-do", unit_id=None, by=None, act="account.sign_in_failed", subject=("", ""))


def page_of(client: Client, cast: Cast, user: str = "auditor", query: str = "") -> str:
    client.force_login(cast.users[user])
    answer = client.get(f"/nhat-ky/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def shown(page: str) -> list[str]:
    return [label for label in ("Phong trào của tỉnh", "Kế hoạch của sở", "ai-do") if label in page]


# Whose lines ---------------------------------------------------------------------------------------------------------


def test_from_the_top_one_sees_everything(client: Client, cast: Cast, lines: None) -> None:
    assert shown(page_of(client, cast)) == ["Phong trào của tỉnh", "Kế hoạch của sở", "ai-do"]


def test_from_a_unit_below_only_its_own(client: Client, cast: Cast, lines: None) -> None:
    give_role(user=cast.users["neighbour"], unit=cast.office, role=Role.AUDITOR, on=LONG_AGO)
    assert shown(page_of(client, cast, "neighbour")) == ["Kế hoạch của sở"]


def test_another_province_sees_none_of_it(client: Client, cast: Cast, lines: None) -> None:
    unit = create_unit(code="K", name="UBND tỉnh Khác", kind=UnitKind.PROVINCE, parent=None, valid_from=LONG_AGO)
    cast.users["other"] = make_user("other")
    give_role(user=cast.users["other"], unit=unit, role=Role.HEAD, on=LONG_AGO)
    assert "của" not in " ".join(shown(page_of(client, cast, "other")))


def test_asking_for_anothers_unit_finds_nothing(client: Client, cast: Cast, lines: None) -> None:
    give_role(user=cast.users["neighbour"], unit=cast.office, role=Role.AUDITOR, on=LONG_AGO)
    assert shown(page_of(client, cast, "neighbour", "?don_vi=UBND")) == []


# Searching -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?tim=phong+TRAO", ["Phong trào của tỉnh"]),
        ("?tim=nguoi+neighbour", ["Kế hoạch của sở"]),
        ("?viec=plan.uploaded", ["Kế hoạch của sở"]),
        ("?don_vi=so+thu", ["Kế hoạch của sở"]),
        ("?tu=21/11/2026", []),
        ("?den=19/11/2026", []),
        ("?tu=20/11/2026&den=20/11/2026", ["Phong trào của tỉnh", "Kế hoạch của sở", "ai-do"]),
        ("?ho_so=campaign:7&viec=campaign.launched", ["Phong trào của tỉnh"]),
        ("?tim=khong+co", []),
    ],
)
def test_by_words_act_unit_days_and_object(
    client: Client, cast: Cast, lines: None, query: str, found: list[str]
) -> None:
    assert shown(page_of(client, cast, query=query)) == found


@pytest.mark.parametrize(
    "query", ["?tu=31/02/2026", "?viec=khong", "?truoc=x", "?truoc=-5", "?ho_so=a:b", "?truoc=" + "9" * 40, "?tim=%00"]
)
def test_an_address_that_makes_no_sense_is_no_failure(client: Client, cast: Cast, lines: None, query: str) -> None:
    page_of(client, cast, query=query)


def test_a_wrong_day_is_said_at_its_field(client: Client, cast: Cast, lines: None) -> None:
    assert "không phải là một ngày" in page_of(client, cast, query="?tu=31/02/2026")


def test_fifty_on_a_page_and_the_next_goes_on_where_it_ended(client: Client, cast: Cast) -> None:
    for number in range(1, 121):
        write(cast, f"Việc {number:03}")
    first = page_of(client, cast, query="?tim=viec")
    assert ("Việc 120" in first, "Việc 071" in first, "Việc 070" in first) == (True, True, False)
    assert "?tim=viec&amp;truoc=71" in first
    write(cast, "Việc 121")  # meanwhile: nothing moves
    second = page_of(client, cast, query="?tim=viec&truoc=71")
    assert ("Việc 070" in second, "Việc 021" in second, "Việc 020" in second) == (True, True, False)
    last = page_of(client, cast, query="?tim=viec&truoc=21")
    assert ("Việc 001" in last, "50 dòng cũ hơn" in last) == (True, False)


def test_nothing_found_says_so(client: Client, cast: Cast) -> None:
    assert "Không có dòng nào khớp" in page_of(client, cast, query="?tim=khongco")


def test_as_many_questions_for_three_lines_as_for_one(client: Client, cast: Cast) -> None:
    client.force_login(cast.users["auditor"])
    asked = []
    for number in range(3):
        unit = create_unit(
            code=f"U{number}", name=f"Đơn vị {number}", kind=UnitKind.OFFICE, parent=cast.office, valid_from=LONG_AGO
        )
        write(cast, f"Việc {number}", unit_id=unit.pk)
        with CaptureQueriesContext(connection) as queries:
            client.get("/nhat-ky/")
        asked.append(len(queries))
    assert asked[0] == asked[2]


# What a line says ----------------------------------------------------------------------------------------------------


def test_an_act_is_in_words_and_leads_to_its_object(client: Client, cast: Cast) -> None:
    plan = make_plan(cast.province, cast.users["clerk"])
    write(cast, "Kế hoạch năm", subject=("plan", plan.pk), act="plan.uploaded")
    page = page_of(client, cast)
    assert (f'<a href="/ke-hoach/{plan.pk}/">Kế hoạch năm</a>' in page, "Gửi kế hoạch" in page) == (True, True)
    client.force_login(cast.users["auditor"])
    assert client.get(f"/ke-hoach/{plan.pk}/").status_code == 200


def test_a_line_of_what_one_may_not_see_leads_nowhere(client: Client, cast: Cast) -> None:
    write(cast, "Ai đó", subject=("user", 1), act="account.locked")
    write(cast, "Không rõ", subject=("plan", "x"), act="plan.uploaded")
    page = page_of(client, cast)
    assert ("Ai đó</a>" in page, "Không rõ</a>" in page) == (False, False)


def test_every_page_that_lines_lead_to_is_there() -> None:
    leading = [subject for subject in SUBJECTS.values() if subject.page]
    assert all(reverse(subject.page, args=[1] * max(1, len(subject.key.split()))) for subject in leading)


def test_who_stood_in_for_whom_is_said(client: Client, cast: Cast) -> None:
    deputy = make_user("deputy")
    day = timezone.localdate()
    Delegation.objects.create(
        giver=cast.users["clerk"], to=deputy, unit=cast.province, role=Role.CLERK, given_at=timezone.now(),
        valid_from=day, valid_to=day,
    )  # fmt: skip
    client.force_login(deputy)
    client.post("/lich/tao/")
    page = " ".join(page_of(client, cast, query="?viec=calendar.made").split())
    assert 'Người deputy<span class="behalf">thay Người clerk</span>' in page
    assert "Tạo địa chỉ lịch" in page_of(client, cast, query="?tim=nguoi+clerk&viec=calendar.made")


def test_what_a_plan_is_called_is_no_html(client: Client, cast: Cast) -> None:
    write(cast, "<script>x</script>", details={"reason": "<b>"})
    page = page_of(client, cast)
    assert ("<script>x" in page, "&lt;script&gt;x" in page, "<dd><b>" in page) == (False, True, False)


# How it stands -------------------------------------------------------------------------------------------------------


def test_never_verified_says_so(client: Client, cast: Cast, lines: None) -> None:
    assert "Chưa kiểm lần nào" in page_of(client, cast)


def test_whole_it_says_up_to_where_and_when(client: Client, cast: Cast, lines: None) -> None:
    check_journal(at=NOON, whole=True)
    assert "Nguyên vẹn đến dòng 3, kiểm lúc 12:00 20/11/2026" in page_of(client, cast)


def test_tampered_it_says_where_to_those_at_the_top(client: Client, cast: Cast, lines: None) -> None:
    JournalLine.objects.filter(number=2).update(label="khác")
    check_journal(at=NOON, whole=True)
    page = page_of(client, cast)
    assert ("KHÔNG còn nguyên: 1 chỗ hỏng" in page, "Dòng 2 (cạnh dòng 1, 3) đã bị sửa" in page) == (True, True)
    give_role(user=cast.users["neighbour"], unit=cast.office, role=Role.AUDITOR, on=LONG_AGO)
    below = page_of(client, cast, "neighbour")
    assert ("KHÔNG còn nguyên" in below, "Dòng 2 (" in below) == (True, False)


def test_every_night_only_what_is_new_is_looked_at(cast: Cast, lines: None) -> None:
    check_journal(at=NOON, whole=True)
    write(cast, "mới")
    check = check_journal(at=NOON, whole=False)
    assert (check.whole, check.first, check.last, check.fault_count) == (False, 4, 4, 0)


def test_an_old_line_changed_is_found_by_the_next_whole_check_and_not_forgotten(cast: Cast, lines: None) -> None:
    check_journal(at=NOON, whole=True)
    JournalLine.objects.filter(number=1).update(label="khác")
    assert check_journal(at=NOON, whole=False).fault_count == 0
    assert check_journal(at=NOON, whole=True).fault_count == 1
    again = check_journal(at=NOON, whole=False)
    assert (again.whole, again.fault_count) == (True, 1)


def test_new_lines_cut_off_are_found_in_the_same_night(cast: Cast, lines: None) -> None:
    check_journal(at=NOON, whole=True)
    write(cast, "mới")
    write(cast, "mới nữa")
    JournalLine.objects.filter(number__gte=4).delete()
    assert check_journal(at=NOON, whole=False).faults[0]["code"] == "journal.cut"


def test_so_many_faults_are_kept_and_all_are_counted(cast: Cast) -> None:
    for number in range(300):
        write(cast, str(number))
    JournalLine.objects.update(label="khác")
    check = check_journal(at=NOON, whole=True)
    assert (len(check.faults), check.fault_count) == (200, 300)
    assert JournalCheck.objects.count() == 1


# As a file -----------------------------------------------------------------------------------------------------------


def export(client: Client, cast: Cast, **data: str) -> bytes:
    client.force_login(cast.users["auditor"])
    answer = client.post("/nhat-ky/xuat/", data)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_what_is_filtered_is_exported_and_the_export_is_a_line(client: Client, cast: Cast, lines: None) -> None:
    text = export(client, cast, dang="csv", tim="phong trao").decode("utf-8-sig")
    assert ("Phong trào của tỉnh" in text, "Kế hoạch của sở" in text, "UBND tỉnh Thử" in text) == (True, False, True)
    line = JournalLine.objects.get(act="journal.exported")
    assert (line.details, line.actor_name) == ({"form": "csv", "tim": "phong trao"}, "Người auditor")


def test_excel_too(client: Client, cast: Cast, lines: None) -> None:
    data = export(client, cast, dang="xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[7] for row in rows[1:]] == ["Phong trào của tỉnh", "Kế hoạch của sở", "ai-do"]


def test_what_is_out_of_reach_is_in_no_file(client: Client, cast: Cast, lines: None) -> None:
    give_role(user=cast.users["neighbour"], unit=cast.office, role=Role.AUDITOR, on=LONG_AGO)
    client.force_login(cast.users["neighbour"])
    text = b"".join(client.post("/nhat-ky/xuat/", {"dang": "csv"}).streaming_content).decode()
    assert shown(text) == ["Kế hoạch của sở"]
