"""The head signs and submits, and submits again what came back.

What forbids it is asked of the core under a lock of the appraising unit: of two units on the last place of a quota the
first to sign has it, and the other is told.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from thidua.nominations.gate import Gate
from thidua.nominations.reports import text_of
from thidua_web.accounts.models import User
from thidua_web.eligibility.actions.deeds import record_deed, record_deeds, withdraw_deed
from thidua_web.eligibility.models import Deed
from thidua_web.nominations import submission_news as news
from thidua_web.nominations.actions import assessing, clocks
from thidua_web.nominations.actions.journaling import journal
from thidua_web.nominations.actions.submissions import Moved, in_hand, move
from thidua_web.nominations.models import Moment, Nomination, Return, Submission
from thidua_web.nominations.queries.checking import gate_of
from thidua_web.nominations.queries.loading import nominations
from thidua_web.nominations.stages import NOMINATION_MOVES, SUBMISSION_MOVES, NominationState
from thidua_web.progress.queries.signers import position_of
from thidua_web.register.models import Unit
from thidua_web.register.queries.units import name_on

WHY = "lodged"
AT_ONCE = 20
"""Reports that are compared with all others while the head waits; more are compared in the background."""
QUOTAS = ("nominations.quota_over",)
"""What of the list as a whole stops what came back: another may have taken its place meanwhile."""


@dataclass(frozen=True)
class Signing:
    """`gate` where it stopped, with every reason. Nothing was changed then."""

    moved: Moved
    gate: Gate | None = None
    again: list[int] = field(default_factory=list)
    left: int = 0


@transaction.atomic
def submit(*, submission: Submission, seen: int, number: str, by: User, at: datetime.datetime) -> Signing:
    """Sign and send: every nomination is lodged today, with what the checks say of it now and its clock running."""
    today = timezone.localdate(at)
    if not _is_open(submission, seen):
        return Signing(move("submit", submission, seen))
    if not in_hand(submission).exists():
        return Signing(Moved.EMPTY)
    _lock(submission.to_unit_id)
    gate = gate_of(submission, today)
    if not gate.may_submit:
        return Signing(Moved.STOPPED, gate)
    signed_as = position_of(by, submission.unit, on=today) or name_on(submission.unit, today)
    fields = {"signed_by": by, "signed_at": at, "signed_as": signed_as[:200], "lodged_on": today}
    moved = move("submit", submission, seen, number=number.strip(), reason="", **fields)
    if moved is not Moved.DONE:
        return Signing(moved)
    n = _lodge(submission, today, by, at)
    news.settle_waiting(submission, at=at)
    news.settle_reminders([submission.pk], submission.due_on, at=at)
    news.tell_of_signing(submission, n, by, at=at)
    excepted = [stop.key for stop in gate.stops]
    journal("submission.signed", submission, by, at, n=n, number=number.strip(), signed_as=signed_as, excepted=excepted)
    return Signing(moved, gate)


def _is_open(submission: Submission, seen: int) -> bool:
    """Asked before the checks: a second click finds nothing to check."""
    now = Submission.objects.filter(pk=submission.pk, revision=seen)
    return now.filter(state__in=SUBMISSION_MOVES["submit"].from_).exists()


def _lock(unit_id: int) -> None:
    """One at a time sends to this unit."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit_id)


def _lodge(submission: Submission, today: datetime.date, by: User, at: datetime.datetime) -> int:
    drafts = NOMINATION_MOVES["lodge"].from_
    keys = list(in_hand(submission).filter(state__in=drafts).values_list("pk", flat=True))
    _write_deeds(keys, by, at)
    Nomination.objects.filter(pk__in=keys).update(
        state=NominationState.LODGED, lodged_on=today, received_on=None, revision=F("revision") + 1
    )
    rows = list(nominations().filter(pk__in=keys).order_by("place", "pk"))
    assessing.store_all(rows, moment=Moment.LODGED, on=today, by=by, at=at)
    clocks.start(rows, on=today, at=at, why=WHY)
    return len(rows)


def _write_deeds(keys: Collection[int], by: User, at: datetime.datetime) -> None:
    """What each is proposed for, so that one deed is not commended twice and reports that repeat one another show.

    A report that was mended since is a deed anew; the one that nobody is proposed for any more is taken back.
    """
    said = {row: _deed_of(row) for row in nominations().filter(pk__in=keys) if _words(row)}
    rows = [row for row, deed in said.items() if not _stands(row.deed, deed)]
    before = [row.deed for row in rows if row.deed]
    if len(rows) > AT_ONCE:
        made = record_deeds(rows=[(row.nominee, said[row]) for row in rows], by=by, at=at)
    else:
        made = [record_deed(of=row.nominee, by=by, at=at, **said[row]) for row in rows]
    for row, deed in zip(rows, made, strict=True):
        row.deed = deed
    Nomination.objects.bulk_update(rows, ["deed"], batch_size=500)
    for old in before:
        if not old.nominations.exists() and not old.awards.exists():
            withdraw_deed(deed=old, by=by, at=at)


def _deed_of(row: Nomination) -> dict[str, Any]:
    text = text_of(row.sections, row.subject, row.merit)  # type: ignore[arg-type]
    return {"title": _words(row)[:200], "text": text, "since": row.since, "until": row.until}


def _stands(deed: Deed | None, said: Mapping[str, Any]) -> bool:
    """Whether the dossier still says what it said when it was written down."""
    return deed is not None and all(getattr(deed, name) == value for name, value in said.items())


def _words(row: Nomination) -> str:
    """In one line: the dossier's summary, else the deed that the submission is about."""
    return " ".join((row.summary or row.submission.occasion).split())


# --- Again ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def lodge_again(*, submission: Submission, seen: Iterable[tuple[int, int]], by: User, at: datetime.datetime) -> Signing:
    """What came back, mended, goes again; `seen` are numbers of nominations with their revisions on the screen.

    The clock begins anew. What has gone on meanwhile is left as it is and counted. The last day of the submission was
    kept when it first came.
    """
    wanted = dict(seen)
    today = timezone.localdate(at)
    _lock(submission.to_unit_id)
    gate = gate_of(submission, today)
    again = _returned(submission, wanted)
    refs = {str(row.pk) for row in again}
    if any(stop.ref in refs or stop.finding.code in QUOTAS for stop in gate.standing):
        return Signing(Moved.STOPPED, gate)
    if not again:
        return Signing(Moved.ALREADY, left=len(wanted))
    keys = [row.pk for row in again]
    _write_deeds(keys, by, at)
    Nomination.objects.filter(pk__in=keys).update(
        state=NominationState.LODGED, lodged_on=today, received_on=None, revision=F("revision") + 1
    )
    Return.objects.filter(nomination__in=keys, undone_at=None, lodged_again_at=None).update(lodged_again_at=at)
    rows = list(nominations().filter(pk__in=keys).order_by("place", "pk"))
    assessing.store_all(rows, moment=Moment.LODGED, on=today, by=by, at=at)
    clocks.start(rows, on=today, at=at, why=WHY)
    news.tell_of_lodging_again(submission, len(rows), by, at=at)
    journal("nomination.lodged_again", submission, by, at, n=len(rows), nominations=keys)
    return Signing(Moved.DONE, again=keys, left=len(wanted) - len(keys))


def _returned(submission: Submission, wanted: dict[int, int]) -> Sequence[Nomination]:
    from_ = NOMINATION_MOVES["lodge_again"].from_
    rows = Nomination.objects.select_for_update().filter(submission=submission, pk__in=wanted, state__in=from_)
    return [row for row in rows if row.revision == wanted[row.pk]]
