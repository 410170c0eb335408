"""What the unit writes of its own review meeting. Of two who save on the same revision one wins; the other is told."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from thidua.vietnamese.folding import search_key
from thidua_web.accounts.models import User
from thidua_web.nominations.actions.dossiers import A_SITTING, Saved
from thidua_web.nominations.actions.journaling import journal
from thidua_web.nominations.models import (
    Attendee,
    MeetingAnalysis,
    MeetingVote,
    Nomination,
    ReviewMeeting,
    Submission,
)
from thidua_web.nominations.queries.meetings import is_writable, last_meeting, may_analyse
from thidua_web.register.models import Person

FIELDS = ("held_on", "began_at", "ended_at", "place", "members", "secret", "discussion")
ROW = ("name", "position", "part", "attendance", "words")
COUNTS = ("agreed", "against", "abstained")
Rows = Sequence[Mapping[str, Any]]


def open_meeting(submission: Submission, by: User, at: datetime.datetime) -> ReviewMeeting:
    """The row, made with the first thing that is written."""
    said = {"edited_by": by, "edited_at": at}
    return ReviewMeeting.objects.get_or_create(submission=submission, defaults=said)[0]


@transaction.atomic
def save_meeting(  # noqa: PLR0913 - what was written, and on which screen
    *,
    submission: Submission,
    values: Mapping[str, Any],
    people: Rows,
    seen: int,
    token: uuid.UUID,
    by: User,
    at: datetime.datetime,
) -> Saved:
    """`people` are the rows in order, each with a token and ROW."""
    if not is_writable(submission):
        return Saved.CLOSED
    meeting = open_meeting(submission, by, at)
    before = meeting.edited_at
    said = {name: values[name] for name in FIELDS}
    rows = ReviewMeeting.objects.filter(pk=meeting.pk, revision=seen)
    if not rows.update(revision=F("revision") + 1, edited_in=str(token), edited_by=by, edited_at=at, **said):
        return Saved.SAVED if meeting.edited_in == str(token) else Saved.ANOTHER
    _write_people(meeting, submission, people)
    _journal(
        submission, by, at, again=meeting.revision > 0 and meeting.edited_by_id == by.pk and at - before < A_SITTING
    )
    return Saved.SAVED


def _write_people(meeting: ReviewMeeting, submission: Submission, rows: Rows) -> None:
    there = {one.token: one for one in meeting.attendees.all()}
    known = _people_of(submission)
    new, changed = [], []
    for place, values in enumerate(rows, 1):
        one = there.pop(values["token"], None) or Attendee(meeting=meeting, token=values["token"])
        for name in ROW:
            setattr(one, name, values[name])
        one.place, one.person_id = place, known.get(search_key(one.name))
        (changed if one.pk else new).append(one)
    Attendee.objects.bulk_create(new)
    Attendee.objects.bulk_update(changed, [*ROW, "place", "person"])
    Attendee.objects.filter(pk__in=[one.pk for one in there.values()]).delete()


def _people_of(submission: Submission) -> dict[str, int]:
    """People of the unit by name, those whose name nobody else there has."""
    rows = Person.objects.filter(unit__path__below=submission.unit.path, merged_into=None).order_by()
    found: dict[str, list[int]] = {}
    for key, name in rows.values_list("pk", "full_name"):
        found.setdefault(search_key(name), []).append(key)
    return {name: keys[0] for name, keys in found.items() if len(keys) == 1}


@transaction.atomic
def copy_people(*, submission: Submission, by: User, at: datetime.datetime) -> bool:
    """Those of the unit's last meeting, where nobody is written yet; all present, to be changed by hand."""
    last = last_meeting(submission)
    if last is None or not is_writable(submission):
        return False
    meeting = open_meeting(submission, by, at)
    if meeting.attendees.exists():
        return False
    Attendee.objects.bulk_create(
        Attendee(
            meeting=meeting,
            place=one.place,
            person_id=one.person_id,
            name=one.name,
            position=one.position,
            part=one.part,
        )
        for one in last.attendees.all()
    )
    members = meeting.members or last.members
    ReviewMeeting.objects.filter(pk=meeting.pk).update(revision=F("revision") + 1, members=members, edited_in="")
    _journal(submission, by, at)
    return True


# --- Votes ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def save_votes(  # noqa: PLR0913 - what was written, and on which screen
    *,
    submission: Submission,
    votes: Mapping[int, Mapping[str, int | None]],
    seen: int,
    token: uuid.UUID,
    by: User,
    at: datetime.datetime,
) -> Saved:
    """`votes` by nomination, each with COUNTS; those that are not named stay as they are."""
    if not is_writable(submission):
        return Saved.CLOSED
    meeting = open_meeting(submission, by, at)
    rows = ReviewMeeting.objects.filter(pk=meeting.pk, votes_revision=seen)
    if not rows.update(votes_revision=F("votes_revision") + 1, votes_edited_in=str(token)):
        return Saved.SAVED if meeting.votes_edited_in == str(token) else Saved.ANOTHER
    there = {vote.nomination_id: vote for vote in MeetingVote.objects.filter(meeting=meeting)}
    standing = set(Nomination.objects.filter(submission=submission).values_list("pk", flat=True))
    new, changed = [], []
    for key, counts in votes.items():
        if key not in standing:
            continue
        vote = there.get(key) or MeetingVote(meeting=meeting, nomination_id=key)
        for name in COUNTS:
            setattr(vote, name, counts[name])
        (changed if vote.pk else new).append(vote)
    MeetingVote.objects.bulk_create(new)
    MeetingVote.objects.bulk_update(changed, COUNTS, batch_size=500)
    _journal(submission, by, at, again=meeting.votes_revision > 0)
    return Saved.SAVED


def vote_alike(*, submission: Submission, counts: Mapping[str, int | None], by: User, at: datetime.datetime) -> int:
    """The same result for every nomination that has none yet; how many these were."""
    with transaction.atomic():
        meeting = open_meeting(submission, by, at)
        done = MeetingVote.objects.filter(meeting=meeting, agreed__isnull=False).values("nomination")
        keys = list(Nomination.objects.filter(submission=submission).exclude(pk__in=done).values_list("pk", flat=True))
        votes = {key: dict(counts) for key in keys}
        saved = save_votes(
            submission=submission, votes=votes, seen=meeting.votes_revision, token=uuid.uuid4(), by=by, at=at
        )
        return len(keys) if saved is Saved.SAVED else 0


# --- What was said of one ---------------------------------------------------------------------------------------------


@transaction.atomic
def save_analysis(  # noqa: PLR0913 - what was written, and on which screen
    *,
    nomination: Nomination,
    words: str,
    analyses: Mapping[str, str],
    seen: int,
    token: uuid.UUID,
    by: User,
    at: datetime.datetime,
) -> Saved:
    """`analyses` by the key of the criterion; an empty one goes."""
    submission = nomination.submission
    if not may_analyse(nomination):
        return Saved.CLOSED
    meeting = open_meeting(submission, by, at)
    vote, _ = MeetingVote.objects.get_or_create(nomination=nomination, defaults={"meeting": meeting})
    rows = MeetingVote.objects.filter(pk=vote.pk, revision=seen)
    if not rows.update(revision=F("revision") + 1, edited_in=str(token), words=words):
        return Saved.SAVED if vote.edited_in == str(token) else Saved.ANOTHER
    gone = [key for key, said in analyses.items() if not said]
    MeetingAnalysis.objects.filter(nomination=nomination, key__in=gone).delete()
    MeetingAnalysis.objects.bulk_create(
        (
            MeetingAnalysis(meeting=meeting, nomination=nomination, key=key, words=said)
            for key, said in analyses.items()
            if said
        ),
        update_conflicts=True,
        unique_fields=["nomination", "key"],
        update_fields=["words"],
    )
    _journal(submission, by, at, again=vote.revision > 0)
    return Saved.SAVED


def _journal(submission: Submission, by: User, at: datetime.datetime, *, again: bool = False) -> None:
    """Saves of one sitting are one line."""
    if not again:
        journal("meeting.edited", submission, by, at)
