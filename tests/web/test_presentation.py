"""The tờ trình of a submission: read on the screen, taken along as DOCX, with what is known of it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from thidua_web.nominations.models import Submission
from web.cast import Cast
from web.submitting import of_the_office, with_people


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
