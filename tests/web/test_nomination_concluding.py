"""A conclusion: recommended where nothing forbids it, or not, with reasons; opened again; lowered, asked for more."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from thidua_web.eligibility.actions.facts import record_fact
from thidua_web.nominations.models import (
    AppraisedList,
    Claim,
    ClockEvent,
    Consultation,
    ConsultationItem,
    EvidenceRequest,
    Lowering,
    Nomination,
    Objection,
    Opinion,
    StoredAssessment,
)
from thidua_web.nominations.stages import NominationState
from thidua_web.notices.models import Notice
from thidua_web.register.models import AwardRecord, Rating
from web.appraised import a_second, act, in_hand, said
from web.cast import Cast

WORDS = "Sổ chưa ghi kịp; đã xem bản gốc."


@pytest.fixture
def nomination(cast: Cast) -> Nomination:
    return in_hand(cast)


def recommend(client: Client, cast: Cast, row: Nomination, words: str = WORDS) -> object:
    return act(client, cast.users["appraiser"], "recommend", row, words=words)


def staff(cast: Cast, row: Nomination) -> None:
    """The nominee is of the group whose standard asks for a rating."""
    record_fact(of=row.person, kind="group", code="staff", by=cast.users["clerk"], at=timezone.now())


# Recommended


def test_what_is_open_is_spoken_of(client: Client, cast: Cast, nomination: Nomination) -> None:
    assert recommend(client, cast, nomination, words="").status_code == 422
    assert recommend(client, cast, nomination).status_code == 302
    assert nomination.state == NominationState.RECOMMENDED
    opinion = Opinion.objects.get()
    assert opinion.recommends
    assert "appraising.claims_unjudged" in {one["code"] for one in opinion.reasons}
    assert StoredAssessment.objects.get().moment == "concluded"
    assert ClockEvent.objects.get().change == "ended"
    assert Notice.objects.filter(kind="appraisal.recommended", user=cast.users["neighbour"]).exists()


def test_a_standard_that_is_not_met_forbids_it(client: Client, cast: Cast, nomination: Nomination) -> None:
    staff(cast, nomination)
    Rating.objects.create(person=nomination.person, year=nomination.year, level="not_done", track="state")
    answer = recommend(client, cast, nomination)
    assert answer.status_code == 422
    assert "Chưa đề nghị được" in said(answer)
    assert nomination.state == NominationState.IN_APPRAISAL


def test_an_open_objection_forbids_it(client: Client, cast: Cast, nomination: Nomination) -> None:
    objection = Objection.objects.create(
        nomination=nomination, words="Không đúng", received_on=timezone.localdate(), at=timezone.now()
    )
    answer = recommend(client, cast, nomination)
    assert answer.status_code == 422
    assert "1 ý kiến phản ánh chưa xử lý" in said(answer)
    Objection.objects.filter(pk=objection.pk).update(finding="rejected", answer="Sai", handled_by=cast.users["head"])
    assert recommend(client, cast, nomination).status_code == 302


def test_an_unanswered_consultation_forbids_it_until_it_is_closed(
    client: Client, cast: Cast, nomination: Nomination
) -> None:
    today, now = timezone.localdate(), timezone.now()
    asked = Consultation.objects.create(
        unit=cast.province, asked_name="Công an tỉnh", question="?", asked_on=today, due_on=today,
        by=cast.users["appraiser"], at=now,
    )  # fmt: skip
    ConsultationItem.objects.create(consultation=asked, nomination=nomination)
    answer = recommend(client, cast, nomination)
    assert answer.status_code == 422
    assert "Công an tỉnh chưa trả lời" in said(answer)
    Consultation.objects.update(closed_at=now)
    assert recommend(client, cast, nomination).status_code == 302


def test_silence_that_is_consent_is_not_waited_for(client: Client, cast: Cast, nomination: Nomination) -> None:
    past = timezone.localdate() - datetime.timedelta(days=20)
    asked = Consultation.objects.create(
        unit=cast.province, asked_name="Công an tỉnh", question="?", asked_on=past, due_on=past, silence="agrees",
        by=cast.users["appraiser"], at=timezone.now(),
    )  # fmt: skip
    ConsultationItem.objects.create(consultation=asked, nomination=nomination)
    assert recommend(client, cast, nomination).status_code == 302


def test_one_award_twice_forbids_it(client: Client, cast: Cast, nomination: Nomination) -> None:
    AwardRecord.objects.create(
        person=nomination.person, award="CSTDCS", title="Chiến sĩ thi đua cơ sở", year=nomination.year
    )
    assert recommend(client, cast, nomination).status_code == 422


# Not recommended


def test_it_is_not_recommended_for_findings_and_in_words(client: Client, cast: Cast, nomination: Nomination) -> None:
    staff(cast, nomination)
    Rating.objects.create(person=nomination.person, year=nomination.year, level="not_done", track="state")
    client.force_login(cast.users["appraiser"])
    page = said(client.get(reverse("nominations:not_recommend", args=[nomination.pk])))
    names = [part.split('"')[0] for part in page.split('name="reasons" value="')[1:]]
    assert names
    assert act(client, cast.users["appraiser"], "not_recommend", nomination, reasons=names, words="").status_code == 422
    answer = act(client, cast.users["appraiser"], "not_recommend", nomination, reasons=names, words="Chưa đủ.")
    assert answer.status_code == 302
    opinion = Opinion.objects.get()
    assert (opinion.recommends, opinion.words, len(opinion.reasons)) == (False, "Chưa đủ.", len(names))
    client.force_login(cast.users["neighbour"])
    letter = said(client.get(reverse("nominations:refusal_letter", args=[nomination.pk, opinion.pk])))
    for part in ("Chưa đủ", "Điều 23", "Sẽ đủ nếu", "ĐỐI CHIẾU TIÊU CHUẨN"):
        assert part.lower() in letter.lower()
    got = client.get(reverse("nominations:refusal_file", args=[nomination.pk, opinion.pk, "docx"]))
    assert got.content[:2] == b"PK"


def test_a_letter_that_tells_of_discipline_is_for_few(client: Client, cast: Cast, nomination: Nomination) -> None:
    today = timezone.localdate()
    record_fact(
        of=nomination.person, kind="inspection", since=today - datetime.timedelta(days=9), by=cast.users["clerk"],
        at=timezone.now(),
    )  # fmt: skip
    client.force_login(cast.users["appraiser"])
    page = said(client.get(reverse("nominations:not_recommend", args=[nomination.pk])))
    names = [part.split('"')[0] for part in page.split('name="reasons" value="')[1:]]
    act(client, cast.users["appraiser"], "not_recommend", nomination, reasons=names, words="Đang thanh tra.")
    path = reverse("nominations:refusal_letter", args=[nomination.pk, Opinion.objects.get().pk])
    for who, status in (("neighbour", 200), ("appraiser", 200), ("auditor", 403), ("council_secretary", 403)):
        client.force_login(cast.users[who])
        assert client.get(path).status_code == status


# Opened again


def test_it_is_opened_again_until_its_list_is_signed(client: Client, cast: Cast, nomination: Nomination) -> None:
    recommend(client, cast, nomination)
    listed = AppraisedList.objects.create(
        to_unit=cast.province, year=2026, title="Danh sách", made_by=cast.users["appraiser"], made_at=timezone.now()
    )
    Nomination.objects.update(listed=listed)
    answer = act(client, cast.users["appraiser"], "reopen", nomination, words="Có thông tin mới.")
    assert answer.status_code == 302
    nomination.refresh_from_db()
    assert (nomination.state, nomination.listed) == (NominationState.IN_APPRAISAL, None)
    assert Opinion.objects.get().undone_at is not None
    recommend(client, cast, nomination)
    Nomination.objects.update(listed=listed)
    AppraisedList.objects.update(state="signed", signed_by=cast.users["head"], signed_at=timezone.now())
    answer = act(client, cast.users["appraiser"], "reopen", nomination, words="Có thông tin mới.")
    assert answer.status_code == 409
    assert "đã ký nên không thay đổi được nữa" in said(answer)
    assert nomination.state == NominationState.RECOMMENDED


# Another award, asked for more, given to somebody


def test_the_other_awards_assessment_is_shown_before_it_is_decided(
    client: Client, cast: Cast, nomination: Nomination
) -> None:
    client.force_login(cast.users["appraiser"])
    words = said(client.get(reverse("nominations:lower", args=[nomination.pk]), {"award": "LDTT"}))
    assert "Chuyển sang Lao động tiên tiến" in words
    assert "Hoàn thành tốt nhiệm vụ trở lên" in words
    answer = act(client, cast.users["appraiser"], "lower", nomination, award="LDTT", reason="Chưa có sáng kiến.")
    assert answer.status_code == 302
    assert (nomination.award, nomination.award_asked) == ("LDTT", "CSTDCS")
    assert (Lowering.objects.get().was, Lowering.objects.get().becomes) == ("CSTDCS", "LDTT")
    act(client, cast.users["appraiser"], "lower", nomination, award="CSTDCS", reason="Đã có sáng kiến.")
    assert (nomination.award, nomination.award_asked) == ("CSTDCS", "")


def test_what_stands_no_higher_is_offered_first(client: Client, cast: Cast, nomination: Nomination) -> None:
    client.force_login(cast.users["appraiser"])
    page = client.get(reverse("nominations:lower", args=[nomination.pk])).content.decode()
    places = [page.index(f'<option value="{code}"') for code in ("LDTT", "GIAY_KHEN", "CSTDBT", "HCSV")]
    assert places == sorted(places)


@pytest.mark.parametrize("award", ["TTLDTT", "CSTDCS", "KHONGCO"])
def test_an_award_that_such_a_nominee_is_not_given_is_refused(
    client: Client, cast: Cast, nomination: Nomination, award: str
) -> None:
    answer = act(client, cast.users["appraiser"], "lower", nomination, award=award, reason="x")
    assert answer.status_code == 422
    assert nomination.award == "CSTDCS"


def test_the_clock_stands_still_while_the_unit_is_asked(client: Client, cast: Cast, nomination: Nomination) -> None:
    assert act(client, cast.users["appraiser"], "ask", nomination, words="  ").status_code == 422
    answer = act(client, cast.users["appraiser"], "ask", nomination, words="Bản sao quyết định công nhận.")
    assert answer.status_code == 302
    assert (nomination.state, nomination.clock_due) == (NominationState.ASKED, None)
    assert EvidenceRequest.objects.get().words == "Bản sao quyết định công nhận."
    assert Notice.objects.filter(kind="appraisal.asked", user=cast.users["neighbour"]).exists()


def test_it_is_given_to_another_appraiser(client: Client, cast: Cast, nomination: Nomination) -> None:
    second = a_second(cast)
    assert act(client, cast.users["appraiser"], "assign", nomination, appraiser=second.pk).status_code == 302
    assert nomination.appraiser == second
    assert Notice.objects.get(kind="appraisal.assigned").user == second
    clerk = cast.users["clerk"]
    assert act(client, cast.users["appraiser"], "assign", nomination, appraiser=clerk.pk).status_code == 422
    assert nomination.appraiser == second


def test_a_claim_that_is_untrue_is_spoken_of(client: Client, cast: Cast, nomination: Nomination) -> None:
    Claim.objects.update(verdict="untrue", verdict_note="Của người khác", verdict_by=cast.users["appraiser"])
    assert recommend(client, cast, nomination, words="").status_code == 422
