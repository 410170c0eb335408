"""Lists of people: who each row is, what becomes of the person, of the post and of sensitive data."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from thidua_web.register.actions import imports
from thidua_web.register.actions.appointments import begin_main_posts
from thidua_web.register.models import Appointment, ImportRow, Person, SensitiveData
from thidua_web.register.sealing import digest, unseal
from web.cast import Cast
from web.listing import codes, fresh, outcomes, send, take_in, undo, workbook, write

MAI = {
    "full_name": "Nguyễn Thị Mai",
    "code": "CB1",
    "birth": "05/03/1985",
    "sex": "Nữ",
    "unit_code": "T-1",
    "position": "Trưởng phòng",
}
BINH = {"full_name": "Trần Văn Bình", "code": "CB2", "birth": "1990", "unit_code": "T-1", "position": "Chuyên viên"}
SECRET = {"id_number": "001085000123", "ethnicity": "Kinh", "religion": "Không", "party_member": "x"}


def posts(person: Person) -> list[tuple[str, str, bool]]:
    rows = person.appointments.order_by("valid_from", "id")
    return [(row.unit.code, row.position, row.valid_to is None) for row in rows]


def test_a_new_person_comes_with_a_post_and_keys(cast: Cast) -> None:
    run = take_in(cast, "people", [MAI, BINH])

    mai = Person.objects.get(code="CB1")
    assert (run.state, run.counts["written"]) == ("done", 2)
    assert (mai.full_name, mai.birth_date, mai.birth_year, mai.sex) == (
        "Nguyễn Thị Mai",
        datetime.date(1985, 3, 5),
        1985,
        "female",
    )
    assert (mai.unit, mai.position, posts(mai)) == (cast.office, "Trưởng phòng", [("T-1", "Trưởng phòng", True)])
    assert mai.folded == "nguyen thi mai cb1"
    assert Person.objects.get(code="CB2").birth_year == 1990


def test_sensitive_columns_go_sealed_and_stand_nowhere_in_the_clear(cast: Cast) -> None:
    run = send(cast, "people", workbook("people", [MAI | SECRET]))
    row = ImportRow.objects.get(run=run)
    told = f"{row.values} {row.changes} {row.label} {row.findings} {row.folded}"
    assert not [word for word in ("001085000123", "Kinh") if word in told]
    assert row.sealed

    write(cast, run)
    data = SensitiveData.objects.get()
    assert unseal(data.sealed, owner=f"person:{data.pk}") == {
        "id_number": "001085000123",
        "ethnicity": "Kinh",
        "religion": "Không",
        "party_member": "x",
    }
    assert data.id_digest == digest("001085000123")


def test_who_may_not_write_sensitive_data_has_those_columns_left_out_and_is_told(cast: Cast) -> None:
    import io

    upload = imports.upload_list(
        source=io.BytesIO(workbook("people", [MAI | SECRET])),
        name="ds.xlsx",
        kind="people",
        unit=cast.province,
        by=cast.users["administrator"],
        at=timezone.now(),
        sensitive=False,
    )
    from thidua_web.register.tasks import read_list

    read_list(upload.run.pk)
    run = write(cast, fresh(upload.run), by="administrator")

    assert [one["code"] for one in run.findings] == ["list.sensitive_left"]
    assert (Person.objects.count(), SensitiveData.objects.count()) == (1, 0)


def test_the_same_list_once_more_changes_nothing(cast: Cast) -> None:
    take_in(cast, "people", [MAI | SECRET, BINH])
    run = send(cast, "people", workbook("people", [BINH, MAI | SECRET]))

    assert outcomes(run) == {2: "same", 3: "same"}
    assert not imports.write(run=run, by=cast.users["clerk"], at=timezone.now())


def test_empty_cells_say_nothing(cast: Cast) -> None:
    take_in(cast, "people", [MAI | SECRET | {"is_head": "x"}])
    run = send(cast, "people", workbook("people", [{"full_name": MAI["full_name"], "code": "CB1", "unit_code": "T-1"}]))

    assert outcomes(run) == {2: "same"}


def test_who_moved_gets_the_new_post_and_the_old_one_ends(cast: Cast) -> None:
    take_in(cast, "people", [MAI | {"post_from": "01/01/2024"}])
    moved = MAI | {"unit_code": "T", "position": "Phó Chánh Văn phòng", "post_from": "01/07/2025"}
    run = take_in(cast, "people", [moved])

    mai = Person.objects.get()
    assert (mai.unit, mai.position) == (cast.province, "Phó Chánh Văn phòng")
    assert posts(mai) == [("T-1", "Trưởng phòng", False), ("T", "Phó Chánh Văn phòng", True)]
    assert mai.appointments.get(unit=cast.office).valid_to == datetime.date(2025, 6, 30)

    undo(cast, run)
    mai.refresh_from_db()
    assert (mai.unit, mai.position, posts(mai)) == (cast.office, "Trưởng phòng", [("T-1", "Trưởng phòng", True)])


def test_a_post_that_begins_later_waits_for_its_day(cast: Cast) -> None:
    take_in(cast, "people", [MAI | {"post_from": "01/01/2024"}])
    begins = timezone.localdate() + datetime.timedelta(days=30)
    take_in(
        cast, "people", [MAI | {"unit_code": "T", "position": "Chánh Văn phòng", "post_from": f"{begins:%d/%m/%Y}"}]
    )
    mai = Person.objects.get()
    assert (mai.unit, mai.position) == (cast.office, "Trưởng phòng")
    assert mai.appointments.get(unit=cast.office).valid_to == begins - datetime.timedelta(days=1)

    begin_main_posts(on=begins)
    mai.refresh_from_db()
    assert (mai.unit, mai.position) == (cast.province, "Chánh Văn phòng")


def test_two_rows_of_one_code_are_one_person_in_two_posts(cast: Cast) -> None:
    run = take_in(cast, "people", [MAI, MAI | {"position": "Bí thư Chi bộ"}])

    assert (Person.objects.count(), run.counts["written"]) == (1, 2)
    assert Person.objects.get().position == "Trưởng phòng"
    assert {row[1] for row in posts(Person.objects.get())} == {"Trưởng phòng", "Bí thư Chi bộ"}
    again = send(cast, "people", workbook("people", [MAI, MAI | {"position": "Bí thư Chi bộ"}, BINH]))
    assert outcomes(again) == {2: "same", 3: "same", 4: "new"}


def test_a_second_post_waits_for_a_first_row_with_faults(cast: Cast) -> None:
    run = send(cast, "people", workbook("people", [MAI | {"unit_code": "KHONG"}, MAI | {"position": "Bí thư"}]))

    assert outcomes(run) == {2: "fault", 3: "fault"}
    assert codes(run, 3) == ["place.first_row"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"unit_code": "KHONG"}, "place.no_unit_code"),
        ({"unit_code": "", "unit_name": "Sở Không Có"}, "place.no_unit_name"),
        ({"unit_name": "Sở Khác"}, "place.code_and_name"),
        ({"birth": "31/02/1990"}, "cell.impossible_day"),
        ({"sex": "Khác"}, "cell.no_choice"),
    ],
)
def test_a_fault_names_its_column(cast: Cast, row: dict[str, str], code: str) -> None:
    run = send(cast, "people", workbook("people", [BINH | row], headers=[*BINH, "sex", "unit_name"]))
    found = ImportRow.objects.get(run=run)

    assert (found.outcome, codes(run, 2)) == ("fault", [code])
    assert found.findings[-1]["params"]["row"] == 2
    assert found.findings[-1]["params"]["column"].isalpha()


def test_units_outside_the_reach_of_the_sender_are_faults(cast: Cast) -> None:
    run = send(cast, "people", workbook("people", [BINH | {"unit_code": "T"}]), by="neighbour", unit=cast.office)

    assert codes(run, 2) == ["place.outside"]


def test_somebody_of_a_unit_outside_is_not_taken_over(cast: Cast) -> None:
    take_in(cast, "people", [MAI | {"unit_code": "T"} | SECRET])
    run = send(cast, "people", workbook("people", [MAI | SECRET]), by="neighbour", unit=cast.office)

    assert codes(run, 2) == ["place.person_elsewhere"]
    assert "Trưởng phòng" not in str(ImportRow.objects.get(run=run).candidates)


def test_a_doubt_shows_candidates_with_reasons_and_a_person_decides(cast: Cast) -> None:
    take_in(cast, "people", [MAI])
    known = Person.objects.get()
    rows = [{"full_name": "Nguyễn Thị Mai", "birth": "1985", "unit_code": "T", "position": "Kế toán"}]
    run = send(cast, "people", workbook("people", rows))
    row = ImportRow.objects.get(run=run)
    assert (row.outcome, [one["id"] for one in row.candidates]) == ("doubt", [known.pk])
    assert row.candidates[0]["reasons"]
    assert not imports.write(run=run, by=cast.users["clerk"], at=timezone.now())

    assert imports.choose(run=run, number=2, sheet="Người", choice=f"same:{known.pk}")
    write(cast, fresh(run))
    known.refresh_from_db()
    assert (Person.objects.count(), known.unit, known.position) == (1, cast.province, "Kế toán")


def test_a_doubt_may_be_another_person(cast: Cast) -> None:
    take_in(cast, "people", [MAI])
    run = send(cast, "people", workbook("people", [{"full_name": "Nguyễn Thị Mai", "birth": "1985", "unit_code": "T"}]))
    doubt = ImportRow.objects.get(run=run).doubt

    assert imports.choose_all(run=run, doubt=doubt, choice="new") == 1
    write(cast, fresh(run))
    assert Person.objects.filter(full_name="Nguyễn Thị Mai").count() == 2


def test_a_choice_that_was_not_offered_is_refused(cast: Cast) -> None:
    take_in(cast, "people", [MAI, BINH])
    run = send(cast, "people", workbook("people", [{"full_name": "Nguyễn Thị Mai", "birth": "1985", "unit_code": "T"}]))
    stranger = Person.objects.get(code="CB2")

    assert not imports.choose(run=run, number=2, sheet="Người", choice=f"same:{stranger.pk}")
    assert ImportRow.objects.get(run=run).choice == ""


def test_undoing_takes_new_people_away_and_leaves_nothing(cast: Cast) -> None:
    run = undo(cast, take_in(cast, "people", [MAI | SECRET, BINH]))

    assert (run.state, run.counts["undone"], run.counts["kept"]) == ("undone", 2, 0)
    assert (Person.objects.count(), Appointment.objects.count(), SensitiveData.objects.count()) == (0, 0, 0)
