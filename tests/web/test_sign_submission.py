"""The head signs and sends: what forbids it is told then, who may except it answers, what came back goes again."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ

from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign, Offer
from thidua_web.eligibility.models import Deed, DeedPrint
from thidua_web.eligibility.tasks import find_repeats
from thidua_web.journal.models import JournalLine
from thidua_web.nominations.actions import exceptions, signing
from thidua_web.nominations.actions.exceptions import Answered
from thidua_web.nominations.actions.submissions import Moved
from thidua_web.nominations.models import GateException, Nomination, Return, StoredAssessment, Submission
from thidua_web.nominations.submission_news import submission_key
from thidua_web.notices.actions import notify
from thidua_web.notices.models import Notice
from thidua_web.register.actions.units import create_unit
from thidua_web.register.models import Appointment, Unit, UnitKind
from web.cast import LONG_AGO, Cast
from web.launching import PLAN, launched
from web.submitting import of_the_office, office_head, reviewed, with_people

AWARD = "BANG_KHEN_TINH"
LAST = "nominations.deadline_past"


@pytest.fixture
def head(cast: Cast) -> User:
    return office_head(cast)


@pytest.fixture
def signer(client: Client, head: User) -> Client:
    client.force_login(head)
    return client


@pytest.fixture
def row(cast: Cast) -> Submission:
    """With two people, reviewed: nothing is missing."""
    row = of_the_office(cast, year=2025, due_on=timezone.localdate())
    with_people(row, "Nguyễn Thị Hòa", "Trần Văn Bền", award=AWARD, year=2025)
    reviewed(row)
    return row


def sign(client: Client, row: Submission, **data: Any) -> str:
    row.refresh_from_db()
    said = {"revision": row.revision, "number": "15/TTr-ST"} | data
    answer = client.post(reverse("nominations:sign", args=[row.pk]), said, follow=True)
    row.refresh_from_db()
    return answer.content.decode()


def test_once_it_is_sent_nobody_need_read_that_it_was_due(cast: Cast, signer: Client, row: Submission) -> None:
    params = {"title": "x", "unit": "x", "left": "3", "due": "2026-01-01"}
    key = submission_key(row.pk, timezone.localdate(), "3")
    notify([cast.users["neighbour"].pk], "submission.near", params, href="/", key=key, at=timezone.now())
    sign(signer, row)
    assert (row.state, Notice.objects.get(key=key).read_at is not None) == ("submitted", True)


def test_what_is_signed_is_sent_with_what_the_checks_say_and_its_clock(
    signer: Client, cast: Cast, head: User, row: Submission
) -> None:
    assert "Đã ký và trình" in sign(signer, row)
    today = timezone.localdate()
    assert (row.state, row.number, row.lodged_on, row.signed_by) == ("submitted", "15/TTr-ST", today, head)
    assert row.signed_as == row.unit.name
    for one in row.nominations.all():
        assert (one.state, one.lodged_on, one.revision) == ("lodged", today, 1)
        assert one.clock_due is not None
        assert one.clock_due > today
        assert one.outcome == "unknown"
        assert StoredAssessment.objects.get(nomination=one).moment == "lodged"
        deed = Deed.objects.get(person=one.person)
        assert (one.deed, deed.title) == (deed, one.summary)
        assert deed.text.startswith("Trong năm")
    assert Notice.objects.filter(user=cast.users["appraiser"], kind="submission.received").count() == 1
    assert Notice.objects.filter(user=cast.users["neighbour"], kind="submission.signed").exists()
    line = JournalLine.objects.get(act="submission.signed")
    assert (line.details["n"], line.details["number"]) == (2, "15/TTr-ST")


def test_who_signs_does_so_in_the_post_of_that_day(signer: Client, cast: Cast, head: User, row: Submission) -> None:
    person = row.nominations.first().person  # type: ignore[union-attr]
    Appointment.objects.create(
        person=person, unit=cast.office, position="Phó Giám đốc", is_head=True, valid_from=LONG_AGO
    )
    User.objects.filter(pk=head.pk).update(person=person)
    sign(signer, row)
    assert row.signed_as == "Phó Giám đốc"


def test_signing_twice_signs_once(signer: Client, row: Submission) -> None:
    seen = row.revision
    sign(signer, row, revision=seen)
    sign(signer, row, revision=seen)
    assert JournalLine.objects.filter(act="submission.signed").count() == 1
    assert StoredAssessment.objects.count() == 2


def test_without_a_number_nothing_is_signed(signer: Client, row: Submission) -> None:
    assert "Chưa ghi số tờ trình." in sign(signer, row, number=" ")
    assert row.state == "draft"


def test_what_changed_since_the_head_looked_is_not_signed(signer: Client, cast: Cast, row: Submission) -> None:
    seen = row.revision
    Submission.objects.filter(pk=row.pk).update(revision=seen + 1)
    assert "đã thay đổi từ khi bạn mở trang" in sign(signer, row, revision=seen)
    assert row.state == "draft"


def test_what_is_missing_is_told_with_its_basis_and_nothing_is_sent(
    signer: Client, cast: Cast, row: Submission
) -> None:
    row.meeting.delete()
    shown = sign(signer, row)
    assert "Chưa trình được. Chưa có gì được gửi" in shown
    assert "Chưa có biên bản họp xét của đơn vị." in shown
    assert "/phap-luat/" in shown
    assert 'value="15/TTr-ST"' in shown, "what was written is kept"
    assert row.state == "draft"
    assert not StoredAssessment.objects.exists()


# --- The last day -----------------------------------------------------------------------------------------------------


def test_a_deadline_that_passes_while_the_form_is_open_is_told_and_nothing_is_lost(
    signer: Client, cast: Cast, head: User, row: Submission
) -> None:
    opened = signer.get(row.get_absolute_url()).content.decode()
    assert "Đủ điều kiện trình" in opened
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    done = signing.submit(submission=row, seen=row.revision, number="15/TTr-ST", by=head, at=tomorrow)
    assert done.moved is Moved.STOPPED
    assert [stop.key for stop in done.gate.standing] == [LAST]  # type: ignore[union-attr]
    row.refresh_from_db()
    assert (row.state, row.nominations.count()) == ("draft", 2)


def test_an_exception_is_asked_for_answered_and_lets_it_pass(
    signer: Client, client: Client, cast: Cast, head: User, row: Submission
) -> None:
    due = {"due_on": timezone.localdate() - datetime.timedelta(days=1), "due_basis": "Trình trước ngày 10"}
    Submission.objects.filter(pk=row.pk).update(**due)
    ask = reverse("nominations:ask_exception", args=[row.pk])
    clerk = Client()
    clerk.force_login(cast.users["neighbour"])
    assert "Hãy ghi lý do" in clerk.post(ask, {"key": LAST, "reason": ""}).content.decode()
    clerk.post(ask, {"key": LAST, "reason": "Bão số 5, mất điện ba ngày"})
    clerk.post(ask, {"key": LAST, "reason": "Bão số 5, mất điện ba ngày"})
    asked = GateException.objects.get()
    assert "Đã xin ngoại lệ, chờ" in clerk.get(row.get_absolute_url()).content.decode()
    assert Notice.objects.filter(user=cast.users["head"], kind="exception.asked", read_at=None).exists()
    above = Client()
    above.force_login(cast.users["head"])
    home = above.get("/").content.decode()
    page = reverse("nominations:exception", args=[asked.pk])
    assert page in home
    shown = above.get(page).content.decode()
    assert "mất điện ba ngày" in shown
    assert "Trình trước ngày 10" in shown
    assert above.post(page, {"granted": "1", "answer": ""}).status_code == 422
    above.post(page, {"granted": "1", "answer": "Cho gửi đến hết tuần"})
    asked.refresh_from_db()
    assert asked.granted is True
    assert Notice.objects.filter(user=cast.users["neighbour"], kind="exception.granted").exists()
    assert not Notice.objects.filter(user=cast.users["head"], kind="exception.asked", read_at=None).exists()
    sign(signer, row)
    assert row.state == "submitted"
    assert JournalLine.objects.get(act="submission.signed").details["excepted"] == [LAST]


def test_of_two_who_answer_the_first_counts_and_the_other_is_told(cast: Cast, row: Submission) -> None:
    said = {"by": cast.users["neighbour"], "at": timezone.now()}
    asked = exceptions.ask(submission=row, code=LAST, words="Quá hạn", reason="Bão", **said)
    first = {"by": cast.users["head"], "at": timezone.now()}
    assert exceptions.answer(exception=asked, granted=False, words="Không", **first) is Answered.DONE
    assert exceptions.answer(exception=asked, granted=True, words="Được", **first) is Answered.OTHERWISE
    asked.refresh_from_db()
    assert (asked.granted, asked.answer) == (False, "Không")


def test_nobody_asks_for_what_nobody_may_except(client: Client, cast: Cast, row: Submission) -> None:
    row.meeting.delete()
    client.force_login(cast.users["neighbour"])
    ask = reverse("nominations:ask_exception", args=[row.pk])
    answer = client.post(ask, {"key": "nominations.minutes_missing", "reason": "Vội"}, follow=True)
    assert "không ai được cho ngoại lệ" in answer.content.decode()
    assert not GateException.objects.exists()


# --- What came back ---------------------------------------------------------------------------------------------------


def returned(row: Submission, cast: Cast) -> list[Nomination]:
    """As if the appraiser had sent everything back."""
    found = list(row.nominations.all())
    for one in found:
        Return.objects.create(
            nomination=one, codes=["report"], by=cast.users["appraiser"], at=timezone.now(), on=timezone.localdate()
        )
    row.nominations.update(state="returned")
    return found


def test_what_came_back_goes_again_those_that_are_ticked(
    signer: Client, cast: Cast, head: User, row: Submission
) -> None:
    sign(signer, row)
    first, second = returned(row, cast)
    shown = signer.get(row.get_absolute_url()).content.decode()
    assert "2 hồ sơ bị trả lại" in shown
    assert "2 hồ sơ bị trả lại" in signer.get("/").content.decode()
    address = reverse("nominations:lodge_many_again", args=[row.pk])
    again = {"chon": [f"{first.pk}-{first.revision}", f"{second.pk}-{second.revision + 7}"]}
    shown = signer.post(address, again, follow=True).content.decode()
    assert "Đã trình lại 1 hồ sơ." in shown
    assert "1 hồ sơ đã thay đổi" in shown
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("lodged", "returned")
    assert first.sent_back.get().lodged_again_at is not None
    assert second.sent_back.get().lodged_again_at is None
    assert Notice.objects.filter(user=cast.users["appraiser"], kind="nomination.lodged_again").exists()
    signer.post(address, again)
    assert JournalLine.objects.filter(act="nomination.lodged_again").count() == 1


def test_a_report_that_was_mended_is_looked_for_anew_and_the_old_one_no_more(
    signer: Client, cast: Cast, row: Submission
) -> None:
    sign(signer, row)
    first, _ = returned(row, cast)
    before = first.deed
    Nomination.objects.filter(pk=first.pk).update(summary="Giảm một nửa thời gian trả hồ sơ đất đai")
    address = reverse("nominations:lodge_many_again", args=[row.pk])
    signer.post(address, {"chon": [f"{first.pk}-{first.revision}"]})
    first.refresh_from_db()
    before.refresh_from_db()
    assert first.deed is not None
    assert first.deed.title == "Giảm một nửa thời gian trả hồ sơ đất đai"
    assert (first.deed.withdrawn_at, before.withdrawn_at is not None) == (None, True)


# --- The last place of a quota ----------------------------------------------------------------------------------------


def contestants(cast: Cast) -> tuple[Campaign, Submission, Submission]:
    """Two units of the province, one place for both, each with one person."""
    campaign = launched(cast, PLAN)
    offer = Offer.objects.filter(campaign=campaign).first()
    assert offer is not None
    quota = {"quote": "Toàn tỉnh: 01 cá nhân", "span": [0, 3], "unit": "Toàn tỉnh", "of": "cá nhân", "max": 1}
    Offer.objects.filter(pk=offer.pk).update(terms=offer.terms | {"quotas": [quota]})
    offer.refresh_from_db()
    other = create_unit(code="T-2", name="Sở Hai", kind=UnitKind.DEPARTMENT, parent=cast.province, valid_from=LONG_AGO)
    return campaign, _one_of(cast, campaign, cast.office, offer), _one_of(cast, campaign, other, offer)


@pytest.fixture
def contest(cast: Cast) -> tuple[Campaign, Submission, Submission]:
    return contestants(cast)


def _one_of(cast: Cast, campaign: Campaign, unit: Unit, offer: Offer) -> Submission:
    row = of_the_office(cast, unit=unit, kind="campaign", campaign=campaign, year=2030)
    with_people(row, f"Người {unit.name}", award=AWARD, year=2030, merit="campaign", offer=offer)
    reviewed(row)
    said = {"by": cast.users["head"], "at": timezone.now()}
    for code in ("nominations.not_launched", "nominations.not_reported"):
        one = exceptions.ask(submission=row, code=code, words=code, reason="Thử", **said)
        exceptions.answer(exception=one, granted=True, words="Được", **said)
    return row


def test_of_two_units_on_the_last_place_the_first_to_sign_has_it(
    cast: Cast, contest: tuple[Campaign, Submission, Submission]
) -> None:
    _, first, second = contest
    said = {"number": "1/TTr", "by": cast.users["head"], "at": timezone.now()}
    assert signing.submit(submission=first, seen=first.revision, **said).moved is Moved.DONE
    done = signing.submit(submission=second, seen=second.revision, **said)
    assert done.moved is Moved.STOPPED
    stop = done.gate.standing[0]  # type: ignore[union-attr]
    assert (stop.finding.code, stop.excepted_by) == ("nominations.quota_over", "standing_body")
    second.refresh_from_db()
    assert second.state == "draft"


def test_the_loser_of_a_quota_may_be_excepted(cast: Cast, contest: tuple[Campaign, Submission, Submission]) -> None:
    _, first, second = contest
    said = {"by": cast.users["head"], "at": timezone.now()}
    signing.submit(submission=first, seen=first.revision, number="1/TTr", **said)
    stop = signing.submit(submission=second, seen=second.revision, number="2/TTr", **said).gate.standing[0]  # type: ignore[union-attr]
    one = exceptions.ask(submission=second, code=stop.key, words="Quá số", reason="Có bão", **said)
    exceptions.answer(exception=one, granted=True, words="Thêm một", **said)
    assert signing.submit(submission=second, seen=second.revision, number="2/TTr", **said).moved is Moved.DONE


def test_the_meter_tells_what_others_have_lodged(
    client: Client, cast: Cast, contest: tuple[Campaign, Submission, Submission]
) -> None:
    _, first, second = contest
    client.force_login(cast.users["clerk"])
    said = {"number": "1/TTr", "by": cast.users["head"], "at": timezone.now()}
    signing.submit(submission=first, seen=first.revision, **said)
    shown = client.get(second.get_absolute_url()).content.decode()
    assert "Số được đề nghị" in shown
    assert "Toàn tỉnh" in shown


def test_a_quota_of_other_units_is_not_told(
    client: Client, cast: Cast, contest: tuple[Campaign, Submission, Submission]
) -> None:
    _, first, _ = contest
    offer = first.nominations.get().offer
    assert offer is not None
    named = {"quote": "Sở Hai xét chọn 02 cá nhân", "span": [0, 3], "unit": "Sở Hai", "of": "cá nhân", "max": 2}
    Offer.objects.filter(pk=offer.pk).update(terms=offer.terms | {"quotas": [*offer.terms["quotas"], named]})
    client.force_login(cast.users["clerk"])
    shown = client.get(first.get_absolute_url()).content.decode()
    assert "Toàn tỉnh" in shown
    assert "Sở Hai xét chọn" not in shown


def test_many_reports_are_compared_in_the_background(
    signer: Client, row: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "AT_ONCE", 1)
    sign(signer, row)
    deeds = [one.deed for one in row.nominations.all()]
    assert all(deeds)
    queued = [task for task in OrmQ.objects.all() if task.task["func"].endswith("find_repeats")]
    assert sorted(queued[0].task["args"][0]) == sorted(deed.pk for deed in deeds if deed)
    assert not DeedPrint.objects.exists()
    for _ in range(2):
        find_repeats(queued[0].task["args"][0])
    assert DeedPrint.objects.values("deed").distinct().count() == 2
