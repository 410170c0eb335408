"""Submissions of the cast's office to the province, with people of the office in them; and its head."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from thidua_web.accounts.access import Role
from thidua_web.accounts.models import Membership, User
from thidua_web.nominations.models import Attendee, MeetingVote, Nomination, Part, ReviewMeeting, Submission
from thidua_web.register.models import Person
from web import nominated
from web.cast import LONG_AGO, Cast, make_user

REPORT = "Trong năm đã chủ trì số hóa hồ sơ một cửa, rút ngắn thời gian giải quyết, không để hồ sơ nào quá hạn. " * 12


def of_the_office(cast: Cast, **values: Any) -> Submission:
    """A draft of 2026, prepared by the office's clerk."""
    said = {"year": 2026, "title": "Đề nghị khen thưởng năm 2026"} | values
    unit = said.pop("unit", cast.office)
    return nominated.a_submission(unit, cast.province, cast.users["neighbour"], **said)


def with_people(submission: Submission, *names: str, **values: Any) -> list[Nomination]:
    """New people of its unit, proposed for the title of the base."""
    said = {"award": "CSTDCS"} | values
    return [nominated.a_nomination(submission, name, **said) for name in names]


def person_of(submission: Submission, name: str = "Nguyễn Thị Hòa") -> Person:
    return Person.objects.create(full_name=name, unit=submission.unit, position="Chuyên viên")


def office_head(cast: Cast) -> User:
    user = make_user("office_head")
    Membership.objects.create(user=user, unit=cast.office, role=Role.HEAD, valid_from=LONG_AGO)
    return user


def reviewed(submission: Submission, members: int = 9) -> ReviewMeeting:
    """The unit met the day before yesterday and all were for everybody: minutes with a chair and a secretary."""
    now = timezone.now()
    meeting, _ = ReviewMeeting.objects.get_or_create(
        submission=submission,
        defaults={
            "held_on": timezone.localdate() - datetime.timedelta(days=2), "place": "Phòng họp", "members": members,
            "edited_by": submission.prepared_by, "edited_at": now,
        },
    )  # fmt: skip
    if not meeting.attendees.exists():
        parts = [Part.CHAIR, Part.SECRETARY, *[Part.MEMBER] * (members - 2)]
        meeting.attendees.bulk_create(
            Attendee(meeting=meeting, place=place, name=f"Người dự {place}", position="Ủy viên", part=part)
            for place, part in enumerate(parts, 1)
        )
    for one in submission.nominations.all():
        MeetingVote.objects.get_or_create(
            meeting=meeting, nomination=one, defaults={"agreed": members, "against": 0, "abstained": 0}
        )
        one.sections = {"achieved": REPORT}
        one.save()
    return meeting
