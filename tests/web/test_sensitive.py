"""Sensitive data: sealed at rest, shown on demand to who needs them, each time with a line; masked elsewhere."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from thidua_web.accounts.access import PERMISSIONS, Role
from thidua_web.journal.models import JournalLine
from thidua_web.register.actions import sensitive
from thidua_web.register.models import Person, SensitiveData
from thidua_web.register.sealing import digest
from web.cast import Cast
from web.register_rows import make_person

SECRET = {"ethnicity": "Khmer", "religion": "Phật giáo", "party_since": "03/02/2015", "id_number": "079 090 001234"}
NUMBER = "079090001234"


@pytest.fixture
def person(cast: Cast) -> Person:
    return make_person(cast.office, "Lê An")


@pytest.fixture
def clerk(client: Client, cast: Cast, person: Person) -> Client:
    client.force_login(cast.users["clerk"])
    client.post(f"/nguoi/{person.pk}/nhay-cam/sua/", SECRET)
    return client


def everything_stored() -> str:
    """All text of the register and the journal, as it lies in the database."""
    tables = ("register_person", "register_sensitivedata", "journal_journalline")
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    return repr(rows)


def test_at_rest_nothing_of_it_can_be_read(clerk: Client, person: Person) -> None:
    stored = everything_stored()
    assert [word for word in ("Khmer", "Phật", "2015-02-03", NUMBER, "001234") if word in stored] == []
    assert SensitiveData.objects.get(person=person).id_digest == digest(NUMBER)


def test_the_persons_page_shows_what_there_is_masked(clerk: Client, person: Person) -> None:
    page = clerk.get(f"/nguoi/{person.pk}/").content.decode()
    assert ("••••1234" in page, NUMBER in page, "Khmer" in page, "Phật giáo" in page) == (True, False, False, False)


def test_opening_shows_all_leaves_a_line_and_is_kept_nowhere(clerk: Client, cast: Cast, person: Person) -> None:
    answer = clerk.post(f"/nguoi/{person.pk}/nhay-cam/")
    page = answer.content.decode()
    assert all(word in page for word in ("Khmer", "Phật giáo", "03/02/2015", NUMBER))
    assert "no-store" in answer["Cache-Control"]
    line = JournalLine.objects.get(act="person.sensitive_seen")
    assert (line.actor_name, line.subject, line.unit) == ("Người clerk", str(person.pk), cast.office.pk)
    assert set(line.details["fields"]) == {"ethnicity", "religion", "party_member", "party_since", "id_number"}


def test_it_cannot_be_opened_by_an_address_alone(clerk: Client, person: Person) -> None:
    assert clerk.get(f"/nguoi/{person.pk}/nhay-cam/").status_code == 405
    assert clerk.get(f"/nguoi/{person.pk}/nhay-cam/sua/").status_code == 405


def test_changes_are_told_by_field_and_the_same_again_is_no_change(clerk: Client, person: Person) -> None:
    clerk.post(f"/nguoi/{person.pk}/nhay-cam/sua/", SECRET | {"religion": ""})
    clerk.post(f"/nguoi/{person.pk}/nhay-cam/sua/", SECRET | {"religion": ""})
    lines = JournalLine.objects.filter(act="person.sensitive_changed").order_by("number")
    assert [line.details["fields"] for line in lines][1:] == [["religion"]]
    assert sensitive.opened(person)["religion"] == ""


def test_taking_everything_away_leaves_nothing_behind(clerk: Client, person: Person) -> None:
    clerk.post(f"/nguoi/{person.pk}/nhay-cam/sua/", {})
    assert not SensitiveData.objects.exists()


@pytest.mark.parametrize("number", ["12345", "07909000123A", "0790900012345"])
def test_an_impossible_number_is_refused_and_not_repeated_in_the_address(
    clerk: Client, person: Person, number: str
) -> None:
    answer = clerk.post(f"/nguoi/{person.pk}/nhay-cam/sua/", SECRET | {"id_number": number})
    assert (answer.status_code, "Số định danh có 12 chữ số" in answer.content.decode()) == (422, True)
    assert sensitive.opened(person)["id_number"] == NUMBER


@pytest.mark.parametrize("role", list(Role))
def test_only_who_needs_them_gets_even_the_button(client: Client, cast: Cast, person: Person, role: Role) -> None:
    sensitive.write(person, {"ethnicity": "Khmer", "id_number": NUMBER})
    client.force_login(cast.users[role.value])
    allowed = role in PERMISSIONS["person.sensitive"].roles
    page = client.get(f"/nguoi/{person.pk}/").content.decode()
    assert ("/nhay-cam/" in page, "1234" in page) == (allowed, allowed)
    assert client.post(f"/nguoi/{person.pk}/nhay-cam/").status_code == (200 if allowed else 403)


def test_data_whose_seal_is_broken_say_so_and_are_not_overwritten(clerk: Client, cast: Cast, person: Person) -> None:
    other = make_person(cast.office, "Lê Bình")
    stolen = SensitiveData.objects.get(person=person).sealed
    SensitiveData.objects.create(person=other, sealed=stolen)
    assert "không mở được" in clerk.get(f"/nguoi/{other.pk}/").content.decode()
    clerk.raise_request_exception = False
    for path in ("nhay-cam/", "nhay-cam/sua/"):
        answer = clerk.post(f"/nguoi/{other.pk}/{path}", SECRET)
        assert (answer.status_code, "không mở được bằng khóa hiện có" in answer.content.decode()) == (500, True)
    assert SensitiveData.objects.get(person=other).sealed == stolen
