"""The review meeting on its pages, and as minutes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from thidua.findings import Finding
from thidua.nominations.criteria_keys import Keyed, to_analyse
from thidua.papers import minutes as papers
from thidua.papers.nominees import Nominee
from thidua.papers.paper import Paper
from thidua.rules.assessing import Assessment
from thidua_web.law.linking import basis_href
from thidua_web.nominations.models import Attendance, Attendee, MeetingVote, Nomination, Part, ReviewMeeting, Submission
from thidua_web.nominations.pages.issuing import cited, issue_of
from thidua_web.nominations.pages.wording import wording_of
from thidua_web.nominations.queries.meetings import moment

LACKING = {
    "meeting": _("chưa ghi gì"),
    "held_on": _("ngày họp"),
    "began_at": _("giờ bắt đầu"),
    "ended_at": _("giờ kết thúc"),
    "place": _("địa điểm"),
    "chair": _("người chủ trì"),
    "secretary": _("thư ký"),
}
TONES = {"met": "met", "not_met": "fault", "unknown": "unknown"}
BELOW = ("nominations.vote_below", "nominations.quorum_short")


@dataclass(frozen=True)
class Asked:
    """A criterion that the meeting speaks of, with what it said so far."""

    key: str
    number: str
    words: str
    citation: str
    href: str
    outcome: str
    tone: str
    said: str

    @property
    def field(self) -> str:
        return f"a-{self.key}"


def asked(assessment: Assessment | None, said: Mapping[str, str]) -> list[Asked]:
    if assessment is None:
        return []
    return [_asked(item, said) for item in to_analyse(assessment)]


def _asked(item: Keyed, said: Mapping[str, str]) -> Asked:
    basis, outcome = item.result.basis, item.result.outcome.value
    return Asked(
        key=item.key,
        number=item.number,
        words=clause(item),
        citation=basis.citation,
        href=basis_href(basis),
        outcome=outcome,
        tone=TONES[outcome],
        said=said.get(item.key, ""),
    )


def clause(item: Keyed) -> str:
    """The clause in brief, else the plan's own words, else what its parts say."""
    criterion = item.result.criterion
    words = criterion.text or criterion.quote or item.result.basis.quote
    return words or "; ".join(part.criterion.text for part in item.result.parts if part.criterion.text)


# --- Minutes ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reviewed:
    """A nomination as the minutes speak of it."""

    nomination: Nomination
    assessment: Assessment | None
    vote: MeetingVote | None
    analysis: Mapping[str, str]
    findings: Sequence[Finding]


def minutes(submission: Submission, meeting: ReviewMeeting, rows: Sequence[Reviewed], on: datetime.date) -> Paper:
    """Only where nothing is lacking (`queries.meetings.lacking`)."""
    people = list(meeting.attendees.all())
    members = [one for one in people if one.part != Part.GUEST]
    voting, wording = meeting.members or len(members), wording_of(submission.unit)
    assert meeting.held_on and meeting.began_at and meeting.ended_at  # noqa: S101, PT018 - the caller looked
    held = papers.Minutes(
        issue=issue_of(submission.unit, "BB"),
        meeting=f"xét khen thưởng: {submission.title}",
        began=moment(meeting.held_on, meeting.began_at),
        ended=moment(meeting.held_on, meeting.ended_at),
        place=meeting.place,
        chair=_person(next(one for one in people if one.part == Part.CHAIR)),
        secretary=_person(next(one for one in people if one.part == Part.SECRETARY)),
        present=tuple(_person(one) for one in members if one.attendance == Attendance.PRESENT),
        absent=tuple(_person(one) for one in members if one.attendance != Attendance.PRESENT),
        guests=tuple(_person(one) for one in people if one.part == Part.GUEST),
        opening=tuple(line for line in meeting.discussion.splitlines() if line.strip()),
        reviewed=tuple(_reviewed(row, wording.nominee(row.nomination, on), meeting, voting) for row in rows),
        read_out=True,
    )
    return papers.minutes(held)


def _person(one: Attendee) -> papers.Attendee:
    written = one.attendance == Attendance.WRITTEN
    absent = one.attendance == Attendance.ABSENT
    return papers.Attendee(
        name=one.name,
        position=one.position,
        opinion=one.words if written else "",
        reason=one.words if absent else "",
    )


def _reviewed(row: Reviewed, nominee: Nominee, meeting: ReviewMeeting, members: int) -> papers.Reviewed:
    return papers.Reviewed(
        nominee=nominee,
        analysis=_analysis(row),
        said=tuple(line for line in (row.vote.words if row.vote else "").splitlines() if line.strip()),
        votes=_votes(row.vote, members),
        way="ballot" if meeting.secret else "hands",
        result=_result(row),
    )


def _analysis(row: Reviewed) -> tuple[papers.Analysis, ...]:
    """Criteria that the meeting spoke of, in the order of the law and the plan."""
    if row.assessment is None:
        return ()
    return tuple(
        papers.Analysis(
            criterion=clause(item),
            basis=cited(item.result.basis),
            merit=row.analysis[item.key],
            outcome=item.result.outcome,
        )
        for item in to_analyse(row.assessment)
        if row.analysis.get(item.key)
    )


def _votes(vote: MeetingVote | None, members: int) -> papers.Votes | None:
    if vote is None or vote.agreed is None:
        return None
    cast = vote.agreed + (vote.against or 0) + (vote.abstained or 0)
    return papers.Votes(yes=vote.agreed, no=vote.against or 0, abstained=vote.abstained or 0, of=max(members, cast))


def _result(row: Reviewed) -> str:
    """By the law's threshold where it sets one; else by whether more were for than against. Always Vietnamese."""
    vote = row.vote
    if vote is None or vote.agreed is None:
        return "chưa biểu quyết"
    ref = str(row.nomination.pk)
    below = any(one.code in BELOW and str(one.params.get("ref", "")) == ref for one in row.findings)
    if below:
        return "không đủ số phiếu theo quy định"
    return "đề nghị khen thưởng" if vote.agreed > (vote.against or 0) else "không đề nghị khen thưởng"


def errors_of(form: Any) -> list[tuple[str, str, str]]:
    """Field, label, what is wrong: for the list on top of a form."""
    return [(bound.id_for_label, str(bound.label), str(error)) for bound in form for error in bound.errors]
