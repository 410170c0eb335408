"""The demo: made once, complete, and harmless to run again."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.test import Client

from thidua_web.accounts.access import Role
from thidua_web.accounts.models import Membership, User
from thidua_web.campaigns.models import PlanDocument, PlanReading
from thidua_web.demo import make_demo, sign_in_help
from thidua_web.register.models import Person, Unit


@pytest.fixture
def demo(db: None) -> None:
    make_demo()


def test_a_second_run_changes_nothing(demo: None) -> None:
    def everything() -> list[object]:
        return [list(model.objects.order_by("pk").values()) for model in (Unit, Person, User, Membership, PlanDocument)]

    before = everything()
    make_demo()
    assert everything() == before


def test_there_are_about_sixty_units_at_three_levels(demo: None) -> None:
    assert 50 <= Unit.objects.count() <= 70
    today = datetime.date(2026, 11, 21)
    ended = Unit.objects.exclude(pk__in=Unit.objects.valid(on=today))
    assert {unit.kind for unit in ended} == {"district"}
    assert all(unit.successors.count() > 1 for unit in ended)


def test_every_living_unit_has_people(demo: None) -> None:
    today = datetime.date(2026, 11, 21)
    assert set(Person.objects.values_list("unit", flat=True)) == set(
        Unit.objects.valid(on=today).values_list("pk", flat=True)
    )
    assert Person.objects.count() > 150


def test_there_is_an_account_for_every_role(demo: None) -> None:
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    assert set(User.objects.values_list("is_demo", flat=True)) == {True}


def test_two_plans_are_read_already(demo: None) -> None:
    assert sorted(PlanDocument.objects.values_list("name", "state")) == [
        ("ke-hoach-so-minh-giang.pdf", "read"),
        ("ke-hoach-tinh-minh-giang.docx", "read"),
    ]
    assert all(count > 25 for count in PlanReading.objects.values_list("facts", flat=True))


def test_the_department_plan_is_checked_against_the_provinces(demo: None) -> None:
    findings = PlanReading.objects.get(document__unit__code="SNNMT").findings
    assert "parent" in {finding["code"].split(".")[0] for finding in findings}


def test_the_sign_in_page_shows_the_accounts_and_they_work(client: Client, demo: None) -> None:
    page = client.get("/dang-nhap/").content.decode()
    assert all(f"<code>{username}</code>" in page for username in User.objects.values_list("username", flat=True))
    answer = client.post("/dang-nhap/", {"username": "vanthu", "password": "MinhGiang2026"})
    assert answer.status_code == 302


def test_the_command_line_is_told_the_same(demo: None) -> None:
    told = sign_in_help("http://127.0.0.1:8000")
    assert ("http://127.0.0.1:8000" in told, "MinhGiang2026" in told, "vanthu.xa" in told) == (True, True, True)


def test_the_checks_of_django_pass(db: None) -> None:
    call_command("check")
