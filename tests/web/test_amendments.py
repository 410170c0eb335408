"""A document that changes a launched campaign: in the place of the whole, or only what it states anew."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from thidua_web.campaigns.actions.duties import mark_done
from thidua_web.campaigns.actions.launches import Refusal, launch, prepare
from thidua_web.campaigns.models import (
    Campaign,
    Duty,
    DutyDay,
    DutyDone,
    Edition,
    Phase,
    PlanDocument,
    Question,
    Target,
)
from web.cast import Cast
from web.launching import PLAN, launched, prepared, reviewed

WHOLE = PLAN.replace("7/KH", "30/KH").replace("20 tháng 12 năm 2030", "25 tháng 12 năm 2030").replace("99%", "99,5%")
WHOLE = WHOLE.replace("1. Các sở, ban, ngành gửi kế hoạch về Sở Thử trước ngày 15 tháng 02 năm 2030.\n", "")
PART = """UBND TỈNH THỬ
Số: 31/KH-UBND

KẾ HOẠCH
Sửa đổi, bổ sung Kế hoạch số 7/KH-UBND

1. Sở Thử báo cáo kết quả với Ủy ban nhân dân tỉnh trước ngày 25 tháng 12 năm 2030.
2. Sở Thử tổ chức hội nghị sơ kết trước ngày 10 tháng 7 năm 2030.
"""


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return launched(cast)


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["clerk"])
    return client


def amend(campaign: Campaign, cast: Cast, text: str, *, in_part: bool = False) -> Edition:
    edition = prepared(reviewed(cast, text, amends=campaign, amends_in_part=in_part), cast)
    assert launch(edition=edition, by=cast.users["head"], at=timezone.now())
    return edition


def due(what: str) -> list[datetime.date | None]:
    days = DutyDay.objects.in_force().filter(duty__what__contains=what, duty__ended_by__isnull=True)
    return list(days.filter(due__isnull=False).values_list("due", flat=True))


def test_the_same_duty_keeps_its_row_with_its_new_day(campaign: Campaign, cast: Cast) -> None:
    before = Duty.objects.get(what__contains="Sở Thử báo cáo", nature="deadline")
    edition = amend(campaign, cast, WHOLE)
    after = Duty.objects.get(pk=before.pk)
    assert (after.document_id, after.ended_by, due("Sở Thử báo cáo")) == (
        edition.document_id,
        None,
        [datetime.date(2030, 12, 25)],
    )
    assert (edition.number, Campaign.objects.get().number) == (2, "30/KH-UBND")


def test_what_the_whole_no_longer_holds_is_ended(campaign: Campaign, cast: Cast) -> None:
    edition = amend(campaign, cast, WHOLE)
    gone = Duty.objects.filter(what__contains="gửi kế hoạch")
    assert {row.ended_by for row in gone} == {edition}
    assert due("gửi kế hoạch") == []


def test_targets_and_phases_live_on(campaign: Campaign, cast: Cast) -> None:
    target, phases = Target.objects.get(), set(Phase.objects.values_list("pk", flat=True))
    amend(campaign, cast, WHOLE)
    assert (Target.objects.get().pk, Target.objects.get().value) == (target.pk, 99.5)
    assert set(Phase.objects.in_force().values_list("pk", flat=True)) == phases


def test_a_day_that_stays_keeps_what_was_marked_on_it(campaign: Campaign, cast: Cast) -> None:
    day = DutyDay.objects.get(duty__key="deadlines-1")
    mark_done(day=day, unit=cast.office, by=cast.users["neighbour"], at=timezone.now())
    amend(campaign, cast, PART, in_part=True)
    assert (
        DutyDone.objects.get().day_id
        == DutyDay.objects.in_force().get(duty__what__contains="gửi kế hoạch", day__isnull=False).pk
    )


def test_a_part_changes_what_it_states_anew_and_leaves_the_rest(campaign: Campaign, cast: Cast) -> None:
    first = campaign.editions.get()
    edition = amend(campaign, cast, PART, in_part=True)
    assert (due("Sở Thử báo cáo"), due("sơ kết")) == ([datetime.date(2030, 12, 25)], [datetime.date(2030, 7, 10)])
    assert due("gửi kế hoạch") == [datetime.date(2030, 2, 15)]
    documents = dict(Duty.objects.in_force().filter(nature="deadline").values_list("what", "document_id"))
    assert {row for what, row in documents.items() if "gửi kế hoạch" in what} == {first.document_id}
    assert {row for what, row in documents.items() if "gửi kế hoạch" not in what} == {edition.document_id}
    assert (Campaign.objects.get().number, Target.objects.in_force().count()) == ("7/KH-UBND", 1)


def test_two_parts_one_after_the_other(campaign: Campaign, cast: Cast) -> None:
    amend(campaign, cast, PART, in_part=True)
    amend(campaign, cast, PART.replace("31/KH", "32/KH").replace("10 tháng 7", "11 tháng 7"), in_part=True)
    assert due("sơ kết") == [datetime.date(2030, 7, 11)]
    assert due("gửi kế hoạch") == [datetime.date(2030, 2, 15)]
    assert [edition.number for edition in campaign.editions.all()] == [1, 2, 3]


def test_an_answer_given_before_counts_for_the_same_question_after(cast: Cast, clerk: Client) -> None:
    text = PLAN + "3. Sở Thử tập huấn chậm nhất 10 ngày sau khi nhận được hướng dẫn.\n"
    campaign = launched(cast, text)
    row = Question.objects.get()
    clerk.post(f"/ke-hoach/{row.document_id}/cau-hoi/{row.key}/", {"start": "2030-03-15", "basis": "Công văn 9"})
    amend(campaign, cast, text.replace("99%", "98%"))
    assert due("tập huấn") == [datetime.date(2030, 3, 15)]
    assert Question.objects.filter(answered_at__isnull=True).count() == 0


def test_a_question_that_an_amendment_settles_is_asked_no_more(cast: Cast) -> None:
    text = PLAN + "3. Sở Thử tập huấn chậm nhất 10 ngày sau khi nhận được hướng dẫn.\n"
    campaign = launched(cast, text)
    amend(campaign, cast, PLAN.replace("99%", "98%"))
    assert Question.objects.count() == 0


def test_two_amendments_do_not_lie_with_the_head_at_once(campaign: Campaign, cast: Cast) -> None:
    prepared(reviewed(cast, WHOLE, amends=campaign), cast)
    other = reviewed(cast, PART, amends=campaign, amends_in_part=True)
    assert prepare(document=other, by=cast.users["clerk"], at=timezone.now()).refusal is Refusal.ANOTHER


# The pages -----------------------------------------------------------------------------------------------------------


def test_an_amendment_is_sent_from_the_campaign(clerk: Client, campaign: Campaign) -> None:
    file = SimpleUploadedFile("sua-doi.txt", PART.encode())
    answer = clerk.post(f"/phong-trao/{campaign.pk}/sua-doi/", {"file": file, "scope": "part"})
    document = PlanDocument.objects.get(name="sua-doi.txt")
    assert (answer["Location"], document.amends, document.amends_in_part) == (
        f"/ke-hoach/{document.pk}/",
        campaign,
        True,
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"scope": "part"}, "Chưa chọn tệp nào."),
        ({"file": ("a.txt", b"x"), "scope": "khac"}, "Hãy chọn một trong hai."),
        ({"file": ("a.exe", b"MZ\x90\x00\x03\x00\x00\x00" * 10), "scope": "part"}, "a.exe"),
    ],
)
def test_what_cannot_be_sent_is_said_at_its_field(clerk: Client, campaign: Campaign, data, said: str) -> None:
    if "file" in data:
        data = data | {"file": SimpleUploadedFile(*data["file"])}
    page = clerk.post(f"/phong-trao/{campaign.pk}/sua-doi/", data).content.decode()
    assert (said in page, PlanDocument.objects.filter(amends=campaign).count()) == (True, 0)


def test_the_same_file_twice_is_recognised(clerk: Client, campaign: Campaign) -> None:
    for _ in range(2):
        file = SimpleUploadedFile("sua-doi.txt", PART.encode())
        clerk.post(f"/phong-trao/{campaign.pk}/sua-doi/", {"file": file, "scope": "part"})
    assert PlanDocument.objects.filter(amends=campaign).count() == 1


def test_those_outside_the_unit_may_not_amend(client: Client, cast: Cast, campaign: Campaign) -> None:
    for user, status in (("neighbour", 404), ("auditor", 403), ("stranger", 404)):
        client.force_login(cast.users[user])
        assert client.post(f"/phong-trao/{campaign.pk}/sua-doi/", {"scope": "part"}).status_code == status


def test_before_the_launch_the_page_says_what_changes(clerk: Client, cast: Cast, campaign: Campaign) -> None:
    plan = reviewed(cast, WHOLE, amends=campaign)
    page = clerk.get(f"/ke-hoach/{plan.pk}/phat-dong/").content.decode()
    assert "Điều thay đổi" in page
    for words in (
        "<del>20/12/2030</del>",
        "<ins>25/12/2030</ins>",
        "<del>99%</del>",
        "<ins>99,5%</ins>",
        "gửi kế hoạch",
    ):
        assert words in page


def test_after_the_launch_each_edition_has_its_paper_with_what_it_changed(
    clerk: Client, cast: Cast, campaign: Campaign
) -> None:
    amend(campaign, cast, PART, in_part=True)
    page = clerk.get(f"/phong-trao/{campaign.pk}/").content.decode()
    assert (f"/phong-trao/{campaign.pk}/van-ban/1/#w-" in page, f"/phong-trao/{campaign.pk}/van-ban/2/#w-" in page) == (
        True,
        True,
    )
    paper = clerk.get(f"/phong-trao/{campaign.pk}/van-ban/2/").content.decode()
    assert "<ins>25/12/2030</ins>" in paper
    assert "Điều thay đổi" not in clerk.get(f"/phong-trao/{campaign.pk}/van-ban/1/").content.decode()
