"""The page of one person: posts in time, ratings, awards, and whom a merged row leads to."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from thidua_web.register.models import Appointment, AwardRecord, Person, Rating
from web.cast import Cast
from web.register_rows import make_person


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def page_of(client: Client, person: Person) -> str:
    return client.get(f"/nguoi/{person.pk}/", follow=True).content.decode()


def test_it_shows_identity_posts_ratings_and_awards(clerk: Client, cast: Cast) -> None:
    person = make_person(cast.office, "Lê Thị An", position="Chuyên viên", code="CB-1", birth_year=1990, sex="female")
    Appointment.objects.create(
        person=person, unit=cast.province, position="Thực tập", valid_from=datetime.date(2018, 1, 1),
        valid_to=datetime.date(2019, 12, 31),
    )  # fmt: skip
    Rating.objects.create(person=person, year=2025, level="good", unit_name="Sở Thử")
    Rating.objects.create(person=person, year=2025, level="excellent", track="party")
    AwardRecord.objects.create(person=person, year=2024, title="Lao động tiên tiến", decision="7/QĐ", unit_name="Sở Cũ")
    page = page_of(clerk, person)
    for said in (
        "CB-1", "1990", "Nữ", "Chuyên viên", "Thực tập", "01/01/2018", "31/12/2019", "Hoàn thành tốt nhiệm vụ",
        "Hoàn thành xuất sắc nhiệm vụ", "về Đảng", "Lao động tiên tiến", "Sở Cũ",
    ):  # fmt: skip
        assert said in page


def test_a_rating_as_a_member_of_the_party_is_seen_by_those_who_may_see_sensitive_data(
    client: Client, cast: Cast
) -> None:
    person = make_person(cast.office, "Lê An")
    Rating.objects.create(person=person, year=2025, level="good", paper="99/QĐ")
    Rating.objects.create(person=person, year=2025, level="excellent", track="party", paper="12-QĐ/TW")
    seen = {}
    for role in ("appraiser", "auditor"):
        client.force_login(cast.users[role])
        page = page_of(client, person)
        seen[role] = ("99/QĐ" in page, "12-QĐ/TW" in page)
    assert seen == {"appraiser": (True, True), "auditor": (True, False)}


def test_a_merged_person_leads_to_who_was_kept_in_the_end(clerk: Client, cast: Cast) -> None:
    kept, between, dropped = (make_person(cast.office, name) for name in ("Lê Giữ", "Lê Giữa", "Lê Bỏ"))
    Person.objects.filter(pk=between.pk).update(merged_into=kept)
    Person.objects.filter(pk=dropped.pk).update(merged_into=between)
    answer = clerk.get(f"/nguoi/{dropped.pk}/", follow=True)
    assert answer.redirect_chain == [(f"/nguoi/{kept.pk}/", 302)]
    assert "“Lê Bỏ” đã được gộp vào người này" in answer.content.decode()


def test_the_administrator_sees_no_ratings_and_no_awards(client: Client, cast: Cast) -> None:
    person = make_person(cast.office, "Lê An")
    Rating.objects.create(person=person, year=2025, level="good", paper="99/QĐ")
    client.force_login(cast.users["administrator"])
    page = page_of(client, person)
    assert ("99/QĐ" in page, "Khen thưởng đã có" in page) == (False, False)


def test_more_of_everything_asks_the_database_no_more_often(clerk: Client, cast: Cast) -> None:
    person = make_person(cast.office, "Lê An")

    def fill(year: int) -> None:
        Appointment.objects.create(person=person, unit=cast.province, valid_from=datetime.date(year, 1, 1))
        Rating.objects.create(person=person, year=year, level="good")
        AwardRecord.objects.create(person=person, year=year, title="Giấy khen")

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(clerk, person)
        return len(captured)

    fill(2020)
    count()
    one = count()
    fill(2021)
    fill(2022)
    assert count() == one
