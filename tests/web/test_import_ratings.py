"""Lists of annual ratings: whom they are about, the scheme in force, one level a year and track."""

from __future__ import annotations

import datetime

import pytest

from thidua.law.ratings import scheme_for
from thidua_web.register.actions.units import end_unit
from thidua_web.register.models import Person, Rating
from web.cast import Cast
from web.listing import codes, outcomes, send, take_in, undo, workbook

MAI = {"full_name": "Nguyễn Thị Mai", "code": "CB1", "birth": "05/03/1985", "unit_code": "T-1"}
GOOD, BEST = "Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ"


@pytest.fixture
def mai(cast: Cast) -> Person:
    take_in(cast, "people", [MAI])
    return Person.objects.get()


def rating(who: str, level: str = GOOD, year: str = "2025", **more: str) -> dict[str, str]:
    return {"who": who, "year": year, "level": level} | more


def test_people_units_and_the_party_are_rated(cast: Cast, mai: Person) -> None:
    rows = [
        rating("Cá nhân", person_code="CB1", full_name="Nguyễn Thị Mai", unit_code="T-1", paper="45/QĐ-SNV"),
        rating("Đảng viên", BEST, full_name="Nguyễn Thị Mai", birth="05/03/1985", unit_code="T-1"),
        rating("Tập thể", unit_name="Sở Thử", decided_on="12/12/2025"),
        rating("Tổ chức đảng", unit_code="T-1"),
    ]
    run = take_in(cast, "ratings", rows)

    assert (run.state, run.counts["written"]) == ("done", 4)
    assert {(r.person_id, r.unit_id, r.track, r.level) for r in Rating.objects.all()} == {
        (mai.pk, None, "state", "good"),
        (mai.pk, None, "party", "excellent"),
        (None, cast.office.pk, "state", "good"),
        (None, cast.office.pk, "party", "good"),
    }
    party = scheme_for("party", "person", 2025)
    assert Rating.objects.get(person=mai, track="party").scheme == (party.code if party else "")
    assert Rating.objects.get(person=mai, track="state").unit_name == "Sở Thử"
    assert Rating.objects.get(unit=cast.office, track="state").decided_on == datetime.date(2025, 12, 12)


def test_a_name_and_a_unit_are_enough_where_only_one_bears_it(cast: Cast, mai: Person) -> None:
    run = send(cast, "ratings", workbook("ratings", [rating("Cá nhân", full_name="Nguyễn Thị Mai", unit_code="T-1")]))

    assert outcomes(run) == {2: "new"}


def test_two_of_the_same_name_are_asked_about(cast: Cast, mai: Person) -> None:
    take_in(cast, "people", [MAI | {"code": "CB2", "birth": "06/08/1990"}])
    run = send(cast, "ratings", workbook("ratings", [rating("Cá nhân", full_name="Nguyễn Thị Mai", unit_code="T-1")]))

    assert outcomes(run) == {2: "doubt"}
    assert len(run.rows.get().candidates) == 2


def test_the_same_changes_nothing_and_another_level_replaces(cast: Cast, mai: Person) -> None:
    take_in(cast, "ratings", [rating("Cá nhân", person_code="CB1")])
    rows = [rating("Cá nhân", person_code="CB1")]
    assert outcomes(send(cast, "ratings", workbook("ratings", rows))) == {2: "same"}

    run = take_in(cast, "ratings", [rating("Cá nhân", BEST, person_code="CB1")])
    assert (run.counts["changed"], Rating.objects.get().level) == (1, "excellent")
    undo(cast, run)
    assert Rating.objects.get().level == "good"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (rating("Cá nhân", person_code="KHONG"), "place.no_person"),
        (rating("Cá nhân", full_name="Lê Văn Lạ", unit_code="T-1"), "place.no_person"),
        (rating("Tập thể", unit_code="KHONG"), "place.no_unit_code"),
        (rating("Tập thể", unit_code="T", year="2010"), "place.not_yet"),
        (rating("Tập thể", unit_code="T-1", full_name="Nguyễn Thị Mai"), "row.blank"),
    ],
)
def test_faults(cast: Cast, mai: Person, row: dict[str, str], code: str) -> None:
    assert codes(send(cast, "ratings", workbook("ratings", [row])), 2) == [code]


def test_one_subject_twice_in_different_words_is_a_fault(cast: Cast, mai: Person) -> None:
    rows = [rating("Cá nhân", person_code="CB1"), rating("Cá nhân", BEST, full_name="Nguyễn Thị Mai", unit_code="T-1")]
    run = send(cast, "ratings", workbook("ratings", rows))

    assert codes(run, 3) == ["place.same_subject"]


def test_a_unit_is_rated_only_for_years_in_which_it_was(cast: Cast) -> None:
    end_unit(unit=cast.office, on=datetime.date(2024, 6, 30), successors=[cast.province])
    rows = [rating("Tập thể", unit_code="T-1", year="2024"), rating("Tập thể", unit_code="T-1", year="2025")]
    run = send(cast, "ratings", workbook("ratings", rows))

    assert outcomes(run) == {2: "new", 3: "fault"}
    assert codes(run, 3) == ["place.ended"]


def test_people_of_other_units_are_out_of_reach(cast: Cast) -> None:
    take_in(cast, "people", [MAI | {"unit_code": "T"}])
    row = rating("Cá nhân", person_code="CB1", full_name="Nguyễn Thị Mai")
    run = send(cast, "ratings", workbook("ratings", [row]), unit=cast.office, by="neighbour")

    assert codes(run, 2) == ["place.no_person"]
