"""Ratings and awards written one by one; a dissolved unit gets no award."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from thidua_web.journal.models import JournalLine
from thidua_web.register.actions.units import create_unit, end_unit
from thidua_web.register.models import AwardRecord, Rating, Unit, UnitKind
from web.cast import LONG_AGO, Cast
from web.register_rows import make_person, rename


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


@pytest.fixture
def district(cast: Cast) -> Unit:
    """Ended on 30/06/2025; the office goes on with its work."""
    unit = create_unit(
        code="H", name="UBND huyện Cũ", kind=UnitKind.DISTRICT, parent=cast.province, valid_from=LONG_AGO
    )
    end_unit(unit=unit, on=datetime.date(2025, 6, 30), successors=[cast.office])
    return unit


def rate(client: Client, path: str, **changed: str):
    said = {"year": "2025", "track": "state", "level": "good", "paper": "12/QĐ-UBND", "decided_on": "20/12/2025"}
    return client.post(f"{path}xep-loai/", said | changed)


def award(client: Client, path: str, **changed: str):
    return client.post(f"{path}khen-thuong/", {"title": "Giấy khen", "year": "2025"} | changed)


def test_a_year_is_rated_with_the_units_name_of_then(clerk: Client, cast: Cast) -> None:
    person = make_person(cast.office, "Lê An")
    rename(cast.office, "Sở Mới", datetime.date(2026, 2, 1))
    rate(clerk, f"/nguoi/{person.pk}/")
    rating = Rating.objects.get(person=person)
    assert (rating.year, rating.level, rating.unit_name, rating.paper) == (2025, "good", "Sở Thử", "12/QĐ-UBND")


def test_a_year_rated_again_is_changed_and_the_level_before_stays_in_the_journal(clerk: Client, cast: Cast) -> None:
    path = f"/don-vi/{cast.office.pk}/"
    for level in ("good", "good", "excellent"):
        rate(clerk, path, level=level)
    assert Rating.objects.get(unit=cast.office).level == "excellent"
    lines = JournalLine.objects.filter(act="rating.set").order_by("number")
    assert [(line.details["before"], line.details["level"]) for line in lines] == [
        (None, "good"),
        ("good", "excellent"),
    ]


def test_state_and_party_are_two_ratings_of_one_year(clerk: Client, cast: Cast) -> None:
    person = make_person(cast.office, "Lê An")
    for track in ("state", "party"):
        rate(clerk, f"/nguoi/{person.pk}/", track=track)
    assert Rating.objects.filter(person=person).count() == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"year": ""}, "Chưa ghi năm."),
        ({"year": "3000"}, "Năm phải từ 1945 đến"),
        ({"level": ""}, "Chưa chọn mức xếp loại."),
        ({"decided_on": "01/01/2099"}, "Ngày quyết định đứng sau hôm nay."),
    ],
)
def test_a_wrong_rating_is_told_and_not_written(clerk: Client, cast: Cast, changed: dict[str, str], said: str) -> None:
    answer = rate(clerk, f"/don-vi/{cast.office.pk}/", **changed)
    assert (answer.status_code, said in answer.content.decode(), Rating.objects.count()) == (422, True, 0)


def test_an_ended_unit_is_rated_for_the_years_it_stood_in(clerk: Client, district: Unit) -> None:
    district.valid_to = datetime.date(2023, 6, 30)
    district.save()
    page = rate(clerk, f"/don-vi/{district.pk}/", year="2024").content.decode()
    assert ("Đơn vị đã kết thúc trong năm 2023." in page, Rating.objects.count()) == (True, 0)
    rate(clerk, f"/don-vi/{district.pk}/", year="2023")
    assert Rating.objects.get(unit=district).year == 2023


def test_a_year_that_is_there_is_filled_in(clerk: Client, cast: Cast) -> None:
    Rating.objects.create(unit=cast.office, year=2024, level="excellent", paper="7/QĐ")
    page = clerk.get(f"/don-vi/{cast.office.pk}/xep-loai/?nam=2024").content.decode()
    assert 'value="7/QĐ"' in page
    assert clerk.get(f"/don-vi/{cast.office.pk}/xep-loai/?nam=²²²²&ve=x").status_code == 200


def test_an_award_keeps_the_names_of_the_day_of_its_decision(clerk: Client, cast: Cast) -> None:
    person = make_person(cast.office, "Lê An")
    rename(cast.office, "Sở Mới", datetime.date(2025, 7, 1))
    award(clerk, f"/nguoi/{person.pk}/", decision="9/QĐ-UBND", decided_on="30/06/2025", golden_number="17")
    record = AwardRecord.objects.get()
    assert (record.recipient_name, record.unit_name, record.golden_number) == ("Lê An", "Sở Thử", "17")
    award(clerk, f"/nguoi/{person.pk}/", decision="9/QĐ-UBND", decided_on="30/06/2025", golden_number="17")
    assert (AwardRecord.objects.count(), JournalLine.objects.filter(act="award.recorded").count()) == (1, 1)


@pytest.mark.parametrize(
    "changed", [{"decided_on": "01/07/2025"}, {"decided_on": "20/12/2025"}, {"year": "2026", "decided_on": ""}]
)
def test_a_dissolved_unit_gets_no_award(clerk: Client, district: Unit, changed: dict[str, str]) -> None:
    answer = award(clerk, f"/don-vi/{district.pk}/", **changed)
    page = answer.content.decode()
    assert (answer.status_code, AwardRecord.objects.count()) == (422, 0)
    assert ("30/06/2025" in page, "Sở Thử" in page) == (True, True)


@pytest.mark.parametrize("changed", [{"decided_on": "30/06/2025"}, {"year": "2024"}, {"year": "2025"}])
def test_an_award_of_before_its_last_day_is_still_written_down(
    clerk: Client, district: Unit, changed: dict[str, str]
) -> None:
    assert award(clerk, f"/don-vi/{district.pk}/", **changed).status_code == 302
    assert AwardRecord.objects.get().unit_name == "UBND huyện Cũ"


def test_a_rating_names_the_rule_of_its_year_and_how_far_it_was_verified(clerk: Client, cast: Cast) -> None:
    person = make_person(cast.office, "Lê An")
    rate(clerk, f"/nguoi/{person.pk}/", year="2024")
    rate(clerk, f"/nguoi/{person.pk}/", year="2024", track="party")
    assert sorted(person.ratings.values_list("scheme", flat=True)) == ["nd-90-2020", "qd-124-tw"]
    page = clerk.get(f"/nguoi/{person.pk}/").content.decode()
    assert ("Nghị định 90/2020/NĐ-CP" in page, page.count("chưa kiểm chứng")) == (True, 1)


def test_where_no_rule_is_known_the_page_says_so(clerk: Client, cast: Cast) -> None:
    rate(clerk, f"/don-vi/{cast.office.pk}/", year="2015")
    assert "Chưa rõ" in clerk.get(f"/don-vi/{cast.office.pk}/").content.decode()
