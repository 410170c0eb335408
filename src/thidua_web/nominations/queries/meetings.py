"""The unit's own review meeting: what is written of it, and what its minutes still lack."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from thidua_web.nominations.models import (
    Attendee,
    MeetingAnalysis,
    MeetingVote,
    Nomination,
    Part,
    ReviewMeeting,
    Submission,
)
from thidua_web.nominations.stages import EDITABLE, NominationState, SubmissionState


def is_writable(submission: Submission) -> bool:
    """Until the head has it to sign."""
    return submission.state == SubmissionState.DRAFT


def may_analyse(nomination: Nomination) -> bool:
    """Also while a dossier is back for mending: what the minutes say of it may be what was missing."""
    if is_writable(nomination.submission):
        return nomination.state in EDITABLE
    return nomination.state == NominationState.RETURNED


def meeting_of(submission: Submission) -> ReviewMeeting | None:
    rows = ReviewMeeting.objects.filter(submission=submission).select_related("edited_by")
    return rows.prefetch_related("attendees").first()


def last_meeting(submission: Submission) -> ReviewMeeting | None:
    """The newest of the unit with somebody in it, but this."""
    rows = ReviewMeeting.objects.filter(submission__unit=submission.unit_id, attendees__isnull=False)
    return rows.exclude(submission=submission).order_by("-held_on", "-pk").distinct().first()


def votes_of(submission: Submission) -> Mapping[int, MeetingVote]:
    return {vote.nomination_id: vote for vote in MeetingVote.objects.filter(meeting__submission=submission)}


def analyses_of(nomination: Nomination) -> dict[str, str]:
    """By the key of the criterion."""
    return dict(MeetingAnalysis.objects.filter(nomination=nomination).values_list("key", "words"))


def analysed(submission: Submission) -> dict[int, dict[str, str]]:
    """By nomination and the key of the criterion."""
    found: dict[int, dict[str, str]] = {}
    rows = MeetingAnalysis.objects.filter(meeting__submission=submission)
    for nomination, key, words in rows.values_list("nomination_id", "key", "words"):
        found.setdefault(nomination, {})[key] = words
    return found


def lacking(meeting: ReviewMeeting | None) -> list[str]:
    """Codes of what minutes cannot be without."""
    if meeting is None:
        return ["meeting"]
    people = list(meeting.attendees.all())
    said = {"held_on": meeting.held_on, "began_at": meeting.began_at, "ended_at": meeting.ended_at}
    said |= {"place": meeting.place, "chair": _held(people, Part.CHAIR), "secretary": _held(people, Part.SECRETARY)}
    return [name for name, value in said.items() if value in (None, "", False)]


def _held(people: list[Attendee], part: str) -> bool:
    return any(one.part == part for one in people)


def moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return datetime.datetime.combine(day, time)
