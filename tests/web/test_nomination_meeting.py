"""The unit's own review meeting: who was there, how it voted, what it said of each criterion; its minutes."""

from __future__ import annotations

import datetime
import io
import uuid
from typing import Any

import docx
import pytest
from django.test import Client

from thidua_web.nominations.models import Attendee, MeetingAnalysis, MeetingVote, Nomination, ReviewMeeting, Submission
from thidua_web.register.models import Appointment, Person
from web.cast import Cast

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2025, 12, 5, 3, tzinfo=datetime.UTC)
DRAFT = {"X-Thidua": "draft"}


@pytest.fixture
def submission(cast: Cast) -> Submission:
    return a_submission(cast, "Đề nghị khen thưởng năm 2025")


def a_submission(cast: Cast, title: str) -> Submission:
    clerk = cast.users["neighbour"]
    return Submission.objects.create(
        unit=cast.office,
        to_unit=cast.province,
        kind="yearly",
        year=2025,
        title=title,
        prepared_by=clerk,
        prepared_at=AT,
    )


def nominee(submission: Submission, name: str, award: str = "CSTDCS") -> Nomination:
    one = Person.objects.create(full_name=name, unit=submission.unit, position="Chuyên viên")
    Appointment.objects.create(person=one, unit=submission.unit, valid_from=datetime.date(2021, 3, 1))
    return Nomination.objects.create(
        submission=submission, unit=submission.unit, to_unit=submission.to_unit, subject="individual", person=one,
        name=name, award=award, merit="yearly", year=2025, summary="Số hóa 12.000 hồ sơ",
        edited_by=submission.prepared_by, edited_at=AT,
    )  # fmt: skip


def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.users["neighbour"])
    return client


WHEN = {"held_on": "01/12/2025", "began_at": "14:00", "ended_at": "16:30", "place": "Phòng họp A"}


def sent(people: list[dict[str, str]], seen: int = 0, **values: str) -> dict[str, Any]:
    found: dict[str, Any] = {"revision": seen, "token": str(uuid.uuid4()), "p": [], **WHEN, **values}
    for person in people:
        token = person.get("token") or str(uuid.uuid4())
        found["p"].append(token)
        found |= {f"p-{token}-{name}": value for name, value in person.items() if name != "token"}
    return found


PEOPLE = [
    {"name": "Lê Thị Chủ", "position": "Giám đốc", "part": "chair", "attendance": "present"},
    {"name": "Phạm Văn Ký", "position": "Chuyên viên", "part": "secretary", "attendance": "present"},
    {"name": "Vũ Văn Vắng", "part": "member", "attendance": "written", "words": "Nhất trí"},
]


def test_who_was_there_is_saved_with_who_they_are_in_the_register(
    client: Client, cast: Cast, submission: Submission
) -> None:
    chair = Person.objects.create(full_name="Lê Thị Chủ", unit=cast.office)
    page = f"/dot-de-nghi/{submission.pk}/hop/"
    assert clerk(client, cast).post(page, sent(PEOPLE)).status_code == 302
    meeting = ReviewMeeting.objects.get(submission=submission)
    assert (meeting.held_on, str(meeting.began_at)) == (datetime.date(2025, 12, 1), "14:00:00")
    assert [(one.name, one.person_id) for one in meeting.attendees.all()] == [
        ("Lê Thị Chủ", chair.pk), ("Phạm Văn Ký", None), ("Vũ Văn Vắng", None),
    ]  # fmt: skip
    shown = client.get(page).content.decode()
    assert "Vũ Văn Vắng" in shown
    assert "Xem biên bản" in shown


def test_of_two_who_save_on_one_revision_the_second_is_told_and_loses_nothing(
    client: Client, cast: Cast, submission: Submission
) -> None:
    page = f"/dot-de-nghi/{submission.pk}/hop/"
    clerk(client, cast).post(page, sent(PEOPLE))
    answer = client.post(page, sent(PEOPLE, 0, place="Phòng họp B"))
    assert answer.status_code == 409
    assert "Phòng họp B" in answer.content.decode()
    assert ReviewMeeting.objects.get().place == "Phòng họp A"
    again = client.post(page, sent(PEOPLE, 0, place="Phòng họp B"), headers=DRAFT)
    assert (again.status_code, again.json()["revision"]) == (409, 1)


def test_the_same_save_sent_twice_is_one(client: Client, cast: Cast, submission: Submission) -> None:
    page, form = f"/dot-de-nghi/{submission.pk}/hop/", sent(PEOPLE)
    clerk(client, cast)
    for _ in range(2):
        assert client.post(page, form, headers=DRAFT).json()["revision"] == 1
    assert Attendee.objects.count() == 3


def test_what_is_wrong_stands_at_its_field_and_the_rest_is_kept(
    client: Client, cast: Cast, submission: Submission
) -> None:
    page = f"/dot-de-nghi/{submission.pk}/hop/"
    answer = clerk(client, cast).post(page, sent(PEOPLE, held_on="32/13/2025", began_at="16:00", ended_at="15:00"))
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "32/13/2025" in words
    assert "Giờ kết thúc không sau giờ bắt đầu" in words
    meeting = ReviewMeeting.objects.get()
    assert (meeting.held_on, meeting.place, meeting.attendees.count()) == (None, "Phòng họp A", 3)


def test_people_of_the_last_meeting_are_copied(client: Client, cast: Cast, submission: Submission) -> None:
    clerk(client, cast).post(f"/dot-de-nghi/{submission.pk}/hop/", sent(PEOPLE))
    later = a_submission(cast, "Đề nghị đợt hai")
    for _ in range(2):
        client.post(f"/dot-de-nghi/{later.pk}/hop/chep/")
    copied = Attendee.objects.filter(meeting__submission=later)
    assert [one.name for one in copied] == [one["name"] for one in PEOPLE]
    assert {one.attendance for one in copied} == {"present"}


def test_votes_are_written_for_all_and_more_than_there_are_members_is_refused(
    client: Client, cast: Cast, submission: Submission
) -> None:
    first, second = nominee(submission, "Nguyễn Thị Hòa"), nominee(submission, "Trần Văn Bền")
    clerk(client, cast).post(f"/dot-de-nghi/{submission.pk}/hop/", sent(PEOPLE))
    page = f"/dot-de-nghi/{submission.pk}/hop/bieu-quyet/"
    votes = {f"v-{first.pk}-agreed": "3", f"v-{second.pk}-agreed": "4", "revision": 0, "token": str(uuid.uuid4())}
    answer = client.post(page, votes)
    assert answer.status_code == 422
    assert "nhiều hơn số thành viên" in answer.content.decode()
    assert list(MeetingVote.objects.values_list("nomination", "agreed")) == [(first.pk, 3)]


def test_one_result_for_all_without_one(client: Client, cast: Cast, submission: Submission) -> None:
    first, second = nominee(submission, "Nguyễn Thị Hòa"), nominee(submission, "Trần Văn Bền")
    clerk(client, cast).post(f"/dot-de-nghi/{submission.pk}/hop/", sent(PEOPLE))
    page = f"/dot-de-nghi/{submission.pk}/hop/bieu-quyet/"
    client.post(page, {f"v-{first.pk}-agreed": "1", f"v-{first.pk}-against": "2", "revision": 0})
    for _ in range(2):
        client.post(f"{page}nhu-nhau/", {"alike-agreed": "3"})
    votes = dict(MeetingVote.objects.values_list("nomination", "agreed"))
    assert votes == {first.pk: 1, second.pk: 3}


def analyse(client: Client, one: Nomination, **more: str) -> Any:
    page = f"/dot-de-nghi/{one.submission_id}/hop/{one.pk}/"
    keys = [criterion.field for criterion in client.get(page).context["criteria"]]
    return client.post(page, {**dict.fromkeys(keys, "Đã hoàn thành, có quyết định kèm theo."), "revision": 0, **more})


def test_each_criterion_is_analysed_beside_its_article(client: Client, cast: Cast, submission: Submission) -> None:
    one = nominee(submission, "Nguyễn Thị Hòa")
    shown = clerk(client, cast).get(f"/dot-de-nghi/{submission.pk}/hop/{one.pk}/").content.decode()
    assert "Điều 23" in shown
    assert analyse(client, one, words="Tận tụy").status_code == 302
    assert MeetingAnalysis.objects.filter(nomination=one).count() >= 1
    assert MeetingVote.objects.get(nomination=one).words == "Tận tụy"


def test_minutes_say_what_they_lack_and_then_hold_it_all(client: Client, cast: Cast, submission: Submission) -> None:
    one = nominee(submission, "Nguyễn Thị Hòa")
    page = f"/dot-de-nghi/{submission.pk}/hop/"
    answer = clerk(client, cast).get(f"{page}bien-ban/", follow=True)
    assert "Chưa lập được biên bản" in answer.content.decode()
    client.post(page, sent(PEOPLE))
    client.post(f"{page}bieu-quyet/nhu-nhau/", {"alike-agreed": "3"})
    analyse(client, one)
    words = client.get(f"{page}bien-ban/").content.decode()
    for said in ("BIÊN BẢN", "Lê Thị Chủ", "Vũ Văn Vắng", "Nguyễn Thị Hòa", "3/3", "đề nghị khen thưởng"):
        assert said in words
    document = docx.Document(io.BytesIO(client.get(f"{page}bien-ban.docx").content))
    assert "Đã hoàn thành, có quyết định kèm theo." in {
        c.text for t in document.tables for r in t.rows for c in r.cells
    }
    assert client.get(f"{page}bien-ban.pdf").content.startswith(b"%PDF")
    assert client.get(f"{page}bien-ban.exe").status_code == 404


def test_nothing_is_written_once_the_head_has_it(client: Client, cast: Cast, submission: Submission) -> None:
    one = nominee(submission, "Nguyễn Thị Hòa")
    Submission.objects.filter(pk=submission.pk).update(state="presented")
    answer = clerk(client, cast).post(f"/dot-de-nghi/{submission.pk}/hop/", sent(PEOPLE), headers=DRAFT)
    assert answer.status_code == 409
    assert analyse(client, one).status_code == 409
    assert not ReviewMeeting.objects.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_ask_the_same_for_one_as_for_three(
    client: Client, cast: Cast, submission: Submission, many: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(many):
        nominee(submission, f"Nguyễn Thị Hòa {number}")
    clerk(client, cast).post(f"/dot-de-nghi/{submission.pk}/hop/", sent(PEOPLE))
    for page in ("", "bieu-quyet/", "bien-ban/"):
        client.get(f"/dot-de-nghi/{submission.pk}/hop/{page}")
        with django_assert_max_num_queries({"": 24, "bieu-quyet/": 22, "bien-ban/": 70}[page]):
            client.get(f"/dot-de-nghi/{submission.pk}/hop/{page}")
