"""A unit takes something on, and the unit that launched accepts it. Every move is one conditional update: of two at
once, one wins. Sent twice, it is done once.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import msgspec
from django.db import models, transaction
from django.utils import timezone

from thidua.findings import Finding
from thidua_web.accounts.models import User
from thidua_web.campaigns.models import Campaign
from thidua_web.journal.actions import record
from thidua_web.progress import telling
from thidua_web.progress.models import Evidence, Pledge, PledgedTarget, PledgedWork, ReportedValue, ReportedWork
from thidua_web.progress.queries import pledge_checks as checks
from thidua_web.progress.queries import pledges as queries
from thidua_web.progress.queries.likeness import Family, family, kept, near
from thidua_web.progress.stages import PLEDGE_MOVES
from thidua_web.register.models import Unit

EDITABLE = PLEDGE_MOVES["submit"].from_
EVERY = models.Q()
TARGET_FIELDS, WORK_FIELDS = queries.TARGET_FIELDS, queries.WORK_FIELDS


@dataclass(frozen=True)
class Draft:
    """All that the pledge is to hold; each row has a `token`, and the fields of `queries.pledges`."""

    targets: Sequence[Mapping[str, Any]] = ()
    works: Sequence[Mapping[str, Any]] = ()
    note: str = ""


class Standing(StrEnum):
    """What became of a save. Another: somebody saved meanwhile, perhaps in another tab. Closed: it is handed in."""

    SAVED = "saved"
    ANOTHER = "another"
    CLOSED = "closed"


@dataclass(frozen=True)
class Saved:
    pledge: Pledge
    standing: Standing


@transaction.atomic
def save(  # noqa: PLR0913 - who saves what, on top of what
    *, campaign: Campaign, unit: Unit, draft: Draft, seen: int, token: uuid.UUID, by: User, at: datetime.datetime
) -> Saved:
    """Put the draft in the place of what the pledge holds. `seen` is the revision that it was written on."""
    pledge, is_new = Pledge.objects.get_or_create(
        campaign=campaign, unit=unit, defaults={"edited_by": by, "edited_at": at}
    )
    open_ = Pledge.objects.filter(pk=pledge.pk, revision=seen, state__in=EDITABLE, closed_at__isnull=True)
    moved = open_.update(revision=seen + 1, saved_token=token, note=draft.note, edited_by=by, edited_at=at)
    pledge.refresh_from_db()
    if not moved:
        return Saved(pledge, _why_not(pledge, token))
    _write_targets(pledge, draft.targets)
    _write_works(pledge, draft.works)
    if is_new:
        _journal("pledge.begun", pledge, by, at)
    return Saved(pledge, Standing.SAVED)


def _why_not(pledge: Pledge, token: uuid.UUID) -> Standing:
    if pledge.saved_token == token:
        return Standing.SAVED
    return Standing.ANOTHER if pledge.state in EDITABLE and pledge.closed_at is None else Standing.CLOSED


def _write_targets(pledge: Pledge, rows: Sequence[Mapping[str, Any]]) -> None:
    """A target of the campaign is never deleted: it stays as one that was left out."""
    there = {row.token: row for row in pledge.targets.all()}
    campaigns_own = {row.token: row for row in queries.first_targets(pledge.campaign)}
    new, changed = [], []
    for place, values in enumerate(rows):
        token = values["token"]
        row = there.pop(token, None) or campaigns_own.get(token) or PledgedTarget(token=token)
        is_new = row.pk is None
        _fill(row, values, TARGET_FIELDS, place)
        row.strict = row.strict and row.op in (">=", "<=") and row.source_id is not None
        row.pledge = pledge
        (new if is_new else changed).append(row)
    PledgedTarget.objects.bulk_create(new)
    PledgedTarget.objects.bulk_update(changed, [*TARGET_FIELDS, "place", "strict"])
    _take_away(there.values(), ReportedValue.objects, "target")


def _write_works(pledge: Pledge, rows: Sequence[Mapping[str, Any]]) -> None:
    there = {row.token: row for row in pledge.works.all()}
    new, changed, renamed = [], [], []
    for place, values in enumerate(rows):
        row = there.pop(values["token"], None) or PledgedWork(token=values["token"], campaign=pledge.campaign)
        before = (row.name, row.where)
        _fill(row, values, WORK_FIELDS, place)
        row.pledge, row.left_out = pledge, False
        (changed if row.pk else new).append(row)
        if (row.name, row.where) != before:
            renamed.append(row)
    if renamed:
        look_for_likenesses(renamed, family(pledge.campaign), owner=pledge.unit.name)
    PledgedWork.objects.bulk_create(new)
    # The keys that are made of the name go with it.
    PledgedWork.objects.bulk_update(changed, [*WORK_FIELDS, "place", "left_out", "alike", "folded", "words"])
    _take_away(there.values(), ReportedWork.objects, "work")


def _fill(row: models.Model, values: Mapping[str, Any], fields: Iterable[str], place: int) -> None:
    for name in fields:
        if name in values:
            setattr(row, name, values[name])
    row.place = place  # type: ignore[attr-defined]


def look_for_likenesses(works: Iterable[PledgedWork], within: Family, *, owner: str) -> None:
    """Each keeps what looks like it now; not saved here."""
    for work in works:
        own = {key for key in (work.pk, work.part_of_id) if key}
        work.alike = kept(near(work.name, within=within, owner=owner, where=work.where, but=own), within)


def _take_away(rows: Collection[Any], reported: Any, name: str) -> None:
    """What was reported on, or is the campaign's own, stays as left out; the rest goes."""
    pks = [row.pk for row in rows]
    if not pks:
        return
    told = set(reported.filter(**{f"{name}__in": pks}).values_list(name, flat=True))
    told |= set(Evidence.objects.filter(**{f"{name}__in": pks}).values_list(name, flat=True))
    stay = [row.pk for row in rows if row.pk in told or getattr(row, "source_id", None)]
    model = type(next(iter(rows)))
    model.objects.filter(pk__in=stay).update(left_out=True)
    model.objects.filter(pk__in=set(pks) - set(stay)).delete()


# Moves ---------------------------------------------------------------------------------------------------------------


class Refusal(StrEnum):
    """Why a pledge is not handed in. Faults: something in it is wrong. Reason: a rule is not met and nobody says why.
    Moved: another has saved or moved it since.
    """

    FAULTS = "faults"
    REASON = "reason"
    MOVED = "moved"


@dataclass(frozen=True)
class Submitted:
    refusal: Refusal | None = None
    findings: Sequence[Finding] = field(default=())


@transaction.atomic
def submit(*, pledge: Pledge, seen: int, by: User, at: datetime.datetime) -> Submitted:
    """Hand it in as it was on the screen (`seen`), judged now; the judgment is kept with it."""
    on = timezone.localdate(at)
    checked = checks.check(pledge, on=on)
    if checked.faults:
        return Submitted(Refusal.FAULTS, checked.faults)
    if checked.unmet and not pledge.note.strip():
        return Submitted(Refusal.REASON, checked.unmet)
    day = queries.due_of(pledge.campaign_id, pledge.unit_id)
    doubts, first = checked.doubts, pledge.submitted_at is None
    fields = {
        "submitted_by": by,
        "submitted_at": at,
        "due": day,
        # A return does not make late what came in time, nor the other way round.
        "late": bool(day and on > day) if first else pledge.late,
        "findings": msgspec.to_builtins(doubts),
        "doubts": len(doubts),
    }
    if not _move("submit", pledge, only=models.Q(revision=seen), **fields):
        return Submitted(Refusal.MOVED)
    pledge.refresh_from_db()
    telling.tell_of_submission(pledge, by, at=at)
    _journal("pledge.submitted", pledge, by, at, **_amounts(pledge), late=pledge.late, doubts=len(doubts))
    return Submitted()


@transaction.atomic
def take_back(*, pledge: Pledge, by: User, at: datetime.datetime) -> bool:
    """The unit takes it back to mend it; False where it was decided meanwhile."""
    moved = _move("take_back", pledge)
    if moved:
        telling.settle_submission(pledge, at=at)
        _journal("pledge.taken_back", pledge, by, at)
    return moved


@transaction.atomic
def send_back(*, pledge: Pledge, reason: str, by: User, at: datetime.datetime) -> bool:
    """Return it with what to mend; also what was accepted, so that it may change."""
    if not reason.strip():
        raise ValueError("a return says why")
    moved = _move("send_back", pledge, decided_by=by, decided_at=at, reason=reason)
    if moved:
        telling.settle_submission(pledge, at=at)
        telling.tell_of_return(pledge, by, reason, at=at)
        _journal("pledge.sent_back", pledge, by, at, reason=reason)
    return moved


@transaction.atomic
def accept(*, pledge: Pledge, seen: int, by: User, at: datetime.datetime) -> bool:
    """Accept what was on the screen (`seen`)."""
    moved = _move("accept", pledge, only=models.Q(revision=seen), decided_by=by, decided_at=at, reason="")
    if moved:
        telling.settle_submission(pledge, at=at)
        telling.tell_of_acceptance(pledge, by, at=at)
        _journal("pledge.accepted", pledge, by, at, **_amounts(pledge))
    return moved


def accept_many(*, pledges: Iterable[tuple[Pledge, int]], by: User, at: datetime.datetime) -> int:
    """Each as it was on the screen, and only those that nothing was found in; how many there were."""
    return sum(accept(pledge=pledge, seen=seen, by=by, at=at) for pledge, seen in pledges if not pledge.doubts)


def _move(act: str, pledge: Pledge, *, only: models.Q = EVERY, **fields: Any) -> bool:
    """Make the move where the table allows it now."""
    move = PLEDGE_MOVES[act]
    rows = Pledge.objects.filter(only, pk=pledge.pk, state__in=move.from_, closed_at__isnull=True)
    return bool(rows.update(state=move.to, revision=models.F("revision") + 1, **fields))


def _amounts(pledge: Pledge) -> dict[str, int]:
    return {
        "revision": pledge.revision,
        "targets": pledge.targets.taken().count(),
        "works": pledge.works.taken().count(),
    }


def _journal(act: str, pledge: Pledge, by: User, at: datetime.datetime, **details: Any) -> None:
    record(
        act=act,
        by=by,
        at=at,
        unit_id=pledge.unit_id,
        subject=("pledge", pledge.pk),
        label=f"{pledge.unit.name}: {pledge.campaign.title}",
        details={"campaign": pledge.campaign_id, "unit": pledge.unit_id, **details},
    )


def is_editable(pledge: Pledge | None) -> bool:
    return pledge is None or (pledge.state in EDITABLE and pledge.closed_at is None)


def note_export(*, campaign: Campaign, by: User, at: datetime.datetime) -> None:
    """Whoever carries all pledges out of the house is in the journal."""
    record(
        act="pledge.exported",
        by=by,
        at=at,
        unit_id=campaign.unit_id,
        subject=("campaign", campaign.pk),
        label=campaign.title,
    )
