"""What is stored of a nomination becomes values of the core, with the queries of one for many."""

from __future__ import annotations

import datetime

import pytest

from thidua.law.awards import awards
from thidua.nominations.criteria_keys import keyed
from thidua_web.eligibility.models import FactKind, RecordedFact
from thidua_web.nominations.actions import assessing, clocks
from thidua_web.nominations.models import (
    Attendee,
    Claim,
    Confirmation,
    MeetingVote,
    Moment,
    Nomination,
    Override,
    Part,
    ReviewMeeting,
    Submission,
)
from thidua_web.nominations.queries.checking import checked, checked_of, gate_of, needed_papers
from thidua_web.nominations.queries.clocks import clock_of
from thidua_web.nominations.queries.conflicts import barred, conflicts_of
from thidua_web.nominations.queries.loading import nominations_of
from thidua_web.nominations.queries.submission_values import submission_values
from thidua_web.nominations.queries.values import nomination_values
from thidua_web.register.models import Appointment, Person, Rating
from web.cast import Cast

pytestmark = pytest.mark.django_db
ON = datetime.date(2025, 12, 5)
AT = datetime.datetime(2025, 12, 5, 3, tzinfo=datetime.UTC)


@pytest.fixture
def submission(cast: Cast) -> Submission:
    clerk = cast.users["neighbour"]
    return Submission.objects.create(
        unit=cast.office, to_unit=cast.province, kind="yearly", year=2025, title="Đề nghị khen thưởng năm 2025",
        prepared_by=clerk, prepared_at=AT,
    )  # fmt: skip


def person(cast: Cast, name: str) -> Person:
    one = Person.objects.create(full_name=name, unit=cast.office, position="Chuyên viên")
    Appointment.objects.create(person=one, unit=cast.office, valid_from=datetime.date(2021, 3, 1))
    for year, level in ((2024, "good"), (2025, "excellent")):
        Rating.objects.create(person=one, year=year, level=level)
    return one


def nominate(submission: Submission, one: Person, award: str = "CSTDCS", **values: object) -> Nomination:
    said = {
        "summary": f"Tham mưu số hóa 12.000 hồ sơ, {one.full_name}", "place": submission.nominations.count(),
        "merit": "yearly", "award": award,
    }  # fmt: skip
    return Nomination.objects.create(
        submission=submission, unit=submission.unit, to_unit=submission.to_unit, subject="individual", person=one,
        name=one.full_name, year=2025, edited_by=submission.prepared_by, edited_at=AT, **(said | values),
    )  # fmt: skip


def test_a_nominee_is_told_with_the_unit_the_posts_and_what_the_dossier_holds(
    cast: Cast, submission: Submission
) -> None:
    one = nominate(submission, person(cast, "Nguyễn Thị Hòa"), sections={"achieved": "Số hóa 12.000 hồ sơ."})
    claim = Claim.objects.create(nomination=one, place=1, words="Số hóa 12.000 hồ sơ")
    Confirmation.objects.create(
        nomination=one, body="tax", asked_of="Thuế tỉnh", asked_on=ON, asked_by=submission.prepared_by
    )
    known = nomination_values([one], ON)[one.pk]
    assert (known.nominee, known.register_name) == (f"person-{one.person_id}", "Nguyễn Thị Hòa")
    assert known.unit_names == ("Sở Thử", "UBND tỉnh Thử")
    assert known.nominee_since == datetime.date(2021, 3, 1)
    assert [(one.words, one.evidence) for one in known.claims] == [(claim.words, 0)]
    assert [(one.body, one.yes) for one in known.confirmations] == [("tax", None)]
    assert known.report == "Số hóa 12.000 hồ sơ."
    assert known.prepared_by == f"user-{submission.prepared_by_id}"


def test_papers_come_from_the_rule_in_force_that_day(cast: Cast, submission: Submission) -> None:
    one = nominate(submission, person(cast, "Nguyễn Thị Hòa"))
    codes = {paper.code: paper.held_by for paper in needed_papers(one, ON)}
    assert codes["bao_cao"] == "nomination"
    assert codes["to_trinh"] == codes["bien_ban"] == "submission"
    assert "sang_kien" in codes


def test_an_agreed_override_counts_and_another_does_not(cast: Cast, submission: Submission) -> None:
    one = nominate(submission, person(cast, "Trần Văn Bền"), award="CSTDBT")
    before = checked(one, ON)
    assert before.plain is not None
    failed = next(item for item in keyed(before.plain) if item.result.outcome.value == "unknown")
    asked = Override.objects.create(
        nomination=one, key=failed.key, clause="x", was="unknown", becomes="met", reason="Có quyết định giấy",
        by=cast.users["appraiser"], at=AT,
    )  # fmt: skip
    assert checked(one, ON).outcome == before.outcome
    asked.second, asked.second_at, asked.agreed = cast.users["head"], AT, True
    asked.save()
    after = checked(one, ON)
    assert next(i for i in keyed(after.assessment) if i.key == failed.key).result.outcome.value == "met"  # type: ignore[arg-type]
    assert after.plain == before.plain


def test_the_same_deed_of_two_nominations_is_seen_from_both(cast: Cast, submission: Submission) -> None:
    one = person(cast, "Nguyễn Thị Hòa")
    words = "Cứu ba người bị lũ cuốn tại cầu Suối Dài xã Minh Tân ngày 12/9/2025"
    first = nominate(submission, one, "BANG_KHEN_TINH", merit="sudden", summary=words)
    second = nominate(submission, one, "GIAY_KHEN", merit="sudden", summary=words)
    known = nomination_values([first, second], ON)
    assert [double.award for double in known[first.pk].doubles] == ["Giấy khen"]
    assert [double.award for double in known[second.pk].doubles] == [awards()["BANG_KHEN_TINH"].name]


def test_of_two_lists_with_one_nominee_the_later_is_told_of_the_first(cast: Cast, submission: Submission) -> None:
    one = person(cast, "Nguyễn Thị Hòa")
    later = Submission.objects.create(
        unit=cast.office, to_unit=cast.province, kind="yearly", year=2025, title="Bổ sung",
        prepared_by=submission.prepared_by, prepared_at=AT,
    )  # fmt: skip
    first = nominate(submission, one, "BANG_KHEN_TINH", state="lodged", lodged_on=ON)
    second = nominate(later, one, "BANG_KHEN_TINH", summary="Vận động 40 hộ hiến đất làm đường")
    nominate(later, one, "CSTDBT", state="lodged", lodged_on=ON)

    def told() -> list[list[str]]:
        known = nomination_values(nominations_of([first.pk, second.pk]), ON)
        return [[one.unit for one in known[row.pk].proposed] for row in (first, second)]

    assert told() == [[], ["Sở Thử"]]
    Nomination.objects.filter(pk=second.pk).update(state="lodged", lodged_on=ON)
    assert told() == [[], ["Sở Thử"]]
    Nomination.objects.filter(pk=first.pk).update(state="returned")
    assert told() == [[], []]


def test_the_meeting_counts_members_and_votes(cast: Cast, submission: Submission) -> None:
    one = nominate(submission, person(cast, "Nguyễn Thị Hòa"))
    meeting = ReviewMeeting.objects.create(
        submission=submission, held_on=ON, edited_by=submission.prepared_by, edited_at=AT
    )
    parts = ((Part.CHAIR, "present"), (Part.SECRETARY, "present"), (Part.MEMBER, "written"), (Part.GUEST, "present"))
    for place, (part, attendance) in enumerate(parts):
        Attendee.objects.create(meeting=meeting, place=place, name=f"Người {place}", part=part, attendance=attendance)
    MeetingVote.objects.create(meeting=meeting, nomination=one, agreed=3, against=0, abstained=0)
    told = submission_values(submission, ON).meeting
    assert told is not None
    assert (told.members, told.present, told.written, told.chair) == (3, 2, 1, "Người 0")
    assert told.votes[str(one.pk)].for_ == 3


def test_a_gate_says_what_stands_in_the_way(cast: Cast, submission: Submission) -> None:
    nominate(submission, person(cast, "Nguyễn Thị Hòa"))
    submission.due_on, submission.due_basis = ON - datetime.timedelta(days=1), "gửi trước ngày 04/12/2025"
    submission.save()
    told = gate_of(submission, ON)
    codes = {stop.finding.code: stop for stop in told.stops}
    assert not told.may_submit
    assert codes["nominations.deadline_past"].excepted_by == "standing_body"
    assert "nominations.minutes_missing" in codes


def test_the_clock_stands_still_and_goes_on(cast: Cast, submission: Submission) -> None:
    one = nominate(submission, person(cast, "Nguyễn Thị Hòa"), lodged_on=ON)
    clocks.start([one], on=ON, at=AT)
    due = Nomination.objects.get(pk=one.pk).clock_due
    assert due is not None
    clocks.pause([one], on=datetime.date(2025, 12, 8), at=AT, why="asked")
    assert Nomination.objects.get(pk=one.pk).clock_due is None
    clocks.resume([one], on=datetime.date(2025, 12, 10), at=AT)
    later = Nomination.objects.get(pk=one.pk).clock_due
    assert later is not None
    assert later > due
    assert not clock_of(one, datetime.date(2025, 12, 10)).clock.paused
    clocks.end([one], on=datetime.date(2025, 12, 12), at=AT)
    assert Nomination.objects.get(pk=one.pk).clock_due is None


def test_who_prepared_a_dossier_does_not_judge_it(cast: Cast, submission: Submission) -> None:
    one = nominations_of([nominate(submission, person(cast, "Nguyễn Thị Hòa")).pk])[0]
    assert barred(cast.users["neighbour"], one, ON)
    assert conflicts_of(cast.users["appraiser"], one, ON) == ()


def test_what_the_checks_said_is_kept(cast: Cast, submission: Submission) -> None:
    one = nominate(submission, person(cast, "Nguyễn Thị Hòa"))
    kept = assessing.store(one, moment=Moment.LODGED, on=ON, by=cast.users["neighbour"], at=AT)
    assert kept.outcome == Nomination.objects.get(pk=one.pk).outcome != ""
    assert kept.lines["lines"]
    assert "nominations.report_empty" in {check["code"] for check in kept.checks}


@pytest.mark.parametrize("many", [1, 3])
def test_many_are_read_with_the_queries_of_one(
    cast: Cast, submission: Submission, many: int, django_assert_num_queries: object
) -> None:
    for number in range(many):
        one = nominate(submission, person(cast, f"Nguyễn Thị Hòa {number}"))
        RecordedFact.objects.create(person=one.person, kind=FactKind.GROUP, code="leader", by_name="x", at=AT)
    keys = list(submission.nominations.values_list("pk", flat=True))
    with django_assert_num_queries(17):  # type: ignore[operator]
        checked_of(nominations_of(keys), ON)
