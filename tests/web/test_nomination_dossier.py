"""The dossier of a nominee as the unit writes it: saved as it is written, read once it was sent."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from thidua_web.journal.models import JournalLine
from thidua_web.nominations.models import Claim, DossierFile, GateException, Nomination, Submission
from web.cast import Cast
from web.dossier_rows import AT, a_file, a_nomination, a_person, a_submission, colleague
from web.nominated import lodged

SCRIPT = {"HTTP_X_THIDUA": "draft"}


@pytest.fixture
def submission(cast: Cast) -> Submission:
    return a_submission(cast)


@pytest.fixture
def nomination(cast: Cast, submission: Submission) -> Nomination:
    return a_nomination(submission, a_person(cast))


@pytest.fixture
def unit(client: Client, cast: Cast) -> Client:
    """The clerk of the office, who writes it."""
    client.force_login(cast.users["neighbour"])
    return client


def page_of(nomination: Nomination, act: str = "") -> str:
    return f"/ho-so/{nomination.pk}/soan/{act}"


def claim(words: str = "", *, token: uuid.UUID | None = None, **values: str) -> dict[str, str]:
    key = str(token or uuid.uuid4())
    said = {"words": words, "value": "", "since": "", "until": ""} | values
    return {"w": key, **{f"w-{key}-{name}": value for name, value in said.items()}}


def fields(nomination: Nomination, *claims: dict[str, str], **said: str) -> dict[str, Any]:
    rows = {name: value for one in claims for name, value in one.items() if name != "w"}
    return {
        "revision": str(nomination.revision),
        "token": str(uuid.uuid4()),
        "summary": "",
        "position": "Chuyên viên",
        "since": "",
        "until": "",
        "w": [one["w"] for one in claims],
        **rows,
        **said,
    }


# The page -------------------------------------------------------------------------------------------------------------


def test_it_opens_with_the_sections_of_its_report_and_writes_nothing(unit: Client, nomination: Nomination) -> None:
    page = unit.get(page_of(nomination)).content.decode()
    for words in ("Sơ lược lý lịch", "Quyền hạn, nhiệm vụ được giao", "Thành tích kê khai", "Công tác Đảng, đoàn thể"):
        assert words in page
    nomination.refresh_from_db()
    assert (nomination.revision, nomination.claims.count()) == (0, 0)


def test_a_sudden_deed_asks_for_what_happened(unit: Client, cast: Cast, submission: Submission) -> None:
    sudden = a_nomination(submission, a_person(cast, "Lê Văn Sáu"), merit="sudden", award="BANG_KHEN_TINH")
    page = unit.get(page_of(sudden)).content.decode()
    assert ("Hoàn cảnh, diễn biến sự việc" in page, "đoàn thể" in page) == (True, False)


def test_the_papers_that_the_rules_ask_for_stand_beside_with_where_they_say_so(
    unit: Client, nomination: Nomination
) -> None:
    page = unit.get(page_of(nomination)).content.decode()
    assert ("Thành phần hồ sơ" in page, "Điều 84" in page, "/phap-luat/" in page) == (True, True, True)
    assert "còn trống: Quyền hạn, nhiệm vụ được giao, Kết quả đã đạt" in page


def test_beneath_the_papers_stands_what_is_not_sure_of_their_list(unit: Client, nomination: Nomination) -> None:
    listed = unit.get(page_of(nomination)).content.decode().partition('id="papers-title"')[2].partition("</section>")[0]
    assert "Danh mục hồ sơ" in listed
    assert "state-doubt" in listed


# Saving ---------------------------------------------------------------------------------------------------------------


def test_what_is_written_is_stored_as_it_is_written(unit: Client, nomination: Nomination) -> None:
    row = claim("Số hóa 12.000 hồ sơ", value="120% chỉ tiêu", since="01/01/2026", until="30/06/2026")
    sent = fields(
        nomination,
        row,
        claim(),
        summary="Đi đầu số hóa",
        s_duties="Phụ trách lưu trữ.\r\n\r\nTổ trưởng.",
        s_achieved="Xong",
    )
    answer = unit.post(page_of(nomination, "luu/"), sent, **SCRIPT)
    told = answer.json()
    assert (answer.status_code, told["revision"], told["trouble"], told["faults"]) == (200, 1, False, {})
    assert "Đã soạn ở đây" in told["parts"]["dossier-checklist"]
    nomination.refresh_from_db()
    assert nomination.sections["duties"] == "Phụ trách lưu trữ.\n\nTổ trưởng."
    assert (nomination.summary, nomination.edited_in) == ("Đi đầu số hóa", sent["token"])
    assert [(one.words, one.value, one.since) for one in nomination.claims.all()] == [
        ("Số hóa 12.000 hồ sơ", "120% chỉ tiêu", datetime.date(2026, 1, 1))
    ]


def test_without_the_script_the_button_saves_and_the_page_comes_back(unit: Client, nomination: Nomination) -> None:
    answer = unit.post(page_of(nomination, "luu/"), fields(nomination, summary="Đi đầu số hóa"), follow=True)
    page = answer.content.decode()
    assert ("Đã lưu hồ sơ" in page, "Đi đầu số hóa" in page) == (True, True)


def test_a_field_that_cannot_be_read_is_told_and_the_rest_is_kept(unit: Client, nomination: Nomination) -> None:
    row = claim("Sửa 12 km đường", since="31/02/2026")
    sent = fields(nomination, row, summary="x" * 501, s_achieved="Hoàn thành 100%")
    told = unit.post(page_of(nomination, "luu/"), sent, **SCRIPT).json()
    assert set(told["faults"]) == {"id_summary", f"id_w-{row['w']}-since"}
    nomination.refresh_from_db()
    assert (nomination.summary, nomination.sections["achieved"]) == ("", "Hoàn thành 100%")
    assert [(one.words, one.since) for one in nomination.claims.all()] == [("Sửa 12 km đường", None)]
    sent["revision"] = "1"
    answer = unit.post(page_of(nomination, "luu/"), sent)
    page = answer.content.decode()
    assert (answer.status_code, "2 ô ghi chưa đúng" in page, "x" * 501 in page) == (422, True, True)


def test_no_period_is_stored_that_ends_before_it_begins(unit: Client, nomination: Nomination) -> None:
    sent = fields(nomination, since="01/06/2026", until="01/05/2026")
    told = unit.post(page_of(nomination, "luu/"), sent, **SCRIPT).json()
    assert list(told["faults"]) == ["id_until"]
    nomination.refresh_from_db()
    assert (nomination.since, nomination.until) == (datetime.date(2026, 6, 1), None)
    sent = fields(nomination, since="01/06/2026", until="30/06/2026")
    unit.post(page_of(nomination, "luu/"), sent, **SCRIPT)
    nomination.refresh_from_db()
    unit.post(page_of(nomination, "luu/"), fields(nomination, since="01/08/2026", until="30/07/2026"), **SCRIPT)
    nomination.refresh_from_db()
    assert (nomination.since, nomination.until) == (datetime.date(2026, 6, 1), datetime.date(2026, 6, 30))


def test_words_of_the_law_s_other_merit_are_kept(unit: Client, nomination: Nomination) -> None:
    Nomination.objects.filter(pk=nomination.pk).update(sections={"event": "Lũ về.", "duties": "Cũ"})
    unit.post(page_of(nomination, "luu/"), fields(nomination, s_duties="Mới"), **SCRIPT)
    nomination.refresh_from_db()
    assert (nomination.sections["event"], nomination.sections["duties"]) == ("Lũ về.", "Mới")


# Two at once ----------------------------------------------------------------------------------------------------------


def test_of_two_tabs_the_second_is_told_and_loses_nothing(unit: Client, nomination: Nomination) -> None:
    first, second = fields(nomination, summary="Của thẻ một"), fields(nomination, summary="Của thẻ hai")
    assert unit.post(page_of(nomination, "luu/"), first, **SCRIPT).status_code == 200
    refused = unit.post(page_of(nomination, "luu/"), second, **SCRIPT)
    assert (refused.status_code, refused.json()["last"], refused.json()["revision"]) == (409, first["token"], 1)
    page = unit.post(page_of(nomination, "luu/"), second)
    assert (page.status_code, "Của thẻ hai" in page.content.decode()) == (409, True)
    nomination.refresh_from_db()
    assert nomination.summary == "Của thẻ một"
    again = second | {"revision": "1", "token": str(uuid.uuid4())}
    unit.post(page_of(nomination, "luu/"), again)
    nomination.refresh_from_db()
    assert nomination.summary == "Của thẻ hai"


def test_the_same_save_sent_twice_is_saved_once(unit: Client, nomination: Nomination) -> None:
    sent = fields(nomination, claim("Sửa 12 km đường"))
    for _ in range(2):
        assert unit.post(page_of(nomination, "luu/"), sent, **SCRIPT).json()["revision"] == 1
    assert nomination.claims.count() == 1


def test_the_journal_has_one_line_a_sitting(unit: Client, cast: Cast, nomination: Nomination) -> None:
    Nomination.objects.filter(pk=nomination.pk).update(edited_by=cast.users["head"])
    for _ in range(3):
        nomination.refresh_from_db()
        unit.post(page_of(nomination, "luu/"), fields(nomination), **SCRIPT)
    assert JournalLine.objects.filter(act="nomination.edited").count() == 1
    other = Client()
    other.force_login(colleague(cast))
    nomination.refresh_from_db()
    other.post(page_of(nomination, "luu/"), fields(nomination), **SCRIPT)
    assert JournalLine.objects.filter(act="nomination.edited").count() == 2


# Claims ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def judged(nomination: Nomination, cast: Cast) -> Claim:
    by = cast.users["appraiser"]
    return Claim.objects.create(
        nomination=nomination, place=1, words="Sửa 12 km đường", verdict="proved", verdict_by=by, verdict_at=AT
    )


def test_a_verdict_stands_while_the_words_stand(unit: Client, nomination: Nomination, judged: Claim) -> None:
    unit.post(page_of(nomination, "luu/"), fields(nomination, claim("Sửa 12 km đường", token=judged.token)), **SCRIPT)
    judged.refresh_from_db()
    assert judged.verdict == "proved"
    nomination.refresh_from_db()
    unit.post(page_of(nomination, "luu/"), fields(nomination, claim("Sửa 15 km đường", token=judged.token)), **SCRIPT)
    judged.refresh_from_db()
    assert (judged.words, judged.verdict, judged.verdict_by) == ("Sửa 15 km đường", "", None)


def test_a_claim_that_is_removed_leaves_its_files_in_the_dossier(
    unit: Client, nomination: Nomination, judged: Claim, cast: Cast
) -> None:
    file = a_file(nomination, cast.users["neighbour"], claim=judged)
    sent = fields(nomination, claim("Sửa 12 km đường", token=judged.token)) | {"remove": f"w-{judged.token}"}
    unit.post(page_of(nomination, "luu/"), sent, **SCRIPT)
    assert not nomination.claims.exists()
    assert DossierFile.objects.get(pk=file.pk).claim_id is None


def test_another_s_claim_is_not_reached_by_its_row(unit: Client, cast: Cast, nomination: Nomination) -> None:
    other = a_nomination(nomination.submission, a_person(cast, "Lê Văn Sáu"))
    theirs = Claim.objects.create(nomination=other, place=1, words="Của người khác")
    unit.post(page_of(nomination, "luu/"), fields(nomination, claim("Lấy", token=theirs.token)), **SCRIPT)
    theirs.refresh_from_db()
    assert (theirs.words, theirs.nomination_id) == ("Của người khác", other.pk)


# Who, and when --------------------------------------------------------------------------------------------------------


def test_a_last_day_that_passes_is_told_with_its_basis_and_who_may_except(
    unit: Client, cast: Cast, nomination: Nomination
) -> None:
    said = {"due_on": timezone.localdate() - datetime.timedelta(days=1), "due_basis": "Trình trước ngày 10"}
    Submission.objects.filter(pk=nomination.submission_id).update(**said)
    answer = unit.post(page_of(nomination, "luu/"), fields(nomination, summary="Viết sau hạn"), **SCRIPT)
    for words in ("Quá hạn 1 ngày", "Trình trước ngày 10", f"(Thủ trưởng {nomination.to_unit.name} cho phép)"):
        assert words in answer.json()["parts"]["dossier-checklist"]
    nomination.refresh_from_db()
    assert nomination.summary == "Viết sau hạn"
    GateException.objects.create(
        submission=nomination.submission, code="nominations.deadline_past", words="x", reason="x", granted=True,
        asked_by=cast.users["neighbour"], asked_at=timezone.now(), decided_by=cast.users["head"],
        decided_at=timezone.now(), answer="x",
    )  # fmt: skip
    assert "Đã được cho phép ngoại lệ" in unit.get(page_of(nomination)).content.decode()


def test_what_was_sent_is_read_and_takes_no_words(unit: Client, cast: Cast, nomination: Nomination) -> None:
    unit.post(page_of(nomination, "luu/"), fields(nomination, claim("Sửa 12 km đường"), s_achieved="Xong"), **SCRIPT)
    lodged(nomination)
    page = unit.get(page_of(nomination)).content.decode()
    assert ("Sửa 12 km đường" in page, "dossier-form" in page, "chỉ đọc" in page) == (True, False, True)
    refused = unit.post(page_of(nomination, "luu/"), fields(nomination, summary="Muộn"), **SCRIPT)
    assert refused.status_code == 409
    nomination.refresh_from_db()
    assert nomination.summary == ""


def test_what_lies_before_the_head_is_taken_back_first(unit: Client, nomination: Nomination) -> None:
    Submission.objects.update(state="presented")
    page = unit.get(page_of(nomination)).content.decode()
    assert ("dossier-form" in page, "chờ lãnh đạo ký" in page) == (False, True)
    assert unit.post(page_of(nomination, "luu/"), fields(nomination), **SCRIPT).status_code == 409


def test_what_was_returned_is_written_in_again(unit: Client, cast: Cast, nomination: Nomination) -> None:
    lodged(nomination, "returned")
    assert unit.post(page_of(nomination, "luu/"), fields(nomination, summary="Sửa lại"), **SCRIPT).status_code == 200


@pytest.mark.parametrize(("who", "see", "write"), [("clerk", 200, 403), ("auditor", 200, 403), ("stranger", 404, 404)])
def test_those_above_read_it_and_strangers_do_not(
    client: Client, cast: Cast, nomination: Nomination, who: str, see: int, write: int
) -> None:
    client.force_login(cast.users[who])
    assert client.get(page_of(nomination)).status_code == see
    assert client.post(page_of(nomination, "luu/"), fields(nomination)).status_code == write


def test_the_page_asks_as_much_for_twenty_claims_as_for_one(unit: Client, cast: Cast, nomination: Nomination) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            unit.get(page_of(nomination))
        return len(queries)

    one = Claim.objects.create(nomination=nomination, place=1, words="Một")
    a_file(nomination, cast.users["neighbour"], claim=one)
    unit.get(page_of(nomination))
    before = asked()
    for place in range(2, 21):
        more = Claim.objects.create(nomination=nomination, place=place, words=f"Thành tích {place}")
        a_file(nomination, cast.users["neighbour"], claim=more)
    assert asked() == before


def test_its_address_is_named(nomination: Nomination) -> None:
    assert reverse("nominations:dossier", args=[nomination.pk]) == page_of(nomination)
