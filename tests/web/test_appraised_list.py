"""The list that the appraisal hands to the council: what comes in, who signs, what is fixed from then on."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.nominations.models import AppraisedList, Nomination, Opinion
from web.cast import Cast
from web.nominated import a_nomination, a_submission, lodged

pytestmark = pytest.mark.django_db
PAGE = "/ket-qua-tham-dinh/"


def concluded(cast: Cast, name: str, state: str = "recommended", **said: Any) -> Nomination:
    clerk = cast.users["neighbour"]
    one = lodged(a_nomination(a_submission(cast.office, cast.province, clerk), name, **said), state)
    recommends = state == "recommended"
    Opinion.objects.create(
        nomination=one, recommends=recommends, words="" if recommends else "Chưa đủ hai năm (Điều 24).",
        by=cast.users["appraiser"], at=timezone.now(),
    )  # fmt: skip
    return one


def as_role(client: Client, cast: Cast, role: str) -> Client:
    client.force_login(cast.users[role])
    return client


def make(client: Client, cast: Cast) -> AppraisedList:
    year = timezone.localdate().year
    as_role(client, cast, "appraiser").post(PAGE, {"title": "Kết quả năm", "year": year})
    return AppraisedList.objects.latest("pk")


def test_a_new_list_holds_what_was_concluded_and_nothing_else(client: Client, cast: Cast) -> None:
    first, second = concluded(cast, "Nguyễn Thị Hòa"), concluded(cast, "Trần Văn Bền", "not_recommended")
    open_one = concluded(cast, "Lê Văn Chờ", "in_appraisal")
    row = make(client, cast)
    assert set(row.nominations.all()) == {first, second}
    words = client.get(row.get_absolute_url()).content.decode()
    assert "Nguyễn Thị Hòa" in words
    assert "Chưa đủ hai năm (Điều 24)." in words
    assert open_one.name not in words
    client.post(PAGE, {"title": "Kết quả năm", "year": row.year})
    assert AppraisedList.objects.count() == 1


def test_what_was_concluded_since_is_brought_in_and_one_is_taken_out(client: Client, cast: Cast) -> None:
    first = concluded(cast, "Nguyễn Thị Hòa")
    row = make(client, cast)
    later = concluded(cast, "Trần Văn Bền")
    client.post(f"{row.get_absolute_url()}dua-them/")
    assert set(row.nominations.all()) == {first, later}
    client.post(f"{row.get_absolute_url()}dua-ra/{first.pk}/")
    assert set(row.nominations.all()) == {later}


def test_the_head_signs_and_nothing_changes_any_more(client: Client, cast: Cast) -> None:
    one = concluded(cast, "Nguyễn Thị Hòa")
    row = make(client, cast)
    page = row.get_absolute_url()
    assert client.post(f"{page}ky/", {"number": "1/BC", "seen": 1}).status_code == 403
    as_role(client, cast, "head")
    for _ in range(2):
        assert client.post(f"{page}ky/", {"number": "1/BC", "seen": 1}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.number, row.signed_by) == ("signed", "1/BC", cast.users["head"])
    as_role(client, cast, "appraiser").post(f"{page}dua-ra/{one.pk}/")
    client.post(f"/ho-so/{one.pk}/tham-dinh-lai/", {"seen": one.revision, "words": "x"})
    one.refresh_from_db()
    assert (one.listed_id, one.state) == (row.pk, "recommended")


def test_a_list_that_changed_since_it_was_shown_is_not_signed(client: Client, cast: Cast) -> None:
    concluded(cast, "Nguyễn Thị Hòa")
    row = make(client, cast)
    concluded(cast, "Trần Văn Bền")
    client.post(f"{row.get_absolute_url()}dua-them/")
    answer = as_role(client, cast, "head").post(f"{row.get_absolute_url()}ky/", {"number": "1/BC", "seen": 1})
    assert answer.status_code == 409
    assert "đã thay đổi" in answer.content.decode()
    assert AppraisedList.objects.get().state == "draft"


def test_who_signs_finds_it_among_their_own_work(client: Client, cast: Cast) -> None:
    concluded(cast, "Nguyễn Thị Hòa")
    row = make(client, cast)
    link = f'href="{row.get_absolute_url()}"'
    assert link not in as_role(client, cast, "clerk").get("/").content.decode()
    assert link in as_role(client, cast, "head").get("/").content.decode()
    client.post(f"{row.get_absolute_url()}ky/", {"number": "1/BC", "seen": 1})
    assert link not in client.get("/").content.decode()


def test_an_empty_list_is_not_signed(client: Client, cast: Cast) -> None:
    row = make(client, cast)
    assert f'href="{row.get_absolute_url()}"' not in as_role(client, cast, "head").get("/").content.decode()
    client.post(f"{row.get_absolute_url()}ky/", {"number": "1/BC", "seen": 0})
    assert AppraisedList.objects.get().state == "draft"


def test_the_report_for_the_council_names_everybody_with_the_reason(client: Client, cast: Cast) -> None:
    concluded(cast, "Nguyễn Thị Hòa", award="LDTT")
    concluded(cast, "Trần Văn Bền", "not_recommended")
    row = make(client, cast)
    words = client.get(f"{row.get_absolute_url()}van-ban/").content.decode()
    assert "KẾT QUẢ THẨM ĐỊNH" in words.upper()
    made = docx.Document(io.BytesIO(client.get(f"{row.get_absolute_url()}van-ban.docx").content))
    cells = {cell.text for table in made.tables for line in table.rows for cell in line.cells}
    assert {"Nguyễn Thị Hòa", "Trần Văn Bền", "Chưa đủ hai năm (Điều 24)."} <= cells
    assert client.get(f"{row.get_absolute_url()}van-ban.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_ask_the_same_for_one_as_for_three(
    client: Client, cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        concluded(cast, f"Nguyễn Thị Hòa {number}")
    row = make(client, cast)
    counted = {PAGE: 7, row.get_absolute_url(): 10}
    for page, queries in counted.items():
        client.get(page)
        with django_assert_num_queries(queries):
            client.get(page)
