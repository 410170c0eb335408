"""A submission as a value of the core: its nominations, its meeting, the quotas they count against."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Count, Q
from msgspec import structs

from thidua.findings import Basis
from thidua.law.awards import awards
from thidua.law.criteria import Criterion
from thidua.nominations import values
from thidua.plans.campaign import Offer as PlanOffer
from thidua.rules.limits import NOMINATED, Candidate, Limit, limits_of_law
from thidua.rules.plan_words.quotas import limits_of_plan, limits_of_shares
from thidua.vietnamese.folding import search_key
from thidua_web.campaigns.addressees import group_of
from thidua_web.campaigns.models import Campaign
from thidua_web.eligibility.queries import campaign_facts
from thidua_web.law.queries import current_law
from thidua_web.nominations.models import (
    Attendance,
    Attendee,
    DossierFile,
    MeetingAnalysis,
    MeetingVote,
    Nomination,
    Part,
    ReviewMeeting,
    Submission,
)
from thidua_web.nominations.queries.loading import code_of_user, nominations
from thidua_web.nominations.queries.offers import terms_of
from thidua_web.nominations.queries.values import nomination_values
from thidua_web.nominations.stages import CONCLUDED, UNDER_APPRAISAL, NominationState
from thidua_web.progress.models import Report
from thidua_web.progress.stages import ReportState
from thidua_web.register.models import Unit, UnitKind

COUNTED = (*UNDER_APPRAISAL, *CONCLUDED)
"""States in which a nomination takes a place of a quota."""
LAUNCHED, REPORTED = "launched_campaign", "reported"
ANALYSIS = ("tieu chuan", "tieu chi")
"""What a plan's words on the minutes name where they must speak of every criterion."""
MINUTES = "bien ban"


def nominated(submission: Submission) -> list[Nomination]:
    """Those that stand, in the order of the tờ trình."""
    rows = nominations().filter(submission=submission).exclude(state=NominationState.WITHDRAWN)
    return list(rows.order_by("place", "pk"))


def submission_values(
    submission: Submission, on: datetime.date, rows: Sequence[Nomination] | None = None
) -> values.Submission:
    rows = nominated(submission) if rows is None else rows
    known = nomination_values(rows, on)
    terms, limits = terms_of(rows), limits_of(rows, on)
    names = {submission.unit.name, *(name for one in known.values() for name in one.unit_names)}
    done = _done(submission.campaign, submission.unit)
    return values.Submission(
        ref=str(submission.pk),
        unit=f"unit-{submission.unit_id}",
        kind=submission.kind,  # type: ignore[arg-type]
        unit_name=submission.unit.name,
        campaign=str(submission.campaign_id or ""),
        received=done is not None if submission.campaign_id else None,
        launched=done.launched if done else None,
        launch_asked=_asked(known.values(), LAUNCHED),
        reported=_has_reported(submission),
        report_asked=_asked(known.values(), REPORTED),
        due=submission.due_on,
        due_basis=Basis(quote=submission.due_basis or None, verified=True) if submission.due_on else None,
        presented_on=submission.lodged_on,
        prepared_by=code_of_user(submission.prepared_by),
        signed_by=code_of_user(submission.signed_by),
        papers=_papers(submission),
        meeting=meeting_values(submission),
        analysis_asked=_analysis_asked(terms.values()),
        receiver=_level(submission.to_unit),
        nominations=tuple(known[row.pk] for row in rows),
        limits=limits,
        listed=counted_elsewhere(submission, limits, names),
        excepted=frozenset(submission.exceptions.filter(granted=True).values_list("code", flat=True)),
    )


# --- The campaign -----------------------------------------------------------------------------------------------------


def _done(campaign: Campaign | None, unit: Unit) -> campaign_facts.Done | None:
    """What the nearest unit did that the campaign was sent to; None without one."""
    if campaign is None:
        return None
    done = campaign_facts.done(campaign)
    keys = [int(part) for part in reversed(unit.path.split("/")) if part]
    return next((done[key] for key in keys if key in done), None)


def _has_reported(submission: Submission) -> bool | None:
    """Whether the unit signed any report on the campaign; None without a campaign."""
    if submission.campaign_id is None:
        return None
    sent = Report.objects.filter(day__duty__campaign=submission.campaign_id, state=ReportState.SENT)
    return sent.filter(unit=submission.unit_id).exists()


def _asked(known: Iterable[values.Nomination], predicate: str) -> Basis | None:
    """The plan's words that ask for it, where one of its criteria does."""
    for one in known:
        for criterion in one.offer.criteria:
            if predicate in _predicates(criterion):
                return Basis(instrument=one.offer.plan or None, quote=criterion.quote or None, verified=True)
    return None


def _predicates(criterion: Criterion) -> set[str]:
    own = {criterion.test.predicate} if criterion.test else set()
    return own.union(*(_predicates(part) for part in criterion.parts))


def _analysis_asked(terms: Iterable[PlanOffer]) -> Basis | None:
    """The plan's words that want the minutes to go through the criteria, as Bắc Kạn's do."""
    for plan in terms:
        for part in plan.dossier:
            said = search_key(part.quote)
            if MINUTES in said and any(word in said for word in ANALYSIS):
                return Basis(quote=part.quote, verified=True)
    return None


def _level(unit: Unit) -> Any:
    """Of the authority that a list goes to: a province's department stands for the province (Sở Nội vụ)."""
    above = unit.parent.kind if unit.kind == UnitKind.DEPARTMENT and unit.parent else unit.kind
    return "province" if above == UnitKind.PROVINCE else "base"


def _papers(submission: Submission) -> tuple[values.HeldPaper, ...]:
    """Files of the whole submission; tờ trình and minutes are made of what it holds."""
    files = DossierFile.objects.filter(submission=submission, nomination=None).exclude(paper="")
    held = [values.HeldPaper(code=file.paper, name=file.name, dated=file.dated) for file in files]
    if submission.state != "draft" or submission.number:
        held.append(values.HeldPaper(code="to_trinh", dated=submission.lodged_on))
    return tuple(held)


# --- The meeting ------------------------------------------------------------------------------------------------------


def meeting_values(submission: Submission) -> values.Meeting | None:
    """Members who voted in person or in writing; guests do not count. None where nobody wrote any of it."""
    meeting = ReviewMeeting.objects.filter(submission=submission).first()
    if meeting is None:
        return None
    people = list(Attendee.objects.filter(meeting=meeting).exclude(part=Part.GUEST).select_related("person"))
    return values.Meeting(
        held_on=meeting.held_on,
        members=meeting.members or len(people) or None,
        present=sum(one.attendance == Attendance.PRESENT for one in people) if people else None,
        written=sum(one.attendance == Attendance.WRITTEN for one in people),
        chair=_who(people, Part.CHAIR),
        secretary=_who(people, Part.SECRETARY),
        votes=_votes(meeting),
        analysed=_analysed(meeting),
    )


def _who(people: Iterable[Attendee], part: str) -> str:
    for one in people:
        if one.part == part:
            return f"person-{one.person_id}" if one.person_id else one.name
    return ""


def _votes(meeting: ReviewMeeting) -> dict[str, values.Vote]:
    rows = MeetingVote.objects.filter(meeting=meeting, agreed__isnull=False)
    return {
        str(row.nomination_id): values.Vote(
            for_=row.agreed or 0, against=row.against or 0, abstained=row.abstained or 0
        )
        for row in rows
    }


def _analysed(meeting: ReviewMeeting) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    rows = MeetingAnalysis.objects.filter(meeting=meeting).exclude(words="")
    for nomination, key in rows.values_list("nomination_id", "key"):
        found[str(nomination)].add(key)
    return {ref: frozenset(keys) for ref, keys in found.items()}


# --- Quotas -----------------------------------------------------------------------------------------------------------


def limits_of(rows: Sequence[Nomination], on: datetime.date) -> tuple[Limit, ...]:
    """Of the plan, each said once however many offers it belongs to, and ceilings of the law."""
    found: dict[tuple[Any, ...], Limit] = {}
    by_offer = {row.offer_id: row for row in rows if row.offer_id}
    for key, plan in terms_of(rows).items():
        award = by_offer[key].award
        number = by_offer[key].submission.campaign.number if by_offer[key].submission.campaign else ""
        shares = [criterion.text for criterion in plan.criteria]
        for limit in (
            *limits_of_plan(plan.quotas, award=award, plan=number),
            *limits_of_shares(shares, award=award, plan=number),
        ):
            found.setdefault(_same(limit), limit)
    law = limits_of_law(current_law(), on, {row.award for row in rows if row.award in awards()})
    return (*found.values(), *law)


def _same(limit: Limit) -> tuple[Any, ...]:
    return structs.astuple(structs.replace(limit, basis=Basis(quote=limit.basis.quote), code=""))


def counted_elsewhere(submission: Submission, limits: Sequence[Limit], names: Collection[str]) -> tuple[Candidate, ...]:
    """What other units lodged in the same campaign, or the same year and kind, with the same appraising unit.

    Only what these limits can count, `names` being the units whose own meters are asked about. Those of one unit, kind
    and award count alike, and are one row to read however many they are.
    """
    wanted = [_counted_by(limit, names) for limit in limits]
    if not wanted:
        return ()
    same = Q(submission__campaign=submission.campaign_id) if submission.campaign_id else Q(year=submission.year)
    rows = Nomination.objects.filter(same, to_unit=submission.to_unit_id, state__in=COUNTED)
    rows = rows.filter(submission__kind=submission.kind).exclude(submission=submission)
    if all(wanted):
        rows = rows.filter(reduce(or_, wanted))
    kinds = rows.order_by().values_list("unit__path", "unit__kind", "subject", "award").annotate(n=Count("pk"))
    return _candidates((_Counted(*kind[:4]), kind[4]) for kind in kinds)


def _counted_by(limit: Limit, names: Collection[str]) -> Q:
    """Rows that a limit may count, or that its percentage is taken of; an empty one for every row."""
    found = Q(unit__name__in=names) if limit.per == "unit" else Q()
    if limit.of.split(".", maxsplit=1)[0] == NOMINATED:
        return found
    if limit.awards:
        found &= Q(award__in=limit.awards)
    return found & Q(subject__in=limit.subjects) if limit.subjects else found


class _Counted(NamedTuple):
    """What limits look at in a nomination: the unit that proposed, the kind of nominee, the award."""

    path: str
    kind: str
    subject: str
    award: str


def candidates(rows: Iterable[Nomination]) -> tuple[Candidate, ...]:
    """As limits count them: by the unit that proposed."""
    return _candidates((_Counted(row.unit.path, row.unit.kind, row.subject, row.award), 1) for row in rows)


def _candidates(counted: Iterable[tuple[_Counted, int]]) -> tuple[Candidate, ...]:
    found = list(counted)
    keys = {int(part) for one, _ in found for part in one.path.split("/") if part}
    names = dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))
    return tuple(candidate for one, n in found for candidate in [_candidate(one, names)] * n)


def _candidate(one: _Counted, names: Mapping[int, str]) -> Candidate:
    line = [names[int(part)] for part in reversed(one.path.split("/")) if part and int(part) in names]
    return Candidate(ref="", subject=one.subject, units=tuple(line), group=group_of(one.kind), award=one.award)  # type: ignore[arg-type]
