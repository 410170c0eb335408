"""The tờ trình of a submission: read on the screen, taken along as DOCX, with what is known of it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from thidua_web.nominations import submission_workbook
from thidua_web.nominations.models import Nomination, Submission
from thidua_web.nominations.queries.submission_values import nominated
from thidua_web.register.workbooks.reading import read_workbook
from web.cast import Cast
from web.submitting import of_the_office, reviewed, with_people

DAY = datetime.date(2025, 12, 5)


@pytest.fixture
def row(cast: Cast) -> Submission:
    row = of_the_office(cast, year=2025)
    with_people(row, "Nguyễn Thị Hòa", "Trần Văn Bền", award="BANG_KHEN_TINH", year=2025)
    return row


def test_a_draft_tells_that_number_and_day_come_with_the_signature(client: Client, cast: Cast, row: Submission) -> None:
    client.force_login(cast.users["neighbour"])
    shown = client.get(reverse("nominations:presentation", args=[row.pk])).content.decode()
    assert "Bản nháp" in shown
    assert "TỜ TRÌNH" in shown
    assert "/TTr-" in shown
    assert f"{row.to_unit.name.rpartition('tỉnh ')[2]}, ngày" in shown
    assert "thành tích công tác năm 2025" in shown
    assert "Nguyễn Thị Hòa" in shown
    assert "02 cá nhân" in shown


def test_a_sudden_deed_is_told_before_the_names(client: Client, cast: Cast) -> None:
    row = of_the_office(
        cast, kind="sudden", occasion="Cứu ba em nhỏ", happened_on="2026-10-09", place="Sông Đà", who="Anh A"
    )
    with_people(row, "Nguyễn Văn A", award="BANG_KHEN_TINH", merit="sudden")
    client.force_login(cast.users["neighbour"])
    shown = client.get(reverse("nominations:presentation", args=[row.pk])).content.decode()
    assert "Cứu ba em nhỏ. Việc xảy ra ngày 09 tháng 10 năm 2026, tại Sông Đà." in shown


def test_the_docx_is_one(client: Client, cast: Cast, row: Submission) -> None:
    client.force_login(cast.users["neighbour"])
    answer = client.get(reverse("nominations:presentation_file", args=[row.pk, "docx"]))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert content[:2] == b"PK"
    assert client.get(reverse("nominations:presentation_file", args=[row.pk, "odt"])).status_code == 404


def test_a_stranger_finds_nothing(client: Client, cast: Cast, row: Submission) -> None:
    client.force_login(cast.users["stranger"])
    assert client.get(reverse("nominations:presentation", args=[row.pk])).status_code == 404


def sheet_of(client: Client, row: Submission) -> list[list[str]]:
    answer = client.get(reverse("nominations:nominees_file", args=[row.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="danh-sach-kem-to-trinh-{row.pk}.xlsx"'
    rows = read_workbook(answer.content, "x", "").rows()
    told = (["" if cell is None else str(cell).removesuffix(".0") for cell in cells] for cells in rows)
    return [[*cells, *[""] * 8][:8] for cells in told]


def test_the_list_that_goes_with_it_is_a_workbook(client: Client, cast: Cast, row: Submission) -> None:
    """Kinds of nominee apart, each numbered on its own, in the order of the tờ trình; with how the meeting voted."""
    whole = with_people(row, "Phòng Hành chính", award="BANG_KHEN_TINH", year=2025)[0]
    Nomination.objects.filter(pk=whole.pk).update(subject="collective", person=None, collective=cast.office)
    Nomination.objects.filter(name="Nguyễn Thị Hòa").update(summary="=HYPERLINK(1)", since="2025-02-01", until=DAY)
    with_people(row, "Người đã rút", award="BANG_KHEN_TINH", year=2025, state="withdrawn")
    reviewed(row)
    Submission.objects.filter(pk=row.pk).update(number="15/TTr-ST", lodged_on=DAY)
    client.force_login(cast.users["neighbour"])
    told = sheet_of(client, row)
    assert [line[0] for line in told[:4]] == [
        "SỞ THỬ", "", "DANH SÁCH TẬP THỂ, CÁ NHÂN ĐỀ NGHỊ KHEN THƯỞNG",
        "(Kèm theo Tờ trình số 15/TTr-ST ngày 05 tháng 12 năm 2025 của Sở Thử)",
    ]  # fmt: skip
    assert tuple(told[5]) == submission_workbook.HEADS
    assert [line[:2] for line in told[6:11]] == [
        ["A. TẬP THỂ (01)", ""], ["1", "Phòng Hành chính"],
        ["B. CÁ NHÂN (02)", ""], ["1", "Nguyễn Thị Hòa"], ["2", "Trần Văn Bền"],
    ]  # fmt: skip
    assert told[9][2:] == [
        "Chuyên viên, Sở Thử", "Bằng khen của Chủ tịch UBND tỉnh Thử", "01/02/2025 – 05/12/2025",
        "=HYPERLINK(1)", "9/9", "",
    ]  # fmt: skip
    assert told[10][4] == "Năm 2025"
    assert told[11][0] == "Danh sách này có 01 tập thể và 02 cá nhân."
    assert len(told) == 12


def test_who_reads_the_submission_finds_its_list(client: Client, cast: Cast, row: Submission) -> None:
    address = reverse("nominations:nominees_file", args=[row.pk])
    client.force_login(cast.users["neighbour"])
    assert address in client.get(row.get_absolute_url()).content.decode()
    client.force_login(cast.users["stranger"])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_asks_as_much_for_many_as_for_one(
    client: Client, cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    row = of_the_office(cast, year=2025)
    with_people(row, *(f"Người {n}" for n in range(many)), year=2025)
    with django_assert_num_queries(3):
        submission_workbook.written(row, nominated(row))
