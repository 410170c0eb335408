"""One undo for a whole list: everything goes back, but for what somebody has changed or used since."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.journal.models import JournalLine
from thidua_web.register.actions import imports
from thidua_web.register.models import Appointment, Person, Rating, SensitiveData
from thidua_web.register.sealing import seal, unseal
from web.cast import Cast
from web.listing import codes, fresh, take_in, undo

PEOPLE = [
    {
        "full_name": "Nguyễn Thị Mai",
        "code": "CB1",
        "birth": "05/03/1985",
        "unit_code": "T-1",
        "position": "Trưởng phòng",
    },
    {"full_name": "Trần Văn Bình", "code": "CB2", "birth": "1990", "unit_code": "T-1", "position": "Chuyên viên"},
    {"full_name": "Lê Thị Chi", "code": "CB3", "birth": "1991", "unit_code": "T-1", "position": "Chuyên viên"},
]


def test_what_somebody_changed_since_is_left_alone_and_shown(cast: Cast) -> None:
    run = take_in(cast, "people", PEOPLE)
    Person.objects.filter(code="CB2").update(position="Phó Trưởng phòng")
    run = undo(cast, run)

    assert list(Person.objects.values_list("code", flat=True)) == ["CB2"]
    assert (run.counts["undone"], run.counts["kept"], codes(run, 3)) == (2, 1, ["undo.changed_since"])
    client = Client()
    client.force_login(cast.users["clerk"])
    page = client.get(f"/danh-ba/{run.pk}/?muc=kept").content.decode()
    assert "Đã có người sửa sau khi danh sách được ghi" in page
    details = JournalLine.objects.get(act="list.undone").details
    assert (details["undone"], details["kept"]) == (2, 1)


def test_what_is_used_elsewhere_by_now_is_left_alone(cast: Cast) -> None:
    run = take_in(cast, "people", PEOPLE)
    Rating.objects.create(person=Person.objects.get(code="CB1"), year=2025, level="good")
    user = cast.users["stranger"]
    user.person = Person.objects.get(code="CB3")
    user.save()
    run = undo(cast, run)

    assert set(Person.objects.values_list("code", flat=True)) == {"CB1", "CB3"}
    assert (codes(run, 2), codes(run, 4)) == (["undo.in_use"], ["undo.in_use"])


def test_a_post_that_others_added_keeps_its_person(cast: Cast) -> None:
    run = take_in(cast, "people", PEOPLE[:1])
    Appointment.objects.create(
        person=Person.objects.get(), unit=cast.province, position="Ủy viên", valid_from=timezone.localdate()
    )
    run = undo(cast, run)

    assert (Person.objects.count(), codes(run, 2)) == (1, ["undo.in_use"])


def test_changes_of_two_lists_go_back_one_after_the_other(cast: Cast) -> None:
    first = take_in(cast, "people", PEOPLE[:1])
    second = take_in(cast, "people", [PEOPLE[0] | {"position": "Giám đốc"}])
    first = undo(cast, first)
    assert (first.counts["kept"], Person.objects.get().position) == (1, "Giám đốc")

    undo(cast, second)
    mai = Person.objects.get()
    assert (mai.position, [post.position for post in mai.appointments.all()]) == ("Trưởng phòng", ["Trưởng phòng"])


def test_sensitive_data_go_back_to_what_they_were(cast: Cast) -> None:
    take_in(cast, "people", [PEOPLE[0] | {"ethnicity": "Kinh", "id_number": "001085000123"}])
    run = take_in(cast, "people", [PEOPLE[0] | {"ethnicity": "Tày"}])
    mai = Person.objects.get()
    opened = unseal(SensitiveData.objects.get().sealed, owner=f"person:{mai.pk}")
    assert opened == {"ethnicity": "Tày", "id_number": "001085000123"}

    undo(cast, run)
    opened = unseal(SensitiveData.objects.get().sealed, owner=f"person:{mai.pk}")
    assert opened == {"ethnicity": "Kinh", "id_number": "001085000123"}


def test_sensitive_data_changed_since_are_left_alone(cast: Cast) -> None:
    run = take_in(cast, "people", [PEOPLE[0] | {"ethnicity": "Kinh"}])
    mai = Person.objects.get()
    SensitiveData.objects.update(sealed=seal({"ethnicity": "Nùng"}, owner=f"person:{mai.pk}"))
    run = undo(cast, run)

    assert (Person.objects.count(), codes(run, 2)) == (1, ["undo.changed_since"])


def test_undoing_in_batches_stops_and_goes_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thidua_web.register.actions.import_writing.BATCH", 1)
    run = take_in(cast, "people", PEOPLE)
    assert imports.undo(run=run, by=cast.users["clerk"], at=timezone.now())
    assert not imports.undo(run=run, by=cast.users["head"], at=timezone.now())
    assert imports.stop(run=run, by=cast.users["clerk"], at=timezone.now())
    assert Person.objects.count() == 3

    run = undo(cast, fresh(run))
    assert (run.state, Person.objects.count()) == ("undone", 0)


def test_a_list_taken_back_is_not_taken_back_again(cast: Cast) -> None:
    run = undo(cast, take_in(cast, "people", PEOPLE))

    assert not imports.undo(run=run, by=cast.users["clerk"], at=timezone.now())
    assert not imports.write(run=run, by=cast.users["clerk"], at=timezone.now())
