"""The appraiser asked for more: the unit's page with files and words, and what sending it does."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import ClockEvent, EvidenceRequest, Nomination
from web.cast import Cast
from web.dossier_rows import a_nomination, a_person, a_submission, ask_for_more
from web.reported import PDF


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    return a_nomination(a_submission(cast), a_person(cast))


@pytest.fixture
def asked(cast: Cast, nomination: Nomination) -> EvidenceRequest:
    return ask_for_more(nomination, cast.users["appraiser"])


@pytest.fixture
def unit(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["neighbour"])
    return client


def page_of(nomination: Nomination) -> str:
    return f"/ho-so/{nomination.pk}/soan/bo-sung/"


def answer(nomination: Nomination, words: str, act: str = "send", *files: str) -> dict[str, object]:
    sent = [SimpleUploadedFile(name, PDF.replace(b"/Catalog", f"/Catalog/{name[:2]}".encode())) for name in files]
    return {"revision": nomination.revision, "about": "r", "words": words, "act": act, "files": sent}


def test_the_page_says_what_is_asked_and_that_the_clock_stands(
    unit: Client, nomination: Nomination, asked: EvidenceRequest
) -> None:
    page = unit.get(page_of(nomination)).content.decode()
    assert (asked.words in page, "đang tạm dừng" in page, "Gửi bổ sung" in page) == (True, True, True)
    assert page_of(nomination) in unit.get(f"/ho-so/{nomination.pk}/soan/").content.decode()


def test_files_come_first_and_the_answer_sends_them(
    unit: Client, nomination: Nomination, asked: EvidenceRequest
) -> None:
    unit.post(page_of(nomination), answer(nomination, "", "upload", "aa.pdf", "bb.pdf"))
    nomination.refresh_from_db()
    assert (nomination.state, asked.files.count()) == ("asked", 2)
    unit.post(page_of(nomination), answer(nomination, "Đã nộp quyết định 15.", "send", "cc.pdf"))
    nomination.refresh_from_db()
    asked.refresh_from_db()
    assert (nomination.state, asked.answer, asked.files.count()) == ("in_appraisal", "Đã nộp quyết định 15.", 3)
    assert ClockEvent.objects.filter(nomination=nomination, change="resumed").count() == 1
    assert JournalLine.objects.filter(act="appraisal.answered").count() == 1


def test_words_written_before_the_files_are_not_lost(
    unit: Client, nomination: Nomination, asked: EvidenceRequest
) -> None:
    page = unit.post(page_of(nomination), answer(nomination, "Đang viết dở", "upload", "aa.pdf")).content.decode()
    assert ("Đang viết dở" in page, "aa.pdf" in page) == (True, True)


def test_an_answer_without_words_is_not_sent(unit: Client, nomination: Nomination, asked: EvidenceRequest) -> None:
    refused = unit.post(page_of(nomination), answer(nomination, " "))
    assert (refused.status_code, "Hãy ghi đã bổ sung những gì" in refused.content.decode()) == (422, True)
    nomination.refresh_from_db()
    assert nomination.state == "asked"


def test_sent_twice_it_is_sent_once(unit: Client, nomination: Nomination, asked: EvidenceRequest) -> None:
    sent = answer(nomination, "Đã nộp.")
    for _ in range(2):
        unit.post(page_of(nomination), sent)
    assert ClockEvent.objects.filter(nomination=nomination, change="resumed").count() == 1
    assert JournalLine.objects.filter(act="appraisal.answered").count() == 1


def test_with_nothing_asked_there_is_nothing_to_send(unit: Client, nomination: Nomination) -> None:
    page = unit.get(page_of(nomination)).content.decode()
    assert ("Không có yêu cầu nào" in page, 'name="words"' in page) == (True, False)


@pytest.mark.parametrize(("who", "code"), [("appraiser", 403), ("auditor", 403), ("stranger", 404)])
def test_only_the_unit_answers(
    client: Client, cast: Cast, nomination: Nomination, asked: EvidenceRequest, who: str, code: int
) -> None:
    client.force_login(cast.users[who])
    assert client.get(page_of(nomination)).status_code == code
    assert client.post(page_of(nomination), answer(nomination, "x")).status_code == code
