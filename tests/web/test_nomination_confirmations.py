"""Other bodies confirm that duties are fulfilled: asked one by one or for many, answered, put right."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from thidua_web.eligibility.models import FactKind, RecordedFact
from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import Confirmation, Nomination, Submission
from web.cast import Cast
from web.dossier_rows import a_nomination, a_person, a_submission
from web.nominated import lodged
from web.reported import PDF


@pytest.fixture
def submission(cast: Cast) -> Submission:
    return a_submission(cast)


@pytest.fixture
def nomination(cast: Cast, submission: Submission) -> Nomination:
    return a_nomination(submission, a_person(cast))


@pytest.fixture
def unit(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["neighbour"])
    return client


def page_of(nomination: Nomination, act: str = "") -> str:
    return f"/ho-so/{nomination.pk}/soan/xac-nhan/{act}"


def day(ago: int) -> str:
    return f"{timezone.localdate() - datetime.timedelta(ago):%d/%m/%Y}"


def asking(**said: str) -> dict[str, str]:
    return {"body": "tax", "asked_of": "Thuế tỉnh Thử", "asked_on": day(20), "due_on": ""} | said


def answering(yes: str = "yes", **said: str) -> dict[str, str]:
    return {"yes": yes, "answered_on": day(2), "paper": "152/TT-NVDTPC", "note": ""} | said


@pytest.fixture
def asked(cast: Cast, nomination: Nomination) -> Confirmation:
    on = timezone.localdate() - datetime.timedelta(20)
    return Confirmation.objects.create(
        nomination=nomination, body="tax", asked_of="Thuế tỉnh Thử", asked_on=on, asked_by=cast.users["neighbour"]
    )


def test_a_body_is_asked_and_waits(unit: Client, nomination: Nomination) -> None:
    page = unit.post(page_of(nomination), asking(due_on=day(-5)), follow=True).content.decode()
    assert ("Cơ quan thuế" in page, "chờ trả lời" in page) == (True, True)
    row = Confirmation.objects.get()
    assert (row.body, row.asked_of, row.yes) == ("tax", "Thuế tỉnh Thử", None)


def test_what_is_missing_or_in_the_wrong_order_is_told_at_its_field(unit: Client, nomination: Nomination) -> None:
    wrong = asking(body="", asked_of="", due_on=day(40))
    answer = unit.post(page_of(nomination), wrong)
    assert (answer.status_code, answer.content.decode().count("field-error")) == (422, 3)
    assert not Confirmation.objects.exists()


def test_a_body_that_has_not_answered_is_asked_once(unit: Client, nomination: Nomination, asked: Confirmation) -> None:
    unit.post(page_of(nomination), asking(asked_of="Thuế cơ sở 3"))
    assert list(Confirmation.objects.values_list("pk", "asked_of")) == [(asked.pk, "Thuế cơ sở 3")]


def test_one_that_does_not_answer_in_time_is_flagged(unit: Client, nomination: Nomination, asked: Confirmation) -> None:
    Confirmation.objects.update(due_on=timezone.localdate() - datetime.timedelta(3))
    assert f"quá hạn từ {day(3)}" in unit.get(page_of(nomination)).content.decode()


@pytest.mark.parametrize(("yes", "fact", "said"), [("yes", True, "đã xác nhận"), ("no", False, "không xác nhận")])
def test_the_answer_is_a_fact_of_the_nominee_for_the_year(
    unit: Client, nomination: Nomination, asked: Confirmation, yes: str, fact: bool, said: str
) -> None:
    sent = answering(yes) | {"files": [SimpleUploadedFile("tra-loi.pdf", PDF)]}
    page = unit.post(page_of(nomination, f"{asked.pk}/"), sent, follow=True).content.decode()
    assert (said in page, "152/TT-NVDTPC" in page, "tra-loi.pdf" in page) == (True, True, True)
    row = RecordedFact.objects.standing().get(kind=FactKind.CONFIRMATION)
    assert (row.person, row.code, row.year, row.yes, row.paper) == (
        nomination.person, "tax", nomination.year, fact, "152/TT-NVDTPC",
    )  # fmt: skip
    assert asked.files.count() == 1


def test_the_same_answer_twice_is_recorded_once(unit: Client, nomination: Nomination, asked: Confirmation) -> None:
    for _ in range(2):
        page = unit.post(page_of(nomination, f"{asked.pk}/"), answering(), follow=True).content.decode()
        assert "Đã ghi trả lời" in page
    assert JournalLine.objects.filter(act="confirmation.answered").count() == 1
    later = unit.post(page_of(nomination, f"{asked.pk}/"), answering("no"), follow=True).content.decode()
    assert "đã thay đổi" in later
    asked.refresh_from_db()
    assert asked.yes is True


def test_no_answer_comes_before_the_question(unit: Client, nomination: Nomination, asked: Confirmation) -> None:
    answer = unit.post(page_of(nomination, f"{asked.pk}/"), answering(answered_on=day(30)))
    assert (answer.status_code, "Trả lời trước ngày gửi" in answer.content.decode()) == (422, True)


def test_an_answer_recorded_by_mistake_is_taken_back_with_its_fact(
    unit: Client, nomination: Nomination, asked: Confirmation
) -> None:
    unit.post(page_of(nomination, f"{asked.pk}/"), answering())
    unit.post(page_of(nomination, f"{asked.pk}/sua/"))
    asked.refresh_from_db()
    assert (asked.yes, asked.answered_on, asked.paper) == (None, None, "")
    assert not RecordedFact.objects.standing().exists()
    unit.post(page_of(nomination, f"{asked.pk}/bo/"))
    assert not Confirmation.objects.exists()


def test_what_the_register_holds_from_elsewhere_is_not_taken_back(
    unit: Client, nomination: Nomination, asked: Confirmation
) -> None:
    RecordedFact.objects.create(
        person=nomination.person, kind="confirmation", code="tax", year=2020, yes=True, by_name="x", at=timezone.now()
    )
    unit.post(page_of(nomination, f"{asked.pk}/"), answering())
    unit.post(page_of(nomination, f"{asked.pk}/sua/"))
    assert RecordedFact.objects.standing().get().year == 2020


# Who, and when --------------------------------------------------------------------------------------------------------


def test_who_appraises_records_what_comes_to_them_and_asks_nobody_anew(
    client: Client, cast: Cast, nomination: Nomination, asked: Confirmation
) -> None:
    client.force_login(cast.users["appraiser"])
    assert client.post(page_of(nomination, f"{asked.pk}/"), answering()).status_code == 403
    lodged(nomination, "in_appraisal")
    assert client.post(page_of(nomination), asking(body="police")).status_code == 403
    assert client.post(page_of(nomination, f"{asked.pk}/"), answering()).status_code == 302
    asked.refresh_from_db()
    assert (asked.yes, asked.answered_by) == (True, cast.users["appraiser"])


def test_after_the_conclusion_nothing_is_recorded(unit: Client, nomination: Nomination, asked: Confirmation) -> None:
    lodged(nomination, "recommended")
    page = unit.post(page_of(nomination, f"{asked.pk}/"), answering(), follow=True).content.decode()
    assert "đã thay đổi" in page
    assert not RecordedFact.objects.exists()


@pytest.mark.parametrize(("who", "see"), [("auditor", 200), ("stranger", 404)])
def test_others_read_or_know_nothing(
    client: Client, cast: Cast, nomination: Nomination, asked: Confirmation, who: str, see: int
) -> None:
    client.force_login(cast.users[who])
    assert client.get(page_of(nomination)).status_code == see
    refused = 404 if see == 404 else 403
    for act in ("", f"{asked.pk}/", f"{asked.pk}/sua/", f"{asked.pk}/bo/"):
        assert client.post(page_of(nomination, act), asking()).status_code == refused


# Many at once ---------------------------------------------------------------------------------------------------------


def test_one_letter_asks_for_many_of_a_submission(
    unit: Client, cast: Cast, submission: Submission, nomination: Nomination, asked: Confirmation
) -> None:
    more = [a_nomination(submission, a_person(cast, f"Lê Văn {n}")) for n in ("Sáu", "Bảy", "Tám")]
    address = f"/dot-de-nghi/{submission.pk}/xac-nhan/"
    chosen = [nomination.pk, more[0].pk, more[1].pk]
    page = unit.post(address, asking() | {"n": chosen}, follow=True).content.decode()
    assert "cho 2 người" in page
    assert set(Confirmation.objects.values_list("nomination", flat=True)) == set(chosen)
    assert JournalLine.objects.get(act="confirmation.asked").details["nominations"] == [more[0].pk, more[1].pk]
    assert "Chưa chọn ai" in unit.post(address, asking()).content.decode()
    assert unit.get(f"{address}?chon=het").content.decode().count(" checked>") == 4


def test_a_nomination_of_another_submission_is_not_asked_for(
    unit: Client, cast: Cast, submission: Submission, nomination: Nomination
) -> None:
    other = a_nomination(a_submission(cast), a_person(cast, "Lê Văn Sáu"))
    unit.post(f"/dot-de-nghi/{submission.pk}/xac-nhan/", asking() | {"n": [other.pk]})
    assert not Confirmation.objects.exists()


def test_the_list_of_many_asks_as_much_as_that_of_one(
    unit: Client, cast: Cast, submission: Submission, asked: Confirmation
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert unit.get(f"/dot-de-nghi/{submission.pk}/xac-nhan/").status_code == 200
        return len(queries)

    count()
    before = count()
    for n in range(3):
        more = a_nomination(submission, a_person(cast, f"Lê Văn {n}"))
        Confirmation.objects.create(
            nomination=more, body="police", asked_of="x", asked_on=asked.asked_on, asked_by=cast.users["neighbour"]
        )
    assert count() == before
