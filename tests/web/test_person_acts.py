"""People are added and put right; posts begin, change and end, several at once; two heads are pointed out."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from thidua_web.journal.models import JournalLine
from thidua_web.register.actions.units import create_unit, end_unit
from thidua_web.register.models import Appointment, Person, Unit, UnitKind
from thidua_web.register.tasks import begin_posts
from web.cast import LONG_AGO, Cast
from web.register_rows import make_person

NEW = {"full_name": " Lê  Thị An", "birth": "09/10/1990", "sex": "female", "unit": "Sở Thử", "since": "01/03/2024"}


def say(day: datetime.date) -> str:
    return f"{day:%d/%m/%Y}"


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


@pytest.fixture
def room(cast: Cast) -> Unit:
    return create_unit(code="P1", name="Phòng Một", kind=UnitKind.OFFICE, parent=cast.office, valid_from=LONG_AGO)


def test_a_person_is_added_with_a_first_post(clerk: Client, cast: Cast) -> None:
    clerk.post("/nguoi/moi/", NEW | {"position": "Giám đốc", "is_head": "on", "code": "CB-1"})
    person = Person.objects.get(code="CB-1")
    post = person.appointments.get()
    assert (person.full_name, person.birth_date, person.birth_year, person.unit) == (
        "Lê Thị An",
        datetime.date(1990, 10, 9),
        1990,
        cast.office,
    )
    assert (post.position, post.is_head, post.valid_from) == ("Giám đốc", True, datetime.date(2024, 3, 1))
    line = JournalLine.objects.get(act="person.created")
    assert (line.unit, line.subject_kind, line.subject) == (cast.office.pk, "person", str(person.pk))


def test_the_year_of_birth_alone_is_enough(clerk: Client, cast: Cast) -> None:
    clerk.post("/nguoi/moi/", NEW | {"birth": "1990"})
    person = Person.objects.get(full_name="Lê Thị An")
    assert (person.birth_date, person.birth_year) == (None, 1990)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"full_name": ""}, "Chưa ghi họ và tên."),
        ({"birth": "31/02/1990"}, "không phải là ngày sinh"),
        ({"birth": "9/1990"}, "không phải là ngày sinh"),
        ({"birth": "3000"}, "Năm sinh đứng sau năm nay."),
        ({"unit": "không có"}, "Không có đơn vị"),
        ({"since": "01/01/2019"}, "hoạt động từ 01/01/2020"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    clerk: Client, cast: Cast, changed: dict[str, str], said: str
) -> None:
    answer = clerk.post("/nguoi/moi/", NEW | changed)
    assert (answer.status_code, said in answer.content.decode(), Person.objects.count()) == (422, True, 0)


def test_a_namesake_is_shown_before_a_second_row_is_made(clerk: Client, cast: Cast) -> None:
    make_person(cast.province, "Lê Thị An", birth_year=1990)
    page = clerk.post("/nguoi/moi/", NEW).content.decode()
    assert ("Có thể người này đã có trong sổ" in page, Person.objects.count()) == (True, 1)
    clerk.post("/nguoi/moi/", NEW | {"force": "1"})
    assert Person.objects.count() == 2


def test_a_namesake_of_another_year_is_no_reason_to_ask(clerk: Client, cast: Cast) -> None:
    make_person(cast.province, "Lê Thị An", birth_year=1971)
    assert clerk.post("/nguoi/moi/", NEW).status_code == 302


def test_identity_is_put_right_and_the_journal_holds_names_of_fields_only(clerk: Client, cast: Cast) -> None:
    person = make_person(cast.office, "Lê An")
    said = {"full_name": "Lê Văn An", "code": "CB-9", "birth": "", "sex": "male"}
    clerk.post(f"/nguoi/{person.pk}/sua/", said)
    person.refresh_from_db()
    assert (person.full_name, person.code, person.sex) == ("Lê Văn An", "CB-9", "male")
    line = JournalLine.objects.get(act="person.changed")
    assert line.details == {"fields": ["full_name", "code", "sex"]}
    clerk.post(f"/nguoi/{person.pk}/sua/", said)
    assert JournalLine.objects.filter(act="person.changed").count() == 1


def begin(client: Client, person: Person, **changed: str):
    said = {"unit": "Phòng Một", "position": "Trưởng phòng", "valid_from": "01/01/2025", "main": "on"}
    return client.post(
        f"/nguoi/{person.pk}/chuc-vu/moi/", {k: v for k, v in (said | changed).items() if v}, follow=True
    )


def test_a_main_post_is_where_the_person_is_listed_from_then_on(clerk: Client, cast: Cast, room: Unit) -> None:
    person = make_person(cast.office, "Lê An", position="Chuyên viên")
    begin(clerk, person)
    person.refresh_from_db()
    assert (person.unit, person.position, person.appointments.count()) == (room, "Trưởng phòng", 2)
    begin(clerk, person)
    assert (person.appointments.count(), JournalLine.objects.filter(act="appointment.begun").count()) == (2, 1)


def test_a_second_post_at_the_same_time_leaves_the_person_where_they_are(clerk: Client, cast: Cast, room: Unit) -> None:
    person = make_person(cast.office, "Lê An", position="Chuyên viên")
    begin(clerk, person, main="")
    person.refresh_from_db()
    assert (person.unit, person.appointments.count()) == (cast.office, 2)


def test_a_main_post_written_ahead_begins_on_its_day(
    clerk: Client, cast: Cast, room: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, tomorrow = make_person(cast.office, "Lê An"), timezone.localdate() + datetime.timedelta(days=1)
    begin(clerk, person, valid_from=say(tomorrow))
    assert begin_posts() == 0
    person.refresh_from_db()
    assert person.unit == cast.office
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    assert (begin_posts(), begin_posts()) == (1, 0)
    person.refresh_from_db()
    assert (person.unit, person.position) == (room, "Trưởng phòng")


def test_two_heads_at_once_are_allowed_and_pointed_out(clerk: Client, cast: Cast, room: Unit) -> None:
    first, second = make_person(room, "Lê Một"), make_person(room, "Lê Hai")
    Appointment.objects.filter(person=first).update(is_head=True)
    page = begin(clerk, second, is_head="on").content.decode()
    assert "“Phòng Một” đang có 2 người đứng đầu cùng lúc: Lê Một, Lê Hai." in page


def test_ending_the_main_post_lists_the_person_under_the_newest_that_runs(
    clerk: Client, cast: Cast, room: Unit
) -> None:
    person = make_person(cast.office, "Lê An", position="Chuyên viên")
    begin(clerk, person)
    post = person.appointments.get(unit=room)
    said = {"position": "Trưởng phòng", "valid_from": "01/01/2025", "valid_to": "31/12/2025"}
    clerk.post(f"/nguoi/{person.pk}/chuc-vu/{post.pk}/", said)
    person.refresh_from_db()
    assert (person.unit, person.position) == (cast.office, "Chuyên viên")
    assert JournalLine.objects.get(act="appointment.ended").details["to"] == "2025-12-31"


def test_a_post_cannot_outlast_its_unit(clerk: Client, cast: Cast) -> None:
    old = create_unit(code="H", name="UBND huyện Cũ", kind=UnitKind.DISTRICT, parent=cast.province, valid_from=LONG_AGO)
    person = make_person(old, "Lê An")
    end_unit(unit=old, on=datetime.date(2025, 6, 30), successors=[cast.office])
    post = person.appointments.get()
    said = {"valid_from": "01/01/2021", "valid_to": "31/12/2025"}
    page = clerk.post(f"/nguoi/{person.pk}/chuc-vu/{post.pk}/", said).content.decode()
    assert "kết thúc ngày 30/06/2025; chức vụ ở đó không thể kéo dài hơn." in page


def test_a_last_day_before_the_first_is_refused(clerk: Client, cast: Cast, room: Unit) -> None:
    page = begin(clerk, make_person(room, "Lê An"), valid_to="31/12/2024").content.decode()
    assert "Ngày cuối đứng trước ngày đầu." in page


def test_nobody_gives_posts_out_of_their_reach(client: Client, cast: Cast, room: Unit) -> None:
    person = make_person(room, "Lê An")
    client.force_login(cast.users["neighbour"])
    assert "Không có đơn vị" in begin(client, person, unit="UBND tỉnh Thử").content.decode()
    foreign = Appointment.objects.create(person=person, unit=cast.province, valid_from=LONG_AGO)
    assert client.get(f"/nguoi/{person.pk}/chuc-vu/{foreign.pk}/").status_code in (403, 404)


def test_a_post_of_somebody_else_is_not_found(clerk: Client, cast: Cast, room: Unit) -> None:
    one, other = make_person(room, "Lê An"), make_person(room, "Lê Bình")
    assert clerk.get(f"/nguoi/{one.pk}/chuc-vu/{other.appointments.get().pk}/").status_code == 404
