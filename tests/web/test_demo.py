"""The demo: complete, and harmless to run again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from thidua_web.accounts.access import Role
from thidua_web.accounts.models import Membership, User
from thidua_web.campaigns.models import (
    Campaign,
    Deployment,
    DutyDay,
    DutyDone,
    Edition,
    PlanDocument,
    PlanReading,
    Question,
    ReviewedFact,
    ReviewStep,
)
from thidua_web.demo import make_demo, sign_in_help
from thidua_web.eligibility.queries.standing import State
from thidua_web.nominations.models import AppraisedList, GateException, Nomination, Opinion, Return, Submission
from thidua_web.nominations.queries.checking import checked_of
from thidua_web.nominations.queries.loading import nominations
from thidua_web.progress.models import Pledge, PledgedTarget, Report, ScoreEntry, ScoreSheet, Scoring
from thidua_web.register.models import Appointment, AwardRecord, Person, Rating, Reform, SensitiveData, Unit, UnitCode
from web.kept import kept

TODAY = datetime.date(2026, 11, 21)
REPEATS = "report_repeats"
ALL = (
    Unit, Person, User, Membership, PlanDocument, PlanReading, ReviewedFact, ReviewStep,
    Campaign, Edition, DutyDay, DutyDone, Question, Appointment, Rating, AwardRecord, UnitCode, SensitiveData,
    Deployment, Pledge, PledgedTarget, Report, ScoreSheet, ScoreEntry, Submission, Nomination, Return, Opinion,
)  # fmt: skip


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with kept(django_db_blocker):
        make_demo(on=TODAY)
        yield


@pytest.fixture
def demo(made: None, db: None) -> None:
    """Made once for them all; what a test does to it is taken back."""


def everything() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in ALL]


@pytest.mark.parametrize("later", [0, 40])
def test_a_second_run_changes_nothing(demo: None, later: int) -> None:
    before = everything()
    make_demo(on=TODAY + datetime.timedelta(days=later))
    assert everything() == before


def test_what_people_did_to_the_demo_stays(demo: None) -> None:
    DutyDone.objects.all().delete()
    before = everything()
    make_demo(on=TODAY)
    assert everything() == before


def test_units_have_taken_the_campaign_on(demo: None) -> None:
    reached = Deployment.objects.exclude(unit__code="UBND")
    assert reached.filter(received_at=None).count() > reached.exclude(received_at=None).count() > 2
    assert dict(Pledge.objects.values_list("unit__code", "state")) == {
        "SNNMT": "accepted",
        "SNV": "submitted",
        "VS-01": "returned",
    }
    report = Report.objects.get()
    assert (report.unit.code, report.state, report.values.count(), report.works.count()) == ("SNNMT", "sent", 4, 2)


def test_a_bloc_waits_for_the_standing_body(demo: None) -> None:
    scoring = Scoring.objects.get()
    assert scoring.state == "standing"
    assert ScoreSheet.objects.filter(scoring=scoring, sent_at__isnull=False).count() == 10


def test_its_plan_was_reviewed_as_people_do(demo: None) -> None:
    facts = ReviewedFact.objects.filter(document=Edition.objects.get().document)
    said = sorted(facts.exclude(verdict="accepted").values_list("kind", "verdict"))
    assert said == [
        ("deadlines", "corrected"),
        ("deadlines", "rejected"),
        ("deadlines", "rejected"),
        ("open_days", "corrected"),
        ("pledges", "added"),
        ("targets", "corrected"),
        ("tasks", "corrected"),
    ]


def test_the_department_plan_is_half_reviewed_and_the_provinces_not_at_all(demo: None) -> None:
    def left(unit: str) -> list[str]:
        facts = ReviewedFact.objects.filter(document__unit__code=unit, document__sealed=False)
        return sorted(set(facts.values_list("verdict", flat=True)))

    assert (left("SNNMT"), left("UBND")) == (["accepted", "pending"], ["pending"])


def test_there_are_about_sixty_units_at_three_levels(demo: None) -> None:
    assert 50 <= Unit.objects.count() <= 70
    ended = Unit.objects.exclude(pk__in=Unit.objects.valid(on=TODAY))
    assert {unit.kind for unit in ended} == {"district"}
    assert all(unit.successors.count() > 1 for unit in ended)


def test_the_districts_ended_in_a_reform_that_its_page_shows(client: Client, demo: None) -> None:
    reform = Reform.objects.get()
    assert (reform.state, reform.on, reform.ordered_by_name) == ("done", datetime.date(2025, 7, 1), "Bùi Công Vinh")
    client.force_login(User.objects.get(username="kiemtra"))
    page = client.get(f"/to-chuc-lai/{reform.pk}/so-sanh/").content.decode()
    assert ("Ủy ban nhân dân huyện Vàm Sen" in page, "Ủy ban nhân dân đặc khu Hòn Đá" in page) == (True, True)


def test_every_living_unit_has_people(demo: None) -> None:
    assert set(Person.objects.values_list("unit", flat=True)) == set(
        Unit.objects.valid(on=TODAY).values_list("pk", flat=True)
    )
    assert Person.objects.count() > 150


def test_every_living_unit_has_one_head_and_everyone_a_post(demo: None) -> None:
    living = Unit.objects.valid(on=TODAY)
    heads = Appointment.objects.valid(on=TODAY).filter(is_head=True).values_list("unit", flat=True)
    assert sorted(heads) == sorted(living.values_list("pk", flat=True))
    assert set(Appointment.objects.values_list("person", flat=True)) == set(Person.objects.values_list("pk", flat=True))


def test_ended_units_have_ratings_and_awards_of_before_and_none_after(demo: None) -> None:
    ended = Unit.objects.exclude(pk__in=Unit.objects.valid(on=TODAY))
    assert {row.year for row in Rating.objects.filter(unit__in=ended)} == {2021, 2022, 2023, 2024}
    assert not AwardRecord.objects.filter(unit__in=ended, decided_on__gt=datetime.date(2025, 6, 30)).exists()
    assert Rating.objects.filter(year=2024, unit_name__contains="huyện", person__isnull=False).exists()


def test_there_is_an_account_for_every_role(demo: None) -> None:
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    assert set(User.objects.values_list("is_demo", flat=True)) == {True}


def test_three_plans_are_read_already(demo: None) -> None:
    assert sorted(PlanDocument.objects.values_list("name", "state")) == [
        ("ke-hoach-moi-truong-minh-giang.docx", "read"),
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
    answer = client.post("/dang-nhap/", {"login": "vanthu", "password": "MinhGiang2026"})
    assert answer.status_code == 302


def test_the_command_line_is_told_the_same(demo: None) -> None:
    told = sign_in_help("http://127.0.0.1:8000")
    assert ("http://127.0.0.1:8000" in told, "MinhGiang2026" in told, "vanthu.xa" in told) == (True, True, True)


def test_the_checks_of_django_pass(demo: None) -> None:
    call_command("check")


def test_a_commune_has_households_of_which_one_may_be_proposed(client: Client, demo: None) -> None:
    client.force_login(User.objects.get(username="vanthu.xa"))
    page = client.get("/co-the-de-nghi/", {"loai": "ho-gia-dinh", "nam": "2025"})
    said = {row.name: row.state for row in page.context["rows"]}
    assert said == {
        "Hộ ông Trương Văn Hai": State.MET,
        "Hộ ông Huỳnh Tấn Lợi": State.MET,
        "Hộ bà Nguyễn Thị Sáu": State.JUDGE,
    }


def test_nominations_stand_in_every_state_of_the_work(demo: None) -> None:
    found = {row.name: row for row in Nomination.objects.all()}
    assert {row.name: row.state for row in found.values()} == {
        "Sơn Quốc Hà": "recommended",
        "Nguyễn Đức Hạnh": "recommended",
        "Chi cục Thủy lợi": "asked",
        "Lý Minh Vinh": "in_appraisal",
        "Trần Ngọc Sang": "returned",
        "Dương Ngọc Khánh": "not_recommended",
        "Sơn Ngọc Đạt": "in_appraisal",
        "Hộ ông Trương Văn Hai": "lodged",
        "Nguyễn Bảo Mai": "lodged",
        "Thạch Bảo Long": "draft",
        "Chi cục Trồng trọt và Bảo vệ thực vật": "draft",
    }
    late = {row.name for row in found.values() if row.clock_due and row.clock_due < TODAY}
    assert late == {"Lý Minh Vinh"}
    assert AppraisedList.objects.get().nominations.count() == 3


def test_what_was_sent_back_or_refused_says_why(demo: None) -> None:
    assert {row.nomination.name: row.codes for row in Return.objects.all()} == {
        "Trần Ngọc Sang": ["copied_report"],
        "Sơn Ngọc Đạt": ["report_wanting"],
    }
    refused = Opinion.objects.get(recommends=False)
    assert [reason["code"] for reason in refused.reasons] == ["nominations.criterion_not_met"]
    assert GateException.objects.get().code == f"nominations.criterion_not_met:{refused.nomination_id}"


def test_no_report_repeats_another_but_the_one_that_was_copied(demo: None) -> None:
    rows = list(nominations().filter(lodged_on__isnull=False))
    said = {row.name for row in rows for one in checked_of(rows, TODAY)[row.pk].findings if REPEATS in one.code}
    assert said == {"Trần Ngọc Sang"}
